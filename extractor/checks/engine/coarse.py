"""Cells that a table prints without its decimals: rounded or cut they may be, unless a slip explains them.

15 beside 36.56 is 15.00, as spreadsheets drop zeros; 1833 whose parts give 1832.57 is printed more coarsely.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from extractor.amounts.amount import Amount
from extractor.amounts.interval import cut, rounded
from extractor.amounts.misprints import is_stroke
from extractor.checks.engine.rule import Operands, Relation

# The formula of the sums in which coarser numbers are looked for.
SUM = "sum(part)"
POINT = "."


def read_as_printed(relation: Relation, formula: str) -> Relation | None:
    """A failing sum with its one cell of fewer decimals as printed; None without one, or where a slip explains it."""
    if formula != SUM or sum(_is_coarse(amount) for _, amount in relation.operands) != 1:
        return None
    if is_stroke(relation.subject, relation.others, rare=0):
        return None
    operands: Operands = tuple((role, _read_printed(amount)) for role, amount in relation.operands)
    return msgspec.structs.replace(relation, operands=operands)


def _is_coarse(amount: Amount) -> bool:
    """Whether a cell has fewer decimals than its table, and is not nothing."""
    if amount.operand.table is None or POINT in amount.raw:
        return False
    return amount.exponent < 0 and amount.value != 0


def _read_printed(amount: Amount) -> Amount:
    """A number by the digits that are printed."""
    if not _is_coarse(amount):
        return amount
    value = amount.value.quantize(Decimal(1))
    bounds = {"rounded": rounded(value, amount.factor), "cut": cut(value, amount.factor)}
    return msgspec.structs.replace(amount, value=value, **bounds)
