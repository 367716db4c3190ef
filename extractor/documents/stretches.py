"""Where numbers stand below one another on a page: the lines of a table that no rulings enclose."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from operator import add

from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents.layout import Line
from extractor.model import Box

# One number beside words is a sentence or a page number; two in a line, three lines below one another, are a table.
# Charts, whose axes and bars carry numbers too, have a line with several only at their foot.
FEWEST_NUMBERS = 2
FEWEST_ROWS = 3
# So many lines without numbers in columns may stand between two rows: a subheading, a label that was broken.
MOST_BETWEEN = 2
# A header takes at most so many lines.
MOST_HEADERS = 4
# Rows of a table are no further apart (in line heights); what is further away is another table or a caption.
FURTHEST = 2.5
# Numbers of a column end, begin or are centred at the same place, but for so many points.
ALIGNED = 4.0


class Word(Struct, frozen=True):
    """A piece of a line between spaces, in points with the text upright."""

    text: str
    box: Box
    is_number: bool

    @property
    def middle(self) -> float:
        """Halfway between its left and right end."""
        return (self.box[0] + self.box[2]) / 2


class Row(Struct, frozen=True):
    """A line of the page as its words; ``is_enclosed`` says that lines are drawn above and below it."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    is_contents: bool
    is_enclosed: bool = False

    @property
    def numbers(self) -> tuple[Word, ...]:
        """The words that are numbers."""
        return tuple(word for word in self.words if word.is_number)

    @property
    def middle(self) -> float:
        """The height of the line's middle on the page."""
        return (self.top + self.bottom) / 2

    @property
    def is_data(self) -> bool:
        """Whether several numbers stand apart from the words of the line, which are fewer; between lines one does."""
        count, fewest = len(self.numbers), 1 if self.is_enclosed else FEWEST_NUMBERS
        return not self.is_contents and count >= max(fewest, (len(self.words) - self.is_enclosed) / 2)

    @property
    def ends_sentence(self) -> bool:
        """Whether one of the words ends a sentence."""
        return any(words.ends_sentence(word.text) for word in self.words)


def may_be_data(line: Line) -> bool:
    """Whether a line has gaps between several pieces that hold a digit; the cheap question before the exact one."""
    return sum(any(map(str.isdecimal, piece)) for piece in line.text.split()) >= FEWEST_NUMBERS


def has_number(line: Line) -> bool:
    """Whether a piece of a line is a number: between two lines that are drawn, one is enough."""
    return any(map(words.is_number, line.text.split()))


def split_line(line: Line) -> Row:
    """A line as its words."""
    return Row(tuple(_split(line)), line.top, line.bottom, words.is_contents_entry(line.text))


def _split(line: Line) -> Iterator[Word]:
    at = 0
    for piece in line.text.split():
        at = line.text.index(piece, at)
        boxes = [box for box in line.boxes[at : at + len(piece)] if box]
        at += len(piece)
        yield Word(piece, surround(boxes), words.is_number(piece))


def surround(boxes: Sequence[Box]) -> Box:
    """The rectangle around some others."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


# ── where on the page ────────────────────────────────────────────────────────────────────────────────────


def find_stretches(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The runs of rows (first, behind the last) that are a table: rows of numbers, and the header above them."""
    ended = 0
    for run in _group(rows, [at for at, row in enumerate(rows) if row.is_data]):
        if _has_columns([rows[at] for at in run]):
            start = _find_header(rows, run[0], ended)
            ended = run[-1] + 1
            yield start, ended


def _has_columns(rows: Sequence[Row]) -> bool:
    """Whether the numbers of some rows stand below one another."""
    return len(rows) >= FEWEST_ROWS and count_columns(rows) >= FEWEST_NUMBERS


def _group(rows: Sequence[Row], data: Sequence[int]) -> Iterator[list[int]]:
    """The rows of numbers, by runs that nothing parts."""
    run: list[int] = []
    for at in data:
        if run and not _is_near(rows, run[-1], at):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _is_near(rows: Sequence[Row], one: int, two: int) -> bool:
    """Whether two rows of numbers belong to one table by what stands between them."""
    if two - one > MOST_BETWEEN + 1:
        return False
    return all(_follows(rows[at], rows[at + 1]) for at in range(one, two))


def _follows(above: Row, below: Row) -> bool:
    """Whether a row stands right below another one."""
    return below.top - above.bottom < FURTHEST * (above.bottom - above.top)


def count_columns(rows: Sequence[Row]) -> int:
    """How many columns hold a number in most of the rows."""
    boxes = [word.box for row in rows for word in row.numbers]
    lefts, _, rights, _ = zip(*boxes, strict=True)
    middles = map(add, lefts, rights)
    return max(
        _count_shared(lefts, ALIGNED, len(rows)),
        _count_shared(rights, ALIGNED, len(rows)),
        _count_shared(middles, 2 * ALIGNED, len(rows)),
    )


def _count_shared(places: Iterable[float], apart: float, rows: int) -> int:
    """How many places are taken in half of the rows or more; those no further apart than ``apart`` are the same."""
    sizes, last = [0], -math.inf
    for place in sorted(places):
        if place - last > apart:
            sizes.append(0)
        sizes[-1] += 1
        last = place
    return sum(2 * size >= rows for size in sizes)


def _find_header(rows: Sequence[Row], first: int, ended: int) -> int:
    """The first line of the header above the row ``first``: lines of several words that stand right above it.

    A line of one word that the next one overlaps is the upper half of a head that is set in two lines.
    """
    at = first
    while at > max(ended, first - MOST_HEADERS) and _is_head_of(rows[at - 1], rows[at]):
        at -= 1
    while at < first and len(rows[at].words) == 1 and rows[at].bottom <= rows[at + 1].top:
        at += 1
    return at


def _is_head_of(above: Row, below: Row) -> bool:
    """Whether a line may head the one right below it: none of its pieces ends a sentence."""
    if not _follows(above, below):
        return False
    return not above.ends_sentence
