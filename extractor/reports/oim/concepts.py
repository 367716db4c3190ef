"""The concept of a number: its metric, with what it is measured in and whether it is told of an instant."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from extractor.model import Claim, Period
from extractor.reports.oim.names import MONEY, escape_name, name_unit

GENERIC = "claim"
DAY = timedelta(days=1)
MIDNIGHT = "T00:00:00"
# A concept has one type of number, so that a metric told in 元 and in percent is two of them.
TYPES = {"": "monetaryItemType", "ratio": "pureItemType", "number": "decimalItemType"}


class Concept(Struct, frozen=True, order=True):
    """``metric`` is the id of a metric, None for what the vocabulary lacks; ``sort`` one of ``TYPES``."""

    metric: str | None
    sort: str
    is_instant: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What tells it from the concept of amounts over a time, which is called like the metric itself."""
        return tuple(note for note in (self.sort, "instant" if self.is_instant else "") if note)

    @property
    def name(self) -> str:
        """Its name in the taxonomy; no id of a metric has a hyphen.

        >>> Concept("fiscal.total", "", False).name, Concept(None, "ratio", True).name
        ('fiscal.total', 'claim-ratio-instant')
        """
        return "-".join((escape_name(self.metric or GENERIC), *self.notes))


def choose_concept(claim: Claim) -> Concept:
    """The concept that a claim states a number of."""
    time = write_period(claim.period)
    return Concept(claim.metric_id, _sort_unit(find_unit(claim)), time is not None and "/" not in time)


def find_unit(claim: Claim) -> str | None:
    """The unit of the claim's fact: the base unit, or the one written where its value has no base."""
    written = claim.unit or claim.unit_implied or ""
    return name_unit(claim.base_unit if claim.base_value else written)


def _sort_unit(unit: str | None) -> str:
    if unit is None:
        return "ratio"
    is_money = unit.startswith(MONEY) and "/" not in unit
    return "" if is_money else "number"


def write_period(period: Period | None) -> str | None:
    """A time as the model has it, which counts days from midnight to midnight; None for one without dates.

    A single day, and a time of which only the end is told, is the instant at the end of that day.

    >>> write_period(Period("2024年", "2024-01-01", "2024-12-31"))
    '2024-01-01T00:00:00/2025-01-01T00:00:00'
    >>> write_period(Period("截至2024年末", None, "2024-12-31"))
    '2025-01-01T00:00:00'
    """
    if period is None or period.end is None:
        return None
    end = f"{date.fromisoformat(period.end) + DAY}{MIDNIGHT}"
    if period.start in (None, period.end):
        return end
    return f"{period.start}{MIDNIGHT}/{end}" if period.start < period.end else None
