"""The pages of a PDF as images that a page can carry."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.model import Result


def page_images(path: Path, result: Result, scale: float = 1.5) -> dict[int, str]:
    """Every page of the PDF that ``result`` was read from, as a data URI of a PNG by the page's number.

    ``scale`` is the number of pixels for a point.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return {page.number: _image(pdf[page.number - 1], scale) for page in result.pages if page.number <= len(pdf)}
    finally:
        pdf.close()


def _image(page: Any, scale: float) -> str:
    drawn = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=_plain())
    lines = bytes(drawn.buffer)
    starts = range(0, drawn.height * drawn.stride, drawn.stride)
    rows = [lines[start : start + drawn.width * 3] for start in starts]
    return "data:image/png;base64," + b64encode(png(rows, drawn.width)).decode("ascii")


def _plain() -> int:
    """The format of three bytes a pixel."""
    import pypdfium2.raw

    return int(pypdfium2.raw.FPDFBitmap_BGR)


def png(rows: list[bytes], width: int) -> bytes:
    """Rows of red, green and blue as a PNG; pages without colour take a byte a pixel."""
    grey = all(row[::3] == row[1::3] == row[2::3] for row in rows)
    lines = b"".join(b"\0" + (row[::3] if grey else row) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 0 if grey else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunks(head, zlib.compress(lines, 9)))


def _chunks(head: bytes, data: bytes) -> Iterator[bytes]:
    for name, content in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b"")):
        yield struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
