"""Rates named by what they are of: 完成率 by the plan beside it, 有效回收率 by the two counts in front.

A rate fails only where words bind it to its numbers: the one is planned and the other done, or the part is called what
the rate is called. Other names are checked where they fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

import regex

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import Synonym
from extractor.checks.drafts import Draft, Severity, judged
from extractor.checks.relations.clauses import (
    find_levels_in_front,
    find_whole_budgets,
    is_done,
    is_origin,
    is_planned,
    name_with_lead,
    read_lead,
)
from extractor.model import Claim

RULE = "rate"
# The head of a rate's name, in characters: 回收 of 有效回收率.
HEAD = 2


_expression = partial(patterns.fragment, "checks/rates")


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
    return low is not None and low > 1 and bool(_expression("bounded").search(read_lead(book, claim)))


def _checked(book: Book, at: int, claim: Claim) -> Iterator[Draft]:
    named = _expression("name").search(read_lead(book, claim))
    if named:
        around = find_levels_in_front(book, at, claim)
        draft = _by_plan(book, claim, around, named) if named["plan"] else None
        draft = draft or _by_whole(book, claim, around, named)
        if draft:
            yield draft


# ── what was done by the plan ────────────────────────────────────────────────────────────────────────────────────────


def _by_plan(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Draft | None:
    results = [one for one in around if is_done(book, one) and one.sentence == rate.sentence]
    if not results:
        return None
    done = results[0]
    beside = [one for one in around if is_planned(book, one) and one.base_unit == done.base_unit]
    plans = beside or (find_whole_budgets(book, done) if _expression("money").search(named["stem"]) else [])
    drafts = [_judged(book, rate, done, plan, _severity(done, plan)) for plan in plans]
    fitting = [draft for draft in drafts if draft.status != "fails"]
    alone = len([one for one in results if one.base_unit == done.base_unit]) == len(drafts) == 1
    if fitting or alone:
        return (fitting or drafts)[0]
    shown = (("rate", book.amount(rate)), ("actual", book.amount(done)))
    return Draft(RULE, "unclear", shown, RULE, reason="several_candidates") if plans else None


def _severity(done: Claim, plan: Claim) -> Severity:
    """What a failure is: an error where one sentence tells what was planned and what was done."""
    return "error" if plan.sentence == done.sentence and plan.role != "actual" else "warning"


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
        beside = abs(book.find_index(part) - book.find_index(whole)) == 1
        fits = draft.status != "fails" and (bound or bool(book.amount(rate).value % 1))
        named_so = named["of_part"] or (named["plan"] and named["plan"] not in name_with_lead(book, two))
        if fits or (bound and beside and named_so):
            return draft
    return None


def _binds(book: Book, named: regex.Match[str], part: Claim, whole: Claim) -> bool:
    """Whether the head of a rate's name is in the words of the part, or in the whole's and the rest in the part's."""
    part_words, whole_words = name_with_lead(book, part), name_with_lead(book, whole)
    for stem in _variants(named["stem"]):
        head, rest = stem[-HEAD:], stem[:-HEAD]
        if set(head) <= set(part_words) or (rest and set(rest) <= set(part_words) and set(head) <= set(whole_words)):
            return True
    return False


def _variants(stem: str) -> list[str]:
    """A rate's name without its ending, and with another word for its head."""
    return [stem, *(stem[: -len(one)] + two for one, two in _synonyms() if stem.endswith(one))]
