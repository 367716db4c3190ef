"""A sentence tried by itself: what the steps make of it, for the examples in their documentation."""

from __future__ import annotations

from extractor.claims import STEPS
from extractor.claims.blocks import read_blocks
from extractor.claims.context import open_context
from extractor.claims.readings import Reading
from extractor.documents import read
from extractor.sections import outline


def read_last(text: str, year: int | None = None) -> Reading:
    """The reading of the last number of ``text``, which is read as a document whose own year is ``year``.

    >>> read_last("发放救助金20万元，惠及112户。").name.metric
    '发放救助金惠及'
    """
    document = read(text.encode(), "trial.txt")
    blocks = outline(document)
    *_, (_, reading) = read_blocks(open_context(document, blocks, year, None, ()), blocks.blocks, STEPS)
    return reading
