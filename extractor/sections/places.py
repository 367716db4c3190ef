"""Where a heading without a number belongs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from extractor.sections import styles
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents
from extractor.sections.levels import Open, Stack

# How many headings ahead a gap in the numbering is looked for.
AHEAD = 200
# More numbers than this are not lost at one place.
WIDEST = 6


def place(stack: Stack, heading: Candidate, title: str, ahead: Sequence[Candidate], listed: Contents) -> Open | None:
    """Close what a heading without a number ends, and the section it opens; None if it is none after all.

    ``ahead`` are the numbered headings that follow.
    """
    entry = listed.claim(title) if heading.shape == "contents" else None
    if entry is not None:
        return _listed(stack, title, entry, listed)
    gap = _gap(stack, ahead)
    if gap is not None:
        return _in_gap(stack, title, gap)
    if heading.shape in ("gap", "contents"):
        return None
    if heading.shape == "chapter":
        return _chapter(stack, title)
    return _beside(stack, title, ahead)


def _listed(stack: Stack, title: str, entry: int, listed: Contents) -> Open:
    """Place by the table of contents: inside the innermost open section that it stands under there."""
    above = listed.ancestors(entry)
    marker = listed.entries[entry].marker
    inside = [at for at, one in stack.entries() if one in above]
    beside = [at for at, one in stack.entries() if one not in above]
    if inside:
        stack.cut(inside[-1] + 1)
    elif beside:
        stack.cut(beside[0])
    elif marker:
        stack.number(marker)
    family, ordinal = (marker.family, marker.ordinal) if marker else (None, 0)
    return Open(-1, title, family, ordinal, lost=True, entry=entry)


def _gap(stack: Stack, ahead: Sequence[Candidate]) -> tuple[str, int] | None:
    """The family, and the ordinal missing from it, that the numbers ahead leave for this place."""
    begun: set[str] = set()
    for heading in islice(ahead, AHEAD):
        marker = heading.marker
        if marker is None or marker.family in begun:
            continue
        begun.add(marker.family)
        at = stack.last_of(marker.family)
        last = stack.open[at].ordinal if at is not None else 0
        if marker.ordinal > max(last, heading.before) + 1 and marker.ordinal - last <= WIDEST:
            return marker.family, last + 1
        if marker.ordinal == last + 1 and at is not None:
            return None
    return None


def _in_gap(stack: Stack, title: str, gap: tuple[str, int]) -> Open:
    family, ordinal = gap
    at = stack.last_of(family)
    if at is not None:
        stack.cut(at)
    else:
        stack.make_room(family)
    return Open(-1, title, family, ordinal, lost=True)


def _beside(stack: Stack, title: str, ahead: Sequence[Candidate]) -> Open:
    """Beside the open section that ends in the same mark, within the bounds that the numbers ahead set."""
    floor, ceiling = _bounds(stack, ahead)
    if ceiling < len(stack.open):
        return _above_restart(stack, title, floor, ceiling)
    closed = title.endswith("。")
    same = [at for at, one in enumerate(stack.open) if at >= floor and one.title.endswith("。") == closed]
    if not same:
        stack.cut(max(floor, len(stack.open) - 1))
        return Open(-1, title, None, 0, lost=True)
    return _instead(stack, title, same[0])


def _bounds(stack: Stack, ahead: Sequence[Candidate]) -> tuple[int, int]:
    """The places that the numbers ahead leave: inside what they continue, above what they restart."""
    floor, ceiling = 0, len(stack.open)
    begun: set[str] = set()
    for marker in (heading.marker for heading in islice(ahead, AHEAD) if heading.marker):
        at = None if marker.family in begun else stack.last_of(marker.family)
        begun.add(marker.family)
        if at is not None and marker.ordinal == 1:
            ceiling = min(ceiling, at)
        elif at is not None:
            floor = min(at + 1, ceiling)
            break
    return floor, ceiling


def _above_restart(stack: Stack, title: str, floor: int, ceiling: int) -> Open:
    """Over a numbering that begins anew, beside the unnumbered title that stood over it before."""
    if ceiling > floor and stack.open[ceiling - 1].lost:
        return _instead(stack, title, ceiling - 1)
    stack.cut(ceiling)
    return Open(-1, title, None, 0, lost=True)


def _chapter(stack: Stack, title: str) -> Open:
    """At the outermost level of the document or of its attachment."""
    families = styles.families()
    attached = [at for at, one in enumerate(stack.open) if one.family and families[one.family].attachment]
    return _instead(stack, title, attached[-1] + 1 if attached else 0)


def _instead(stack: Stack, title: str, place: int) -> Open:
    """Close the section at ``place``, if there is one, and follow it."""
    before = stack.open[place] if place < len(stack.open) else None
    stack.cut(place)
    return Open(-1, title, before.family if before else None, before.ordinal + 1 if before else 1, lost=True)
