"""Accounts (类, 款, 项) of expenditure by function: as the narrative names them, and as the statements list them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from itertools import chain, combinations, filterfalse
from operator import attrgetter

import regex
from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import Column, Line, Panel
from extractor.checks.statements.classification import (
    GROUP,
    ScopePattern,
    classes,
    compile_scope,
    drop_tail,
    find_scope,
    list_scopes,
    read_word,
    split_path,
)
from extractor.checks.statements.coding import Account, Coder, Naming
from extractor.checks.statements.statements import Spot, Statement, Statements, is_own
from extractor.claims.vocabulary import StandPattern
from extractor.model import Claim


class Ledger(Struct, frozen=True):
    """One column of a statement that lists accounts: the rows by code, or by the code of the class their name has."""

    scope: str
    statement: Statement
    panel: Panel
    column: Column
    rows: Mapping[str, int]
    names: Mapping[str, str]

    def read_spot(self, code: str) -> Spot | None:
        """The cell of an account; None where the statement does not list it."""
        if code not in self.rows:
            return None
        return self.statement.read_spot(self.rows[code], self.column.index)

    def read_amount(self, code: str) -> Amount | None:
        """The amount of an account; None where it is empty, or the statement does not list it."""
        spot = self.read_spot(code)
        if spot is None:
            return None
        return spot.amount

    @property
    def total(self) -> Amount | None:
        """The total of what is listed."""
        line = self.statement.find_current_line(self.panel)
        if line is None:
            return None
        return self.statement.read_spot(line.row, self.column.index).amount

    def differs(self, other: Ledger) -> bool:
        """Whether more rows of two ledgers are different than the same."""
        pairs = ((self.read_amount(code), other.read_amount(code)) for code in self.rows)
        same = [one == two or bool(one and two and one.exact == two.exact) for one, two in pairs]
        return 2 * sum(same) < len(same)


class Accounts:
    """The accounts of a document: those its narrative speaks of, and the ledgers of its statements."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._statements = book.view(Statements)
        self._leads: dict[str | None, tuple[list[int], list[str]]] = {}

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """The ledgers of every scope; the income of accounts is none of expenditure."""
        known = [name for name, scope in list_scopes().items() if self._may_have(scope)]
        return tuple(chain.from_iterable(map(self._read_ledgers, known)))

    def _may_have(self, scope: ScopePattern) -> bool:
        """Whether a document of this genre may list the accounts of a scope."""
        if not scope.budget:
            return True
        return self._book.genre == "budget"

    def _read_ledgers(self, scope: str) -> Iterator[Ledger]:
        """The ledgers of a scope. Of several statements of one kind none is asked: either of them may be meant."""
        for stand in list_scopes()[scope].stands:
            found = self._statements.by_kind.get(stand.kind, [])
            if len(found) == 1:
                yield from _read_ledgers(scope, stand, found[0])

    @cached_property
    def _totals(self) -> Mapping[str, set[object]]:
        """The totals of each scope, as its ledgers state them."""
        found: dict[str, set[object]] = defaultdict(set)
        for ledger in self.ledgers:
            if ledger.total:
                found[ledger.scope].add((ledger.total.exact, ledger.total.base))
        return found

    @cached_property
    def _shared_totals(self) -> set[object]:
        """The totals that two columns of one statement have, though they are of different rows: of other money."""
        found: dict[object, list[Ledger]] = defaultdict(list)
        for ledger in self.ledgers:
            if ledger.total:
                found[ledger.statement.table.id, ledger.total.exact, ledger.total.base].append(ledger)
        pairs = chain.from_iterable(combinations(ledgers, 2) for ledgers in found.values())
        return {(one.total.exact, one.total.base) for one, other in pairs if one.total and one.differs(other)}

    def is_same_money(self, one: str, other: str) -> bool:
        """Whether two scopes are the same money: their totals are, so that each part of one is that of the other."""
        if one == other:
            return True
        left, right = self._totals.get(one, set()), self._totals.get(other, set())
        return len(left) == 1 and left == right and left.isdisjoint(self._shared_totals)

    def find_ledgers(self, scope: str) -> Iterator[Ledger]:
        """The ledgers whose money is that of a scope, one of each statement, the widest first.

        Where the narrative does not say whose expenditure it speaks of, all ledgers must be of the same money.
        """
        seen: set[str] = set()
        for ledger in reversed(self.ledgers):
            table = ledger.statement.table.id
            if table not in seen and self._is_asked(ledger, scope):
                seen.add(table)
                yield ledger

    def _is_asked(self, ledger: Ledger, scope: str) -> bool:
        """Whether a ledger is of the money that a scope names, and not of a part inside it."""
        if list_scopes()[ledger.scope].inner:
            return False
        return self._is_money_of(scope, ledger.scope)

    def _is_money_of(self, scope: str, name: str) -> bool:
        """Whether a named scope is the money that is spoken of; where no scope is, that of every one."""
        asked = [scope] if scope else self._spoken_scopes
        return all(self.is_same_money(one, name) for one in asked)

    def find_wider_ledgers(self, scope: str) -> Iterator[Ledger]:
        """The ledgers of wider scopes that are other money."""
        if not scope:
            return
        is_same = partial(self.is_same_money, scope)
        wider = set(filterfalse(is_same, list_scopes()[scope].wider))
        for ledger in self.ledgers:
            if ledger.scope in wider:
                yield ledger

    def read_amounts(self, scope: str, code: str) -> Iterator[Amount]:
        """The amounts of an account in the ledgers whose money is that of a scope; empty cells are left out."""
        ledgers = self.find_ledgers(scope)
        return filter(None, (ledger.read_amount(code) for ledger in ledgers))

    @property
    def _spoken_scopes(self) -> list[str]:
        """The scopes with amounts of which a narrative may speak."""
        return [name for name in self._totals if list_scopes()[name].heading]

    @cached_property
    def own(self) -> tuple[Claim, ...]:
        """The amounts of money of the document's own year and stage."""
        money = (claim for claim in self._book.claims if claim.dimension == "money")
        return tuple(filter(partial(is_own, self._book), money))

    def find_totals(self, scope: str) -> set[str]:
        """The metrics that are the total of the accounts of a scope: those of every scope that is the same money."""
        if not scope and not self._totals:
            return set()
        same = [pattern for name, pattern in list_scopes().items() if self._is_money_of(scope, name)]
        totals = map(attrgetter("totals"), same)
        return set(chain.from_iterable(totals))

    @cached_property
    def told(self) -> tuple[Account, ...]:
        """What the narrative says of accounts, with the codes of the rows that it means."""
        namings = list(filter(None, map(self._read_naming, self.own)))
        coder = Coder(self._listed, self._is_amount_of)
        return tuple(coder.code(namings))

    def _read_naming(self, claim: Claim) -> Naming | None:
        """The account that a claim names; None where it names none."""
        names = _read_names(claim)
        if not names:
            return None
        return Naming(claim, names, self._find_scope(claim))

    def _is_amount_of(self, naming: Naming, code: str) -> bool:
        """Whether a claim is the amount of an account in some statement of its scope."""
        stated = self._book.amount(naming.claim).rounded
        amounts = self.read_amounts(naming.scope, code)
        return any(amount.rounded.meets(stated) for amount in amounts)

    def _find_scope(self, claim: Claim) -> str:
        """Whose expenditure a claim speaks of, as the nearest heading that says so has it."""
        starts, words = self._find_leads(claim.section)
        before = bisect_left(starts, claim.start)
        nearest = words[before - 1 : before] if before else []
        found = map(find_scope, (*reversed(claim.path), *nearest))
        return next(filter(None, found), "")

    def _find_leads(self, section: str | None) -> tuple[list[int], list[str]]:
        """Where a section hands on to a list (财政拨款支出主要内容如下), and in which words."""
        if section not in self._leads:
            matches = self._match_leads(section)
            starts = [match.start() for match in matches]
            self._leads[section] = starts, [match[0] for match in matches]
        return self._leads[section]

    def _match_leads(self, section: str | None) -> list[regex.Match[str]]:
        """The words of a section that hand on to a list; none without a section."""
        found = self._book.section.get(section or "")
        if found is None:
            return []
        return list(read_word("lead").finditer(self._book.text, found.start, found.end))

    @cached_property
    def _listed(self) -> Mapping[str, tuple[str, str]]:
        """The bare names of every coded 项 and 款, with those of the 款 above it, over all statements."""
        names: dict[str, str] = {}
        for ledger in self.ledgers:
            for code, name in ledger.names.items():
                names.setdefault(code, name)
        return {code: (names.get(code[:GROUP], ""), name) for code, name in names.items()}


def _read_names(claim: Claim) -> tuple[str, ...] | None:
    """The names of the account that a claim speaks of; a class alone must be marked as one, or be part of a total."""
    if not claim.metric:
        return None
    names = split_path(claim.metric)
    if names is None:
        return None
    if len(names) > 1 or claim.part_of:
        return names
    is_marked = read_word("mark").search(claim.metric)
    return names if is_marked else None


def _read_ledgers(scope: str, stand: StandPattern, statement: Statement) -> Iterator[Ledger]:
    """The ledgers that a statement holds for a scope."""
    for panel in statement.find_panels(stand.side):
        column = _find_column(scope, stand, statement, panel)
        if column:
            yield Ledger(scope, statement, panel, column, *_read_rows(panel))


def _find_column(scope: str, stand: StandPattern, statement: Statement, panel: Panel) -> Column | None:
    """The one column that a scope names, else that of the total."""
    if not stand.column:
        return statement.find_total_column(panel)
    is_named = compile_scope(f"{scope}.column", stand.column).fullmatch
    found = [column for column in statement.find_own_columns(panel) if is_named(column.name)]
    if len(found) != 1:
        return None
    return found[0]


def _read_rows(panel: Panel) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The rows of a panel by code, or by the class that a row of the first order is named after; and their names."""
    rows: dict[str, int] = {}
    names: dict[str, str] = {}
    for line in panel.lines:
        name = drop_tail(line.name) if line.name else ""
        code = line.code or _find_class(panel, line, name)
        if code and code not in rows:
            rows[code], names[code] = line.row, name
    return rows, names


def _find_class(panel: Panel, line: Line, name: str) -> str:
    """The code of the class that a row of the first order is named after, where rows have no codes."""
    if panel.codes or line.order > 1:
        return ""
    return classes().get(name, "")
