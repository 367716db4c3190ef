"""Excel files (.xlsx) become Documents: every sheet that is shown, its numbers as they display."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.documents.model import Document
from extractor.documents.office.displays import GENERAL, load_usual, show_number
from extractor.documents.office.package import Element, Package, R, read_number
from extractor.documents.office.sheets import Merged, Sheet, make_document
from extractor.documents.office.shown import is_printed, keep_shown, read_column
from extractor.model import InputError, Notice

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
AREA = re.compile(r"!\$([A-Z]{1,3})\$\d{1,7}:\$([A-Z]{1,3})\$\d{1,7}", re.ASCII)
# A sheet has no more.
MOST_COLUMNS = 16_384
ON = frozenset(("1", "true"))


class Book(Struct, frozen=True):
    """What the cells of a workbook refer to: its strings, the format of each style, and from when its days count."""

    strings: list[str]
    formats: list[str]
    from_1904: bool


def read(data: bytes, name: str) -> Document:
    """The Document of an Excel file's bytes; of formulas, the values that were stored with them.

    Raises ``InputError`` for what is damaged, declares entities or holds no text.
    """
    package = Package(data, name)
    main = package.find_main("xl/workbook.xml")
    root = package.parse(main)
    if root is None:
        raise InputError("input.damaged_file", name=name)
    reader = Reader(package, _read_book(package, main, root), name)
    relations, areas = package.read_relations(main), _find_areas(root)
    sheets: list[Sheet] = []
    for at, entry in enumerate(root.iter(f"{S}sheet")):
        kind, path = relations.get(entry.get(f"{R}id") or "", ("", ""))
        title = " ".join((entry.get("name") or "").split())
        if kind != "worksheet":
            continue
        if entry.get("state", "visible") != "visible":
            reader.warnings.append(Notice("input.sheet_hidden", {"name": name, "sheet": title}))
        else:
            sheets += reader.read_sheet(path, title, areas.get(str(at), []))
    return make_document(data, name, "xlsx", sheets, reader.warnings)


def _find_areas(root: Element) -> dict[str | None, list[range]]:
    """The columns of each sheet that are printed, by its place among the sheets, where that is told."""
    found: dict[str | None, list[range]] = {}
    for name in root.iter(f"{S}definedName"):
        areas = AREA.findall(name.text or "")
        if name.get("name") == "_xlnm.Print_Area" and areas:
            found[name.get("localSheetId")] = [
                range(read_column(left), read_column(right) + 1) for left, right in areas
            ]
    return found


def _read_book(package: Package, main: str, root: Element) -> Book:
    paths = dict(package.read_relations(main).values())
    properties = root.find(f"{S}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ON
    strings = package.parse(paths.get("sharedStrings", ""))
    styles = package.parse(paths.get("styles", ""))
    return Book(
        strings=[] if strings is None else [read_string(item) for item in strings.iterchildren(f"{S}si")],
        formats=[] if styles is None else _read_formats(styles),
        from_1904=from_1904,
    )


def read_string(item: Element) -> str:
    """The characters of a string, in one line and without the reading aids above them."""
    texts = (text.text or "" for text in item.iter(f"{S}t") if text.getparent().tag != f"{S}rPh")
    return " ".join("".join(texts).split())


def _read_formats(styles: Element) -> list[str]:
    """The format of numbers in each style of cells."""
    own = {one.get("numFmtId"): one.get("formatCode") or GENERAL for one in styles.iter(f"{S}numFmt")}
    codes = {**load_usual(), **own}
    return [codes.get(style.get("numFmtId"), GENERAL) for style in styles.iterfind(f"{S}cellXfs/{S}xf")]


class Reader:
    """Reads the sheets of one workbook, and keeps what there is to warn of."""

    def __init__(self, package: Package, book: Book, name: str) -> None:
        self._package, self._book, self._name = package, book, name
        self.warnings: list[Notice] = []

    def read_sheet(self, path: str, title: str, printed: Sequence[range]) -> list[Sheet]:
        """A sheet as it shows; ``printed`` are the columns of its print areas."""
        rows: dict[int, dict[int, str]] = {}
        merged: list[Merged] = []
        columns: set[int] = set()
        hidden: list[int] = []
        at = unknown = 0
        for element in self._package.iterate(path, (f"{S}col", f"{S}row", f"{S}mergeCell")):
            if element.tag == f"{S}col":
                columns.update(_read_hidden(element))
            elif element.tag == f"{S}mergeCell":
                merged += _read_merged(element)
            else:
                at = read_number(element.get("r")) or at + 1
                cells = dict(self._read_row(element))
                rows[at] = {column: text for column, text in cells.items() if text}
                if element.get("hidden") in ON:
                    hidden.append(at)
                else:
                    missing = {column for column, text in cells.items() if text is None} - columns
                    unknown += sum(is_printed(column, printed) for column in missing)
        if unknown:
            self.warnings.append(
                Notice("input.formulas_unknown", {"name": self._name, "sheet": title, "count": unknown})
            )
        sheets, told = keep_shown(Sheet(title, rows, merged, hidden), columns, printed, self._name)
        self.warnings += told
        return sheets

    def _read_row(self, row: Element) -> Iterator[tuple[int, str | None]]:
        """The texts of the cells of a row by their columns; None for a formula whose value is not stored."""
        column = 0
        for cell in row.iterchildren(f"{S}c"):
            found = REFERENCE.fullmatch(cell.get("r") or "")
            column = read_column(found[1]) if found else column + 1
            yield column, self._read_cell(cell)

    def _read_cell(self, cell: Element) -> str | None:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return read_string(cell)
        value = cell.findtext(f"{S}v")
        if not value:
            # The value of a formula may be no text at all; a number without digits is none.
            is_known = cell.find(f"{S}f") is None or (kind == "str" and value is not None)
            return "" if is_known else None
        if kind == "s":
            return _take(self._book.strings, value, "")
        if kind == "n":
            return show_number(value.strip(), self._find_format(cell.get("s")), self._book.from_1904)
        return " ".join(value.split())

    def _find_format(self, style: str | None) -> str:
        return _take(self._book.formats, style or "0", GENERAL)


def _take(entries: Sequence[str], number: str, missing: str) -> str:
    """The entry that a cell refers to by its number."""
    at = read_number(number)
    return entries[at] if at is not None and at < len(entries) else missing


def _read_hidden(column: Element) -> range:
    """The columns that an entry hides."""
    if column.get("hidden") not in ON:
        return range(0)
    return range(read_number(column.get("min")) or 1, min(read_number(column.get("max")) or 0, MOST_COLUMNS) + 1)


def _read_merged(element: Element) -> Iterator[Merged]:
    """The rows and columns of a merged cell."""
    ends = [REFERENCE.fullmatch(end) for end in (element.get("ref") or "").split(":")]
    first, last = ends[0], ends[-1]
    if first and last:
        yield int(first[2]), read_column(first[1]), int(last[2]), read_column(last[1])
