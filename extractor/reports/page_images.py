"""The pages of a PDF as images that a page can carry."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path
from typing import Any

from extractor.model import Result


def page_images(path: Path, result: Result, scale: float = 1.5) -> dict[int, str]:
    """Every page of the PDF that ``result`` was read from, as a data URI of a JPEG by the page's number.

    ``scale`` is the number of pixels for a point.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return {page.number: _image(pdf[page.number - 1], scale) for page in result.pages if page.number <= len(pdf)}
    finally:
        pdf.close()


def _image(page: Any, scale: float) -> str:
    drawn = io.BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(drawn, format="JPEG", quality=70, optimize=True)
    return "data:image/jpeg;base64," + b64encode(drawn.getvalue()).decode("ascii")
