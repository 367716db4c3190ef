"""Growth against the level of an earlier year that the document prints somewhere: its base is not implied but told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import find_scope, sort_letters
from extractor.checks.drafts import Compute, Draft, judged
from extractor.checks.relations.clauses import is_origin
from extractor.model import Claim

ONE = exact(1)
# A name this short, in characters, is too common to tell that two numbers are of one thing.
TELLING = 4


_expression = partial(patterns.fragment, "checks/changes")


def check_against_base(book: Book, rate: Claim, level: Claim) -> Draft | None:
    """The rate by its level and the level of the year that it is compared with; None where that is not told once."""
    bases = _find_bases(book, rate, level)
    drafts = [_judge(book, rate, level, base) for base in bases.values()]
    fitting = [draft for draft in drafts if draft.status != "fails"]
    if fitting or len(drafts) != 1:
        return fitting[0] if fitting else None
    draft = drafts[0]
    if is_comparable(book, rate) or _expression("at_prices").search(level.metric or ""):
        return Draft(draft.rule, "unclear", draft.operands, draft.message, reason="definition", evidence=draft.evidence)
    return draft


def _judge(book: Book, rate: Claim, level: Claim, base: Claim) -> Draft:
    operands = [("rate", book.amount(rate)), ("current", book.amount(level)), ("base", book.amount(base))]
    sign = -1 if rate.direction == "decrease" else 1
    return judged(
        "change",
        operands,
        _compute_growth(sign),
        severity="warning",
        message="change-base",
        evidence=("checks/changes.base",),
    )


def _compute_growth(sign: int) -> Compute:
    def growth(amounts: Sequence[Interval]) -> Interval:
        current, base = amounts
        return (current / base - ONE) * exact(sign)

    return growth


def _find_bases(book: Book, rate: Claim, level: Claim) -> dict[str | None, Claim]:
    """The levels of the same thing in the year that the rate names, or in the one before; one a value."""
    found: dict[str | None, Claim] = {}
    if not level.metric or len(sort_letters(level.metric)) < TELLING or book.amount(level).vague:
        return found
    for one in book.by_letters.get((level.base_unit, sort_letters(level.metric)), ()):
        plain = (
            one.role == "actual" and not is_origin(book, one) and not book.amount(one).vague and book.amount(one).exact
        )
        if plain and one is not level and find_scope(one) == find_scope(level) and _is_base(rate, level, one):
            found.setdefault(one.base_value, one)
    return found


def _is_base(rate: Claim, level: Claim, one: Claim) -> bool:
    """Whether a level is of the year that a rate is compared with; a plan is compared with what was done."""
    mine, year = _find_year(level), _find_year(one)
    if rate.baseline and not _expression("year_before").search(rate.baseline):
        return bool(one.period) and one.period.text == rate.baseline  # type: ignore[union-attr]
    if mine and year and year == mine - 1:
        return True
    return rate.role == "target" and not rate.baseline and one.start < level.start and year != mine


def _find_year(claim: Claim) -> int | None:
    """The year that a number is of, or at the end of."""
    period = claim.period
    whole = period and period.start and period.end and period.start[:4] == period.end[:4]
    return int(period.end[:4]) if whole and period and period.end and period.end[5:] == "12-31" else None


def is_comparable(book: Book, rate: Claim) -> bool:
    """Whether the words around a growth say that it is one of comparable prices or definitions."""
    at = book.find_index(rate)
    start = max(rate.sentence.start, book.claims[at - 1].end if at else 0)
    end = min(rate.sentence.end, book.claims[at + 1].start if at + 1 < len(book.claims) else rate.sentence.end)
    return bool(_expression("comparable").search(book.text[start:end]))
