"""Two numbers that should be the same and differ by a third, which stands beside them: it explains them."""

from __future__ import annotations

from fractions import Fraction

from extractor.amounts.book import Book
from extractor.checks.engine.around import find_claims, list_around
from extractor.checks.engine.formula import Role
from extractor.checks.engine.judge import Judgement

# What two numbers differ by is hardly met by chance by one of so many digits.
TELLING = 3
AMOUNTS = ("level", "change_amount")


def is_gap_told(book: Book, judgement: Judgement) -> bool:
    """Whether two numbers that are said to be the same differ by one that is told around them."""
    formula, stated, computed = judgement.form.parsed, judgement.stated, judgement.computed
    if formula is None or formula.bound or not isinstance(formula.left, Role) or stated is None or computed is None:
        return False
    claims = find_claims(book, judgement.relation)
    if len(claims) != 2:
        return False
    told = [book.amount(one) for one in list_around(book, claims) if one.kind in AMOUNTS]
    gap = abs(stated - computed)
    return any(one.base == judgement.relation.subject.base and _is_same(one.exact, gap) for one in told)


def _is_same(one: Fraction, gap: Fraction) -> bool:
    """Whether a number of several digits is a gap to the last of them."""
    return one == gap and len(str(gap.numerator).strip("0")) >= TELLING
