"""The characters of one PDF page with their places, straight from the PDF library's character calls."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct

from extractor import patterns
from extractor.documents.frame import Frame

REPLACEMENT = "\ufffd"
BULLET = "•"
BOLD_WEIGHT = 600
# Loose boxes follow the font's declared ascent and descent; a font that declares nonsense is not believed.
TALLEST = 3.0
# Text counts as upright within this angle (radians); watermarks stand at 30 degrees and more.
UPRIGHT = 0.2
SPACES = (0x20, 0xA0, 0x3000)


class Glyph(NamedTuple):
    """One printed character; its box and baseline in points with the text upright, top left origin.

    ``spaced`` says that the file has a space character right before it.
    """

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    bold: bool
    spaced: bool = False


class Glyphs(Struct, frozen=True):
    """A page's characters in file order, those drawn at another angle, and how many cannot be read."""

    upright: tuple[Glyph, ...]
    aslant: str
    unmapped: int
    frame: Frame


class Run(NamedTuple):
    """Characters ``start..end`` that the library reports as one piece of a line; ``angle`` is clockwise."""

    start: int
    end: int
    angle: float
    bold: bool


def read(page: Any, text: Any, frame: Frame) -> Glyphs:
    """The characters of a page, by the library's page and text handles."""
    codes = _codes(text)
    runs = list(_runs(text, codes))
    main = _main_turn(runs)
    frame = Frame(frame.left, frame.top, frame.width, frame.height, frame.shown, main)
    upright: list[Glyph] = []
    aslant: list[str] = []
    for run in runs:
        if abs(math.remainder(run.angle + main * math.pi / 2, 2 * math.pi)) < UPRIGHT:
            upright.extend(_placed(text, codes, run, frame))
        else:
            aslant.extend(sane(code) for code in codes[run.start : run.end])
    unmapped = sum(glyph.char == REPLACEMENT for glyph in upright)
    return Glyphs(tuple(upright), "".join(aslant), unmapped, frame)


def _codes(text: Any) -> list[int]:
    import pypdfium2.raw as pdfium

    get = pdfium.FPDFText_GetUnicode
    return [get(text, index) for index in range(pdfium.FPDFText_CountChars(text))]


def _runs(text: Any, codes: list[int]) -> Iterator[Run]:
    """Pieces between the line ends that the library generates; angle and weight are asked once for each."""
    start = 0
    for index in range(len(codes) + 1):
        if index == len(codes) or codes[index] in (10, 13):
            if index > start:
                yield _run(text, codes, start, index)
            start = index + 1


def _run(text: Any, codes: list[int], start: int, end: int) -> Run:
    import pypdfium2.raw as pdfium

    first = next((at for at in range(start, end) if codes[at] > 32), start)
    return Run(start, end, max(0.0, pdfium.FPDFText_GetCharAngle(text, first)), _is_bold(text, first))


def _is_bold(text: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT:
        return True
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, buffer, len(buffer), None)
    return _is_bold_font(buffer.value.decode("utf-8", "replace").lower())


@cache
def _is_bold_font(name: str) -> bool:
    return any(part in name for part in patterns.lexicon("documents/fonts")["bold"])


def _main_turn(runs: list[Run]) -> int:
    """The quarter turns, clockwise, that make most of the page's text upright."""
    turns: Counter[int] = Counter()
    for run in runs:
        turns[round(-run.angle / (math.pi / 2)) % 4] += run.end - run.start
    return max(sorted(turns), key=lambda turn: turns[turn], default=0)


def _placed(text: Any, codes: list[int], run: Run, frame: Frame) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    loose, origin, broken = (
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_HasUnicodeMapError,
    )
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    spaced = False
    for index in range(run.start, run.end):
        if codes[index] in SPACES:
            spaced = spaced or pdfium.FPDFText_IsGenerated(text, index) == 0
            continue
        char = REPLACEMENT if broken(text, index) == 1 else sane(codes[index])
        if not char or not loose(text, index, box_at) or not origin(text, index, x_at, y_at):
            continue
        place = frame.to_reading(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
        base = frame.to_reading(x.value, y.value, x.value, y.value)[1]
        if all(map(math.isfinite, place)):
            yield Glyph(char, *_believed(place, base), base, run.bold, spaced)
            spaced = False


def _believed(place: tuple[float, float, float, float], base: float) -> tuple[float, float, float, float]:
    """The box, cut to the baseline's neighbourhood where the font declares an absurd height."""
    x0, top, x1, bottom = place
    size = max(x1 - x0, 1.0)
    if top <= base <= bottom + size and bottom - top <= TALLEST * max(size, 6.0):
        return place
    return (x0, base - size, x1, base + size / 5)


@cache
def sane(code: int) -> str:
    """The character to keep for a code: none for what is invisible, U+FFFD for what has no meaning.

    >>> sane(0x2F08), sane(0x200B), sane(0xE123) == REPLACEMENT
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
    return _unified(char)


def _unified(char: str) -> str:
    """Radicals and compatibility forms, which some fonts map ideographs to, as the ideographs themselves."""
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char
