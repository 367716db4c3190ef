"""Scans for tests: pages of a PDF of this project, drawn as pictures, turned, and put into a PDF without any text.

No machine is sure to have a Chinese font; the fonts are those in the PDF.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "liulin_final_accounts_2024.pdf"
RESOLUTION = 200


def scan(pages: Sequence[int], skew: float = 0.0, quarters: int = 0) -> bytes:
    """A PDF of pictures of some pages (from 1) of the report, turned clockwise by degrees and by quarters."""
    pdf = pypdfium2.PdfDocument(REPORT)
    pictures = []
    for page in pages:
        drawn = pdf[page - 1].render(scale=RESOLUTION / 72, grayscale=True).to_pil()
        drawn = drawn.rotate(-skew, fillcolor=255, resample=2)
        pictures.append(drawn.rotate(-90 * quarters, expand=True))
    held = io.BytesIO()
    pictures[0].save(held, "PDF", resolution=RESOLUTION, save_all=True, append_images=pictures[1:])
    return held.getvalue()
