"""What is added to a PDF: the marks as objects of their own, the pages of findings in front, and bookmarks to them."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from extractor.documents.frame import Frame
from extractor.messages import Lang
from extractor.reports.marked_pdf.drawing import HEIGHT, WIDTH, Link, Sheet
from extractor.reports.marked_pdf.entries import Entry, get_phrase

# The width and height of the window of a note.
POPUP = (220.0, 120.0)
# So much of a page is shown above the number that a link leads to.
ABOVE = 120.0
# The standard font of the collection GB1.
CHINESE = "STSong-Light"


class Front(Struct, frozen=True):
    """What stands in front of a document: pages as drawn, and the entries that they and the bookmarks lead to."""

    sheets: Sequence[Sheet]
    entries: Sequence[Entry]
    lang: Lang


def assemble(source: bytes, made: bytes, front: Front, frames: Mapping[int, Frame]) -> bytes | None:
    """The marks of ``made`` as objects of their own, each with its pop-up window, added to ``source``; then the front.

    ``made`` has the marks within its pages, where some viewers do not see them; ``frames`` are those of its pages by
    number. None where it cannot be taken apart: where it is encrypted, or damaged in a way that only its first reader
    gets over.
    """
    from pypdf import PdfReader, PdfWriter

    # What it has to say of a file is for the one who set up logging, not for the terminal.
    if not (logger := logging.getLogger("pypdf")).handlers:
        logger.addHandler(logging.NullHandler())
    try:
        writer = PdfWriter(io.BytesIO(source), incremental=True)
        for page in PdfReader(io.BytesIO(made)).pages:
            for annotation in page.get("/Annots") or ():
                if isinstance(annotation, dict) and annotation["/Subtype"] == "/Highlight":
                    _add_mark(writer, page.page_number or 0, annotation)
        _add_front(writer, front, frames)
        out = io.BytesIO()
        writer.write(out)
    except Exception:
        # It stops at a damaged file in any way it likes, and the marks are there already.
        return None
    return out.getvalue()


def _add_mark(writer: Any, number: int, annotation: Any) -> None:
    """An annotation with the window that its note pops up in, beside it."""
    from pypdf.annotations import Popup

    added = writer.add_annotation(number, annotation.clone(writer, force_duplicate=True))
    _, _, x1, y1 = (float(edge) for edge in added["/Rect"])
    window = (x1, y1 - POPUP[1], x1 + POPUP[0], y1)
    writer.add_annotation(number, Popup(rect=window, parent=added, open=False))


def _add_front(writer: Any, front: Front, frames: Mapping[int, Frame]) -> None:
    """The pages of findings, with links; the pages behind them keep their numbers."""
    targets = [_find_target(writer, entry, frames) for entry in front.entries]
    fonts = _make_fonts(writer)
    for at, sheet in enumerate(front.sheets):
        _add_sheet(writer, at, sheet, fonts, targets)
    writer.set_page_label(0, len(front.sheets) - 1, prefix=get_phrase("front", front.lang), start=1, style="/D")
    if len(writer.pages) > len(front.sheets):
        writer.set_page_label(len(front.sheets), len(writer.pages) - 1, start=1, style="/D")
    _add_bookmarks(writer, front, targets)


def _find_target(writer: Any, entry: Entry, frames: Mapping[int, Frame]) -> Any:
    """Where an entry stands, as a destination; None where that is not known."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NullObject

    if entry.spot is None or entry.spot.page > len(writer.pages):
        return None
    page = writer.pages[entry.spot.page - 1].indirect_reference
    frame, box = frames.get(entry.spot.page), entry.spot.box
    if frame is None or box is None:
        return ArrayObject([page, NameObject("/Fit")])
    x, y = frame.to_page(0, max(box[1] - ABOVE, 0))
    left = NullObject() if frame.shown else FloatObject(round(x, 1))
    return ArrayObject([page, NameObject("/XYZ"), left, FloatObject(round(y, 1)), NullObject()])


def _make_fonts(writer: Any) -> Any:
    """The two fonts of the front, neither of which is embedded."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    def make(kind: str, name: str, **more: Any) -> Any:
        said = {"/Type": NameObject("/Font"), "/Subtype": NameObject(kind), "/BaseFont": NameObject(f"/{name}")}
        said |= {f"/{key}": value for key, value in more.items()}
        return DictionaryObject({NameObject(key): value for key, value in said.items()})

    described = {"Flags": 6, "ItalicAngle": 0, "Ascent": 880, "Descent": -120, "CapHeight": 880, "StemV": 93}
    descriptor = DictionaryObject({NameObject(f"/{key}"): NumberObject(value) for key, value in described.items()})
    descriptor[NameObject("/Type")] = NameObject("/FontDescriptor")
    descriptor[NameObject("/FontName")] = NameObject(f"/{CHINESE}")
    descriptor[NameObject("/FontBBox")] = ArrayObject([NumberObject(edge) for edge in (-25, -254, 1000, 880)])
    system = DictionaryObject({NameObject("/Registry"): TextStringObject("Adobe")})
    system[NameObject("/Ordering")] = TextStringObject("GB1")
    system[NameObject("/Supplement")] = NumberObject(2)
    glyphs = make(
        "/CIDFontType0", CHINESE, CIDSystemInfo=system, DW=NumberObject(1000),
        FontDescriptor=writer._add_object(descriptor),
    )  # fmt: skip
    kinds = ArrayObject([writer._add_object(glyphs)])
    wide = make("/Type0", CHINESE, Encoding=NameObject("/UniGB-UCS2-H"), DescendantFonts=kinds)
    latin = make("/Type1", "Helvetica", Encoding=NameObject("/WinAnsiEncoding"))
    named = {"/C": wide, "/L": latin}
    return DictionaryObject({NameObject(key): writer._add_object(font) for key, font in named.items()})


def _add_sheet(writer: Any, at: int, sheet: Sheet, fonts: Any, targets: Sequence[Any]) -> None:
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    page = PageObject.create_blank_page(writer, WIDTH, HEIGHT)
    stream = DecodedStreamObject()
    stream.set_data(sheet.content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.insert_page(page, at)
    for link in sheet.links:
        if targets[link.entry] is not None:
            writer.add_annotation(at, _make_link(link, targets[link.entry]))


def _make_link(link: Link, target: Any) -> Any:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

    made = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/Dest": target}
    made["/Rect"] = ArrayObject([FloatObject(round(edge, 1)) for edge in link.rect])
    made["/Border"] = ArrayObject([NumberObject(0)] * 3)
    return DictionaryObject({NameObject(key): value for key, value in made.items()})


def _add_bookmarks(writer: Any, front: Front, targets: Sequence[Any]) -> None:
    """The findings by their severity, then by their section, under one bookmark that leads to the first page."""
    root = writer.add_outline_item(title=get_phrase("bookmarks", front.lang), page_number=0, bold=True)
    known = [(entry, target) for entry, target in zip(front.entries, targets, strict=True) if target is not None]
    for severity in ("error", "warning"):
        found = [(entry, target) for entry, target in known if entry.severity == severity]
        if found:
            title = get_phrase(f"bookmarks.{severity}", front.lang, count=len(found))
            _add_group(writer, root, title, found, front.lang)
    sections = dict.fromkeys(entry.section for entry, _ in known if entry.section)
    if not sections:
        return
    above = writer.add_outline_item(
        title=get_phrase("bookmarks.sections", front.lang), page_number=0, parent=root, is_open=False
    )
    for section in sections:
        found = [(entry, target) for entry, target in known if entry.section == section]
        _add_group(writer, above, section, found, front.lang)


def _add_group(writer: Any, parent: Any, title: str, found: Sequence[tuple[Entry, Any]], lang: Lang) -> None:
    group = writer.add_outline_item(title=title, page_number=None, parent=parent)
    group.get_object()[_name("/Dest")] = found[0][1]
    for entry, target in found:
        page = get_phrase("page", lang, page=entry.spot.page if entry.spot else 0)
        item = writer.add_outline_item(
            title=get_phrase("bookmark", lang, number=entry.number, page=page),
            page_number=None,
            parent=group,
            italic=entry.is_dismissed,
        )
        item.get_object()[_name("/Dest")] = target


def _name(words: str) -> Any:
    from pypdf.generic import NameObject

    return NameObject(words)
