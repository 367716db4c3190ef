"""Number cells of tables get names: the labels of row and column, the metric that they mean, period and scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.claims.dates import Resolve, resolve_dates
from extractor.claims.periods import YEAR, find_periods
from extractor.claims.phrases import clean_phrase
from extractor.claims.vocabulary import identify_growth, identify_metric, normalize_name
from extractor.model import Dimension, Period, Scope, Section, Table, TableCell
from extractor.quantities import units
from extractor.scope import Found, Stretch, choose_scope, read_heading, read_label, read_title
from extractor.tables.labels import JOIN, Labelled, Labels

# So many labels are remembered: those of one document.
LABELS = 4096

# The month that the label of a column names (2025.3).
MONTHS: Resolve = "months"
# The facets that say whose a number is.
WHOSE = ("owner", "place")

_expression = partial(patterns.fragment, "accounts/words")


class Above(Struct, frozen=True):
    """What stands over all cells of a table: its headings from the top down, its title, and the document's."""

    headings: tuple[str, ...]
    title: str
    year: int | None
    document: str


class Names(Struct, frozen=True):
    """What the labels of a cell say of it."""

    metric_id: str | None
    period: Period | None
    scope: Scope


def name_cells(
    tables: Sequence[Table], sections: Sequence[Section], year: int | None, title: str | None
) -> tuple[Table, ...]:
    r"""The tables with names for their numbers; ``year`` and ``title`` are the document's own.

    >>> from extractor import extract
    >>> sheet = "支出决算表\n项目\t年初预算\t决算数\n教育支出\t12.5\t13.1\n合计\t12.5\t13.1".encode()
    >>> cell = extract(sheet, name="sheet.txt").tables[0].rows[1][2]
    >>> cell.row_label, cell.column_label, cell.scope.stage.value
    ('教育支出', '决算数', '决算')
    """
    by_id = {section.id: section for section in sections}
    return tuple(
        _name_table(table, Above(_list_headings(by_id, table), table.title or "", year, title or ""))
        for table in tables
    )


def _list_headings(sections: Mapping[str, Section], table: Table) -> tuple[str, ...]:
    """The headings over a table from the top down."""
    found: list[str] = []
    section = table.section
    while section:
        found.append(sections[section].heading)
        section = sections[section].parent
    return tuple(reversed(found))


def _name_table(table: Table, above: Above) -> Table:
    """A table with names for its numbers."""
    labels = Labels(table)
    namer = Namer(above, any(_is_called("place_head", head) for head in labels.corners))
    rows = [list(cells) for cells in table.rows]
    for at, cells in enumerate(table.rows[table.header_rows :], start=table.header_rows):
        columns = [column for column, cell in enumerate(cells) if cell.value is not None]
        for column, labelled in zip(columns, labels.read_row(at, columns) if columns else (), strict=True):
            rows[at][column] = namer.name_cell(cells[column], labelled)
    return msgspec.structs.replace(table, rows=tuple(map(tuple, rows)))


class Namer:
    """Names the cells of one table; what labels say together is worked out once.

    ``lists_places`` says that its rows are places, so that a label without 市 or 县 is the name of one too.
    """

    def __init__(self, above: Above, lists_places: bool = False) -> None:
        self._above, self._lists_places = above, lists_places
        self._path = (*above.headings, above.title)
        self._known: dict[tuple[Labelled, Dimension | None], Names] = {}
        self._meant: dict[tuple[str, Dimension | None], str | None] = {}
        self._shared = [
            Stretch("title", read_label(above.title)),
            *map(read_heading, reversed(above.headings)),
            read_title(above.document),
        ]

    def name_cell(self, cell: TableCell, labelled: Labelled) -> TableCell:
        """The cell with its names."""
        dimension = find_dimension(cell.unit or "")
        names = self._known.get((labelled, dimension))
        if names is None:
            names = self._known.setdefault((labelled, dimension), self._read(labelled, dimension))
        return msgspec.structs.replace(
            cell,
            row_label=labelled.row,
            column_label=labelled.column,
            metric_id=names.metric_id,
            period=names.period,
            scope=names.scope,
        )

    def _read(self, labelled: Labelled, dimension: Dimension | None) -> Names:
        """What two labels say; the words of the column go before those of the row, as the heads of forms do."""
        label = Stretch("label", (*self._read_row(labelled.row), *_read_column(labelled.column)))
        return Names(
            metric_id=self._identify(labelled, dimension),
            period=self._find_period(labelled),
            scope=choose_scope([label, *self._shared]),
        )

    def _read_row(self, row: str) -> Iterator[Found]:
        """What the label of a row says: as a whole, by its innermost level, and as the plain name of a place."""
        whole, innermost = read_label(row), row.rpartition(JOIN)[2]
        yield from whole
        if innermost != row:
            yield from (one for one in read_label(innermost) if one.facet == "place")
        elif self._lists_places and not whole and _is_called("bare_place", row):
            yield Found(0, "place", row, True, "accounts/words.bare_place")

    def _identify(self, labelled: Labelled, dimension: Dimension | None) -> str | None:
        """The metric that the innermost label of the row means, alone or with the table's title, else the column's."""
        meant = (self._find_meant(name, dimension) for name in _list_names(labelled))
        found = next(filter(None, meant), None)
        if found:
            return found
        if not _is_called("amount_column", labelled.column) or not _is_called("place_row", labelled.row):
            return None
        return self._titled

    def _find_meant(self, name: str, dimension: Dimension | None) -> str | None:
        """The metric that a name means in this table, looked up once."""
        key = (name, dimension)
        if key not in self._meant:
            self._meant[key] = identify_metric(name, self._path, dimension) or (
                identify_growth(name, self._path) if dimension == "percent" else None
            )
        return self._meant[key]

    @cached_property
    def _titled(self) -> str | None:
        """The metric that a title names alone: 2025年全省各市一般公共预算收入执行情况表."""
        found = _expression("titled").search(normalize_name(self._above.title))
        return identify_metric(found["name"], self._above.headings) if found else None

    def _find_period(self, labelled: Labelled) -> Period | None:
        """The period that the labels name, else the title of the table or the document's year."""
        above = (self._above.title, *reversed(self._above.headings), self._above.document)
        periods = (_find_first_period(text, self._above.year) for text in (labelled.column, labelled.row, *above))
        return _read_year(labelled.column) or next(filter(None, periods), None)


def _read_column(column: str) -> Iterator[Found]:
    """What the label of a column says: as a whole, and whose its numbers are by each of its levels.

    >>> [(found.facet, found.value) for found in _read_column("云溪精密机械有限公司/购买日公允价值")]
    [('owner', '云溪精密机械有限公司')]
    """
    yield from read_label(column)
    if JOIN in column:
        levels = column.split(JOIN)
        yield from (one for level in levels for one in read_label(level) if one.facet in WHOSE)


def _list_names(labelled: Labelled) -> Iterator[str]:
    """The names that a cell may have: of its row, of its column, and of both together.

    Where a label has several levels, all of them name it better than the innermost one: 债务余额/专项债务.

    >>> [*_list_names(Labelled("云岭市", "债务余额/专项债务"))][:3]
    ['债务余额专项债务', '云岭市', '专项债务']
    """
    yield from (_clean_label(label.replace(JOIN, "")) for label in labelled if JOIN in label)
    row, column = (_clean_label(label.rpartition(JOIN)[2]) for label in (labelled.row, labelled.column))
    yield from filter(None, (row, column, row + column, column + row))


@lru_cache(LABELS)
def _is_called(expression: str, label: str) -> bool:
    """Whether a label is what an expression says."""
    return _expression(expression).fullmatch(normalize_name(label)) is not None


@lru_cache(LABELS)
def _clean_label(label: str) -> str:
    """A label without what is no part of a name."""
    return clean_phrase(label)


@lru_cache(LABELS)
def _find_first_period(text: str, year: int | None) -> Period | None:
    """The first period that a label names."""
    found = find_periods(text, year) if text else []
    return found[0].period if found else None


@lru_cache(LABELS)
def _read_year(column: str) -> Period | None:
    """The year, or the month of one, that a column is headed by, which needs no word behind its number there.

    >>> _read_year("2024").end, _read_year("合并/2024").text, _read_year("20240"), _read_year("2024年")
    ('2024-12-31', '2024', None, None)
    >>> _read_year("2025.3").end
    '2025-03-31'
    """
    found = _expression("headed_year").fullmatch(column.rpartition(JOIN)[2])
    return Period(found[0], *resolve_dates(found, MONTHS if found["from"] else YEAR, None)) if found else None


@cache
def find_dimension(unit: str) -> Dimension | None:
    """The dimension of a cell's unit; None without one.

    >>> find_dimension("万元"), find_dimension("%"), find_dimension("")
    ('money', 'percent', None)
    """
    word = unit.lstrip(units.multipliers())
    return units.meaning(word).dimension if word else None
