"""Pages without a usable text layer are recognised from their picture, where ``narrative-extractor[ocr]`` is installed.

Nothing of it is loaded before a page needs it, and nothing is fetched: the models are in the wheel of rapidocr.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from extractor.documents.native import PDFIUM

if TYPE_CHECKING:
    from extractor.documents.ocr.page import Reading

# Set to this, no page is recognised.
SWITCH, OFF = "EXTRACT_OCR", "off"

Watch = Callable[[int, int], None]
"""Is told how many pages are recognised so far, and of how many."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def is_ready() -> bool:
    """Whether pages are recognised: it is installed, and not switched off."""
    if os.environ.get(SWITCH, "").lower() == OFF:
        return False
    from extractor.documents.ocr import engine

    return engine.is_installed()


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Within this, ``watch`` is told of every page that is to be recognised."""
    before = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(before)


def read_pages(data: bytes, indices: Sequence[int]) -> Iterator[tuple[int, Reading]]:
    """What is recognised on some pages of a PDF, by their index; one that cannot be drawn is left out."""
    import pypdfium2

    from extractor.documents.ocr.page import read_picture
    from extractor.documents.ocr.picture import render_page

    watch = _watch.get()
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
    try:
        for done, index in enumerate(indices):
            if watch:
                watch(done, len(indices))
            drawn = render_page(pdf, index)
            if drawn:
                yield index, read_picture(*drawn)
    finally:
        with PDFIUM:
            pdf.close()
