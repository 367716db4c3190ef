"""How each claim of a result stands: verified, contradicted or neither, and the checks that say so."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from extractor.messages import Lang, speak
from extractor.model import Check, Finding, Message, Operand, Result, TableCell
from extractor.reports.printable import printable

SEVERITIES = ("error", "warning", "info")
# In the base unit of money: 1万元, the unit of most reports, so that what is less can be a matter of their last digits.
WORTH_A_LOOK = Decimal(10_000)
# Behind every place of a text.
NOWHERE = sys.maxsize

Standing = Literal["verified", "contradicted", "unverified"]
Place = tuple[str, int, int]
"""A table's id, a row and a column."""


class Mistake(Struct, frozen=True):
    """The failing checks of one finding, and what it makes of them."""

    checks: list[Check]
    finding: Finding | None

    @property
    def id(self) -> str:
        """The id of the finding; of a check that is in none its own."""
        return self.finding.id if self.finding else self.checks[0].id

    @property
    def severity(self) -> str:
        """That of the loudest check, which is the first."""
        return self.checks[0].severity or "info"

    @property
    def suspects(self) -> list[Operand]:
        """The number to suspect; of a check that is in no finding all its numbers."""
        return [self.finding.suspect] if self.finding else [*self.checks[0].operands]

    @property
    def places(self) -> list[Operand]:
        """Where it stands: the first of these that is in the result, the number to suspect before all others."""
        return [*self.suspects, *self.checks[0].operands]

    @property
    def message(self) -> Message:
        """What is to be said first."""
        return self.finding.message if self.finding else self.checks[0].message


def find_standings(result: Result) -> dict[str, Standing]:
    """The standing of every claim by its id."""
    found = result.verification
    groups: dict[Standing, Iterable[str]] = {"verified": found.verified, "contradicted": found.contradicted}
    stated: dict[str, Standing] = {claim.id: "unverified" for claim in result.claims}
    return stated | {identity: standing for standing, ids in groups.items() for identity in ids if identity in stated}


def is_finding(check: Check) -> bool:
    """Whether it is a finding: a check that fails and is no mere remark."""
    return check.status == "fails" and check.severity != "info"


def is_judged(check: Check) -> bool:
    """Whether a check says anything: that it holds, or that it does not."""
    return check.status != "unclear"


def rank_checks(result: Result, checks: Iterable[Check]) -> list[Check]:
    """Checks as they are told: the worst first, and those of one severity in the order of the document."""
    starts = {claim.id: claim.start for claim in result.claims}
    tables = {table.id: table for table in result.tables}

    def begins(operand: Operand) -> int:
        at = find_place(operand)
        if at is None or at[0] not in tables:
            return starts.get(operand.claim or "", NOWHERE)
        rows = tables[at[0]].rows
        return rows[at[1]][at[2]].start if at[1] < len(rows) and at[2] < len(rows[at[1]]) else NOWHERE

    def key(check: Check) -> tuple[int, int]:
        return SEVERITIES.index(check.severity or "info"), begins(check.operands[0]) if check.operands else NOWHERE

    return sorted(checks, key=key)


def list_mistakes(result: Result) -> list[Mistake]:
    """The findings of a result with their failing checks, errors first; a check in none stands for itself.

    So does every one of a result by an earlier version, which has no findings.
    """
    ranked = rank_checks(result, filter(is_finding, result.checks))
    owner = {identity: finding for finding in result.findings for identity in finding.checks}
    found: dict[str, list[Check]] = {}
    for check in ranked:
        found.setdefault(owner[check.id].id if check.id in owner else check.id, []).append(check)
    known = {finding.id: finding for finding in result.findings}
    return sorted((Mistake(checks, known.get(identity)) for identity, checks in found.items()), key=_rank_mistake)


def _rank_mistake(mistake: Mistake) -> tuple[int, Decimal]:
    """The worst first, and of these the most money; what is of no money ranks where money does that is worth a look.

    Sorting keeps the order of the document where both are equal.
    """
    amount = mistake.finding.amount if mistake.finding else None
    return SEVERITIES.index(mistake.severity), -(WORTH_A_LOOK if amount is None else Decimal(amount))


def group_by_claim(checks: Iterable[Check]) -> dict[str, list[Check]]:
    """The checks that each claim takes part in, each once."""
    found: defaultdict[str, list[Check]] = defaultdict(list)
    for check in checks:
        for identity in dict.fromkeys(operand.claim for operand in check.operands if operand.claim):
            found[identity].append(check)
    return found


def group_by_place(checks: Iterable[Check]) -> dict[Place, list[Check]]:
    """The checks that each cell of a table takes part in, each once."""
    found: defaultdict[Place, list[Check]] = defaultdict(list)
    for check in checks:
        for at in dict.fromkeys(find_place(operand) for operand in check.operands):
            if at:
                found[at].append(check)
    return found


def find_suspected_places(result: Result) -> set[Place]:
    """The cells that are the number to suspect of a mistake."""
    places = (find_place(operand) for one in list_mistakes(result) for operand in one.suspects)
    return {place for place in places if place}


def find_place(operand: Operand) -> Place | None:
    """The cell that an operand is; None for a claim."""
    if operand.table is None or operand.row is None or operand.column is None:
        return None
    return operand.table, operand.row, operand.column


def index_cells(result: Result) -> dict[Place, TableCell]:
    """Every cell of a result's tables by its place."""
    return {
        (table.id, row, column): cell
        for table in result.tables
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line)
    }


def say_check(check: Check, lang: Lang) -> str:
    """The sentence of a check in the reader's language, on one line and safe to show."""
    return printable(speak(check.message, lang))
