"""The grids of text documents in which a table's row is a line, its cells parted by tabs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, compress, groupby, pairwise

from extractor.documents.model import Document, Paragraph, RuledCell
from extractor.model import Notice, Span
from extractor.tables import columns, padded
from extractor.tables.grids import Grid, Place, Row, read_place

Run = list[Paragraph]


def find_grids(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids of the rows in a text in document order, and a warning for each table that cannot be rebuilt."""
    found: list[Grid] = []
    warnings: list[Notice] = []
    for title, rows, grid in chain.from_iterable(_lay_tables(document.text, run) for run in _find_runs(document)):
        if grid:
            found.append(grid)
        elif len(rows) > 1:
            cell = title or read_place(document.text, rows[0][0])
            warnings.append(Notice("tables.not_laid_out", {"name": document.name, "cell": cell}))
    return found, warnings


def _lay_tables(text: str, run: Run) -> Iterator[tuple[str | None, Sequence[Row], Grid | None]]:
    """The tables that a run holds, each with its title, its rows and its grid: one, unless pipes part its cells."""
    rows = list(map(place_cells, run))
    if not any(_is_piped(text, row) for row in run):
        yield None, rows, columns.build_grid(text, rows)
        return
    for title, own in padded.split_tables(text, rows):
        yield title, own, columns.build_grid(text, own, title) or padded.lay_plain(own, title)


def _is_piped(text: str, row: Paragraph) -> bool:
    """Whether a pipe stands in the place of a row's first tab."""
    at = row.text.find("\t")
    return at >= 0 and text.startswith("|", row.offset(at))


def _find_runs(document: Document) -> Iterator[Run]:
    """The rows that follow each other without a line between them, cut at blank lines; none of ruled tables."""
    ruled = _find_ruled(document)
    free = (paragraph for paragraph in document.paragraphs if not _is_within(ruled, paragraph.start))
    for is_row, paragraphs in groupby(free, key=lambda paragraph: paragraph.kind == "row"):
        if is_row:
            yield from _split_run(document.text, list(paragraphs))


def _find_ruled(document: Document) -> list[Span]:
    """The stretches of the text that ruled tables take, in its order."""
    cells = ([cell for row in table.rows for cell in row] for table in document.ruled)
    return sorted((Span(min(map(_read_start, own)), max(map(_read_end, own))) for own in cells), key=_read_start)


def _is_within(ruled: Sequence[Span], start: int) -> bool:
    """Whether a place lies in a ruled table."""
    at = bisect_right(ruled, start, key=_read_start)
    return at > 0 and start <= ruled[at - 1].end


def _read_start(cell: Span | RuledCell) -> int:
    return cell.start


def _read_end(cell: Span | RuledCell) -> int:
    return cell.end


def _split_run(text: str, run: Run) -> Iterator[Run]:
    """A run cut at its blank lines, unless all rows are parted by them."""
    is_blank = [_has_blank_line(text[above.end : below.start]) for above, below in pairwise(run)]
    cuts = [] if all(is_blank) else list(compress(range(1, len(run)), is_blank))
    for start, end in pairwise([0, *cuts, len(run)]):
        yield run[start:end]


def _has_blank_line(between: str) -> bool:
    """Whether a line without print stands between two rows."""
    return any(not line.strip() for line in between.split("\n")[1:-1])


def place_cells(row: Paragraph) -> list[Place]:
    r"""The cells of a row, without the white space around them.

    >>> [place.end - place.start for place in place_cells(Paragraph("\t合计\t 12.5 ", ((0, 0),)))]
    [0, 2, 4]
    """
    found: list[Place] = []
    at = 0
    for cell in row.text.split("\t"):
        words = cell.strip()
        start = at + len(cell) - len(cell.lstrip())
        place = row.span(start, start + len(words)) if words else Span(row.offset(start), row.offset(start))
        found.append(Place(place.start, place.end))
        at += len(cell) + 1
    return found
