"""The rows of the working papers: findings, claims, checks and sections, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from extractor.messages import Lang, render, speak
from extractor.model import Check, Claim, Message, Notice, Operand
from extractor.reports.labels import label_rule, name_reason
from extractor.reports.printable import printable
from extractor.reports.standing import Mistake, is_finding, say_check
from extractor.reports.terminal import findings as told
from extractor.reports.workbook.book import CHARACTERS, Cell, Columns, Link, Shown, get_phrase, is_lossless, read_number
from extractor.reports.workbook.places import Papers

# How many operands of a finding have a column.
OPERANDS = 4
FINDINGS: Columns = (
    ("number", 6), ("severity", 7), ("rule", 10), ("message", 52), ("state", 8), ("note", 22), ("stated", 13),
    ("computed", 13), ("difference", 11), ("unit", 7), ("page", 6), ("section", 24), ("broken", 8), ("suspect", 16),
    ("proposed", 13), ("stake", 16), *((f"operand{at}", 15) for at in range(1, OPERANDS + 1)), ("sentence", 50),
    ("computation", 40), ("check", 22),
)  # fmt: skip
STATE, NOTE = 4, 5
CLAIMS: Columns = (
    ("id", 7), ("page", 6), ("section", 26), ("metric", 26), ("raw", 16), ("value", 14), ("unit", 8), ("yuan", 18),
    ("standing", 10), ("finding", 9), ("kind", 8), ("role", 6), ("period", 12), ("high", 12), ("base", 16),
    ("base_unit", 9), ("exact", 20), ("dimension", 8), ("direction", 7), ("baseline", 14), ("from", 11), ("to", 11),
    ("checks", 8), ("sentence", 70),
)  # fmt: skip
CHECKS: Columns = (
    ("rule", 10), ("status", 11), ("severity", 7), ("message", 62), ("stated", 13), ("computed", 13),
    ("difference", 11), ("unit", 7), ("page", 6), ("section", 24), ("operand", 16), ("operands", 8), ("reason", 16),
    ("finding", 8), ("computation", 40), ("power", 8), ("check", 22),
)  # fmt: skip
SECTIONS: Columns = (
    ("heading", 60), ("page", 6), ("claims", 8), ("verified", 9), ("contradicted", 9), ("unverified", 9), ("first", 10),
)  # fmt: skip
LOOKS: dict[str | None, dict[str, Any]] = {
    "error": {"font_color": "#8f1414", "bg_color": "#fdecea", "bold": True},
    "warning": {"font_color": "#6b4a00", "bg_color": "#fdf3d8"},
    "info": {"font_color": "#454b54", "bg_color": "#eceef1"},
    "contradicted": {"font_color": "#8f1414", "bg_color": "#fdecea"},
    "verified": {"font_color": "#1d5c2e", "bg_color": "#e8f5eb"},
    "unverified": {"font_color": "#454b54", "bg_color": "#eceef1"},
}


def list_findings(papers: Papers) -> Iterator[list[Cell]]:
    """What is wrong, errors first, with what was decided of it; the numbers are those of the first check."""
    for row, mistake in enumerate(papers.findings, 1):
        check, decision = mistake.checks[0], papers.decisions.of_mistake(mistake)
        links: list[Cell] = [papers.link(operand) for operand in check.operands[:OPERANDS]]
        yield [
            Decimal(row), _name_severity(check, papers.lang), label_rule(check.rule, papers.lang),
            _tell_all(mistake, papers.lang), name_state(decision.state, papers.lang), printable(decision.note),
            *_list_amounts(check, papers), *_find_place(check, papers), *_diagnose(mistake, papers), *links,
            *[None] * (OPERANDS - len(links)), _find_sentence(check, papers), papers.computed.get(check.id), check.id,
        ]  # fmt: skip


def _tell_all(mistake: Mistake, lang: Lang) -> str:
    """What the finding says, and then each of its checks."""
    said = (printable(speak(message, lang)) for message in _list_messages(mistake))
    return " ".join(dict.fromkeys(said))[:CHARACTERS]


def _list_messages(mistake: Mistake) -> Iterator[Message]:
    yield mistake.message
    yield from (check.message for check in mistake.checks)


def _diagnose(mistake: Mistake, papers: Papers) -> list[Cell]:
    """How many checks it breaks, the number to suspect, what may have been meant, and how much money is at stake."""
    count, finding = Decimal(len(mistake.checks)), mistake.finding
    if finding is None:
        return [count, None, None, None]
    money = read_number(finding.amount)
    shown = None if money is None else Shown(money, {"num_format": "#,##0.00"})
    return [count, papers.link(finding.suspect), read_number(finding.proposed), shown]


def list_checks(papers: Papers) -> Iterator[list[Cell]]:
    """Every check, rule by rule, what does not hold first."""
    for check in papers.checks:
        severity = _name_severity(check, papers.lang) if check.status == "fails" else None
        yield [
            label_rule(check.rule, papers.lang), name_status(check.status, papers.lang), severity,
            say_check(check, papers.lang), *_list_amounts(check, papers), *_find_place(check, papers),
            papers.link(check.operands[0]) if check.operands else None, Decimal(len(check.operands)),
            name_reason(check, papers.lang) or None, papers.finding([check]), papers.computed.get(check.id),
            _tell_power(check), check.id,
        ]  # fmt: skip


def list_claims(papers: Papers) -> Iterator[list[Cell]]:
    """Every claim in the order of the text."""
    for _, claim in papers.claims.values():
        known = {
            "id": claim.id,
            "page": _write_count(claim.page),
            "section": papers.section(claim.section),
            "metric": printable(claim.metric or ""),
            "raw": printable(claim.raw),
            "sentence": printable(papers.result.text[claim.sentence.start : claim.sentence.end]),
            **_list_numbers(claim),
            **_list_names(claim, papers.lang),
            **_describe_standing(claim, papers),
        }
        yield [known[name] for name, _ in CLAIMS]


def list_sections(papers: Papers) -> Iterator[list[Cell]]:
    """Every section, indented by its depth, and how the claims under it and its descendants stand."""
    counts: dict[str, Counter[str]] = {identity: Counter() for identity in papers.sections}
    first: dict[str, int] = {}
    for row, claim in papers.claims.values():
        for identity in _find_ancestors(claim.section, papers):
            counts[identity][papers.standing[claim.id]] += 1
            first.setdefault(identity, row)
    for _, section in papers.sections.values():
        own, start = counts[section.id], first.get(section.id)
        link = None if start is None else Link(papers.result.claims[start - 1].id, papers.sheet("claims"), start)
        depth = {"indent": min(10, len(_find_ancestors(section.id, papers)) - 1)}
        shares: list[Cell] = [Decimal(own[name]) for name in ("verified", "contradicted", "unverified")]
        yield [Shown(section.heading, depth), _write_count(section.page), Decimal(own.total()), *shares, link]


def name_state(name: str, lang: Lang) -> str:
    """A state of a decision, as the list of the findings' column offers it."""
    return get_phrase(f"state.{name}", lang)


def name_status(name: str, lang: Lang) -> str:
    """How a check ended."""
    return get_phrase(f"status.{name}", lang)


def _find_ancestors(identity: str | None, papers: Papers) -> list[str]:
    """A section and those above it; a result by another hand may have them in a circle."""
    found: list[str] = []
    while identity in papers.sections and identity not in found:
        found.append(identity)
        identity = papers.sections[identity][1].parent
    return found


def _name_severity(check: Check, lang: Lang) -> Cell:
    severity = check.severity or "info"
    return Shown(told.get_phrase(f"severity.{severity}", lang), LOOKS[severity])


def _tell_power(check: Check) -> Cell:
    """The share of wrong digits that the check would notice; nothing where it tells nothing."""
    return Shown(Decimal(str(check.power)), {"num_format": "0%"}) if check.status.startswith("holds") else None


def _list_amounts(check: Check, papers: Papers) -> list[Cell]:
    """What is stated, what it should be, by how much it is off, and the unit of all three."""
    unit = next((found for operand in check.operands if (found := _find_unit(operand, papers))), None)
    numbers: list[Cell] = [read_number(text) for text in (check.stated, check.computed, check.difference)]
    return [*numbers, unit if check.stated is not None else None]


def _find_unit(operand: Operand, papers: Papers) -> str | None:
    claim, cell = papers.claim(operand), papers.cell(operand)
    if claim:
        return printable(claim.unit or claim.unit_implied or "")
    return printable(cell.unit or "") if cell else None


def _find_place(check: Check, papers: Papers) -> list[Cell]:
    """The page and the section of the first operand that has them."""
    claims = [claim for operand in check.operands if (claim := papers.claim(operand))]
    if claims:
        return [_write_count(claims[0].page), papers.section(claims[0].section)]
    tables = {table.id: table for table in papers.result.tables}
    found = [tables[operand.table] for operand in check.operands if operand.table in tables]
    return [_write_count(found[0].page), papers.section(found[0].section)] if found else [None, None]


def _find_sentence(check: Check, papers: Papers) -> str | None:
    """The sentence of the first claim."""
    claim = next((claim for operand in check.operands if (claim := papers.claim(operand))), None)
    return printable(papers.result.text[claim.sentence.start : claim.sentence.end]) if claim else None


def _list_numbers(claim: Claim) -> dict[str, Cell]:
    """The number in the unit written, and in the base unit; all its digits where a spreadsheet drops some."""
    value, high, base = read_number(claim.value), read_number(claim.value_high), read_number(claim.base_value)
    exact = [format(each, "f") for each in (value, high, base) if each is not None and _loses_digits(each)]
    money, shown = claim.dimension == "money", _keep_digits(base)
    return {
        "value": _keep_digits(value),
        "high": _keep_digits(high),
        "unit": printable(claim.unit or claim.unit_implied or ""),
        "yuan": Shown(shown, {"num_format": "#,##0.00"}) if money and shown is not None else None,
        "base": None if money else shown,
        "base_unit": None if money else printable(claim.base_unit),
        "exact": " / ".join(exact)[:CHARACTERS] or None,
    }


def _loses_digits(value: Decimal) -> bool:
    """Whether digits of a number are lost in a spreadsheet, and it can be written out."""
    return not is_lossless(value) and abs(value.adjusted()) < CHARACTERS


def _keep_digits(value: Decimal | None) -> Decimal | None:
    """The number to as many digits as a spreadsheet keeps; None where it has no such number."""
    if value is None or abs(value.adjusted()) >= 300:
        return None
    return value if is_lossless(value) else Decimal(f"{value:.14e}")


def _list_names(claim: Claim, lang: Lang) -> dict[str, Cell]:
    period = claim.period
    return {
        "dimension": render(Notice(f"names.dimension.{claim.dimension}"), lang),
        "kind": render(Notice(f"names.kind.{claim.kind}"), lang),
        "direction": get_phrase(f"direction.{claim.direction}", lang) if claim.direction else None,
        "baseline": printable(claim.baseline or ""),
        "period": printable(period.text) if period else None,
        "from": period.start if period else None,
        "to": period.end if period else None,
        "role": get_phrase(f"role.{claim.role}", lang),
    }


def _describe_standing(claim: Claim, papers: Papers) -> dict[str, Cell]:
    standing, touching = papers.standing[claim.id], papers.touching.get(claim.id, [])
    return {
        "standing": Shown(get_phrase(f"standing.{standing}", papers.lang), LOOKS[standing]),
        "checks": Decimal(len(touching)),
        "finding": papers.finding([check for check in touching if is_finding(check)]),
    }


def _write_count(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
