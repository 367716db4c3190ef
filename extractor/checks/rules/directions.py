"""Words of direction against numbers: 大于, 小于, 持平 beside a budget, and changes that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import regex

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.names import measure_likeness
from extractor.checks.drafts import Draft, Words
from extractor.checks.relations.changes import find_change_amount
from extractor.checks.relations.movements import find_movements
from extractor.model import Claim

RULE = "direction"
NEAREST = 6
SIGNS = {"larger": 1, "smaller": -1, "equal": 0}


@cache
def _expression() -> regex.Pattern[str]:
    return patterns.compiled("checks/directions.compared", "{compared}", patterns.lexicon("checks/directions"))


def find(book: Book) -> Iterator[Draft]:
    """Each comparison of a result with its budget in words, and each change told with two directions."""
    for match in _expression().finditer(book.text):
        yield from _compared(book, match)
    for movement in find_movements(book):
        yield from _directed(book, movement.origin, movement.result)
    for at, claim in enumerate(book.claims):
        if claim.kind == "change_rate" and claim.direction in ("increase", "decrease"):
            yield from _opposed(book, at, claim)


def _compared(book: Book, match: regex.Match[str]) -> Iterator[Draft]:
    """The last completion or the last two amounts in front of the words, or right behind them in one clause."""
    at = book.count_before(match.start())
    before = list(reversed(book.claims[max(0, at - NEAREST) : at]))
    if not before or book.find_section(match.start()) != before[0].section:
        return
    sign = next(SIGNS[name] for name in SIGNS if match[name])
    rate = next((one for one in before if one.kind == "completion"), None)
    done = next((one for one in before if one.kind == "level" and one.role == "actual"), None)
    plan = next((one for one in before if one.kind == "level" and one.role != "actual"), None)
    words = Words(match[0], match[0])
    if done and plan and done.base_unit == plan.base_unit and abs(book.find_index(done) - book.find_index(plan)) == 1:
        one, two = book.amount(done), book.amount(plan)
        ok = _fits(sign, one.exact - two.exact)
        yield _said(ok, (("actual", one), ("budget", two)), words)
    elif rate and done and rate.baseline:
        ok = _fits(sign, book.amount(rate).exact - 1)
        yield _said(ok, (("rate", book.amount(rate)), ("actual", book.amount(done))), words)


def _fits(sign: int, difference: Fraction) -> bool:
    return (difference > 0) - (difference < 0) == sign


def _said(ok: bool, operands: tuple[tuple[str, Amount], ...], words: Words) -> Draft:
    return Draft(
        RULE, "holds" if ok else "fails", operands, "direction", severity=None if ok else "error",
        facts={"words": words}, evidence=("checks/directions.compared",),
    )  # fmt: skip


def _opposed(book: Book, at: int, rate: Claim) -> Iterator[Draft]:
    """A rate with the amount of the same change in its sentence: both grow or both fall."""
    beside = [
        one for one in book.claims[max(0, at - 1) : at]
        if one.kind == "change_amount" and one.sentence == rate.sentence and measure_likeness(one, rate)
        and one.dimension != "percentage_point" and one.direction in ("increase", "decrease")
    ]  # fmt: skip
    same = find_change_amount(book, at, rate)
    amount = same or (beside[-1] if beside else None)
    if amount:
        ok = amount.direction == rate.direction
        operands = (("rate", book.amount(rate)), ("change", book.amount(amount)))
        yield Draft(
            RULE, "holds" if ok else "fails", operands, "direction-opposed", severity=None if ok else "error",
            evidence=("checks/directions.opposed",),
        )  # fmt: skip


def _directed(book: Book, origin: Claim, result: Claim) -> Iterator[Draft]:
    """The verb between the two ends says which is larger."""
    up = patterns.fragment("checks/moves", "up").search(book.text, origin.end, result.start)
    down = patterns.fragment("checks/moves", "down").search(book.text, origin.end, result.start)
    if bool(up) == bool(down):
        return
    one, two = book.amount(origin).exact, book.amount(result).exact
    ok = two > one if up else two < one
    operands = (("result", book.amount(result)), ("origin", book.amount(origin)))
    yield Draft(
        "direction", "holds" if ok else "fails", operands, "direction", severity=None if ok else "error",
        facts={"words": (up or down)[0]}, evidence=("checks/moves.direction",),
    )  # fmt: skip
