"""What became of the tables of a version: cells by the labels of rows and columns, rows, columns, whole tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property, partial

from msgspec import UNSET, Struct, UnsetType

from extractor.diffs.versions.aligning import Places, match_places
from extractor.diffs.versions.found import Found, Spot
from extractor.diffs.versions.sentences import Told
from extractor.diffs.versions.units import NUMBER, Script, write_key
from extractor.model import Claim, ClaimCell, Section, Span, Table, TableCell
from extractor.passages.words import compare_spellings

LABEL = 0.5
"""What a label counts beside all other cells."""


class Grid(Struct, frozen=True, dict=True):
    """A table with the keys of its cells, in which the numbers that are in pairs are a mark."""

    script: Script
    table: Table
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def labels(self) -> frozenset[str]:
        """The words of its cells and its title."""
        words = {key for row in self.rows for key in row if _is_label(key)}
        return frozenset(words | {write_key(self.table.title or "")})

    @cached_property
    def heads(self) -> list[tuple[str, ...]]:
        """What stands above each column."""
        heads = self.rows[: self.table.header_rows]
        return [tuple(row[at] for row in heads) for at in range(len(self.rows[0]) if self.rows else 0)]

    @cached_property
    def section(self) -> Section | None:
        """The section that it stands in."""
        return next((one for one in self.script.half.result.sections if one.id == self.table.section), None)


def read_grids(script: Script, told: Iterable[str]) -> list[Grid]:
    """The tables of a side; ``told`` are the ids of the claims that are in pairs."""
    half, known = script.half, set(told)
    inside = (half.part.start, half.part.end) if half.part else (0, len(half.result.text))
    claims: dict[tuple[str, int, int], list[Claim]] = {}
    for claim in half.claims:
        if claim.cell and claim.id in known:
            claims.setdefault((claim.cell.table, claim.cell.row, claim.cell.column), []).append(claim)
    tables = [one for one in half.result.tables if inside[0] <= one.start < inside[1]]
    return [Grid(script, table, _read_rows(table, script, claims)) for table in tables]


def _read_rows(
    table: Table, script: Script, claims: dict[tuple[str, int, int], list[Claim]]
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(_write_cell(cell, script, claims.get((table.id, at, to), ())) for to, cell in enumerate(row))
        for at, row in enumerate(table.rows)
    )


def _write_cell(cell: TableCell, script: Script, claims: Sequence[Claim]) -> str:
    """A cell as it is compared: a number by its value, words without the numbers that are in pairs."""
    if cell.value is not None:
        return f"{format(Decimal(cell.value).normalize(), 'f')}{cell.unit or ''}"
    pieces, at = [], cell.start
    for claim in claims:
        pieces += [script.read(at, claim.start), NUMBER]
        at = claim.end
    return write_key("".join((*pieces, script.read(at, cell.end)))) if claims else write_key(cell.text)


def _is_label(key: str) -> bool:
    return any(char.isalpha() for char in key)


def compare_tables(left: Script, right: Script, told: Told) -> Iterator[Found]:
    """What changed in the tables, in their order."""
    lefts, rights = read_grids(left, told.left), read_grids(right, told.right)
    contents = [grid.rows for grid in lefts], [grid.rows for grid in rights]
    for at, to in _pair(*contents, lambda at, to: _compare_grids(lefts[at], rights[to])):
        one, two = None if at is None else lefts[at], None if to is None else rights[to]
        if one and two:
            yield from _compare_pair(one, two)
        else:
            yield Found("table", _spot_table(one), _spot_table(two))


def _pair(left: Sequence[object], right: Sequence[object], rate: Callable[[int, int], float]) -> Iterator[Places]:
    """Places of what is the same on both sides, or of what one alone has: equal things first, then those alike."""
    for tag, first, last, begin, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(first, last), range(begin, end), strict=True)
        else:
            found = match_places(last - first, end - begin, partial(_rate_behind, rate, first, begin))
            yield from ((_shift(at, first), _shift(to, begin)) for at, to in found)


def _rate_behind(rate: Callable[[int, int], float], first: int, begin: int, at: int, to: int) -> float:
    """How alike two things are whose places are counted from ``first`` and ``begin``."""
    return rate(first + at, begin + to)


def _shift(at: int | None, by: int) -> int | None:
    return None if at is None else at + by


def _compare_grids(one: Grid, two: Grid) -> float:
    """How alike two tables are by their words."""
    return 2 * len(one.labels & two.labels) / max(1, len(one.labels) + len(two.labels))


def _compare_pair(one: Grid, two: Grid) -> Iterator[Found]:
    """Rows, columns and cells of one table in two versions."""
    kept: list[tuple[int, int]] = []
    for at, to in _pair_columns(one, two):
        if at is None or to is None:
            yield Found("column", _spot_column(one, at), _spot_column(two, to))
        else:
            kept.append((at, to))
    for row, other in _pair(one.rows, two.rows, lambda at, to: _compare_rows(one.rows[at], two.rows[to])):
        if row is None or other is None:
            yield Found("row", _spot_row(one, row), _spot_row(two, other))
        else:
            changed = ((at, to) for at, to in kept if one.rows[row][at] != two.rows[other][to])
            yield from (Found("cell", _spot_cell(one, row, at), _spot_cell(two, other, to)) for at, to in changed)


def _pair_columns(one: Grid, two: Grid) -> Iterator[Places]:
    """The columns of one table: by their order, and where their number changed by their heads."""
    if len(one.heads) == len(two.heads):
        return zip(range(len(one.heads)), range(len(two.heads)), strict=True)
    return _pair(one.heads, two.heads, lambda at, to: 0.0)


def _compare_rows(one: Sequence[str], two: Sequence[str]) -> float:
    """How alike two rows are: their label counts as much as all their cells."""
    label = LABEL * compare_spellings(_find_label(one), _find_label(two))
    equal = sum(first == second for first, second in zip(one, two, strict=False))
    return label + (1 - LABEL) * equal / max(len(one), len(two), 1)


def _find_label(row: Sequence[str]) -> str:
    return next(filter(_is_label, row), "")


# ── where it stands ──────────────────────────────────────────────────────────────────────────────────────


def _spot_table(grid: Grid | None) -> Spot | None:
    """A whole table, told by its first row."""
    if grid is None:
        return None
    table = grid.table
    head = table.rows[0] if table.rows else ()
    first = Span(table.start, max((cell.end for cell in head), default=table.end))
    return Spot(grid.script, first, Span(table.start, table.end), grid.section)


def _spot_row(grid: Grid, at: int | None) -> Spot | None:
    if at is None:
        return None
    cells = grid.table.rows[at]
    span = Span(min(cell.start for cell in cells), max(cell.end for cell in cells))
    return Spot(grid.script, span, span, grid.section, _name_place(grid, at, 0))


def _spot_column(grid: Grid, at: int | None) -> Spot | None:
    if at is None:
        return None
    row = max(0, grid.table.header_rows - 1)
    return _spot_cell(grid, row, at)


def _spot_cell(grid: Grid, row: int, column: int) -> Spot:
    cell = grid.table.rows[row][column]
    span = Span(cell.start, cell.end)
    return Spot(grid.script, span, span, grid.section, _name_place(grid, row, column))


def _name_place(grid: Grid, row: int, column: int) -> ClaimCell:
    """A place with its labels: those that the cell bears, else the first words of its row and the last of its head.

    The code of a row says less than its words.
    """
    cell = grid.table.rows[row][column]
    heads = (line[column].text for line in grid.table.rows[: min(row, grid.table.header_rows)])
    head = next(filter(None, reversed([*heads])), "")
    texts = [one.text for one in grid.table.rows[row] if one.value is None and one.text]
    label = next(filter(_is_label, texts), next(iter(texts), ""))
    return ClaimCell(grid.table.id, row, column, _choose(cell.row_label, label), _choose(cell.column_label, head))


def _choose(label: str | UnsetType, otherwise: str) -> str:
    """The label of a cell where it has one, in words where the other has these."""
    is_told = label is not UNSET and (_is_label(label) or not _is_label(otherwise))
    return label if is_told and label is not UNSET else otherwise
