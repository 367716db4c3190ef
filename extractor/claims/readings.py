"""What the steps make of one mention: the values they settle, and by which patterns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Struct

from extractor.claims.levels import Level, Lists
from extractor.claims.sentences import Mention
from extractor.model import Direction, Kind, Period, Role, Scope
from extractor.quantities.model import Quantity

T = TypeVar("T")
MoveEnd = Literal["origin", "result", "base"]

OPPOSITE: dict[Direction | None, Direction] = {"increase": "decrease", "decrease": "increase"}
# The fields of a claim that come from each field of a reading.
CLAIM_FIELDS: dict[str, tuple[str, ...]] = {
    "mention": ("unit_implied", "dimension", "base_value", "base_unit"),
    "frame": ("kind", "direction"),
    "ties": ("part_of", "share_of"),
    "name": ("metric",),
    "time": ("period",),
    "role": ("role",),
    "scope": ("scope",),
    "baseline": ("baseline",),
    "metric_id": ("metric_id",),
}
# The fields of a claim that come from its number's unit.
UNIT_FIELDS = ("value", "unit", "dimension", "base_value", "base_unit")
# The evidence of the result names these, in the order in which it always has; the rest is shown by field only.
LISTED = ("frame", "name", "role", "time", "metric_id")


class Settled(Struct, Generic[T], frozen=True):
    """What a step settles, and the pattern or rule that it did so by; None for what holds where nothing is said."""

    value: T
    pattern: str | None = None


class Frame(Struct, frozen=True):
    """What the words beside a number make of it.

    ``lead`` is the text in front of the frame, where the metric stands; ``part`` what has a share, where an earlier
    clause says it, ``base`` what something is compared with, where this is its own amount. ``moving`` says that the
    number is where a move begins (由150元), ``end`` which end of a move its pattern states. ``is_named`` says that what
    changed stands between its verb and the number (增加人员经费7.8万元), which is its ``lead``; ``is_told`` that a
    clause in front speaks of the growth.
    """

    kind: Kind = "level"
    lead: str = ""
    direction: Direction | None = None
    baseline: str | None = None
    base: str | None = None
    whole: str | None = None
    part: str = ""
    moving: bool = False
    end: MoveEnd | None = None
    is_named: bool = False
    is_told: bool = False


class Ties(Struct, frozen=True):
    """The total that a claim is a part of, the id of the whole that a share is taken of, and the lists open there."""

    total: Level | None = None
    whole: str | None = None
    lists: Lists = Lists()

    @property
    def total_metric(self) -> str:
        """What the total measures; empty without one."""
        if not self.total:
            return ""
        return self.total.metric or ""


class Name(Struct, frozen=True):
    """A metric; ``behind`` are the words behind the number that it took, ``series`` the names its series takes in turn.

    A ``carried`` name is that of an antecedent; a ``derived`` one is made of it and is carried no further.
    """

    metric: str | None = None
    behind: str = ""
    carried: bool = False
    derived: bool = False
    series: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The metric; empty where there is none."""
        return self.metric or ""

    @property
    def is_own(self) -> bool:
        """Whether it is the claim's own, to which later ones may refer."""
        return bool(self.metric) and not self.derived


Named = Settled[Name] | None


def answer(metric: str | None, rule: str, *, carried: bool = False, derived: bool = False) -> Named:
    """What a namer answers; nothing where it found no metric."""
    if not metric:
        return None
    return Settled(Name(metric, carried=carried, derived=derived), rule)


class Time(Struct, frozen=True):
    """The period of a claim; ``past`` says that it had ended when the document's own year began."""

    period: Period | None = None
    past: bool = False


class Reading(Struct, frozen=True):
    """One mention as far as the steps have settled it; what no step has reached yet has its default.

    ``series`` are the names that an earlier series of the sentence took, ``evidence`` has the pattern of each field.
    """

    id: str
    mention: Mention
    frame: Frame = Frame()
    series: tuple[str, ...] = ()
    ties: Ties = Ties()
    name: Name = Name()
    time: Time = Time()
    role: Role = "actual"
    scope: Scope = Scope()
    baseline: str | None = None
    metric_id: str | None = None
    evidence: Mapping[str, str] = {}

    @property
    def quantity(self) -> Quantity:
        """The number of the mention, in the unit that is meant."""
        return self.mention.quantity

    @property
    def direction(self) -> Direction | None:
        """The direction of the frame, turned round by the number's sign: a growth of -3.5% is a fall."""
        if self.quantity.value >= 0:
            return self.frame.direction
        return OPPOSITE.get(self.frame.direction, self.frame.direction)


def add_settled(reading: Reading, field: str, settled: Settled[Any]) -> Reading:
    """The reading with what a step settled of one field, and its pattern."""
    if settled.pattern:
        evidence = {**reading.evidence, field: settled.pattern}
        return msgspec.structs.replace(reading, **{field: settled.value}, evidence=evidence)
    # Nearly half of what steps settle is what stood there before.
    if settled.value is getattr(reading, field):
        return reading
    return msgspec.structs.replace(reading, **{field: settled.value})


def list_evidence(reading: Reading) -> tuple[str, ...]:
    """The names of the patterns that fired, as the result lists them: the number's own, then one a field."""
    found = (reading.evidence.get(field) for field in LISTED)
    return (*reading.quantity.evidence, *filter(None, found))


def map_evidence(reading: Reading) -> dict[str, str]:
    """The pattern that each field of the claim came from; a field that nothing settled is left out."""
    fields = _map_quantity(reading.quantity)
    for step, pattern in reading.evidence.items():
        fields |= dict.fromkeys(CLAIM_FIELDS[step], pattern)
    return fields


def _map_quantity(quantity: Quantity) -> dict[str, str]:
    """The patterns of a number's fields: those of its unit, and that of its approximator, which stands last."""
    unit, fields = quantity.evidence, {}
    if quantity.approximation and unit:
        fields["approximation"] = unit[-1]
        unit = unit[:-1]
    if unit:
        fields |= dict.fromkeys(UNIT_FIELDS, unit[0])
    return fields
