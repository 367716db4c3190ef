"""Growth against the level of an earlier year that the document prints somewhere: its base is not implied but told."""

from __future__ import annotations

from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, sort_letters
from extractor.checks.relations.clauses import is_origin
from extractor.model import Claim

# A name this short, in characters, is too common to tell that two numbers are of one thing.
TELLING = 4


_expression = partial(patterns.fragment, "checks/change")


def find_bases(book: Book, rate: Claim, level: Claim) -> list[Claim]:
    """The levels of the same thing in the year that the rate names, or in the one before; one a value."""
    letters = sort_letters(level.metric or "")
    if len(letters) < TELLING or book.amount(level).vague:
        return []
    found: dict[str | None, Claim] = {}
    for one in book.by_letters.get((level.base_unit, letters), ()):
        if one is not level and _is_plain(book, one) and _is_base(rate, level, one):
            found.setdefault(one.base_value, one)
    return list(found.values())


def _is_plain(book: Book, one: Claim) -> bool:
    """Whether a level was reached, is given as it stands and is something."""
    amount = book.amount(one)
    return one.role == "actual" and not is_origin(book, one) and not amount.vague and bool(amount.exact)


def _is_base(rate: Claim, level: Claim, one: Claim) -> bool:
    """Whether a level is of the year that a rate is compared with; a plan is compared with what was done."""
    if find_scope(one) != find_scope(level):
        return False
    if rate.baseline and not _expression("year_before").search(rate.baseline):
        return one.period is not None and one.period.text == rate.baseline
    mine, year = _find_year(level), _find_year(one)
    if mine and year and year == mine - 1:
        return True
    return rate.role == "target" and not rate.baseline and one.start < level.start and year != mine


def _find_year(claim: Claim) -> int | None:
    """The year that a number is of, or at the end of."""
    period = claim.period
    if period is None or period.start is None or period.end is None:
        return None
    is_year = period.start[:4] == period.end[:4] and period.end[5:] == "12-31"
    return int(period.end[:4]) if is_year else None


def is_comparable(book: Book, rate: Claim) -> bool:
    """Whether the words around a growth say that it is one of comparable prices or definitions."""
    at = book.find_index(rate)
    start = max(rate.sentence.start, book.claims[at - 1].end if at else 0)
    end = min(rate.sentence.end, book.claims[at + 1].start if at + 1 < len(book.claims) else rate.sentence.end)
    return bool(_expression("comparable").search(book.text[start:end]))


def has_own_definition(book: Book, rate: Claim, level: Claim) -> bool:
    """Whether a growth may be of other prices or definitions than the levels that are printed."""
    return is_comparable(book, rate) or bool(_expression("at_prices").search(level.metric or ""))
