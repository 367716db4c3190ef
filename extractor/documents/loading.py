"""Pages of a PDF are loaded within bounds: one that was made to harm is left out, and the others are read.

What a page takes shows when the library loads it, and nobody stops the library there. Where a document is read in a
process of its own (``extractor.apart``), that process has a keeper: it is told of every page before it is loaded, has
the system end the process where the page takes too much, and refuses the page when the document is read once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import Any, Protocol

from extractor.documents import fields, native

# What a page may have. Of 2,466 pages of published reports the fullest has 7,893 objects and 14,172 characters;
# drawings have more lines than that, but no more words. Time grows with the square of the text objects.
MOST_TEXTS, MOST_CHARACTERS = 40_000, 50_000

Page = tuple[str, int]
"""A page: the SHA-256 of its file, and its index in it."""


class HeavyPageError(Exception):
    """A page takes more than any page of a report."""


class Keeper(Protocol):
    """Who watches over pages while they are loaded."""

    def enter(self, page: Page) -> bool:
        """Bounds what loading takes from here on; False where the page is not to be loaded."""

    def draw(self) -> None:
        """Bounds what drawing the page takes that was entered last."""

    def leave(self) -> None:
        """Ends that."""


_keepers: list[Keeper] = []


def appoint_keeper(keeper: Keeper) -> None:
    """Has ``keeper`` watch over the pages that this process loads."""
    _keepers[:] = [keeper]


@contextmanager
def bounded(sha256: str, index: int) -> Iterator[None]:
    """Within this a page is loaded. Raises ``HeavyPageError`` where it is not to be."""
    for keeper in _keepers:
        if not keeper.enter((sha256, index)):
            raise HeavyPageError
    try:
        yield
    finally:
        for keeper in _keepers:
            keeper.leave()


@contextmanager
def drawing() -> Iterator[None]:
    """Within this the page that was loaded last is drawn: a picture may be drawn on it any number of times."""
    for keeper in _keepers:
        keeper.draw()
    try:
        yield
    finally:
        for keeper in _keepers:
            keeper.leave()


def load_page(pdf: Any, sha256: str, index: int) -> tuple[Any, Any]:
    """The handles of a page and of its text, None for what cannot be loaded. Raises ``HeavyPageError``."""
    import pypdfium2_raw as pdfium

    with bounded(sha256, index):
        page = fields.load_page(pdf, index)
        try:
            return page, _load_text(page) if page else None
        except HeavyPageError:
            pdfium.FPDF_ClosePage(page)
            raise


def _load_text(page: Any) -> Any:
    import pypdfium2_raw as pdfium

    if _count_texts(page) > MOST_TEXTS:
        raise HeavyPageError
    text = pdfium.FPDFText_LoadPage(page)
    if text and pdfium.FPDFText_CountChars(text) > MOST_CHARACTERS:
        pdfium.FPDFText_ClosePage(text)
        raise HeavyPageError
    return text


def _count_texts(page: Any) -> int:
    """How many objects of a page are text; how many it has, where these are few."""
    import pypdfium2_raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    if count <= MOST_TEXTS:
        return int(count)
    items = map(native.function("FPDFPage_GetObject", "p"), repeat(page), range(count))
    return sum(kind == pdfium.FPDF_PAGEOBJ_TEXT for kind in map(native.function("FPDFPageObj_GetType", "ip"), items))
