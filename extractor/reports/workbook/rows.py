"""The rows of the working papers: findings, claims, checks and sections, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.messages import Lang, render, speak
from extractor.model import Check, Claim, Finding, Message, Notice, Operand
from extractor.reports.computation import write_plainly
from extractor.reports.files.spreadsheets import CHARACTERS
from extractor.reports.labels import advise, label_rule, name_basis
from extractor.reports.printable import printable
from extractor.reports.standing import Mistake, is_finding
from extractor.reports.suspects import find_known
from extractor.reports.workbook.book import (
    Cell,
    Columns,
    Formula,
    Link,
    Shown,
    find_column,
    measure_width,
    name_cell,
    name_letter,
)
from extractor.reports.workbook.cells import (
    AMOUNTS,
    APART,
    LOOKS,
    describe_place,
    list_amounts,
    name_section,
    name_severity,
    show_gap,
    write_count,
)
from extractor.reports.workbook.entries import CHECKS
from extractor.reports.workbook.numbers import is_lossless, read_number, write_literal
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import Papers

# How many operands of a finding have a column.
OPERANDS = 4
FINDINGS: Columns = (
    ("number", 6), ("severity", 7), ("place", 15), ("sentence", 32), ("basis", 22), ("computation", 24),
    ("difference", 16), ("unit", 7), ("message", 32), ("advice", 24), ("state", 8), ("note", 16), ("rule", 10),
    ("stated", 14), ("computed", 14), ("suspect", 16), ("proposed", 14), ("stake", 16), ("broken", 8), ("page", 6),
    ("section", 24), ("messages", 50), ("check", 22), *((f"operand{at}", 15) for at in range(1, OPERANDS + 1)),
    ("seen", 14),
)  # fmt: skip
MONEY = {"num_format": "#,##0.00"}
STATE, NOTE = (find_column(FINDINGS, name) for name in ("state", "note"))
CLAIMS: Columns = (
    ("id", 7), ("page", 6), ("section", 30), ("metric", 26), ("raw", 16), ("value", 14), ("unit", 8), ("yuan", 18),
    ("standing", 10), ("finding", 9), ("kind", 8), ("role", 6), ("period", 12), ("high", 12), ("base", 16),
    ("base_unit", 9), ("exact", 20), ("direction", 7), ("baseline", 14), ("from", 11), ("to", 11),
    ("checks", 8), ("sentence", 70),
)  # fmt: skip
SECTIONS: Columns = (
    ("heading", 60), ("page", 6), ("claims", 8), ("verified", 9), ("contradicted", 9), ("unverified", 9), ("first", 10),
)  # fmt: skip


def list_findings(papers: Papers) -> Iterator[list[Cell]]:
    """What is wrong, errors first, with what was decided of it; the numbers are those of the first check."""
    for row, mistake in enumerate(papers.findings, 1):
        check, decision = mistake.checks[0], papers.decisions.of_mistake(mistake)
        place = find_known(papers.book, mistake.places)
        known = {
            "number": name_index(row, papers),
            "severity": name_severity(check, papers.lang),
            "rule": label_rule(check.rule, papers.lang),
            "place": _tell_place(place, papers),
            "sentence": _quote(place, papers),
            "basis": name_basis(check.rule, papers.lang),
            "computation": _compute(mistake, papers),
            "message": _conclude(mistake, papers.lang),
            "messages": _tell((one.message for one in mistake.checks), papers.lang),
            "advice": _advise(mistake, papers),
            "state": name_state(decision.state, papers.lang),
            "note": printable(decision.note),
            "check": _link_check(check, papers),
            "seen": papers.seen.get(mistake.id),
            **_look_up_amounts(check, row, papers),
            **_diagnose(mistake, papers),
            **describe_place(place, papers),
            **{f"operand{at}": papers.link(operand) for at, operand in enumerate(check.operands[:OPERANDS], 1)},
        }
        known["difference"] = show_gap(known["difference"], known["unit"], papers.lang)
        yield [known.get(name) for name, _ in FINDINGS]


def fit_findings(papers: Papers) -> Columns:
    """The columns of the findings, the first as wide as their indexes."""
    (name, width), *others = FINDINGS
    return ((name, width + measure_width(papers.head.index)), *others)


def name_index(row: int, papers: Papers) -> Cell:
    """The index of a finding: its number behind that of the papers."""
    index = papers.head.index
    style = {"num_format": write_literal(f"{index}-") + "0"} if index else {}
    return Shown(Decimal(row), style | {"align": "left"})


def _compute(mistake: Mistake, papers: Papers) -> str | None:
    """The computation of the first check, and how many more there are on the sheet of checks."""
    computed, more = write_plainly(mistake.checks[0], papers.book, papers.lang), len(mistake.checks) - 1
    return computed + get_phrase("more", papers.lang, count=more + 1) if computed and more else computed


def _link_check(check: Check, papers: Papers) -> Cell:
    """The way to the row of a check."""
    return Link(printable(check.id), papers.sheet("checks"), papers.entries[check.id])


def _look_up_amounts(check: Check, row: int, papers: Papers) -> dict[str, Cell]:
    """What is stated, what it should be and by how much it is off, taken from the row of the check."""
    amounts = list_amounts(check, papers)
    sheet, entry = papers.sheet("checks"), name_cell(FINDINGS, "check", row)
    for name in AMOUNTS:
        number = amounts[name]
        if isinstance(number, Decimal):
            column, first = (name_letter(CHECKS, one) for one in (name, "check"))
            rows = f"$2:${{column}}${len(papers.checks) + 1}"
            where, known = (f"'{sheet}'!${one}{rows.format(column=one)}" for one in (column, first))
            amounts[name] = Formula(f"INDEX({where},MATCH({entry},{known},0))", number)
    return amounts


def _tell_place(operand: Operand | None, papers: Papers) -> str:
    """The page and the heading."""
    found = describe_place(operand, papers)
    page, section = found["page"], found["section"]
    told = [get_phrase("on-page", papers.lang, page=str(page))] if page is not None else []
    return " ".join([*told, section.text] if isinstance(section, Link) else told)


def _quote(operand: Operand | None, papers: Papers) -> str | None:
    """The sentence of a claim; of a cell the table, its labels and its number."""
    claim, cell = (papers.claim(operand), papers.cell(operand)) if operand else (None, None)
    if claim:
        return printable(papers.result.text[claim.sentence.start : claim.sentence.end])
    if operand is None or cell is None:
        return None
    named = (papers.by_table[operand.table or ""].title, cell.row_label, cell.column_label)
    labels = " / ".join(label for label in named if isinstance(label, str) and label)
    return printable(get_phrase("quoted-cell", papers.lang, labels=labels, text=cell.text))


def _advise(mistake: Mistake, papers: Papers) -> str:
    """What the number to suspect may have been meant to be, and what a finding of the rule asks for."""
    finding, told = mistake.finding, advise(mistake.checks[0].rule, papers.lang)
    link = papers.link(finding.suspect) if finding else None
    proposed = papers.proposed.get(finding.id) if finding else None
    if proposed is None or link is None:
        return told
    return f"{get_phrase('correct', papers.lang, stated=link.text, proposed=proposed)}{told}"


def _conclude(mistake: Mistake, lang: Lang) -> str:
    """What the finding says, and its first check."""
    return _tell([mistake.message, mistake.checks[0].message], lang)


def _tell(messages: Iterable[Message], lang: Lang) -> str:
    """Some messages, each once."""
    return APART.join(dict.fromkeys(printable(speak(message, lang)) for message in messages))[:CHARACTERS]


def _diagnose(mistake: Mistake, papers: Papers) -> dict[str, Cell]:
    """How many checks it breaks, the number to suspect, what may have been meant, and how much money is at stake."""
    count, finding = Decimal(len(mistake.checks)), mistake.finding
    if finding is None:
        return {"broken": count}
    money = read_number(finding.amount)
    shown = None if money is None else Shown(money, MONEY)
    proposed = _show_proposed(finding, papers)
    return {"broken": count, "suspect": papers.link(finding.suspect), "proposed": proposed, "stake": shown}


def _show_proposed(finding: Finding, papers: Papers) -> Cell:
    """The number in the unit of the suspect; where another unit was meant, the number with that unit, as words."""
    written = papers.proposed.get(finding.id, "")
    is_same_unit = written.startswith(finding.proposed or "")
    return read_number(finding.proposed) if is_same_unit or not written else written


def list_claims(papers: Papers) -> Iterator[list[Cell]]:
    """Every claim in the order of the text."""
    for _, claim in papers.claims.values():
        known = {
            "id": claim.id,
            "page": write_count(claim.page),
            "section": name_section(claim.section, papers),
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
        yield [Shown(section.heading, depth), write_count(section.page), Decimal(own.total()), *shares, link]


def name_state(name: str, lang: Lang) -> str:
    """A state of a decision, as the list of the findings' column offers it."""
    return get_phrase(f"state.{name}", lang)


def _find_ancestors(identity: str | None, papers: Papers) -> list[str]:
    """A section and those above it; a result by another hand may have them in a circle."""
    found: list[str] = []
    while identity in papers.sections and identity not in found:
        found.append(identity)
        identity = papers.sections[identity][1].parent
    return found


def _list_numbers(claim: Claim) -> dict[str, Cell]:
    """The number in the unit written, and in the base unit; all its digits where a spreadsheet drops some."""
    value, high, base = read_number(claim.value), read_number(claim.value_high), read_number(claim.base_value)
    exact = [format(each, "f") for each in (value, high, base) if each is not None and _loses_digits(each)]
    money, shown = claim.dimension == "money", _keep_digits(base)
    return {
        "value": _keep_digits(value),
        "high": _keep_digits(high),
        "unit": printable(claim.unit or claim.unit_implied or ""),
        "yuan": Shown(shown, MONEY) if money and shown is not None else None,
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
