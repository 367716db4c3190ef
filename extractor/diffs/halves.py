"""A side as it is compared: its claims with the words that say what they measure and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from extractor.checks.book import Amount, Book
from extractor.checks.metrics import scope
from extractor.diffs.words import Bag, bag, bare, expression, generic, known
from extractor.model import Claim, DocumentInfo, Result, Section, Side

# So many characters in front of a number, in its sentence, say what it is of.
REACH = 30
# The innermost headings that are compared.
HEADINGS = 3
BREAKS = "，,；;。：:（("


class Item(Struct, frozen=True):
    """A claim in its words: those of its metric, its clause, its sentence and its headings.

    ``named`` is the metric as it is compared, ``metric_id`` that of the vocabulary. ``passage`` is the section or the
    table cell it stands in. ``told`` says that its period is stated in its sentence or a heading, or is the document's
    year: any other was carried over from a sentence further up.
    """

    claim: Claim
    at: int
    amount: Amount
    named: str
    metric_id: str | None
    metric: Bag
    clause: Bag
    sentence: Bag
    headings: tuple[Bag, ...]
    passage: str
    scopes: frozenset[str]
    project: str | None
    told: bool

    @property
    def generic(self) -> bool:
        """Whether the metric's words alone do not say what is measured."""
        return self.metric_id is None and not any(word not in generic() for word in self.metric)

    @property
    def group(self) -> tuple[str, str, str]:
        """What claims must have in common to be compared at all."""
        claim = self.claim
        unit = claim.dimension if claim.dimension in ("count", "person", "household", "other") else claim.base_unit
        return unit, claim.kind, "actual" if claim.role == "actual" else "planned"


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

    def words(self, claim: Claim) -> str:
        """The sentence of a claim on one line."""
        return "".join(self.result.text[claim.sentence.start : claim.sentence.end].split())

    def _item(self, at: int, claim: Claim) -> Item:
        named = self._bare(claim)
        headings = claim.path[-HEADINGS:] + ((claim.cell.row_label,) if claim.cell else ())
        return Item(
            claim=claim,
            at=at,
            amount=self.book.amount(claim),
            named=named,
            metric_id=claim.metric_id or (known(named) if claim.kind == "level" and claim.base_unit == "元" else None),
            metric=bag(named),
            clause=bag(self._clause(at, claim)),
            sentence=bag(self.words(claim)),
            headings=tuple(bag(heading) for heading in reversed(headings)),
            passage=f"{claim.section}|{claim.cell and (claim.cell.table, claim.cell.row)}",
            scopes=scope(claim),
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
