"""Documents become Tables: ruled ones of a PDF, rows of tabs, and tables that were flattened a cell a line."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.documents.model import Document
from extractor.documents.tabular import MOST_TOLD, limit
from extractor.model import Notice, Section
from extractor.tables import cells, flattened, ruled, tabbed, titles
from extractor.tables.grids import Grid, find_span
from extractor.tables.model import Tabulation

__all__ = ["tables"]


def tables(document: Document, sections: tuple[Section, ...]) -> Tabulation:
    """The tables of a document in the order of its text; ``sections`` tell under which heading each stands."""
    found, warnings = ruled.find_grids(document)
    printed, others = _find_printed(document)
    found, warnings = [*found, *printed], [*warnings, *others]
    reader = cells.Reader(document, titles.Lines(document, sections), sections)
    read: list[cells.Read] = []
    for number, grid in enumerate(sorted(found, key=find_span), start=1):
        read.append(reader.read_table(grid, f"t{number}"))
        warnings += _warn_of_malformed(document, read[-1])
    return Tabulation(tuple(one.table for one in read), tuple(warnings))


def _find_printed(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids that are lines of text."""
    rows, torn = tabbed.find_grids(document)
    lone, refused = flattened.find_grids(document)
    return [*rows, *lone], list(limit([*torn, *refused], document.name))


def _warn_of_malformed(document: Document, read: cells.Read) -> Iterator[Notice]:
    """A warning for each cell that should be a number and is none."""
    table = read.table
    named = {"name": document.name, "table": table.title or table.id}
    for cell in read.malformed[:MOST_TOLD]:
        page = document.page(cell.start)
        if page is None:
            yield Notice("tables.not_a_number_unpaged", {**named, "cell": cell.text})
        else:
            yield Notice("tables.not_a_number", {**named, "page": page, "cell": cell.text})
    if len(read.malformed) > MOST_TOLD:
        yield Notice("tables.more_not_numbers", {**named, "count": len(read.malformed) - MOST_TOLD})
