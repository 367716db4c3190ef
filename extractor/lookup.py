"""What an id of a result is: a claim, check, finding, section, table or cell, with everything that refers to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

from extractor.checks.tracing import Trace, trace
from extractor.model import Check, Claim, Finding, Operand, Result, Section, Table, TableCell

T = TypeVar("T")
# The id of a table with a row and a column, as t2.4.1, t2:r4:c1 or t2!R4C1; both are counted from 0, as in the result.
CELL = re.compile(r"(?P<table>t[0-9]+)[.:!]\s*[rR]?(?P<row>[0-9]+)[.:, ]*[cC]?(?P<column>(?<=[.:, cC])[0-9]+)")
# What ids look like; words of a report that look so are looked for as ids first.
ID = re.compile(r"[cst][0-9]+|[a-z_]+-[0-9a-f]{8}(?:-[0-9]+)?")


class Found(Struct, frozen=True):
    """What an id is: one of the first six, and what refers to it.

    ``checks`` are those that it takes part in, or that a finding is made of; ``findings`` those that these are in.
    """

    id: str
    claim: Claim | None = None
    check: Check | None = None
    finding: Finding | None = None
    section: Section | None = None
    table: Table | None = None
    cell: TableCell | None = None
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    trace: Trace | None = None


def is_id(words: str) -> bool:
    """Whether words look like an id.

    >>> is_id("c12"), is_id("table_sum-d28a3e0b-2"), is_id("t2.4.1"), is_id("20余万元")
    (True, True, True, False)
    """
    return bool(ID.fullmatch(words) or CELL.fullmatch(words))


def find(result: Result, identity: str) -> Found | None:
    """What an id of a result is; None where it has no such."""
    looks = (_find_claim, _find_check, _find_finding, _find_section, _find_table, _find_cell)
    return next((found for look in looks if (found := look(result, identity))), None)


def _pick(things: Iterable[T], name: Callable[[T], str], identity: str) -> T | None:
    return next((thing for thing in things if name(thing) == identity), None)


def _find_claim(result: Result, identity: str) -> Found | None:
    claim = _pick(result.claims, lambda one: one.id, identity)
    if claim is None:
        return None
    checks = _list_checks(result, lambda operand: operand.claim == identity)
    return Found(identity, claim=claim, checks=checks, findings=_list_findings(result, checks))


def _find_check(result: Result, identity: str) -> Found | None:
    check = _pick(result.checks, lambda one: one.id, identity)
    if check is None:
        return None
    return Found(identity, check=check, findings=_list_findings(result, (check,)), trace=trace(result, check))


def _find_finding(result: Result, identity: str) -> Found | None:
    finding = _pick(result.findings, lambda one: one.id, identity)
    if finding is None:
        return None
    return Found(identity, finding=finding, checks=tuple(one for one in result.checks if one.id in finding.checks))


def _find_section(result: Result, identity: str) -> Found | None:
    section = _pick(result.sections, lambda one: one.id, identity)
    if section is None:
        return None
    claims = tuple(claim for claim in result.claims if section.start <= claim.start < section.end)
    inside = {claim.id for claim in claims}
    checks = _list_checks(result, lambda operand: operand.claim in inside)
    return Found(identity, section=section, claims=claims, checks=checks, findings=_list_findings(result, checks))


def _find_table(result: Result, identity: str) -> Found | None:
    table = _pick(result.tables, lambda one: one.id, identity)
    if table is None:
        return None
    checks = _list_checks(result, lambda operand: operand.table == identity)
    return Found(identity, table=table, checks=checks, findings=_list_findings(result, checks))


def _find_cell(result: Result, identity: str) -> Found | None:
    told = CELL.fullmatch(identity)
    table = _pick(result.tables, lambda one: one.id, told["table"]) if told else None
    if told is None or table is None:
        return None
    row, column = int(told["row"]), int(told["column"])
    if row >= len(table.rows) or column >= len(table.rows[row]):
        return None
    place = (table.id, row, column)
    checks = _list_checks(result, lambda one: (one.table, one.row, one.column) == place)
    found = _list_findings(result, checks)
    return Found(identity, table=table, cell=table.rows[row][column], checks=checks, findings=found)


def _list_checks(result: Result, is_meant: Callable[[Operand], bool]) -> tuple[Check, ...]:
    return tuple(check for check in result.checks if any(map(is_meant, check.operands)))


def _list_findings(result: Result, checks: Iterable[Check]) -> tuple[Finding, ...]:
    ids = {check.id for check in checks}
    return tuple(_among(result.findings, ids))


def _among(findings: Iterable[Finding], ids: set[str]) -> Iterator[Finding]:
    return (finding for finding in findings if not ids.isdisjoint(finding.checks))
