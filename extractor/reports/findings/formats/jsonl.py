"""Findings as JSON Lines: one finding a line."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.messages import Lang
from extractor.reports.findings.entries import list_entries
from extractor.reports.findings.selecting import Listing
from extractor.reports.printable import escape_json


def encode(listings: Sequence[Listing], lang: Lang) -> bytes:
    """A line for each finding; nothing where there is none."""
    return b"".join(escape_json(msgspec.json.encode(one)) + b"\n" for one in list_entries(listings, lang))
