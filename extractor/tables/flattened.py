"""The grids of tables that were flattened into text, a cell a line.

Cells begin with a tab and rows are parted by blank lines; a line with nothing but a tab is an empty cell. Where no
blank lines part the rows, the numbers must come again at the same distance, and at one distance only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.model import Document, Notice
from extractor.tables import columns, forms, lexicon
from extractor.tables.forms import is_label, words
from extractor.tables.grids import Grid, Place

# Rows of a table without blank lines have at most so many cells, and there are at least so many of them.
WIDEST = 20
FEWEST = 3

Row = list[Place]


def grids(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids of the flattened tables in document order, and a warning for each that cannot be rebuilt."""
    found: list[Grid] = []
    warnings: list[Notice] = []
    for run in _runs(document):
        for title, rows in _tables(document.text, run):
            grid = columns.grid(document.text, _whole(document.text, rows), title, any(map(_is_covered, rows)))
            if grid:
                found.append(grid)
            else:
                cell = title or words(document.text, rows[0][0])
                warnings.append(Notice("tables.not_laid_out", {"name": document.name, "cell": cell}))
    return found, warnings


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────


def _runs(document: Document) -> Iterator[list[Row]]:
    """The cells that follow each other without a line of narrative between them, in rows."""
    run: list[Row] = []
    last = 0
    for paragraph in document.paragraphs:
        if paragraph.kind == "cell":
            _gap(document.text, last, paragraph.start, run)
            run[-1].append(Place(paragraph.start, paragraph.end))
        elif run:
            _gap(document.text, last, paragraph.start, run)
            yield _printed(run)
            run = []
        last = paragraph.end
    if run:
        _gap(document.text, last, len(document.text), run)
        yield _printed(run)


def _gap(text: str, start: int, end: int, run: list[Row]) -> None:
    """Takes the lines between two cells: one with a tab is an empty cell, one without ends the row."""
    if not run:
        run.append([])
        start = text.rfind("\n", 0, end)
    at = text.find("\n", start, end) + 1
    while at and (behind := text.find("\n", at, end)) >= 0:
        if "\t" not in text[at:behind]:
            run.append([])
        else:
            run[-1].append(Place(behind, behind))
        at = behind + 1
    if at and end == len(text) and "\t" in text[at:]:
        run[-1].append(Place(end, end))


def _printed(run: list[Row]) -> list[Row]:
    """The rows that hold anything."""
    return [row for row in run if any(place.end > place.start for place in row)]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────


def _tables(text: str, run: list[Row]) -> Iterator[tuple[str | None, list[Row]]]:
    """The tables of a run, each with its title: one begins at a title and at the field that forms begin with."""
    title: str | None = None
    rows: list[Row] = []
    for row in run:
        named = _title(text, row[0])
        if rows and (named or is_label("opens", words(text, row[0]))):
            yield title, rows
            title, rows = None, []
        if named:
            title, row = named, row[1:]
        if row:
            rows.append(row)
    if rows:
        yield title, rows


def _title(text: str, place: Place) -> str | None:
    """The title that a cell holds, without the year below it."""
    first = words(text, place).partition("\n")[0].strip()
    return first if is_label("title", first) else None


def _whole(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a table: those of a form with their pieces joined, cells without rows in rows of one length."""
    if forms.is_form(text, rows):
        return list(_joined(text, rows))
    longest = max(map(len, rows))
    cells = [place for row in rows for place in row]
    if len(rows) > 1 and longest > 1:
        return list(rows)
    while cells and lexicon.matches("titles", "aside", words(text, cells[0])):
        cells = cells[1:]
    fitting = [width for width in range(2, min(WIDEST, len(cells) // FEWEST) + 1) if _repeats(text, cells, width)]
    width = fitting[0] if len(fitting) == 1 else len(cells) or 1
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def _joined(text: str, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of a form, with the pieces of those that a blank line inside a cell's text tore.

    Where the first row below a label begins with an empty cell, all do; what begins with words there is a piece.
    """
    last: Row = []
    pieces = any(map(_is_covered, rows))
    for row in rows:
        if last and pieces and not _is_covered(row) and not forms.opens_block(text, row):
            last += row
            continue
        if last:
            yield last
        last = list(row)
    yield last


def _is_covered(row: Row) -> bool:
    """Whether a row begins with an empty cell, which a label above covers."""
    return row[0].end == row[0].start


def _repeats(text: str, cells: Sequence[Place], width: int) -> bool:
    """Whether cells are rows of ``width``: labels, and below them columns of words and columns of numbers."""
    if len(cells) % width:
        return False
    read = [columns.is_number(words(text, place)) if place.end > place.start else None for place in cells]
    kinds = [{read[at] for at in range(column, len(cells), width)[1:]} - {None} for column in range(width)]
    heads = all(kind is False for kind in read[:width])
    return heads and all(len(kind) == 1 for kind in kinds) and {True} in kinds and {False} in kinds
