"""The characters of one PDF page with their places, straight from the PDF library's character calls."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, repeat
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.documents import native, seen
from extractor.documents.codes import LEADING, NOTHING, count_leaders, join_halves
from extractor.documents.frame import Frame
from extractor.documents.inks import Look
from extractor.documents.vertical import is_vertical
from extractor.model import Box

REPLACEMENT = "\ufffd"
BULLET = "•"
BOLD_WEIGHT = 600
# A longer name of a font is cut.
LONGEST_NAME = 128
# Loose boxes follow the font's declared ascent and descent; a font that declares nonsense is not believed.
# Up to ``BELIEVED`` points any height is, above it one of so many widths.
TALLEST = 3.0
BELIEVED = 18.0
# Text counts as upright within this angle (radians); watermarks stand at 30 degrees and more.
UPRIGHT = 0.2
SPACES = frozenset((0x20, 0xA0, 0x3000))
# The least code of a character that leaves ink, those that leave none, and the codes between lines.
FIRST_PRINTED = 0x21
UNPRINTED = SPACES.union(range(FIRST_PRINTED))
LINE_ENDS = frozenset((10, 13))
# Units of the library's text that are no character, or half of one.
NO_CHARACTER = frozenset((0, 0xFFFE, *range(0xD800, 0xE000)))


class Glyph(Struct, frozen=True, order=True, gc=False):
    """One printed character; its baseline and box in points with the text upright, top left origin.

    ``spaced`` says that the file has a space character right before it. Glyphs sort by line, then from left to right.
    """

    base: float
    box: Box
    char: str
    bold: bool
    spaced: bool = False


class Glyphs(Struct, frozen=True):
    """A page's characters in file order, those beside the text, and how many cannot be read or are not shown.

    ``sideways`` digits stand at a right angle to the text. ``leaders`` of the characters that cannot be read only
    lead from entries to their pages.
    """

    upright: tuple[Glyph, ...]
    aslant: str
    unmapped: int
    frame: Frame
    hidden: int = 0
    sideways: int = 0
    leaders: int = 0


class Run(NamedTuple):
    """Characters ``start..end`` that the library reports as one piece of a line; ``angle`` is clockwise."""

    start: int
    end: int
    angle: float
    bold: bool


def read(page: Any, text: Any, frame: Frame, looks: Mapping[int, Look]) -> Glyphs:
    """The characters of a page, by the library's page and text handles.

    ``looks`` are those of its text objects that are not plainly dark.
    """
    codes = _read_codes(text)
    runs = list(_split_runs(text, codes))
    main = _find_turn(runs)
    frame = msgspec.structs.replace(frame, read=main)
    boxes, beyond = _read_boxes(text, codes, frame)
    turns = [main]
    if is_vertical(codes, boxes):
        # Read down and from right to left it is a text on its side; digits in it may be set on their side.
        turns.append((main + 3) % 4)
        frame = msgspec.structs.replace(frame, read=turns[-1])
        boxes, beyond = _read_boxes(text, codes, frame)
    unseen = seen.SEEN
    if looks or beyond:
        printed = [None if code in UNPRINTED else box for code, box in zip(codes, boxes, strict=True)]
        unseen = seen.find_unseen(page, text, printed, frame, looks, beyond)
    upright: list[Glyph] = []
    aslant: list[str] = [clean_code(codes[at]) for at in unseen.pale]
    sideways = 0
    for at in (*unseen.hidden, *unseen.pale):
        codes[at], boxes[at] = NOTHING, None
    for run in runs:
        if any(abs(math.remainder(run.angle + turn * math.pi / 2, 2 * math.pi)) < UPRIGHT for turn in turns):
            upright.extend(_place_glyphs(text, codes, boxes, run, frame))
        else:
            aslant.extend(map(clean_code, codes[run.start : run.end]))
            sideways += _count_sideways(codes, run)
    unmapped = [glyph.char for glyph in upright].count(REPLACEMENT)
    leaders = count_leaders(codes) if unmapped >= LEADING else 0
    return Glyphs(tuple(upright), "".join(aslant), unmapped, frame, unseen.told, sideways, leaders)


def _read_codes(text: Any) -> list[int]:
    """The code points of a page's characters, 0 for those that the file gives no meaning."""
    count = native.function("FPDFText_CountChars", "i")(text)
    broken = list(map(native.function("FPDFText_HasUnicodeMapError", "i"), repeat(text), range(count)))
    codes = _read_printed(text, count)
    if 1 not in broken:
        return codes
    return [0 if error == 1 else code for error, code in zip(broken, codes, strict=True)]


def _read_printed(text: Any, count: int) -> list[int]:
    """The codes that the characters were drawn with.

    The library's text has one unit for each character unless it leaves some out or needs two units.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    written = native.function("FPDFText_GetText", "i")(text, 0, count, buffer)
    codes: list[int] = buffer[:count]
    if written == count + 1 and NO_CHARACTER.isdisjoint(codes):
        return codes
    return join_halves(list(map(native.function("FPDFText_GetUnicode", "u"), repeat(text), range(count))))


def _read_boxes(text: Any, codes: list[int], frame: Frame) -> tuple[list[Box | None], bool]:
    """Where each character stands, with the text upright; None where the library does not know.

    With it, whether any of them may reach beyond the edges of the page.
    """
    count = len(codes)
    loose = native.function("FPDFText_GetLooseCharBox", "i")
    known, edges = native.ask_edges(loose, 1, [text] * count, range(count))
    boxes: list[Box | None] = [*frame.place_all(edges)]
    if not math.isfinite(sum(edges)):
        return list(map(_keep_finite, known, boxes)), True
    if not all(known):
        boxes = [box if found else None for found, box in zip(known, boxes, strict=True)]
    return boxes, _reaches_beyond(edges, codes, frame)


def _keep_finite(found: int, box: Box | None) -> Box | None:
    return box if found and box and all(map(math.isfinite, box)) else None


def _reaches_beyond(edges: list[float], codes: list[int], frame: Frame) -> bool:
    """Whether characters, each as its left, top, right and bottom edge, reach beyond the edges of a page.

    The spaces that lines end in often do.
    """
    left, right, low, top = frame.left, frame.left + frame.width, frame.top - frame.height, frame.top
    if not edges or (min(edges[0::4]) >= left and max(edges[2::4]) <= right and min(edges[3::4]) >= low):
        return bool(edges) and max(edges[1::4]) > top
    beyond = {at for at, x0 in enumerate(edges[0::4]) if x0 < left}
    beyond.update([at for at, x1 in enumerate(edges[2::4]) if x1 > right])
    beyond.update([at for at, bottom in enumerate(edges[3::4]) if bottom < low])
    beyond.update([at for at, high in enumerate(edges[1::4]) if high > top])
    return any(is_printed(codes[at]) for at in beyond)


def is_printed(code: int) -> bool:
    """Whether a code is that of a character that leaves ink."""
    return code not in UNPRINTED


def _count_sideways(codes: list[int], run: Run) -> int:
    """The digits of a run that stands at a right angle, not merely aslant."""
    if abs(math.remainder(run.angle, math.pi / 2)) >= UPRIGHT:
        return 0
    return sum(0x30 <= code <= 0x39 for code in codes[run.start : run.end])


def _split_runs(text: Any, codes: list[int]) -> Iterator[Run]:
    """Pieces between the line ends that the library generates; angle and weight are asked once for each."""
    start = 0
    for index in [*[at for at, code in enumerate(codes) if code in LINE_ENDS], len(codes)]:
        if index > start:
            yield from _make_runs(text, codes, start, index)
        start = index + 1


def _make_runs(text: Any, codes: list[int], start: int, end: int) -> Iterator[Run]:
    """A piece as one run, or as several where its characters are turned: the library joins what is near."""
    first = _find_printed(codes, range(start, end)) or start
    angle = _read_angle(text, first)
    if abs(_read_angle(text, _find_printed(codes, range(end - 1, start, -1)) or first) - angle) < UPRIGHT:
        yield Run(start, end, angle, _is_bold(text, first))
        return
    printed = [at for at in range(first, end) if codes[at] >= FIRST_PRINTED]
    for turned, group in groupby(printed, key=lambda at: round(_read_angle(text, at), 1)):
        own = list(group)
        yield Run(own[0], own[-1] + 1, turned, _is_bold(text, own[0]))


def _find_printed(codes: Sequence[int], places: range) -> int | None:
    """The first of some places that holds a character that leaves ink."""
    return next((at for at in places if codes[at] >= FIRST_PRINTED), None)


def _read_angle(text: Any, at: int) -> float:
    return max(0.0, float(native.function("FPDFText_GetCharAngle", "f")(text, at)))


def _is_bold(text: Any, index: int) -> bool:
    if native.function("FPDFText_GetFontWeight", "i")(text, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(LONGEST_NAME)
    native.function("FPDFText_GetFontInfo", "u")(text, index, name, LONGEST_NAME, None)
    return _is_bold_font(name.value)


@cache
def _is_bold_font(name: bytes) -> bool:
    known = name.decode("utf-8", "replace").lower()
    return any(part in known for part in patterns.lexicon("documents/fonts")["bold"])


def _find_turn(runs: list[Run]) -> int:
    """The quarter turns, clockwise, that make most of the page's text upright."""
    turns: Counter[int] = Counter()
    for run in runs:
        turns[round(-run.angle / (math.pi / 2)) % 4] += run.end - run.start
    return max(sorted(turns), key=lambda turn: turns[turn], default=0)


def _place_glyphs(text: Any, codes: list[int], boxes: list[Box | None], run: Run, frame: Frame) -> Iterator[Glyph]:
    generated = native.function("FPDFText_IsGenerated", "i")
    bases: dict[tuple[float, float], float] = {}
    high = low = base = math.nan
    spaced = is_believed = False
    own = slice(run.start, run.end)
    for index, (code, box) in enumerate(zip(codes[own], boxes[own], strict=True), start=run.start):
        if code in SPACES:
            spaced = spaced or generated(text, index) == 0
            continue
        char = clean_code(code)
        if not char or not box:
            continue
        if box[1] != high or box[3] != low:
            # Characters of a line that are equally high and low are of one font and size, and share a baseline.
            _, high, _, low = box
            if (high, low) not in bases:
                bases[high, low] = _read_base(text, index, frame)
            base = bases[high, low]
            is_believed = high <= base <= low <= high + BELIEVED
        yield Glyph(base, box if is_believed else _limit_box(box, base), char, run.bold, spaced)
        spaced = False


def _read_base(text: Any, index: int, frame: Frame) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    native.function("FPDFText_GetCharOrigin", "i")(text, index, ctypes.byref(x), ctypes.byref(y))
    return frame.to_reading(x.value, y.value, x.value, y.value)[1]


def _limit_box(box: Box, base: float) -> Box:
    """The box, cut to the baseline's neighbourhood where the font declares an absurd height."""
    x0, top, x1, bottom = box
    size = max(x1 - x0, 1.0)
    if top <= base <= bottom + size and bottom - top <= max(TALLEST * size, BELIEVED):
        return box
    return (x0, base - size, x1, base + size / 5)


@cache
def clean_code(code: int) -> str:
    """The character to keep for a code: none for what is invisible, U+FFFD for what has no meaning.

    >>> clean_code(0x2F08), clean_code(0x200B), clean_code(0xE123) == REPLACEMENT
    ('人', '', True)
    """
    if code == 2:
        return "-"
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code == 0:
        return REPLACEMENT
    char = chr(code)
    category = unicodedata.category(char)
    if char.isspace() or category in ("Cc", "Cf"):
        return ""
    if category in ("Co", "Cn"):
        return BULLET if 0xF000 <= code <= 0xF0FF else REPLACEMENT
    return _unify_char(char)


def _unify_char(char: str) -> str:
    """Radicals and compatibility forms, which some fonts map ideographs to, as the ideographs themselves."""
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char
