"""A result as the rules of checking read it: its claims and cells as amounts, by the places they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import filterfalse
from operator import attrgetter
from typing import TypeVar

from extractor.amounts.amount import Amount
from extractor.amounts.layout import Layout, expression
from extractor.amounts.names import normalize_name, read_account, sort_letters
from extractor.amounts.reading import Place, read_cell, read_claim, read_empty
from extractor.model import Claim, Operand, Result, Section, Table

T = TypeVar("T")
M = TypeVar("M")
K = TypeVar("K")
# By so many characters at their end metrics are looked up: two words of two characters, the head noun and one before.
TAIL = 4
LINE_END = re.compile("\n")
# A view that no rule has asked for.
NOT_MADE = object()
# What a document may be; the first one where nothing says.
GENRES = ("accounts", "budget")


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
        return list(_group(self.claims, lambda claim: (claim.sentence.start, claim.sentence.end)).values())

    @cached_property
    def sections(self) -> dict[str | None, list[Claim]]:
        """The claims that stand directly under each section, in document order."""
        return _group(self.claims, lambda claim: claim.section)

    @cached_property
    def in_table(self) -> dict[str, list[Claim]]:
        """The claims that stand in the cells of each table, by its id."""
        return _group(filter(attrgetter("cell"), self.claims), attrgetter("cell.table"))

    @cached_property
    def _all_levels(self) -> list[Claim]:
        return list(filter(_is_level, self.claims))

    @cached_property
    def _named_levels(self) -> list[Claim]:
        return list(filter(attrgetter("metric"), self._all_levels))

    @cached_property
    def levels(self) -> dict[tuple[str | None, str], list[Claim]]:
        """The levels directly under each section in each base unit, in document order."""
        return _group(self._all_levels, lambda claim: (claim.section, claim.base_unit))

    @cached_property
    def told_levels(self) -> dict[str, list[Claim]]:
        """The levels of the narrative that are one number each, in each base unit, in document order."""
        told = sorted((level for level in self._all_levels if level.is_one_told), key=attrgetter("start"))
        return _group(told, attrgetter("base_unit"))

    @cached_property
    def by_key(self) -> dict[str, list[Claim]]:
        """The levels of each metric as it is compared, in document order."""
        return _group(self._named_levels, _read_name)

    @cached_property
    def _tails(self) -> dict[str, list[str]]:
        return _group(self.by_key, _cut_tail)

    def find_names_ending_like(self, names: Iterable[str]) -> list[str]:
        """The metrics as they are compared that have the last characters of one of the names."""
        found: list[str] = []
        for tail in dict.fromkeys(map(_cut_tail, names)):
            found += self._tails.get(tail, ())
        return found

    @cached_property
    def by_id(self) -> dict[str, list[Claim]]:
        """The levels of each metric of the vocabulary, in document order."""
        return _group(filter(read_account, self._all_levels), attrgetter("metric_id"))

    @cached_property
    def budgets(self) -> list[Claim]:
        """The levels that are budgets, in document order."""
        return list(filter(_is_budget, self._all_levels))

    @cached_property
    def by_letters(self) -> dict[tuple[str, str], list[Claim]]:
        """The levels of the narrative by their base unit and the characters of their metric, in document order."""
        return _group(filterfalse(attrgetter("cell"), self._named_levels), _sort_letters)

    @cached_property
    def rates(self) -> dict[str, list[Claim]]:
        """The rates in percent of each metric as it is compared, in document order."""
        return _group(filter(_is_named_rate, self.claims), _read_name)

    @cached_property
    def shares(self) -> dict[str, list[Claim]]:
        """The shares of each claim, by its id."""
        return _group(filter(attrgetter("share_of"), self.claims), attrgetter("share_of"))

    @cached_property
    def _starts(self) -> list[int]:
        return [claim.start for claim in self.claims]

    def find_between(self, start: int, end: int) -> Sequence[Claim]:
        """The claims that start in ``start..end`` of the text."""
        return self.claims[self.count_before(start) : self.count_before(end)]

    def find_levels_before(self, claim: Claim, count: int) -> list[Claim]:
        """The last ``count`` levels of a claim's section and unit in front of it, in document order."""
        levels = self.levels.get((claim.section, claim.base_unit), [])
        end = bisect_left(levels, claim.start, key=lambda level: level.start)
        return levels[max(0, end - count) : end]

    def find_index(self, claim: Claim) -> int:
        """The index of a claim among all."""
        return self.count_before(claim.start)

    def count_before(self, offset: int) -> int:
        """How many claims start in front of an offset."""
        return bisect_left(self._starts, offset)

    @cached_property
    def _borders(self) -> list[int]:
        """Where lines end that no sentence goes on behind."""
        ends = [match.start() for match in LINE_END.finditer(self.text)]
        within: set[int] = set()
        for start, end in {(claim.sentence.start, claim.sentence.end) for claim in self.claims}:
            within.update(ends[bisect_left(ends, start) : bisect_left(ends, end)])
        return [end for end in ends if end not in within]

    def has_border(self, start: int, end: int) -> bool:
        """Whether a paragraph ends between two offsets: a line break within a sentence is none."""
        return self.find_border(start) < end

    def find_border(self, offset: int) -> int:
        """Where the paragraph around an offset ends."""
        at = bisect_left(self._borders, offset)
        return self._borders[at] if at < len(self._borders) else len(self.text)

    def find_border_before(self, offset: int) -> int:
        """Where the paragraph in front of that around an offset ends; -1 for the first one."""
        at = bisect_left(self._borders, offset)
        return self._borders[at - 1] if at else -1

    def find_root(self, section: str | None) -> str | None:
        """The outermost section around a section."""
        above = self._find_parent(section)
        while above:
            section, above = above, self._find_parent(above)
        return section

    def _find_parent(self, section: str | None) -> str | None:
        return self.section[section].parent if section else None

    def find_section(self, offset: int) -> str | None:
        """The innermost section around an offset."""
        sections = self.result.sections
        at = bisect_right(sections, offset, key=lambda section: section.start) - 1
        found = sections[at].id if at >= 0 else None
        while found and offset >= self.section[found].end:
            found = self.section[found].parent
        return found

    def amount(self, claim: Claim) -> Amount:
        """The amount that a claim states."""
        known = self._amounts.get(claim.id)
        if known is None:
            known = self._amounts[claim.id] = read_claim(claim)
        return known

    def cell(self, table: Table, row: int, column: int) -> Amount | None:
        """The amount in a cell; None where it holds no number."""
        key = (table.id, row, column)
        if key not in self._cells:
            self._cells[key] = self._read_cell(table, row, column)
        return self._cells[key]

    def read_empty(self, table: Table, row: int, column: int) -> Amount:
        """An empty cell as the 0 that it stands for."""
        return read_empty(table.rows[row][column], table.unit, self._describe_place(table, row, column))

    def layout(self, table: Table) -> Layout:
        """How a table is laid out."""
        if table.id not in self._layouts:
            self._layouts[table.id] = Layout(table)
        return self._layouts[table.id]

    def view(self, kind: Callable[[Book], T]) -> T:
        """The book as rules of one kind read it, made once."""
        known = self._views.get(kind, NOT_MADE)
        if known is NOT_MADE:
            known = self._views[kind] = kind(self)
        return known  # type: ignore[return-value]

    def forget_views(self) -> None:
        """Lets go of what rules made of the book: it refers back to the book, so that both would stay for a search."""
        self._views.clear()

    @cached_property
    def genre(self) -> str:
        """Whether the document is a budget, or accounts: as its title, its headings and its tables say."""
        result = self.result
        titles = [result.document.title, *(one.title for one in self.tables), *(one.title for one in result.sections)]
        genres = map(_find_genre, filter(None, titles))
        return next(filter(None, genres), GENRES[0])

    def page(self, offset: int) -> int | None:
        """The number of the page on which the character at ``offset`` stands; None without pages."""
        pages = self.result.pages
        if not pages:
            return None
        return pages[max(0, bisect_right(self._page_starts, offset) - 1)].number

    @cached_property
    def _page_starts(self) -> list[int]:
        """Where each page begins in the text."""
        return [page.start for page in self.result.pages]

    def _count_decimals(self, table: Table) -> dict[str, int]:
        """How many decimals the amounts of a table have in each unit: 15 beside 36.56 is 15.00.

        A number that would be nothing with fewer of them, 0.003 beside 36.56, says nothing of the others.
        """
        if table.id not in self._precision:
            most: dict[str, int] = {}
            for unit, value in _list_numbers(table):
                if len(value.replace(".", "").lstrip("-0")) > 1:
                    most[unit] = max(len(value.partition(".")[2]), most.get(unit, 0))
            self._precision[table.id] = most
        return self._precision[table.id]

    def _read_cell(self, table: Table, row: int, column: int) -> Amount | None:
        cell = table.rows[row][column]
        if cell.value is None:
            return None
        return read_cell(
            cell, self._count_decimals(table).get(cell.unit or "", 0), self._describe_place(table, row, column)
        )

    def _describe_place(self, table: Table, row: int, column: int) -> Place:
        operand = Operand(role="", table=table.id, row=row, column=column)
        label = self.layout(table).label(row, column)
        return Place(operand, label, self.page(table.rows[row][column].start), table.title or "")


def _group(members: Iterable[M], key: Callable[[M], K]) -> dict[K, list[M]]:
    """Members by their key, both in the order in which they come."""
    found: dict[K, list[M]] = {}
    for member in members:
        found.setdefault(key(member), []).append(member)
    return found


def _cut_tail(name: str) -> str:
    """The last characters of a name, by which it is looked up."""
    return name[-TAIL:]


def _read_name(claim: Claim) -> str:
    """The metric of a claim as it is compared."""
    return normalize_name(claim.metric or "")


def _sort_letters(claim: Claim) -> tuple[str, str]:
    """The base unit of a claim and the characters of its metric."""
    return claim.base_unit, sort_letters(claim.metric or "")


def _is_level(claim: Claim) -> bool:
    return claim.kind == "level"


def _is_budget(claim: Claim) -> bool:
    return claim.role == "budget"


def _is_named_rate(claim: Claim) -> bool:
    """Whether a claim is a rate in percent with a name."""
    if claim.dimension != "percent" or not claim.metric:
        return False
    return claim.kind in ("rate", "share")


def _find_genre(words: str) -> str | None:
    """What some words say that a document is."""
    for genre in GENRES:
        if expression(genre).search(words):
            return genre
    return None


def _list_numbers(table: Table) -> Iterator[tuple[str, str]]:
    """The unit and the value of every cell of the body with both."""
    for row in table.rows[table.header_rows :]:
        for cell in row:
            if cell.unit and cell.value:
                yield cell.unit, cell.value
