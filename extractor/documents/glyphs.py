"""The characters of one PDF page with their places, straight from the PDF library's character calls."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, repeat
from typing import Any

import msgspec
from msgspec import Struct

from extractor.documents import native, pieces, seen
from extractor.documents.codes import LEADING, NOTHING, count_leaders, join_halves
from extractor.documents.frame import Frame
from extractor.documents.inks import Look
from extractor.documents.pieces import FIRST_PRINTED, Run
from extractor.documents.vertical import is_vertical
from extractor.model import Box

REPLACEMENT = "\ufffd"
BULLET = "•"
# Loose boxes follow the font's declared ascent and descent; a font that declares nonsense is not believed.
# Up to ``BELIEVED`` points any height is, above it one of so many widths.
TALLEST = 3.0
BELIEVED = 18.0
SPACES = frozenset((0x20, 0xA0, 0x3000))
# The codes of characters that leave no ink.
UNPRINTED = SPACES.union(range(FIRST_PRINTED))
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

    ``leaders`` of the characters that cannot be read only lead from entries to their pages. ``turned`` are those that
    stand at a right angle to the text, as they read when the page is turned, where they are more than a label.
    """

    upright: tuple[Glyph, ...]
    aslant: str
    unmapped: int
    frame: Frame
    hidden: int = 0
    leaders: int = 0
    turned: tuple[Glyphs, ...] = ()


def read(page: Any, text: Any, frame: Frame, looks: Mapping[int, Look]) -> Glyphs:
    """The characters of a page, by the library's page and text handles.

    ``looks`` are those of its text objects that are not plainly dark.
    """
    codes = _read_codes(text)
    runs = list(pieces.split_runs(text, codes))
    main = pieces.find_turn(runs)
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
    aslant = _join_codes(codes, unseen.pale)
    for at in (*unseen.hidden, *unseen.pale):
        codes[at], boxes[at] = NOTHING, None
    written = _read_runs(text, codes, boxes, [run for run in runs if pieces.stands_upright(run, turns)], frame)
    beside = [run for run in runs if not pieces.stands_upright(run, turns)]
    sideways = pieces.sort_turned(beside)
    taken = set(chain.from_iterable(sideways.values()))
    return msgspec.structs.replace(
        written,
        aslant=aslant + "".join(_join_run(codes, run) for run in beside if run not in taken),
        hidden=unseen.told,
        leaders=count_leaders(codes) if written.unmapped >= LEADING else 0,
        turned=tuple(_read_turned(text, codes, boxes, own, frame, turn) for turn, own in sideways.items()),
    )


def _join_codes(codes: Sequence[int], places: Iterable[int]) -> str:
    return "".join(clean_code(codes[at]) for at in places)


def _join_run(codes: Sequence[int], run: Run) -> str:
    return _join_codes(codes, range(run.start, run.end))


def _read_runs(text: Any, codes: list[int], boxes: list[Box | None], runs: Iterable[Run], frame: Frame) -> Glyphs:
    """The characters of pieces that stand upright in a frame, which their boxes are of."""
    upright = tuple(chain.from_iterable(_place_glyphs(text, codes, boxes, run, frame) for run in runs))
    return Glyphs(upright, "", [glyph.char for glyph in upright].count(REPLACEMENT), frame)


def _read_turned(
    text: Any, codes: list[int], boxes: Sequence[Box | None], runs: Sequence[Run], frame: Frame, turn: int
) -> Glyphs:
    """The characters of pieces that stand upright on the page after so many quarter turns; ``boxes`` are of ``frame``.

    ``aslant`` are all of them, as they are set aside where they make up nothing that is read.
    """
    turned = [box and frame.turn_box(box, turn) for box in boxes]
    found = _read_runs(text, codes, turned, runs, msgspec.structs.replace(frame, read=turn))
    return msgspec.structs.replace(found, aslant="".join(_join_run(codes, run) for run in runs))


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
