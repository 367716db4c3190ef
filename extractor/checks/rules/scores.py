"""Scores of evaluations (绩效评价): the total, its parts and their full marks (满分15分、得14.2分)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import pairwise

import msgspec

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.clauses import expression as of_clause
from extractor.checks.relations.clauses import read_lead
from extractor.model import Claim

RULE = "score"
# So many marks of one list make up all that can be had.
LIST = 3
Mark = tuple[Claim, Claim]


_expression = partial(patterns.fragment, "checks/scores")


def find(book: Book) -> Iterator[Draft]:
    """The marks of each section: score by full mark, the scores by their total, the full marks by 100."""
    units = patterns.lexicon("checks/scores")["units"]
    for claims in book.sections.values():
        points = [claim for claim in claims if claim.unit in units and claim.kind == "level" and not claim.cell]
        if len(points) > 1:
            yield from _section(book, points)


def _section(book: Book, points: Sequence[Claim]) -> Iterator[Draft]:
    marks = list(_marks(book, points))
    for full, score in marks:
        yield _within(book, full, score)
        yield from _by_rate(book, full, score)
    whole = next((one for one in points if _is(book, "total", one)), None)
    listed = [
        mark for mark in marks if whole and mark[0].start > whole.start and mark[0].sentence == marks[0][0].sentence
    ]
    if whole and len(listed) >= LIST:
        yield from _added(book, whole, listed)


def _marks(book: Book, points: Sequence[Claim]) -> Iterator[Mark]:
    """Each full mark with the score right behind it, or right in front where it has no name (得18分，满分20分)."""
    taken: Claim | None = None
    for one, two in pairwise(points):
        if one is taken or one.sentence != two.sentence:
            continue
        behind = _is(book, "full", one) and _is(book, "score", two)
        in_front = _is(book, "own", two) and _is(book, "score", one)
        if behind or in_front:
            taken = two
            yield (one, two) if behind else (two, one)


def _is(book: Book, name: str, claim: Claim) -> bool:
    """Whether the words in front of a number of points call it so."""
    return bool(_expression(name).search(read_lead(book, claim)))


def _points(book: Book, claim: Claim) -> Amount:
    """A number of points: it is given as it stands, and decimals are rounded but not cut."""
    amount = book.amount(claim)
    allowed = exact(amount.exact) if amount.value == amount.value.to_integral_value() else amount.rounded
    return msgspec.structs.replace(amount, rounded=allowed, cut=allowed)


def _within(book: Book, full: Claim, score: Claim) -> Draft:
    """No score is more than its full mark."""
    one, two = book.amount(score), book.amount(full)
    operands, evidence = (("score", one), ("full", two)), ("checks/scores",)
    if one.exact > two.exact:
        return Draft(RULE, "fails", operands, "score-above", severity="error", evidence=evidence)
    return Draft(RULE, "holds", operands, "score-within", evidence=evidence)


def _added(book: Book, whole: Claim, marks: Sequence[Mark]) -> Iterator[Draft]:
    """The scores make the total, the full marks 100; each fails where the other shows that the list is whole."""
    scores = [("total", _points(book, whole)), *(("part", _points(book, score)) for _, score in marks)]
    summed = judged(RULE, scores, total, message="score-sum", evidence=("checks/scores.sum",))
    fulls = [_points(book, full) for full, _ in marks]
    drafted = judged(
        RULE, [("total", _hundred(fulls[0])), *(("part", full) for full in fulls)], total,
        severity="warning", evidence=("checks/scores.full",), message="score-full",
    )  # fmt: skip
    agree = [draft for draft in (summed, drafted) if draft.status != "fails"]
    if agree:
        yield summed
        yield msgspec.structs.replace(drafted, operands=drafted.operands[1:])


def _hundred(like: Amount) -> Amount:
    """The 100 points that nobody prints."""
    return msgspec.structs.replace(like, value=Decimal(100), rounded=exact(100), cut=exact(100), factor=Fraction(1))


def _by_rate(book: Book, full: Claim, score: Claim) -> Iterator[Draft]:
    """A score that its sentence says to follow from a rate of the section."""
    named = _expression("rate").search(read_lead(book, full))
    if not named or not _expression("by_rate").search(book.text, full.sentence.start, full.start):
        return
    rates = [
        one for one in book.sections[full.section]
        if one.start < full.start and one.dimension == "percent" and one.kind in ("rate", "completion")
        and named[0] in of_clause("blank").sub("", book.text[one.sentence.start : one.start])
    ]  # fmt: skip
    if rates:
        operands = [("score", _points(book, score)), ("rate", book.amount(rates[-1])), ("full", _points(book, full))]
        yield judged(
            RULE, operands, _product, message="score-rate", severity="warning", evidence=("checks/scores.rate",)
        )


def _product(amounts: Sequence[Interval]) -> Interval:
    rate, full = amounts
    return rate * full
