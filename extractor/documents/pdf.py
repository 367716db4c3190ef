"""PDF files become Documents: each page is read once, then the lines of all pages are set in order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from extractor.documents import (
    carried,
    enclosures,
    glyphs,
    grids,
    inks,
    joining,
    layout,
    loading,
    notes,
    ocr,
    placing,
    rows,
    rulings,
    sides,
    tiles,
    unruled,
)
from extractor.documents.assembly import Assembly, Sheet, measure_body
from extractor.documents.carried import Carried
from extractor.documents.content import BLANK, HEAVY, SURE, PageContent
from extractor.documents.frame import read_frame
from extractor.documents.furniture import find_furniture
from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.grids import Grid
from extractor.documents.joining import Margins, Placed
from extractor.documents.layout import Line
from extractor.documents.native import PDFIUM
from extractor.documents.objects import list_page
from extractor.documents.ocr.layer import Layer, judge_layer
from extractor.documents.parts import Read
from extractor.documents.rows import Row
from extractor.documents.rulings import Rulings
from extractor.documents.telling import find_warnings
from extractor.model import Box, Document, InputError, Notice, Page
from extractor.sweeping import unswept

if TYPE_CHECKING:
    from extractor.documents.ocr.page import Reading

# A table between lines between columns has a head and so many rows at least.
FEWEST_ROWS = 2
# More pages than any report has: a file that claims them was made to keep a reader busy.
MOST_PAGES = 5000
# A page that is text in part is taken from its picture if that has more than so many times the characters.
MORE = 1.2


class Source(NamedTuple):
    """What a document is read from."""

    name: str
    sha256: str
    format: str


def read(data: bytes, name: str, read_part: Read | None = None) -> Document:
    """The Document of a PDF's bytes: its text in reading order, with the place of every character.

    Pages whose text layer cannot be used are recognised where that is installed. Reports that the PDF carries become
    parts of the document by ``read_part``; without it they are named. Raises ``InputError``:
    ``input.encrypted``, ``input.damaged``, and where no page can be read. Single pages that cannot be read, and those
    that were recognised, are warnings.
    """
    source = Source(name, hashlib.sha256(data).hexdigest(), "pdf")
    with PDFIUM:
        count, found, files = _read_pages(data, source)
    if not any(found):
        raise InputError("input.damaged", name=name)
    found = _recognise_pages(data, found)
    pages = [page or BLANK for page in found]
    parts, told = carried.read_reports(files, name, read_part)
    if not parts and not any(page.has_text for page in pages):
        raise InputError(_name_reason(pages), name=name, pages=count)
    document = make_document(pages, source, (*told, *find_warnings(found, count, name)))
    return carried.join_reports(document, parts)


def _name_reason(pages: Sequence[PageContent]) -> str:
    """Why a document has nothing to be read."""
    layers = {page.layer for page in pages}
    if Layer.NONE in layers:
        return "input.no_text_layer"
    if Layer.HEAVY in layers:
        return "input.heavy"
    return "input.nothing_recognised" if Layer.RECOGNISED in layers else "input.blank"


def _read_pages(data: bytes, source: Source) -> tuple[int, list[PageContent | None], Carried]:
    """How many pages a PDF has, what stands on those that are read, and the files that it carries."""
    pdf = _open_pdf(data, source.name)
    try:
        count = len(pdf)
        has_layers = inks.may_have_layers(data)
        pinned: list[Any] = []
        pages = range(min(count, MOST_PAGES))
        found = [_read_page(pdf, source.sha256, index, has_layers, pinned) for index in pages]
        return count, found, carried.take_files(pdf, source.name, source.sha256, pinned)
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


@unswept()
def _read_page(pdf: Any, sha256: str, index: int, has_layers: bool, pinned: list[Any]) -> PageContent | None:
    """The content of one page; None if the page cannot be read. The files of the page are added to those ``pinned``."""
    import pypdfium2.raw as pdfium

    try:
        page, text = loading.load_page(pdf, sha256, index)
    except loading.HeavyPageError:
        return HEAVY
    if not page:
        return None
    try:
        pinned += carried.list_pinned(page)
        return _read_content(page, text, has_layers) if text else None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _read_content(page: Any, text: Any, has_layers: bool) -> PageContent:
    objects = list_page(page)
    read = glyphs.read(page, text, read_frame(page), inks.list_looks(objects, has_layers))
    layer = judge_layer(page, read)
    written = read if layer in (Layer.NONE, Layer.PARTIAL) else None
    if layer is Layer.NONE:
        return BLANK._replace(frame=read.frame, layer=layer, written=written)
    drawn = rulings.read(objects, read.frame) if read.upright else Rulings((), ())
    return lay_page(read, drawn, layer)._replace(written=written)


def lay_page(read: Glyphs, drawn: Rulings, layer: Layer, sureness: Mapping[Box, float] = SURE) -> PageContent:
    """The lines and tables that the characters of a page make up, and the lines drawn on it.

    ``sureness`` is, for characters that were recognised, how surely: from 0 to 1, by their boxes.
    """
    tables = grids.find_grids(drawn)
    tables = tuple(sorted((*tables, *tiles.find_tiled(drawn.filled, tables, read.upright)), key=grids.read_top))
    inside, outside = placing.sort_glyphs(tables, read.upright)
    lines = layout.build_lines(outside)
    columns = [grid for grid in enclosures.find_columns(lines, drawn.vertical) if _has_rows(grid, outside, drawn)]
    if columns:
        _, outside = placing.sort_glyphs(columns, outside)
        lines = layout.build_lines(outside)
    areas = sides.part_page(lines, outside, drawn)
    parted = [unruled.find(area.lines, area.drawn) for area in areas]
    bodies = tuple(chain.from_iterable(part.grids for part in parted))
    if columns or bodies:
        tables = tuple(grids.join_heads((*tables, *columns), bodies))
        inside, outside = placing.sort_glyphs(tables, read.upright)
    if bodies:
        areas = sides.part_page(layout.build_lines(outside), outside, drawn)
    lines = list(chain.from_iterable(area.lines for area in areas))
    filled = [rows.fill_grid(grid, own, drawn.vertical) for grid, own in zip(tables, inside, strict=True) if own]
    torn = sum(part.torn for part in parted)
    page = PageContent(read.frame, lines, filled, read.aslant, read.unmapped, layer, sureness)
    return page._replace(hidden=read.hidden, sideways=read.sideways, torn=torn)


def _has_rows(grid: Grid, found: Sequence[Glyph], drawn: Rulings) -> bool:
    """Whether what stands between lines between columns is a table: a head and rows."""
    (inside,), _ = placing.sort_glyphs([grid], found)
    return len(rows.fill_grid(grid, inside, drawn.vertical)[1]) > FEWEST_ROWS


def _recognise_pages(data: bytes, found: Sequence[PageContent | None]) -> list[PageContent | None]:
    """The pages, those without a usable text layer as they are recognised, where that can be done."""
    pages = list(found)
    wanted = [(at, page, page.written) for at, page in enumerate(pages) if page and page.written]
    if wanted and ocr.is_ready():
        readings = ocr.read_pages(data, [at for at, _, _ in wanted])
        for (at, page, written), reading in zip(wanted, readings, strict=True):
            pages[at] = _choose_content(page, written, reading) if reading else page
    return pages


def _choose_content(page: PageContent, written: Glyphs, reading: Reading) -> PageContent:
    """A page as its text layer has it if that is all there is to see, else as it was recognised."""
    from extractor.documents.ocr.blend import count_readable, put_written

    if page.has_text and count_readable(reading.read) <= MORE * count_readable(written):
        return page._replace(layer=Layer.GOOD)
    seen = put_written(reading, written)
    return lay_page(seen.read, seen.rulings, Layer.RECOGNISED, seen.sureness)


# ── all pages ────────────────────────────────────────────────────────────────────────────────────────────


@unswept()
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
        pages=_name_sources(assembly.list_pages(), pages),
        boxes=assembly.boxes,
        furniture=tuple(_list_aside(pages, aside)),
        ruled=tuple(assembly.tables),
        doubts=tuple(assembly.doubts),
        warnings=warnings,
    )


def _name_sources(pages: Sequence[Page], read: Sequence[PageContent]) -> tuple[Page, ...]:
    """The pages, those that were recognised marked as such."""
    return tuple(
        msgspec.structs.replace(page, source="ocr") if content.layer is Layer.RECOGNISED else page
        for page, content in zip(pages, read, strict=True)
    )


def _assemble_pages(pages: Sequence[PageContent], kept: Sequence[list[Line]]) -> Assembly:
    across = [[line for line in own if not line.column] for own in kept]
    margins = joining.find_margins([(page.frame.reading_size[0], own) for page, own in zip(pages, across, strict=True)])
    body = measure_body(kept)
    assembly = Assembly([Sheet(page.frame, page.sureness) for page in pages], *body)
    waiting: list[Placed] = []
    for number, page in enumerate(pages):
        for item in _order_items(page, kept[number], number, margins[number]):
            if isinstance(item, Placed):
                waiting.append(item)
                continue
            _flush_lines(assembly, waiting, body[0])
            assembly.add_table(*item, number)
    _flush_lines(assembly, waiting, body[0])
    return assembly


def _flush_lines(assembly: Assembly, waiting: list[Placed], size: float) -> None:
    for group in notes.group_lines(waiting, size):
        assembly.add_body(group)
    waiting.clear()


def _order_items(
    page: PageContent, kept: list[Line], number: int, margins: Margins
) -> Iterator[Placed | tuple[Grid, list[Row]]]:
    """Lines and tables of a page from top to bottom."""
    tables = list(page.tables)
    for line in kept:
        above = [table for table in tables if table[0].ys[0] < line.middle and _is_in_column(table[0], line)]
        yield from above
        tables = [table for table in tables if table not in above] if above else tables
        yield Placed(line, number, Margins(*line.column) if line.column else margins)
    yield from tables


def _is_in_column(grid: Grid, line: Line) -> bool:
    """Whether a table stands in the column of a line, or the line in none."""
    return not line.column or (grid.xs[0] < line.column[1] and line.column[0] < grid.xs[-1])


def _list_aside(pages: Sequence[PageContent], aside: Sequence[set[int]]) -> Iterator[tuple[int, str]]:
    for number, (page, own) in enumerate(zip(pages, aside, strict=True), start=1):
        yield from ((number, page.lines[index].text) for index in sorted(own))
        if page.aslant:
            yield (number, page.aslant)
