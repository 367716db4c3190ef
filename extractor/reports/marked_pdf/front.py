"""The pages in front of a marked PDF: how much was checked, every finding with its place, and what was not checked."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.messages import Lang
from extractor.model import Result
from extractor.reports.decisions import Decisions, name_document
from extractor.reports.marked_pdf.drawing import GREY, MARGIN, SOFT, WIDTH, Colour, Link, Sheet, break_lines, measure
from extractor.reports.marked_pdf.entries import Entry, count_reasons, get_phrase, list_entries, write_decision
from extractor.reports.marked_pdf.notes import COLOURS, LOOKS
from extractor.reports.printable import printable

ROOM = WIDTH - 2 * MARGIN
# Where the words of an entry begin, and how wide they may be: its number and badge stand left of them, its page right.
INDENT, PLACE = 54.0, 48.0
BOTTOM = 56.0
# An entry tells so many lines of its sentence; the whole of it is in the note of its mark.
MOST_LINES = 5
INK: dict[str, Colour] = {"error": (160, 42, 30), "warning": (125, 79, 0)}
LINK: Colour = (15, 90, 102)


def draw_front(result: Result, lang: Lang, decisions: Decisions) -> list[Sheet]:
    """The pages of findings, as many as they take."""
    sheets = [Sheet()]
    entries = list_entries(result, lang, decisions)
    _draw_head(sheets[0], result, entries, lang)
    for at, entry in enumerate(entries):
        lines = _break_entry(entry, lang)
        _make_room(sheets, 24 + 14 * len(lines))
        _draw_entry(sheets[-1], at, entry, lines, lang)
    _draw_reasons(sheets, result, lang)
    for sheet in sheets:
        _draw_foot(sheet, result, lang)
    return sheets


def _make_room(sheets: list[Sheet], height: float) -> None:
    """Begins a page where the last one has no such room left."""
    if sheets[-1].y - height < BOTTOM:
        sheets.append(Sheet())


def _draw_head(sheet: Sheet, result: Result, entries: Sequence[Entry], lang: Lang) -> None:
    sheet.y -= 10
    for line in break_lines(printable(name_document(result.document)), ROOM, 18)[:3]:
        sheet.write(MARGIN, 18, line, bold=True)
        sheet.y -= 25
    found = result.verification
    counts = {"verified": found.verified, "contradicted": found.contradicted, "unverified": found.unverified}
    told = get_phrase("summary", lang, **{name: len(ids) for name, ids in counts.items()})
    for line in (told, _count_entries(entries, lang)):
        for part in break_lines(line, ROOM, 10.5):
            sheet.write(MARGIN, 10.5, part, SOFT)
            sheet.y -= 16
    sheet.y -= 4
    _draw_legend(sheet, lang)
    sheet.y -= 14
    sheet.rule()


def _count_entries(entries: Sequence[Entry], lang: Lang) -> str:
    facts = {name: sum(entry.severity == name for entry in entries) for name in ("error", "warning")}
    dismissed = sum(entry.is_dismissed for entry in entries)
    return get_phrase("found" if entries else "nothing", lang, dismissed=dismissed, **facts)


def _draw_legend(sheet: Sheet, lang: Lang) -> None:
    x = MARGIN
    for look in LOOKS:
        words = get_phrase(look, lang)
        sheet.fill(x, sheet.y - 1.5, 14, 9, COLOURS[look])
        sheet.write(x + 19, 9.5, words, SOFT)
        x += 36 + measure(words, 9.5)


def _break_entry(entry: Entry, lang: Lang) -> list[tuple[str, Colour]]:
    """The lines below the number of an entry, with their colours."""
    room = ROOM - INDENT - PLACE
    said = break_lines(entry.said, room, 9.5)
    if len(said) > MOST_LINES:
        said = [*said[: MOST_LINES - 1], said[MOST_LINES - 1][:-1] + "…"]
    parts = [*break_lines(entry.section, room, 9)[:1], *said]
    ink = GREY if entry.is_dismissed else SOFT
    decided = break_lines(write_decision(entry.decision, lang), room, 9.5)
    return [(line, ink) for line in parts if line] + [(line, LINK) for line in decided if line]


def _draw_entry(sheet: Sheet, at: int, entry: Entry, lines: Sequence[tuple[str, Colour]], lang: Lang) -> None:
    top = sheet.y - 6
    sheet.y -= 22
    ink = GREY if entry.is_dismissed else INK[entry.severity]
    sheet.write(MARGIN, 9.5, str(at + 1), SOFT)
    sheet.fill(MARGIN + 17, sheet.y - 3, 30, 13, COLOURS["dismissed" if entry.is_dismissed else _find_look(entry)])
    sheet.write(MARGIN + 22, 9.5, get_phrase(f"badge.{entry.severity}", lang))
    for line in break_lines(entry.number, ROOM - INDENT - PLACE, 11.5)[:2]:
        sheet.write(MARGIN + INDENT, 11.5, line, ink, bold=True)
        sheet.y -= 16
    if entry.spot:
        _draw_place(sheet, top - 16, get_phrase("page", lang, page=entry.spot.page))
        sheet.links.append(Link((MARGIN, sheet.y - 14 * len(lines) + 6, WIDTH - MARGIN, top), at))
    for words, colour in lines:
        sheet.write(MARGIN + INDENT, 9.5, words, colour)
        sheet.y -= 14
    sheet.y += 4
    sheet.rule()


def _find_look(entry: Entry) -> str:
    return "error" if entry.severity == "error" else "warning"


def _draw_place(sheet: Sheet, y: float, words: str) -> None:
    """The page at the right edge."""
    below, sheet.y = sheet.y, y
    sheet.write(WIDTH - MARGIN - measure(words, 9.5), 9.5, words, LINK)
    sheet.y = below


def _draw_reasons(sheets: list[Sheet], result: Result, lang: Lang) -> None:
    """Why claims could not be checked."""
    found = count_reasons(result, lang)
    if not found:
        return
    _make_room(sheets, 60)
    sheets[-1].y -= 26
    sheets[-1].write(MARGIN, 11.5, get_phrase("reasons", lang), bold=True)
    sheets[-1].y -= 4
    for reason, count in found:
        lines = break_lines(reason, ROOM - INDENT, 9.5)
        _make_room(sheets, 14.0 * len(lines) + 4)
        sheets[-1].y -= 15
        number = str(count)
        sheets[-1].write(MARGIN + INDENT - 12 - measure(number, 9.5), 9.5, number)
        for line in lines:
            sheets[-1].write(MARGIN + INDENT, 9.5, line, SOFT)
            sheets[-1].y -= 14
        sheets[-1].y += 14


def _draw_foot(sheet: Sheet, result: Result, lang: Lang) -> None:
    sheet.y = BOTTOM - 24
    words = get_phrase(
        "foot", lang, tool=f"{result.tool.name} {result.tool.version}", file=printable(result.document.name)
    )
    for line in break_lines(words, ROOM, 8)[:1]:
        sheet.write(MARGIN, 8, line, GREY)
