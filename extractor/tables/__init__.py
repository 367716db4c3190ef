"""Documents become Tables: ruled ones of a PDF, rows of tabs, and tables that were flattened a cell a line."""

from __future__ import annotations

from extractor.model import Document, Section, Tabulation

__all__ = ["tables"]


def tables(document: Document, sections: tuple[Section, ...]) -> Tabulation:
    """The tables of a document in the order of its text; ``sections`` tell under which heading each stands."""
    return Tabulation()
