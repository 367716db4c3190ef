"""Documents that are nearly the same: a draft and its final version, one report as a web page and as a PDF.

What a report says with numbers is what makes it that report. Its clauses with numbers are hashed and of each of some
bins the least hash is kept (one-permutation minhash): the share of bins in which two documents agree is about the share
of these clauses that they have in common. Only documents of one body, year and stage are compared, and only those that
agree in a row of bins, so that the work grows with the number of documents and not with that of pairs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import regex
from msgspec import Struct

BINS = 64
BAND = 2
"""Bins in a row that two documents agree in before they are compared: of those half alike nearly all do in one row."""
LEAST = 8
"""So many bins must hold something: of fewer clauses nothing is said."""
ALIKE = 0.4
"""The share of bins in which two documents of one body, year and stage agree, from which they are versions of one: of
reports at hand in two formats 0.26 to 1 agreed, of any two others 0.3 at most, and of those that are no forms 0.12."""
SURE = 0.9
"""The same for documents whose body is not known, which may be of two: forms of two bodies that did nothing agree in
much, the same report in two formats in all."""
CLAUSE = regex.compile(r"[^，。；：！？、,;:!?\t]+")
SPACE = regex.compile(r"[^\S\t]+")
TOLD = regex.compile(r"(?=\D*+\d)(?:\P{Han}*+\p{Han}){4}")
"""A clause that tells a number of something, unlike the number alone of a cell."""

PAGED, PLAIN = 11, 10
"""What a claim weighs with a page and without: the same report as a PDF and as text tells within a tenth as much."""

Sketch = Sequence[int | None]


class Version(Struct, frozen=True):
    """A document that may be a version of another; ``about`` is what versions of one have in common.

    ``least`` is the share of bins from which it is one, ``has_pages`` says whether its numbers lead to pages.
    """

    id: int
    about: tuple[object, ...]
    sketch: Sketch
    is_draft: bool
    claims: int
    published: str
    least: float = ALIKE
    has_pages: bool = False


def sketch(text: str) -> list[int | None]:
    """The least hash in each bin of the clauses of a text that tell numbers.

    >>> sketch("收入总计 12 万元，其中") == sketch("收入总计12万元。其中"), sum(map(bool, sketch("收入总计12万元")))
    (True, 1)
    """
    least: list[int | None] = [None] * BINS
    for clause in CLAUSE.findall(SPACE.sub("", text)):
        if TOLD.match(clause):
            value, place = divmod(_hash(clause), BINS)
            held = least[place]
            least[place] = value if held is None else min(held, value)
    return least


def _hash(clause: str) -> int:
    """A hash of 38 bits, 32 of them beside the bin."""
    return int.from_bytes(hashlib.blake2b(clause.encode(), digest_size=8).digest()) >> 26


def find_versions(versions: Iterable[Version]) -> dict[int, int]:
    """The document that is preferred to each that is nearly the same: final, telling more, published later.

    One with pages is preferred to one that tells hardly more.
    """
    ranked = sorted(versions, key=lambda one: one.id)
    ranked.sort(key=lambda one: one.published, reverse=True)
    ranked.sort(key=lambda one: (one.is_draft, -one.claims * (PAGED if one.has_pages else PLAIN)))
    first: defaultdict[tuple[object, ...], list[Version]] = defaultdict(list)
    near: dict[int, int] = {}
    for one in ranked:
        if (found := _find_like(one, first)) is not None:
            near[one.id] = found
            continue
        for band in _list_bands(one):
            first[band].append(one)
    return near


SOME = 8
"""So many documents of a band are compared: more that agree in it and are not alike share nothing but phrases."""


def _find_like(one: Version, first: Mapping[tuple[object, ...], Sequence[Version]]) -> int | None:
    """The preferred document that this one is nearly the same as."""
    met = {other.id: other for band in _list_bands(one) for other in first.get(band, ())[:SOME]}
    alike = [(weigh(one.sketch, other.sketch), -number) for number, other in met.items()]
    share, number = max(alike, default=(0.0, 0))
    return -number if share >= one.least else None


def _list_bands(one: Version) -> Iterable[tuple[object, ...]]:
    for at in range(0, BINS, BAND):
        band = tuple(one.sketch[at : at + BAND])
        if any(value is not None for value in band):
            yield (*one.about, at, *band)


def weigh(one: Sketch, other: Sketch) -> float:
    """The share of bins in which two sketches agree; 0 where they hold too little.

    >>> weigh([1] * 64, [1] * 32 + [2] * 32), weigh([1] + [None] * 63, [1] + [None] * 63)
    (0.5, 0.0)
    """
    held = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if (mine, theirs) != (None, None)]
    return sum(mine == theirs for mine, theirs in held) / len(held) if len(held) >= LEAST else 0.0
