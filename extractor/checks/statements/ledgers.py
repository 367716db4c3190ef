"""Accounts (类, 款, 项) of expenditure by function: as the narrative names them, and as the statements list them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import Column, Panel
from extractor.checks.statements.classification import bare, classes, compiled, path, scope_of, scopes, word
from extractor.checks.statements.statements import Spot, Statement, Statements, is_own
from extractor.claims.vocabulary import StandPattern
from extractor.model import Claim

# Digits of the code of a 类, a 款 and a 项.
CLASS, GROUP, ITEM = 3, 5, 7
LEVELS = 3


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
        known = {name: scope for name, scope in scopes().items() if not scope.budget or self._book.genre == "budget"}
        asked = [(name, stand) for name, scope in known.items() for stand in scope.stands]
        return tuple(
            ledger
            for name, stand in asked
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
        asked = [scope] if scope else self._told_of
        seen: set[str] = set()
        for ledger in reversed(self.ledgers):
            table = ledger.statement.table.id
            inner = scopes()[ledger.scope].inner
            if table not in seen and not inner and all(self.same(one, ledger.scope) for one in asked):
                seen.add(table)
                yield ledger

    def around(self, scope: str) -> Iterator[Ledger]:
        """The ledgers of wider scopes that are other money."""
        wider = scopes()[scope].wider if scope else []
        return (one for one in self.ledgers if one.scope in wider and not self.same(scope, one.scope))

    @property
    def _told_of(self) -> list[str]:
        """The scopes with amounts of which a narrative may speak."""
        return [name for name in self._totals if scopes()[name].heading]

    @cached_property
    def own(self) -> tuple[Claim, ...]:
        """The amounts of money of the document's own year and stage."""
        return tuple(one for one in self._book.claims if one.dimension == "money" and is_own(self._book, one))

    def totals(self, scope: str) -> set[str]:
        """The metrics that are the total of the accounts of a scope: those of every scope that is the same money."""
        asked = [scope] if scope else self._told_of
        return {
            total
            for name, pattern in scopes().items()
            if all(self.same(one, name) for one in asked) and (scope or self._totals)
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
            if names and (len(names) > 1 or claim.part_of or word("mark").search(claim.metric))
        ]
        return tuple(Coder(self, self._book).code(found))

    def _scope(self, claim: Claim) -> str:
        """Whose expenditure a claim speaks of, as the nearest heading that says so has it."""
        starts, words = self._leads(claim.section)
        before = bisect_left(starts, claim.start)
        said = [*reversed(claim.path), *words[before - 1 : before]] if before else reversed(claim.path)
        return next((name for heading in said for name in [scope_of(heading)] if name), "")

    def _leads(self, section: str | None) -> tuple[list[int], list[str]]:
        """Where a section hands on to a list (财政拨款支出主要内容如下), and in which words."""
        if section not in self._told_leads:
            found = self._book.section.get(section or "")
            matches = list(word("lead").finditer(self._book.text, found.start, found.end)) if found else []
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
        return self._named_classes.get(name) or classes().get(name, "")

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
            expression = compiled(f"{scope}.column", stand.column)
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
        code = line.code or ("" if panel.codes or line.order > 1 else classes().get(name, ""))
        if code and code not in rows:
            rows[code], names[code] = line.row, name
    return rows, names
