"""What an id is, on the terminal: what it says, where it stands, what refers to it, how it was come by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from extractor.amounts.book import Book
from extractor.lookup import Found
from extractor.messages import Lang, render, speak
from extractor.model import Check, Claim, Finding, Notice, Operand, Result
from extractor.reports.computation import write_plainly
from extractor.reports.findings.rows import Spot, find_spot
from extractor.reports.labels import label_role, label_rule, name_reason
from extractor.reports.printable import printable
from extractor.reports.terminal.cards import GAP, NARROWEST
from extractor.reports.terminal.explanation import list_fields
from extractor.reports.terminal.wrapping import wrap_text
from extractor.reports.unverified import explain

# So many checks, findings and readings are listed; of more it is said how many there are.
MOST = 12
Row = tuple[str, list[str]]


def show(result: Result, found: Found, lang: Lang = "zh") -> None:
    """Prints what an id is on the standard output."""
    console = Console(highlight=False, markup=False, emoji=False)
    rows = [*_list_rows(result, found, lang)]
    indent = max(cell_len(say(name, lang)) for name, _ in rows) + GAP
    console.print(Text(f"{printable(found.id)}  {say(_name_kind(found), lang)}", style="bold"))
    for name, texts in rows:
        lines = [line for text in texts for line in wrap_text(text, max(NARROWEST, console.width - indent - 1))]
        named = say(name, lang)
        text = Text(no_wrap=True, overflow="ignore").append(named + " " * (indent - cell_len(named)), "dim")
        console.print(text.append(f"\n{' ' * indent}".join(lines)))


def show_checks(result: Result, found: Sequence[Found], lang: Lang = "zh") -> None:
    """Prints for claims which checks looked at them, and of one that none verifies why."""
    unverified = set(result.verification.unverified)
    for one in found:
        print(f"\n{printable(one.id)}  {say('checked', lang)}")
        why = explain(one.checks, lang) if one.id in unverified else []
        reasons = [say("unverified", lang, why=say("between", lang).join(why))] if why else []
        for line in [*([*_list_checks(one.checks, lang)] or [say("unchecked", lang)]), *reasons]:
            print("\n".join(f"  {part}" for part in wrap_text(line, max(NARROWEST, Console().width - GAP - 1))))


def say(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or sentence of this name in ``messages/explain``."""
    return render(Notice(f"explain.{name}", facts), lang)


def _name_kind(found: Found) -> str:
    kinds = ("claim", "check", "finding", "section", "cell", "table")
    return f"is.{next(kind for kind in kinds if getattr(found, kind) is not None)}"


def _list_rows(result: Result, found: Found, lang: Lang) -> Iterator[Row]:
    book = Book(result)
    if found.claim:
        yield from _tell_claim(book, found.claim, lang)
    if found.check:
        yield from _tell_check(book, found, found.check, lang)
    if found.finding:
        yield from _tell_finding(book, found.finding, lang)
    if found.section:
        section = found.section
        yield "heading", [printable(section.heading)]
        yield from _tell_page(section.page, lang)
        yield "counts", [say("section-counts", lang, claims=len(found.claims), checks=len(found.checks))]
    if found.table:
        yield from _tell_table(found, lang)
    yield from _list_touching(found, lang)


def _tell_claim(book: Book, claim: Claim, lang: Lang) -> Iterator[Row]:
    spot = find_spot(book, Operand("", claim=claim.id))
    yield from _tell_spot(spot, lang)
    yield "fields", [printable(field) for field in list_fields(claim, {})]
    yield "fired", [*map(printable, claim.evidence)]


def _tell_spot(spot: Spot | None, lang: Lang) -> Iterator[Row]:
    if spot:
        yield "section", [spot.heading or say("no_section", lang)]
        yield from _tell_page(spot.page, lang)
        yield "sentence", [spot.excerpt.text]


def _tell_page(page: int | None, lang: Lang) -> Iterator[Row]:
    if page is not None:
        yield "page", [str(page)]


def _tell_check(book: Book, found: Found, check: Check, lang: Lang) -> Iterator[Row]:
    yield "rule", [f"{label_rule(check.rule, lang)}  {check.rule}"]
    yield "verdict", [_name_status(check, lang)]
    yield "said", [printable(speak(check.message, lang))]
    if line := write_plainly(check, book, lang):
        yield "computed", [line]
    yield "numbers", [*_list_operands(book, check, lang)]
    yield "tie", [say(f"binding.{check.binding}", lang, power=f"{check.power:.0%}")]
    yield "fired", [*map(printable, check.evidence)]
    if found.trace:
        yield from _tell_trace(found, lang)


def _name_status(check: Check, lang: Lang) -> str:
    reason = name_reason(check, lang)
    said = say(f"status.{check.status}", lang)
    return say("because", lang, said=said, reason=reason) if reason else said


def _list_operands(book: Book, check: Check, lang: Lang) -> Iterator[str]:
    for operand in check.operands[:MOST]:
        spot = find_spot(book, operand)
        number = spot.excerpt.number if spot else ""
        yield f"{label_role(check.rule, operand.role, lang)}  {number}  {printable(_name_operand(operand))}"
    if len(check.operands) > MOST:
        yield say("more", lang, count=len(check.operands) - MOST)


def _name_operand(operand: Operand) -> str:
    """The id of an operand, as it may be asked for."""
    if operand.claim is not None:
        return operand.claim
    return f"{operand.table}.{operand.row}.{operand.column}" if operand.table is not None else ""


def _tell_trace(found: Found, lang: Lang) -> Iterator[Row]:
    traced = found.trace
    if traced is None:
        return
    if traced.proposals:
        told = [
            f"{say(f'fate.{one.fate}', lang)}  {one.form}  {', '.join(map(printable, one.numbers[:MOST]))}"
            for one in traced.proposals[:MOST]
        ]
        yield "proposed", told
    if traced.tried:
        held = [", ".join(map(printable, numbers)) for numbers in traced.met[:MOST]]
        name = "readings-tried" if held else "readings-none"
        yield "readings", [say(name, lang, count=traced.tried, met=len(traced.met)), *held]


def _tell_finding(book: Book, finding: Finding, lang: Lang) -> Iterator[Row]:
    yield "said", [printable(speak(finding.message, lang))]
    yield from _tell_spot(find_spot(book, finding.suspect), lang)
    yield "suspect", [printable(_name_operand(finding.suspect))]
    if finding.amount is not None:
        yield "amount", [finding.amount]
    if finding.mends:
        yield "mends", [*map(printable, finding.mends)]
    if finding.breaks:
        yield "breaks", [*map(printable, finding.breaks)]


def _tell_table(found: Found, lang: Lang) -> Iterator[Row]:
    table, cell = found.table, found.cell
    if table is None:
        return
    yield "heading", [printable(table.title or "")]
    yield from _tell_page(table.page, lang)
    if cell is None:
        columns = max(map(len, table.rows), default=0)
        yield (
            "counts",
            [say("table-size", lang, rows=len(table.rows), columns=columns, unit=printable(table.unit or ""))],
        )
        return
    yield "printed", [printable(cell.text)]
    yield "value", [f"{cell.value or '-'} {printable(cell.unit or '')}".strip()]


def _list_touching(found: Found, lang: Lang) -> Iterator[Row]:
    """The checks and findings that refer to it; where no check looked at it, that is said."""
    if found.check is None:
        name = "parts" if found.finding else "checked"
        yield name, [*_list_checks(found.checks, lang)] or [say("unchecked", lang)]
    if found.findings:
        yield (
            "findings",
            [f"{printable(one.id)}  {printable(speak(one.message, lang))}" for one in found.findings[:MOST]],
        )


def _list_checks(checks: Sequence[Check], lang: Lang) -> Iterator[str]:
    """The checks, those that do not hold first."""
    order = ("fails", "unclear", "holds_truncated", "holds")
    for check in sorted(checks, key=lambda one: order.index(one.status))[:MOST]:
        yield f"{_name_status(check, lang)}  {label_rule(check.rule, lang)}  {printable(check.id)}"
    if len(checks) > MOST:
        yield say("more", lang, count=len(checks) - MOST)
