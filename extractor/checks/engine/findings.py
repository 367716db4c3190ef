"""Diagnoses become Findings: the number to suspect, what may have been meant, how much is at stake, the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from extractor.amounts.amount import Amount, write_number
from extractor.amounts.printing import write_like
from extractor.checks.engine.diagnose import Diagnosis, diagnose
from extractor.checks.engine.identify import Ids
from extractor.checks.engine.judge import Judgement
from extractor.checks.engine.lapses import Lapses
from extractor.checks.engine.proposals import Proposal
from extractor.checks.engine.solving import find_spot
from extractor.checks.engine.wording import name_amount, name_place
from extractor.messages import Lang, render
from extractor.model import Check, Finding, Message, Notice, Operand
from extractor.quantities import units

# Money is told to a hundredth of its base unit.
MONEY_DIGITS = 2


def make_findings(
    judgements: Sequence[Judgement], made: Sequence[Check], ids: Ids, lapses: Lapses
) -> Iterator[Finding]:
    """The findings of a document; ``made`` are the checks that the ``judgements`` became, in the same order."""
    became = {id(one): check for one, check in zip(judgements, made, strict=True)}
    for diagnosis in diagnose(judgements, lapses):
        yield _make_finding(diagnosis, became, ids)


def _make_finding(diagnosis: Diagnosis, became: Mapping[int, Check], ids: Ids) -> Finding:
    suspect, proposal, failing = diagnosis.suspect, diagnosis.proposal, diagnosis.failing
    return Finding(
        id=ids.name_finding(suspect),
        severity="error" if any(one.severity == "error" for one in failing) else "warning",
        suspect=_refer(suspect, failing[0]),
        stated=f"{suspect.value:f}",
        proposed=f"{proposal.value:f}" if proposal and not proposal.breaks else None,
        mends=_name_all(proposal.mends, became) if proposal else (),
        breaks=_name_all(proposal.breaks, became) if proposal else (),
        checks=_name_all(failing, became),
        amount=_measure(diagnosis),
        message=_word(diagnosis, [became[id(one)] for one in failing]),
    )


def _name_all(judgements: Iterable[Judgement], became: Mapping[int, Check]) -> tuple[str, ...]:
    return tuple(became[id(one)].id for one in judgements)


def _refer(suspect: Amount, judgement: Judgement) -> Operand:
    """The suspect as the operand that it is in a relation."""
    spot, operands = find_spot(suspect), judgement.relation.operands
    role, amount = next(one for one in operands if find_spot(one[1]) == spot)
    return msgspec.structs.replace(amount.operand, role=role)


def _measure(diagnosis: Diagnosis) -> str | None:
    """By how much money the suspect, or without a proposal the number in question of a relation, is wrong."""
    base = units.first("money").base
    money = [abs(gap) for amount, gap in _list_gaps(diagnosis) if amount.base == base]
    return write_number(max(money), MONEY_DIGITS) if money else None


def _list_gaps(diagnosis: Diagnosis) -> Iterator[tuple[Amount, Fraction]]:
    suspect, proposal = diagnosis.suspect, diagnosis.proposal
    if proposal:
        yield suspect, Fraction(proposal.value - suspect.value) * suspect.factor
        return
    for one in diagnosis.failing:
        if one.stated is not None and one.computed is not None:
            yield one.relation.subject, one.stated - one.computed


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _word(diagnosis: Diagnosis, told: Sequence[Check]) -> Message:
    """What a finding says: of a single check of which nothing mends a number, what that check says."""
    if diagnosis.proposal is None and len(told) == 1:
        return told[0].message
    return Message(_write(diagnosis, "zh"), _write(diagnosis, "en"))


def _write(diagnosis: Diagnosis, lang: Lang) -> str:
    suspect, proposal = diagnosis.suspect, diagnosis.proposal
    facts: dict[str, str | int] = {
        "place": name_place(suspect, lang),
        "subject": name_amount(suspect, lang),
        "proposed": write_like(proposal.value, suspect) if proposal else "",
        "mended": len(proposal.mends) if proposal else 0,
        "broken": len(proposal.breaks) if proposal else 0,
        "count": len(diagnosis.failing),
    }
    if diagnosis.beside:
        facts |= _tell_beside(diagnosis.beside, lang)
    return render(Notice(f"checks.{_name_sentence(diagnosis)}", facts), lang)


def _tell_beside(beside: Proposal, lang: Lang) -> dict[str, str]:
    """The number that must be mended too, and what it was probably meant to be."""
    return {"beside": name_amount(beside.amount, lang), "meant": write_like(beside.value, beside.amount)}


def _name_sentence(diagnosis: Diagnosis) -> str:
    proposal, many = diagnosis.proposal, len(diagnosis.failing) > 1
    if proposal is None:
        return "finding-open"
    if proposal.breaks:
        return "finding-breaking"
    if diagnosis.beside:
        return "finding-mends-beside"
    if len(proposal.mends) < len(diagnosis.failing):
        return "finding-mends-some"
    return "finding-mends-many" if many else "finding-mends"
