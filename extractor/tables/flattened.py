"""The grids of tables that were flattened into text, a cell a line.

Cells begin with a tab and rows are parted by blank lines; a line with nothing but a tab is an empty cell. Where no
blank lines part the rows, or as many part all cells, the numbers must come again at the same distance, and at one
distance only; the rows of a form are told by their labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, takewhile

from extractor.documents import listed_forms
from extractor.documents.form_labels import is_label
from extractor.documents.model import Document
from extractor.documents.tabular import PAIR, ROWS, WIDEST, find_twice, is_paired
from extractor.model import Notice
from extractor.tables import columns, forms, lexicon
from extractor.tables.grids import Grid, Place, has_text, read_place

# What heads the two sides of a table.
SIDES = 2

Row = list[Place]


def find_grids(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids of the flattened tables in document order, and a warning for each that cannot be rebuilt."""
    text = document.text
    found: list[Grid] = []
    warnings: list[Notice] = []
    for title, rows in _find_tables(document):
        complete = any(map(_is_covered, rows))
        grid = columns.build_grid(text, _arrange_rows(text, rows), title, complete)
        if grid:
            found.append(grid)
        else:
            cell = title or read_place(text, rows[0][0])
            warnings.append(Notice("tables.not_laid_out", {"name": document.name, "cell": cell}))
    return found, warnings


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────


def _find_runs(document: Document) -> Iterator[list[Row]]:
    """The cells that follow each other without a line of narrative between them, in rows."""
    text = document.text
    run: list[Row] = []
    last = 0
    for paragraph in document.paragraphs:
        if run:
            _take_lines(text, last, paragraph.start, run)
        if paragraph.kind == "cell":
            run = run or [[]]
            run[-1].append(Place(paragraph.start, paragraph.end))
        elif run:
            yield run
            run = []
        last = paragraph.end
    if run:
        _take_lines(text, last, len(text), run)
        yield run


def _take_lines(text: str, start: int, end: int, run: list[Row]) -> None:
    """Takes the lines between two cells: one with a tab is an empty cell, one without ends the row."""
    at = text.find("\n", start, end) + 1
    if not at:
        return
    *between, last = text[at:end].split("\n")
    for line in between:
        at += len(line)
        if "\t" in line:
            run[-1].append(Place(at, at))
        else:
            run.append([])
        at += 1
    # What stands behind the last line break begins the next cell, but at the end of the text.
    if end == len(text) and "\t" in last:
        run[-1].append(Place(end, end))


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────


def _find_tables(document: Document) -> Iterator[tuple[str | None, list[Row]]]:
    """The tables of all runs of cells, each with its title."""
    text = document.text
    for run in _find_runs(document):
        yield from _split_forms(text, run) or _split_run(text, list(filter(has_text, run)))


def _split_forms(text: str, run: Sequence[Row]) -> list[tuple[str | None, list[Row]]]:
    """The forms of a run whose rows nothing parts, each with its title; none where other cells stand among them."""
    rows = list(filter(has_text, run))
    if len(rows) > 1 and any(sum(place.is_filled for place in row) > 1 for row in rows):
        return []
    cells = list(chain.from_iterable(run))
    forms = listed_forms.find_forms([read_place(text, cell) for cell in cells])
    ends = [form.lines.stop for form in forms]
    parts = [cells[start : form.lines.start] for start, form in zip([0, *ends], forms, strict=False)]
    if not forms or has_text(cells[ends[-1] :]) or any(map(has_text, parts)):
        return []
    return [(_read_cell(text, cells, form.title), _place_rows(cells, form.rows)) for form in forms]


def _split_run(text: str, run: list[Row]) -> Iterator[tuple[str | None, list[Row]]]:
    """The tables of a run, each with its title: one begins at a title and at the field that forms begin with."""
    title: str | None = None
    rows: list[Row] = []
    for row in run:
        named = _read_title(text, row[0])
        opens = named or is_label("opens", read_place(text, row[0]))
        if rows and opens:
            yield title, rows
            title, rows = None, []
        if named:
            title, row = named, row[1:]
        if row:
            rows.append(row)
    if rows:
        yield title, rows


def _read_title(text: str, place: Place) -> str | None:
    """The title that a cell holds, without the year below it."""
    first = read_place(text, place).partition("\n")[0].strip()
    return first if is_label("title", first) and not lexicon.is_aside(first) else None


def _place_rows(cells: Sequence[Place], rows: Sequence[Sequence[range]]) -> list[Row]:
    """The rows of a form, each of its cells from the first of its lines to the last one."""
    return [[_place_cell(cells, cell) for cell in row] for row in rows]


def _read_cell(text: str, cells: Sequence[Place], cell: range | None) -> str | None:
    """The first line of what a cell holds; None where there is none."""
    return None if cell is None else read_place(text, _place_cell(cells, cell)).partition("\n")[0].strip()


def _place_cell(cells: Sequence[Place], cell: range) -> Place:
    first = cells[min(cell.start, len(cells) - 1)]
    return Place(first.start, cells[cell.stop - 1].end) if cell else Place(first.start, first.start)


def _arrange_rows(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a table: those of a form with their pieces joined, cells without rows in rows of one length."""
    if forms.is_form(text, rows):
        return list(_join_pieces(text, rows))
    longest = max(map(len, rows))
    if len(rows) > 1 and longest > 1:
        return list(rows)
    return _split_cells(text, list(chain.from_iterable(rows)))


def _join_pieces(text: str, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of a form, with the pieces of those that a blank line inside a cell's text tore.

    Where the first row below a label begins with an empty cell, all do; what begins with words there is a piece.
    """
    if not any(map(_is_covered, rows)):
        yield from rows
        return
    last = list(rows[0])
    for row in rows[1:]:
        if _is_piece(text, row):
            last += row
            continue
        yield last
        last = list(row)
    yield last


def _is_piece(text: str, row: Row) -> bool:
    """Whether a row of a form begins with words that neither open a block nor stand in a field's place."""
    return not _is_covered(row) and not forms.opens_block(text, row)


def _is_covered(row: Row) -> bool:
    """Whether a row begins with an empty cell, which a label above covers."""
    return not row[0].is_filled


def _split_cells(text: str, cells: Sequence[Place]) -> list[Row]:
    """Cells in rows of the one width at which they repeat; else a label and its number, or all in one row."""
    asides = list(takewhile(lambda place: lexicon.is_aside(read_place(text, place)), cells))
    cells = cells[len(asides) :]
    numbers = [_tell_number(text, place) for place in cells]
    widest = min(WIDEST, len(cells) // ROWS)
    widths = [width for width in range(2, widest + 1) if _is_row_width(numbers, width)]
    if len(widths) == 1:
        rows = _cut_rows(cells, widths[0])
    else:
        rows = _split_sides(text, cells, numbers) or _split_pairs(cells, numbers) or [list(cells)]
    return [*([place] for place in asides), *rows]


def _cut_rows(cells: Sequence[Place], width: int) -> list[Row]:
    return [list(cells[at : at + width]) for at in range(0, len(cells), width)]


def _split_sides(text: str, cells: Sequence[Place], numbers: Sequence[bool | None]) -> list[Row]:
    """The rows of a table with two sides, whose heads stand there twice; none where the cells below are not even.

    Between heads and rows may stand the numbers of the columns, which some of them lack.
    """
    heads = numbers.index(True) if True in numbers else 0
    twice = find_twice([read_place(text, place) for place in cells[:heads]])
    if not twice:
        return []
    width = len(twice)
    for start in range(twice.stop, min(twice.stop + width, len(cells) - ROWS * width) + 1):
        kinds = [set(numbers[start + column :: width]) - {None} for column in range(width)]
        if (len(cells) - start) % width == 0 and all(len(kind) == 1 for kind in kinds):
            above = [list(cells[: twice.start])] if twice.start == SIDES else []
            return [*above, list(cells[twice.start : twice.stop]), *_cut_rows(cells[start:], width)]
    return []


def _split_pairs(cells: Sequence[Place], numbers: Sequence[bool | None]) -> list[Row]:
    """Two heads, and below them labels, each with its number where it has one; none where cells are anything else."""
    if numbers[: PAIR + 2] != [False, False, False, True] or not is_paired(
        [one is True for one in numbers[PAIR + 1 :]]
    ):
        return []
    rows = [list(cells[:PAIR])]
    for place, is_number in zip(cells[PAIR:], numbers[PAIR:], strict=True):
        if is_number:
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _tell_number(text: str, place: Place) -> bool | None:
    """Whether a place holds a number; None for one that is empty, or has a mark for nothing."""
    return columns.tell_type(read_place(text, place)) if place.is_filled else None


def _is_row_width(numbers: Sequence[bool | None], width: int) -> bool:
    """Whether cells are rows of ``width``: labels, and below them columns of words and columns of numbers."""
    heads, body = numbers[:width], numbers[width:]
    if len(body) % width or heads.count(False) < width:
        return False
    kinds = [set(body[column::width]) - {None} for column in range(width)]
    is_even = all(len(kind) == 1 for kind in kinds)
    return is_even and {True} in kinds and {False} in kinds
