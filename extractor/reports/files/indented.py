"""JSON for people who open the file: indented by two spaces, a box or a short object on one line."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from extractor.reports.printable import escape_json

# No raw line break can stand inside a JSON string, so this finds only arrays of numbers, such as boxes.
_NUMBERS = re.compile(rb"\[\n *+(-?[0-9.e+-]++(?:,\n *+-?[0-9.e+-]++)*+)\n *+\]")
# An object whose fields hold neither objects nor arrays: a period, a span, an operand.
_FLAT = re.compile(rb"\{\n *+(\"[^\n]*+(?<![\[{])(?:\n *+\"[^\n]*+(?<![\[{]))*+)\n *+\}")
# The bytes of an object that stands on one line: a scope without a facet has 137.
LINE = 140
_BREAK = re.compile(rb",\n *+")


def indent(value: Any) -> bytes:
    r"""What ``msgspec`` can encode, in UTF-8, with a line break at the end.

    >>> print(indent({"boxes": [[72.0, 90.5, 140.0, 104.0]], "sentence": {"start": 0, "end": 9}}).decode(), end="")
    {
      "boxes": [
        [72.0, 90.5, 140.0, 104.0]
      ],
      "sentence": {"start": 0, "end": 9}
    }
    """
    indented = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return escape_json(_FLAT.sub(_close_up, _NUMBERS.sub(_put_on_one_line, indented))) + b"\n"


def _put_on_one_line(numbers: re.Match[bytes]) -> bytes:
    return b"[" + _BREAK.sub(b", ", numbers[1]) + b"]"


def _close_up(found: re.Match[bytes]) -> bytes:
    """A short object on one line; a long one as it is."""
    if len(found[1]) > 2 * LINE:
        return found[0]
    fields = _BREAK.sub(b", ", found[1])
    return b"{" + fields + b"}" if len(fields) <= LINE else found[0]
