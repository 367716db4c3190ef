"""A side as it is compared: a document or a part of it, its claims and the places that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from extractor.amounts.book import Book
from extractor.model import Claim, DocumentInfo, Quote, Result, Section, Side, SideClaim, Span
from extractor.passages.items import Item, Reader
from extractor.passages.words import compile_fragment

# So many characters of a place's name are looked for in another report.
PLACE = 2


def are_strangers(left: Half, right: Half) -> bool:
    """Whether the reports are of different places, as far as they say: neither names the place of the other."""
    if left.result is right.result:
        return False
    if not left.places | right.places:
        return False
    is_named = _names_place(left, right.places) or _names_place(right, left.places)
    return not is_named


def _names_place(half: Half, places: Iterable[str]) -> bool:
    return any(place in half.result.text for place in places)


class Half:
    """One side: a result, and the claims of it that are compared."""

    def __init__(self, result: Result, claims: Sequence[Claim] | None = None, part: Section | None = None) -> None:
        self.result, self.part = result, part
        self.claims = result.claims if claims is None else tuple(claims)
        self.book = Book(result)

    @property
    def side(self) -> Side:
        """The side as the diff shows it."""
        claims = tuple(self._quote_claim(claim) for claim in self.claims)
        return Side(self.result.document, self.part.heading if self.part else None, claims)

    def quote(self, span: Span) -> Quote:
        """A stretch of the document with its words."""
        return Quote(span.start, span.end, self.result.text[span.start : span.end])

    def _quote_claim(self, claim: Claim) -> SideClaim:
        told = {name: getattr(claim, name) for name in Claim.__struct_fields__}
        return SideClaim(**told | {"sentence": self.quote(claim.sentence)})

    @property
    def document(self) -> DocumentInfo:
        """What is known of the document."""
        return self.result.document

    @cached_property
    def items(self) -> list[Item]:
        """The claims in their words, in document order."""
        return Reader(self.book, self.claims).read()

    @cached_property
    def places(self) -> frozenset[str]:
        """The beginnings of the names of the places that the document's entity is of."""
        parts = compile_fragment("place").split(self.document.entity or "")
        return frozenset(part[:PLACE] for part in parts if len(part) >= PLACE)
