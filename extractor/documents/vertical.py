"""Pages written downwards: whether one is, by how its characters follow one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.model import Box

# What is between characters and is none.
UNPRINTED = (0x20, 0xA0, 0x3000, 10, 13)
# A page is written downwards if of so many units at its beginning this share, and no fewer than these, stand below one
# another: the middle of one no further aside, and so far down, in units of its size.
SAMPLE = 200
BELOW, FEWEST_BELOW = 0.7, 12
SAME_COLUMN, NEAREST, FARTHEST = 0.3, 0.5, 2.0


def is_vertical(codes: Sequence[int], boxes: Sequence[Box | None]) -> bool:
    """Whether most characters at the beginning of a page stand right below the one before."""
    printed = [box for code, box in zip(codes[:SAMPLE], boxes[:SAMPLE], strict=True) if box and code not in UNPRINTED]
    below = sum(_stands_below(above, box) for above, box in pairwise(printed) if box[1] > above[1])
    return below >= FEWEST_BELOW and below > BELOW * len(printed)


def _stands_below(above: Box, box: Box) -> bool:
    size = max(above[3] - above[1], above[2] - above[0])
    apart = abs(above[0] + above[2] - box[0] - box[2]) / 2
    return apart < SAME_COLUMN * size and NEAREST * size < box[1] - above[1] < FARTHEST * size
