"""Where a heading without a number belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from extractor.sections import looks, styles
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents
from extractor.sections.levels import Open, Stack, is_ranked
from extractor.sections.looks import Look
from extractor.sections.markers import Marker

# How many headings ahead a gap in the numbering is looked for.
AHEAD = 200
# So many headings ahead a numbering goes on that began here.
NEAR = 30
# More numbers than this are not lost at one place.
WIDEST = 6


def place_heading(
    stack: Stack, heading: Candidate, title: str, look: Look | None, ahead: Sequence[Candidate], listed: Contents
) -> Open | None:
    """Close what a heading without a number ends, and the section it opens; None if it is none after all.

    ``ahead`` are the numbered headings that follow.
    """
    entry = listed.claim(title) if heading.shape == "contents" else None
    if entry is not None:
        return _place_entry(stack, title, entry, listed)
    if heading.shape == "signed":
        return _place_topic(stack, title, title[0])
    if heading.shape in ("form", "form_name"):
        return _place_topic(stack, title, heading.shape)
    gap = _find_gap(stack, ahead)
    if gap is not None and (heading.shape != "look" or _fits_gap(stack, gap, look)):
        return _fill_gap(stack, title, gap)
    if heading.shape in ("gap", "contents"):
        return None
    if heading.shape == "chapter":
        return _place_chapter(stack, title)
    if heading.shape in ("look", "large") and look is not None:
        return _place_look(stack, title, look)
    if heading.shape == "topic":
        return _place_topic(stack, title, heading.shape)
    return _place_by_mark(stack, title, ahead)


def _open_lost(title: str, family: str | None = None, ordinal: int = 0, entry: int | None = None) -> Open:
    """The section of a heading whose number was lost; its node is given when it is placed."""
    return Open(-1, title, family, ordinal, lost=True, entry=entry)


def _place_entry(stack: Stack, title: str, entry: int, listed: Contents) -> Open:
    """Place by the table of contents: inside the innermost open section that it stands under there."""
    above = listed.find_ancestors(entry)
    marker = listed.entries[entry].marker
    known = list(stack.find_entries())
    inside = [at for at, one in known if one in above]
    if inside:
        stack.cut(inside[-1] + 1)
    elif known:
        stack.cut(known[0][0])
    elif marker:
        stack.make_place(marker)
    if marker is None:
        return _open_lost(title, entry=entry)
    return _open_lost(title, marker.family, marker.ordinal, entry)


# ── gaps in the numbering ────────────────────────────────────────────────────────────────────────────────


def _find_gap(stack: Stack, ahead: Sequence[Candidate]) -> tuple[str, int] | None:
    """The family, and the ordinal missing from it, that the numbers ahead leave for this place."""
    for heading, marker in _find_firsts(ahead):
        at = stack.find_last(marker.family)
        last = stack.open[at].ordinal if at is not None else 0
        is_near = marker.ordinal - last <= WIDEST and (at is not None or _may_begin(heading, marker, ahead))
        if is_near and marker.ordinal > max(last, heading.before) + 1:
            return marker.family, last + 1
        if marker.ordinal == last + 1 and at is not None:
            return None
    return None


def _may_begin(heading: Candidate, marker: Marker, ahead: Sequence[Candidate]) -> bool:
    """Whether a numbering whose first number is lost may begin here: close by, unless its name gives it its place.

    Attachments keep theirs.
    """
    family = styles.load_families()[marker.family]
    return not family.attachment and (family.rank is not None or heading in ahead[:NEAR])


def _find_firsts(ahead: Sequence[Candidate]) -> Iterator[tuple[Candidate, Marker]]:
    """The first heading of each family among those that follow, and its marker."""
    begun: set[str] = set()
    for heading in islice(ahead, AHEAD):
        marker = heading.marker
        if marker and marker.family not in begun:
            begun.add(marker.family)
            yield heading, marker


def _fill_gap(stack: Stack, title: str, gap: tuple[str, int]) -> Open:
    """Take the number that is missing."""
    family, ordinal = gap
    at = stack.find_last(family)
    if at is not None:
        stack.cut(at)
    else:
        stack.make_room(family)
    return _open_lost(title, family, ordinal)


def _fits_gap(stack: Stack, gap: tuple[str, int], look: Look | None) -> bool:
    """Whether a heading is set like the one whose number goes before the missing one."""
    at = stack.find_last(gap[0])
    return at is not None and stack.open[at].look == look


# ── other headings ───────────────────────────────────────────────────────────────────────────────────────


def _place_by_mark(stack: Stack, title: str, ahead: Sequence[Candidate]) -> Open:
    """Beside the open section that ends in the same mark, within the bounds that the numbers ahead set."""
    floor, ceiling = _find_bounds(stack, ahead)
    if ceiling < len(stack.open):
        return _place_above(stack, title, floor, ceiling)
    is_closed = title.endswith("。")
    for at, one in enumerate(stack.open[floor:], start=floor):
        if one.title.endswith("。") == is_closed:
            return _replace_section(stack, title, at)
    stack.cut(max(floor, len(stack.open) - 1))
    return _open_lost(title)


def _find_bounds(stack: Stack, ahead: Sequence[Candidate]) -> tuple[int, int]:
    """The places that the numbers ahead leave: inside what they continue, above what they restart."""
    ceiling = len(stack.open)
    for _, marker in _find_firsts(ahead):
        at = stack.find_last(marker.family)
        if at is None:
            continue
        if marker.ordinal != 1:
            return min(at + 1, ceiling), ceiling
        ceiling = min(ceiling, at)
    return 0, ceiling


def _place_above(stack: Stack, title: str, floor: int, ceiling: int) -> Open:
    """Over a numbering that begins anew, beside the unnumbered title that stood over it before."""
    if ceiling > floor and stack.open[ceiling - 1].lost:
        return _replace_section(stack, title, ceiling - 1)
    stack.cut(ceiling)
    return _open_lost(title)


def _place_look(stack: Stack, title: str, look: Look | None) -> Open:
    """Inside what is set larger, and in any part that its name ranks."""
    for at, one in enumerate(stack.open):
        if not is_ranked(one.family) and not looks.is_over(one.look, look, one.family is not None):
            stack.cut(at)
            break
    return _open_lost(title)


def _place_topic(stack: Stack, title: str, kind: str) -> Open:
    """Beside the title of its kind that is open, else inside the section."""
    for at, one in enumerate(stack.open):
        if one.topic == kind:
            stack.cut(at)
            break
    return replace(_open_lost(title), topic=kind)


def _place_chapter(stack: Stack, title: str) -> Open:
    """At the outermost level of the document or of its attachment."""
    place = 0
    for at, one in enumerate(stack.open, start=1):
        if one.family and styles.load_families()[one.family].attachment:
            place = at
    return _replace_section(stack, title, place)


def _replace_section(stack: Stack, title: str, place: int) -> Open:
    """Close the section at ``place``, if there is one, and follow it."""
    if place >= len(stack.open):
        return _open_lost(title, None, 1)
    before = stack.open[place]
    stack.cut(place)
    return _open_lost(title, before.family, before.ordinal + 1)
