"""Files that a PDF carries, by itself or pinned to a page: reports among them are its parts, the others are named."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from extractor.documents import native
from extractor.documents.archives import MOST_IN_MEMBER, Budget
from extractor.documents.bundle import Part, join_documents, order_path
from extractor.documents.loading import HeavyPageError, bounded
from extractor.documents.model import Document
from extractor.documents.parts import MOST_PARTS, Read, open_file, read_parts
from extractor.endings import DOCUMENTS, MARKDOWN
from extractor.model import InputError, Notice

# So many of the files that are not read are named.
MOST_NAMED = 20
# The longest name of a file in units of two bytes.
LONGEST = 256
# What a file may be to the pages of its PDF: what they were made from, or the same in another format.
SAME = ("Source", "Alternative")


class Carried(Struct, frozen=True):
    """The files of a PDF that may be reports of their own, the names of the others, and why some were refused."""

    files: list[tuple[str, bytes]]
    others: list[str]
    refused: list[Notice]


def list_pinned(page: Any) -> Iterator[Any]:
    """The files that are pinned to a page, by the library's handles."""
    import pypdfium2_raw as pdfium

    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        if note := pdfium.FPDFPage_GetAnnot(page, at):
            if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                yield pdfium.FPDFAnnot_GetFileAttachment(note)
            pdfium.FPDFPage_CloseAnnot(note)


def take_files(pdf: Any, name: str, place: tuple[str, int], pinned: Sequence[Any]) -> Carried:
    """The files that a PDF carries, those in archives too, within the bounds of an archive.

    ``place`` is the hash of the PDF and how many pages it has; ``pinned`` are the files of its pages.
    """
    import pypdfium2_raw as pdfium

    carried, budget = Carried([], [], []), Budget(name)
    sha256, pages = place
    count = pdfium.FPDFDoc_GetAttachmentCount(pdf)
    if count + len(pinned) > MOST_PARTS:
        carried.refused.append(Notice("input.too_many_parts", {"name": name, "count": MOST_PARTS}))
        return carried
    listed = [*(pdfium.FPDFDoc_GetAttachment(pdf, at) for at in range(count)), *pinned]
    handles = {native.address(handle): handle for handle in listed if handle}
    for at, handle in enumerate(handles.values()):
        # Files are counted behind the pages: loading them is bounded as loading a page is.
        _take_file(handle, (sha256, pages + at), budget, carried)
    return carried


def _take_file(handle: Any, place: tuple[str, int], budget: Budget, carried: Carried) -> None:
    """Adds a file to those that are ``carried``."""
    import pypdfium2_raw as pdfium

    name = _read_text(pdfium.FPDFAttachment_GetName, handle)
    if not _is_report(handle, name):
        carried.others.append(name)
        return
    try:
        data = budget.take(io.BytesIO(_load_content(handle, name, place)))
        carried.files.extend(open_file(name, data, name, budget))
    except InputError as error:
        carried.refused.append(error.notice)


def _is_report(handle: Any, name: str) -> bool:
    """Whether a file may be a report, and another one than what the pages say."""
    import pypdfium2_raw as pdfium

    if not name.lower().endswith((*DOCUMENTS, *MARKDOWN)):
        return False
    return _read_text(pdfium.FPDFAttachment_GetAFRelationship, handle) not in SAME


def _read_text(read: Callable[..., int], handle: Any) -> str:
    """What the library says of a file; what a terminal would obey is no part of it."""
    buffer = (ctypes.c_ushort * LONGEST)()
    size = read(handle, buffer, ctypes.sizeof(buffer))
    text = bytes(buffer)[: min(size, ctypes.sizeof(buffer))].decode("utf-16-le", "replace")
    return "".join(filter(str.isprintable, text))


def _load_content(handle: Any, name: str, place: tuple[str, int]) -> bytes:
    """What a file holds. Raises ``InputError`` for one that is too large, or that the PDF does not hold."""
    import pypdfium2_raw as pdfium

    size = ctypes.c_ulong()
    too_large = InputError("input.too_large", name=name, size=MOST_IN_MEMBER // 2**20)
    try:
        with bounded(*place):
            is_there = pdfium.FPDFAttachment_GetFile(handle, None, 0, size)
            if size.value > MOST_IN_MEMBER:
                raise too_large
            content = ctypes.create_string_buffer(size.value)
            is_there = is_there and pdfium.FPDFAttachment_GetFile(handle, content, size.value, size)
    except HeavyPageError:
        raise too_large from None
    if not is_there:
        raise InputError("input.damaged_file", name=name)
    return content.raw[: size.value]


def read_reports(carried: Carried, name: str, read: Read | None) -> tuple[list[Part], list[Notice]]:
    """The reports that a PDF carries, in the order of their names, and what is told of its other files.

    Without ``read`` they are all named alone: the PDF is itself one that was carried.
    """
    files = sorted(carried.files, key=lambda file: order_path(file[0])) if read else []
    found, told = read_parts(files, read) if read else ([], [])
    unread = [*carried.others, *(path for path, _ in carried.files if not read)]
    named = [Notice("input.carried_files", {"name": name, "files": "、".join(unread[:MOST_NAMED])})] if unread else []
    return found, [*named, *carried.refused, *told]


def join_reports(document: Document, found: Sequence[Part]) -> Document:
    """A document, and the reports that it carries behind it."""
    if not found:
        return document
    return join_documents(msgspec.structs.replace(document, warnings=()), [Part(None, document), *found])
