"""Findings as a list of JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.messages import Lang
from extractor.reports.files.indented import indent
from extractor.reports.findings.entries import list_entries
from extractor.reports.findings.selecting import Listing


def encode(listings: Sequence[Listing], lang: Lang) -> bytes:
    """All findings in one list; its sentences are in both languages, its computations in ``lang``."""
    return indent([*list_entries(listings, lang)])
