"""Whether what a store holds is what was written to it: results by their checksums, lines by their form."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

LARGEST = 2**29
"""The bytes that a result may have, unpacked: what says that it has more was not written by a batch."""
KEY = re.compile("[0-9a-f]{0,128}")
"""The name of a result: digits and nothing else, so that it leads nowhere, whoever wrote the index; empty for none."""
MALFORMED = (ValueError, RecursionError)
"""What is raised for JSON that is none, is of other types, is no Unicode, or is nested too deep."""


class Entry(Struct, frozen=True, omit_defaults=True):
    """A line of the index; ``raw`` has the bytes of a path that is no Unicode, in hexadecimal digits.

    ``id`` is the number of the document at this path. ``sha256`` is the hash of its content, ``seen`` what the file
    looked like when it was read, and ``kept`` what the file of its result looks like: what looks the same need not be
    read again to know it.
    """

    seq: int
    path: str
    key: str
    status: str
    reason: str | None = None
    message: str | None = None
    pages: int = 0
    claims: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    raw: str | None = None
    id: int | None = None
    sha256: str = ""
    seen: str = ""
    kept: str = ""


def stamp(file: Path) -> str:
    """What a file looks like from outside, its size and when it was written; empty where there is none.

    >>> stamp(Path("none"))
    ''
    """
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}"


class Extent(Struct, frozen=True):
    """How much a stored result holds: all that is read of it when it is listed a second time."""

    pages: tuple[msgspec.Raw, ...]
    claims: tuple[msgspec.Raw, ...]


def unpack(data: bytes) -> bytes:
    """The line of JSON in a stored result. Raises ``ValueError`` for one that is damaged, or larger than any is."""
    from zstandard import ZstdDecompressor, ZstdError, frame_content_size

    try:
        if not 0 <= frame_content_size(data) <= LARGEST:
            raise ValueError(f"more than {LARGEST} bytes")
        return ZstdDecompressor().decompress(data, allow_extra_data=False)
    except ZstdError as error:
        raise ValueError(str(error)) from error


def read_extent(file: Path) -> Extent | None:
    """How much the result in ``file`` holds; None where there is none, or a damaged one."""
    try:
        if not stat.S_ISREG(file.stat().st_mode) or file.stat().st_size > LARGEST:
            return None
        return msgspec.json.decode(unpack(file.read_bytes()), type=Extent)
    except (OSError, *MALFORMED):
        return None


def read_lines(index: Path) -> Iterator[tuple[bytes, Entry | None]]:
    """The lines of an index with what they say; None for a damaged one. One that was cut off at the end is left out."""
    decoder = msgspec.json.Decoder(Entry)
    with index.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield line, _decode(decoder, line)


def _decode(decoder: msgspec.json.Decoder[Entry], line: bytes) -> Entry | None:
    try:
        entry = decoder.decode(line)
    except MALFORMED:
        return None
    return entry if KEY.fullmatch(entry.key) else None
