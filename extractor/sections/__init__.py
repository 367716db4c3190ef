"""Documents become Outlines: the section tree, the narrative under it, the table of contents set aside.

Levels come from the order in which a document uses its markers. What is a heading, and what only looks
like one, is data under ``patterns/headings``.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.documents.model import Document, Paragraph
from extractor.model import Span
from extractor.sections import candidates, contents, forms, lost, notes, restoring, signs, titles, topics, tree
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents
from extractor.sections.model import Outline

__all__ = ["outline"]


def outline(document: Document) -> Outline:
    r"""The section tree of a document and its narrative as blocks, in document order.

    Offsets of sections are those of ``document.text``; those of blocks refer to their paragraph's text.
    A document without headings has no sections; its blocks stand under None.

    >>> from extractor.documents.model import Paragraph
    >>> text = "一、工作回顾\n1．抓进度，经济稳中求进。全年投资3亿元。"
    >>> first, second = text.splitlines()
    >>> paragraphs = (Paragraph(first, ((0, 0),)), Paragraph(second, ((0, len(first) + 1),)))
    >>> made = outline(Document("示例", "", "text", text, paragraphs))
    >>> [(section.level, section.heading) for section in made.sections]
    [(1, '一、工作回顾'), (2, '1．抓进度，经济稳中求进。')]
    >>> [block.section for block in made.blocks if not block.heading]
    ['s2']
    """
    document = restoring.restore_lines(document)
    paragraphs = document.paragraphs
    listed = contents.find_contents(paragraphs)
    numbered = _find_numbered(paragraphs, listed)
    first = numbered[0].paragraph if numbered else len(paragraphs)
    before = min(first, listed.taken.start) if listed.taken else first
    title, title_lines = titles.find_title(paragraphs, before, document.origin.title)
    title_lines -= topics.find_explanations(paragraphs)
    taken = _find_lines(numbered) | title_lines
    aside = taken | set(listed.taken)
    marked = [*signs.find_candidates(paragraphs, aside), *forms.find_candidates(paragraphs, aside, document.text)]
    taken |= _find_lines(marked)
    headings = [*numbered, *marked, *lost.find_candidates(paragraphs, taken, listed)]
    placed = tree.place_headings(sorted(headings, key=candidates.find_position), document, listed)
    return Outline(
        sections=tree.make_sections(document, placed),
        blocks=tuple(tree.cut_blocks(document, placed, set(listed.taken), title_lines | lost.find_figures(paragraphs))),
        contents=_find_spans(paragraphs, listed.taken),
        title=title,
    )


def _find_numbered(paragraphs: Sequence[Paragraph], listed: Contents) -> list[Candidate]:
    """The headings that carry a number."""
    found: list[Candidate] = []
    aside = {*listed.taken, *notes.find_notes(paragraphs)}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind != "body" or index in aside:
            continue
        whole = candidates.read_candidate(paragraph, index)
        if whole:
            found.append(_join_title(whole, paragraphs))
    return candidates.choose_headings(found, paragraphs)


def _join_title(candidate: Candidate, paragraphs: Sequence[Paragraph]) -> Candidate:
    """A bare 附件1 or 第一章 takes the title on the next line."""
    if candidate.shape != "bare" or not candidates.is_named(candidate):
        return candidate
    following = paragraphs[candidate.paragraph + 1 : candidate.paragraph + 2]
    joined = any(map(titles.is_title_line, following))
    return replace(candidate, reading="heading", joined=joined)


def _find_lines(headings: Sequence[Candidate]) -> set[int]:
    """The paragraphs in which headings stand."""
    lines = {heading.paragraph for heading in headings if heading.shape != candidates.CLOSING}
    return lines | {heading.paragraph + 1 for heading in headings if heading.joined}


def _find_spans(paragraphs: Sequence[Paragraph], taken: range) -> tuple[Span, ...]:
    """Where the table of contents stands in the document, if there is one."""
    return (Span(paragraphs[taken[0]].start, paragraphs[taken[-1]].end),) if taken else ()
