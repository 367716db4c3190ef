"""A PDF with the claims of its result marked: highlights coloured by how a claim stands, each with a note.

In front stand the findings, each with a link to its place, and bookmarks lead to them too. The original's bytes stay as
they are; all else is added behind them, as an incremental update of the file.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from extractor import progress
from extractor.documents.frame import Frame, read_frame
from extractor.documents.loading import HeavyPageError, bounded
from extractor.documents.native import PDFIUM
from extractor.messages import Lang
from extractor.model import Box, InputError, Result
from extractor.reports.decisions import Decisions, make_empty
from extractor.reports.files.targets import replacing
from extractor.reports.marked_pdf.assembly import Front, assemble
from extractor.reports.marked_pdf.entries import get_phrase, list_entries
from extractor.reports.marked_pdf.front import draw_front
from extractor.reports.marked_pdf.notes import COLOURS, Mark, find_marks, write_summary
from extractor.reports.printable import printable
from extractor.reports.printed import Glyph, read_glyphs

# The place of the note with the summary on the first page: the edge of its square and its distance from the corner.
ICON, MARGIN = 20.0, 12.0
# The identifiers of a file in its trailer.
FILE_ID = re.compile(rb"/ID\s*\[\s*(<[0-9A-Fa-f]*>)\s*<[0-9A-Fa-f]*>\s*\]")
# Where a file says that its last table of objects begins, and such a table where it is a stream without its type.
TABLE_AT = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
UNTYPED = re.compile(rb"\d+ \d+ obj\s*<<(?!(?:(?!stream).)*?/Type\s*/XRef\b)", re.DOTALL)
END = 64  # so many bytes at the end of a file hold that place
PRINTED = 4  # the flag of annotations that are printed too


def write(
    result: Result, source: bytes, target: Path | BinaryIO, lang: Lang = "zh", decisions: Decisions | None = None
) -> None:
    """Writes the marked PDF; ``source`` are the bytes of the PDF that ``result`` was made from.

    Raises ``InputError`` for another document, ``OutputError``.
    """
    made = encode(result, source, lang, decisions)
    if not isinstance(target, Path):
        target.write(made)
        return
    with replacing(target) as file:
        file.write(made)


class Marked(Struct, frozen=True):
    """The bytes of a marked PDF, and whether its findings stand in front of it."""

    data: bytes
    has_front: bool


def encode(result: Result, source: bytes, lang: Lang = "zh", decisions: Decisions | None = None) -> bytes:
    """The bytes of the marked PDF."""
    return mark(result, source, lang, decisions).data


def mark(result: Result, source: bytes, lang: Lang = "zh", decisions: Decisions | None = None) -> Marked:
    """The marked PDF; without findings in front where it is encrypted or damaged. Raises ``InputError``."""
    if hashlib.sha256(source).hexdigest() != result.document.sha256 or result.document.format != "pdf":
        raise InputError("report.not-the-pdf", name=printable(result.document.name))
    decided = decisions or make_empty(result)
    front = Front(draw_front(result, lang, decided), list_entries(result, lang, decided), lang)
    pages: defaultdict[int, list[Mark]] = defaultdict(list)
    for entry in front.entries:
        pages[entry.spot.page if entry.spot else 1] = []
    for found in find_marks(result, lang, decided):
        pages[found.page].append(found)
    with PDFIUM:
        marked, frames = _mark(source, pages, result, lang)
    whole = assemble(source, marked, front, frames)
    return Marked(name_by_content(source, whole or marked), whole is not None)


def _mark(source: bytes, pages: dict[int, list[Mark]], result: Result, lang: Lang) -> tuple[bytes, dict[int, Frame]]:
    """The PDF with its marks as the library writes them, and the frames of the pages that have any."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(source)
    try:
        frames = _mark_pages(pdf, pages, result, lang)
        out = io.BytesIO()
        pdf.save(out, flags=pypdfium2.raw.FPDF_INCREMENTAL)
        return name_table(out.getvalue()), frames
    finally:
        pdf.close()


def name_table(made: bytes) -> bytes:
    """``made`` with the type of its last table of objects, where that is a stream.

    The library leaves it out behind a file whose own table is a stream, and most readers then refuse the table. No
    object moves: nothing but the end of the file stands behind the table.
    """
    place = TABLE_AT.search(made, max(len(made) - END, 0))
    table = UNTYPED.match(made, int(place[1])) if place else None
    return made[: table.end()] + b"/Type/XRef" + made[table.end() :] if table else made


def name_by_content(source: bytes, made: bytes) -> bytes:
    """``made`` with the identifiers that were drawn by lot for this version replaced by a digest of what it holds.

    So one input gives the same bytes every time. ``made`` begins with ``source``, whose own identifier stays: it is
    part of what an encrypted file is read with.
    """
    added = made[len(source) :]
    trailer = max(FILE_ID.finditer(added), key=re.Match.start, default=None)
    if trailer is None:
        return made
    digest = b"<%s>" % hashlib.md5(added[: trailer.start()], usedforsecurity=False).hexdigest().upper().encode()
    first = trailer[1] if b"/ID" in source else digest
    named = b"/ID[%s%s]" % (first, digest)
    return source + added[: trailer.start()] + named + added[trailer.end() :]


def _mark_pages(pdf: Any, pages: dict[int, list[Mark]], result: Result, lang: Lang) -> dict[int, Frame]:
    """Marks the pages that can be loaded, and gives their frames; the summary stands on the first of them."""
    import pypdfium2

    frames: dict[int, Frame] = {}
    waiting = True
    for number in range(1, len(pdf) + 1):
        progress.tell("marked", number - 1, len(pdf))
        if not (waiting or number in pages):
            continue
        with suppress(pypdfium2.PdfiumError, HeavyPageError):
            with bounded(result.document.sha256, number - 1):
                page = pdf[number - 1]
            frame = frames[number] = read_frame(page)
            if waiting:
                _summarise(page, frame, write_summary(result, lang), lang)
            marks = pages.get(number, ())
            glyphs = [*read_glyphs(page)] if any(mark.is_cell for mark in marks) else []
            for mark in marks:
                _highlight(page, frame, tighten(mark, glyphs), lang)
            page.close()
            waiting = False
    return frames


def tighten(mark: Mark, glyphs: Sequence[Glyph]) -> Mark:
    """The mark of a cell around what is printed in it alone; of a scan, where nothing is, the cell itself."""
    if not mark.is_cell:
        return mark
    (frame,) = mark.boxes
    inside = [box for _, box in glyphs if _is_inside(box, frame)]
    if not inside:
        return mark
    x0, top, x1, bottom = zip(*inside, strict=True)
    return msgspec.structs.replace(mark, boxes=((min(x0), min(top), max(x1), max(bottom)),))


def _is_inside(box: Box, frame: Box) -> bool:
    """Whether the middle of a box is within a frame."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _highlight(page: Any, frame: Frame, mark: Mark, lang: Lang) -> None:
    import pypdfium2.raw as pdfium

    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    corners = [_find_corners(frame, box) for box in mark.boxes]
    for four in corners:
        points = pdfium.FS_QUADPOINTSF(*(edge for corner in four for edge in corner))
        pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, points)
    _set_look(annotation, [corner for four in corners for corner in four], COLOURS[mark.look])
    _set_texts(annotation, {"Contents": mark.note, "Subj": mark.subject, "T": get_phrase("author", lang)})
    pdfium.FPDFPage_CloseAnnot(annotation)


def _summarise(page: Any, frame: Frame, note: str, lang: Lang) -> None:
    """The note in the corner of the first page."""
    import pypdfium2.raw as pdfium

    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_TEXT)
    corner = (MARGIN, MARGIN, MARGIN + ICON, MARGIN + ICON)
    _set_look(annotation, _find_corners(frame, corner), COLOURS["warning"])
    _set_texts(annotation, {"Contents": note, "T": get_phrase("author", lang)})
    pdfium.FPDFPage_CloseAnnot(annotation)


def _find_corners(frame: Frame, box: Box) -> list[tuple[float, float]]:
    """The corners of a box on the page as displayed, in the page's coordinates, in the order of quad points.

    Upper left, upper right, lower left, lower right: by it viewers know which way the text runs.
    """
    x0, top, x1, bottom = box
    return [frame.to_page(x, y) for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom))]


def _set_look(annotation: Any, corners: Sequence[tuple[float, float]], colour: tuple[int, int, int]) -> None:
    """Its rectangle around all corners, its colour, and that it is printed."""
    import pypdfium2.raw as pdfium

    across, up = [x for x, _ in corners], [y for _, y in corners]
    rectangle = pdfium.FS_RECTF(min(across), max(up), max(across), min(up))
    pdfium.FPDFAnnot_SetRect(annotation, rectangle)
    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, 255)
    pdfium.FPDFAnnot_SetFlags(annotation, PRINTED)


def _set_texts(annotation: Any, texts: dict[str, str]) -> None:
    import pypdfium2.raw as pdfium

    for key, text in texts.items():
        wide = pdfium.FPDF_WCHAR * (len(text.encode("utf-16-le", "replace")) // 2 + 1)
        buffer = wide.from_buffer_copy(text.encode("utf-16-le", "replace") + b"\0\0")
        pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), buffer)
