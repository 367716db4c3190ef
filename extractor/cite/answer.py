"""What came of the numbers of a text that were looked up in reports: the root of the JSON, and what is in it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.model import Box, ClaimCell, DocumentInfo, Message, Quote, Tool

Status = Literal["supported", "contradicted", "not_found"]
Match = Literal["equal", "equal_converted", "rounded", "truncated", "within", "different"]


class Anchor(Struct, frozen=True):
    """Where a number stands in a report: ``quote`` is ``text[start:end]`` of the document of this ``sha256``.

    ``claim`` is its id, ``cell`` its place in a table; one of them is None. ``sentence`` holds it.
    """

    document: str
    sha256: str
    page: int | None
    boxes: tuple[Box, ...]
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    sentence: Quote
    claim: str | None
    cell: ClaimCell | None


class SourceFinding(Struct, frozen=True):
    """A finding of the report's own checks, by its id, and what it says."""

    id: str
    message: Message


class Source(Struct, frozen=True):
    """A number of a report that a number of the text was held against.

    ``match`` says how their values relate; ``basis`` what tells that both are of one thing: names, or digits alone.
    ``finding`` is what the report's own checks found about this number, None for nothing.
    """

    anchor: Anchor
    metric: str | None
    match: Match
    basis: Literal["name", "digits"]
    finding: SourceFinding | None = None


class Citation(Struct, frozen=True):
    """A number of the text, whether the reports say it, and where; the best source first.

    ``nearest`` is, for one that was not found, the number of the same name in the reports that comes nearest to it.
    """

    id: str
    status: Status
    raw: str
    start: int
    end: int
    page: int | None
    sentence: Quote
    metric: str | None
    period: str | None
    sources: tuple[Source, ...]
    message: Message
    nearest: Source | None = None


class Citations(Struct, frozen=True):
    """All numbers of a text, in its order."""

    schema: Literal["extractor-cite/1"]
    tool: Tool
    article: DocumentInfo
    reports: tuple[DocumentInfo, ...]
    citations: tuple[Citation, ...]

    def count(self, status: Status) -> int:
        """How many numbers have a status."""
        return sum(citation.status == status for citation in self.citations)
