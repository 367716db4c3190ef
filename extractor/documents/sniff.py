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
def load_signatures() -> tuple[Signature, ...]:
    """The known types, in the order in which they are tried."""
    return tuple(patterns.load("documents/signatures", Signature).values())


def is_pdf(data: bytes) -> bool:
    """Whether the content carries a PDF header."""
    return b"%PDF-" in data[:HEADER_REACH]


def find_signature(data: bytes) -> Signature | None:
    """The first type whose signature the content carries."""
    for signature in load_signatures():
        if _has_signature(data, signature):
            return signature
    return None


def _has_signature(data: bytes, signature: Signature) -> bool:
    starts = bytes.fromhex(signature.starts)
    if not data.startswith(starts, signature.offset):
        return False
    if signature.member is None:
        return True
    return any(name.startswith(signature.member) for name in _list_members(data))


def _list_members(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []
