"""Which reader takes which type of file; each is loaded when the first such file is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.documents.model import Document

Reader = Callable[[bytes, str], Document]
"""Takes the content of a file and its name."""


def _read_docx(data: bytes, name: str) -> Document:
    from extractor.documents.office import docx

    return docx.read(data, name)


def _convert(kind: str) -> Reader:
    """The reader of a type of file that LibreOffice reads."""

    def read(data: bytes, name: str) -> Document:
        from extractor.documents.office import convert

        return convert.read(data, name, kind)

    return read


def _read_xlsx(data: bytes, name: str) -> Document:
    from extractor.documents.office import xlsx

    return xlsx.read(data, name)


def _read_xls(data: bytes, name: str) -> Document:
    from extractor.documents.office import xls

    return xls.read(data, name)


def _read_ods(data: bytes, name: str) -> Document:
    from extractor.documents.office import ods

    return ods.read(data, name)


def _read_ofd(data: bytes, name: str) -> Document:
    from extractor.documents import ofd

    return ofd.read(data, name)


def _read_zip(data: bytes, name: str) -> Document:
    from extractor import documents
    from extractor.documents import parts

    return parts.read_archive(data, name, documents.read)


def read_values(data: bytes, name: str) -> Document | None:
    """The Document of values parted by commas; None where a file called so holds none."""
    from extractor.documents.office import csv

    return csv.read(data, name)


VALUES = (".csv", ".tsv")
"""What the names of such files end in: nothing else tells them from a text."""
READERS: Mapping[str, Reader] = {
    "DOCX": _read_docx,
    "XLSX": _read_xlsx,
    "XLS": _read_xls,
    "ODS": _read_ods,
    "OFD": _read_ofd,
    "ZIP": _read_zip,
    **{kind: _convert(kind) for kind in ("DOC", "RTF", "ODT", "WORDML", "SPREADSHEETML")},
}
"""By the types of ``patterns/documents/signatures.toml``."""
