"""A reading becomes a claim: its place in the document, its exact values, and what the steps have settled."""

from __future__ import annotations

from decimal import Decimal

from extractor.claims.areas import WHOLE_AREA, find_area
from extractor.claims.context import Context
from extractor.claims.readings import Reading, list_evidence
from extractor.claims.sentences import Mention, Sentence
from extractor.model import Claim, Span


def make_claim(reading: Reading, context: Context) -> Claim:
    """The claim that a reading amounts to; ``text[start:end]`` of the document is its ``raw``."""
    document, quantity, stand = context.source.document, reading.quantity, context.stand
    span = _find_span(reading.mention)
    headings, total = context.headings.path, reading.ties.total
    area = find_area(reading, context) if reading.name.metric else ""
    return Claim(
        id=reading.id,
        section=context.headings.section,
        path=stand.path(headings) if stand else headings,
        start=span.start,
        end=span.end,
        raw=document.text[span.start : span.end],
        sentence=_trim_sentence(reading.mention.sentence),
        page=document.page(span.start),
        boxes=document.boxes.of(span.start, span.end) if document.boxes else (),
        value=_write_digits(quantity.value),
        value_high=_write_digits(quantity.value_high) if quantity.value_high is not None else None,
        unit=quantity.unit,
        unit_implied=quantity.unit_implied,
        dimension=quantity.dimension,
        base_value=_write_plain(quantity.value * quantity.factor),
        base_unit=quantity.base_unit,
        approximation=quantity.approximation,
        interval=_write_interval(quantity.interval),
        metric=area + reading.name.text or None,
        metric_id=reading.metric_id,
        kind=reading.frame.kind,
        direction=reading.direction,
        baseline=reading.baseline,
        period=reading.time.period,
        scope=reading.scope,
        role=reading.role,
        part_of=total.id if total else None,
        share_of=reading.ties.whole,
        cell=stand.cell if stand else None,
        evidence=(*list_evidence(reading), *([WHOLE_AREA] if area else ())),
        confidence=document.confidence(span.start, span.end),
    )


def _find_span(mention: Mention) -> Span:
    """Where a mention stands in the document."""
    return mention.sentence.block.paragraph.span(mention.quantity.start, mention.quantity.end)


def _trim_sentence(sentence: Sentence) -> Span:
    """Where a sentence stands in the document, without the white space at either end."""
    words = sentence.text
    start = sentence.start + len(words) - len(words.lstrip())
    end = sentence.end - len(words) + len(words.rstrip())
    return sentence.block.paragraph.span(start, end)


def _write_digits(value: Decimal) -> str:
    """A number without an exponent and with the zeros that the document prints.

    >>> _write_digits(Decimal("43.10"))
    '43.10'
    """
    return f"{value:f}"


def _write_plain(value: Decimal) -> str:
    """A number without an exponent and without zeros at the end of its decimals.

    >>> _write_plain(Decimal("1657100.00")), _write_plain(Decimal("1E+4"))
    ('1657100', '10000')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_interval(interval: tuple[Decimal | None, Decimal | None]) -> tuple[str | None, str | None]:
    """The ends of an interval; an open end is None."""
    low, high = interval
    return (
        None if low is None else _write_plain(low),
        None if high is None else _write_plain(high),
    )
