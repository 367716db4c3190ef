"""JSON of results and comparisons, for people who open the file: each entry of a list on a few lines of its own.

The entries are encoded as they are, many at once; only what is around them is laid out here. A change of one claim is a
change of its lines, and writing a megabyte takes little more than encoding it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from extractor import model
from extractor.reports.printable import escape_json

# What holds lists of entries has a line for each field.
LAID_OUT = (model.Result, model.Diff, model.Side, model.Table, model.Verification)
_CLAIM = (b',"scope":{"level":',)
_MESSAGE = (b',"message":{"zh":"',)
# What a new line of an entry begins with. A quote inside a string has a backslash in front, so these are fields; the
# longer what is looked for, the faster it is found.
BREAKS: dict[type[Struct] | type[tuple[Any, ...]], tuple[bytes, ...]] = {
    model.Claim: _CLAIM,
    model.SideClaim: _CLAIM,
    tuple: (b',{"text":"',),
    model.Check: _MESSAGE,
    model.Finding: _MESSAGE,
    model.Pair: _MESSAGE,
    model.CellPair: (b',"right":{"start":', *_MESSAGE),
    model.Change: (b',"left":', b',"right":', *_MESSAGE),
    model.FindingChange: (b',"left":', b',"right":'),
}
"""A row of a table is a tuple of its cells."""
Piece = bytes | memoryview
_ENCODER = msgspec.json.Encoder()


def lay_out(value: Struct | Sequence[Struct]) -> bytes:
    r"""A result, a comparison or a list of these in UTF-8, with a line break at the end.

    >>> from extractor.model import Verification
    >>> print(lay_out(Verification(verified=("c1", "c2"))).decode(), end="")
    {
      "verified": ["c1","c2"],
      "contradicted": [],
      "unverified": []
    }
    """
    return escape_json(b"".join((*_lay_out(value, b"\n"), b"\n")))


def _lay_out(value: Any, margin: bytes) -> Iterable[Piece]:
    """The pieces of a value; ``margin`` is a line break and the spaces in front of the line that it ends on."""
    if isinstance(value, LAID_OUT):
        return _lay_fields(value, margin)
    if isinstance(value, Sequence) and value and isinstance(value[0], Struct | tuple):
        return _lay_entries(value, margin)
    return (_ENCODER.encode(value),)


def _lay_fields(whole: Struct, margin: bytes) -> Iterator[Piece]:
    inner = margin + b"  "
    start = b"{" + inner
    for name, told in zip(whole.__struct_fields__, whole.__struct_encode_fields__, strict=True):
        yield b'%b"%b": ' % (start, told.encode())
        yield from _lay_out(getattr(whole, name), inner)
        start = b"," + inner
    yield margin + b"}"


def _lay_entries(entries: Sequence[Any], margin: bytes) -> Iterator[Piece]:
    inner = margin + b"  "
    yield b"[" + inner
    if isinstance(entries[0], LAID_OUT):
        yield from _lay_out(entries[0], inner)
        for entry in entries[1:]:
            yield b"," + inner
            yield from _lay_out(entry, inner)
    else:
        yield _lay_records(entries, inner)
    yield margin + b"]"


def _lay_records(records: Sequence[Any], margin: bytes) -> Piece:
    """Entries of one type; no line break can stand inside a string of JSON, so each is one line at first."""
    between = b"," + margin
    lines = _ENCODER.encode_lines(records).replace(b"\n", between)
    for field in BREAKS.get(type(records[0]), ()):
        lines = lines.replace(field, between + b" " + field[1:])
    return memoryview(lines)[: -len(between)]
