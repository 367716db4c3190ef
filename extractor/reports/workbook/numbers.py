"""Numbers as a spreadsheet holds them, and the formats that it shows them in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from extractor.reports.files.spreadsheets import DIGITS

# More decimals than these a spreadsheet does not show.
PLACES = 30
# The decimals that are shown of what a formula gives.
SHOWN = 6


def read_number(text: str | None) -> Decimal | None:
    """The number that a result holds as a string; None for what is no finite number.

    >>> read_number("165.71"), read_number("x"), read_number("NaN")
    (Decimal('165.71'), None, None)
    """
    try:
        found = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def is_lossless(value: Decimal) -> bool:
    """Whether a spreadsheet, whose numbers are floats of 15 digits, keeps the value."""
    text = str(value)
    if len(text) <= DIGITS and "E" not in text:
        return True
    return len(value.normalize().as_tuple().digits) <= DIGITS and abs(value.adjusted()) < 300


def choose_format(value: Decimal) -> str:
    """Thousands, and as many decimals as the number is written with.

    >>> choose_format(Decimal("18976.760")), choose_format(Decimal("5"))
    ('#,##0.000', '#,##0')
    """
    places = min(PLACES, count_decimals(value))
    return "#,##0." + "0" * places if places else "#,##0"


def count_decimals(value: Decimal) -> int:
    """The decimals that a number is written with.

    >>> count_decimals(Decimal("18976.760")), count_decimals(Decimal("1E-7")), count_decimals(Decimal("1E+7"))
    (3, 7, 0)
    """
    _, _, decimals = str(value).partition(".")
    if decimals.isdecimal():
        return len(decimals)
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def pad(value: Decimal, like: Decimal) -> Decimal:
    """A number with at least the decimals of another.

    >>> pad(Decimal("33.4"), Decimal("33.40")), pad(Decimal("33.4011"), Decimal("33.40"))
    (Decimal('33.40'), Decimal('33.4011'))
    """
    missing = count_decimals(like) - count_decimals(value)
    if missing <= 0:
        return value
    text = f"{value:f}"
    return Decimal(f"{text}{'' if '.' in text else '.'}{'0' * missing}")


def shorten(value: Decimal) -> Decimal:
    """A number with as many decimals as are shown of what a formula gives."""
    return round(value, SHOWN).normalize() if count_decimals(value) > SHOWN else value


def write_literal(text: str) -> str:
    """Words within a format of numbers.

    >>> write_literal('ZJ-"1"')
    '"ZJ-1"'
    """
    return '"' + text.replace('"', "") + '"'
