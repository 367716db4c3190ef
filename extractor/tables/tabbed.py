"""The grids of text documents in which a table's row is a line, its cells parted by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.model import Document, Notice, Paragraph
from extractor.tables import columns
from extractor.tables.grids import Grid, Place

Run = list[Paragraph]


def grids(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids of the rows in a text in document order, and a warning for each table that cannot be rebuilt."""
    found: list[Grid] = []
    warnings: list[Notice] = []
    for run in _parted(document.text, _runs(document.paragraphs)):
        grid = columns.grid(document.text, [places(row) for row in run])
        if grid:
            found.append(grid)
        elif len(run) > 1:
            warnings.append(Notice("tables.not_laid_out", {"name": document.name, "cell": run[0].text.split("\t")[0]}))
    return found, warnings


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[Run]:
    """The rows that follow each other without a line between them."""
    run: Run = []
    for paragraph in paragraphs:
        if paragraph.kind == "row":
            run.append(paragraph)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _parted(text: str, runs: Iterator[Run]) -> Iterator[Run]:
    """The runs cut at their blank lines, unless all rows are parted by them."""
    for run in runs:
        blank = [text.count("\n", above.end, below.start) > 1 for above, below in pairwise(run)]
        cuts = [at + 1 for at, is_blank in enumerate(blank) if is_blank] if not all(blank) else []
        yield from (run[start:end] for start, end in pairwise([0, *cuts, len(run)]))


def places(row: Paragraph) -> list[Place]:
    r"""The cells of a row, without the white space around them.

    >>> [place.end - place.start for place in places(Paragraph("\t合计\t 12.5 ", ((0, 0),)))]
    [0, 2, 4]
    """
    found: list[Place] = []
    at = row.start
    for cell in row.text.split("\t"):
        start = at + len(cell) - len(cell.lstrip())
        found.append(Place(start, start + len(cell.strip())))
        at += len(cell) + 1
    return found
