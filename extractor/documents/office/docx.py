"""Word files (.docx) become Documents: the text as Word displays it, with its changes accepted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from extractor.documents import lines as words
from extractor.documents import tabular
from extractor.documents.elements import Cell, Writer, explain_empty
from extractor.documents.furniture import is_page_number
from extractor.documents.listed_forms import mark_cells
from extractor.documents.model import Document, Paragraph
from extractor.documents.office.blocks import Blocks, Line, Slot, list_rows
from extractor.documents.office.looks import Styles, W
from extractor.documents.office.numbering import Numbering
from extractor.documents.office.package import Element, Package
from extractor.documents.text import join_wrapped
from extractor.model import InputError, Notice

# How much larger than the body (as a ratio) is large.
LARGER = 1.1
# The parts beside the text, by what relations call them.
PARTS = ("styles", "numbering", "footnotes", "endnotes")
# What the programs of formulas are called, which are no files. With fewer characters a text is a title of its pictures.
FORMULA = "Equation"
FEW_WORDS = 100


def read(data: bytes, name: str) -> Document:
    """The Document of a Word file's bytes; headers and footers are no part of it.

    Raises ``InputError`` for what is damaged, declares entities or holds no text.
    """
    package = Package(data, name)
    main = package.find_main("word/document.xml")
    root = package.parse(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise InputError("input.damaged_file", name=name)
    parts = _read_parts(package, main)
    blocks = Blocks(Styles(parts["styles"]), Numbering(parts["numbering"]), _find_notes(parts))
    composed = Composer(blocks).compose(body)
    told = [*composed.warn(name), *blocks.warn(name)]
    if not composed.text and blocks.pictures:
        raise InputError("input.office_pictures", name=name, type="DOCX")
    if not composed.text:
        raise explain_empty(told, name)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="docx",
        text=composed.text,
        paragraphs=tuple(mark_cells(list(join_wrapped(composed.text, list(_mark_rows(composed)))))),
        ruled=composed.tables,
        warnings=(*told, *_warn(body, blocks, composed.text, name)),
    )


def _warn(body: Element, blocks: Blocks, text: str, name: str) -> Iterator[Notice]:
    """What is told of files that are embedded in the text, and of pictures beside next to none."""
    objects = list(body.iter("{*}OLEObject"))
    files = [*(one for one in objects if not one.get("ProgID", "").startswith(FORMULA)), *body.iter(f"{W}altChunk")]
    if files:
        yield Notice("input.office_embedded", {"name": name, "count": len(files)})
    elif blocks.pictures and not objects and len(text) < FEW_WORDS:
        yield Notice("input.office_few_words", {"name": name})


def _read_parts(package: Package, main: str) -> dict[str, Element | None]:
    """The parts beside the text; None for those that the file lacks."""
    paths = dict(package.read_relations(main).values())
    return {kind: package.parse(paths[kind]) if kind in paths else None for kind in PARTS}


def _find_notes(parts: dict[str, Element | None]) -> dict[tuple[str, str], Element]:
    """The notes of a file by their kind and id."""
    found: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        root = parts[f"{kind}s"]
        for note in () if root is None else root.iter(f"{W}{kind}"):
            found[kind, note.get(f"{W}id") or ""] = note
    return found


def _mark_rows(composed: Writer) -> Iterator[Paragraph]:
    """The paragraphs; those that are rows of a table set with tab stops are told as such."""
    paragraphs, text = composed.paragraphs, composed.text
    ends = [paragraph.end if paragraph.kind == "body" else paragraph.start for paragraph in paragraphs]
    lines = [
        tabular.Line(paragraph.start, end, end - paragraph.start, False, False)
        for paragraph, end in zip(paragraphs, ends, strict=True)
    ]
    for paragraph, kind in zip(paragraphs, tabular.sort_lines(text, lines), strict=True):
        yield msgspec.structs.replace(paragraph, kind="row") if kind == "row" else paragraph


class Composer:
    """Writes blocks down, once it is known how most of the text is set."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._writer = Writer()
        # Tables within the cells of others, which follow the outermost one.
        self._nested: list[list[list[Cell]]] = []

    def compose(self, body: Element) -> Writer:
        """Everything in the body of a file."""
        read = list(self._read(body))
        size, bold = _find_body_look(read)
        for item in read:
            if isinstance(item, Line) and _is_page_number(item.text):
                continue
            if isinstance(item, Line):
                is_large = item.headed or item.size > LARGER * size or (item.bold and not bold)
                self._writer.write_paragraph(item.text, large=is_large, centered=item.centered)
            else:
                self._writer.write_table(item)
        return self._writer

    def _read(self, parent: Element) -> Iterator[Line | list[list[Cell]]]:
        """The lines and tables in an element; a table of one column is a frame around what stands in it."""
        for block in self._blocks.read(parent):
            yield from block.lines
            if block.table is not None:
                yield from self._read_table(block.table)

    def _read_table(self, table: Element) -> Iterator[Line | list[list[Cell]]]:
        rows = list_rows(table)
        if all(len(row) < 2 for row in rows):
            for slot in _list_cells(rows):
                yield from self._read(slot)
            return
        yield self._read_rows(rows)
        nested, self._nested = self._nested, []
        yield from nested

    def _read_rows(self, rows: Sequence[Sequence[Slot]]) -> list[list[Cell]]:
        """The cells of a table with the rows and columns that they cover."""
        reach = _count_rows(rows)
        made: list[list[Cell]] = []
        for at, row in enumerate(rows):
            cells = []
            for column, slot in _place_slots(row):
                if (at, column) in reach:
                    cells.append(Cell(self._read_cell(slot.element), reach[at, column], slot.colspan))
            made.append(cells)
        return made

    def _read_cell(self, cell: Element | None) -> str:
        """The text of a cell in one line; a table within it is kept for later."""
        text = ""
        for block in () if cell is None else self._blocks.read(cell):
            for line in block.lines:
                text = _join(text, " ".join(line.text.split()))
            if block.table is not None:
                text = self._add_nested(list_rows(block.table), text)
        return text

    def _add_nested(self, rows: Sequence[Sequence[Slot]], text: str) -> str:
        """Keep a table within a cell; one of a single column is part of the cell's ``text``, which is given back."""
        if all(len(row) < 2 for row in rows):
            for cell in _list_cells(rows):
                text = _join(text, self._read_cell(cell))
        else:
            self._nested.append(self._read_rows(rows))
        return text


def _is_page_number(line: str) -> bool:
    """Whether a line is a page's number between marks, left over from a PDF; digits alone may be a value.

    >>> _is_page_number("— 5 —"), _is_page_number("5")
    (True, False)
    """
    return not line[:1].isdecimal() and is_page_number(line)


def _join(text: str, following: str) -> str:
    """The paragraphs of a cell in one line: parted where they are sentences, items or two words."""
    if text and following and _is_parted(text, following):
        return f"{text} {following}"
    return text + following


def _is_parted(text: str, following: str) -> bool:
    """Whether two paragraphs are sentences, items or two words, rather than one label in two lines."""
    if words.ends_sentence(text) or words.is_marked(following):
        return True
    return words.needs_space(text[-1], following[0])


def _list_cells(rows: Sequence[Sequence[Slot]]) -> Iterator[Element]:
    """The elements of all cells."""
    for row in rows:
        for slot in row:
            if slot.element is not None:
                yield slot.element


def _place_slots(row: Sequence[Slot]) -> Iterator[tuple[int, Slot]]:
    """The cells of a row with their first columns."""
    column = 0
    for slot in row:
        yield column, slot
        column += slot.colspan


def _count_rows(rows: Sequence[Sequence[Slot]]) -> dict[tuple[int, int], int]:
    """How many rows each cell covers, by its row and column; what goes on from above is part of the cell there."""
    found: dict[tuple[int, int], int] = {}
    above: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        here: dict[tuple[int, int], int] = {}
        for column, slot in _place_slots(row):
            place = column, slot.colspan
            here[place] = above[place] if slot.continues and place in above else at
            found[here[place], column] = at - here[place] + 1
        above = here
    return found


def _find_body_look(read: Sequence[Line | list[list[Cell]]]) -> tuple[int, bool]:
    """The size in which most characters are set, and whether most of them are bold."""
    sizes: Counter[int] = Counter()
    bold = 0
    for item in read:
        if isinstance(item, Line):
            sizes[item.size] += len(item.text)
            bold += len(item.text) if item.bold else -len(item.text)
    most = max(sizes.items(), key=lambda pair: (pair[1], -pair[0]), default=(0, 0))
    return most[0], bold > 0
