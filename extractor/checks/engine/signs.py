"""What is less than nothing is told in two ways: as it stands, or by how large the loss or the deficit is."""

from __future__ import annotations

import msgspec

from extractor.amounts.amount import Amount, negate
from extractor.checks.engine.compute import find_range
from extractor.checks.engine.judge import Case, Judgement, find_status, read_case


def holds_by_size(judgement: Judgement) -> bool:
    """Whether a failing relation of numbers below nothing holds of their sizes, or with the sign of a change turned.

    A deficit narrows to what is nearer to nothing, and a loss that shrinks is growth.
    """
    formula = judgement.form.parsed
    operands = judgement.relation.operands
    if formula is None or all(amount.exact >= 0 for _, amount in operands):
        return False
    sizes = tuple((role, _take_size(amount)) for role, amount in operands)
    by_size = msgspec.structs.replace(judgement.relation, operands=sizes)
    if find_status(read_case(by_size, judgement.form, formula)) != "fails":
        return True
    return formula.divides and _is_turned(read_case(judgement.relation, judgement.form, formula))


def _is_turned(case: Case) -> bool:
    """Whether a number is what the others give, with the other sign."""
    if case.stated is None:
        return False
    hulls = {role: [one.rounded for one in amounts] for role, amounts in case.others.items()}
    try:
        return (-case.stated.rounded).meets(find_range(case.formula, hulls))
    except ZeroDivisionError:
        return False


def _take_size(amount: Amount) -> Amount:
    """A number without its sign."""
    if amount.exact >= 0:
        return amount
    return negate(amount)
