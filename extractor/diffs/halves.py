"""A side as it is compared: its claims with the words that say what they measure and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope
from extractor.diffs.words import Bag, bag, bare, expression, generic, known
from extractor.model import Claim, DocumentInfo, Result, Section, Side

# So many characters in front of a number, in its sentence, say what it is of.
REACH = 30
# The innermost headings that are compared.
HEADINGS = 3
BREAKS = "，,；;。：:（("
# So many characters of a place's name are looked for in another report.
PLACE = 2


class Item(Struct, frozen=True):
    """A claim in its words: those of its metric, its clause, its sentence and its headings.

    ``named`` is the metric as it is compared, ``metric_id`` that of the vocabulary; a ``generic`` one is made of words
    that many numbers carry. ``exact`` is the number in the base unit. ``passage`` is the section or the
    table cell it stands in. ``told`` says that its period is stated in its sentence or a heading, or is the document's
    year: any other was carried over from a sentence further up.
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
    scopes: frozenset[str]
    project: str | None
    told: bool


def _group(claim: Claim) -> tuple[str, str, str]:
    """What claims must have in common to be compared at all: what is counted, the kind, and whether it was done."""
    counted = claim.dimension in ("count", "person", "household", "other")
    unit = claim.dimension if counted else claim.base_unit
    return unit, claim.kind, "actual" if claim.role == "actual" else "planned"


def strangers(left: Half, right: Half) -> bool:
    """Whether the reports are of different places, as far as they say: neither names the place of the other."""
    if left.result is right.result or not (left.places or right.places):
        return False
    found = any(place in right.result.text for place in left.places)
    return not found and not any(place in left.result.text for place in right.places)


class Half:
    """One side: a result, and the claims of it that are compared."""

    def __init__(self, result: Result, claims: Sequence[Claim] | None = None, part: Section | None = None) -> None:
        self.result, self.part = result, part
        self.claims = result.claims if claims is None else tuple(claims)
        self.book = Book(result)

    @property
    def side(self) -> Side:
        """The side as the diff shows it."""
        return Side(self.result.document, self.part.heading if self.part else None, self.claims)

    @property
    def document(self) -> DocumentInfo:
        """What is known of the document."""
        return self.result.document

    @cached_property
    def items(self) -> list[Item]:
        """The claims in their words, in document order."""
        return [self._item(at, claim) for at, claim in enumerate(self.claims)]

    @cached_property
    def of(self) -> dict[str, Item]:
        """The claims in their words, by id."""
        return {item.claim.id: item for item in self.items}

    @cached_property
    def places(self) -> frozenset[str]:
        """The beginnings of the names of the places that the document's entity is of."""
        parts = expression("place").split(self.document.entity or "")
        return frozenset(part[:PLACE] for part in parts if len(part) >= PLACE)

    def words(self, claim: Claim) -> str:
        """The sentence of a claim on one line."""
        return "".join(self.result.text[claim.sentence.start : claim.sentence.end].split())

    def _item(self, at: int, claim: Claim) -> Item:
        named = self._bare(claim)
        money = claim.kind == "level" and claim.dimension == "money"
        headings = claim.path[-HEADINGS:] + ((claim.cell.row_label,) if claim.cell else ())
        return Item(
            claim=claim,
            at=at,
            amount=self.book.amount(claim),
            exact=self.book.amount(claim).exact,
            group=_group(claim),
            named=named,
            metric_id=claim.metric_id or (known(named) if money else None),
            generic=not any(word not in generic() for word in bag(named)),
            metric=bag(named),
            clause=bag(self._clause(at, claim)),
            sentence=bag(self.words(claim)),
            headings=tuple(bag(heading) for heading in reversed(headings)),
            passage=f"{claim.section}|{claim.cell and (claim.cell.table, claim.cell.row)}",
            scopes=find_scope(claim),
            project=next((one for one in reversed(claim.path) if expression("project").search(one)), None),
            told=self._is_told(claim),
        )

    def _bare(self, claim: Claim) -> str:
        """The metric as it is compared, without the name of the document's own entity."""
        metric = bare(claim.metric or "", planned=claim.role != "actual")
        entity = self.document.entity
        for length in range(min(len(metric), len(entity or "")), 3, -1):
            if entity and entity.endswith(metric[:length]) and len(metric) > length:
                return metric[length:]
        return metric

    def _clause(self, at: int, claim: Claim) -> str:
        """The words right in front of a number, back to the number before it or the clause's beginning."""
        before = self.claims[at - 1].end if at else 0
        start = max(claim.sentence.start, claim.start - REACH)
        text = self.result.text[max(start, before if before <= claim.start else start) : claim.start]
        for mark in BREAKS:
            text = text.rpartition(mark)[2] or text
        return "".join(text.split())

    def _is_told(self, claim: Claim) -> bool:
        if claim.period is None:
            return False
        year = self.document.year
        own = year is not None and (claim.period.start or "").startswith(str(year))
        places = (self.words(claim), *claim.path)
        return own or any(claim.period.text in place for place in places)
