"""Lines that a page lost: paragraphs are parted in front of the headings in them, and behind titles in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import msgspec

from extractor.documents.model import Document, Paragraph
from extractor.sections import counting, cuttings, flattened, markers, page_marks, pieces, signs, spaces, styles
from extractor.sections.candidates import shape_candidate
from extractor.sections.flattened import Item
from extractor.sections.markers import Marker
from extractor.sections.title_ends import LONGEST, REACH, SURE, Ends

# A shorter paragraph has no two titles with their bodies, and is one line of its document unless it holds most of it.
SHORTEST = 40
MOST = 0.5
# So much of a document shows whose report it is.
OPENING = 200
# Where lines were kept, a title that a body is glued to takes so many signs, and so many at the mean of its siblings.
GLUED = 4
USUAL = 3


def restore_lines(document: Document) -> Document:
    """The document with the paragraphs that lost their line breaks parted where these were; else the same.

    >>> body = "全年实现增加值3亿元，增长2%。" * 30
    >>> whole = Paragraph("一、农业" + body + "二、工业" + body, ((0, 0),))
    >>> made = restore_lines(Document("示例", "", "text", whole.text, (whole,)))
    >>> [paragraph.text[:4] for paragraph in made.paragraphs]
    ['一、农业', '全年实现', '二、工业', '全年实现']
    """
    document = cuttings.join_numerals(cuttings.join_cuttings(page_marks.drop_page_marks(document)))
    bodies = [paragraph for paragraph in document.paragraphs if paragraph.kind == "body"]
    most = MOST * sum(len(paragraph.text) for paragraph in bodies)
    opening = _find_opening(document.text)
    restored: list[Paragraph] = []
    for paragraph in document.paragraphs:
        is_long = paragraph.kind == "body" and len(paragraph.text) >= min(SHORTEST, most)
        is_most = len(paragraph.text) >= most
        parts = _restore(paragraph, opening, is_most) if is_long else [paragraph]
        restored += chain.from_iterable(_part(part, signs.find_breaks(part.text)) for part in parts)
    restored = list(chain.from_iterable(_part(one, _find_second(one)) for one in restored))
    restored = list(chain.from_iterable(map(_part, restored, _find_glued(restored))))
    return msgspec.structs.replace(document, paragraphs=tuple(restored))


def _find_opening(text: str) -> str:
    """How a document begins, which shows whose report it is: up to the first heading behind that."""
    opening = text[:OPENING]
    behind = (marker.start for marker in markers.find_markers(opening) if marker.start)
    return opening[: next(behind, OPENING)]


def _restore(paragraph: Paragraph, opening: str, is_most: bool) -> Iterator[Paragraph]:
    """The paragraphs of one that lost its line breaks, without the spaces that stand where lines of it were cut."""
    is_cut = spaces.is_cut(paragraph.text)
    for part in _part(paragraph, flattened.find_breaks(paragraph.text, opening, is_most)):
        is_body = is_cut and len(part.text) > LONGEST
        yield pieces.leave_out(part, spaces.find_cuts(part.text)) if is_body else part


def _part(paragraph: Paragraph, breaks: Sequence[int]) -> Iterator[Paragraph]:
    """A paragraph as those that it is parted into, white space aside."""
    if not breaks:
        yield paragraph
        return
    for start, end in pairwise([0, *breaks, len(paragraph.text)]):
        text = paragraph.text[start:end]
        if text.strip():
            start += len(text) - len(text.lstrip())
            yield paragraph.slice(start, start + len(text.strip()))


def _find_second(paragraph: Paragraph) -> list[int]:
    """Where a second title stands on the line of a title, which begins to count under it."""
    text = paragraph.text
    first = markers.read_marker(text) if paragraph.kind == "body" else None
    found = styles.load_expression("headings/boundaries", "double").match(text) if first else None
    second = markers.read_marker(found["second"]) if found else None
    if not first or not found or not second or second.ordinal > 1 or second.family == first.family:
        return []
    family = styles.load_families()[second.family]
    return [found.start("second")] if family.line and not family.note else []


# ── titles glued to their bodies on a line of their own ──────────────────────────────────────────────────────


def _find_glued(paragraphs: Sequence[Paragraph]) -> list[list[int]]:
    """For each paragraph, where a title ends that was glued to its body, if its siblings are titles too."""
    found: list[list[int]] = [[] for _ in paragraphs]
    numbered = list(_read_lines(paragraphs))
    for run in counting.group_runs([item.marker for _, item in numbered]):
        siblings = [numbered[at] for at in run]
        if sum(item.weight for _, item in siblings) < USUAL * len(siblings):
            continue
        for at, item in siblings:
            found[at] += [item.marker.end + item.place] if item.place else []
    return found


def _read_lines(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, Item]]:
    """The paragraphs that begin with a marker of sections, by their index."""
    for at, paragraph in enumerate(paragraphs):
        marker = markers.read_marker(paragraph.text) if paragraph.kind == "body" else None
        if marker and styles.load_families()[marker.family].line == "opens":
            yield at, _read_line(paragraph.text, marker)


def _read_line(text: str, marker: Marker) -> Item:
    """What follows the marker of a line; its title is cut off only where several signs agree."""
    behind = text[marker.end :]
    shape = shape_candidate(text, 0, marker, len(text))
    if shape.reading == "heading":
        return Item(marker, behind, 0, GLUED)
    place, weight = Ends(behind[:REACH]).find_best()
    enough = SURE if shape.reading == "item" else GLUED
    return Item(marker, behind, place, weight) if weight >= enough else Item(marker, behind, 0, 0)
