"""The pieces that the lines of a PDF page were written in, and how each stands on the page."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from msgspec import Struct

from extractor import patterns
from extractor.documents import native

BOLD_WEIGHT = 600
# A longer name of a font is cut.
LONGEST_NAME = 128
# Text counts as upright within this angle (radians); watermarks stand at 30 degrees and more.
UPRIGHT = 0.2
# A page with so many characters at a right angle to its text has more than a label at its edge.
LONGEST_LABEL = 10
# The least code of a character that leaves ink, and the codes between lines.
FIRST_PRINTED = 0x21
LINE_ENDS = frozenset((10, 13))
QUARTER = math.pi / 2


class Run(Struct, frozen=True):
    """Characters ``start..end`` that the library reports as one piece of a line; ``angle`` is clockwise."""

    start: int
    end: int
    angle: float
    bold: bool


def split_runs(text: Any, codes: list[int]) -> Iterator[Run]:
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


def stands_upright(run: Run, turns: Sequence[int]) -> bool:
    """Whether a piece stands upright on a page after one of so many quarter turns."""
    return any(abs(math.remainder(run.angle + turn * QUARTER, 4 * QUARTER)) < UPRIGHT for turn in turns)


def sort_turned(runs: Sequence[Run]) -> Mapping[int, list[Run]]:
    """Pieces by the quarter turns, clockwise, that make them upright, where they are longer than a label.

    Those that stand slanting are none of them.
    """
    turned: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        if abs(math.remainder(run.angle, QUARTER)) < UPRIGHT:
            turned[_count_turns(run)].append(run)
    return {turn: own for turn, own in sorted(turned.items()) if sum(map(_measure_run, own)) >= LONGEST_LABEL}


def _measure_run(run: Run) -> int:
    return run.end - run.start


def find_turn(runs: list[Run]) -> int:
    """The quarter turns, clockwise, that make most of the page's text upright."""
    turns: Counter[int] = Counter()
    for run in runs:
        turns[_count_turns(run)] += _measure_run(run)
    return max(sorted(turns), key=lambda turn: turns[turn], default=0)


def _count_turns(run: Run) -> int:
    return round(-run.angle / QUARTER) % 4
