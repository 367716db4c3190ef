"""Pages without a usable text layer are recognised from their picture, where ``narrative-extractor[ocr]`` is installed.

Nothing of it is loaded before a page needs it, and nothing is fetched: the models are in the wheel of rapidocr.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractor import progress
from extractor.documents.native import PDFIUM

if TYPE_CHECKING:
    from extractor.documents.ocr.page import Reading

# Set to this, no page is recognised.
SWITCH, OFF = "EXTRACT_OCR", "off"


def is_ready() -> bool:
    """Whether pages are recognised: it is installed, and not switched off."""
    if os.environ.get(SWITCH, "").lower() == OFF:
        return False
    from extractor.documents.ocr import engine

    return engine.is_installed()


def read_pages(data: bytes, indices: Sequence[int]) -> Iterator[Reading | None]:
    """What is recognised on each of some pages of a PDF, by their index; None for one that cannot be drawn."""
    import pypdfium2

    from extractor.documents.ocr.page import read_picture
    from extractor.documents.ocr.picture import render_page

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
    try:
        for done, index in enumerate(indices):
            progress.tell("recognised", done, len(indices))
            drawn = render_page(pdf, index)
            yield read_picture(*drawn) if drawn else None
        progress.tell("recognised", len(indices), len(indices))
    finally:
        with PDFIUM:
            pdf.close()
