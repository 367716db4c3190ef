"""Rates named by what they are of: 完成率 by the plan beside it, 有效回收率 by the two counts in front.

A rate fails only where words bind it to its numbers: the one is planned and the other done, or the part is called what
the rate is called. Other names are checked where they fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractor import patterns
from extractor.checks.book import Book
from extractor.checks.clauses import in_front, is_done, is_origin, is_planned, lead, told, whole_budgets
from extractor.checks.drafts import Draft, Severity, judged
from extractor.checks.intervals import Interval, exact
from extractor.checks.metrics import Synonym
from extractor.model import Claim

RULE = "rate"
# The head of a rate's name, in characters: 回收 of 有效回收率.
HEAD = 2


@cache
def _expression(name: str) -> regex.Pattern[str]:
    return patterns.compiled(f"checks/rates.{name}", "{" + name + "}", patterns.lexicon("checks/rates"))


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    """Words of rates that mean the same, both ways."""
    known = patterns.load("checks/rates", Synonym).values()
    pairs = [(word, entry.means) for entry in known for word in entry.words]
    return tuple((one, two) for pair in pairs for one, two in (pair, pair[::-1]))


def find(book: Book) -> Iterator[Draft]:
    """Each rate with the numbers that it is of."""
    for at, claim in enumerate(book.claims):
        if claim.kind != "rate" or claim.dimension != "percent" or claim.cell:
            continue
        if _is_over(book, claim):
            operands = ((RULE, book.amount(claim)),)
            yield Draft(RULE, "fails", operands, "rate-over", severity="error", evidence=("checks/rates.bounded",))
        elif claim.role == "actual" and not is_origin(book, claim):
            yield from _checked(book, at, claim)


def _is_over(book: Book, claim: Claim) -> bool:
    """Whether more than all of a whole is said to be its part."""
    low = book.amount(claim).rounded.low
    return low is not None and low > 1 and bool(_expression("bounded").search(lead(book, claim)))


def _checked(book: Book, at: int, claim: Claim) -> Iterator[Draft]:
    named = _expression("name").search(lead(book, claim))
    if named:
        around = in_front(book, at, claim)
        draft = _by_plan(book, claim, around, named) if named["plan"] else None
        draft = draft or _by_whole(book, claim, around, named)
        if draft:
            yield draft


# ── what was done by the plan ────────────────────────────────────────────────────────────────────────────────────────


def _by_plan(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Draft | None:
    done = next((one for one in around if is_done(book, one) and one.sentence == rate.sentence), None)
    if not done:
        return None
    beside = [one for one in around if is_planned(book, one) and one.base_unit == done.base_unit]
    if beside:
        together = beside[0].sentence == done.sentence and beside[0].role != "actual"
        return _judged(book, rate, done, beside[0], "error" if together else "warning")
    budgets = whole_budgets(book, done) if _expression("money").search(named["stem"]) else []
    fitting = [one for one in budgets if _judged(book, rate, done, one).status != "fails"]
    if fitting or len(budgets) == 1:
        return _judged(book, rate, done, (fitting or budgets)[0])
    shown = (("rate", book.amount(rate)), ("actual", book.amount(done)))
    return Draft(RULE, "unclear", shown, RULE, reason="several_candidates") if budgets else None


def _judged(book: Book, rate: Claim, one: Claim, whole: Claim, severity: Severity = "warning") -> Draft:
    operands = [("rate", book.amount(rate)), ("part", book.amount(one)), ("base", book.amount(whole))]
    return judged(RULE, operands, quotient, severity=severity, evidence=("checks/rates",))


def quotient(amounts: Sequence[Interval]) -> Interval:
    """The first by the second; nothing of nothing is nothing."""
    part, whole = amounts
    return exact(0) if part == whole == exact(0) else part / whole


# ── a part by its whole ──────────────────────────────────────────────────────────────────────────────────────────────


def _by_whole(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Draft | None:
    """The two nearest numbers of one unit, in either order where the rate is not called what the later one is."""
    part = next((one for one in around if one.sentence == rate.sentence), None)
    whole = next((one for one in around if part and one is not part and one.base_unit == part.base_unit), None)
    if not part or not whole:
        return None
    for one, two in ((part, whole), (whole, part)):
        draft = _judged(book, rate, one, two)
        bound = _binds(book, named, one, two)
        fits = draft.status != "fails" and (
            bound or book.amount(rate).exact.denominator not in (1, 2, 5, 10, 20, 50, 100)
        )
        if fits or (bound and named["of_part"] and draft.status == "fails") or (bound and named["plan"]):
            return draft
    return None


def _binds(book: Book, named: regex.Match[str], part: Claim, whole: Claim) -> bool:
    """Whether the head of a rate's name is in the words of the part, or in the whole's and the rest in the part's."""
    part_words, whole_words = told(book, part), told(book, whole)
    for stem in _variants(named["stem"]):
        head, rest = stem[-HEAD:], stem[:-HEAD]
        if set(head) <= set(part_words) or (rest and set(rest) <= set(part_words) and set(head) <= set(whole_words)):
            return True
    return False


def _variants(stem: str) -> list[str]:
    """A rate's name without its ending, and with another word for its head."""
    return [stem, *(stem[: -len(one)] + two for one, two in _synonyms() if stem.endswith(one))]
