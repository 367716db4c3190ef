"""Differences: the two ends of a movement against the amount and the rate of the change (由36家增加到41家，增加5家)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import measure_likeness
from extractor.checks.drafts import Compute, Draft, judged
from extractor.checks.relations.clauses import is_origin
from extractor.model import Claim

RULE = "difference"
HUNDRED = exact(100)
RESULT = "claims/moves.result"


def find(book: Book) -> Iterator[Draft]:
    """Each movement with what its sentence says of the difference."""
    for sentence in book.sentences:
        for at, (origin, result) in enumerate(pairwise(sentence)):
            if RESULT in result.evidence and is_origin(book, origin) and origin.base_unit == result.base_unit:
                yield from _directed(book, origin, result)
                yield from _told(book, origin, result, sentence[at + 2 : at + 4])


_expression = partial(patterns.fragment, "checks/moves")


def _directed(book: Book, origin: Claim, result: Claim) -> Iterator[Draft]:
    """The verb between the two ends says which is larger."""
    up = _expression("up").search(book.text, origin.end, result.start)
    down = _expression("down").search(book.text, origin.end, result.start)
    if bool(up) == bool(down):
        return
    one, two = book.amount(origin).exact, book.amount(result).exact
    ok = two > one if up else two < one
    operands = (("result", book.amount(result)), ("origin", book.amount(origin)))
    yield Draft(
        "direction", "holds" if ok else "fails", operands, "direction", severity=None if ok else "error",
        facts={"words": (up or down)[0]}, evidence=("checks/moves.direction",),
    )  # fmt: skip


def _told(book: Book, origin: Claim, result: Claim, behind: Sequence[Claim]) -> Iterator[Draft]:
    """The change, in its own unit or in percent, that is told behind the two ends."""
    for claim in behind:
        if claim.kind not in ("change_amount", "change_rate") or not _is_of(claim, result) or claim.baseline:
            return
        if _expression("yearly").search(book.text, result.end, claim.start):
            return
        rate = claim.kind == "change_rate" and claim.dimension == "percent"
        operands = [("change", claim), ("origin", origin), ("result", result)]
        points = claim.dimension == "percentage_point"
        if rate or points or claim.base_unit == result.base_unit:
            yield judged(
                RULE, [(role, book.amount(one)) for role, one in operands], _compute(claim, rate, points),
                message="difference-rate" if rate else "difference", evidence=("checks/moves",),
            )  # fmt: skip


def _is_of(claim: Claim, result: Claim) -> bool:
    return not claim.metric or claim.metric == result.metric or bool(measure_likeness(claim, result))


def _compute(claim: Claim, rate: bool, points: bool) -> Compute:
    """From the two ends to the change, counted in the direction that is told."""
    sign = -1 if claim.direction == "decrease" else 1

    def difference(ends: Sequence[Interval]) -> Interval:
        origin, result = ends
        step = result - origin if sign > 0 else origin - result
        if rate:
            return step / origin
        return step * HUNDRED if points else step

    return difference
