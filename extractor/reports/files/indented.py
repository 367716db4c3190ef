"""JSON for people who open the file: indented by two spaces, a box on one line."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from extractor.reports.printable import escape_json

# No raw line break can stand inside a JSON string, so this finds only arrays of numbers, such as boxes.
_NUMBERS = re.compile(rb"\[\n\s+(-?[0-9.e+-]+(?:,\n\s+-?[0-9.e+-]+)*)\n\s+\]")
_BREAK = re.compile(rb",\n\s+")


def indent(value: Any) -> bytes:
    r"""What ``msgspec`` can encode, in UTF-8, with a line break at the end.

    >>> print(indent({"page": 1, "boxes": [[72.0, 90.5, 140.0, 104.0]]}).decode(), end="")
    {
      "page": 1,
      "boxes": [
        [72.0, 90.5, 140.0, 104.0]
      ]
    }
    """
    indented = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return escape_json(_NUMBERS.sub(_put_on_one_line, indented)) + b"\n"


def _put_on_one_line(numbers: re.Match[bytes]) -> bytes:
    return b"[" + _BREAK.sub(b", ", numbers[1]) + b"]"
