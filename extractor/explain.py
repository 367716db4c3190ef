"""Why a number is a claim, or is none: its place, the patterns that fired and the guards that were tried."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import starmap
from operator import attrgetter

from msgspec import Struct

from extractor import pipeline
from extractor.claims import ReadClaim
from extractor.claims.sentences import find_sentence
from extractor.documents import read
from extractor.documents.characters import fold, fold_document
from extractor.documents.model import Document, Paragraph
from extractor.model import Claim, InputError, Section
from extractor.quantities import scan
from extractor.quantities.guards import tried
from extractor.quantities.model import Quantity


class GuardTried(Struct, frozen=True):
    """A guard and the words it covers at the number; None where it stayed silent."""

    guard: str
    covers: str | None


class Explanation(Struct, frozen=True):
    """One number of the quoted words.

    ``words`` are the number with its unit, ``dropped`` the guard that says it is no quantity (``no unit``, or ``words``
    for a numeral inside a word), ``claim`` what was made of it and ``evidence`` the pattern that each field of it comes
    from, ``path`` the headings above it.
    """

    words: str
    path: tuple[str, ...]
    sentence: str
    page: int | None
    dropped: str | None
    claim: Claim | None
    evidence: Mapping[str, str]
    guards: tuple[GuardTried, ...]


class Known(Struct, frozen=True):
    """A document with its sections, and its claims by where they start and end."""

    document: Document
    sections: tuple[Section, ...]
    claims: Mapping[tuple[int, int], ReadClaim]


def explain(source: str | os.PathLike[str] | bytes, quote: str, *, name: str | None = None) -> list[Explanation]:
    """An explanation for every number in every place where the document says ``quote`` (white space left aside).

    Raises ``InputError`` for a document that cannot be read, and where it nowhere says the quote.

    >>> [found] = explain("发放救助金20余万元。".encode(), "20余万元", name="report.txt")
    >>> found.words, found.evidence["unit"], found.evidence["approximation"]
    ('20余万元', 'units/money.yuan', 'approximators.more_inside')
    """
    written = read(source, name)
    document = fold_document(written)
    structure = pipeline.find_structure(document)
    claims = {(found.claim.start, found.claim.end): found for found in pipeline.find_claims(document, structure)}
    known = Known(written, structure.outline.sections, claims)
    explanations: list[Explanation] = []
    for paragraph in document.paragraphs:
        explanations += _explain_paragraph(known, paragraph, fold(quote))
    if not explanations:
        raise InputError("input.no_quote", name=document.name, quote=quote)
    return explanations


def _explain_paragraph(known: Known, paragraph: Paragraph, quote: str) -> Iterator[Explanation]:
    """The explanations of the numbers that stand in the quote's places in one paragraph."""
    places = list(_find_places(paragraph.text, quote))
    if not places:
        return
    for quantity in scan(paragraph.text):
        if any(quantity.start < end and start < quantity.end for start, end in places):
            yield _explain_quantity(known, paragraph, quantity)


def _find_places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` says ``quote``, white space and separators left aside; never from the middle of a number."""
    kept = [index for index, char in enumerate(text) if not _is_ignored(char)]
    squeezed = "".join(text[index] for index in kept)
    wanted = "".join(char for char in quote if not _is_ignored(char))
    at = squeezed.find(wanted) if wanted else -1
    while at >= 0:
        if not (wanted[0].isdigit() and squeezed[:at][-1:].isdigit()):
            yield kept[at], kept[at + len(wanted) - 1] + 1
        at = squeezed.find(wanted, at + 1)


def _is_ignored(char: str) -> bool:
    """Whether a character is left aside where a quote is looked for."""
    return char.isspace() or char == ","


def _explain_quantity(known: Known, paragraph: Paragraph, quantity: Quantity) -> Explanation:
    """What is known of one number of a paragraph."""
    span = paragraph.span(quantity.start, quantity.end)
    found = known.claims.get((span.start, span.end))
    above = filter(partial(_is_above, span.start), known.sections)
    return Explanation(
        words=known.document.text[span.start : span.end],
        path=tuple(map(attrgetter("heading"), above)),
        sentence=find_sentence(paragraph.text, quantity.start),
        page=known.document.page(span.start),
        dropped=quantity.dropped,
        claim=found.claim if found else None,
        evidence=found.evidence if found else {},
        guards=tuple(starmap(GuardTried, tried(paragraph.text, quantity.start))),
    )


def _is_above(offset: int, section: Section) -> bool:
    """Whether a section stands around an offset."""
    return section.start <= offset < section.end
