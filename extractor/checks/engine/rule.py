"""What a rule yields: a relation between numbers, each by its role, tied together by words or by structure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec import Struct, field

from extractor.amounts.amount import Amount
from extractor.model import Binding, Operand

Status = Literal["holds", "holds_truncated", "fails", "unclear"]
Severity = Literal["error", "warning", "info"]
# What becomes of a relation that does not hold, beside a reason for which it is unclear.
TOLD, SILENT = "told", "silent"
# How the numbers of a relation were found that words name as all there are: no other may be meant.
NAMED = "named"
# How numbers were found that stand in turn in passages that tell the same things: small counts are not so by chance.
RESTATED = "restated"


class Words(Struct, frozen=True):
    """A fact of a sentence that is said differently in each language."""

    zh: str
    en: str


Fact = str | int | Words


Operands = tuple[tuple[str, Amount], ...]


class Relation(Struct, frozen=True):
    """One relation that a rule proposes; ``rule`` is the code in the result, ``form`` one of its file's relations.

    ``operands`` come in the order in which a reader wants them, the number in question in front. ``severity``,
    ``binding``, ``link`` and ``evidence`` (names of patterns; places in tables, ``t3:r4``) add to what the form says.
    ``otherwise`` is what becomes of it where it does not hold: it is told, nothing is said, or it is unclear for that
    reason. A ``reason`` says at once why nothing can be computed. ``facts`` are what the sentence names beside the
    numbers.
    """

    rule: str
    form: str
    operands: Operands
    severity: Severity | None = None
    binding: Binding | None = None
    evidence: tuple[str, ...] = ()
    otherwise: str = TOLD
    reason: str | None = None
    link: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def subject(self) -> Amount:
        """The number in question."""
        return self.operands[0][1]

    @property
    def others(self) -> list[Amount]:
        """The numbers that it is held against."""
        return [amount for _, amount in self.operands[1:]]

    def refer(self) -> tuple[Operand, ...]:
        """The operands as the result lists them."""
        return tuple(msgspec.structs.replace(amount.operand, role=role) for role, amount in self.operands)
