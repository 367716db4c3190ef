"""Headings in document order become the section tree, and the paragraphs the blocks that stand under it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.model import Document, Paragraph
from extractor.model import Section
from extractor.sections import candidates, cells, looks, places, styles
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents
from extractor.sections.levels import Open, Stack
from extractor.sections.looks import Look
from extractor.sections.markers import Marker
from extractor.sections.model import Block


class Placed(Struct, frozen=True):
    """A heading with its place: ``parent`` is the number of the section that it stands in, in document order.

    An item that opens no section and ends that of its sibling, which is the ``closed`` one, has the place that its own
    section would have.
    """

    heading: Candidate
    parent: int | None
    level: int
    closed: int | None = None


def place_headings(headings: Sequence[Candidate], document: Document, listed: Contents) -> list[Placed]:
    """The headings that open a section and the items that end one, each with its parent and level."""
    stack, result, paragraphs = Stack(), list[Placed](), document.paragraphs
    sections: list[Placed] = []
    marked = [(at, one) for at, one in enumerate(headings) if one.marker and one.shape != candidates.CLOSING]
    positions, ahead = [at for at, _ in marked], [heading for _, heading in marked]
    breaks = looks.find_breaks(document)
    for at, heading in enumerate(headings):
        if heading.shape == candidates.CLOSING:
            result += _close_sibling(stack, heading)
            continue
        _close_front(stack, sections, heading, breaks)
        behind = bisect_right(positions, at)
        following = ahead[behind : behind + places.AHEAD]
        look = paragraphs[heading.paragraph + heading.joined].look
        before = sections[-1] if sections else None
        opened = _open_section(stack, heading, read_heading(heading, paragraphs), look, following, listed, before)
        if opened is None:
            continue
        parent = stack.top
        stack.push(replace(opened, node=len(sections), look=look))
        sections.append(Placed(heading, parent.node if parent else None, len(stack.open)))
        result.append(sections[-1])
    return _drop_parting(result)


def _close_sibling(stack: Stack, item: Candidate) -> Iterator[Placed]:
    """The end of the section of the sibling in front of an item that heads none itself, if that is open."""
    place = stack.find_last(item.marker.family) if item.marker else None
    if place is not None and stack.open[place].ordinal == item.before:
        around = stack.open[place - 1].node if place else None
        yield Placed(item, around, place + 1, closed=stack.open[place].node)


def _drop_parting(placed: Sequence[Placed]) -> list[Placed]:
    """What was placed, without the ends of sections that others stand in behind."""
    last = {one.parent: at for at, one in enumerate(placed) if one.closed is None}
    return [one for at, one in enumerate(placed) if one.closed is None or last.get(one.closed, -1) < at]


def _close_front(stack: Stack, result: Sequence[Placed], heading: Candidate, breaks: Sequence[int]) -> None:
    """Close a section that its look opened and that holds none, where something else begins on a page of its own."""
    top = stack.top
    if top is None or top.family is not None or top.look is None or top.node != len(result) - 1:
        return
    if bisect_right(breaks, result[-1].heading.paragraph) < bisect_right(breaks, heading.paragraph):
        stack.cut(len(stack.open) - 1)


def _open_section(
    stack: Stack,
    heading: Candidate,
    text: str,
    look: Look | None,
    ahead: Sequence[Candidate],
    listed: Contents,
    before: Placed | None,
) -> Open | None:
    """Close what a heading ends, and the section it opens; ``before`` is the heading in front of it."""
    marker = heading.marker
    if marker is None:
        return places.place_heading(stack, heading, text, look, ahead, listed)
    stack.make_place(marker, _is_over(before, heading) or _goes_on(stack, marker, ahead))
    stack.close_smaller(look)
    title = drop_marker(heading, text)
    return Open(-1, title, marker.family, marker.ordinal, entry=listed.claim(title))


def _is_over(before: Placed | None, heading: Candidate) -> bool:
    """Whether a heading takes up the line right over another one, which then begins to count under it."""
    if before is None or before.heading.shape not in candidates.WHOLE[:2]:
        return False
    return before.heading.paragraph + 1 == heading.paragraph


def _goes_on(stack: Stack, marker: Marker, ahead: Sequence[Candidate]) -> bool:
    """Whether the next number of the outermost section comes ahead, or that section is none of a list of items."""
    outermost = stack.open[0] if stack.open else None
    if outermost is None or outermost.family is None or outermost.lost:
        return True
    families = styles.load_families()
    if families[marker.family].line != "opens" or families[outermost.family].line != "item":
        return True
    if any(one.family and families[one.family].line == "opens" for one in stack.open[1:]):
        return True
    following = (outermost.family, outermost.ordinal + 1)
    return any(one.marker and (one.marker.family, one.marker.ordinal) == following for one in ahead)


def read_heading(heading: Candidate, paragraphs: Sequence[Paragraph]) -> str:
    """The heading as printed; one that goes on in the next paragraph with a space between."""
    text = paragraphs[heading.paragraph].text[heading.start : heading.end].strip()
    return f"{text} {paragraphs[heading.paragraph + 1].text.strip()}" if heading.joined else text


def drop_marker(heading: Candidate, text: str) -> str:
    """The words behind the marker, or without the sign that sets them apart."""
    if heading.shape == "signed":
        return str(styles.load_expression("headings/boundaries", "sign").sub("", text)).strip()
    return text[len(heading.marker.text) :].strip() if heading.marker else text


def make_sections(document: Document, tree: Sequence[Placed]) -> tuple[Section, ...]:
    """The tree as the result shows it; a section ends where the next one on its level or above begins."""
    starts = [document.paragraphs[one.heading.paragraph].offset(one.heading.start) for one in tree]
    ends = _find_ends(starts, [one.level for one in tree], len(document.text))
    found: list[Section] = []
    for one, start, end in zip(tree, starts, ends, strict=True):
        if one.closed is None:
            found.append(_make_section(document, len(found), one, start, end))
    return tuple(found)


def _find_ends(starts: Sequence[int], levels: Sequence[int], last: int) -> list[int]:
    """Where each section ends; ``last`` is the end of the document."""
    ends = [last] * len(starts)
    opened: list[int] = []
    for at, start in enumerate(starts):
        while opened and levels[opened[-1]] >= levels[at]:
            ends[opened.pop()] = start
        opened.append(at)
    return ends


def _make_section(document: Document, at: int, one: Placed, start: int, end: int) -> Section:
    text = read_heading(one.heading, document.paragraphs)
    return Section(
        id=make_id(at),
        parent=None if one.parent is None else make_id(one.parent),
        level=one.level,
        number=one.heading.marker.text if one.heading.marker else None,
        title=drop_marker(one.heading, text),
        heading=text,
        start=start,
        end=end,
        page=document.page(start),
    )


def make_id(at: int) -> str:
    """The id of the section at this place in document order."""
    return f"s{at + 1}"


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────


class Cut(Struct, frozen=True):
    """A heading in a paragraph: where it begins and ends there, the section it opens, and if it states a number.

    An item that ends a section has nothing of its paragraph, and goes back to the section around that.
    """

    start: int
    end: int
    section: str | None
    told: bool = False


def cut_blocks(document: Document, tree: Sequence[Placed], aside: set[int], titles: set[int]) -> Iterator[Block]:
    """The narrative in order, of tables the cells that state quantities; the paragraphs ``aside`` are left out."""
    cuts = _find_cuts(document.paragraphs, tree)
    section: str | None = None
    for index, paragraph in enumerate(document.paragraphs):
        if index in aside:
            continue
        if paragraph.kind == "row":
            for start, end in cells.find_statements(paragraph.text):
                yield Block(paragraph, start, end, section)
            continue
        here = cuts.get(index, [])
        yield from _cut_paragraph(paragraph, here, section, index in titles)
        section = here[-1].section if here else section


def _find_cuts(paragraphs: Sequence[Paragraph], tree: Sequence[Placed]) -> dict[int, list[Cut]]:
    """The headings of each paragraph that has any, by its index."""
    cuts: dict[int, list[Cut]] = {}
    ids = count()
    for one in tree:
        heading, index = one.heading, one.heading.paragraph
        if one.closed is not None:
            around = None if one.parent is None else make_id(one.parent)
            cuts.setdefault(index, []).append(Cut(heading.start, heading.start, around))
            continue
        section = make_id(next(ids))
        is_told = heading.shape in candidates.STATING
        cuts.setdefault(index, []).append(Cut(heading.start, heading.end, section, is_told))
        if heading.joined:
            end = len(paragraphs[index + 1].text)
            cuts.setdefault(index + 1, []).append(Cut(0, end, section))
    return cuts


def _cut_paragraph(paragraph: Paragraph, headings: list[Cut], section: str | None, is_title: bool) -> Iterator[Block]:
    """The stretches of a paragraph between its headings, and the headings."""
    at = 0
    for cut in headings:
        yield from _make_block(paragraph, at, cut.start, section, is_title)
        yield from _make_block(paragraph, cut.start, cut.end, cut.section, not cut.told)
        at, section = cut.end, cut.section
    yield from _make_block(paragraph, at, len(paragraph.text), section, is_title)


def _make_block(paragraph: Paragraph, start: int, end: int, section: str | None, is_heading: bool) -> Iterator[Block]:
    """The block of a stretch without the white space around it, if there is more in it."""
    text = paragraph.text[start:end]
    if text.strip():
        start += len(text) - len(text.lstrip())
        yield Block(paragraph, start, start + len(text.strip()), section, is_heading)
