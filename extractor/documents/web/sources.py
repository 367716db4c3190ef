"""The markup of a web page: its bytes decoded, and the page itself found in an archive that a browser saved."""

from __future__ import annotations

import codecs
import email
import email.policy
from collections.abc import Iterable
from email.message import EmailMessage

import regex
from msgspec import Struct
from msgspec.structs import replace

from extractor.documents import sniff
from extractor.documents.encoding import BOMS, MOST_DAMAGE, count_damage, decode

# A page states its encoding within its first kilobyte, by the standard; pages of offices often a little later.
HEAD = 4096
DECLARED = regex.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", regex.IGNORECASE)
XML = regex.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
# What pages are in that do not say so.
USUAL = ("utf-8", "gb18030")
# Encodings that browsers read, by the names that they are known under here: others take more time than a page is worth,
# or give letters to any bytes.
READ = regex.compile(
    r"utf-8|gb2312|gbk|gb18030|big5(?:hkscs)?|cp(?:866|874|932|949|950|125\d)|euc_(?:jp|kr)|shift_jis|iso2022_jp"
    r"|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)|ascii|utf-16(?:-[lb]e)?"
)
# Encodings that are declared under the name of a smaller one: browsers read them as the larger one.
LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}


class Page(Struct, frozen=True):
    """A page's markup, the encoding that it was in, and the address that an archive has it from."""

    markup: str
    encoding: str
    address: str | None = None


def find_page(data: bytes) -> Page | None:
    """The page in a file; None where its characters cannot be told."""
    if not sniff.is_archive(data):
        return _decode(data, None)
    # A page may hold others as its frames: the article is in the one with the most of it.
    return max(filter(None, map(_read_part, _list_parts(data))), key=_measure, default=None)


def _measure(page: Page) -> int:
    return len(page.markup)


def _list_parts(data: bytes) -> list[EmailMessage]:
    """The pages in an archive; none in one that is nested too deep to be one."""
    try:
        whole = email.message_from_bytes(data, policy=email.policy.default)
        return [part for part in whole.walk() if part.get_content_type() == "text/html"]
    except (RecursionError, ValueError, LookupError):
        return []


def _read_part(part: EmailMessage) -> Page | None:
    """The page that is one part of an archive, with the address that the part states."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    page = _decode(content, part.get_content_charset())
    address = str(part.get("Content-Location") or "").strip()
    return replace(page, address=address or None) if page else None


# ── encodings ────────────────────────────────────────────────────────────────────────────────────────────


def _decode(data: bytes, stated: str | None) -> Page | None:
    """The markup in bytes: by its byte order mark, as UTF-8 where it is that, as stated or declared, else as guessed.

    What a page declares is often what it was before it was saved; bytes that are UTF-8 throughout are no accident.
    """
    names = [stated, *_find_declared(data)]
    for name in (_find_marked(data), "utf-8", *names):
        found = _decode_as(data, name, "strict")
        if found:
            return found
    return _decode_damaged(data, names) or _guess(data) or _decode_damaged(data, USUAL)


def _guess(data: bytes) -> Page | None:
    """The markup in the encoding that its characters speak for."""
    guessed = decode(data)
    return Page(*guessed) if guessed else None


def _decode_damaged(data: bytes, names: Iterable[str | None]) -> Page | None:
    """The markup in that of some encodings in which least of it is lost, and little."""
    pages = filter(None, (_decode_as(data, name, "replace") for name in names))
    best = min(pages, key=lambda page: count_damage(page.markup), default=None)
    if best is None or count_damage(best.markup) > MOST_DAMAGE * len(best.markup):
        return None
    return best


def _find_marked(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for bom, name in BOMS if data.startswith(bom)), None)


def _find_declared(data: bytes) -> list[str]:
    """The encodings that a page declares, but for UTF-16: it could not be read to find that."""
    found = (expression.search(data[:HEAD]) for expression in (XML, DECLARED))
    names = (match[1].decode("ascii") for match in found if match)
    return [name for name in names if not name.lower().startswith("utf-16")]


def _decode_as(data: bytes, name: str | None, errors: str) -> Page | None:
    """The markup in one encoding; None where it is not in it, or where no browser knows the encoding."""
    try:
        known = codecs.lookup(name or "").name
        if not READ.fullmatch(known):
            return None
        encoding = LARGER.get(known, known)
        return Page(data.decode(encoding, errors).removeprefix("\ufeff"), encoding)
    except (LookupError, ValueError, AssertionError):
        return None
