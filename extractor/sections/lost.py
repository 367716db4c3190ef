"""Headings whose number was lost: how they are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.model import Paragraph
from extractor.sections import styles
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents

# Longer lines are sentences.
LONGEST = 40
# A title that no list knows is not shorter than this.
SHORTEST = 4


def candidates(paragraphs: Sequence[Paragraph], taken: set[int], listed: Contents) -> Iterator[Candidate]:
    """What may be a heading without a number: paragraphs that are not ``taken``, and ends of paragraphs."""
    printed = Counter(paragraph.text.strip() for paragraph in paragraphs)
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if paragraph.kind != "body" or index in listed.taken:
            continue
        if index in taken or not is_title_like(text):
            found = _joined_title(text, index, listed)
        else:
            alone = _stands_alone(paragraphs, index, taken)
            found = _line(paragraph, index, listed, alone, printed[text.strip()] > 1)
        if found:
            yield found


def _joined_title(text: str, index: int, listed: Contents) -> Candidate | None:
    """A title of the table of contents that was joined to the end of the paragraph before it."""
    if not listed.entries:
        return None
    last = styles.one("headings/boundaries", "last_sentence").search(text, max(0, len(text) - LONGEST))
    if last is None or not listed.lists(text[last.end() :]):
        return None
    return Candidate(index, last.end(), len(text.rstrip()), None, "likely", "contents")


def is_title_like(text: str) -> bool:
    """Whether a line is short and of one clause.

    >>> is_title_like("困难和挑战"), is_title_like("增长较快，结构更优")
    (True, False)
    """
    printed = text.strip()
    return len(printed) <= LONGEST and not styles.one("headings/boundaries", "clause").search(printed)


def _line(paragraph: Paragraph, index: int, listed: Contents, alone: bool, repeated: bool) -> Candidate | None:
    """The candidate that a whole line makes; its shape is the reason for it."""
    text = paragraph.text
    why = "contents" if listed.lists(text) else _reason(paragraph, repeated) if alone else None
    start = len(text) - len(text.lstrip())
    return Candidate(index, start, len(text.rstrip()), None, "likely", why) if why else None


def _reason(paragraph: Paragraph, repeated: bool) -> str | None:
    text = paragraph.text.strip()
    if styles.any_of("headings/plain").fullmatch(text):
        return None
    known = known_title(text)
    if known:
        return "chapter" if known in styles.chapters() else "known"
    finished = styles.one("headings/boundaries", "finished").search(text)
    if finished or repeated or len(text) < SHORTEST:
        return None
    return "large" if paragraph.large or paragraph.centered else "gap"


def known_title(text: str) -> str | None:
    """The id of the genre's title that a line is, else None.

    >>> known_title("2024年度部门预算编制说明"), known_title("机构职能。"), known_title("街道收入稳步增长")
    ('accounts', 'office', None)
    """
    bare = styles.one("headings/boundaries", "around_title").sub("", text.strip())
    match = styles.any_of("headings/titles").fullmatch(bare)
    return match.lastgroup if match else None


def _stands_alone(paragraphs: Sequence[Paragraph], index: int, taken: set[int]) -> bool:
    """Whether what stands before has come to an end, so that this is not the rest of a sentence."""
    before = paragraphs[index - 1]
    if index == 0 or index - 1 in taken or before.kind != "body" or before.large:
        return True
    text = before.text.strip()
    if styles.one("headings/boundaries", "finished").search(text):
        return True
    return known_title(text) is not None or styles.any_of("headings/plain").fullmatch(text) is not None
