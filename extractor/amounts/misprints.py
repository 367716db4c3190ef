"""Misprints: what one wrong stroke in one number explains when numbers do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, starmap

import msgspec

from extractor.amounts.amount import Amount
from extractor.amounts.interval import about, add_up, rounded

# A misprint explains a gap by chance in one case of so many; where chance would do so more often it says nothing.
RARE = 25
# Numbers that all end in so many zeros are round: their last digits say nothing.
ROUND = 1000
# The numbers that a total may be where its last digit was rounded: itself, and one up or down.
ROUNDED = 3
# What a 万 that was left out makes of a number.
MYRIAD = 10_000
DIGITS = "0123456789"
# So many numbers are remembered: those of one document, which stand in several sums each.
REMEMBERED = 4096


def is_slip(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether one misprint in one of the numbers explains why the parts are not the total.

    A misprint is a wrong digit, two neighbouring digits exchanged, a figure rounded, or a 万 left out. Among few
    possible gaps chance would find one too: the total must have so many more values than there are misprints to try.
    """
    wanted = _list_wanted(whole, parts)
    if any(starmap(_has_lost_myriad, wanted)):
        return True
    if not _is_telling(whole, (whole, *parts)):
        return False
    return any(starmap(_is_misprint, wanted))


def is_stroke(whole: Amount, parts: Sequence[Amount], rare: int = RARE) -> bool:
    """Whether one wrong digit, or two exchanged ones, in one of the numbers explain why the parts are not the total.

    By chance it is so in one case of ``rare`` at most.
    """
    wanted = _list_wanted(whole, parts)
    return _is_telling(whole, (whole, *parts), rare) and any(starmap(is_miswritten, wanted))


def is_near_stroke(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether one wrong digit explains why parts that are of the order of the total do not add up to it."""
    gap = abs(whole.exact - add_up(part.exact for part in parts))
    return 2 * gap <= abs(whole.exact) and is_stroke(whole, parts)


def is_rounded_stroke(whole: Amount, parts: Sequence[Amount], rare: int = RARE) -> bool:
    """As ``is_stroke``, where the last digit of the total may be rounded up or down."""
    if is_stroke(whole, parts, rare):
        return True
    near = (_move(whole, 1), _move(whole, -1), _refine(whole, parts))
    return any(is_stroke(one, parts, rare * ROUNDED) for one in near)


def is_digit_off(whole: Amount, parts: Sequence[Amount], rare: int = RARE) -> bool:
    """Whether parts miss their total by one digit of some place, but for what rounding leaves open.

    The place is so far above that that chance would have it so in one case of ``rare``, times two.
    """
    gap = abs(whole.exact - add_up(part.exact for part in parts))
    slack = (whole.step + add_up(part.step for part in parts)) / 2
    place = Fraction(10) ** (len(str(int(gap + slack))) - 1)
    nearest = (gap + slack) // place * place
    return place >= rare * slack and gap - slack <= nearest


def list_mended(whole: Amount, parts: Sequence[Amount]) -> Iterator[tuple[int, Fraction]]:
    """The place (the total's is 0) of each number that a wrong digit would explain, with what it would have to be."""
    for at, (amount, wanted) in enumerate(_list_wanted(whole, parts)):
        if is_miswritten(amount, wanted):
            yield at, wanted


def is_one_digit_off(whole: Amount, parts: Sequence[Amount], least: int) -> bool:
    """Whether parts miss their total by just one digit of a place of so many units of the last digit at least.

    Of what a list leaves out by chance one in ``least`` is such a number.
    """
    gap = abs(whole.exact - add_up(part.exact for part in parts))
    steps = gap / min(amount.step for amount in (whole, *parts))
    return steps >= least and steps.denominator == 1 and len(str(steps.numerator).rstrip("0")) == 1


def is_padded(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a total and half of its parts have zeros behind the point only, and are off by less than 1.

    They were whole numbers, 11899 and 11363, before they were printed like others: 11899.0, 11363.0, 78.5.
    """
    padded = sum(map(_ends_in_zeros, parts))
    gap = abs(whole.exact - add_up(part.exact for part in parts))
    return _ends_in_zeros(whole) and 2 * padded >= len(parts) and gap < whole.factor


def _ends_in_zeros(amount: Amount) -> bool:
    decimals = amount.raw.partition(".")[2]
    return bool(decimals) and not decimals.strip("0")


def _refine(whole: Amount, parts: Sequence[Amount]) -> Amount:
    """A total with the digits behind its last one that parts printed more finely give it, as it was before rounding."""
    rest = (add_up(part.exact for part in parts) - whole.exact) % whole.step
    less = rest - whole.step if 2 * rest > whole.step else rest
    return _move(whole, less / whole.step)


def is_one_too_many(whole: Amount, parts: Sequence[Amount], slack: int) -> bool:
    """Whether parts would add up to their total, but for so many of the last digit, if one of them were none."""
    gap = add_up(part.exact for part in parts) - whole.exact
    return any(_is_within(gap, part.exact, slack * part.step) for part in parts if part.value)


def _is_within(one: Fraction, other: Fraction, most: Fraction) -> bool:
    """Whether two numbers are no further apart than ``most``: asked of each part of each sum, by whole numbers."""
    above, below = one.as_integer_ratio()
    other_above, other_below = other.as_integer_ratio()
    most_above, most_below = most.as_integer_ratio()
    return abs(above * other_below - other_above * below) * most_below <= most_above * below * other_below


def _move(amount: Amount, steps: Fraction | int) -> Amount:
    """An amount with so many of its last digit more."""
    above, below = steps.as_integer_ratio()
    value = amount.value + Decimal(above) / Decimal(below) * Decimal(1).scaleb(amount.exponent)
    return msgspec.structs.replace(amount, value=value, rounded=rounded(value, amount.factor))


def _list_wanted(whole: Amount, parts: Sequence[Amount]) -> list[tuple[Amount, Fraction]]:
    """Each number with what it would have to be for the parts to be the total; none where they are."""
    gap = whole.exact - add_up(part.exact for part in parts)
    if not gap:
        return []
    return [(whole, whole.exact - gap), *((part, part.exact + gap) for part in parts)]


def _has_lost_myriad(amount: Amount, wanted: Fraction) -> bool:
    if not amount.exact:
        return False
    return wanted == amount.exact * MYRIAD


def _is_telling(whole: Amount, amounts: Sequence[Amount], rare: int = RARE) -> bool:
    """Whether a total has enough values for a misprint to be more than chance; of round numbers few are met."""
    written = map(_write_digits, amounts)
    misprints = sum(map(count_misprints, written))
    step = min(amount.step for amount in amounts)
    grain = min((_find_grain(amount) for amount in amounts if amount.value), default=step)
    least = grain if grain >= ROUND * step else step
    return abs(whole.exact) / least >= rare * misprints


def _find_grain(amount: Amount) -> Fraction:
    """One of the last digit of a number that is no zero."""
    digits = amount.value.normalize().as_tuple()
    return Fraction(10) ** int(digits.exponent) * amount.factor


def _write_digits(amount: Amount) -> str:
    return f"{amount.value:f}"


def _is_misprint(amount: Amount, wanted: Fraction) -> bool:
    """Whether ``wanted`` is the number as written but for one misprint, or rounds to it; decimals are not rounded."""
    number = wanted / amount.factor
    if is_miswritten(amount, wanted):
        return True
    if not amount.value or amount.exponent < 0:
        return False
    if rounded(amount.value).may_be(number):
        return False
    return about(amount.value).may_be(number)


def is_miswritten(amount: Amount, wanted: Fraction) -> bool:
    """Whether an amount is ``wanted``, in its base unit, but for one wrong digit or two exchanged ones."""
    return is_misprint(_write_digits(amount), wanted / amount.factor)


def are_miswritten(one: Amount, other: Amount) -> bool:
    """Whether a misprint makes one number of another, as it is written in the coarser of their steps."""
    coarse, fine = sorted((one, other), key=lambda amount: -amount.step)
    return is_miswritten(coarse, round(fine.exact / coarse.step) * coarse.step)


def is_misprint(digits: str, number: Fraction) -> bool:
    """Whether a number is another as it is written but for one misprint.

    >>> is_misprint("12.50", Fraction(17, 1)), is_misprint("12.50", Fraction(175, 10)), is_misprint("-12", Fraction(-2))
    (False, True, True)
    """
    return _differs_by_stroke(_write_like(number, digits), digits)


def _differs_by_stroke(one: str, other: str) -> bool:
    """Whether two numbers of one length differ in one digit, or by two neighbours that are exchanged."""
    places = [at for at, (own, others) in enumerate(zip(one, other, strict=False)) if own != others]
    if len(one) != len(other) or not 0 < len(places) <= 2:
        return False
    first, last = places[0], places[-1]
    return first == last or (last - first == 1 and one[first : last + 1] == other[last] + other[first])


def _write_like(number: Fraction, digits: str) -> str:
    """A number with as many digits and decimals as another is written with, of its sign; empty where it has more."""
    sign, decimals = "-" if digits.startswith("-") else "", len(digits.partition(".")[2])
    steps = number * 10**decimals
    if steps.denominator != 1 or (steps and (steps < 0) != bool(sign)):
        return ""
    written = str(abs(steps.numerator)).zfill(sum(map(str.isdigit, digits)))
    return sign + (f"{written[:-decimals]}.{written[-decimals:]}" if decimals else written)


def list_misprints(digits: str) -> Iterator[str]:
    """The numbers that one misprint makes of another.

    >>> sorted(list_misprints("12"))[:5]
    ['02', '10', '11', '13', '14']
    """
    for at, digit in enumerate(digits):
        if not digit.isdigit():
            continue
        head, tail = digits[:at], digits[at + 1 :]
        for other in DIGITS.replace(digit, ""):
            yield head + other + tail
        following = tail[:1]
        if following.isdigit() and following != digit:
            yield head + following + digit + tail[1:]


def exchange_at_point(digits: str) -> str:
    """A number whose digits on both sides of the point have changed places; as it is without a point.

    >>> exchange_at_point("48.9"), exchange_at_point("489")
    ('49.8', '489')
    """
    whole, point, decimals = digits.partition(".")
    return whole[:-1] + decimals[0] + point + whole[-1] + decimals[1:] if point else digits


def are_exchanged(one: str, other: str) -> bool:
    """Whether two neighbouring digits of a number have changed places in another, on both sides of the point too.

    >>> are_exchanged("286.40", "268.40"), are_exchanged("48.9", "49.8"), are_exchanged("286.40", "276.40")
    (True, True, False)
    """
    is_over_point = one != other and exchange_at_point(one) == other
    return is_over_point or (sorted(one) == sorted(other) and _differs_by_stroke(one, other))


@lru_cache(REMEMBERED)
def count_misprints(digits: str) -> int:
    """How many numbers one misprint makes of another: one for each other digit, one for two neighbours that differ.

    >>> count_misprints("12"), count_misprints("11.5")
    (19, 27)
    """
    exchanged = (one != other for one, other in pairwise(digits) if one.isdigit() and other.isdigit())
    return (len(DIGITS) - 1) * sum(map(str.isdigit, digits)) + sum(exchanged)


def count_digits(written: str) -> int:
    """How many digits of a number say something: its zeros behind the point do, those of a whole number do not.

    >>> count_digits("0.50"), count_digits("1200"), count_digits("-12.40")
    (2, 2, 4)
    """
    digits = written.lstrip("-").replace(".", "").lstrip("0")
    return len(digits if "." in written else digits.rstrip("0"))


def count_telling(written: str) -> int:
    """As ``count_digits``, where decimals that are all zeros say nothing.

    >>> count_telling("11.50"), count_telling("15000.00")
    (4, 2)
    """
    number, _, decimals = written.partition(".")
    return count_digits(written if decimals.strip("0") else number)
