"""What a file is, by its content: PDF, a type that is known but not read, or text."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from msgspec import Struct

from extractor import patterns

# The PDF specification lets other bytes stand before the header, within the first kilobyte.
HEADER_REACH = 1024
UNKNOWN = "?"


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """How a file type is known: its first bytes in hexadecimal and, for archives, a member's path."""

    type: str
    starts: str
    offset: int = 0
    member: str | None = None
    image: bool = False


@cache
def signatures() -> tuple[Signature, ...]:
    """The known types, in the order in which they are tried."""
    return tuple(patterns.load("documents/signatures", Signature).values())


def is_pdf(data: bytes) -> bool:
    """Whether the content carries a PDF header."""
    return b"%PDF-" in data[:HEADER_REACH]


def known(data: bytes) -> Signature | None:
    """The type whose signature fits the content."""
    return next((signature for signature in signatures() if _fits(signature, data)), None)


def _fits(signature: Signature, data: bytes) -> bool:
    if not data.startswith(bytes.fromhex(signature.starts), signature.offset):
        return False
    return signature.member is None or any(name.startswith(signature.member) for name in _members(data))


def _members(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []
