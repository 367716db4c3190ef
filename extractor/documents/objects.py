"""The objects that a PDF page, or a form on it, is made of, by the library's handles."""

from __future__ import annotations

import ctypes
from itertools import compress, repeat
from typing import Any

from msgspec import Struct

from extractor.documents import native

# Drawings nest; a file that nests deeper than this is broken.
DEEPEST = 8
# Text that is less wide (points) is left out by the library.
THINNEST = 0.01


class Objects(Struct, frozen=True):
    """Handles in the order in which they are drawn, and the kind of each."""

    items: list[int]
    kinds: list[int]

    def of(self, kind: int) -> list[int]:
        """Those of a kind."""
        return list(compress(self.items, map(kind.__eq__, self.kinds)))


def list_page(page: Any) -> Objects:
    """The objects of a page."""
    return _list_members(page, "FPDFPage_CountObjects", "FPDFPage_GetObject")


def list_form(form: int) -> Objects:
    """The objects of a form."""
    return _list_members(ctypes.c_void_p(form), "FPDFFormObj_CountObjects", "FPDFFormObj_GetObject")


def has_flat(drawn: Objects) -> bool:
    """Whether some text of a page has no width, as it has where it stands sideways and its font is at no hand.

    The library gives no characters of such text.
    """
    import pypdfium2_raw as pdfium

    _, edges = native.ask_edges(native.function("FPDFPageObj_GetBounds", "ip"), 4, drawn.of(pdfium.FPDF_PAGEOBJ_TEXT))
    four = iter(edges)
    boxes = zip(four, four, four, four, strict=True)
    return any(x1 - x0 < THINNEST and top - bottom > 1 for x0, bottom, x1, top in boxes)


def _list_members(holder: Any, count: str, get: str) -> Objects:
    number = native.function(count, "i")(holder)
    items = list(map(native.function(get, "p"), repeat(holder), range(number)))
    return Objects(items, list(map(native.function("FPDFPageObj_GetType", "ip"), items)))
