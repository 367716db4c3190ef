"""The frame of a number: how the words beside it make it a level, a change, a share, a completion or a rate."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache, partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Literal

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.edges import trim_edge
from extractor.claims.group_names import find_rated
from extractor.claims.growths import find_growth
from extractor.claims.portions import find_portion
from extractor.claims.readings import Frame, MoveEnd, Reading, Settled
from extractor.claims.sentences import Mention
from extractor.model import Dimension, Direction, Kind
from extractor.needed import Asked, find_needed
from extractor.quantities import numerals
from extractor.quantities.model import Quantity
from extractor.quantities.scan import compile_before

# The files are asked in this order; in a file the match that reaches furthest left wins, then the earlier pattern.
# The words of the first ones stand inside those of the later ones (完成预算的95%, 占…的5%, 增长了5%).
ORDER = ("completion", "shares", "changes", "each", "moves", "rates", "levels")
CHANGES = "claims/changes"
SHARE, GROWTH = "shares.antecedent", "changes.antecedent"
CHANGE_KINDS, LEVEL_KINDS = ("change_amount", "change_rate"), ("level", "rate")
# The patterns for so many units are kept: more than any document has.
MOST_UNITS = 1024

_expression = partial(patterns.fragment, "claims/shares")
"""One of the fragments of ``patterns/claims/shares.toml``."""


class FramePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """One pattern: ``before`` ends at the number, ``front`` in front of it, ``after`` begins behind the number.

    ``dimensions``, ``units`` and ``unit_has`` say to which numbers it applies. ``keep`` says that the words of the
    match belong to the metric, ``end`` which end of a move a number is.
    """

    kind: Literal["level", "change", "share", "completion", "rate", "move"]
    before: str
    front: str = ""
    after: str = ""
    direction: Direction | None = None
    dimensions: tuple[Dimension, ...] = ()
    units: tuple[str, ...] = ()
    unit_has: tuple[str, ...] = ()
    keep: bool = False
    end: MoveEnd | None = None


class Compiled(Struct, frozen=True):
    """A pattern with its file, its full name, and its expressions (None where nothing is asked).

    ``before`` takes in what stands in front; ``core`` is what has to match at all, which is found sooner.
    """

    file: str
    key: str
    entry: FramePattern
    before: regex.Pattern[str]
    core: regex.Pattern[str] | None
    after: regex.Pattern[str] | None


class Match(Struct, frozen=True):
    """The place where a pattern matches the words in front of a number."""

    pattern: Compiled
    found: regex.Match[str]


def settle_frame(reading: Reading, context: Context) -> Settled[Frame]:
    """The frame that a mention stands in: its own, or the one that the first number of its series states.

    >>> from extractor.claims.trial import read_last
    >>> frame = read_last("全年支出5.28万元，比上年增长6.5%。").frame
    >>> frame.kind, frame.direction, frame.baseline
    ('change_rate', 'increase', '上年')
    >>> read_last("城镇、农村居民人均收入分别增长5.1%、6.2%。").frame.kind
    'change_rate'
    >>> read_last("逮捕5人，起诉8人，同比分别下降3%和上升9%。").frame.direction
    'increase'
    >>> read_last("补助标准由每人每月150元提高到173元。").frame.kind
    'rate'
    >>> read_last("服务业在生产总值中的比重，去年由50%上升为52%。").frame.kind
    'share'
    """
    last = context.last
    settled = match_frame(reading.mention)
    if reading.mention.place.index and last:
        return Settled(_turn_frame(last, settled.value, reading.quantity), last.evidence["frame"])
    origin = last.frame if last else Frame()
    if origin.moving and settled.value.end == "result":
        # The result of a move is of the kind of its origin.
        moved = msgspec.structs.replace(settled.value, kind=origin.kind, direction=origin.direction)
        return Settled(moved, settled.pattern)
    if last and settled.value.end == "base" and not trim_edge(settled.value.lead):
        return _take_kind(settled, reading, last)
    listed = _find_listed(settled, reading, context) or _find_divided(settled, reading, context)
    return listed or _find_share(settled, reading, context) or _find_growth(settled, reading, context) or settled


def _take_kind(settled: Settled[Frame], reading: Reading, last: Reading) -> Settled[Frame]:
    """What a percentage right in front of it is held against, which is of its kind and direction.

    >>> from extractor.claims.trial import read_last
    >>> frame = read_last("全年产值增长6.5%，低于2023年的7.1%。").frame
    >>> frame.kind, frame.direction
    ('change_rate', 'increase')
    >>> read_last("有38.5%的居民在网上读书，较2023年的36.3%").frame.kind
    'share'
    >>> read_last("接待费38万元，比上年减少6万元，比2021年的41万元").frame.kind
    'level'
    """
    is_alike = last.quantity.base_unit == reading.quantity.base_unit
    is_held = is_alike and (_is_percent(reading.quantity) or last.frame.kind == "rate")
    if last.mention.sentence is not reading.mention.sentence or not is_held:
        return settled
    alike = msgspec.structs.replace(settled.value, kind=last.frame.kind, direction=last.frame.direction)
    return Settled(alike, settled.pattern)


def _turn_frame(first: Reading, own: Frame, quantity: Quantity) -> Frame:
    """The frame of the series that a ``first`` number states, for one whose unit may make it of another kind.

    >>> from extractor.claims.trial import read_last
    >>> read_last("毛利、毛利率分别为16亿元和25.4%，分别增长6.9%和2.2个百分点。").frame.kind
    'change_amount'
    >>> read_last("毛利、毛利率分别为16亿元和25.4%。").frame.kind
    'rate'
    """
    kind: Kind = first.frame.kind
    if quantity.dimension != first.quantity.dimension and kind in CHANGE_KINDS:
        kind = _find_change(quantity)
    elif quantity.dimension != first.quantity.dimension and own.kind in LEVEL_KINDS:
        kind = own.kind
    return msgspec.structs.replace(first.frame, kind=kind, direction=own.direction or first.frame.direction)


def _find_listed(settled: Settled[Frame], reading: Reading, context: Context) -> Settled[Frame] | None:
    """The change that a number of another unit goes on with: 增加2座、40米.

    >>> from extractor.claims.trial import read_last
    >>> read_last("桥梁87座、606米，比上年增加2座、40米。").frame.kind
    'change_amount'
    >>> read_last("增加人员经费7.8万元、车辆运行费3.8万元。").frame.kind
    'change_amount'
    >>> read_last("每千人口执业医师3.2人、注册护士3.8人。").frame.kind
    'rate'
    >>> read_last("低保对象68户103人，比上年减少3户5人。").frame.kind
    'change_amount'
    """
    last, mention = context.last_in(reading.mention.sentence), reading.mention
    if settled.value.kind == "level" and find_rated(reading, context):
        return Settled(msgspec.structs.replace(settled.value, kind="rate"), settled.pattern)
    if not last or last.frame.kind != "change_amount" or settled.value.kind != "level":
        return None
    joints = patterns.lexicon("claims/series")["joint"]
    between = mention.text[last.quantity.end : mention.quantity.start].strip()
    if last.frame.is_named and between.startswith(tuple(joints)) and _is_alike(reading.quantity, last.quantity):
        return Settled(msgspec.structs.replace(last.frame, lead=settled.value.lead), last.evidence["frame"])
    # How many households and how many people: 减少312户568人.
    listed = between in ("", *joints)
    return Settled(msgspec.structs.replace(last.frame, lead=""), last.evidence["frame"]) if listed else None


def _is_alike(one: Quantity, other: Quantity) -> bool:
    return one.base_unit == other.base_unit


def _find_divided(settled: Settled[Frame], reading: Reading, context: Context) -> Settled[Frame] | None:
    """The share that moves as the one in front or a part of it (占比由60%降到30%，其中国防费由41%降到21%).

    >>> from extractor.claims.trial import read_last
    >>> read_last("占比由60%降到30%，其中国防费由41%降到21%，管理费由19%").frame.kind
    'share'
    >>> read_last("木板在板材中占比由24.82%增加到32.45%，竹板由48.27%").frame.kind
    'share'
    """
    last = context.last_in(reading.mention.sentence)
    if not last or last.frame.kind != "share" or (settled.value.kind, settled.value.end) != ("rate", "origin"):
        return None
    said = reading.mention.text[reading.mention.sentence.start : reading.mention.quantity.start]
    is_listed = last.frame.end == "result" or _expression("divided").search(said)
    if not is_listed or _expression("rated").search(settled.value.lead):
        return None
    return Settled(msgspec.structs.replace(settled.value, kind="share"), SHARE)


def _find_share(settled: Settled[Frame], reading: Reading, context: Context) -> Settled[Frame] | None:
    """The share that a percentage is whose words stand in an earlier clause; it moves here, or is said as it is."""
    frame = settled.value
    if frame.kind != "rate" and not (frame.kind == "share" and trim_edge(frame.lead)):
        return None
    portion = find_portion(reading.mention, frame.lead, context.last_in(reading.mention.sentence))
    if not portion:
        return None
    named = msgspec.structs.replace(frame, kind="share", whole=portion.whole or None, part=portion.what)
    return Settled(named, SHARE)


def _find_growth(settled: Settled[Frame], reading: Reading, context: Context) -> Settled[Frame] | None:
    """The growth that a percentage is whose words stand in an earlier clause.

    >>> from extractor.claims.trial import read_last
    >>> frame = read_last("房地产投资完成20亿元，降幅继续收窄，为3.2%。").frame
    >>> frame.kind, frame.direction
    ('change_rate', 'decrease')
    """
    growth = None
    if settled.value.kind == "rate":
        growth = find_growth(reading.mention, context.last_in(reading.mention.sentence))
    if not growth:
        return None
    told = msgspec.structs.replace(
        settled.value, kind="change_rate", direction=growth.direction, lead=growth.who, is_told=True
    )
    return Settled(told, GROWTH)


def match_frame(mention: Mention) -> Settled[Frame]:
    """The frame that a mention's own words state; a level where no other pattern fires.

    >>> from extractor.claims.trial import read_last
    >>> settled = match_frame(read_last("住房支出占总支出的3.8%。").mention)
    >>> settled.value.kind, settled.value.whole, settled.pattern
    ('share', '总支出', 'claims/shares.of_whole')
    """
    left = _cut_approximator(mention)
    quantity, characters = mention.quantity, set(left)
    possible = _load_asked().list_possible(characters, _select_frames(quantity.dimension, quantity.unit))
    for _, file in groupby(possible, key=attrgetter("file")):
        match = _find_furthest(file, mention.right, left)
        if match:
            return Settled(_make_frame(match, quantity, left), match.pattern.key)
    raise AssertionError("claims/levels has a pattern that always matches")


@cache
def _load_asked() -> Asked[Compiled]:
    """The patterns of all files in ``ORDER`` by what they need in front of a number."""
    compiled = chain.from_iterable(_compile_file(f"claims/{file}") for file in ORDER)
    return Asked((one, find_needed(one.before.pattern)) for one in compiled)


def _compile_file(file: str) -> tuple[Compiled, ...]:
    """The patterns of one file, compiled with its words."""
    names = patterns.lexicon(file)
    entries = patterns.load(file, FramePattern).items()
    return tuple(_compile_entry(file, key, entry, names) for key, entry in entries)


def _compile_entry(file: str, key: str, entry: FramePattern, names: patterns.Names) -> Compiled:
    before = patterns.compiled(key, entry.front + entry.before, names)
    core = patterns.compiled(key, entry.before, names) if entry.front else None
    after = patterns.compiled(key, entry.after, names) if entry.after else None
    return Compiled(file, key, entry, before, core, after)


@lru_cache(MOST_UNITS)
def _select_frames(dimension: Dimension, unit: str) -> int:
    """Which patterns are about numbers of a dimension and unit."""
    return _load_asked().choose(lambda one: _is_about(one.entry, dimension, unit))


def _is_about(entry: FramePattern, dimension: Dimension, unit: str) -> bool:
    """Whether a pattern is about numbers of a dimension and unit."""
    if entry.dimensions and dimension not in entry.dimensions:
        return False
    if entry.units and unit not in entry.units:
        return False
    return _has_part(unit, entry.unit_has) if entry.unit_has else True


def _find_furthest(possible: Iterable[Compiled], right: str, left: str) -> Match | None:
    """The match that reaches furthest left; of those that reach as far the one of the earlier pattern."""
    furthest, start = None, len(left) + 1
    for pattern in possible:
        found = pattern.before.search(left) if _may_match(pattern, right, left) else None
        if found and found.start() < start:
            furthest, start = Match(pattern, found), found.start()
    return furthest


def _may_match(pattern: Compiled, right: str, left: str) -> bool:
    """Whether the words behind a number are those of a pattern, and those right in front of it."""
    if pattern.after and not pattern.after.match(right):
        return False
    return pattern.core is None or pattern.core.search(left) is not None


def _has_part(unit: str, parts: Iterable[str]) -> bool:
    """Whether one of the parts stands in a unit."""
    return any(part in unit for part in parts)


def _cut_approximator(mention: Mention) -> str:
    """The words in front of the number, less the approximator that belongs to it (of 不少于20余份 余 is told)."""
    left, told = mention.left.rstrip(), mention.quantity.approximation
    if not told or left.endswith(told):
        return left.removesuffix(told or "")
    return str(compile_before().sub("", left))


def _make_frame(match: Match, quantity: Quantity, left: str) -> Frame:
    """The frame that one match states; ``left`` are the words that it was found in."""
    entry = match.pattern.entry
    groups = {name: text.strip() for name, text in match.found.groupdict("").items() if text}
    # 由每月118元提高到138元: so much for each month.
    is_each = entry.kind == "move" and patterns.fragment("claims/moves", "each").search(match.found[0]) is not None
    return Frame(
        kind="rate" if is_each else _find_kind(entry, quantity),
        lead=groups.get("named") or (left if entry.keep else left[: match.found.start()]),
        direction=entry.direction,
        baseline=groups.get("baseline") or _find_base_period(groups),
        base=groups.get("base") or None,
        whole=groups.get("whole") or None,
        moving=patterns.fragment("claims/moves", "leaves").search(left) is not None,
        end=entry.end,
        is_named="named" in groups,
    )


def _find_base_period(groups: dict[str, str]) -> str | None:
    """The base period that 同比 and 环比 mean."""
    for word in ("same", "previous"):
        if word in groups:
            return str(patterns.lexicon(CHANGES)[word])
    return None


def _find_kind(entry: FramePattern, quantity: Quantity) -> Kind:
    """A change is a rate in percent and in multiples, else an amount; either end of a move a rate or a level."""
    if entry.kind == "move":
        return "rate" if _is_ratio(quantity) or _is_percent(quantity) or not quantity.unit else "level"
    return _find_change(quantity) if entry.kind == "change" else entry.kind


def _find_change(quantity: Quantity) -> Kind:
    """Which kind of change a number is."""
    multiple = quantity.base_unit in patterns.lexicon(CHANGES)["multiples"]
    return "change_rate" if multiple or _is_percent(quantity) else "change_amount"


def _is_ratio(quantity: Quantity) -> bool:
    """Whether a number is so much of one thing for another, by its unit: 元/平方米, :40.1:47.6."""
    words = numerals.table().words
    return _has_part(quantity.unit, (*words["per"], *words["ratio"]))


def _is_percent(quantity: Quantity) -> bool:
    """Whether a number is a rate by its own unit."""
    return quantity.dimension == "percent"
