"""Printed lines become paragraphs: which line goes on in the next one, by place, size and words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from msgspec import Struct

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
# Two long lines may be stray ones, but not where a document has no others.
FEWEST_LONG = 3
FEWEST_TOGETHER = 2
# The longest piece (share of the column) that is moved to the next line as a whole.
UNBROKEN = 0.4


class Margins(NamedTuple):
    """Where the text of a page begins and ends, in points."""

    left: float
    right: float


class Placed(Struct, frozen=True):
    """A line, the page it is printed on (from 0) and that page's margins."""

    line: Line
    page: int
    margins: Margins


def find_margins(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[Margins]:
    """The margins of each page, given as its width and its lines; poor pages take those of their like."""
    own = [_measure_margins(width, lines) for width, lines in pages]
    usual: dict[int, Counter[Margins]] = defaultdict(Counter)
    for (width, _), found in zip(pages, own, strict=True):
        if found:
            usual[round(width)][Margins(round(found.left), round(found.right))] += 1
    shared = {} if any(own) else _measure_together(pages)
    return [found or _choose_usual(width, usual, shared) for (width, _), found in zip(pages, own, strict=True)]


def _measure_margins(width: float, lines: Sequence[Line], fewest: int = FEWEST_LONG) -> Margins | None:
    """The margins that the long lines of a page tell; None where there are fewer of them."""
    long = [line for line in lines if line.x1 - line.x0 > LONG * width]
    if len(long) < fewest:
        return None
    size = sorted(line.size for line in long)[len(long) // 2]
    lefts = sorted(line.x0 for line in lines)
    rights = sorted((line.x1 for line in long), reverse=True)
    return Margins(_find_edge(lefts, size), _find_edge(rights, size))


def _find_edge(edges: list[float], size: float) -> float:
    """The outermost edge that another line shares, so that one stray line does not make a margin."""
    for edge, after in pairwise(edges):
        if abs(edge - after) < size:
            return edge
    return edges[0]


def _choose_usual(width: float, usual: Mapping[int, Counter[Margins]], shared: Mapping[int, Margins]) -> Margins:
    """The margins of most pages of the same width, or those that all of them tell together."""
    found = usual.get(round(width))
    if found:
        return found.most_common(1)[0][0]
    return shared.get(round(width)) or Margins(USUAL_MARGIN * width, (1 - USUAL_MARGIN) * width)


def _measure_together(pages: Sequence[tuple[float, Sequence[Line]]]) -> dict[int, Margins]:
    """The margins that the long lines of all pages of one width tell, by the width, where no page tells its own."""
    pooled: dict[int, list[Line]] = defaultdict(list)
    for width, lines in pages:
        pooled[round(width)].extend(lines)
    told = {width: _measure_margins(width, lines, FEWEST_TOGETHER) for width, lines in pooled.items()}
    return {width: margins for width, margins in told.items() if margins}


def group_lines(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The lines of a stretch of narrative, grouped into paragraphs."""
    group: list[Placed] = []
    for item in placed:
        if group and not is_joined(group, item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


# ── what joins ───────────────────────────────────────────────────────────────────────────────────────────


def is_joined(group: Sequence[Placed], after: Placed) -> bool:
    """Whether the paragraph of the lines in ``group`` goes on in the line ``after``."""
    first, last = group[0], group[-1]
    text, following = last.line.text, after.line.text
    if words.is_contents_entry(text) or words.is_contents_entry(following):
        return False
    is_hanging = _is_hanging(first, after)
    if is_hanging and _is_broken(last, after):
        return True
    if not _has_same_setting(last, after, NEXT_LINE) or not _is_full(last, after):
        return False
    if _measure_indent(after) > INDENT:
        return _is_joined_indented(first, last, after)
    return is_hanging or words.may_join(text, following)


def _is_hanging(first: Placed, after: Placed) -> bool:
    """Whether a paragraph's first line is indented, and the line ``after`` begins at the margin."""
    return _measure_indent(first) > INDENT >= _measure_indent(after) and not is_centered(first)


def _is_broken(last: Placed, after: Placed) -> bool:
    """Whether a line that every sign but its length says to go on was broken by hand."""
    one, two = last.line, after.line
    if one.x1 < last.margins.right - BROKEN_RAGGED * one.size:
        return False
    if words.ends_sentence(one.text) or not words.may_join(one.text, two.text):
        return False
    return _has_same_setting(last, after, BROKEN_GAP)


def _is_joined_indented(first: Placed, last: Placed, after: Placed) -> bool:
    """Indented lines open paragraphs, unless the whole paragraph is set in and the sentence goes on."""
    text, following = last.line.text, after.line.text
    indent = _measure_indent(after)
    if _measure_indent(first) - indent > INDENT and not is_centered(first):
        return not words.has_marker(following)
    if first is not last and indent - _measure_indent(last) > INDENT:
        return False
    if words.ends_sentence(text) or not words.may_join(text, following):
        return False
    return words.has_open_end(text) or not _is_second(first, last, after)


def _is_second(first: Placed, last: Placed, after: Placed) -> bool:
    """Whether a line below a paragraph's first one is set in as far: it opens a paragraph of its own."""
    if first is not last or is_centered(after) or _is_running(last):
        return False
    return abs(_measure_indent(last) - _measure_indent(after)) < ALIGNED


def _is_running(last: Placed) -> bool:
    """Whether a line is of a text whose paragraphs are set in as a whole: it ends at the margin, within a sentence."""
    return last.line.x1 >= last.margins.right - RAGGED * last.line.size and words.has_clause(last.line.text)


# ── how lines are set ────────────────────────────────────────────────────────────────────────────────────


def _has_same_setting(last: Placed, after: Placed, gap: float) -> bool:
    """Whether two lines are of one size and no more than ``gap`` sizes apart."""
    one, two = last.line, after.line
    if not _is_near(one.size, two.size) and not _is_near(measure_em(one), measure_em(two)):
        return False
    return last.page != after.page or two.top - one.bottom < gap * one.size


def _is_near(one: float, two: float) -> bool:
    return abs(one - two) <= OTHER_SIZE * max(one, two)


def measure_em(line: Line) -> float:
    """The width of the line's Chinese characters: fonts of one size that are mixed may differ in height."""
    printed = zip(map(str.isascii, line.text), line.boxes, strict=True)
    widths = [box[2] - box[0] for is_ascii, box in printed if box and not is_ascii]
    return sorted(widths)[len(widths) // 2] if widths else line.size


def _measure_indent(placed: Placed) -> float:
    """How far a line is set in, in units of its size."""
    return (placed.line.x0 - placed.margins.left) / placed.line.size


def _is_full(last: Placed, after: Placed) -> bool:
    """Whether the next line's first piece would not have fitted behind the last line."""
    left, right = last.margins
    if last.line.x1 >= right - RAGGED * last.line.size:
        return True
    if is_centered(last) and _measure_indent(after) > INDENT:
        return False
    piece = _measure_piece(after.line)
    return piece < UNBROKEN * (right - left) and last.line.x1 + piece > right


def _measure_piece(line: Line) -> float:
    """The width of what is not parted at the beginning of a line: one character, and a number before it."""
    number = list(takewhile(words.is_latin, line.text))
    end = min(len(number) + 1, len(line.text))
    closing = list(takewhile(words.is_closing_mark, line.text[end:]))
    box = line.boxes[end + len(closing) - 1]
    return box[2] - line.x0 if box else 0.0


def is_centered(placed: Placed) -> bool:
    """Whether the line stands in the middle of the column with room on both sides."""
    line, (left, right) = placed.line, placed.margins
    before, behind = line.x0 - left, right - line.x1
    room = min(before, behind)
    if room < CENTERED * line.size or abs(before - behind) > 2 * line.size:
        return False
    return room > FAR_IN * line.size or not words.is_marked(line.text)
