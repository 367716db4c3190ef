"""Files of values parted by commas become Documents with one table."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from extractor.documents.encoding import decode
from extractor.documents.model import Document
from extractor.documents.office.sheets import Sheet, make_document

DELIMITERS = ",\t;|"
# The delimiter is told by the first lines; so many characters hold some.
SAMPLE = 4_000


def read(data: bytes, name: str) -> Document | None:
    r"""The Document of a text whose lines are rows of values; None where they are not, so that it is plain text.

    >>> document = read("项目,金额\n基本支出,\"1,200.50\"\n".encode("gb18030"), "a.csv")
    >>> document.text.split("\n"), len(document.ruled)
    (['项目\t金额', '基本支出\t1,200.50'], 1)
    """
    found = decode(data)
    if found is None:
        return None
    try:
        rows = dict(_read_rows(found[0]))
    except csv.Error:
        return None
    if max(map(len, rows.values()), default=0) < 2:
        return None
    return make_document(data, name, "csv", [Sheet("", rows)], [])


def _read_rows(text: str) -> Iterator[tuple[int, dict[int, str]]]:
    """The filled values of each row that has any, by their columns; both count from 1."""
    delimiter = max(DELIMITERS, key=lambda mark: (text[:SAMPLE].count(mark), -DELIMITERS.index(mark)))
    for at, values in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True), start=1):
        cells = {column: " ".join(value.split()) for column, value in enumerate(values, start=1) if value.strip()}
        if cells:
            yield at, cells
