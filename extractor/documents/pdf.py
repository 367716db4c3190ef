"""PDF files become Documents: each page is read once, then the lines of all pages are set in order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor import progress
from extractor.documents import carried, fonts, glyphs, inks, loading, notes, ocr, rulings
from extractor.documents.assembly import Assembly, Sheet, measure_body
from extractor.documents.carried import Carried
from extractor.documents.content import BLANK, HEAVY, PageContent
from extractor.documents.frame import read_frame
from extractor.documents.furniture import find_furniture
from extractor.documents.glyphs import Glyphs
from extractor.documents.joining import Placed
from extractor.documents.laying import add_turned, lay_page, set_aside
from extractor.documents.layout import Line
from extractor.documents.model import Document
from extractor.documents.native import PDFIUM, begin_library
from extractor.documents.objects import has_flat, list_page
from extractor.documents.ocr.layer import Layer, judge_layer
from extractor.documents.ordering import Tabled, order_pages
from extractor.documents.parts import Read
from extractor.documents.rulings import Rulings
from extractor.documents.telling import find_warnings
from extractor.model import InputError, Notice, Page
from extractor.sweeping import unswept

if TYPE_CHECKING:
    from extractor.documents.ocr.page import Reading

# More pages than any report has: a file that claims them was made to keep a reader busy.
MOST_PAGES = 5000
# A page that is text in part is taken from its picture if that has more than so many times the characters.
MORE = 1.2


class Source(Struct, frozen=True):
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


@unswept()
def _read_pages(data: bytes, source: Source) -> tuple[int, list[PageContent | None], Carried]:
    """How many pages a PDF has, what stands on those that are read, and the files that it carries."""
    pdfium = begin_library()
    pdf = _open_pdf(data, source.name)
    try:
        count = int(pdfium.FPDF_GetPageCount(pdf))
        has_layers = inks.may_have_layers(data)
        pinned: list[Any] = []
        pages = range(min(count, MOST_PAGES))
        found = []
        for index in pages:
            progress.tell("read", index, len(pages))
            found.append(_read_page(pdf, source.sha256, index, has_layers, pinned))
        progress.tell("read", len(pages), len(pages))
        return count, found, carried.take_files(pdf, source.name, (source.sha256, count), pinned)
    finally:
        pdfium.FPDF_CloseDocument(pdf)


def _open_pdf(data: bytes, name: str) -> Any:
    """The library's handle of a PDF, which is read from ``data`` until it is closed."""
    pdfium = begin_library()
    fonts.install_boxes()
    pdf = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not pdf:
        locked = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        encrypted = pdfium.FPDF_GetLastError() in locked
        raise InputError("input.encrypted" if encrypted else "input.damaged", name=name)
    return pdf


# ── one page ─────────────────────────────────────────────────────────────────────────────────────────────


def _read_page(pdf: Any, sha256: str, index: int, has_layers: bool, pinned: list[Any]) -> PageContent | None:
    """The content of one page; None if the page cannot be read. The files of the page are added to those ``pinned``."""
    import pypdfium2_raw as pdfium

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
        return replace(BLANK, frame=read.frame, layer=layer, written=written)
    drawn = rulings.read(objects, read.frame) if read.upright else Rulings((), ())
    content = replace(lay_page(read, drawn, layer), written=written)
    if not read.turned and read.frame.is_upright:
        return content
    if has_flat(objects):
        return set_aside(content, read.turned)
    return add_turned(content, [(own, rulings.read(objects, own.frame)) for own in read.turned])


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
        return replace(page, layer=Layer.GOOD)
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
    turned = [(number, own) for number, page in enumerate(pages) for own in page.turned]
    sheets = [Sheet(page.frame, page.sureness, number) for number, page in (*enumerate(pages), *turned)]
    body = measure_body(kept)
    assembly = Assembly(sheets, *body)
    waiting: list[Placed] = []
    for item in order_pages(pages, kept):
        if waiting and (isinstance(item, Tabled) or len(pages) <= max(item.page, waiting[-1].page) != waiting[-1].page):
            _flush_lines(assembly, waiting, body[0])
        if isinstance(item, Placed):
            waiting.append(item)
        else:
            assembly.add_table(*item)
    _flush_lines(assembly, waiting, body[0])
    return assembly


def _flush_lines(assembly: Assembly, waiting: list[Placed], size: float) -> None:
    for group in notes.group_lines(waiting, size):
        assembly.add_body(group)
    waiting.clear()


def _list_aside(pages: Sequence[PageContent], aside: Sequence[set[int]]) -> Iterator[tuple[int, str]]:
    for number, (page, own) in enumerate(zip(pages, aside, strict=True), start=1):
        yield from ((number, page.lines[index].text) for index in sorted(own))
        if page.aslant:
            yield (number, page.aslant)
