"""The numbers of a document as they are looked up: claims, and the amounts of tables, in their words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

import msgspec
from msgspec import UNSET, Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.amounts.names import read_facets
from extractor.cite.anchors import anchor_cell, anchor_claim
from extractor.cite.answer import Anchor, SourceFinding
from extractor.cite.bodies import name_body
from extractor.cite.doubts import list_doubts
from extractor.model import Claim, Result, Scope, Span, Table, TableCell
from extractor.passages.items import Item, Reader
from extractor.passages.words import list_generic_words, strip_metric, weigh_words
from extractor.quantities import units

JOINT = "/"
# What 约1 may be at most: no number that says the same is more times larger or smaller.
NEAR = 2
# Where the words stand that say whose a number is, in the text itself.
SAID = ("clause", "sentence", "paragraph", "heading")


class Told(Struct, frozen=True):
    """A number of a document in its words, and where it stands."""

    item: Item
    result: Result
    place: tuple[Table, int, int] | None = None

    @property
    def name(self) -> str:
        """The id of the claim, or table, row and column."""
        if self.place:
            table, row, column = self.place
            return f"{table.id}:{row}:{column}"
        return self.item.claim.id

    @property
    def anchor(self) -> Anchor:
        """Where it stands."""
        if self.place:
            return anchor_cell(self.result, *self.place)
        return anchor_claim(self.result, self.item.claim)


class Numbers:
    """All numbers of one report."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self._book = Book(result)

    @cached_property
    def doubts(self) -> dict[str, SourceFinding]:
        """What its own checks found about them, by their names."""
        return list_doubts(self.result)

    @cached_property
    def claims(self) -> list[Told]:
        """The claims, in document order."""
        return [Told(item, self.result) for item in Reader(self._book, self.result.claims).read()]

    @cached_property
    def cells(self) -> list[Told]:
        """The amounts in cells that are no claims, in document order."""
        taken = {claim.start for claim in self.result.claims}
        return [told for table in self.result.tables for told in self._list_cells(table) if told.item.at not in taken]

    def find_near(self, item: Item) -> Sequence[Told]:
        """The numbers that may be what a number says: all for one that is bounded by words, else those of its size."""
        if item.claim.value_high or (item.claim.approximation and not all(item.claim.interval)):
            return self._by_size[1]
        sizes, told = self._by_size
        size = abs(item.exact)
        return told[bisect_left(sizes, size / NEAR) : bisect_right(sizes, size * NEAR)]

    @cached_property
    def _by_size(self) -> tuple[list[Fraction], list[Told]]:
        told = sorted((*self.claims, *self.cells), key=lambda one: abs(one.item.exact))
        return [abs(one.item.exact) for one in told], told

    def find_called(self, item: Item) -> Sequence[Told]:
        """The claims that have the name of a number, or of the account that it is a total of, in document order."""
        account = name_account(item.claim.scope)
        others = self._by_account.get(account, ()) if account else ()
        named = self._by_name.get(item.named, ())
        return [*named, *(told for told in others if told.item.named != item.named)]

    @cached_property
    def _by_account(self) -> dict[tuple[str, ...], list[Told]]:
        found: dict[tuple[str, ...], list[Told]] = {}
        for told in self.claims:
            if account := name_account(told.item.claim.scope):
                found.setdefault(account, []).append(told)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Told]]:
        found: dict[str, list[Told]] = {}
        for told in self.claims:
            found.setdefault(told.item.named, []).append(told)
        return found

    def _list_cells(self, table: Table) -> Iterator[Told]:
        layout = self._book.layout(table)
        for row in range(table.header_rows, len(table.rows)):
            for column in layout.places:
                amount = self._book.cell(table, row, column)
                if amount:
                    item = _make_item(table, table.rows[row][column], amount)
                    yield Told(item, self.result, (table, row, column))


def name_account(scope: Scope) -> tuple[str, ...] | None:
    """The level, the fund and the side that are told of a number; None unless all are: they say what its total is."""
    facets = scope.level, scope.fund, scope.side
    known = [facet.value for facet in facets if facet and facet.origin in SAID]
    return tuple(known) if len(known) == len(facets) else None


def _make_item(table: Table, cell: TableCell, amount: Amount) -> Item:
    """A cell as claims are compared: called like its row, and a total like its column."""
    names = [name for name in amount.label.split(JOINT) if name]
    telling = [name for name in names if not is_total(name)] or names
    named = strip_metric(telling[0]) if telling else ""
    labels = weigh_words("".join(names))
    claim = draft_claim(table, cell, amount)
    metric = weigh_words(named)
    return Item(
        claim=claim,
        at=cell.start,
        amount=amount,
        exact=amount.exact,
        group=(amount.base, claim.kind, claim.role),
        named=named,
        metric_id=claim.metric_id,
        generic=metric.keys() <= list_generic_words(),
        metric=metric,
        clause=labels,
        sentence=labels,
        headings=(weigh_words(table.title or ""),),
        passage=table.id,
        scopes=read_facets(cell.scope),
        project=None,
        item=None,
        told=bool(claim.period),
        spoken=False,
    )


def draft_claim(table: Table, cell: TableCell, amount: Amount) -> Claim:
    """A cell in the form of a claim, as far as a table tells; it never leaves this room."""
    return Claim(
        id="",
        section=table.section,
        path=(table.title,) if table.title else (),
        start=cell.start,
        end=cell.end,
        raw=cell.text,
        sentence=Span(cell.start, cell.end),
        page=amount.page,
        boxes=(),
        value=str(amount.value),
        value_high=None,
        unit=amount.unit,
        unit_implied=None,
        dimension=units.meaning(amount.unit).dimension if amount.unit else "other",
        base_value=None,
        base_unit=amount.base,
        approximation=None,
        interval=(None, None),
        metric=amount.label.replace(JOINT, " ") or None,
        metric_id=None if cell.metric_id is UNSET else cell.metric_id,
        kind="level",
        direction=None,
        baseline=None,
        period=None if cell.period is UNSET else cell.period,
        scope=Scope() if cell.scope is UNSET else cell.scope,
        role="actual",
        part_of=None,
        share_of=None,
        cell=None,
        evidence=(),
    )


def read_article(result: Result, entity: str | None) -> list[Told]:
    """The numbers of a text about a body, in its order; the body's name in front of a metric is no part of it."""
    claims = tuple(_take_name(claim, entity or "") for claim in result.claims)
    numbers = Numbers(msgspec.structs.replace(result, claims=claims))
    return sorted((*numbers.claims, *numbers.cells), key=lambda told: told.item.claim.start)


def _take_name(claim: Claim, entity: str) -> Claim:
    """A claim without the name of the body in front of its metric."""
    metric = strip_body(claim.metric or "", entity)
    return claim if metric == claim.metric else msgspec.structs.replace(claim, metric=metric or None)


def strip_body(metric: str, entity: str) -> str:
    """A metric without what its beginning has of a body's name, where that is enough to name it.

    >>> strip_body("柳林街道支出合计", "云溪市青石区柳林街道办事处"), strip_body("河南粮食产量", "河南省")
    ('支出合计', '粮食产量')
    >>> strip_body("青石区财政局支出合计", "云溪市青石区柳林街道办事处")
    '青石区财政局支出合计'
    """
    for length in range(min(len(metric) - 1, len(entity)), 1, -1):
        if metric[:length] in entity:
            is_named = any(name in metric[:length] for name in name_body(entity))
            return metric[length:] if is_named else metric
    return metric
