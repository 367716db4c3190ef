"""A font for what a PDF draws with Chinese fonts that it does not hold, where the machine has none either.

The PDF library leaves out what has no extent, and characters of a font without glyphs have none: of a page whose
characters are drawn one by one all would be lost, and what is read would depend on the fonts of the machine.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from struct import pack
from typing import Any

# The character sets of Japanese, simplified Chinese, Korean and traditional Chinese, as the library calls them.
CHARSETS = frozenset((128, 134, 129, 136))
SIMPLIFIED = 134
HANDLE = 1
"""What the font is called between the library and us: no address, so none of its own fonts can be called so."""
NAME = b"Boxes\0"
EM, LEFT, LOW, RIGHT, HIGH, STROKE = 1000, 60, -60, 940, 820, 40
"""The square of a character, and the box in it that shows that there is one."""
FIRST, LAST = 0x20, 0x10FFFF
"""The characters that the font has: all, and each is the same box."""
# What a callback does when the library asks for something: the names of its struct.
Callback = Callable[..., Any]


@cache
def install_boxes() -> None:
    """Lets the library draw boxes for Chinese characters of which it finds no font, once for the process.

    The caller holds the lock of the library.
    """
    import pypdfium2_raw as pdfium

    default = pdfium.FPDF_GetDefaultSystemFontInfo()
    if default:
        _KEPT.append(_make_source(pdfium, default))
        pdfium.FPDF_SetSystemFontInfo(_KEPT[-1])


# The library calls what is in here for as long as it runs.
_KEPT: list[Any] = []


def _make_source(pdfium: Any, default: Any) -> Any:
    """Where the library takes fonts from: where it would by default, and last from here."""
    source = pdfium.FPDF_SYSFONTINFO()
    source.version = 1
    types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    for name, own in (("MapFont", _map), ("GetFontData", _give), ("GetFaceName", _name), ("GetFontCharset", _tell_set)):
        setattr(source, name, types[name](own(getattr(default.contents, name), default)))
    for name in ("EnumFonts", "GetFont", "DeleteFont", "Release"):
        setattr(source, name, types[name](_pass_on(getattr(default.contents, name), default)))
    return source


def _pass_on(ask: Callback, default: Any) -> Callback:
    """Asks the default source, of fonts that are its own."""

    def answer(_: Any, *arguments: Any) -> Any:
        return None if arguments[:1] == (HANDLE,) else ask(default, *arguments)

    return answer


def _map(ask: Callback, default: Any) -> Callback:
    def find(_: Any, weight: int, italic: int, charset: int, *others: Any) -> int | None:
        return ask(default, weight, italic, charset, *others) or (HANDLE if charset in CHARSETS else None)

    return find


def _give(ask: Callback, default: Any) -> Callback:
    def give(_: Any, font: int, table: int, room: Any, size: int) -> int:
        if font != HANDLE:
            return int(ask(default, font, table, room, size))
        # The whole file; single tables are asked for only of collections of fonts.
        return 0 if table else _write(make_font(), room, size)

    return give


def _name(ask: Callback, default: Any) -> Callback:
    def name(_: Any, font: int, room: Any, size: int) -> int:
        return int(ask(default, font, room, size)) if font != HANDLE else _write(NAME, room, size)

    return name


def _tell_set(ask: Callback, default: Any) -> Callback:
    def tell(_: Any, font: int) -> int:
        return int(ask(default, font)) if font != HANDLE else SIMPLIFIED

    return tell


def _write(content: bytes, room: Any, size: int) -> int:
    """Writes something where the library asks for it, if there is room; how many bytes it has."""
    if room and size >= len(content):
        ctypes.memmove(room, content, len(content))
    return len(content)


# ── the font itself ──────────────────────────────────────────────────────────────────────────────────────


@cache
def make_font() -> bytes:
    """A TrueType font in which every character is the same empty box of one em."""
    box = _make_box()
    metrics = (HIGH, LOW, 0)
    tables = {
        b"cmap": pack(">HHHHL", 0, 1, 3, 10, 12) + pack(">HHLLL", 13, 0, 28, 0, 1) + pack(">LLL", FIRST, LAST, 1),
        b"glyf": box * 2,
        b"head": pack(">4LHH16x4hHHhhh", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, EM, LEFT, LOW, RIGHT, HIGH, 0, 8, 2, 1, 0),
        b"hhea": pack(">L3hH11hH", 1 << 16, *metrics, EM, LEFT, EM - RIGHT, RIGHT, 1, *[0] * 7, 2),
        b"hmtx": pack(">HhHh", EM, LEFT, EM, LEFT),
        b"loca": pack(">LLL", 0, len(box), 2 * len(box)),
        b"maxp": pack(">L14H", 1 << 16, 2, 8, 2, 0, 0, 1, *[0] * 8),
        b"name": pack(">HHH", 0, 0, 6),
        b"post": pack(">L28x", 3 << 16),
    }
    return _join_tables(tables)


def _make_box() -> bytes:
    """The outline of a glyph: a box in a box, the inner one the other way round."""
    inner = (LEFT + STROKE, LOW + STROKE, RIGHT - STROKE, HIGH - STROKE)
    points = [(LEFT, LOW), (LEFT, HIGH), (RIGHT, HIGH), (RIGHT, LOW), *_list_corners(*inner)]
    moves = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise([(0, 0), *points])]
    ends, flags, instructions = pack(">HH", 3, 7), b"\1" * 8, b"\0\0"
    across, up = (pack(">8h", *(move[axis] for move in moves)) for axis in (0, 1))
    return _fill(pack(">5h", 2, LEFT, LOW, RIGHT, HIGH) + ends + instructions + flags + across + up)


def _list_corners(left: int, low: int, right: int, high: int) -> Sequence[tuple[int, int]]:
    return (left, low), (right, low), (right, high), (left, high)


def _join_tables(tables: dict[bytes, bytes]) -> bytes:
    """The file of a font: which tables it has, sorted by their names, and behind that the tables."""
    filled = [_fill(table) for table in tables.values()]
    starts = accumulate(map(len, filled), initial=12 + 16 * len(tables))
    listed = (pack(">4sLLL", name, 0, start, len(tables[name])) for name, start in zip(tables, starts, strict=False))
    return pack(">LHHHH", 1 << 16, len(tables), 128, 3, 16 * len(tables) - 128) + b"".join((*listed, *filled))


def _fill(table: bytes) -> bytes:
    """Tables begin at every fourth byte."""
    return table + bytes(-len(table) % 4)
