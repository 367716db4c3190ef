"""The sentence of a number as a comparison shows it: the number is marked, and words that the other side lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from extractor.diffs.marks import Stretch, find_runs
from extractor.model import Passage, SideClaim
from extractor.reports.printable import escape_invisible

Mark = Literal["number", "left", "right"] | None
"""What a piece of a sentence is: the number, or words that this side alone has."""
# How marks are written where there are no colours; those of words are wdiff's.
SIGNS: dict[Mark, tuple[str, str]] = {
    "number": ("【", "】"),
    "left": ("[-", "-]"),
    "right": ("{+", "+}"),
    None: ("", ""),
}
SIDES: tuple[Mark, Mark] = ("left", "right")


class Piece(Struct, frozen=True):
    """A piece of a sentence with its mark."""

    text: str
    mark: Mark = None


def cut_sentences(left: SideClaim, right: SideClaim) -> tuple[list[Piece], list[Piece]]:
    """The sentences of two claims of one thing."""
    runs = find_runs(left.sentence.text, right.sentence.text)
    first = _cut(left, [run.left for run in runs], "left")
    return first, _cut(right, [run.right for run in runs], "right")


def cut_sentence(claim: SideClaim) -> list[Piece]:
    """The sentence of a claim that stands on one side only."""
    return _cut(claim, (), None)


def cut_passage(passage: Passage, mark: Mark) -> list[Piece]:
    """The sentence of a change with what changed in it."""
    start = passage.start - passage.sentence.start
    return list(_cut_at(passage.sentence.text, [(start, start + len(passage.text), mark)]))


def _cut(claim: SideClaim, differing: Sequence[Stretch], mark: Mark) -> list[Piece]:
    start, end = claim.start - claim.sentence.start, claim.end - claim.sentence.start
    marked: list[tuple[int, int, Mark]] = [(start, end, "number")] if start >= 0 else []
    for first, last in differing:
        marked += [(first, min(last, start), mark), (max(first, end), last, mark)]
    return list(_cut_at(claim.sentence.text, sorted(one for one in marked if one[0] < one[1])))


def _cut_at(text: str, marked: Sequence[tuple[int, int, Mark]]) -> Iterator[Piece]:
    """A text in pieces: those that are marked, which do not overlap, and those between them."""
    at = 0
    for start, end, mark in marked:
        yield Piece(text[at:start])
        yield Piece(text[start:end], mark)
        at = end
    yield Piece(text[at:])


def write_plain(pieces: Sequence[Piece]) -> str:
    """A sentence on one line with signs for marks.

    >>> write_plain([Piece("增长率"), Piece("小于", "left"), Piece("5%", "number"), Piece("。")])
    '增长率[-小于-]【5%】。'
    """
    shown = (
        SIGNS[piece.mark][0] + escape_invisible(piece.text) + SIGNS[piece.mark][1] for piece in pieces if piece.text
    )
    return " ".join("".join(shown).split())
