"""The power of a relation: the share of one-digit changes of its numbers that would have broken it.

A slip of the pen is another digit in one place. Each place of each printed number has nine (eight where the number
would begin with 0); the ones after which the relation would still hold are counted on intervals, without reading
anything again. Digits that the computation does not reach (the cents of an amount of which a rate is told) thus
lower the power, and a relation that no slip could break has none. A change that leaves the value open breaks it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import ANY, Interval
from extractor.checks.engine.bounds import find_gap, is_kept, list_kept, read_for
from extractor.checks.engine.compute import find_point, find_range, join
from extractor.checks.engine.formula import Formula, Role
from extractor.checks.engine.inverse import find_allowed

# Where fewer slips of the stated number than these would be noticed, a relation tells little but its order of
# magnitude: the first of three printed digits is noticed in eight changes of 26, 33 % of 1 by 3 in less.
HOLLOW = Fraction(3, 10)
# What the printed numbers give to so many digits, whatever else these would allow, is no chance (one in a thousand).
AGREEING = 3
# Two counts below this are the same by chance in one of ten cases.
ONE_DIGIT = 10
# Digits that may stand in the place of another.
OTHERS = 9

Hulls = Mapping[str, Sequence[Interval]]


class Weight(Struct, frozen=True):
    """The power of a relation, from 0 to 1, and whether it has too little to say that it holds."""

    power: Fraction
    is_hollow: bool


class Tally(Struct, frozen=True):
    """How many one-digit changes a number has, and how many of them break the relation."""

    changes: int
    breaking: int


class Place(Struct, frozen=True):
    """A printed digit, and what one more of it adds to the number, in the base unit."""

    digit: int
    weight: Fraction
    is_leading: bool

    @property
    def lowest(self) -> int:
        """The smallest digit that may stand here: no number begins with 0."""
        return 1 if self.is_leading else 0


def weigh(formula: Formula, stated: Amount | None, others: Mapping[str, Sequence[Amount]]) -> Weight:
    """The power of a relation of printed numbers; ``stated`` is None for a bound, without ``raw`` if nobody prints it.

    What divides by nothing fails with any other digit too.

    A relation is hollow if its formula gives a value without bounds, if it only holds two counts of one digit together,
    or if all changes of the numbers of a bound leave it as it is. Else it is if most changes of the stated number
    (of all numbers, where whole ones are asked for) do, unless the printed numbers give just what is stated.
    """
    hulls = {role: [_read(formula, one) for one in amounts] for role, amounts in others.items()}
    try:
        reach = find_range(formula, hulls)
    except ZeroDivisionError:
        return Weight(Fraction(1), False)
    if _is_chance(formula, stated, others) or _is_unbounded(formula, reach):
        return Weight(Fraction(0), True)
    own = _tally_stated(stated, reach)
    tallies = [own, *_tally_others(Question(formula, _read_target(stated), reach, hulls), others)]
    changes, breaking = sum(one.changes for one in tallies), sum(one.breaking for one in tallies)
    power = Fraction(breaking, changes) if changes else Fraction(0)
    if stated is None or not own.changes:
        return Weight(power, power < HOLLOW if formula.is_stepped else not power)
    return Weight(power, own.breaking < HOLLOW * own.changes and not _agrees(formula, stated, others))


def _read_target(stated: Amount | None) -> Interval | None:
    """What the number in question may be, rounded or cut; None for a bound."""
    return None if stated is None else join(stated.rounded, stated.cut)


def _read(formula: Formula, amount: Amount) -> Interval:
    """What a number may be, rounded or cut; as a bound reads it."""
    return read_for(formula.bound, amount) if formula.bound else join(amount.rounded, amount.cut)


def _is_chance(formula: Formula, stated: Amount | None, others: Mapping[str, Sequence[Amount]]) -> bool:
    """Whether a relation only says that two counts of one digit are the same."""
    if stated is None or not isinstance(formula.left, Role):
        return False
    pair = (stated, *others[formula.left.name])
    return all(one.counted and abs(one.value) < ONE_DIGIT for one in pair)


def _agrees(formula: Formula, stated: Amount, others: Mapping[str, Sequence[Amount]]) -> bool:
    """Whether the numbers as printed give the stated one to all of its digits, and these are not few."""
    computed = find_point(formula, {role: [one.exact for one in amounts] for role, amounts in others.items()})
    digits = len(stated.value.as_tuple().digits)
    return computed is not None and digits >= AGREEING and 2 * abs(stated.exact - computed) <= stated.step


def _is_unbounded(formula: Formula, reach: Interval) -> bool:
    """Whether a formula may give anything, several whole numbers, or a bound is kept whatever its numbers are."""
    if formula.bound is None:
        return reach.low is None or reach.high is None
    if formula.is_stepped and reach.low != reach.high:
        return True
    return find_gap(formula.bound, reach) is None


# ── which changes break a relation ───────────────────────────────────────────────────────────────────────────────────


class Question(Struct, frozen=True):
    """A formula with what its numbers may be, what it reaches with them, and what the number in question may be."""

    formula: Formula
    target: Interval | None
    reach: Interval
    hulls: Hulls


def _tally_stated(stated: Amount | None, reach: Interval) -> Tally:
    """The changes of the number in question; a bound has none, and a number that nobody prints has no digits."""
    if stated is None or not stated.raw:
        return Tally(0, 0)
    return tally_within(stated, reach - join(stated.rounded, stated.cut))


def _tally_others(question: Question, others: Mapping[str, Sequence[Amount]]) -> Iterator[Tally]:
    """The changes of the other numbers: at once where the formula is linear, else for each; outside all go unseen."""
    formula = question.formula
    slack = _find_slack(question) if formula.coefficients is not None else None
    for role, amounts in others.items():
        for at, amount in enumerate(amounts):
            if role not in formula.roles:
                yield tally_within(amount, ANY)
            elif slack is not None and formula.coefficients is not None:
                yield tally_within(amount, _divide(slack, formula.coefficients[role]))
            else:
                yield _tally_number(question, (role, at), amount)


def _tally_number(question: Question, place: tuple[str, int], amount: Amount) -> Tally:
    """The changes of a number: by solving the formula for it, or by trying each where it has steps."""
    formula = question.formula
    if formula.is_stepped:
        return _try_changes(question, place, amount)
    target = question.target or list_kept(formula.bound or "==")
    return tally_within(
        amount, find_allowed(formula, target, place, question.hulls) - question.hulls[place[0]][place[1]]
    )


def _find_slack(question: Question) -> Interval:
    """By how much the value of a linear formula may change so that the relation still holds."""
    target = question.target
    if target is None and find_gap(question.formula.bound or "==", question.reach) is None:
        return ANY
    return (target or list_kept(question.formula.bound or "==")) - question.reach


def _divide(interval: Interval, factor: Fraction) -> Interval:
    """An interval by a number; open ends stay open."""
    low, high = (None if end is None else end / factor for end in (interval.low, interval.high))
    if factor > 0:
        return Interval(low, high, interval.below, interval.above)
    return Interval(high, low, interval.above, interval.below)


def tally_within(amount: Amount, window: Interval) -> Tally:
    """The one-digit changes of a number, of which those by something within ``window`` (base unit) break nothing."""
    places = read_places(amount)
    changes, kept = sum(OTHERS - place.lowest for place in places), 0
    for place in places:
        if not _reaches(window, abs(place.weight)):
            break
        kept += _count_within(place, window)
    return Tally(changes, changes - kept)


def _reaches(window: Interval, step: Fraction) -> bool:
    """Whether a window holds a change by one step, or by more."""
    low, high = window.low, window.high
    return low is None or high is None or high >= step or low <= -step


def read_places(amount: Amount) -> list[Place]:
    """The digits of a number from the last to the first; none where nobody prints it."""
    if not amount.raw:
        return []
    whole, _, decimals = f"{abs(amount.value):f}".partition(".")
    sign = -1 if amount.value < 0 else 1
    digits, weight = whole + decimals, amount.factor * sign * Fraction(1, 10 ** len(decimals))
    leading = len(digits) - 1 if len(whole) > 1 else -1
    return [Place(int(digit), weight * 10**at, at == leading) for at, digit in enumerate(reversed(digits))]


def _count_within(place: Place, window: Interval) -> int:
    """How many other digits in a place change the number by something within a window."""
    least, most = place.lowest - place.digit, OTHERS - place.digit
    ends = (window.low, window.high) if place.weight > 0 else (window.high, window.low)
    left_out = (window.above, window.below) if place.weight > 0 else (window.below, window.above)
    low, high = (None if end is None else end / place.weight for end in ends)
    first = least if low is None else max(least, _round_up(low, left_out[0]))
    last = most if high is None else min(most, -_round_up(-high, left_out[1]))
    return max(0, last - first + 1) - (1 if first <= 0 <= last else 0)


def _round_up(number: Fraction, is_left_out: bool) -> int:
    """The first whole number from ``number`` on, or behind it."""
    return floor(number) + 1 if is_left_out else ceil(number)


def _try_changes(question: Question, place_of: tuple[str, int], amount: Amount) -> Tally:
    """The changes of a number, each tried in the formula."""
    places = read_places(amount)
    changes = [
        (digit - place.digit) * place.weight
        for place in places
        for digit in range(place.lowest, OTHERS + 1)
        if digit != place.digit
    ]
    return Tally(len(changes), sum(not _still_holds(question, place_of, change) for change in changes))


def _still_holds(question: Question, place_of: tuple[str, int], change: Fraction) -> bool:
    """Whether a relation holds with one of its numbers changed."""
    role, at = place_of
    hulls = list(question.hulls[role])
    hulls[at] = hulls[at] + Interval(change, change)
    try:
        found = find_range(question.formula, {**question.hulls, role: hulls})
    except ZeroDivisionError:
        return False
    target = question.target
    return is_kept(question.formula.bound or "==", found) if target is None else target.meets(found)
