"""Relations that a pattern file of one's own states in data alone: a formula over metrics of the vocabulary.

``metrics`` of a ``[[relation]]`` says which metric each role is. Its numbers are of one time, all planned or all done,
and of nothing that tells them apart; where several could be meant, what holds with any of them is held by it, and what
holds with none is unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice, product

import msgspec
from msgspec import UNSET, Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.names import is_disjoint
from extractor.checks.engine.forms import FOLDER, Form, load
from extractor.checks.engine.formula import Formula, find_summed
from extractor.checks.engine.judge import OTHER_READING, find_fitting
from extractor.checks.engine.measures import is_alike, measure_base, take_to_base
from extractor.checks.engine.rule import TOLD, Relation
from extractor.checks.relations.times import OPEN, Dates, read_dates
from extractor.model import Period, Role, Table, TableCell

# What is of a thing at a time, and no change of it.
KINDS = ("level", "rate", "share")
# So many ways to choose the numbers of one relation are tried.
MOST = 32


class Candidate(Struct, frozen=True):
    """A number of a metric: of which time, and planned or done."""

    metric: str
    amount: Amount
    dates: Dates
    role: Role


class Measured:
    """The numbers of a document that have a metric of the vocabulary, by its id: of the narrative, then of tables."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def by_metric(self) -> Mapping[str, Sequence[Candidate]]:
        """The numbers of each metric in the order of the text; one that is told again the same is left out."""
        found: dict[str, dict[object, Candidate]] = {}
        for one in (*self._list_claims(), *self._list_cells()):
            amount = one.amount
            same = one.dates, one.role, amount.exact, amount.step, amount.base, amount.scope
            found.setdefault(one.metric, {}).setdefault(same, one)
        return {metric: [*numbers.values()] for metric, numbers in found.items()}

    def _list_claims(self) -> Iterator[Candidate]:
        for claim in self._book.claims:
            if claim.metric_id and claim.kind in KINDS and not claim.value_high:
                amount = take_to_base(self._book.amount(claim))
                yield Candidate(claim.metric_id, amount, read_dates(claim), claim.role)

    def _list_cells(self) -> Iterator[Candidate]:
        for table in self._book.tables:
            for row, cells in enumerate(table.rows[table.header_rows :], start=table.header_rows):
                for column, cell in enumerate(cells):
                    yield from self._read_cell(table, row, column, cell)

    def _read_cell(self, table: Table, row: int, column: int, cell: TableCell) -> Iterator[Candidate]:
        """The number of a cell that has a metric and a unit."""
        if cell.metric_id in (None, UNSET) or not cell.unit:
            return
        amount = self._book.cell(table, row, column)
        if amount and isinstance(cell.metric_id, str):
            labels = [label for label in (cell.row_label, cell.column_label) if isinstance(label, str)]
            named = msgspec.structs.replace(take_to_base(amount), label="/".join(filter(None, labels)))
            yield Candidate(cell.metric_id, named, _read_period(cell), "actual")


def _read_period(cell: TableCell) -> Dates:
    period = cell.period
    return (period.start, period.end) if isinstance(period, Period) else OPEN


@cache
def list_declared() -> tuple[str, ...]:
    """The codes of the rules of one's own."""
    names = map(patterns.name, patterns.list_own_files(FOLDER))
    codes = (name.removeprefix(f"{FOLDER}/") for name in names)
    return tuple(code for code in codes if any(form.metrics for form in load(code).forms.values()))


def find_declared(book: Book, code: str) -> Iterator[Relation]:
    """The relations of one rule of one's own."""
    for name, form in load(code).forms.items():
        if form.metrics and form.parsed:
            yield from _propose(book, code, name, form, form.parsed)


def _propose(book: Book, code: str, name: str, form: Form, formula: Formula) -> Iterator[Relation]:
    """A relation for each number in question whose others are told."""
    first, *others = form.roles
    summed = find_summed(formula)
    roles = [(role, metric) for role in others for metric in form.metrics[role]]
    for subject in _list_subjects(book, form.metrics[first], is_summed=first in summed):
        found = [_find_beside(book, subject, metric) for _, metric in roles]
        start = tuple((first, one.amount) for one in subject)
        rest = islice(product(*found), MOST)
        chosen = [(*start, *zip([role for role, _ in roles], map(_amount, one), strict=True)) for one in rest]
        fitting = [operands for operands in chosen if _has_units(formula, operands)]
        yield from _settle(code, name, fitting)


def _amount(candidate: Candidate) -> Amount:
    return candidate.amount


def _list_subjects(book: Book, metrics: Sequence[str], is_summed: bool) -> Iterator[tuple[Candidate, ...]]:
    """The numbers in question: each of a metric, or where they are summed, one of each metric."""
    numbers = book.view(Measured).by_metric
    for one in numbers.get(metrics[0], ()):
        further = [_find_beside(book, (one,), metric) for metric in metrics[1:]] if is_summed else []
        yield from ((one, *rest) for rest in islice(product(*further), 1))


def _find_beside(book: Book, subject: Iterable[Candidate], metric: str) -> list[Candidate]:
    """The numbers of a metric that are of the same as the one in question: of its own time, else of no told one."""
    head = next(iter(subject))
    numbers = [one for one in book.view(Measured).by_metric.get(metric, ()) if _is_of_same(head, one)]
    timed = [one for one in numbers if one.dates == head.dates]
    return timed or [one for one in numbers if OPEN in (one.dates, head.dates)]


def _is_of_same(one: Candidate, other: Candidate) -> bool:
    """Whether two numbers are planned or done alike, and of nothing that tells them apart."""
    return one.role == other.role and not is_disjoint(one.amount.scope, other.amount.scope)


def _has_units(formula: Formula, operands: Sequence[tuple[str, Amount]]) -> bool:
    """Whether the units of the numbers make what the formula is compared with, and each role is of one unit."""
    measures = {role: measure_base(amount.base) for role, amount in operands}
    if any(measures[role] != measure_base(amount.base) for role, amount in operands):
        return False
    stated = None if formula.bound else measures[operands[0][0]]
    return is_alike(formula, stated, measures)


def _settle(code: str, name: str, chosen: Sequence[tuple[tuple[str, Amount], ...]]) -> Iterator[Relation]:
    """The first choice that holds; where none does the first, which is unclear if there are others."""
    otherwise = TOLD if len(chosen) == 1 else OTHER_READING
    relations = [Relation(code, name, operands, otherwise=otherwise) for operands in chosen]
    yield from filter(None, [find_fitting(relations) or next(iter(relations), None)])
