"""The power of a relation: the share of one-digit changes of its numbers that would have broken it.

A slip of the pen is another digit in one place. Each place of each printed number has nine (eight where the number
would begin with 0); the ones after which the relation would still hold are counted on intervals, without reading
anything again. Digits that the computation does not reach (the cents of an amount of which a rate is told) thus
lower the power, and a relation that no slip could break has none. A change that leaves the value open breaks it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import ANY, Interval
from extractor.checks.engine.bounds import find_gap, is_kept, list_kept, read_for
from extractor.checks.engine.compute import find_point, find_range
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

    @property
    def share(self) -> Fraction:
        """The share of the changes that break the relation; 0 where there are none."""
        if not self.changes:
            return Fraction(0)
        return Fraction(self.breaking, self.changes)


class Place(Struct, frozen=True):
    """A printed digit, and how many of the last printed digit one more of it makes."""

    digit: int
    weight: int
    is_leading: bool

    @property
    def lowest(self) -> int:
        """The smallest digit that may stand here: no number begins with 0."""
        return 1 if self.is_leading else 0


class Steps(Struct, frozen=True):
    """Between how many of its last printed digit a number may change; None is an open end.

    Whole numbers: the digits of every number of a report are counted.
    """

    lowest: int | None
    highest: int | None


class Digits(Struct, frozen=True):
    """The digits of a number from the last to the first; ``leading`` is the place that may not be 0, or -1."""

    text: str
    leading: int

    def places(self) -> Iterator[Place]:
        """Each digit with its place, from the last to the first."""
        for at, digit in enumerate(self.text):
            yield Place(int(digit), 10**at, at == self.leading)


def weigh(
    formula: Formula, stated: Amount | None, others: Mapping[str, Sequence[Amount]], is_restated: bool = False
) -> Weight:
    """The power of a relation of printed numbers; ``stated`` is None for a bound, without ``raw`` if nobody prints it.

    What divides by nothing fails with any other digit too.

    A relation is hollow if its formula gives a value without bounds, if it only holds two counts of one digit together
    that no restated passage does (``is_restated``), or if all changes of the numbers of a bound leave it as it is. Else
    it is if most changes of the stated number (of all numbers, where whole ones are asked for) do, unless the printed
    numbers give just what is stated.
    """
    hulls = {role: [_read(formula, one) for one in amounts] for role, amounts in others.items()}
    try:
        reach = find_range(formula, hulls)
    except ZeroDivisionError:
        return Weight(Fraction(1), False)
    is_chance = not is_restated and _is_chance(formula, stated, others)
    if is_chance or _is_unbounded(formula, reach):
        return Weight(Fraction(0), True)
    own = _tally_stated(stated, reach)
    question = Question(formula, stated.reach if stated else None, reach, hulls)
    power = _add_up([own, *_tally_others(question, others)]).share
    if stated is None or not own.changes:
        return Weight(power, _is_too_little(formula, power))
    is_unseen = own.breaking * HOLLOW.denominator < HOLLOW.numerator * own.changes
    return Weight(power, is_unseen and not _agrees(formula, stated, others))


def _is_too_little(formula: Formula, power: Fraction) -> bool:
    """Whether a power tells nothing, where there is no number in question whose digits could be asked."""
    if formula.is_stepped:
        return power < HOLLOW
    return not power


def _add_up(tallies: Sequence[Tally]) -> Tally:
    """The tallies of several numbers as one."""
    changes = sum(one.changes for one in tallies)
    breaking = sum(one.breaking for one in tallies)
    return Tally(changes, breaking)


def _read(formula: Formula, amount: Amount) -> Interval:
    """What a number may be, rounded or cut; as a bound reads it."""
    if formula.bound:
        return read_for(formula.bound, amount)
    return amount.reach


def _is_chance(formula: Formula, stated: Amount | None, others: Mapping[str, Sequence[Amount]]) -> bool:
    """Whether a relation only says that two counts of one digit are the same."""
    if stated is None or not isinstance(formula.left, Role):
        return False
    pair = (stated, *others[formula.left.name])
    return all(map(_is_small_count, pair))


def _is_small_count(amount: Amount) -> bool:
    return amount.counted and abs(amount.value) < ONE_DIGIT


def _agrees(formula: Formula, stated: Amount, others: Mapping[str, Sequence[Amount]]) -> bool:
    """Whether the numbers as printed give the stated one to all of its digits, and these are not few."""
    if len(stated.value.as_tuple().digits) < AGREEING:
        return False
    printed = {role: [one.exact for one in amounts] for role, amounts in others.items()}
    computed = find_point(formula, printed)
    if computed is None:
        return False
    return 2 * abs(stated.exact - computed) <= stated.step


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

    @property
    def bound(self) -> str:
        """The bound of the formula; what is computed is just as it is stated."""
        return self.formula.bound or "=="

    @property
    def allowed(self) -> Interval:
        """Where the value of the formula (of a bound: the difference of its sides) may lie."""
        return self.target or list_kept(self.bound)


def _tally_stated(stated: Amount | None, reach: Interval) -> Tally:
    """The changes of the number in question; a bound has none, and a number that nobody prints has no digits."""
    if stated is None or not stated.raw:
        return Tally(0, 0)
    return tally_within(stated, reach - stated.reach)


def _tally_others(question: Question, others: Mapping[str, Sequence[Amount]]) -> Iterator[Tally]:
    """The changes of the other numbers: at once where the formula is linear, else for each; outside all go unseen."""
    formula = question.formula
    slack = _find_slack(question) if formula.coefficients is not None else None
    for role, amounts in others.items():
        if role not in formula.roles:
            yield from _tally_alike(amounts, ANY)
        elif slack is not None and formula.coefficients is not None:
            yield from _tally_alike(amounts, _divide(slack, formula.coefficients[role]))
        else:
            yield from (_tally_number(question, (role, at), amount) for at, amount in enumerate(amounts))


def _tally_alike(amounts: Sequence[Amount], window: Interval) -> Iterator[Tally]:
    """The changes of numbers that all may change by the same; what that is in their steps is reckoned once a unit."""
    known: dict[tuple[int, int], Steps] = {}
    for amount in amounts:
        unit = find_unit(amount)
        key = unit.as_integer_ratio()
        if key not in known:
            known[key] = _count_steps(window, unit)
        yield _tally_steps(amount, known[key])


def _tally_number(question: Question, place: tuple[str, int], amount: Amount) -> Tally:
    """The changes of a number: by solving the formula for it, or by trying each where it has steps."""
    formula = question.formula
    if formula.is_stepped:
        return _try_changes(question, place, amount)
    role, at = place
    allowed = find_allowed(formula, question.allowed, place, question.hulls)
    return tally_within(amount, allowed - question.hulls[role][at])


def _find_slack(question: Question) -> Interval:
    """By how much the value of a linear formula may change so that the relation still holds."""
    if question.target is None and find_gap(question.bound, question.reach) is None:
        return ANY
    return question.allowed - question.reach


def _divide(interval: Interval, factor: Fraction) -> Interval:
    """An interval by a number; open ends stay open."""
    if factor == 1:
        return interval
    low, high = _divide_end(interval.low, factor), _divide_end(interval.high, factor)
    if factor > 0:
        return Interval(low, high, interval.below, interval.above)
    return Interval(high, low, interval.above, interval.below)


def _divide_end(end: Fraction | None, factor: Fraction) -> Fraction | None:
    if end is None:
        return None
    return end / factor


def tally_within(amount: Amount, window: Interval) -> Tally:
    """The one-digit changes of a number, of which those by something within ``window`` (base unit) break nothing."""
    return _tally_steps(amount, _count_steps(window, find_unit(amount)))


def _count_steps(window: Interval, unit: Fraction) -> Steps:
    """By how many of its last printed digit a number may change within a window, ``unit`` being one of them."""
    if unit < 0:
        window, unit = -window, -unit
    return Steps(
        lowest=None if window.low is None else -_round_down(window.low, -1, unit, window.above),
        highest=None if window.high is None else _round_down(window.high, 1, unit, window.below),
    )


def _round_down(number: Fraction, sign: int, unit: Fraction, is_left_out: bool) -> int:
    """How many times a unit goes into a number of the other sign if ``sign`` is -1; less where it is left out."""
    above, below = sign * number.numerator * unit.denominator, number.denominator * unit.numerator
    if is_left_out:
        return (above - 1) // below
    return above // below


def _tally_steps(amount: Amount, steps: Steps) -> Tally:
    """The same, of a window told in units of the last printed digit."""
    digits = read_digits(amount)
    changes = OTHERS * len(digits.text) - int(digits.leading >= 0)
    kept = 0
    if not _reaches(steps, 1):
        return Tally(changes, changes)
    for place in digits.places():
        if not _reaches(steps, place.weight):
            break
        kept += _count_within(place, steps)
    return Tally(changes, changes - kept)


def _reaches(steps: Steps, weight: int) -> bool:
    """Whether a window holds a change by one digit of a place, or by more."""
    if steps.lowest is None or steps.highest is None:
        return True
    return steps.highest >= weight or steps.lowest <= -weight


def find_unit(amount: Amount) -> Fraction:
    """What one more of the last printed digit adds to a number, in the base unit; less than 0 for a negative one."""
    return -amount.step if amount.value < 0 else amount.step


def read_digits(amount: Amount) -> Digits:
    """The digits of a number; none where nobody prints it."""
    if not amount.raw:
        return Digits("", -1)
    whole, decimals = amount.figures
    text = whole + decimals
    return Digits(text[::-1], len(text) - 1 if len(whole) > 1 else -1)


def _count_within(place: Place, steps: Steps) -> int:
    """How many other digits in a place change the number by something within a window of steps of its last digit."""
    least, most = place.lowest - place.digit, OTHERS - place.digit
    first = least if steps.lowest is None else max(least, -(-steps.lowest // place.weight))
    last = most if steps.highest is None else min(most, steps.highest // place.weight)
    return max(0, last - first + 1) - (1 if first <= 0 <= last else 0)


def _try_changes(question: Question, place_of: tuple[str, int], amount: Amount) -> Tally:
    """The changes of a number, each tried in the formula."""
    places, unit = read_digits(amount).places(), find_unit(amount)
    changes = [
        (digit - place.digit) * place.weight * unit
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
    if question.target is None:
        return is_kept(question.bound, found)
    return question.target.meets(found)
