"""Growth and fall: rates against the amounts of change and the levels, and what no rate can be."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

import msgspec

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.checks.engine.judge import find_fitting, has_failed
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.checks.narrative.chains import Sides, find_both_sides, find_sides
from extractor.checks.narrative.growing_runs import find_growing_runs
from extractor.checks.narrative.summed import find_summed
from extractor.checks.narrative.yearly_cells import find_cells_before
from extractor.checks.relations.base_year import find_bases, find_less_told, has_own_definition
from extractor.checks.relations.changes import (
    find_change_amount,
    find_change_level,
    find_earlier_level,
    find_told_change,
)
from extractor.checks.relations.clauses import expression, is_origin
from extractor.checks.relations.own_years import find_own_year_changes
from extractor.checks.relations.part_growth import PartGrowth, find_part_growths
from extractor.checks.relations.prices import Deflation, find_deflations, find_index_pairs
from extractor.checks.relations.quotients import find_quotient_growths
from extractor.checks.relations.stocks import find_stock_changes
from extractor.checks.relations.times import has_same_time
from extractor.checks.relations.told_bases import (
    Ends,
    find_compared,
    find_told_ends,
    is_earlier,
    list_doublings,
    list_times,
)
from extractor.model import Claim

RULE = "change"
# So many claims in front of a level are told right before it: its base, and how that had grown.
RIGHT_BEFORE = 2
DEFINITION = "definition"
# The reason of a growth from nothing begins within so many characters of it.
REASON = 12
# The growth of a total stands within so many claims behind it.
BEHIND = 3
# A rate of fewer digits is met by another level by chance.
TELLING = 3
# More doublings than these are told in other words.
DOUBLINGS = (1, 2, 3)
# The relations of a rate with the amount of its change.
BY_AMOUNT = ("increase", "decrease", "of_base")
# The roles of a part and of its change, by what the change is told as and whether it is a fall.
PART_ROLES = {
    ("change_rate", False): ("part", "rate"),
    ("change_rate", True): ("falling_part", "fall"),
    ("change_amount", False): ("growing_part", "gain"),
    ("change_amount", True): ("losing_part", "loss"),
}


def find(book: Book) -> Iterator[Relation]:
    """Each rate of change with the amount of the change and the level, or what may be said without them."""
    for at, claim in enumerate(book.claims):
        if claim.kind == "change_rate" and claim.dimension == "percent":
            yield propose_rate(book, at, claim)
        elif claim.kind == "change_rate" and claim.base_unit in list_times():
            yield from _propose_times(book, at, claim)
        elif claim.kind == "change_rate" and claim.base_unit in list_doublings():
            yield from _propose_doublings(book, claim)
        elif claim.kind == "change_amount" and claim.direction == "increase":
            yield from _propose_bound(book, at, claim)
    for rate, numerator, denominator in find_quotient_growths(book):
        yield _relate(book, "quotient", DEFINITION, result=rate, numerator=numerator, denominator=denominator)
    for index, rate in find_index_pairs(book):
        form = "index_fall" if rate.direction == "decrease" else "index_rise"
        yield _relate(book, form, rate=rate, index=index)
    yield from (_propose_real(book, deflation) for deflation in find_deflations(book))
    yield from (_propose_total(book, growth) for growth in find_part_growths(book, find_summed(book)))
    for run in find_growing_runs(book):
        parts = tuple((part.level, part.rate) for part in run.parts)
        growth = PartGrowth(run.total.level, run.total.rate, parts, is_definite=False, is_headed=False, is_told=False)
        yield _propose_total(book, growth)
    for change in find_own_year_changes(book):
        operands = (("change", book.amount(change)),)
        yield Relation(RULE, "own_year", operands, facts={"base": change.baseline or ""})
    yield from (relation for sides in find_sides(book) for relation in _propose_sides(book, sides))


def _relate(book: Book, form: str, otherwise: str = TOLD, **claims: Claim | None) -> Relation:
    """A relation of claims by their roles; what is not told is left out."""
    told = {role: claim for role, claim in claims.items() if claim}
    operands = tuple((role, book.amount(claim)) for role, claim in told.items())
    return Relation(RULE, form, operands, otherwise=otherwise)


# ── a rate with its amount and its level ─────────────────────────────────────────────────────────────────────────────


def propose_rate(book: Book, at: int, rate: Claim) -> Relation:
    """A rate by the two levels that its sentence tells, else by what else is told of the change."""
    told = _propose_by_ends(book, rate)
    fitting = find_fitting(told)
    if fitting:
        return fitting
    other = _propose_by_amount(book, at, rate)
    return told[0] if told and not _has_held(other) else other


def _has_held(relation: Relation) -> bool:
    """Whether a rate follows from the amount of its change."""
    return relation.form in BY_AMOUNT and not has_failed(relation)


def _propose_by_ends(book: Book, rate: Claim) -> list[Relation]:
    """A rate by each two levels that may be its ends."""
    return [_propose_ends(book, rate, ends) for ends in find_told_ends(book, rate)]


def _propose_times(book: Book, at: int, rate: Claim) -> Iterator[Relation]:
    """A rate in times by the levels that its sentence tells; by the amount of its change it is only confirmed."""
    told = _propose_by_ends(book, rate)
    amount = find_change_amount(book, at, rate)
    level = find_change_level(book, at, rate, amount.base_unit) if amount else None
    if not told and amount and level:
        yield _relate(book, "increase", SILENT, rate=rate, change=amount, current=level)
    yield from told[:1]


def _propose_doublings(book: Book, rate: Claim) -> Iterator[Relation]:
    """The two ends of so many doublings: they are about that many, and fail only where they are nearer to another."""
    ends, count = next(iter(find_told_ends(book, rate)), None), book.amount(rate).exact
    if ends is None or count not in DOUBLINGS:
        return
    current, base = book.amount(ends.current), book.amount(ends.base)
    nearest = round(log2(current.exact / base.exact)) if current.exact > 0 < base.exact else count
    operands = (("current", current), ("base", base), ("rate", book.amount(rate)))
    otherwise = SILENT if nearest == count else TOLD
    yield Relation(RULE, f"doubled_{count}", operands, otherwise=otherwise, link="told")


def _propose_ends(book: Book, rate: Claim, ends: Ends) -> Relation:
    form = "fall_told" if rate.direction == "decrease" else "growth_told"
    otherwise = _find_otherwise(book, rate, ends.current)
    relation = _relate(book, form, otherwise, rate=rate, current=ends.current, base=ends.base)
    return msgspec.structs.replace(relation, link="told" if ends.is_named else "near")


def _propose_by_amount(book: Book, at: int, rate: Claim) -> Relation:
    """A rate by the amount of the change and the level that it led to, as far as they are told."""
    amount = find_change_amount(book, at, rate)
    unit = amount.base_unit if amount else None
    level = find_change_level(book, at, rate, unit) or find_both_sides(book, rate)
    impossible = _relate(book, "impossible", rate=rate, current=level)
    if rate.direction == "decrease" and has_failed(impossible) and not _is_signed(rate):
        return impossible
    base = find_compared(book, rate)
    if amount and base and amount.base_unit == base.base_unit:
        return _relate(book, "of_base", rate=rate, change=amount, base=base)
    if amount is None:
        return _propose_alone(book, at, rate, level)
    reached = level or find_earlier_level(book, at, amount, amount.base_unit)
    return _propose_change(book, rate, amount, reached) if reached else _propose_alone(book, at, rate, None)


def _propose_change(book: Book, rate: Claim, amount: Claim, level: Claim) -> Relation:
    """A rate by the amount of the change and the level that it led to; one of an earlier time is what it began with.

    A level between the two has the rate, and the amount only where the numbers say so.
    """
    otherwise = _find_otherwise(book, rate, level)
    if is_earlier(level, amount):
        return _relate(book, "of_base", otherwise, rate=rate, change=amount, base=level)
    if _has_no_base(book, rate, amount, level):
        fitting = _find_of_other(book, rate, amount)
        if fitting:
            return fitting
        if _has_begun_below(book, level, amount):
            return _relate(book, "of_negative", rate=rate, change=amount, current=level)
        otherwise = DEFINITION if _may_be_negative(book, rate) else TOLD
        relation = _relate(book, "on_zero", otherwise, rate=rate, change=amount, current=level)
        return msgspec.structs.replace(relation, severity="info") if _has_reason(book, rate) else relation
    form = "increase" if rate.direction == "increase" else "decrease"
    relation = _relate(book, form, otherwise, rate=rate, change=amount, current=level)
    if amount.start < level.start < rate.start and has_failed(relation):
        return _propose_alone(book, book.find_index(rate), rate, level)
    return relation


def _find_of_other(book: Book, rate: Claim, amount: Claim) -> Relation | None:
    """The growth of another level of its sentence, which the numbers give: 类45万元，其中项30万元，增加33万元."""
    if count_digits(rate.value) < TELLING:
        return None
    told = book.find_between(amount.sentence.start, amount.start)
    levels = [one for one in told if one.kind == "level" and one.base_unit == amount.base_unit]
    others = (one for one in levels if book.amount(one).exact > book.amount(amount).exact)
    return find_fitting(_relate(book, "increase", rate=rate, change=amount, current=one) for one in others)


def _has_reason(book: Book, rate: Claim) -> bool:
    """Whether the words right behind a rate, be they a sentence of their own, say what it comes from."""
    return bool(expression("because").search(book.text, rate.end, rate.end + REASON))


def _is_signed(rate: Claim) -> bool:
    """Whether a change is of what may be less than nothing: a profit, a balance."""
    return bool(patterns.fragment("checks/change", "signed").search(rate.metric or ""))


def _may_be_negative(book: Book, change: Claim) -> bool:
    """Whether a change may have begun below nothing: by what it is of, or by an amount that its sentence tells."""
    if _is_signed(change):
        return True
    told = book.find_between(change.sentence.start, change.sentence.end)
    return any(one.kind == "level" and book.amount(one).exact < 0 for one in told)


def _has_no_base(book: Book, rate: Claim, amount: Claim, level: Claim) -> bool:
    """Whether there was nothing before a growth that is told as one."""
    change, current = book.amount(amount).exact, book.amount(level).exact
    if amount.direction != "increase" or current > change:
        return False
    return bool(change or book.amount(rate).exact)


def _propose_alone(book: Book, at: int, rate: Claim, level: Claim | None) -> Relation:
    """A rate without the amount of its change: by the level before, or by the whole numbers that may have been."""
    if level is None:
        return Relation(RULE, "unknown", (("rate", book.amount(rate)),), reason="no_base")
    told = (
        _propose_by_base(book, rate, level)
        or _propose_by_stock(book, rate, level)
        or _propose_by_cells(book, rate, level)
    )
    if told:
        return told
    if _is_count(book, level) and _is_right_behind(book, rate, level):
        return _propose_whole(book, rate, level)
    operands = (("rate", book.amount(rate)), ("current", book.amount(level)))
    return Relation(RULE, "unknown", operands, reason="no_base")


def _propose_by_stock(book: Book, rate: Claim, level: Claim) -> Relation | None:
    """The rate of a balance by the amount that another sentence says it grew by, if that gives it."""
    form = "decrease" if rate.direction == "decrease" else "increase"
    changes = find_stock_changes(book, rate, level)
    return find_fitting([_relate(book, form, rate=rate, change=change, current=level) for change in changes])


def _propose_by_cells(book: Book, rate: Claim, level: Claim) -> Relation | None:
    """The rate of a level by the number of the year before in a table that tells both, if that gives it."""
    form = "fall_written" if rate.direction == "decrease" else "growth_written"
    told = (("rate", book.amount(rate)), ("current", book.amount(level)))
    cells = find_cells_before(book, level)
    return find_fitting([Relation(RULE, form, (*told, ("base", cell)), otherwise=SILENT) for cell in cells])


def _is_right_behind(book: Book, rate: Claim, level: Claim) -> bool:
    """Whether a rate stands behind a level with no other number between, and nothing else or other time is named.

    Rates one behind the other are those of the things that were counted: 最快的3个领域分别增长100.3%、32.7%和28.7%.
    """
    at = book.find_index(rate)
    following = book.claims[at + 1 : at + 2]
    is_first = any(one.kind == rate.kind and one.start - rate.end <= 1 for one in following)
    if is_first or at - book.find_index(level) != 1:
        return False
    return rate.metric == level.metric and has_same_time(rate, level)


def _is_count(book: Book, level: Claim) -> bool:
    """Whether a level counts things, which come in ones; the years that something took are none: 3年增长58.6%."""
    amount = book.amount(level)
    if amount.vague or level.dimension == "duration":
        return False
    return amount.rounded.low == amount.rounded.high


def _propose_by_base(book: Book, rate: Claim, level: Claim) -> Relation | None:
    """By the level of the year that a rate is compared with: the one that fits, else the only one."""
    form = "fall_from" if rate.direction == "decrease" else "growth_from"
    otherwise = _find_otherwise(book, rate, level)
    bases = find_bases(book, rate, level)
    relations = [_relate(book, form, otherwise, rate=rate, current=level, base=base) for base in bases]
    fitting = find_fitting(relations) if relations else _propose_by_less_told(book, rate, level)
    if fitting or len(relations) != 1:
        return fitting
    link = "told" if _stands_by(book, bases[0], level) else None
    return msgspec.structs.replace(relations[0], link=link)


def _propose_by_less_told(book: Book, rate: Claim, level: Claim) -> Relation | None:
    """By the level of the year before that gives a rate, though the text does not tell that both have one scope."""
    form = "fall_less_told" if rate.direction == "decrease" else "growth_less_told"
    bases = find_less_told(book, rate, level)
    return find_fitting(_relate(book, form, rate=rate, current=level, base=base) for base in bases)


def _find_otherwise(book: Book, rate: Claim, level: Claim) -> str:
    """What becomes of a rate that the levels do not give: they may be of other prices, definitions or units."""
    is_other = has_own_definition(book, rate, level) or not book.amount(level).unit
    return DEFINITION if is_other else TOLD


def _stands_by(book: Book, base: Claim, level: Claim) -> bool:
    """Whether a base is told right in front of the level that grew from it."""
    if base.section != level.section:
        return False
    return 0 < book.find_index(level) - book.find_index(base) <= RIGHT_BEFORE


def _propose_whole(book: Book, rate: Claim, level: Claim) -> Relation:
    """A count grew or fell from a whole number: there must be one that gives the rate."""
    form = "whole_before_growth" if rate.direction == "increase" else "whole_before_fall"
    return _relate(book, form, rate=rate, current=level)


def _propose_bound(book: Book, at: int, amount: Claim) -> Iterator[Relation]:
    """A growth by more than there is: the level before would have been negative."""
    level = find_change_level(book, at, amount, amount.base_unit)
    if level is None or level.sentence != amount.sentence or _may_be_negative(book, amount):
        return
    if is_origin(book, level) or _has_larger(book, level, amount) or _has_begun_below(book, level, amount):
        return
    bound = _relate(book, "exceeds", change=amount, current=level)
    if has_failed(bound):
        yield bound


def _has_begun_below(book: Book, level: Claim, amount: Claim) -> bool:
    """Whether a growth is of a level below nothing: its rate says so, and words why (因上年收回资金).

    Without such words a growth by more than there is stays a mistake, whatever its rate was reckoned from.
    """
    if book.amount(level).exact >= book.amount(amount).exact:
        return False
    behind = book.find_between(amount.end, amount.sentence.end)[:1]
    rates = (one for one in behind if one.kind == "change_rate" and one.direction == "increase")
    return any(_is_of_negative(book, one, level, amount) for one in rates)


def _is_of_negative(book: Book, rate: Claim, level: Claim, amount: Claim) -> bool:
    """Whether a rate is that of a growth from less than nothing, and a reason stands behind it."""
    relation = _relate(book, "of_negative", rate=rate, change=amount, current=level)
    return _has_reason(book, rate) and not has_failed(relation)


def _has_larger(book: Book, level: Claim, amount: Claim) -> bool:
    """Whether another number stands between a level and a change, or one no less in front, of which it may be."""
    told = book.find_between(amount.sentence.start, amount.start)
    others = [one for one in told if one.base_unit == amount.base_unit and one.id != level.id]
    between = any(one.start > level.start for one in others)
    return between or any(_is_no_less(book, one, amount) for one in others)


def _is_no_less(book: Book, one: Claim, amount: Claim) -> bool:
    return one.kind == "level" and book.amount(one).exact >= book.amount(amount).exact


# ── rates by other rates ─────────────────────────────────────────────────────────────────────────────────────────────


def _propose_real(book: Book, deflation: Deflation) -> Relation:
    """Growth at current prices against real growth and the index of prices, told as a level or as a change."""
    index = deflation.index
    by_change = "real_by_fall" if index.direction == "decrease" else "real_by_rise"
    form = "real_by_index" if index.kind == "rate" else by_change
    otherwise = TOLD if deflation.is_whole else DEFINITION
    return _relate(book, form, otherwise, rate=deflation.real, nominal=deflation.nominal, index=deflation.index)


def _propose_total(book: Book, growth: PartGrowth) -> Relation:
    """The growth of a total by the levels before, of it and of its parts, as their own changes imply them."""
    operands = [("growth", book.amount(growth.growth)), ("total", book.amount(growth.whole))]
    for part, change in growth.parts:
        roles = PART_ROLES[change.kind, change.direction == "decrease"]
        operands += [(roles[0], book.amount(part)), (roles[1], book.amount(change))]
    operands += [("still", book.amount(part)) for part in growth.still if book.amount(part).exact]
    form = "fall_of_total" if growth.growth.direction == "decrease" else "growth_of_total"
    otherwise = TOLD if growth.is_definite else (DEFINITION if growth.is_told else SILENT)
    link = "told" if growth.is_headed else None
    return Relation(RULE, form, tuple(operands), otherwise=otherwise, link=link)


def _propose_sides(book: Book, sides: Sides) -> Iterator[Relation]:
    """The growth of both totals of an account, which was balanced in the year before as in this one."""
    totals = (sides.income, sides.expenditure)
    rates = [find_told_change(book, total, BEHIND, ("change_rate",)) for total in totals]
    one, other = rates
    if one is None or other is None or (one.baseline, one.direction) != (other.baseline, other.direction):
        return
    if len({book.amount(total).exact for total in totals}) == 1:
        yield _relate(book, "sides", rate=other, other=one)
