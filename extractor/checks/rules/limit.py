"""What another number bounds: what is owed by what may be, a side of a budget by all of it, a part by its whole."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import SILENT, TOLD, Operands, Relation, Severity
from extractor.checks.grids.ceilings import find_ceilings
from extractor.checks.grids.of_which import find_of_which
from extractor.checks.narrative.added import find_added
from extractor.checks.narrative.containing import find_lower, find_shorter
from extractor.checks.narrative.elsewhere import find_elsewhere
from extractor.checks.narrative.level_sums import find_level_sums
from extractor.checks.narrative.limits import find_debts, find_sides
from extractor.checks.narrative.some_of import find_some
from extractor.checks.narrative.spending import find_spent
from extractor.checks.relations.definitions import Defined, find_defined, is_beside
from extractor.model import Claim

RULE = "limit"


def find(book: Book) -> Iterator[Relation]:
    """Each balance under its ceiling, each side of a budget within its total, each part within its whole."""
    yield from _propose_debts(book)
    for part, total in find_sides(book):
        yield Relation(RULE, "side", _bind(book, part, total))
    for spent, budget in find_spent(book):
        yield Relation(RULE, "spent", _bind(book, spent, budget), otherwise=SILENT)
    yield from _propose_levels(book)
    for one in find_shorter(book):
        yield Relation(RULE, "time", _bind(book, one.part, one.whole), otherwise=SILENT)
    for added in find_added(book):
        bound = _bind(book, added.part, added.total)
        yield Relation(RULE, "added", bound, otherwise=TOLD if added.is_beside else SILENT)
    for part, total in find_some(book):
        yield Relation(RULE, "some_of", _bind(book, part, total), otherwise=SILENT)
    for sides in find_elsewhere(book):
        parts = (("part", book.amount(one)) for one in (sides.some, sides.others))
        yield Relation(RULE, "elsewhere", (("total", book.amount(sides.whole)), *parts))
    for cell, above in find_of_which(book):
        yield Relation(RULE, "of_which", (("part", cell), ("total", above)))
    for defined in find_defined(book):
        yield from _propose_kinds(book, defined)


def _propose_debts(book: Book) -> Iterator[Relation]:
    """What is owed by what may be: told in sentences, or in a table."""
    for debt in find_debts(book):
        bound = _bind(book, debt.balance, debt.ceiling)
        otherwise = SILENT if debt.is_given else TOLD
        yield Relation(RULE, "debt", bound, otherwise=otherwise)
        if debt.rate:
            yield Relation(RULE, "debt_share", (("rate", book.amount(debt.rate)), *bound), otherwise=otherwise)
    for part, total in find_ceilings(book):
        yield Relation(RULE, "debt_cell", (("part", part), ("total", total)))


def _propose_levels(book: Book) -> Iterator[Relation]:
    """Levels within an area, one by one and all together, which may leave some out."""
    for one in find_lower(book):
        yield Relation(RULE, "level", _bind(book, one.part, one.whole), otherwise=TOLD if one.is_told else SILENT)
    for levels in find_level_sums(book):
        parts = (("part", book.amount(part)) for part in levels.parts)
        operands = (("total", book.amount(levels.whole)), *parts)
        yield Relation(RULE, "levels", operands, evidence=(levels.pattern,), otherwise=SILENT)


def _propose_kinds(book: Book, defined: Defined) -> Iterator[Relation]:
    """Parts by definition within their whole: all together where that is known and so, else each of them."""
    evidence = (defined.definition.name,)
    parts = (("part", book.amount(part)) for part in defined.parts)
    summed = Relation(RULE, "kinds", (("total", book.amount(defined.whole)), *parts), evidence=evidence)
    if defined.definition.is_disjoint and len(defined.parts) > 1 and not has_failed(summed):
        yield summed
        return
    for part in defined.parts:
        bound = _bind(book, part, defined.whole)
        is_bound = defined.is_apart or is_beside(book, part, defined.whole)
        otherwise = TOLD if is_bound and not defined.definition.is_unowned else SILENT
        severity: Severity | None = "info" if defined.is_apart else None
        yield Relation(RULE, "kind", bound, severity=severity, evidence=evidence, otherwise=otherwise)


def _bind(book: Book, part: Claim, total: Claim) -> Operands:
    """A number and what it is no more than."""
    return ("part", book.amount(part)), ("total", book.amount(total))
