"""What must hold for any bytes: read or refused in a sentence, every place where it says, and twice the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import msgspec
from msgspec import Struct
from test_properties import check

from extractor import pipeline
from extractor.documents import from_text, read
from extractor.documents.model import Document
from extractor.model import InputError, Table
from extractor.quantities import scan
from extractor.quantities.model import Quantity
from extractor.sections import outline
from extractor.tables import tables

# Of so many files one is read twice.
TWICE = 8

Run = Callable[[bytes], str]
"""Tries some bytes, raises ``AssertionError`` for what does not hold, and tells ``read`` or ``refused``."""


class Target(Struct, frozen=True):
    """What is tried, and the kind of files that it is tried on."""

    run: Run
    ending: str


def run_quantities(data: bytes) -> str:
    """Numbers stand in order within the text, and are the same twice."""
    text = data.decode("utf-8", "replace")
    found = scan(text)
    end = 0
    for quantity in found:
        _check_quantity(quantity, end, len(text))
        end = quantity.end
    assert found == scan(text)
    return "read"


def _check_quantity(quantity: Quantity, above: int, length: int) -> None:
    assert above <= quantity.start < quantity.end <= length
    assert quantity.value.is_finite()
    low, high = quantity.interval
    assert low is None or high is None or low <= high


def run_sections(data: bytes) -> str:
    """Sections and blocks stand in the text."""
    document = from_text(data.decode("utf-8", "replace"), "seed.txt")
    made = outline(document)
    for section in made.sections:
        assert 0 <= section.start <= section.end <= len(document.text)
    for block in made.blocks:
        assert 0 <= block.start < block.end <= len(block.paragraph.text)
    check_paragraphs(document)
    assert made == outline(document)
    return "read"


def run_tables(data: bytes) -> str:
    """Tables are rectangles whose cells stand in the text."""
    document = from_text(data.decode("utf-8", "replace"), "seed.txt")
    made = tables(document, ())
    check_tables(made.tables, document.text)
    assert made == tables(document, ())
    return "read"


def make_reader(ending: str) -> Run:
    """Reads files of one kind from their bytes to their checks."""
    name = f"seed{ending}"

    def run(data: bytes) -> str:
        try:
            document = read(data, name)
        except InputError:
            return "refused"
        check_paragraphs(document)
        made = pipeline.result(document)
        check(made)
        check_tables(made.tables, made.text)
        if len(data) % TWICE == 0:
            assert msgspec.json.encode(made) == msgspec.json.encode(pipeline.result(read(data, name)))
        return "read"

    return run


def check_paragraphs(document: Document) -> None:
    """Every character of a paragraph has a place, in order; the tabs around an empty cell may have one together."""
    length = len(document.text)
    for paragraph in document.paragraphs:
        pieces = paragraph.pieces
        assert pieces[0][0] == 0
        for (here, there), (next_here, next_there) in pairwise(pieces):
            has_room = there < next_there or paragraph.text[here:next_here] == "\t"
            assert here < next_here
            assert has_room
            assert there <= next_there
        assert 0 <= paragraph.start < paragraph.end <= length


def check_tables(found: tuple[Table, ...], text: str) -> None:
    """Rows are of equal length; a cell's text stands in its place."""
    for table in found:
        assert len({len(row) for row in table.rows}) == 1
        for cell in (cell for row in table.rows for cell in row):
            assert text[cell.start : cell.end] == cell.text


READERS = (".pdf", ".html", ".mht", ".docx", ".xlsx", ".xls", ".ods", ".csv", ".ofd", ".zip", ".md", ".txt")
TARGETS: Mapping[str, Target] = {
    "quantities": Target(run_quantities, ".txt"),
    "sections": Target(run_sections, ".txt"),
    "tables": Target(run_tables, ".txt"),
    **{ending[1:]: Target(make_reader(ending), ending) for ending in READERS},
}
