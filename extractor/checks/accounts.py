"""Accounts (类, 款, 项) of expenditure by function: as the narrative names them, and as the statements list them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

import regex
from msgspec import Struct

from extractor import patterns
from extractor.checks.book import Amount, Book
from extractor.checks.layout import Column, Panel
from extractor.checks.statements import Spot, Statement, Statements, is_own
from extractor.claims.vocabulary import StandPattern, plain
from extractor.model import Claim

# Digits of the code of a 类, a 款 and a 项.
CLASS, GROUP, ITEM = 3, 5, 7
LEVELS = 3


class ScopePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose expenditure an account is of; the legend of the file says what the fields mean."""

    heading: str = ""
    stands: list[StandPattern] = []
    totals: list[str] = []


class ClassPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A class of expenditure by function."""

    code: str
    called: list[str]


class MirrorPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Accounts and the item of basic expenditure that usually is the same money."""

    accounts: list[str]
    items: str


@cache
def _word(name: str) -> regex.Pattern[str]:
    return patterns.compiled(f"accounts/words.{name}", str(patterns.lexicon("accounts/words")[name]))


@cache
def _scopes() -> Mapping[str, ScopePattern]:
    """The scopes by name, in the order in which they are asked."""
    found = patterns.load("accounts/scopes", ScopePattern)
    return {name.rpartition(".")[2]: scope for name, scope in found.items()}


@cache
def mirrors() -> tuple[MirrorPattern, ...]:
    """The accounts that basic expenditure states again."""
    return tuple(patterns.load("accounts/mirrors", MirrorPattern).values())


@cache
def _classes() -> Mapping[str, str]:
    """The codes of the classes by their bare names."""
    found = patterns.load("accounts/classes", ClassPattern).values()
    return {bare(name): entry.code for entry in found for name in entry.called}


@cache
def _scope(words: str) -> str:
    """Whose expenditure some words speak of; empty where they do not say."""
    asked = ((name, scope.heading) for name, scope in _scopes().items() if scope.heading)
    return next((name for name, heading in asked if _compiled(f"{name}.heading", heading).search(words)), "")


def bare(name: str) -> str:
    """The name of an account without the tail that it may lack.

    >>> bare("卫生健康支出"), bare("城乡社区管理事务")
    ('卫生健康', '城乡社区管理事务')
    """
    words = plain(name)
    return str(_word("tail").sub("", words)) or words


@cache
def _compiled(name: str, expression: str) -> regex.Pattern[str]:
    return patterns.compiled(f"accounts/scopes.{name}", expression, patterns.lexicon("accounts/scopes"))


def path(metric: str) -> tuple[str, ...] | None:
    """The names of the 类, 款 and 项 that a metric speaks of; None where it speaks of none, or of a part of one.

    >>> path("卫生健康支出（类）公共卫生（款）疾病预防（项）支出决算"), path("卫生健康支出"), path("公务接待费")
    (('卫生健康', '公共卫生', '疾病预防'), ('卫生健康',), None)
    """
    words = plain(metric)
    marks = list(_word("mark").finditer(words))
    if not marks:
        return (bare(words),) if bare(words) in _classes() else None
    starts = [0, *(mark.end() for mark in marks)]
    names = [words[start : mark.start()] for start, mark in zip(starts, marks, strict=False)]
    names[0] = _word("number").sub("", _word("before").sub("", names[0]))
    levels = "".join(mark["level"] for mark in marks)
    whole = levels == str(patterns.lexicon("accounts/words")["levels"])[: len(levels)]
    return tuple(map(bare, names)) if whole and _word("rest").fullmatch(words[starts[-1] :]) else None


class Ledger(Struct, frozen=True):
    """One column of a statement that lists accounts: the rows by code, or by the code of the class their name has."""

    scope: str
    statement: Statement
    panel: Panel
    column: Column
    rows: Mapping[str, int]
    names: Mapping[str, str]

    def spot(self, code: str) -> Spot | None:
        """The cell of an account; None where the statement does not list it."""
        return self.statement.cell(self.rows[code], self.column.index) if code in self.rows else None

    @property
    def total(self) -> Amount | None:
        """The total of what is listed."""
        line = self.statement.current_line(self.panel)
        return self.statement.cell(line.row, self.column.index).amount if line else None


class Account(Struct, frozen=True):
    """A claim about an account: its names, its code where it could be told, and whose expenditure it is of.

    ``top`` is the code of its 类. ``doubt`` says that several rows could be meant.
    """

    claim: Claim
    names: tuple[str, ...]
    code: str
    scope: str
    top: str = ""
    doubt: bool = False


class Accounts:
    """The accounts of a document: those its narrative speaks of, and the ledgers of its statements."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._statements = book.view(Statements)
        self._told_leads: dict[str | None, tuple[list[int], list[str]]] = {}

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """The ledgers of every scope; the income of accounts is none of expenditure.

        Of several statements of one kind none is asked: it cannot be told which of them is meant.
        """
        asked = [(name, stand) for name, scope in _scopes().items() for stand in scope.stands]
        return tuple(
            ledger
            for name, stand in asked
            if name != "income" or self._book.genre == "budget"
            for found in [self._statements.by_kind.get(stand.kind, [])]
            if len(found) == 1
            for ledger in _ledgers(name, stand, found[0])
        )

    @cached_property
    def _totals(self) -> Mapping[str, set[object]]:
        """The totals of each scope, as its ledgers state them."""
        found: dict[str, set[object]] = defaultdict(set)
        for ledger in self.ledgers:
            if ledger.total:
                found[ledger.scope].add((ledger.total.exact, ledger.total.base))
        return found

    def same(self, one: str, other: str) -> bool:
        """Whether two scopes are the same money: their totals are, so that each part of one is that of the other."""
        if one == other:
            return True
        left, right = self._totals.get(one, set()), self._totals.get(other, set())
        return len(left) == 1 and left == right

    def within(self, scope: str) -> Iterator[Ledger]:
        """The ledgers whose money is that of a scope, one of each statement, the widest first.

        Where the narrative does not say whose expenditure it speaks of, all ledgers must be of the same money.
        """
        scopes = [scope] if scope else list(self._totals)
        seen: set[str] = set()
        for ledger in reversed(self.ledgers):
            table = ledger.statement.table.id
            if table not in seen and all(self.same(one, ledger.scope) for one in scopes):
                seen.add(table)
                yield ledger

    @cached_property
    def own(self) -> tuple[Claim, ...]:
        """The amounts of money of the document's own year and stage."""
        return tuple(one for one in self._book.claims if one.dimension == "money" and is_own(self._book, one))

    def totals(self, scope: str) -> set[str]:
        """The metrics that are the total of the accounts of a scope: those of every scope that is the same money."""
        scopes = [scope] if scope else list(self._totals)
        return {
            total
            for name, pattern in _scopes().items()
            if all(self.same(one, name) for one in scopes) and (scope or self._totals)
            for total in pattern.totals
        }

    @cached_property
    def told(self) -> tuple[Account, ...]:
        """What the narrative says of accounts, with the codes of the rows that it means."""
        found = [
            (claim, names, self._scope(claim))
            for claim in self.own
            if claim.metric
            for names in [path(claim.metric)]
            if names and (len(names) > 1 or claim.part_of or _word("mark").search(claim.metric))
        ]
        return tuple(Coder(self, self._book).code(found))

    def _scope(self, claim: Claim) -> str:
        """Whose expenditure a claim speaks of, as the nearest heading that says so has it."""
        starts, words = self._leads(claim.section)
        before = bisect_left(starts, claim.start)
        said = [*reversed(claim.path), *words[before - 1 : before]] if before else reversed(claim.path)
        return next((name for heading in said for name in [_scope(heading)] if name), "")

    def _leads(self, section: str | None) -> tuple[list[int], list[str]]:
        """Where a section hands on to a list (财政拨款支出主要内容如下), and in which words."""
        if section not in self._told_leads:
            found = self._book.section.get(section or "")
            matches = list(_word("lead").finditer(self._book.text, found.start, found.end)) if found else []
            self._told_leads[section] = [match.start() for match in matches], [match[0] for match in matches]
        return self._told_leads[section]

    @cached_property
    def listed(self) -> Mapping[str, tuple[str, str]]:
        """The bare names of every coded 项 and 款, with those of the 款 above it, over all statements."""
        names: dict[str, str] = {}
        for ledger in self.ledgers:
            for code, name in ledger.names.items():
                names.setdefault(code, name)
        return {code: (names.get(code[:GROUP], ""), name) for code, name in names.items()}


class Coder:
    """Finds the codes of the accounts that a narrative names, class by class."""

    def __init__(self, accounts: Accounts, book: Book) -> None:
        self._accounts, self._book = accounts, book
        self._items: dict[str, list[str]] = defaultdict(list)
        for code in accounts.listed:
            if len(code) == ITEM:
                self._items[code[:CLASS]].append(code)

    def code(self, told: list[tuple[Claim, tuple[str, ...], str]]) -> Iterator[Account]:
        """The accounts of claims in their order: classes by name, 款 and 项 by their names or as what is left."""
        named = [self._named(names) for _, names, _ in told]
        taken = {code for codes in named if len(codes) == 1 for code in codes}
        for (claim, names, scope), codes in zip(told, named, strict=True):
            left = [] if codes else [code for code in self._left(names) if code not in taken]
            found = codes if len(codes) == 1 else [code for code in codes or left if self._equals(claim, scope, code)]
            code = found[0] if len(found) == 1 else ""
            doubt = not code and bool(codes or left)
            yield Account(claim, names, code, scope, top=self._class(names[0]), doubt=doubt)

    def _named(self, names: tuple[str, ...]) -> list[str]:
        """The codes whose names are these; the name of the 款 is left out where the 项 has only one of its name."""
        top = self._class(names[0])
        if len(names) == 1 or not top:
            return [top] if top else []
        if len(names) == 2:
            groups = [
                code for code, (_, name) in self._accounts.listed.items() if len(code) == GROUP and name == names[1]
            ]
            return [code for code in groups if code.startswith(top)]
        items = [code for code in self._items[top] if self._accounts.listed[code][1] == names[2]]
        exact = [code for code in items if self._accounts.listed[code][0] == names[1]]
        return exact or items

    def _left(self, names: tuple[str, ...]) -> list[str]:
        """The items of a class, one of which must be meant by a name that no row has."""
        return self._items[self._class(names[0])] if len(names) == LEVELS else []

    def _class(self, name: str) -> str:
        """The code of a class by its name: as the statements have it, else as the classification."""
        return self._named_classes.get(name) or _classes().get(name, "")

    @cached_property
    def _named_classes(self) -> Mapping[str, str]:
        return {name: code for code, (_, name) in self._accounts.listed.items() if len(code) == CLASS}

    def _equals(self, claim: Claim, scope: str, code: str) -> bool:
        """Whether a claim is the amount of an account in some statement of its scope."""
        stated = self._book.amount(claim)
        spots = (ledger.spot(code) for ledger in self._accounts.within(scope))
        return any(spot and spot.amount and spot.amount.rounded.meets(stated.rounded) for spot in spots)


def _ledgers(scope: str, stand: StandPattern, statement: Statement) -> Iterator[Ledger]:
    """The ledgers that a statement holds for a scope."""
    for panel in statement.side(stand.side):
        if stand.column:
            expression = _compiled(f"{scope}.column", stand.column)
            found = [column for column in statement.own(panel) if expression.fullmatch(column.name)]
            column = found[0] if len(found) == 1 else None
        else:
            column = statement.total_column(panel)
        if column:
            yield Ledger(scope, statement, panel, column, *_rows(panel))


def _rows(panel: Panel) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The rows of a panel by code, or by the class that a row of the first order is named after; and their names."""
    rows: dict[str, int] = {}
    names: dict[str, str] = {}
    for line in panel.lines:
        name = bare(line.name) if line.name else ""
        code = line.code or ("" if panel.codes or line.order > 1 else _classes().get(name, ""))
        if code and code not in rows:
            rows[code], names[code] = line.row, name
    return rows, names
