"""Claims as they are compared: with the words that say what they measure and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.names import Facets, find_scope, read_account
from extractor.model import Claim, Period
from extractor.passages.words import (
    Bag,
    compile_fragment,
    find_total,
    list_generic_words,
    strip_metric,
    weigh_words,
)

# So many characters in front of a number, in its sentence, say what it is of.
REACH = 30
# The innermost headings that are compared.
HEADINGS = 3
BREAKS = "，,；;。：:（("
# So many characters of its end name the document's own entity at least: 街道办事 says whose, 街道 does not.
ENTITY = 4


class Item(Struct, frozen=True):
    """A claim in its words: those of its metric, its clause, its sentence and its headings.

    ``named`` is the metric as it is compared, ``metric_id`` that of the vocabulary; a ``generic`` one is made of words
    that many numbers carry. ``exact`` is the number in the base unit. ``passage`` is the section or the
    table cell it stands in, ``item`` that of the accounts which it names. ``told`` says that its period is stated in
    its sentence or a heading, or is the document's year: any other was carried over from a sentence further up.
    ``spoken`` says that it is stated in the sentence itself.
    """

    claim: Claim
    at: int
    amount: Amount
    exact: Fraction
    group: tuple[str, str, str]
    named: str
    metric_id: str | None
    generic: bool
    metric: Bag
    clause: Bag
    sentence: Bag
    headings: tuple[Bag, ...]
    passage: str
    scopes: Facets
    project: str | None
    item: str | None
    told: bool
    spoken: bool


def _find_group(claim: Claim) -> tuple[str, str, str]:
    """What claims must have in common to be compared at all: what is counted, the kind, and whether it was done."""
    is_counted = claim.dimension in ("count", "person", "household", "other")
    unit = claim.dimension if is_counted else claim.base_unit
    state = "actual" if claim.role == "actual" else "planned"
    return unit, claim.kind, state


class Reader:
    """Reads claims of one document, in document order, as they are compared."""

    def __init__(self, book: Book, claims: Sequence[Claim]) -> None:
        self._text, self._document, self._amount = book.text, book.result.document, book.amount
        self.claims = claims

    def read(self) -> list[Item]:
        """The claims in their words."""
        return [self._make_item(at, claim) for at, claim in enumerate(self.claims)]

    def read_sentence(self, claim: Claim) -> str:
        """The sentence of a claim on one line."""
        return "".join(self._text[claim.sentence.start : claim.sentence.end].split())

    def _make_item(self, at: int, claim: Claim) -> Item:
        named, amount = self._name(claim), self._amount(claim)
        metric, headings = weigh_words(named), _list_headings(claim)
        return Item(
            claim=claim,
            at=at,
            amount=amount,
            exact=amount.exact,
            group=_find_group(claim),
            named=named,
            metric_id=_identify(claim, named),
            generic=metric.keys() <= list_generic_words(),
            metric=metric,
            clause=weigh_words(self._read_clause(at, claim)),
            sentence=weigh_words(self.read_sentence(claim)),
            headings=tuple(map(weigh_words, headings)),
            passage=f"{claim.section}|{claim.cell and (claim.cell.table, claim.cell.row)}",
            scopes=find_scope(claim),
            project=next(filter(compile_fragment("project").search, reversed(claim.path)), None),
            item=_find_item(claim),
            told=self._is_told(claim),
            spoken=self._is_spoken(claim),
        )

    def _name(self, claim: Claim) -> str:
        """The metric as it is compared, without the name of the document's own entity."""
        metric = strip_metric(claim.metric or "", planned=claim.role != "actual")
        entity = self._document.entity or ""
        for length in range(min(len(metric) - 1, len(entity)), ENTITY - 1, -1):
            if entity.endswith(metric[:length]):
                return metric[length:]
        return metric

    def _read_clause(self, at: int, claim: Claim) -> str:
        """The words right in front of a number, back to the number before it or the clause's beginning."""
        before = self.claims[at - 1].end if at else 0
        start = max(claim.sentence.start, claim.start - REACH)
        text = self._text[max(start, before) if before <= claim.start else start : claim.start]
        for mark in BREAKS:
            text = text.rpartition(mark)[2] or text
        return "".join(text.split())

    def _is_told(self, claim: Claim) -> bool:
        """Whether the period is the document's own year, or stated in the sentence or a heading."""
        if claim.period is None:
            return False
        if self._is_own_year(claim.period):
            return True
        places = (self.read_sentence(claim), *claim.path)
        return any(claim.period.text in place for place in places)

    def _is_spoken(self, claim: Claim) -> bool:
        """Whether the period is stated in the sentence itself."""
        return claim.period is not None and claim.period.text in self.read_sentence(claim)

    def _is_own_year(self, period: Period) -> bool:
        """Whether a period begins in the document's own year."""
        year = self._document.year
        if year is None:
            return False
        return (period.start or "").startswith(str(year))


def _find_item(claim: Claim) -> str | None:
    """The item of the accounts that a metric names: 行政运行 of 水利（款）行政运行（项）支出."""
    match = compile_fragment("item").search(claim.metric or "")
    return match["name"] if match else None


def _list_headings(claim: Claim) -> list[str]:
    """The headings that are compared, the innermost first; the label of a table's row is one."""
    row = [claim.cell.row_label] if claim.cell else []
    return [*row, *reversed(claim.path[-HEADINGS:])]


def _identify(claim: Claim, named: str) -> str | None:
    """The metric of the vocabulary; a level of money may also bear a common name of one."""
    account = read_account(claim)
    if account or claim.kind != "level" or claim.dimension != "money":
        return account
    return find_total(named)
