"""What may have been meant by a number that breaks relations: candidates, and which relations each mends or breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import Interval, rounded
from extractor.amounts.misprints import are_exchanged, exchange_at_point
from extractor.checks.engine.judge import Judgement
from extractor.checks.engine.slips import is_tight, list_slips
from extractor.checks.engine.solving import Spot, Wanted, find_middle, find_wanted, holds_with, is_exact

# Of so many relations that a number breaks those are sought that one other number mends together.
MOST_RELATIONS = 12
# The largest whole number of digits that a number may be given.
MOST_DIGITS = 100


class Proposal(Struct, frozen=True):
    """Another number for one of the document's, and what becomes of the relations that it stands in.

    ``is_slip`` says that one slip of the pen makes the printed number of it, ``is_subject`` that it is the one in
    question in a relation that is mended. Two digits that changed places say more than one that is another: chance
    finds so few numbers that differ so.
    """

    amount: Amount
    value: Decimal
    mends: tuple[Judgement, ...]
    breaks: tuple[Judgement, ...]
    is_slip: bool
    is_subject: bool

    @property
    def gain(self) -> int:
        """How many relations more hold with it."""
        return len(self.mends) - len(self.breaks)

    @property
    def rank(self) -> tuple[int, int, bool]:
        """What speaks for it; the larger is better."""
        is_exchange = are_exchanged(f"{abs(self.amount.value):f}", f"{abs(self.value):f}")
        return self.gain, self.is_slip + is_exchange, self.is_subject


def list_proposals(amount: Amount, failing: Sequence[Judgement], holding: Sequence[Judgement]) -> Iterator[Proposal]:
    """The numbers that mend some of the failing relations of an amount, each with those that it breaks."""
    if not is_plain(amount):
        return
    spot = amount.start, amount.end
    wanted = [find_wanted(one, spot) for one in failing[:MOST_RELATIONS]]
    for value, is_slip in dict.fromkeys(_list_candidates(amount, wanted)):
        if not _is_likely(value, amount):
            continue
        mends = tuple(one for one in failing if holds_with(one, spot, value))
        if mends:
            breaks = tuple(one for one in holding if not holds_with(one, spot, value))
            is_subject = any(_is_subject(one, spot) for one in mends)
            yield Proposal(amount, value, mends, breaks, is_slip, is_subject)


def _is_subject(judgement: Judgement, spot: Spot) -> bool:
    subject = judgement.relation.subject
    return (subject.start, subject.end) == spot


def is_plain(amount: Amount) -> bool:
    """Whether an amount is one number that digits give, and no range or approximate one."""
    if amount.vague or not amount.raw:
        return False
    return is_exact(amount) or amount.rounded == rounded(amount.value, amount.factor)


# ── candidates ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _list_candidates(amount: Amount, wanted: Sequence[Wanted]) -> Iterator[tuple[Decimal, bool]]:
    """Numbers as the amount could be printed, slips first, each with whether one slip makes the amount of it."""
    slips = dict.fromkeys(_list_all_slips(amount))
    for one in _list_common(wanted):
        if one.allowed.low is None or one.allowed.high is None:
            continue
        window = _widen(one.allowed, amount)
        met = _find_met(slips, window, amount.factor)
        if is_tight(one.allowed):
            yield from ((slip, True) for slip in _choose(met, one.point, amount))
        point = one.point if one.point is not None else _find_only(window, amount)
        if point is not None:
            value = print_like(point, amount)
            yield value, value in met


def _find_met(numbers: Iterable[Decimal], window: Interval, factor: Fraction) -> list[Decimal]:
    """The numbers that lie in a closed window when they are taken to its unit.

    Whole numbers: of each relation that fails dozens are asked.

    >>> _find_met(map(Decimal, ("1", "1.5", "2")), Interval(Fraction(10), Fraction(20), below=True), Fraction(10))
    [Decimal('1'), Decimal('1.5')]
    """
    assert window.low is not None, "what has no end is met by anything"
    assert window.high is not None, "what has no end is met by anything"
    low, low_below = (window.low / factor).as_integer_ratio()
    high, high_below = (window.high / factor).as_integer_ratio()
    return [
        number
        for number, (above, below) in ((one, one.as_integer_ratio()) for one in numbers)
        # An end that is left out itself has to be passed.
        if above * low_below - low * below >= window.above and high * below - above * high_below >= window.below
    ]


def _list_all_slips(amount: Amount) -> Iterator[Decimal]:
    """What one slip makes of a number, digits exchanged over the point with them.

    These tell which number of a relation that fails is wrong; that it fails they do not make likelier.
    """
    written = f"{abs(amount.value):f}"
    found = [*list_slips(amount)]
    yield from found
    if found and "." in written:
        yield Decimal(exchange_at_point(written)).copy_sign(amount.value)


def _list_common(wanted: Sequence[Wanted]) -> Iterator[Wanted]:
    """What each relation wants, alone and together with as many others as agree with it."""
    yield from wanted
    for first, one in enumerate(wanted):
        common = one
        for other in wanted[first + 1 :]:
            common = _narrow(common, other)
        if common != one:
            yield common


def _narrow(one: Wanted, other: Wanted) -> Wanted:
    """What two relations want together; what the first one wants where they do not agree."""
    if not one.allowed.meets(other.allowed):
        return one
    lows = [end for end in (one.allowed.low, other.allowed.low) if end is not None]
    highs = [end for end in (one.allowed.high, other.allowed.high) if end is not None]
    allowed = Interval(max(lows, default=None), min(highs, default=None))
    point = next((each.point for each in (one, other) if each.point is not None and allowed.may_be(each.point)), None)
    return Wanted(allowed, point)


def _widen(allowed: Interval, amount: Amount) -> Interval:
    """Where a printed number may lie so that what it stands for meets what is allowed."""
    half = Fraction(0) if is_exact(amount) else amount.step / 2
    return allowed + Interval(-half, half)


def _choose(slips: Sequence[Decimal], point: Fraction | None, amount: Amount) -> Sequence[Decimal]:
    """The slip that comes nearest to what is computed; without that, the only one."""
    if point is None or not slips:
        return slips if len(set(slips)) == 1 else ()
    nearest = min(slips, key=lambda value: abs(Fraction(value) * amount.factor - point))
    return (nearest,)


def _find_only(window: Interval, amount: Amount) -> Fraction | None:
    """The middle of a window in which hardly more than one printed number lies."""
    low, high = window.low, window.high
    if low is None or high is None:
        return None
    return find_middle(window) if high - low <= 2 * amount.step else None


def print_like(number: Fraction, amount: Amount) -> Decimal:
    """A number of the base unit as it would be printed in place of an amount: in its unit, with its decimals."""
    decimals = max(0, -amount.exponent)
    scaled = abs(number) / amount.factor * 10**decimals
    digits = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{'-' if number < 0 else ''}{digits}e-{decimals}")


def _is_likely(value: Decimal, amount: Amount) -> bool:
    """Whether a number may have been meant: another one, of the same sign, and neither nothing nor endless."""
    if not value or value == amount.value or value.adjusted() > MOST_DIGITS:
        return False
    return not amount.value or value.is_signed() == amount.value.is_signed()


# ── choices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def choose_value(proposals: Iterable[Proposal]) -> Proposal | None:
    """The value of a number that mends most, one that breaks nothing first.

    None where relations want different values and nothing tells which, or where it would break as many as it mends.
    """
    found = list(proposals)
    free = [one for one in found if not one.breaks] or [one for one in found if len(one.mends) > len(one.breaks)]
    best = max((one.rank for one in free), default=None)
    alike = [one for one in free if one.rank == best]
    return alike[0] if len({tuple(map(id, one.mends)) for one in alike}) == 1 else None


def find_best(proposals: Iterable[Proposal]) -> Proposal | None:
    """The number that another value mends best; None where several might as well be wrong.

    Of several numbers in question, which their relations are about, the first is taken.
    """
    found = sorted(proposals, key=lambda one: one.rank, reverse=True)
    while found:
        alike = [one for one in found if one.rank == found[0].rank]
        if alike[0].is_subject or len(alike) == 1:
            return min(alike, key=lambda one: one.amount.start)
        found = found[len(alike) :]
    return None
