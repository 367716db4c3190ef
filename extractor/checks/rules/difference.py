"""Differences: what is told of a movement (由36家增加到41家，增加5家), of what is left, not done, or beyond a plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from extractor import patterns
from extractor.amounts.amount import take_as_written
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import measure_likeness
from extractor.checks.engine.judge import find_fitting, has_failed
from extractor.checks.engine.rule import SILENT, Relation
from extractor.checks.narrative.between import Between, find_between, find_points_between
from extractor.checks.narrative.reckonings import is_reckoned
from extractor.checks.relations.changes import find_change_level
from extractor.checks.relations.movements import Movement, find_movements
from extractor.checks.relations.paces import Pace, find_paces
from extractor.checks.relations.remainders import (
    Remainder,
    find_beyond,
    find_cut,
    find_left,
    find_net,
    find_points,
    find_undone,
    list_series,
)
from extractor.checks.relations.shifts import Shift, find_shifts
from extractor.checks.relations.structures import find_moved
from extractor.checks.relations.told_bases import Ends, find_told_ends, find_told_points
from extractor.checks.relations.trade import find_trades
from extractor.model import Claim

RULE = "difference"
# A number of fewer digits is another one by chance.
TELLING = 3
CHANGES = ("change_amount", "change_rate")


_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Each movement with what its sentence says of the difference, then what remains of plans or exceeds them."""
    for movement in find_movements(book):
        yield from _propose_told(book, movement)
    for at, claim in enumerate(book.claims):
        if claim.kind == "change_amount":
            yield from _propose_ends(book, claim)
            yield from _propose_new(book, at, claim)
            yield from _propose_told_points(book, claim)
    yield from _propose_between(book)
    for moved in find_moved(book):
        form = "points_of_fall" if moved.change.direction == "decrease" else "points_of_rise"
        change = ("change", book.amount(moved.change))
        yield Relation(RULE, form, (change, ("origin", moved.before), ("result", moved.after)))
    for left in (one for one in find_left(book) if not is_reckoned(book, one.claim)):
        yield _propose_remainder(book, left, "left" if left.is_named else "left_of_year")
    yield from (_propose_remainder(book, undone, "undone") for undone in find_undone(book))
    yield from (_propose_remainder(book, cut, "cut") for cut in find_cut(book))
    yield from (_propose_remainder(book, net, "net") for net in find_net(book))
    for beyond in find_beyond(book):
        operands = {"change": beyond.claim, "result": beyond.base, "base": beyond.part}
        yield Relation(RULE, "beyond", tuple((role, book.amount(claim)) for role, claim in operands.items()))
    yield from (_propose_points(book, points) for points in find_points(book))
    yield from (_propose_shift(book, shift) for shift in find_shifts(book))
    for pace in find_paces(book):
        yield from _propose_pace(book, pace)
    for trade in find_trades(book):
        operands = {"left": trade.left, "base": trade.more, "part": trade.less}
        yield Relation(RULE, "trade", tuple((role, book.amount(claim)) for role, claim in operands.items()))


def _propose_new(book: Book, at: int, change: Claim) -> Iterator[Relation]:
    """A rise by all of what it led to, which began with nothing; a number of few digits is that by chance."""
    if change.direction != "increase" or count_digits(change.value) < TELLING:
        return
    level = find_change_level(book, at, change, change.base_unit)
    if level and book.amount(level).exact == book.amount(change).exact:
        yield Relation(RULE, "all_new", (("change", book.amount(change)), ("result", book.amount(level))))


def _propose_ends(book: Book, change: Claim) -> Iterator[Relation]:
    """An amount of change by the two levels that its sentence tells: the first two that give it, else the likeliest."""
    form = "fall_told" if change.direction == "decrease" else "rise_told"
    ends = [one for one in find_told_ends(book, change) if one.base.base_unit == change.base_unit]
    relations = [_relate_ends(book, form, change, one) for one in ends]
    yield from [find_fitting(relations) or relations[0]] if relations else ()


def _propose_told_points(book: Book, change: Claim) -> Iterator[Relation]:
    """Points by the two rates that the sentence tells: those that give them, else the only two."""
    form = "points_of_fall_told" if change.direction == "decrease" else "points_of_rise_told"
    relations = [_relate_ends(book, form, change, ends) for ends in find_told_points(book, change)]
    yield from filter(None, [find_fitting(relations) or (relations[0] if len(relations) == 1 else None)])


def _relate_ends(book: Book, form: str, change: Claim, ends: Ends) -> Relation:
    told = {"change": change, "result": ends.current, "origin": ends.base}
    operands = tuple((role, book.amount(claim)) for role, claim in told.items())
    return Relation(RULE, form, operands, link="told" if ends.is_named else "near")


def _propose_between(book: Book) -> Iterator[Relation]:
    """Changes that two levels give, and points that two shares do, where these are told apart from them."""
    for between in find_between(book):
        yield _relate_between(
            book, "fall_between" if between.change.direction == "decrease" else "rise_between", between
        )
    for told in find_points_between(book):
        form = "points_of_fall_told" if told.change.direction == "decrease" else "points_of_rise_told"
        yield replace(_relate_between(book, form, told), otherwise=SILENT)


def _relate_between(book: Book, form: str, between: Between) -> Relation:
    claims = {"change": between.change, "result": between.current, "origin": between.base}
    return Relation(RULE, form, tuple((role, book.amount(claim)) for role, claim in claims.items()))


def _propose_remainder(book: Book, left: Remainder, form: str) -> Relation:
    """What is left of a plan; of all that its sentence tells in front where that gives it and the plan does not."""
    operands = (("left", book.amount(left.claim)), ("base", book.amount(left.base)), ("part", book.amount(left.part)))
    relation = Relation(RULE, form, operands)
    return (find_fitting(_list_series(book, left.claim)) if has_failed(relation) else None) or relation


def _list_series(book: Book, left: Claim) -> Iterator[Relation]:
    """What is left of each level in front, without all the levels behind that; of few digits it is so by chance."""
    for base, parts in list_series(book, left) if count_digits(left.value) >= TELLING else ():
        taken = (("part", book.amount(part)) for part in parts)
        yield Relation(RULE, "left_of_series", (("left", book.amount(left)), ("base", book.amount(base)), *taken))


def _propose_points(book: Book, points: Remainder) -> Relation:
    """Points by the rate that was reached and its target, which stands for its digits alone."""
    target = take_as_written(book.amount(points.part))
    operands = (("change", book.amount(points.claim)), ("result", book.amount(points.base)), ("target", target))
    return Relation(RULE, "points_below" if points.claim.direction == "decrease" else "points_above", operands)


def _propose_shift(book: Book, shift: Shift) -> Relation:
    """A change of a quotient by the growth of its numbers, which may be told at other prices: it is only confirmed."""
    way = "fall" if shift.change.direction == "decrease" else "rise"
    form = f"points_by_{way}" if shift.is_of_points else f"shift_by_{way}"
    told = {"change": shift.change, "result": shift.quotient, "upper": shift.upper, "lower": shift.lower}
    operands = tuple((role, book.amount(claim)) for role, claim in told.items())
    return Relation(RULE, form, operands, otherwise=SILENT)


def _propose_pace(book: Book, pace: Pace) -> Iterator[Relation]:
    """Points by the growth that gives them, else by the only one that is called so."""
    form = "pace_above" if pace.is_above else "pace_below"
    points, own = ("change", book.amount(pace.points)), ("result", book.amount(pace.own))
    relations = [Relation(RULE, form, (points, own, ("base", book.amount(other)))) for other in pace.others]
    is_told = not pace.is_of_all and len({other.base_value for other in pace.others}) == 1
    yield from filter(None, [find_fitting(relations) or (relations[0] if is_told else None)])


# ── movements ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_told(book: Book, movement: Movement) -> Iterator[Relation]:
    """The change, in its own unit, in percent or in points, that is told behind the two ends."""
    origin = ("origin", book.amount(movement.origin))
    result = ("result", book.amount(movement.result))
    for claim in movement.behind:
        if not _is_change_of(claim, movement.result) or _is_yearly(book, movement, claim):
            return
        form = _choose_form(claim, movement.result)
        if form:
            yield Relation(RULE, form, (("change", book.amount(claim)), origin, result))


def _is_change_of(claim: Claim, result: Claim) -> bool:
    """Whether a number is how what a movement tells changed; a rate of growth changes by points alone."""
    if claim.kind not in CHANGES or claim.baseline or claim.kind == result.kind:
        return False
    if not claim.metric or claim.metric == result.metric:
        return True
    return measure_likeness(claim, result) > 0


def _is_yearly(book: Book, movement: Movement, claim: Claim) -> bool:
    """Whether a change is one of each year."""
    return bool(_expression("yearly").search(book.text, movement.result.end, claim.start))


def _choose_form(claim: Claim, result: Claim) -> str | None:
    """How a change is told, and which way it is counted."""
    way = "fall" if claim.direction == "decrease" else "rise"
    if claim.kind == "change_rate" and claim.dimension == "percent":
        return f"rate_of_{way}"
    if claim.dimension == "percentage_point":
        return f"points_of_{way}"
    if claim.base_unit != result.base_unit:
        return None
    return way
