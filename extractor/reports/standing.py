"""How each claim of a result stands: verified, contradicted or neither, and the checks that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from extractor.messages import Lang
from extractor.model import Check, Operand, Result, TableCell
from extractor.reports.printable import printable

Standing = Literal["verified", "contradicted", "unverified"]
Place = tuple[str, int, int]
"""A table's id, a row and a column."""


def standings(result: Result) -> dict[str, Standing]:
    """The standing of every claim by its id."""
    found = result.verification
    groups: dict[Standing, Iterable[str]] = {"verified": found.verified, "contradicted": found.contradicted}
    stated: dict[str, Standing] = {claim.id: "unverified" for claim in result.claims}
    return stated | {identity: standing for standing, ids in groups.items() for identity in ids if identity in stated}


def fails(check: Check) -> bool:
    """Whether it is a finding: a check that fails and is no mere remark."""
    return check.status == "fails" and check.severity != "info"


def by_claim(checks: Iterable[Check]) -> dict[str, list[Check]]:
    """The checks that each claim takes part in, each once."""
    found: defaultdict[str, list[Check]] = defaultdict(list)
    for check in checks:
        for identity in dict.fromkeys(operand.claim for operand in check.operands if operand.claim):
            found[identity].append(check)
    return found


def by_place(checks: Iterable[Check]) -> dict[Place, list[Check]]:
    """The checks that each cell of a table takes part in, each once."""
    found: defaultdict[Place, list[Check]] = defaultdict(list)
    for check in checks:
        for at in dict.fromkeys(place(operand) for operand in check.operands):
            if at:
                found[at].append(check)
    return found


def place(operand: Operand) -> Place | None:
    """The cell that an operand is; None for a claim."""
    if operand.table is None or operand.row is None or operand.column is None:
        return None
    return operand.table, operand.row, operand.column


def cells(result: Result) -> dict[Place, TableCell]:
    """Every cell of a result's tables by its place."""
    return {
        (table.id, row, column): cell
        for table in result.tables
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line)
    }


def said(check: Check, lang: Lang) -> str:
    """The sentence of a check in the reader's language, on one line and safe to show."""
    return printable(check.message.zh if lang == "zh" else check.message.en)
