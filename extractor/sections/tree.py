"""Headings in document order become the section tree, and the paragraphs the blocks that stand under it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.model import Block, Document, Paragraph, Section
from extractor.sections import cells, places
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents
from extractor.sections.levels import Open, Stack


class Placed(NamedTuple):
    """A heading with its place: ``parent`` is an index into the list of placed headings."""

    heading: Candidate
    parent: int | None
    level: int


def placed(headings: Sequence[Candidate], paragraphs: Sequence[Paragraph], listed: Contents) -> list[Placed]:
    """The headings that open a section, each with its parent and level."""
    stack, result = Stack(), list[Placed]()
    marked = [(at, heading) for at, heading in enumerate(headings) if heading.marker]
    positions, ahead = [at for at, _ in marked], [heading for _, heading in marked]
    for at, heading in enumerate(headings):
        behind = bisect_right(positions, at)
        opened = _open(stack, heading, words(heading, paragraphs), ahead[behind : behind + places.AHEAD], listed)
        if opened is None:
            continue
        parent = stack.top
        stack.push(opened._replace(node=len(result)))
        result.append(Placed(heading, parent.node if parent else None, len(stack.open)))
    return result


def _open(stack: Stack, heading: Candidate, text: str, ahead: Sequence[Candidate], listed: Contents) -> Open | None:
    marker = heading.marker
    if marker is None:
        return places.place(stack, heading, text, ahead, listed)
    stack.number(marker)
    title = title_of(heading, text)
    return Open(-1, title, marker.family, marker.ordinal, entry=listed.claim(title))


def words(heading: Candidate, paragraphs: Sequence[Paragraph]) -> str:
    """The heading as printed; one that goes on in the next paragraph with a space between."""
    text = paragraphs[heading.paragraph].text[heading.start : heading.end].strip()
    return f"{text} {paragraphs[heading.paragraph + 1].text.strip()}" if heading.joined else text


def title_of(heading: Candidate, text: str) -> str:
    """The words behind the marker."""
    return text[len(heading.marker.text) :].strip() if heading.marker else text


def sections(document: Document, tree: Sequence[Placed]) -> tuple[Section, ...]:
    """The tree as the result shows it; a section ends where the next one on its level or above begins."""
    starts = [document.paragraphs[one.heading.paragraph].offset(one.heading.start) for one in tree]
    ends = _ends(starts, [one.level for one in tree], len(document.text))
    return tuple(
        _section(document, at, one, start, end)
        for at, (one, start, end) in enumerate(zip(tree, starts, ends, strict=True))
    )


def _ends(starts: Sequence[int], levels: Sequence[int], last: int) -> list[int]:
    ends = [last] * len(starts)
    opened: list[int] = []
    for at, start in enumerate(starts):
        while opened and levels[opened[-1]] >= levels[at]:
            ends[opened.pop()] = start
        opened.append(at)
    return ends


def _section(document: Document, at: int, one: Placed, start: int, end: int) -> Section:
    text = words(one.heading, document.paragraphs)
    return Section(
        id=name(at),
        parent=None if one.parent is None else name(one.parent),
        level=one.level,
        number=one.heading.marker.text if one.heading.marker else None,
        title=title_of(one.heading, text),
        heading=text,
        start=start,
        end=end,
        page=document.page(start),
    )


def name(at: int) -> str:
    """The id of the section at this place in document order."""
    return f"s{at + 1}"


def blocks(document: Document, tree: Sequence[Placed], aside: set[int], titles: set[int]) -> Iterator[Block]:
    """The narrative in order, of tables the cells that state quantities; the paragraphs ``aside`` are left out."""
    cuts: dict[int, list[tuple[int, int, str]]] = {}
    for at, one in enumerate(tree):
        cuts.setdefault(one.heading.paragraph, []).append((one.heading.start, one.heading.end, name(at)))
        if one.heading.joined:
            end = len(document.paragraphs[one.heading.paragraph + 1].text)
            cuts.setdefault(one.heading.paragraph + 1, []).append((0, end, name(at)))
    section: str | None = None
    for index, paragraph in enumerate(document.paragraphs):
        if index in aside:
            continue
        if paragraph.kind == "row":
            yield from (Block(paragraph, start, end, section) for start, end in cells.narrative(paragraph.text))
            continue
        here = cuts.get(index, [])
        yield from _cut(paragraph, here, section, index in titles)
        section = here[-1][2] if here else section


def _cut(
    paragraph: Paragraph, headings: list[tuple[int, int, str]], section: str | None, title: bool
) -> Iterator[Block]:
    at = 0
    for start, end, opened in headings:
        yield from _block(paragraph, at, start, section, title)
        yield from _block(paragraph, start, end, opened, True)
        at, section = end, opened
    yield from _block(paragraph, at, len(paragraph.text), section, title)


def _block(paragraph: Paragraph, start: int, end: int, section: str | None, heading: bool) -> Iterator[Block]:
    text = paragraph.text[start:end]
    if text.strip():
        start += len(text) - len(text.lstrip())
        yield Block(paragraph, start, start + len(text.strip()), section, heading)
