"""A result as one line of JSON Lines, for programs that read many."""

from __future__ import annotations

import msgspec

from extractor.model import Result
from extractor.reports.printable import escape_json


def encode(result: Result) -> bytes:
    """The result in UTF-8 as one line, with a line break at the end."""
    return escape_json(msgspec.json.encode(result)) + b"\n"
