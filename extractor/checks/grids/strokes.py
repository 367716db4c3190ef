"""Numbers of two tables that are one stroke apart, where what stands beside them is the same.

Rows of one name need not say the same everywhere: those of a company and of its group do in some items only. But two
numbers of many digits that differ in one are no two figures, where their rows have another number in common and one of
the two stands nowhere else, nor in any sum. So are those that one table names by its row and its column, and another
by its title and its row: 黄冈市 under 政府性基金收入, and 政府性基金收入 in a table of 黄冈市. So are those of one
name, of which one stands in several tables and is so long that no other number would be so near it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, product

from msgspec import Struct

from extractor.amounts.layout import is_total
from extractor.amounts.misprints import is_misprint
from extractor.checks.grids.alignment import OWN, Misaligned
from extractor.checks.grids.grid import RATE, Grid
from extractor.checks.grids.labels import SHORTEST, clean_label
from extractor.checks.grids.neighbours import Cell, group_lines, list_cells, stands_near
from extractor.claims.vocabulary import normalize_name

# A number of fewer digits that are no zeros is one stroke from many; one that is the same may have fewer.
FEWEST, AGREEING = 4, 3
# So many digits of two rows that are the same are no chance, those included that the two numbers have in common.
TELLING = 8
# Rows in which a number of so many digits is the same tell of one thing, whatever they are called.
UNIQUE = 7
# A number of so many digits that stands in so many tables under one name is known; names of more numbers are of many.
KNOWN, OFTEN, LISTED = 8, 2, 60
# What stands in more rows is looked for in so many of them.
MOST = 8
# The digits of the year that a day begins with.
YEAR = 4

Place = tuple[str, int, int]
Pair = tuple[Cell, Cell]


class Match(Struct, frozen=True):
    """Numbers of two tables that may be one figure each, and those of their lines that are."""

    likely: Iterable[Pair]
    same: Sequence[Pair]

    def list_slips(self) -> Iterator[Pair]:
        """The numbers that are one stroke apart, where enough digits are the same."""
        known = sum(map(_count_least, self.same))
        return (pair for pair in self.likely if _count_least(pair) + known >= TELLING and _is_slip(*pair))


def find_strokes(grids: Iterable[Grid], held: Container[Place]) -> Iterator[Misaligned]:
    """The cells of two tables that are one figure but for a stroke; those ``held`` by a sum are what they should be."""
    sheets = [(grid, list(list_cells(grid))) for grid in grids]
    cells = list(chain.from_iterable(cells for _, cells in sheets))
    lines, often = group_lines(cells), Counter(map(_read_value, cells))
    lone = {cell.place for cell in cells if often[_read_value(cell)] == 1 and cell.place not in held}
    tables: dict[tuple[str, str], list[Misaligned]] = {}
    for match in chain(_match_rows(cells), _match_columns(sheets), _match_titles(sheets), _match_names(cells)):
        for one, other in match.list_slips():
            if not lone.isdisjoint((one.place, other.place)) and not stands_near(lines, one, other):
                slip = Misaligned(one.place, other.place, len(match.same))
                tables.setdefault((one.place[0], other.place[0]), []).append(slip)
    return chain.from_iterable(slips for slips in tables.values() if _are_of_one(slips))


def _are_of_one(slips: Sequence[Misaligned]) -> bool:
    """Whether all slips between two tables are those of one number: tables of two scopes differ in many."""
    places = [{slip.first, slip.second} for slip in slips]
    return bool(places[0].intersection(*places))


def _is_slip(one: Cell, other: Cell) -> bool:
    """Whether two numbers of one kind are one stroke apart, in more than their last digit."""
    if one.number.kind != other.number.kind or min(one.digits, other.digits) < FEWEST or not one.is_far(other):
        return False
    return _is_stroke(*sorted((one, other), key=lambda cell: -cell.step))


def _is_stroke(coarse: Cell, fine: Cell) -> bool:
    """Whether a misprint makes one number of another, as it is written in the coarser of their steps."""
    written = str(coarse.number.value // coarse.number.step)
    return is_misprint(written, Fraction(round(fine.value / coarse.step)))


def _is_of_year(one: Cell, other: Cell) -> bool:
    years = [_read_year(cell) for cell in (one, other)]
    return None in years or years[0] == years[1]


def _read_year(cell: Cell) -> str | None:
    """The year that a number is of."""
    period = cell.read().period
    return (period.end or "")[:YEAR] or None if period else None


def _read_value(cell: Cell) -> tuple[str, tuple[int, int]]:
    return cell.number.kind, cell.grid.reduce(cell.number)


def _count_least(pair: Pair) -> int:
    """How many digits of the shorter of two numbers say something."""
    return min(cell.digits for cell in pair)


# ── rows in which a number is the same ───────────────────────────────────────────────────────────────────────────────


def _match_rows(cells: Sequence[Cell]) -> Iterator[Match]:
    """The rows of two tables that have a number in common, and one name or a number of so many digits."""
    rows: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.place[:2], []).append(cell)
    for (left, right), same in _find_same(cells).items():
        yield Match(_list_aligned(rows[left], rows[right], same), same)


def _find_same(cells: Iterable[Cell]) -> Mapping[tuple[tuple[str, int], tuple[str, int]], list[Pair]]:
    """The numbers that two rows of different tables have in common, by the rows."""
    found: dict[tuple[tuple[str, int], tuple[str, int]], list[Pair]] = {}
    for group in _group(cells):
        for one, other in combinations(group[:MOST], 2):
            if one.place[0] != other.place[0] and not one.differs(other):
                found.setdefault((one.place[:2], other.place[:2]), []).append((one, other))
    return found


def _group(cells: Iterable[Cell]) -> Iterable[list[Cell]]:
    """Amounts of about one value: those of one name, and those of many digits."""
    found: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in cells:
        if cell.number.kind != RATE and cell.digits >= (AGREEING if cell.label else UNIQUE):
            name = "" if cell.digits >= UNIQUE else cell.label
            found.setdefault((name, cell.number.kind, cell.key), []).append(cell)
    return found.values()


def _list_aligned(left: Sequence[Cell], right: Sequence[Cell], same: Sequence[Pair]) -> Iterator[Pair]:
    """Amounts of two rows that stand on the same side of those that are the same, and are not known to be any."""
    known = {cell.place for pair in same for cell in pair}
    have_years = all(len(set(map(_read_year, line))) > 1 for line in (left, right))
    for one, other in product(left, right):
        is_open = known.isdisjoint((one.place, other.place)) and one.number.kind != RATE
        if have_years and not _is_of_year(one, other):
            continue
        if is_open and all(_is_in_front(one, a) == _is_in_front(other, b) for a, b in same):
            yield one, other


def _is_in_front(one: Cell, other: Cell) -> bool:
    """Whether a number stands in front of another of its row."""
    return one.place[2] < other.place[2]


# ── columns in which several numbers are the same ────────────────────────────────────────────────────────────────────


def _match_columns(sheets: Sequence[tuple[Grid, Sequence[Cell]]]) -> Iterator[Match]:
    """The columns of two tables that have several numbers of many digits in common, in rows of one name."""
    named: dict[str, list[Cell]] = {}
    for grid, cells in sheets:
        labels, often = dict(zip(grid.rows, grid.labels, strict=True)), Counter(grid.labels)
        for cell in cells:
            label = labels[cell.place[1]]
            if cell.digits >= UNIQUE and cell.number.kind != RATE and often[label] == 1:
                named.setdefault(label, []).append(cell)
    columns: dict[tuple[tuple[str, int], ...], list[Pair]] = {}
    for one, other in chain.from_iterable(combinations(group[:MOST], 2) for group in named.values()):
        if one.place[0] != other.place[0]:
            columns.setdefault(tuple(cell.place[::2] for cell in (one, other)), []).append((one, other))
    for pairs in columns.values():
        same = [pair for pair in pairs if not pair[0].differs(pair[1])]
        if len(same) >= OWN:
            yield Match(pairs, same)


# ── a row of a table, and a table of its own ─────────────────────────────────────────────────────────────────────────


def _match_titles(sheets: Sequence[tuple[Grid, Sequence[Cell]]]) -> Iterator[Match]:
    """The rows of tables that another table is called after, whose rows are called like their columns."""
    rows: dict[str, list[list[Cell]]] = {}
    for _, cells in sheets:
        by_row: dict[int, list[Cell]] = {}
        for cell in cells:
            by_row.setdefault(cell.place[1], []).append(cell)
        for line in by_row.values():
            rows.setdefault(line[0].label, []).append(line)
    for grid, cells in sheets:
        title = normalize_name(grid.table.title or "")
        for end in range(SHORTEST, len(title) + 1):
            for line in rows.get(title[:end], ()):
                yield _match_table(line, cells)


def _match_table(line: Sequence[Cell], cells: Sequence[Cell]) -> Match:
    """The numbers of a row and those of a table that are called like them."""
    named = [
        (one, other) for one, other in product(line, cells) if other.label in one.heads and _is_of_year(one, other)
    ]
    same = [pair for pair in named if not pair[0].differs(pair[1]) and _count_least(pair) >= AGREEING]
    return Match(named if same else (), same)


# ── a number that several tables have under one name ─────────────────────────────────────────────────────────────────


def _match_names(cells: Iterable[Cell]) -> Iterator[Match]:
    """The long numbers of one name that several tables have, and those that no other has."""
    named: dict[str, list[Cell]] = {}
    for cell in cells:
        for name in _list_names(cell) if cell.digits >= KNOWN else ():
            named.setdefault(name, []).append(cell)
    for group in named.values():
        tables: dict[tuple[str, tuple[int, int]], dict[str, Cell]] = {}
        for cell in group:
            tables.setdefault(_read_value(cell), {}).setdefault(cell.place[0], cell)
        known = [list(found.values()) for found in tables.values() if len(found) >= OFTEN]
        lone = [cell for cell in group if len(tables[_read_value(cell)]) == 1]
        for found in known if len(group) <= LISTED else ():
            same = [(found[0], found[1])]
            yield Match([(found[0], cell) for cell in lone if _is_of_year(found[0], cell)], same)


def _list_names(cell: Cell) -> Iterable[str]:
    """What the row of a number is called, and what stands nearest in front of it."""
    words = (clean_label(other.text) for other in cell.line[: cell.place[2]] if other.value is None and other.text)
    names = {cell.label, *deque(words, 1)}
    return (name for name in names if len(name) >= SHORTEST and not is_total(name))
