"""Whether claims speak of one time."""

from __future__ import annotations

import re

from extractor import patterns
from extractor.model import Claim, Period

Dates = tuple[str | None, str | None]
OPEN: Dates = (None, None)
NUMBER = re.compile("[0-9]+")


def has_same_time(one: Claim, two: Claim) -> bool:
    """Whether two claims speak of one time: the same dates, or no dates for either."""
    first, second = read_dates(one), read_dates(two)
    return first == second or OPEN in (first, second)


def read_dates(claim: Claim) -> Dates:
    """The first and the last day that a claim speaks of, as ISO dates."""
    period = claim.period
    if period is None:
        return OPEN
    return period.start, period.end


def has_same_year(one: Claim, two: Claim) -> bool:
    """Whether two claims speak of times that end in one year, as far as both tell."""
    first, second = read_dates(one)[1], read_dates(two)[1]
    if first is None or second is None:
        return True
    return first[:4] == second[:4]


def is_of_other_span(one: Claim, two: Claim) -> bool:
    """Whether two claims tell of times of one end that begin on different days: 4月, 1-4月.

    The end of a year is that of the year: what there is then is told with either.
    """
    first, second = one.period, two.period
    if first is None or second is None:
        return False
    if first.start and second.start:
        is_of_days = any(period.start == period.end for period in (first, second))
        return not is_of_days and first.end == second.end and first.start != second.start
    return _read_months(first) != _read_months(second)


def read_months(period: Period) -> Dates:
    """The first and the last of the months that a time without a year names, with two digits each."""
    numbers = NUMBER.findall(_read_months(period) or "")
    return (numbers[0].zfill(2), numbers[-1].zfill(2)) if numbers else OPEN


def _read_months(period: Period) -> str | None:
    """The months that a time without a year names."""
    found = patterns.fragment("checks/share", "months").search(period.text)
    return found[0] if found else None
