"""What the patterns make of the words of some results, as tables beside them: for the statements that fill a database.

A cell has a unit and labels; what the unit amounts to and whether the labels speak of a level, a change or a share is
told once for each of them, not for each cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import patterns
from extractor.amounts.layout import is_total
from extractor.claims.named_cells import find_dimension
from extractor.claims.periods import find_periods
from extractor.claims.phrases import clean_phrase
from extractor.claims.vocabulary import identify_metric, load_metrics, normalize_name
from extractor.facts import list_area_kinds
from extractor.model import Dimension, Kind
from extractor.quantities import units
from extractor.scope.facets import list_levels, list_roles, read_value
from extractor.tables.labels import JOIN

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WORDS = "accounts/words"
SQL = Path(__file__).with_name("meanings.sql")
VIEWS = Path(__file__).with_name("views.sql")
# Views that know words: in the folder of the patterns that say what the tables mean.
WORDED = "data_set"
# What a number in per cent is by the words of its labels, in the order in which these are asked for.
RATES: dict[str, Kind] = {"completion_label": "completion", "share_label": "share", "change_label": "change_rate"}
PERCENT: tuple[Dimension, ...] = ("percent", "percentage_point")
USUAL: dict[Dimension, Kind] = dict.fromkeys(PERCENT, "rate")
# So many different labels are remembered: those of some documents.
LABELS = 2**15
# More rows than these are not written in one statement.
ROWS = 1000
# The digits behind the point that a factor has in the tables.
DIGITS = 10


def add_meanings(connection: DuckDBPyConnection) -> None:
    """Makes the tables of meanings for the results that are in ``scratch.result``."""
    connection.execute(SQL.read_text(encoding="utf-8"))
    found = connection.execute("SELECT * FROM scratch.cell ORDER BY ALL").fetchall()
    words = sorted({unit for _, _, unit, _ in found if unit})
    insert_rows(connection, "scratch.unit", [row for word in words if (row := _measure(word))])
    labels = [(*row, read_kind(*row), find_item(row[0], row[1], row[-1])) for row in found if row[-1]]
    insert_rows(connection, "scratch.label", labels)


def add_metrics(connection: DuckDBPyConnection) -> None:
    """Fills the table of the metrics, which is the same for all documents."""
    metrics = load_metrics().values()
    insert_rows(connection, "metrics", [(one.id, one.zh, one.en, one.dimension) for one in metrics])


def add_stages(connection: DuckDBPyConnection) -> None:
    """Makes the table of the roles that the stages of a scope have, for the time of filling."""
    connection.execute("CREATE TABLE scratch.stage (value VARCHAR, role VARCHAR)")
    insert_rows(connection, "scratch.stage", sorted(list_roles().items()))


def add_views(connection: DuckDBPyConnection) -> None:
    """Makes the views, and the tables of what they must know of levels and of kinds of reports."""
    connection.execute(VIEWS.read_text(encoding="utf-8"))
    insert_rows(connection, "levels", sorted(list_levels().items()))
    insert_rows(connection, "cumulated", [[read_value("cumulated")]])
    insert_rows(connection, "stages", sorted(list_roles().items()))
    insert_rows(connection, "statements", [*_list_statements()])
    insert_rows(connection, "area_reports", [[kind] for kind in list_area_kinds()])
    for file in list_worded_views():
        connection.execute(file.read_text(encoding="utf-8"))


def _list_statements() -> Iterator[tuple[str, str]]:
    """The statements that a metric stands in as a whole, not as a part that may be equal to it."""
    for one in load_metrics().values():
        yield from ((one.id, kind) for kind in dict.fromkeys(stand.kind for stand in one.stands if not stand.mirror))


def list_worded_views() -> list[Path]:
    """The files of the views that are made behind the others, because their statements know words."""
    return sorted((patterns.root() / WORDED).glob("*.sql"))


def insert_rows(connection: DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Adds rows to a table, many in a statement: one by one takes a thousandth of a second each."""
    for at in range(0, len(rows), ROWS):
        some = rows[at : at + ROWS]
        places = ", ".join(f"({', '.join('?' * len(row))})" for row in some)
        connection.execute(f"INSERT INTO {table} VALUES {places}", _chain(some))


def _chain(rows: Iterable[Sequence[Any]]) -> list[Any]:
    return [value for row in rows for value in row]


def _measure(unit: str) -> tuple[str, str, str, Dimension] | None:
    """A unit with its base unit, the factor to that, and its dimension; None for a factor with too many digits.

    >>> _measure("万元"), _measure("%")
    (('万元', '元', '10000', 'money'), ('%', '1', '0.01', 'percent'))
    """
    dimension, factor = find_dimension(unit), units.factor(unit)
    if dimension is None or factor != round(factor, DIGITS):
        return None
    base = units.meaning(unit.lstrip(units.multipliers())).base
    return unit, base, f"{factor.normalize():f}", dimension


@lru_cache(LABELS)
def find_item(row_label: str, column_label: str, metric_id: str) -> str | None:
    """The row or column that a number is of, where the other alone names its metric; None for totals, levels and years.

    The row of a place is that place's and no number of the whole, even where nothing else knows it for one.

    >>> income = "fiscal.revenue.current"
    >>> find_item("教育支出", "本年收入合计", income), find_item("合计", "本年收入合计", income)
    ('教育支出', None)
    >>> find_item("本年收入合计", "决算数", income), find_item("2023年", "本年收入合计", income)
    (None, None)
    >>> find_item("教育支出", "项目支出", "function.education"), find_item("教育支出", "合计", "function.education")
    ('项目支出', None)
    >>> find_item("教育支出", "一般公共预算支出/合计", "budget.general.expenditure")
    '教育支出'
    >>> find_item("望川新区", "本年收入合计", income), find_item("市本级", "本年收入合计", income)
    ('望川新区', None)
    >>> find_item("全省合计", "一般公共预算收入", "budget.general.revenue")
    >>> spending = "budget.general.expenditure"
    >>> find_item("图书馆", "支出合计", spending), find_item("支出合计", "2025年执行数", spending)
    ('图书馆', None)
    """
    row, column = (clean_phrase(label.rpartition(JOIN)[2]) for label in (row_label, column_label))
    if not row or not column:
        return None
    by_row, by_column = _list_meant(row_label), _list_meant(column_label)
    if metric_id in by_row:
        return column if by_column - {metric_id} and not is_total(column) else None
    if _is_whole(row):
        return None
    is_of_column = metric_id in by_column or not (by_row or by_column or _is_row("amount_column", column))
    return row if is_of_column or _is_row("place_row", row) else None


@lru_cache(LABELS)
def _list_meant(label: str) -> frozenset[str | None]:
    """The metrics that a label means by its innermost level, or by all of them together: 一般公共预算支出/合计."""
    names = (clean_phrase(label.rpartition(JOIN)[2]), clean_phrase(label.replace(JOIN, "")))
    return frozenset(identify_metric(name, (), None) for name in names) - {None}


def _is_whole(row: str) -> bool:
    """Whether a row is the total, a level or a time, and no item of what the column tells."""
    return is_total(row) or _is_row("whole_row", row) or bool(find_periods(row, None))


def _is_row(expression: str, row: str) -> bool:
    return patterns.fragment(WORDS, expression).fullmatch(row) is not None


@lru_cache(LABELS)
def read_kind(row_label: str, column_label: str, unit: str | None, metric_id: str) -> Kind | None:
    """What the labels make of the number of a metric; None where its unit is not the metric's and no word says why.

    >>> gdp, tax = "economy.gdp.total", "budget.general.tax"
    >>> read_kind("GDP", "比上年增长（%）", "%", gdp), read_kind("GDP", "2024年", "亿元", gdp)
    ('change_rate', 'level')
    >>> read_kind("税收收入", "为预算%", "%", tax), read_kind("税收收入", "增减额", "万元", tax)
    ('completion', 'change_amount')
    """
    dimension, own = find_dimension(unit or ""), load_metrics()[metric_id].dimension
    label = normalize_name(f"{row_label}/{column_label}")
    told = next((kind for part, kind in RATES.items() if patterns.fragment(WORDS, part).search(label)), None)
    if dimension in PERCENT and own not in PERCENT:
        return told
    if dimension in (own, None) or own in PERCENT:
        return "change_amount" if told == "change_rate" else USUAL.get(own, "level")
    return None
