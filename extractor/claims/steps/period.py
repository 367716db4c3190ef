"""The period of a claim: named in its sentence, else handed down by the paragraph, the headings or the title."""

from __future__ import annotations

from bisect import bisect_right

from extractor.claims.context import Context
from extractor.claims.periods import Found
from extractor.claims.readings import Reading, Settled, Time
from extractor.claims.sentences import Mention

PARAGRAPH, TOLD, HEADING, TITLE = "period.paragraph", "period.told", "period.heading", "period.title"


def settle_period(reading: Reading, context: Context) -> Settled[Time]:
    """The period that governs a mention, and where it was found.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2020年收入52万元。支出48万元。").time.period.start
    '2020-01-01'
    >>> read_last("2020年收入52万元。支出48万元。").evidence["time"]
    'period.paragraph'
    """
    governing = find_governing(reading.mention, context)
    if not governing:
        return _inherit_period(context)
    here = governing.start >= reading.mention.sentence.start
    return Settled(Time(governing.period, governing.past), governing.pattern if here else PARAGRAPH)


def find_governing(mention: Mention, context: Context) -> Found | None:
    """The last period in front of a mention; one that names no calendar time rules in its own sentence only.

    >>> from extractor.claims.trial import read_last
    >>> read_last("春节期间慰问20户。发放慰问金3万元。").time.period
    """
    found, sentence = context.periods, mention.sentence
    index = bisect_right(found, mention.quantity.start, key=lambda entry: entry.start) - 1
    while index >= 0 and not _is_ruling(found[index], mention, context):
        index -= 1
    if index < 0:
        return None
    in_other_row = sentence.block.paragraph.kind == "row" and found[index].start < sentence.block.start
    return None if in_other_row else found[index]


def _is_ruling(found: Found, mention: Mention, context: Context) -> bool:
    """Whether a period that stands in front of a mention rules there: in its sentence, and not in a closed bracket."""
    if not context.enclosures.reaches(found.start, mention.quantity.start):
        return False
    return found.calendar or found.start >= mention.sentence.start


def _inherit_period(context: Context) -> Settled[Time]:
    """The period that the nearest section was told of or names in its heading, else the one of the title."""
    for section, named in context.headings.chain:
        told = context.years.get(section)
        if told:
            return Settled(Time(told), TOLD)
        if named:
            return Settled(Time(named), HEADING)
    if context.source.period:
        return Settled(Time(context.source.period), TITLE)
    return Settled(Time())
