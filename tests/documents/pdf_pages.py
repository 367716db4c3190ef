"""What tests of PDF pages have in common: pages of plain lines, read as one file, and what was told of it."""

from __future__ import annotations

from collections.abc import Iterable

from pdfs import PdfPage, pdf

from extractor import documents
from extractor.documents.model import Document


def read(*pages: PdfPage) -> Document:
    return documents.read(pdf(pages), "示例.pdf")


def write_lines(lines: Iterable[str]) -> PdfPage:
    page = PdfPage()
    for at, words in enumerate(lines):
        page.text(72, 740 - 24 * at, words)
    return page


def told(document: Document) -> list[str]:
    return [notice.message for notice in document.warnings]
