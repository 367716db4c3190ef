"""Decisions read back from working papers: the states and notes of their findings, as a spreadsheet saved them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import msgspec
from msgspec import UNSET, Struct

from extractor.documents.office.package import Element, Package, R
from extractor.documents.office.shown import read_column
from extractor.messages import Lang
from extractor.model import InputError
from extractor.reports.decisions import OPEN, STATES, Decision, Decisions, State
from extractor.reports.printable import printable
from extractor.reports.workbook.cells import APART
from extractor.reports.workbook.head import label_field
from extractor.reports.workbook.phrases import get_phrase

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LETTERS = re.compile("[A-Z]+")
# A character that XML has not, as spreadsheets write it.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
LANGS: tuple[Lang, ...] = get_args(Lang)
Row = tuple[int, dict[int, str]]
"""The number of a row, and its texts by the numbers of their columns, from 1."""


class _Columns(Struct, frozen=True):
    """Where the findings have what is read, and the language of their states."""

    check: int
    state: int
    note: int
    seen: int | None
    said: int | None
    lang: Lang


def read_decisions(data: bytes, name: str) -> Decisions:
    """What was decided in a workbook of working papers. Raises ``InputError``."""
    book = _Workbook(Package(data, name), name)
    facts = _read_facts(book, name)
    document = _find_fact(facts, [get_phrase("sha256", lang) for lang in LANGS])
    if not document:
        raise InputError("report.no-papers", name=name)
    made = dict(_list_decisions(book, name))
    reviewer = _find_fact(facts, [label_field("prepared", lang) for lang in LANGS])
    saved, title = (_find_fact(facts, [get_phrase(one, lang) for lang in LANGS]) for one in ("saved", "titled"))
    return Decisions("extractor-decisions/1", document, made, reviewer, saved, title)


def _read_facts(book: _Workbook, name: str) -> list[list[str]]:
    """The rows of the summary, each the texts of its cells."""
    title = book.find([get_phrase("sheet.summary", lang) for lang in LANGS])
    if title is None:
        raise InputError("report.no-papers", name=name)
    return [[*row.values()] for _, row in book.read(title)]


def _find_fact(facts: Sequence[Sequence[str]], labels: Sequence[str]) -> str:
    """What stands right of a label; nothing where the label does not stand there, or nothing beside it."""
    names = {*labels, *(name for lang in LANGS for name in _list_labels(lang))}
    for row in facts:
        for one, other in zip(row, [*row[1:], ""], strict=True):
            if one in labels:
                return "" if other in names else other
    return ""


def _list_labels(lang: Lang) -> Iterator[str]:
    yield from (label_field(name, lang) for name in ("index", "prepared", "reviewed", "date"))


def _list_decisions(book: _Workbook, name: str) -> Iterator[tuple[str, Decision]]:
    """The decisions that say anything, by the id of their check."""
    title = book.find([get_phrase("sheet.findings", lang) for lang in LANGS])
    columns: _Columns | None = None
    for number, row in book.read(title) if title else ():
        if columns is None:
            columns = _find_columns(row)
        elif check := row.get(columns.check):
            decision = Decision(_read_state(row, number, columns, name), row.get(columns.note, ""))
            if decision != OPEN:
                said = _look_up(row, columns.said).partition(APART)[0]
                yield check, _remember(decision, _look_up(row, columns.seen), said)
    if columns is None:
        raise InputError("report.no-papers", name=name)


def _look_up(row: Mapping[int, str], column: int | None) -> str:
    """The text of a column that papers need not have."""
    return "" if column is None else row.get(column, "")


def _remember(decision: Decision, seen: str, said: str) -> Decision:
    """A decision with the numbers that it was made on and what was said of them, where the papers tell these."""
    return msgspec.structs.replace(decision, seen=seen or UNSET, said=said or UNSET)


def _find_columns(row: Mapping[int, str]) -> _Columns | None:
    """The columns by their heads; None for a row that is not the heads'."""
    heads = {text: column for column, text in row.items()}
    for lang in LANGS:
        found = [heads.get(get_phrase(name, lang)) for name in ("check", "state", "note")]
        check, state, note = found
        if check and state and note:
            seen, said = (heads.get(get_phrase(name, lang)) for name in ("seen", "message"))
            return _Columns(check, state, note, seen, said, lang)
    return None


def _read_state(row: Mapping[int, str], number: int, columns: _Columns, name: str) -> State:
    """The state of a finding; one that was cleared is open. Raises ``InputError`` for any other word."""
    told = row.get(columns.state, "").strip()
    known: dict[str, State] = {get_phrase(f"state.{state}", lang): state for state in STATES for lang in LANGS}
    if not told:
        return "open"
    if told not in known:
        states = [get_phrase(f"state.{state}", columns.lang) for state in STATES]
        accepted = get_phrase("head-separator", columns.lang).join(states)
        raise InputError("report.no-state", name=name, row=number, state=printable(told), accepted=accepted)
    return known[told]


class _Workbook:
    """The sheets of a workbook as rows of text, those that a filter hides among them."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        main = package.find_main("xl/workbook.xml")
        root = package.parse(main)
        if root is None:
            raise InputError("report.no-papers", name=name)
        relations = package.read_relations(main)
        self._sheets = {
            entry.get("name", ""): relations.get(entry.get(f"{R}id") or "", ("", ""))[1]
            for entry in root.iter(f"{S}sheet")
        }
        strings = package.parse(dict(relations.values()).get("sharedStrings", ""))
        self._strings = [] if strings is None else [_read_text(item) for item in strings.iterchildren(f"{S}si")]

    def find(self, titles: Sequence[str]) -> str | None:
        """The sheet with one of some names."""
        return next((title for title in titles if title in self._sheets), None)

    def read(self, title: str) -> Iterator[Row]:
        """The rows of a sheet."""
        rows = self._package.iterate(self._sheets[title], [f"{S}row"])
        for number, row in enumerate(rows, 1):
            found = {column: self._read_cell(cell) for column, cell in _place_cells(row)}
            yield int(row.get("r") or number), {column: text for column, text in found.items() if text}

    def _read_cell(self, cell: Element) -> str:
        """The text of a cell, or its number as it is stored."""
        if cell.get("t") == "inlineStr":
            return _read_text(cell)
        value = cell.findtext(f"{S}v") or ""
        if cell.get("t") != "s":
            return _unescape(value)
        return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""


def _place_cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their columns; one that says no place stands behind the one before."""
    column = 0
    for cell in row.iterchildren(f"{S}c"):
        letters = LETTERS.match(cell.get("r", ""))
        column = read_column(letters[0]) if letters else column + 1
        yield column, cell


def _read_text(item: Element) -> str:
    """The characters of a string, without the reading aids above them."""
    texts = (text.text or "" for text in item.iter(f"{S}t") if text.getparent().tag != f"{S}rPh")
    return _unescape("".join(texts)).strip()


def _unescape(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
