"""What a document becomes: its sections and its narrative as blocks."""

from __future__ import annotations

from msgspec import Struct

from extractor.documents.model import Paragraph
from extractor.model import Section, Span


class Block(Struct, frozen=True):
    """A stretch of one paragraph that stands under one section: what the claims are read from.

    ``text[start:end]`` of the paragraph; a run-in heading and the body behind it are two blocks. ``heading`` is True
    for the heading's own words, whose numbers are context, not claims.
    """

    paragraph: Paragraph
    start: int
    end: int
    section: str | None
    heading: bool = False


class Outline(Struct, frozen=True):
    """The section tree, the narrative cut into blocks in document order, and what belongs to no section."""

    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    contents: tuple[Span, ...] = ()
    title: str | None = None
