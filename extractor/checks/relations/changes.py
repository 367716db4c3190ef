"""Changes with the numbers that they are told of: the level that a change led to, the amount beside its rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.book import Book
from extractor.amounts.names import find_nearest, is_of_one_name, measure_likeness
from extractor.checks.relations.clauses import expression, read_lead
from extractor.checks.relations.thresholds import find_exact
from extractor.checks.relations.told_bases import have_other_bases, is_compared, is_earlier, is_yearly
from extractor.model import Claim

# A level stands among so many claims in front of its change: a paragraph of them, with the rates between.
NEAREST = 16
# The amount of a change stands among so many claims in front of its rate.
BESIDE = 6
# What a change led to stands within so many claims behind it: the amount and the rate may both stand in front.
BEHIND = 2
RELATIVE = ("percent", "percentage_point")


def find_change_level(book: Book, at: int, change: Claim, unit: str | None = None) -> Claim | None:
    """The level that a change led to: the nearest in front with its metric, done or planned alike, in ``unit``."""
    before = book.claims[max(0, at - NEAREST) : at]
    levels = [one for one in before if _may_be_level(one, change, unit) and not is_compared(book, one)]
    nearest = _find_reached(book, at, change, unit) or find_nearest(change, levels)
    return find_exact(book, nearest) if nearest else None


def _find_reached(book: Book, at: int, change: Claim, unit: str | None) -> Claim | None:
    """The level that is told behind a change as what it led to, where none of its name stands in front of it."""
    if any(_is_of_same(one, change) and one.kind == "level" for one in book.claims[max(0, at - NEAREST) : at]):
        return None
    last = change
    for one in book.claims[at + 1 : at + 1 + BEHIND]:
        if not _is_of_same(one, change):
            return None
        if one.kind == "level":
            is_told = expression("reached").fullmatch(book.text, last.end, one.start)
            return one if is_told and _may_be_level(one, change, unit) else None
        last = one
    return None


def _is_of_same(one: Claim, change: Claim) -> bool:
    """Whether a claim is of what changed, in the sentence of the change."""
    return one.metric == change.metric and one.sentence == change.sentence


def find_earlier_level(book: Book, at: int, change: Claim, unit: str) -> Claim | None:
    """The level that a change began with: one in front of an earlier year, though what changed is a plan."""
    before = book.claims[max(0, at - NEAREST) : at]
    levels = [one for one in before if one.kind == "level" and one.base_unit == unit and is_earlier(one, change)]
    return find_nearest(change, [one for one in levels if one.section == change.section])


def _may_be_level(one: Claim, change: Claim, unit: str | None) -> bool:
    if one.kind not in ("level", "rate"):
        return False
    if one.section != change.section or not _is_alike(one, change):
        return False
    if one.dimension in RELATIVE:
        return False
    return unit in (None, one.base_unit)


def _is_alike(one: Claim, change: Claim) -> bool:
    """Whether a level and a change are done or planned alike; a plan may have changed from what was done before."""
    return one.role == change.role or (one.role == "actual" and is_earlier(one, change))


def find_change_amount(book: Book, at: int, rate: Claim) -> Claim | None:
    """The amount of the change that a rate tells: the nearest in front, or right behind it, in its sentence."""
    if is_yearly(book, rate):
        return None
    behind = book.claims[at + 1 : at + 2]
    before = book.claims[max(0, at - BESIDE) : at]
    near = [*(one for one in behind if not _is_reason(book, rate, one)), *before]
    amounts = [one for one in near if _may_be_amount(rate, one) and not _is_no_change(book, one)]
    amounts = [one for one in amounts if not have_other_bases(book, one, rate)]
    found = find_nearest(rate, amounts)
    if found is None:
        return None
    return None if is_parted(book, at, found) else found


def _is_reason(book: Book, rate: Claim, behind: Claim) -> bool:
    """Whether a number behind a rate stands in the reason that is given for it: 下降5%，主要是房租减少2万元."""
    return bool(expression("because").search(book.text, rate.end, behind.start))


def _is_no_change(book: Book, amount: Claim) -> bool:
    """Whether an amount is no change of a year: beyond a plan (超收2亿元), or how a change changed (同比多增3亿元)."""
    lead = read_lead(book, amount)
    return bool(expression("by_plan").search(lead) or expression("of_change").search(lead))


def _may_be_amount(rate: Claim, one: Claim) -> bool:
    """Whether an amount may be of the change that a rate tells: the same way, of the same thing, of one role."""
    if one.kind != "change_amount" or one.dimension == "percentage_point":
        return False
    if one.sentence != rate.sentence or _has_other_base(one) != _has_other_base(rate):
        return False
    alike = (one.direction, one.role, one.section) == (rate.direction, rate.role, rate.section)
    return alike and not _is_of_another_time(one, rate) and bool(measure_likeness(one, rate))


def _is_of_another_time(one: Claim, other: Claim) -> bool:
    """Whether one change is against a time of the same year and the other against a year before (比年初, 同比)."""
    if one.period and expression("year_end").search(one.period.text):
        return False
    bases = (one.baseline or "", other.baseline or "")
    is_opening, is_same_time = (
        list(map(bool, map(expression(name).search, bases))) for name in ("opening", "same_time")
    )
    if not any(is_opening) or is_opening == is_same_time:
        return False
    # A growth without a base that is told first is one of a year: 增长10.2%，比年初增加72亿元.
    return any(is_same_time) or (is_opening[0] and not other.baseline and other.start < one.start)


def _has_other_base(change: Claim) -> bool:
    """Whether a change says that it is against another time than the year before (比历史最高的1979年增长6%)."""
    return bool(expression("attributed").search(change.baseline or ""))


def is_parted(book: Book, at: int, amount: Claim) -> bool:
    """Whether another level stands between an amount and the rate behind it, so that the rate is of that one."""
    first = book.find_index(amount) + 1
    levels = (one for one in book.claims[first:at] if one.kind == "level")
    return any(one.base_unit != amount.base_unit for one in levels)


def find_told_change(book: Book, level: Claim, count: int, kinds: Sequence[str]) -> Claim | None:
    """The change of one of the kinds that is told of a level among ``count`` claims behind it in its sentence."""
    told = [one for one in _list_told(book, level, count) if _has_unit_of(level, one)]
    for kind in kinds:
        for one in told:
            if one.kind == kind:
                return one
    return None


def _list_told(book: Book, level: Claim, count: int) -> Iterator[Claim]:
    """The claims of a level's metric among those behind it in its sentence."""
    first = book.find_index(level) + 1
    for one in book.claims[first : first + count]:
        if one.sentence == level.sentence and is_of_one_name(one, level):
            yield one


def _has_unit_of(level: Claim, change: Claim) -> bool:
    """Whether a change is told in the unit of its level, or as a rate."""
    return change.kind == "change_rate" or change.base_unit == level.base_unit
