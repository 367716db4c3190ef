"""A result as the rules of checking read it: its claims and cells as amounts, by the places they stand in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from extractor.amounts.amount import Amount
from extractor.amounts.layout import Layout, expression
from extractor.amounts.names import key, letters
from extractor.amounts.reading import Place, read_cell, read_claim, read_empty
from extractor.model import Claim, Operand, Result, Section, Table

T = TypeVar("T")
# By so many characters at their end metrics are looked up.
TAIL = 4


class Book:
    """The claims, tables and sections of one result, looked up by identity and by place."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.text = result.text
        self.claims: Sequence[Claim] = result.claims
        self.tables: Sequence[Table] = result.tables
        self._amounts: dict[str, Amount] = {}
        self._cells: dict[tuple[str, int, int], Amount | None] = {}
        self._layouts: dict[str, Layout] = {}
        self._views: dict[object, object] = {}
        self._precision: dict[str, dict[str, int]] = {}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """The claims by their ids."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def section(self) -> dict[str, Section]:
        """The sections by their ids."""
        return {section.id: section for section in self.result.sections}

    @cached_property
    def table(self) -> dict[str, Table]:
        """The tables by their ids."""
        return {table.id: table for table in self.tables}

    @cached_property
    def sentences(self) -> list[list[Claim]]:
        """The claims of each sentence, in document order."""
        found: dict[tuple[int, int], list[Claim]] = {}
        for claim in self.claims:
            found.setdefault((claim.sentence.start, claim.sentence.end), []).append(claim)
        return list(found.values())

    @cached_property
    def sections(self) -> dict[str | None, list[Claim]]:
        """The claims that stand directly under each section, in document order."""
        found: dict[str | None, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.section, []).append(claim)
        return found

    @cached_property
    def in_table(self) -> dict[str, list[Claim]]:
        """The claims that stand in the cells of each table, by its id."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.cell:
                found.setdefault(claim.cell.table, []).append(claim)
        return found

    @cached_property
    def levels(self) -> dict[tuple[str | None, str], list[Claim]]:
        """The levels directly under each section in each base unit, in document order."""
        found: dict[tuple[str | None, str], list[Claim]] = {}
        for claim in self.claims:
            if claim.kind == "level":
                found.setdefault((claim.section, claim.base_unit), []).append(claim)
        return found

    @cached_property
    def by_key(self) -> dict[str, list[Claim]]:
        """The levels of each metric as it is compared, in document order."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.kind == "level" and claim.metric:
                found.setdefault(key(claim.metric), []).append(claim)
        return found

    @cached_property
    def _tails(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.by_key:
            found.setdefault(name[-TAIL:], []).append(name)
        return found

    def ending_like(self, names: Iterable[str]) -> list[str]:
        """The metrics as they are compared that have the last characters of one of the names."""
        tails = dict.fromkeys(name[-TAIL:] for name in names)
        return [name for tail in tails for name in self._tails.get(tail, ())]

    @cached_property
    def by_id(self) -> dict[str, list[Claim]]:
        """The levels of each metric of the vocabulary, in document order."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.kind == "level" and claim.metric_id:
                found.setdefault(claim.metric_id, []).append(claim)
        return found

    @cached_property
    def budgets(self) -> list[Claim]:
        """The levels that are budgets, in document order."""
        return [claim for claim in self.claims if claim.kind == "level" and claim.role == "budget"]

    @cached_property
    def by_letters(self) -> dict[tuple[str, str], list[Claim]]:
        """The levels of the narrative by their base unit and the characters of their metric, in document order."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            if claim.kind == "level" and claim.metric and not claim.cell:
                found.setdefault((claim.base_unit, letters(claim.metric)), []).append(claim)
        return found

    @cached_property
    def rates(self) -> dict[str, list[Claim]]:
        """The rates in percent of each metric as it is compared, in document order."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.kind in ("rate", "share") and claim.dimension == "percent" and claim.metric:
                found.setdefault(key(claim.metric), []).append(claim)
        return found

    @cached_property
    def shares(self) -> dict[str, list[Claim]]:
        """The shares of each claim, by its id."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.share_of:
                found.setdefault(claim.share_of, []).append(claim)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [claim.start for claim in self.claims]

    def between(self, start: int, end: int) -> Sequence[Claim]:
        """The claims that start in ``start..end`` of the text."""
        return self.claims[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, claim: Claim, count: int) -> list[Claim]:
        """The last ``count`` levels of a claim's section and unit in front of it, in document order."""
        levels = self.levels.get((claim.section, claim.base_unit), [])
        end = bisect_left(levels, claim.start, key=lambda level: level.start)
        return levels[max(0, end - count) : end]

    def at(self, claim: Claim) -> int:
        """The index of a claim among all."""
        return bisect_left(self._starts, claim.start)

    def root(self, section: str | None) -> str | None:
        """The outermost section around a section."""
        while section and self.section[section].parent:
            section = self.section[section].parent
        return section

    def index(self, offset: int) -> int:
        """How many claims start in front of an offset."""
        return bisect_left(self._starts, offset)

    def section_at(self, offset: int) -> str | None:
        """The innermost section around an offset."""
        sections = self.result.sections
        at = bisect_right(sections, offset, key=lambda section: section.start) - 1
        section = sections[at] if at >= 0 else None
        while section and offset >= section.end:
            section = self.section[section.parent] if section.parent else None
        return section.id if section else None

    def amount(self, claim: Claim) -> Amount:
        """The amount that a claim states."""
        if claim.id not in self._amounts:
            self._amounts[claim.id] = read_claim(claim)
        return self._amounts[claim.id]

    def cell(self, table: Table, row: int, column: int) -> Amount | None:
        """The amount in a cell; None where it holds no number."""
        key = (table.id, row, column)
        if key not in self._cells:
            self._cells[key] = self._read_cell(table, row, column)
        return self._cells[key]

    def empty(self, table: Table, row: int, column: int) -> Amount:
        """An empty cell as the 0 that it stands for."""
        return read_empty(table.rows[row][column], table.unit, self._place(table, row, column))

    def layout(self, table: Table) -> Layout:
        """How a table is laid out."""
        if table.id not in self._layouts:
            self._layouts[table.id] = Layout(table)
        return self._layouts[table.id]

    def view(self, kind: Callable[[Book], T]) -> T:
        """The book as rules of one kind read it, made once."""
        if kind not in self._views:
            self._views[kind] = kind(self)
        return self._views[kind]  # type: ignore[return-value]

    @cached_property
    def genre(self) -> str:
        """Whether the document is a budget, or accounts: as its title, its headings and its tables say."""
        named = (
            self.result.document.title,
            *(one.title for one in self.tables),
            *(s.title for s in self.result.sections),
        )
        said = (words for words in named if words)
        kinds = ("accounts", "budget")
        return next((kind for words in said for kind in kinds if expression(kind).search(words)), kinds[0])

    def page(self, offset: int) -> int | None:
        """The number of the page on which the character at ``offset`` stands; None without pages."""
        pages = self.result.pages
        if not pages:
            return None
        return pages[max(0, bisect_right(pages, offset, key=lambda page: page.start) - 1)].number

    def _decimals(self, table: Table) -> dict[str, int]:
        """How many decimals the amounts of a table have in each unit: 15 beside 36.56 is 15.00."""
        if table.id not in self._precision:
            most: dict[str, int] = {}
            for row in table.rows[table.header_rows :]:
                for cell in row:
                    if cell.value and cell.unit:
                        decimals = len(cell.value.partition(".")[2])
                        most[cell.unit] = max(decimals, most.get(cell.unit, 0))
            self._precision[table.id] = most
        return self._precision[table.id]

    def _read_cell(self, table: Table, row: int, column: int) -> Amount | None:
        cell = table.rows[row][column]
        if cell.value is None:
            return None
        return read_cell(cell, self._decimals(table).get(cell.unit or "", 0), self._place(table, row, column))

    def _place(self, table: Table, row: int, column: int) -> Place:
        operand = Operand(role="", table=table.id, row=row, column=column)
        label = self.layout(table).label(row, column)
        return Place(operand, label, self.page(table.rows[row][column].start), table.title or "")
