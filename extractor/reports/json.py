"""A result as JSON: for people who open the file, and as one line for programs that read many."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extractor.model import Diff, Result

# No raw line break can stand inside a JSON string, so this finds only arrays of numbers, such as boxes.
_NUMBERS = re.compile(rb"\[\n\s+(-?[0-9.e+-]+(?:,\n\s+-?[0-9.e+-]+)*)\n\s+\]")
_BREAK = re.compile(rb",\n\s+")


def document(result: Result | Diff | Sequence[Diff]) -> bytes:
    """The result, or the diffs, in UTF-8, indented by two spaces, a box on one line, with a line break at the end."""
    indented = msgspec.json.format(msgspec.json.encode(result), indent=2)
    return _NUMBERS.sub(_one_line, indented) + b"\n"


def line(result: Result) -> bytes:
    """The result in UTF-8 as one line of JSON Lines."""
    return msgspec.json.encode(result) + b"\n"


def _one_line(numbers: re.Match[bytes]) -> bytes:
    return b"[" + _BREAK.sub(b", ", numbers[1]) + b"]"
