"""Values that were filled into the form of a PDF: they are text of its pages."""

from __future__ import annotations

import ctypes
from typing import Any

# The type of the fields that hold a signature.
SEAL = "Sig"


def load_page(pdf: Any, index: int) -> Any:
    """The handle of a page on which the values of form fields are text like any other; None if it cannot be read."""
    import pypdfium2_raw as pdfium

    page = pdfium.FPDF_LoadPage(pdf, index)
    if not page or not _has_fields(page):
        return page
    # What a field shows becomes content of the page; a page knows its new content when it is loaded anew.
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    pdfium.FPDF_ClosePage(page)
    return pdfium.FPDF_LoadPage(pdf, index)


def _has_fields(page: Any) -> bool:
    return any(_is_field(page, at) for at in range(_count_notes(page)))


def _count_notes(page: Any) -> int:
    import pypdfium2_raw as pdfium

    return int(pdfium.FPDFPage_GetAnnotCount(page))


def _is_field(page: Any, at: int) -> bool:
    """Whether an annotation of a page is a field of a form; a seal is none, it is a picture over the text."""
    import pypdfium2_raw as pdfium

    note = pdfium.FPDFPage_GetAnnot(page, at)
    if not note:
        return False
    try:
        return pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET and _read_type(note) != SEAL
    finally:
        pdfium.FPDFPage_CloseAnnot(note)


def _read_type(note: Any) -> str:
    """The type of a field; empty where its parent in the form has it."""
    import pypdfium2_raw as pdfium

    buffer = (ctypes.c_ushort * 8)()
    size = pdfium.FPDFAnnot_GetStringValue(note, b"FT", buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: min(size, ctypes.sizeof(buffer))].decode("utf-16-le", "replace").rstrip("\0")
