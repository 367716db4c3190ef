"""The numbers of a report that its own checks call in question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.cite.answer import SourceFinding
from extractor.model import Check, Finding, Operand, Result

# A number that is held against one other is as much in question as that; of a sum of many parts the suspect alone is.
PAIR = 2


def list_doubts(result: Result) -> dict[str, SourceFinding]:
    """What the findings of a report say of its numbers: by the id of a claim, or by table, row and column of a cell.

    The first finding counts, which is the heaviest.
    """
    checks = {check.id: check for check in result.checks}
    doubts: dict[str, SourceFinding] = {}
    for finding in result.findings:
        for operand in _list_doubted(finding, [checks[name] for name in finding.checks]):
            doubts.setdefault(_name_operand(operand), SourceFinding(finding.id, finding.message))
    return doubts


def _list_doubted(finding: Finding, checks: Sequence[Check]) -> Iterator[Operand]:
    """The number to suspect, and the two of each check that holds one number against another."""
    yield finding.suspect
    for check in checks:
        if len(check.operands) == PAIR:
            yield from check.operands


def _name_operand(operand: Operand) -> str:
    """What a number is called as it is looked up; a part of a claim is no number of its own there."""
    if operand.table is not None:
        return f"{operand.table}:{operand.row}:{operand.column}"
    return "" if operand.text else operand.claim or ""
