"""Which reader takes which type of file; each is loaded when the first such file is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.model import Document

Reader = Callable[[bytes, str], Document]
"""Takes the content of a file and its name."""


def _read_docx(data: bytes, name: str) -> Document:
    from extractor.documents.office import docx

    return docx.read(data, name)


READERS: Mapping[str, Reader] = {"DOCX": _read_docx}
"""By the types of ``patterns/documents/signatures.toml``."""
