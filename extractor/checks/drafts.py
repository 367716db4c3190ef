"""A check while it is made: what a rule found, judged by intervals, before it gets its id and its sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Literal, cast

import msgspec
from msgspec import Struct, field

from extractor.amounts.amount import Amount, take_exactly
from extractor.amounts.interval import Interval, total
from extractor.model import Operand

Status = Literal["holds", "holds_truncated", "fails", "unclear"]
Severity = Literal["error", "warning", "info"]
Compute = Callable[[Sequence[Interval]], Interval]
"""From the intervals of the operands, in order, to that of the number in question; of points to a point too."""


class Words(Struct, frozen=True):
    """A fact of a message that is said differently in each language."""

    zh: str
    en: str


Fact = str | int | Words


class Draft(Struct, frozen=True):
    """What a rule found.

    ``operands`` come first in the order in which a reader wants them, the number in question in front. ``message`` is
    the id of a sentence in ``patterns/messages/checks``, ``facts`` what it names beside the common ones.
    """

    rule: str
    status: Status
    operands: tuple[tuple[str, Amount], ...]
    message: str
    severity: Severity | None = None
    stated: Fraction | None = None
    computed: Fraction | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    reason: str | None = None
    evidence: tuple[str, ...] = ()

    @property
    def subject(self) -> Amount:
        """The number in question."""
        return self.operands[0][1]

    def adapt(self) -> Any:
        """The draft as a judgement, while some rules still yield drafts."""
        from extractor.checks.engine.forms import Form
        from extractor.checks.engine.judge import Judgement
        from extractor.checks.engine.rule import Relation
        from extractor.checks.wording import message

        form = Form(roles=[], binding="words", zh="", en="")
        relation = Relation(
            self.rule,
            self.message,
            self.operands,
            self.severity,
            evidence=self.evidence,
            facts={"message": cast(Any, message(self))},
        )
        power = Fraction(1) if self.status != "unclear" else Fraction(0)
        return Judgement(relation, form, self.status, self.severity, self.stated, self.computed, power, self.reason)

    def refer(self) -> tuple[Operand, ...]:
        """The operands as the result lists them."""
        return tuple(msgspec.structs.replace(amount.operand, role=role) for role, amount in self.operands)


def judged(
    rule: str,
    operands: Sequence[tuple[str, Amount]],
    compute: Compute,
    *,
    message: str | None = None,
    severity: Severity = "error",
    evidence: tuple[str, ...] = (),
    facts: dict[str, Fact] | None = None,
) -> Draft:
    """The check of the first operand against what ``compute`` makes of the others.

    It holds if what its digits allow meets what follows from the digits of the others; it holds truncated if only that
    of cut digits does. ``severity`` is what a failure is; it is a warning at most where the gap is within one unit of
    the last printed digit.
    """
    subject, others = operands[0][1], [amount for _, amount in operands[1:]]
    status = verdict(subject, others, compute)
    point = compute([Interval(amount.exact, amount.exact) for amount in others]).low
    last = (
        severity == "error" and not subject.counted and point is not None and abs(subject.exact - point) <= subject.step
    )
    return Draft(
        rule=rule,
        status=status,
        operands=tuple(operands),
        message=message or rule,
        severity=("warning" if last else severity) if status == "fails" else None,
        stated=subject.exact,
        computed=point,
        facts=facts or {},
        evidence=evidence,
    )


def equal(
    rule: str,
    one: tuple[str, Amount],
    other: tuple[str, Amount],
    *,
    message: str | None = None,
    severity: Severity = "error",
    evidence: tuple[str, ...] = (),
) -> Draft:
    """The check that two amounts are one figure: printed to the same digits they must be the same; 0 is just 0."""
    operands = [(role, take_exactly(amount) if amount.value == 0 else amount) for role, amount in (one, other)]
    if one[1].step == other[1].step:
        operands = [(role, take_exactly(amount)) for role, amount in operands]
    draft = judged(rule, operands, total, message=message, severity=severity, evidence=evidence)
    counted = one[1].rounded.low == one[1].rounded.high
    last = draft.severity == "error" and not counted and abs(one[1].exact - other[1].exact) <= one[1].step
    return msgspec.structs.replace(draft, severity="warning") if last else draft


def verdict(subject: Amount, others: Sequence[Amount], compute: Compute) -> Status:
    """Whether a number is what follows from others: under rounding, under truncation of any of them, or not."""
    by_rounding, by_cutting = compute([one.rounded for one in others]), compute([one.cut for one in others])
    if subject.rounded.meets(by_rounding):
        return "holds"
    if subject.cut.meets(by_rounding) or subject.cut.meets(by_cutting) or subject.rounded.meets(by_cutting):
        return "holds_truncated"
    return "fails"
