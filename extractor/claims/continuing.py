"""Sentences that go on in the next paragraph: their time is still meant there."""

from __future__ import annotations

from extractor import patterns
from extractor.claims.readings import Reading
from extractor.documents.model import Document
from extractor.sections.markers import read_marker
from extractor.sections.model import Block


def find_continued(last: Reading | None, block: Block, document: Document) -> Reading | None:
    r"""The last reading of the paragraph in front, where that breaks off within its sentence and this one is no item.

    >>> from extractor.claims.trial import read_last
    >>> read_last("春节期间，走访20户；\n发放慰问金5万元。").time.period.text
    '春节期间'
    >>> read_last("春节期间，走访20户。\n发放慰问金5万元。").time.period
    >>> read_last("（1）春节期间，走访20户；\n（2）投资5亿元。").time.period
    """
    if not last or block.paragraph.kind != "body" or read_marker(block.paragraph.text):
        return None
    before = last.mention.sentence.block
    breaks = patterns.fragment("claims/sentences", "breaks_off").search(before.paragraph.text)
    if not breaks or before.section != block.section:
        return None
    return None if document.text[before.paragraph.end : block.paragraph.start].strip() else last
