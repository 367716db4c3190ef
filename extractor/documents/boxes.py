"""Where every character of a text stands, in compact arrays."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain, repeat

from extractor.model import Box

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
UNPRINTED = array("f", NOWHERE)


class CharBoxes:
    """A box and a line number for every character; characters that are not printed have line number 0."""

    def __init__(self) -> None:
        self._edges = array("f")
        self._lines = array("I")

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, boxes: Sequence[Box | None], line: int) -> None:
        """Append characters that stand in ``boxes`` on the printed line ``line`` (from 1); None is nowhere."""
        printed = list(filter(None, boxes))
        if len(printed) == len(boxes):
            self._edges.extend(chain.from_iterable(printed))
            self._lines.extend(repeat(line, len(boxes)))
        else:
            self._edges.extend(chain.from_iterable([box or NOWHERE for box in boxes]))
            self._lines.extend([line if box else 0 for box in boxes])

    def add_unprinted(self) -> None:
        """Append a character that is not printed."""
        self._edges.extend(UNPRINTED)
        self._lines.append(0)

    def of(self, start: int, end: int) -> tuple[Box, ...]:
        """One box a printed line for the characters ``start..end``, in reading order, in points."""
        merged: dict[int, Box] = {}
        for index in range(max(0, start), min(end, len(self._lines))):
            line = self._lines[index]
            if line:
                box = self._box(index)
                merged[line] = surround(merged[line], box) if line in merged else box
        return tuple(round_box(box) for box in merged.values())

    def _box(self, index: int) -> Box:
        x0, top, x1, bottom = self._edges[index * 4 : index * 4 + 4]
        return (x0, top, x1, bottom)


def surround(one: Box, two: Box) -> Box:
    """The rectangle around two boxes."""
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


def round_box(box: Box) -> Box:
    """A box to the hundredth of a point, as results show it."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
