"""The numbers of a check as it was judged, found again from the result: which reading of their digits gave its status.

A result says what was computed and not how far each digit was trusted; the readings are few, and the first one that
gives the same status and the same number is the one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from msgspec import Struct

from extractor.amounts.amount import Amount, share_unit, take_as_written, take_exactly, write_in_unit
from extractor.amounts.book import Book
from extractor.checks.engine.compute import find_point
from extractor.checks.engine.forms import Form, load
from extractor.checks.engine.judge import Case, settle
from extractor.checks.engine.rule import Operands, Relation, Status
from extractor.model import Check
from extractor.reports.computation import find_amount


class Settled(Struct, frozen=True):
    """A case, the amount of each operand of its check, and what arithmetic alone makes of them."""

    case: Case
    operands: Operands
    status: Status
    computed: Fraction | None


def find_case(check: Check, book: Book) -> Settled | None:
    """The case of a check; None where nothing is computed, a number is missing, or no reading gives its status."""
    operands = _find_operands(check, book)
    if not operands:
        return None
    cases = (_settle(check, form, read(operands)) for form, read in product(_list_forms(check), READINGS))
    return next((one for one in cases if _agrees(check, one)), None)


def _find_operands(check: Check, book: Book) -> Operands:
    """The numbers of a check; none where one of them has no number of its own."""
    found = [(operand.role, find_amount(book, operand)) for operand in check.operands]
    known = tuple((role, amount) for role, amount in found if amount is not None)
    return known if len(known) == len(found) else ()


def _list_forms(check: Check) -> list[tuple[str, Form]]:
    """The relations of a rule that have the formula of a check, each with its name."""
    if check.formula is None:
        return []
    return [(name, form) for name, form in load(check.rule).forms.items() if form.formula == check.formula]


def _settle(check: Check, named: tuple[str, Form], operands: Operands) -> Settled:
    name, form = named
    assert form.parsed is not None
    relation, case, status = settle(Relation(check.rule, name, operands), form, form.parsed)
    exact = {role: [amount.exact for amount in amounts] for role, amounts in case.others.items()}
    computed = None if case.stated is None else find_point(case.formula, exact)
    return Settled(case, relation.operands, status, computed)


def _agrees(check: Check, found: Settled) -> bool:
    """Whether a case gives the status and the number of its check; what is unclear is so for other reasons."""
    if check.status not in ("unclear", found.status):
        return False
    if check.computed is None or found.computed is None:
        return check.computed is None and found.computed is None
    return write_in_unit(found.computed, found.operands[0][1]) == check.computed


# ── readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _take_all(operands: Operands) -> Operands:
    return operands


def _take_exactly(operands: Operands) -> Operands:
    """Numbers that stand for nothing but themselves, as counts do."""
    return _map(operands, take_exactly)


def _take_as_written(operands: Operands) -> Operands:
    """Numbers by their digits alone, whatever the words around them allow."""
    return _map(operands, take_as_written)


def _take_limit(operands: Operands) -> Operands:
    """A number held against another one that is taken as written."""
    return (*operands[:1], *_take_as_written(operands[1:]))


def _share_unit(operands: Operands) -> Operands:
    """Numbers of which those without a unit are in that of the others."""
    amounts = share_unit([amount for _, amount in operands])
    return tuple((role, amount) for (role, _), amount in zip(operands, amounts, strict=True))


def _map(operands: Operands, read: Callable[[Amount], Amount]) -> Operands:
    return tuple((role, read(amount)) for role, amount in operands)


READINGS: tuple[Callable[[Operands], Operands], ...] = (
    _take_all, _take_exactly, _take_as_written, _take_limit, _share_unit,
)  # fmt: skip
