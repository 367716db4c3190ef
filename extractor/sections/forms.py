"""Forms whose cells are a line each: their title heads what stands in them, and so does the project they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

import regex

from extractor.documents.listed_forms import find_forms
from extractor.documents.model import Paragraph
from extractor.sections import styles
from extractor.sections.candidates import Candidate

# The field that says what a form is for stands so many lines below its title at most.
NEAR = 6
# Rows are parted by more line breaks than cells are: in a table there are two such distances.
ROWS = 2
BOUNDARIES = "headings/boundaries"


def find_candidates(paragraphs: Sequence[Paragraph], aside: Collection[int], text: str = "") -> Iterator[Candidate]:
    """The titles of forms, and below each what its first field names, but for the lines set ``aside``.

    Cells of the ``text`` that will be laid out as a table have the heads of that.

    >>> texts = ("绩效目标表", "（2023年度）", "项目名称", "公路养护", "养护里程", "320公里")
    >>> [one.paragraph for one in find_candidates([Paragraph(text, ((0, 0),)) for text in texts], ())]
    [0, 3]
    """
    loose = _find_loose(paragraphs, text)
    lines = [at for at, one in enumerate(paragraphs) if (one.kind == "body" or at in loose) and at not in aside]
    for place, at in enumerate(lines):
        if not styles.load_expression(BOUNDARIES, "form").fullmatch(paragraphs[at].text.strip()):
            continue
        near = lines[place + 1 : place + 2 + NEAR]
        field = next((below for below in near if _match_field(paragraphs[below].text)), None)
        if field is not None:
            yield _take(paragraphs[at].text, at, 0, "form")
            yield from _find_project(paragraphs, field, near[near.index(field) + 1 :])


def _find_loose(paragraphs: Sequence[Paragraph], text: str) -> set[int]:
    r"""The cells that no blank lines part into rows: there are none between any two of them, or as many everywhere.

    >>> text = "名称\n养护\n单位\n\n甲局"
    >>> cells = [Paragraph(word, ((0, text.index(word)),), "cell") for word in text.split()]
    >>> sorted(_find_loose(cells, text)), sorted(_find_loose(cells[:3], text))
    ([], [0, 1, 2])
    """
    loose: set[int] = set()
    for kind, group in groupby(range(len(paragraphs)), key=lambda at: paragraphs[at].kind):
        run = list(group)
        own = (paragraphs[at] for at in run)
        if kind == "cell" and len({_count_breaks(text, *pair) for pair in pairwise(own)}) < ROWS:
            loose.update(run)
    laid = find_forms([paragraph.text for paragraph in paragraphs]) if loose else []
    return loose.difference(*(form.lines for form in laid))


def _count_breaks(text: str, one: Paragraph, after: Paragraph) -> float:
    """The line breaks from one cell to the next; those of the empty cells between are shared out."""
    return text.count("\n", one.end, after.start) / max(1, text.count("\t", one.end, after.start))


def _match_field(text: str) -> regex.Match[str] | None:
    return styles.load_expression(BOUNDARIES, "form_field").match(text)


def _find_project(paragraphs: Sequence[Paragraph], field: int, below: Sequence[int]) -> Iterator[Candidate]:
    """The project that the first field names, on its line or on the next one; the name of an office heads nothing."""
    text = paragraphs[field].text
    found = _match_field(text)
    if found is None or found["project"] is None:
        return
    if text[found.end() :].strip():
        yield _take(text, field, found.end(), "form_name")
        return
    for at in below[:1]:
        yield _take(paragraphs[at].text, at, 0, "form_name")


def _take(text: str, index: int, start: int, shape: str) -> Candidate:
    """The line from ``start`` on as a heading."""
    start += len(text[start:]) - len(text[start:].lstrip())
    return Candidate(index, start, len(text.rstrip()), None, "likely", shape)
