"""PDF files become Documents: each page is read once, then the lines of all pages are set in order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extractor.documents import glyphs, grids, joining, layout, rows, rulings, unruled
from extractor.documents.assembly import Assembly
from extractor.documents.frame import Frame
from extractor.documents.furniture import find_furniture
from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.grids import Grid
from extractor.documents.joining import Margins, Placed
from extractor.documents.layout import Line
from extractor.documents.native import PDFIUM
from extractor.documents.rows import Row
from extractor.documents.rulings import Rulings
from extractor.model import Document, InputError, Notice

# More pages than any report has: a file that claims them was made to keep a reader busy.
MOST_PAGES = 5000


class PageContent(NamedTuple):
    """What is printed on one page, with the text upright."""

    frame: Frame
    lines: list[Line]
    tables: list[tuple[Grid, list[Row]]]
    aslant: str
    unmapped: int
    has_image: bool

    @property
    def has_text(self) -> bool:
        """Whether anything on the page can be read."""
        return bool(self.lines or self.tables)


class Source(NamedTuple):
    """What a document is read from."""

    name: str
    sha256: str
    format: str


BLANK = PageContent(Frame(0.0, 0.0, 0.0, 0.0), [], [], "", 0, False)


def read(data: bytes, name: str) -> Document:
    """The Document of a PDF's bytes: its text in reading order, with the place of every character.

    Raises ``InputError``: ``input.encrypted``, ``input.damaged``, ``input.no_text_layer``. Pages that cannot
    be read, or that are images among pages of text, are warnings.
    """
    with PDFIUM:
        count, found = _read_pages(data, name)
    if not any(found):
        raise InputError("input.damaged", name=name)
    pages = [page or BLANK for page in found]
    if not any(page.has_text for page in pages):
        raise InputError("input.no_text_layer", name=name, pages=count)
    warnings = tuple(_find_warnings(found, count, name))
    return make_document(pages, Source(name, hashlib.sha256(data).hexdigest(), "pdf"), warnings)


def _read_pages(data: bytes, name: str) -> tuple[int, list[PageContent | None]]:
    """How many pages a PDF has, and what stands on those that are read."""
    pdf = _open_pdf(data, name)
    try:
        count = len(pdf)
        return count, [_read_page(pdf, index) for index in range(min(count, MOST_PAGES))]
    finally:
        pdf.close()


def _open_pdf(data: bytes, name: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        encrypted = getattr(error, "err_code", None) in locked
        raise InputError("input.encrypted" if encrypted else "input.damaged", name=name) from None


# ── one page ─────────────────────────────────────────────────────────────────────────────────────────────


def _read_page(pdf: Any, index: int) -> PageContent | None:
    """The content of one page; None if the page cannot be read."""
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(pdf, index)
    if not page:
        return None
    text = pdfium.FPDFText_LoadPage(page)
    try:
        return _read_content(page, text) if text else None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _read_content(page: Any, text: Any) -> PageContent:
    read = glyphs.read(page, text, read_frame(page))
    drawn = rulings.read(page, read.frame) if read.upright else None
    return lay_page(read, drawn, not read.upright and _has_image(page))


def lay_page(read: Glyphs, drawn: Rulings | None, has_image: bool) -> PageContent:
    """The lines and tables that the characters of a page make up, and the lines drawn on it."""
    tables = grids.find_grids(drawn) if drawn else ()
    inside, outside = _sort_glyphs(tables, read.upright)
    lines = layout.build_lines(outside)
    if not tables and (tables := unruled.find(lines)):
        inside, outside = _sort_glyphs(tables, read.upright)
        lines = layout.build_lines(outside)
    filled = [(grid, list(rows.read_rows(grid, own))) for grid, own in zip(tables, inside, strict=True) if own]
    return PageContent(read.frame, lines, filled, read.aslant, read.unmapped, has_image)


def _sort_glyphs(
    tables: Sequence[Grid], found: Sequence[Glyph]
) -> tuple[list[dict[int, list[Glyph]]], Sequence[Glyph]]:
    """The characters of each table by the number of their cell, and those outside of tables."""
    inside: list[dict[int, list[Glyph]]] = [{} for _ in tables]
    if not tables:
        return inside, found
    outside: list[Glyph] = []
    for glyph in found:
        x0, top, x1, bottom = glyph.box
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for grid, own in zip(tables, inside, strict=True):
            cell = grid.find_cell(x, y)
            if cell is not None:
                own.setdefault(cell, []).append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def read_frame(page: Any) -> Frame:
    """The visible rectangle of a page and how it is turned, by the library's handle."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    turns = pdfium.FPDFPage_GetRotation(page) % 4
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, box.top, box.right - box.left, box.top - box.bottom, turns, turns)


def _has_image(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    pictures = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page)))
    return any(pdfium.FPDFPageObj_GetType(item) in pictures for item in objects)


# ── all pages ────────────────────────────────────────────────────────────────────────────────────────────


def make_document(pages: Sequence[PageContent], source: Source, warnings: tuple[Notice, ...]) -> Document:
    """The document of pages, in reading order."""
    aside = find_furniture([(page.frame.reading_size[1], page.lines) for page in pages])
    kept = [
        [line for index, line in enumerate(page.lines) if index not in own]
        for page, own in zip(pages, aside, strict=True)
    ]
    assembly = _assemble_pages(pages, kept)
    return Document(
        name=source.name,
        sha256=source.sha256,
        format=source.format,
        text=assembly.join_text(),
        paragraphs=tuple(assembly.paragraphs),
        pages=assembly.list_pages(),
        boxes=assembly.boxes,
        furniture=tuple(_list_aside(pages, aside)),
        ruled=tuple(assembly.tables),
        warnings=warnings,
    )


def _assemble_pages(pages: Sequence[PageContent], kept: Sequence[list[Line]]) -> Assembly:
    margins = joining.find_margins([(page.frame.reading_size[0], own) for page, own in zip(pages, kept, strict=True)])
    assembly = Assembly([page.frame for page in pages], *_measure_body(kept))
    waiting: list[Placed] = []
    for number, page in enumerate(pages):
        for item in _order_items(page, kept[number], number, margins[number]):
            if isinstance(item, Placed):
                waiting.append(item)
                continue
            _flush_lines(assembly, waiting)
            assembly.add_table(*item, number)
    _flush_lines(assembly, waiting)
    return assembly


def _flush_lines(assembly: Assembly, waiting: list[Placed]) -> None:
    for group in joining.group_lines(waiting):
        assembly.add_body(group)
    waiting.clear()


def _order_items(
    page: PageContent, kept: list[Line], number: int, margins: Margins
) -> Iterator[Placed | tuple[Grid, list[Row]]]:
    """Lines and tables of a page from top to bottom."""
    tables = list(page.tables)
    for line in kept:
        while tables and tables[0][0].ys[0] < line.middle:
            yield tables.pop(0)
        yield Placed(line, number, margins)
    yield from tables


def _measure_body(kept: Sequence[list[Line]]) -> tuple[float, bool]:
    """The size and weight of most of the narrative."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in (line for lines in kept for line in lines):
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold[line.bold] += len(line.text)
    return max(sorted(sizes), key=lambda size: sizes[size], default=0.0), bold[True] > bold[False]


def _list_aside(pages: Sequence[PageContent], aside: Sequence[set[int]]) -> Iterator[tuple[int, str]]:
    for number, (page, own) in enumerate(zip(pages, aside, strict=True), start=1):
        yield from ((number, page.lines[index].text) for index in sorted(own))
        if page.aslant:
            yield (number, page.aslant)


# ── warnings ─────────────────────────────────────────────────────────────────────────────────────────────


def _find_warnings(found: Sequence[PageContent | None], count: int, name: str) -> Iterator[Notice]:
    if count > len(found):
        yield Notice("input.pages_limited", {"name": name, "pages": count, "limit": len(found)})
    broken = [number for number, page in enumerate(found, start=1) if page is None]
    if broken:
        yield Notice("input.page_unreadable", {"name": name, "page": _shorten_numbers(broken)})
    images = [number for number, page in enumerate(found, start=1) if page and page.has_image]
    if images:
        yield Notice("input.page_without_text", {"name": name, "page": _shorten_numbers(images)})
    for number, page in enumerate(found, start=1):
        if page and page.unmapped:
            yield Notice("input.page_unmapped", {"name": name, "page": number, "count": page.unmapped})


def _shorten_numbers(numbers: Sequence[int]) -> str:
    """Ascending page numbers in short: consecutive ones as a range.

    >>> _shorten_numbers([1, 2, 3, 7])
    '1-3, 7'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)
