"""Why a number is a claim, or is none: its place, the patterns that fired and the guards that were tried."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from extractor import messages, pipeline
from extractor.claims.sentences import sentence_at
from extractor.documents import read
from extractor.model import Claim, Document, InputError, Paragraph, Quantity, Result
from extractor.quantities import scan
from extractor.quantities.guards import tried


class GuardTried(Struct, frozen=True):
    """A guard and the words it covers at the number; None where it stayed silent."""

    guard: str
    covers: str | None


class Explanation(Struct, frozen=True):
    """One number of the quoted words.

    ``words`` are the number with its unit, ``dropped`` the guard that says it is no quantity (``no unit``, or ``words``
    for a numeral inside a word), ``claim`` what was made of it, ``path`` the headings above it.
    """

    words: str
    path: tuple[str, ...]
    sentence: str
    page: int | None
    dropped: str | None
    claim: Claim | None
    guards: tuple[GuardTried, ...]


def explain(
    source: str | os.PathLike[str] | bytes, quote: str, *, name: str | None = None, lang: messages.Lang = "zh"
) -> list[Explanation]:
    """An explanation for every number in every place where the document says ``quote`` (white space left aside).

    Raises ``InputError`` for a document that cannot be read, and where it nowhere says the quote.

    >>> [found] = explain("发放救助金20余万元。".encode(), "20余万元", name="report.txt")
    >>> found.words, found.claim.evidence[:2]
    ('20余万元', ('units/money.yuan', 'approximators.more_inside'))
    """
    document = read(source, name)
    result = pipeline.result(document, lang)
    found = [entry for paragraph in document.paragraphs for entry in _in_paragraph(document, result, paragraph, quote)]
    if not found:
        raise InputError("input.no_quote", name=document.name, quote=quote)
    return found


def _in_paragraph(document: Document, result: Result, paragraph: Paragraph, quote: str) -> Iterator[Explanation]:
    """The explanations of the numbers that stand in the quote's places in one paragraph."""
    places = list(_places(paragraph.text, quote))
    if not places:
        return
    for quantity in scan(paragraph.text):
        if any(quantity.start < end and quantity.end > start for start, end in places):
            yield _explanation(document, result, paragraph, quantity)


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` says ``quote``, white space and separators left aside; never from the middle of a number."""
    kept = [index for index, char in enumerate(text) if not _aside(char)]
    squeezed, wanted = "".join(text[index] for index in kept), "".join(char for char in quote if not _aside(char))
    at = squeezed.find(wanted) if wanted else -1
    while at >= 0:
        if not (wanted[0].isdigit() and at and squeezed[at - 1].isdigit()):
            yield kept[at], kept[at + len(wanted) - 1] + 1
        at = squeezed.find(wanted, at + 1)


def _aside(char: str) -> bool:
    """Whether a character is left aside where a quote is looked for."""
    return char.isspace() or char == ","


def _explanation(document: Document, result: Result, paragraph: Paragraph, quantity: Quantity) -> Explanation:
    """What is known of one number of a paragraph."""
    span = paragraph.span(quantity.start, quantity.end)
    claim = next((claim for claim in result.claims if claim.start == span.start and claim.end == span.end), None)
    under = [section for section in result.sections if section.start <= span.start < section.end]
    return Explanation(
        words=document.text[span.start : span.end],
        path=tuple(section.heading for section in under),
        sentence=sentence_at(paragraph.text, quantity.start),
        page=document.page(span.start),
        dropped=quantity.dropped,
        claim=claim,
        guards=tuple(GuardTried(guard, covers) for guard, covers in tried(paragraph.text, quantity.start)),
    )
