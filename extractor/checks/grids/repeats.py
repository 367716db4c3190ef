"""Figures that stand in two tables: the same number of one name, or of so many digits that it is no chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from extractor.amounts.layout import is_total
from extractor.checks.grids.grid import Grid, Number
from extractor.checks.grids.labels import SHORTEST, read_code, read_heads

# Fewer digits are the same by chance.
FEWEST = 4
# So many significant digits are the same in two places for no other reason, whatever they are called.
UNIQUE = 8
# A figure is looked for among so many of its value: what stands in more places is a round number.
MOST = 40


class Figure(Struct, frozen=True):
    """A number of a table with its place and what it is called: by its row, by its column, a total by its table."""

    table: str
    row: int
    column: int
    significant: int
    names: frozenset[str]
    head: str

    def is_called_like(self, other: Figure) -> bool:
        """Whether both have one name; in a table that stands on its side a column has what is a row in the other."""
        return bool(self.names & other.names) or self.head in other.names or other.head in self.names


def find_repeats(grids: Iterable[Grid]) -> Iterator[tuple[Figure, Figure]]:
    """The figures of tables that stand in an earlier one again, each with the first that has its name."""
    for figures in _group(grids).values():
        for at, figure in enumerate(figures):
            first = _find_first(figure, figures[: min(at, MOST)])
            if first:
                yield first, figure


def _find_first(figure: Figure, before: Iterable[Figure]) -> Figure | None:
    elsewhere = [other for other in before if other.table != figure.table]
    named = next(filter(figure.is_called_like, elsewhere), None)
    if named or figure.significant < UNIQUE:
        return named
    return next(iter(elsewhere), None)


def _group(grids: Iterable[Grid]) -> dict[tuple[str, object], list[Figure]]:
    """The figures of all tables by their kind and value."""
    found: dict[tuple[str, object], list[Figure]] = {}
    for grid in grids:
        for key, figure in _list_figures(grid):
            found.setdefault(key, []).append(figure)
    return found


def _list_figures(grid: Grid) -> Iterator[tuple[tuple[str, object], Figure]]:
    """The numbers of a table that have enough digits, each with what it is looked up by."""
    heads = read_heads(grid.table)
    for row, numbers, label in zip(grid.rows, grid.numbers, grid.labels, strict=True):
        called = (label, read_code(grid.table, row, numbers))
        names = frozenset(_list_names(called, grid.table.title or ""))
        for column, number in numbers.items():
            if number.digits >= FEWEST and number.value:
                place = Figure(
                    table=grid.table.id,
                    row=row,
                    column=column,
                    significant=_count_significant(number),
                    names=names,
                    head=heads.get(column, ""),
                )
                yield (number.kind, grid.reduce(number)), place


def _count_significant(number: Number) -> int:
    """How many digits of a number say something, the zeros behind them left out."""
    return len(str(abs(number.value) // number.step).rstrip("0"))


def _list_names(labels: Iterable[str], title: str) -> Iterator[str]:
    """What a number is called by its row; a total has the name of what it is the total of, too."""
    for label in labels:
        if len(label) >= SHORTEST:
            yield label
        if is_total(label) and title:
            yield title
