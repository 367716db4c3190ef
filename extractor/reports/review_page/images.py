"""The pages of a PDF as images that a page can carry."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Container, Iterator
from contextlib import suppress
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from extractor import progress
from extractor.documents.loading import HeavyPageError, bounded
from extractor.documents.native import PDFIUM
from extractor.model import Result

if TYPE_CHECKING:
    from PIL.Image import Image

# Print is told from paper with a few greys; a page with colours needs more.
GREYS, COLOURS = 16, 128
# What an image may have: a page of two newspaper leaves at a pixel and a half for a point has as many, and memory
# takes about twenty bytes for each while it is reduced.
MOST_PIXELS = 8_000_000


def draw_pages(
    source: Path | bytes, result: Result, scale: float = 1.5, wanted: Container[int | None] | None = None
) -> dict[int, str]:
    """Every page of the PDF that ``result`` was read from, or those wanted: a data URI of a PNG by the page's number.

    ``scale`` is the number of pixels for a point; a larger page has as many as an image may have. A page that cannot
    be drawn is left out.
    """
    with PDFIUM:
        return dict(_draw_pages(source, result, scale, wanted))


def _draw_pages(
    source: Path | bytes, result: Result, scale: float, wanted: Container[int | None] | None
) -> Iterator[tuple[int, str]]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(source)
    try:
        numbers = [page.number for page in result.pages if page.number <= len(pdf)]
        numbers = [number for number in numbers if wanted is None or number in wanted]
        for done, number in enumerate(numbers):
            progress.tell("drawn", done, len(numbers))
            with suppress(pypdfium2.PdfiumError, HeavyPageError):
                with bounded(result.document.sha256, number - 1):
                    page = pdf[number - 1]
                yield number, encode_image(page.render(scale=limit_scale(page.get_size(), scale)).to_pil())
                page.close()
    finally:
        pdf.close()


def limit_scale(size: tuple[float, float], scale: float) -> float:
    """The pixels for a point of a page of this size in points, ``scale`` at most, so that its image is none too large.

    >>> limit_scale((595, 842), 1.5), limit_scale((14400, 14400), 1.5) < 0.2
    (1.5, True)
    """
    return min(scale, sqrt(MOST_PIXELS / max(size[0] * size[1], 1.0)))


def encode_image(image: Image) -> str:
    """An image as a data URI of a PNG with a palette, in greys where it has no colour."""
    from PIL.Image import Dither, Quantize

    red, green, blue = image.convert("RGB").split()
    grey = red.tobytes() == green.tobytes() == blue.tobytes()
    colours = GREYS if grey else COLOURS
    reduced = image.convert("RGB").quantize(colours, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    written = BytesIO()
    reduced.save(written, "PNG")
    return "data:image/png;base64," + b64encode(written.getvalue()).decode("ascii")
