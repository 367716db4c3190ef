"""Printed lines become paragraphs: which line goes on in the next one, by place, size and words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.documents import lines as words
from extractor.documents.layout import Line

# In units of the character size.
INDENT = 0.8
NEXT_LINE = 1.6
RAGGED = 1.1
ALIGNED = 0.5
CENTERED = 1.8
FAR_IN = 4.0
# A sentence that stops short and starts again at the margin, where every paragraph is indented, was broken by
# hand; it may stop this early and leave this much room.
BROKEN_RAGGED = 3.0
BROKEN_GAP = 3.5
OTHER_SIZE = 0.15
# In shares of the page's width: a line that can tell the margins, and the margins where no line can.
LONG = 0.55
USUAL_MARGIN = 0.12
# The longest piece (share of the column) that is moved to the next line as a whole.
UNBROKEN = 0.4
# Closing brackets, closing quotes and other marks (by their Unicode categories) never begin a line.
NEVER_FIRST = ("Pe", "Pf", "Po")


class Margins(NamedTuple):
    """Where the text of a page begins and ends, in points."""

    left: float
    right: float


class Placed(NamedTuple):
    """A line, the page it is printed on (from 0) and that page's margins."""

    line: Line
    page: int
    margins: Margins


def margins(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[Margins]:
    """The margins of each page, given as its width and its lines; poor pages take those of their like."""
    own = [_margins(width, lines) for width, lines in pages]
    usual: dict[int, Counter[Margins]] = {}
    for (width, _), found in zip(pages, own, strict=True):
        if found:
            usual.setdefault(round(width), Counter())[Margins(round(found.left), round(found.right))] += 1
    return [found or _usual(width, usual) for (width, _), found in zip(pages, own, strict=True)]


def _margins(width: float, lines: Sequence[Line]) -> Margins | None:
    long = [line for line in lines if line.x1 - line.x0 > LONG * width]
    if len(long) < 3:
        return None
    size = sorted(line.size for line in long)[len(long) // 2]
    lefts = sorted(line.x0 for line in lines)
    rights = sorted((line.x1 for line in long), reverse=True)
    return Margins(_supported(lefts, size), _supported(rights, size))


def _supported(edges: list[float], size: float) -> float:
    """The outermost edge that another line shares, so that one stray line does not make a margin."""
    return next((edge for edge, after in pairwise(edges) if abs(edge - after) < size), edges[0])


def _usual(width: float, usual: dict[int, Counter[Margins]]) -> Margins:
    found = usual.get(round(width))
    return found.most_common(1)[0][0] if found else Margins(USUAL_MARGIN * width, (1 - USUAL_MARGIN) * width)


def paragraphs(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The lines of a stretch of narrative, grouped into paragraphs."""
    group: list[Placed] = []
    for item in placed:
        if group and not goes_on(group, item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def goes_on(group: Sequence[Placed], after: Placed) -> bool:
    """Whether the paragraph of the lines in ``group`` goes on in the line ``after``."""
    first, last = group[0], group[-1]
    if words.is_contents_entry(last.line.text) or words.is_contents_entry(after.line.text):
        return False
    hanging = _indent(first) > INDENT >= _indent(after) and not is_centered(first)
    if hanging and _is_broken(last, after):
        return True
    if not _same_setting(last, after, NEXT_LINE) or not _is_full(last, after):
        return False
    if _indent(after) > INDENT:
        return _goes_on_indented(first, last, after)
    return hanging or words.may_join(last.line.text, after.line.text)


def _is_broken(last: Placed, after: Placed) -> bool:
    """Whether a line that every sign but its length says to go on was broken by hand."""
    one, two = last.line, after.line
    return (
        one.x1 >= last.margins.right - BROKEN_RAGGED * one.size
        and _same_setting(last, after, BROKEN_GAP)
        and not words.closes(one.text)
        and words.may_join(one.text, two.text)
    )


def _goes_on_indented(first: Placed, last: Placed, after: Placed) -> bool:
    """Indented lines open paragraphs, unless the whole paragraph is set in and the sentence goes on."""
    if _indent(first) - _indent(after) > INDENT and not is_centered(first):
        return not words.opens(after.line.text) and not words.is_item(after.line.text)
    if first is not last and _indent(after) - _indent(last) > INDENT:
        return False
    if words.closes(last.line.text) or not words.may_join(last.line.text, after.line.text):
        return False
    opening = first is last and abs(_indent(last) - _indent(after)) < ALIGNED and not is_centered(after)
    return not opening or words.goes_on(last.line.text)


def _same_setting(last: Placed, after: Placed, gap: float) -> bool:
    one, two = last.line, after.line
    if not _is_near(one.size, two.size) and not _is_near(_em(one), _em(two)):
        return False
    return last.page != after.page or two.top - one.bottom < gap * one.size


def _is_near(one: float, two: float) -> bool:
    return abs(one - two) <= OTHER_SIZE * max(one, two)


def _em(line: Line) -> float:
    """The width of the line's Chinese characters: fonts of one size that are mixed may differ in height."""
    widths = [box[2] - box[0] for char, box in zip(line.text, line.boxes, strict=True) if box and not char.isascii()]
    return sorted(widths)[len(widths) // 2] if widths else line.size


def _indent(placed: Placed) -> float:
    return (placed.line.x0 - placed.margins.left) / placed.line.size


def _is_full(last: Placed, after: Placed) -> bool:
    """Whether the next line's first piece would not have fitted behind the last line."""
    right = last.margins.right
    if last.line.x1 >= right - RAGGED * last.line.size:
        return True
    if is_centered(last) and _indent(after) > INDENT:
        return False
    piece = _first_piece(after.line)
    column = right - last.margins.left
    return piece < UNBROKEN * column and last.line.x1 + piece > right


def _first_piece(line: Line) -> float:
    """The width of what is not parted at the beginning of a line: one character, and a number before it."""
    text, end = line.text, 0
    while end < len(text) and text[end].isascii() and text[end] != " ":
        end += 1
    end = min(end + 1, len(text))
    while end < len(text) and unicodedata.category(text[end]) in NEVER_FIRST:
        end += 1
    box = line.boxes[end - 1]
    return box[2] - line.x0 if box else 0.0


def is_centered(placed: Placed) -> bool:
    """Whether the line stands in the middle of the column with room on both sides."""
    line, (left, right) = placed.line, placed.margins
    aside = (line.x0 - left, right - line.x1)
    if min(aside) < CENTERED * line.size or abs(aside[0] - aside[1]) > 2 * line.size:
        return False
    return min(aside) > FAR_IN * line.size or not words.is_marked(line.text)
