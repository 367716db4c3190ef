"""What a file is, by its content: PDF, a web page, a type that is known but not read, or text."""

from __future__ import annotations

import codecs
import io
import zipfile
from functools import cache
from itertools import islice

import regex
from msgspec import Struct

from extractor import patterns
from extractor.documents.archives import DAMAGES
from extractor.documents.encoding import BOMS

# The PDF specification lets other bytes stand before the header, within the first kilobyte.
HEADER_REACH = 1024
ZIP = b"PK\x03\x04"
UNKNOWN = "?"
# A web page or an archive of one shows what it is within so many bytes.
HEAD = 16_384
# What stands in front of a page's first element.
PROLOGUE = rb"(?s)(?:\s|<\?xml[^>]*>|<!--.*?-->)*"
FIRST = (
    rb"(?i)<(?:!doctype\s+html|html|head|body|meta|title|div|article|section|table|p|h[1-6]|span|center|style|script)\b"
)
# Lines that Markdown marks as headings, or sets in bold as a whole; one may be anything.
HEADING = rb"(?m)^#{1,6}[ \t]+[^\s#]"
BOLD = rb"(?m)^\*\*[^*\r\n]{1,400}\*\*[ \t]*\r?$"
FEWEST_HEADINGS = 2
ARCHIVE = rb"(?im)^multipart/related|^content-type:\s*(?:multipart/related|text/html)"
FIELD = rb"^(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n)"


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """How a file type is known: its first bytes in hexadecimal and, for archives, what they hold.

    ``member`` is how a member's path begins, ``says`` what the archive begins with, ``stream`` the name of the first
    stream that any signature knows. ``encrypted`` types are protected by a password.
    """

    type: str
    starts: str
    offset: int = 0
    member: str | None = None
    says: str | None = None
    stream: str | None = None
    image: bool = False
    encrypted: bool = False


@cache
def load_signatures() -> tuple[Signature, ...]:
    """The known types, in the order in which they are tried."""
    return tuple(patterns.load("documents/signatures", Signature).values())


@cache
def _compile(expression: bytes) -> regex.Pattern[bytes]:
    """One of the expressions, for the first file that is no PDF."""
    return regex.compile(expression)


def is_pdf(data: bytes) -> bool:
    r"""Whether the content carries a PDF header of its own: an archive may begin with a PDF that it holds.

    >>> is_pdf(b"\r\n%PDF-1.7"), is_pdf(b"PK\3\4 a.pdf %PDF-1.7")
    (True, False)
    """
    return b"%PDF-" in data[:HEADER_REACH] and not data.startswith(ZIP)


def is_page(data: bytes) -> bool:
    """Whether bytes are a web page or an archive of one, by how they begin.

    >>> is_page(b"<!DOCTYPE html><html>"), is_page("<三公>经费".encode())
    (True, False)
    """
    return is_archive(data) or _compile(FIRST).match(_skip_prologue(data)) is not None


def is_xml(data: bytes) -> bool:
    """Whether bytes are XML of some kind: it says so in front of its first element.

    >>> is_xml(b"<?xml version='1.0'?><a/>"), is_xml("<三公>经费".encode())
    (True, False)
    """
    return data.removeprefix(codecs.BOM_UTF8).startswith(b"<?xml")


def is_marked(data: bytes) -> bool:
    r"""Whether bytes are Markdown, whatever the file is called: several lines are marked as headings, or bold.

    >>> is_marked("# 报告\n\n## 一、收入\n".encode()), is_marked("#1 锅炉\n# 备注\n".encode())
    (True, False)
    >>> is_marked("**一、收入**\n\n略。\n\n**二、支出**\n".encode())
    True
    """
    return (b"#" in data and _has_several(HEADING, data)) or (b"*" in data and _has_several(BOLD, data))


def _has_several(heading: bytes, data: bytes) -> bool:
    """Whether so many lines are headings by their marks."""
    return sum(1 for _ in islice(_compile(heading).finditer(data), FEWEST_HEADINGS)) == FEWEST_HEADINGS


def is_archive(data: bytes) -> bool:
    """Whether bytes are the archive in which a browser saves a page (MHTML)."""
    head = data[:HEAD].lstrip()
    return _compile(FIELD).match(head) is not None and _compile(ARCHIVE).search(head) is not None


def _skip_prologue(data: bytes) -> bytes:
    """The beginning of a page from its first element on, as ASCII shows it."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = data[len(bom) : len(bom) + HEAD].decode(encoding, "replace")
            data = text.encode("ascii", "replace")
    head = data[:HEAD]
    found = _compile(PROLOGUE).match(head)
    return head[found.end() :] if found else head


def find_signature(data: bytes) -> Signature | None:
    """The first type whose signature the content carries."""
    for signature in load_signatures():
        if _has_signature(data, signature):
            return signature
    return None


def _has_signature(data: bytes, signature: Signature) -> bool:
    starts = bytes.fromhex(signature.starts)
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.startswith(starts, signature.offset):
        return False
    if signature.says is not None:
        return signature.says.encode() in data[:HEADER_REACH]
    if signature.stream is not None:
        return signature.stream == find_stream(data)
    if signature.member is None:
        return True
    return any(name.startswith(signature.member) for name in _list_members(data))


def _list_members(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except DAMAGES:
        return []


def find_stream(data: bytes) -> str | None:
    """The first of the known streams in the directory of a compound file; those of embedded files come behind it."""
    start = _find_directory(data)
    streams = (signature.stream for signature in load_signatures())
    places = {data.find(_write_entry(stream), start): stream for stream in filter(None, streams)}
    places.pop(-1, None)
    return places[min(places)] if places else None


def _find_directory(data: bytes) -> int:
    """Where the directory of a compound file begins, by its header: the size of sectors, and the first of them."""
    size = 1 << min(data[30], 12) if len(data) > 52 else 512
    return (int.from_bytes(data[48:52], "little") + 1) * size


def _write_entry(stream: str) -> bytes:
    """A stream's name as an entry of the directory has it: in 64 bytes, filled up with noughts."""
    return stream.encode("utf-16-le").ljust(64, b"\0")
