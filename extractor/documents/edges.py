"""The edges between columns of numbers that no ruling parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from extractor.documents.stretches import Row, surround
from extractor.model import Box

# An edge through a word is worth a gap that is wider by so many points, about two characters: between the narrow gaps
# beside a head over two columns lies the wide one under it, which parts these.
CROSSED = 20.0


def place_edges(lines: Sequence[Row], found: Iterable[float]) -> tuple[float, ...]:
    """The edges of the columns, each in the widest gap left of its numbers: their head is wider than they are.

    ``found`` are where columns begin. One that numbers cross, or that most rows have nothing left of, is no edge.
    """
    data = list(filter(_is_data, lines))
    boxes, numbers = list_boxes(lines), [word.box for line in data for word in line.numbers]
    left, _, right, _ = surround(boxes)
    starts = [edge for edge in found if _has_words_before(data, edge)]
    moved = {_find_gap(boxes, _find_end(numbers, *pair), pair[1]) for pair in pairwise([left, *starts])}
    inner = sorted(moved - {left, right})
    return (left, *(edge for edge in inner if not _count_crossed(numbers, edge)), right)


def fit_heads(lines: Sequence[Row], xs: Sequence[float]) -> tuple[float, ...]:
    """The edges, each moved between the heads over its two columns, where every column has a head of its own.

    Heads over the left end of their columns and numbers at the right end leave a gap on both sides of a head.
    """
    head = next((line for line in lines if len(line.words) == len(xs) - 1), None)
    heads = _join_heads(lines, len(xs) - 1) or list_boxes([head] if head else [])
    boxes = list_boxes(line for line in lines if line.is_data and line is not head)
    moved = [_fit_edge(boxes, edge, one[2], two[0]) for edge, (one, two) in zip(xs[1:], pairwise(heads), strict=False)]
    return (xs[0], *moved, xs[-1]) if heads else tuple(xs)


def _join_heads(lines: Sequence[Row], count: int) -> list[Box]:
    """The heads of ``count`` columns where some of them are set in several lines; none where these are not as many."""
    above = list(takewhile(lambda line: not line.is_data, lines))
    for first in range(len(above) - 1, -1, -1):
        heads: list[Box] = []
        for box in sorted(list_boxes(above[first:])):
            if heads and box[0] < heads[-1][2]:
                heads[-1] = surround([heads[-1], box])
            else:
                heads.append(box)
        if len(heads) == count:
            return heads
    return []


def _fit_edge(boxes: Iterable[Box], edge: float, start: float, end: float) -> float:
    """The edge, or the middle of what is free between two heads, of which one ends at ``start``."""
    for left, _, right, _ in boxes:
        if (left + right) / 2 < edge:
            start = max(start, right)
        else:
            end = min(end, left)
    return (start + end) / 2 if start < end and not start <= edge <= end else edge


def _is_data(line: Row) -> bool:
    return line.is_data


def list_boxes(lines: Iterable[Row]) -> list[Box]:
    """Where the words of some lines stand."""
    return [word.box for line in lines for word in line.words]


def _has_words_before(data: Sequence[Row], edge: float) -> bool:
    """Whether most rows have a word left of an edge."""
    return 2 * sum(line.words[0].middle < edge for line in data) > len(data)


def _find_end(numbers: Iterable[Box], start: float, end: float) -> float:
    """Where the numbers of the column between two edges end; halfway in a column of words."""
    inside = [right for left, _, right, _ in numbers if start <= left < right <= end]
    return max(inside, default=(start + end) / 2)


def _find_gap(boxes: Sequence[Box], start: float, end: float) -> float:
    """The middle of the widest stretch between two places, each word that crosses it taken off its width."""
    sides = {side for left, _, right, _ in boxes for side in (left, right)}
    within = sorted({start, end, *filter(lambda side: start < side < end, sides)})

    def measure(gap: tuple[float, float]) -> float:
        return gap[1] - gap[0] - CROSSED * _count_crossed(boxes, sum(gap) / 2)

    widest = max(pairwise(within), key=measure, default=(end, end))
    return sum(widest) / 2


def _count_crossed(boxes: Iterable[Box], place: float) -> int:
    """How many words reach over a place."""
    return sum(left < place < right for left, _, right, _ in boxes)
