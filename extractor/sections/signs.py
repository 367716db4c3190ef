"""Titles without a number that a sign sets apart: brackets around them, or a mark in front."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from extractor.documents.model import Paragraph
from extractor.sections import styles
from extractor.sections.candidates import Candidate

# So many titles of one sign are siblings; one is a remark or the button of a web page.
FEWEST = 2


class _Signed(Struct, frozen=True):
    """A paragraph that begins with a sign, and where its title ends; 0 where there is none or nothing under it."""

    paragraph: int
    start: int
    end: int


def find_candidates(paragraphs: Sequence[Paragraph], aside: Collection[int]) -> Iterator[Candidate]:
    """The titles that signs set apart, where most paragraphs with that sign have one, but for those set ``aside``.

    >>> texts = ("【农业】全年产粮3万吨。", "【工业】", "全年产值5亿元。", "◆投入3亿元", "◆新建厂房")
    >>> [one.paragraph for one in find_candidates([Paragraph(text, ((0, 0),)) for text in texts], ())]
    [0, 1]
    """
    signed: dict[str, list[_Signed]] = defaultdict(list)
    for index, paragraph in enumerate(paragraphs):
        start = len(paragraph.text) - len(paragraph.text.lstrip())
        mark = _read_sign(paragraph.text, start) if paragraph.kind == "body" and index not in aside else ""
        if mark:
            signed[mark].append(_Signed(index, start, _find_end(paragraphs, index, start, mark)))
    for siblings in signed.values():
        titles = [one for one in siblings if one.end]
        if len(titles) >= FEWEST and len(titles) * 2 > len(siblings):
            yield from (Candidate(one.paragraph, one.start, one.end, None, "likely", "signed") for one in titles)


def find_breaks(text: str) -> list[int]:
    """Where lines began that lost their breaks: in front of the signs that stand behind a sentence.

    >>> text = "【农业】产粮3万吨。【工业】产值5亿元。"
    >>> [text[place:] for place in find_breaks(text)]
    ['【工业】产值5亿元。']
    """
    return [found.end() for found in styles.load_expression("headings/boundaries", "sign_behind").finditer(text)]


def _read_sign(text: str, start: int) -> str:
    """The sign that a text has at ``start``, else nothing."""
    sign = styles.load_expression("headings/boundaries", "sign").match(text, start)
    return sign[0] if sign else ""


def _find_end(paragraphs: Sequence[Paragraph], index: int, start: int, mark: str) -> int:
    """Where the title behind a sign ends that something is said under; 0 where there is none."""
    text = paragraphs[index].text
    title = styles.load_alternatives("headings/signs").match(text, start)
    if title is None:
        return 0
    end = start + len(title[0].rstrip())
    return end if text[end:].strip() or _has_body(paragraphs, index, mark) else 0


def _has_body(paragraphs: Sequence[Paragraph], index: int, mark: str) -> bool:
    """Whether what follows on a title is not the next item of its kind."""
    return any(not one.text.lstrip().startswith(mark) for one in paragraphs[index + 1 : index + 2])
