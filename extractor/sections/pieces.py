"""Paragraphs as stretches of others, or several as one, at the same places in the document."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.documents.model import Paragraph


def leave_out(paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> Paragraph:
    """A paragraph without some stretches of its text, at the same places in the document."""
    if not spans:
        return paragraph
    text, pieces = "", list[tuple[int, int]]()
    ends = [0, *(bound for span in spans for bound in span), len(paragraph.text)]
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        if start == end:
            continue
        pieces.append((len(text), paragraph.offset(start)))
        pieces += [(here - start + len(text), there) for here, there in paragraph.pieces if start < here < end]
        text += paragraph.text[start:end]
    return msgspec.structs.replace(paragraph, text=text, pieces=tuple(pieces))


def join(before: Paragraph, after: Paragraph) -> Paragraph:
    """Two paragraphs as one, at the same places in the document."""
    length = len(before.text)
    pieces = (*before.pieces, *((here + length, there) for here, there in after.pieces))
    return msgspec.structs.replace(before, text=before.text + after.text, pieces=pieces)
