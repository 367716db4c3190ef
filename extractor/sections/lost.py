"""Headings whose number was lost: how they are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.documents.model import Paragraph
from extractor.sections import looks, restarts, styles, topics
from extractor.sections.candidates import Candidate
from extractor.sections.contents import Contents

# Longer lines are sentences.
LONGEST = 40
# A title that no list knows is not shorter than this, one of several over bodies of their own than that.
SHORTEST, TOPIC = 4, 3
# So many lines of numbers one below another are of a figure; one or two may be of a sentence that was broken.
FEWEST_LINES = 3


def find_candidates(paragraphs: Sequence[Paragraph], taken: set[int], listed: Contents) -> Iterator[Candidate]:
    """What may be a heading without a number: paragraphs that are not ``taken``, and ends of paragraphs."""
    printed = Counter(paragraph.text.strip() for paragraph in paragraphs)
    topical = topics.find_topics(paragraphs, taken)
    set_apart = looks.find_lines(paragraphs, taken, _may_be_title)
    headlines = looks.find_headlines(paragraphs, taken)
    headlines |= {index for index in topical if not is_title_like(paragraphs[index].text)}
    over = restarts.find_titles(paragraphs, taken)
    explained = topics.find_explanations(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind != "body" or index in listed.taken or set_apart.get(index - 1, 1) > 1:
            continue
        text = paragraph.text
        if index in headlines and not _is_plain(text.strip()):
            found = _take_line(text, index, "topic" if index in topical else "large")
        elif index in taken or not is_title_like(text):
            found = _read_end(text, index, listed)
        elif listed.has_entry(text) and set_apart.get(index, 1) == 1:
            found = _take_line(text, index, "contents")
        elif index in set_apart:
            found = _take_line(text, index, "look", joined=set_apart[index] > 1)
        elif (index in topical or _stands_alone(paragraphs, index, taken)) and not _is_caption(paragraphs, index):
            is_unlikely = printed[text.strip()] > 1 or len(text.strip()) < (TOPIC if index in topical else SHORTEST)
            is_over = index in over and not _is_plain(text.strip()) and not _is_finished(text)
            reason = _find_reason(paragraph, is_unlikely, has_styles=bool(set_apart))
            is_told = index in explained or (reason == "gap" and topics.is_told_about(paragraphs, index))
            reason = "known" if is_told else reason
            reason = "over" if is_over and reason in (None, "gap") else reason
            found = _take_line(text, index, _name_topic(text, reason) if index in topical else reason)
        else:
            continue
        if found:
            yield found


def _read_end(text: str, index: int, listed: Contents) -> Candidate | None:
    """A title of the table of contents that was joined to the end of the paragraph before it."""
    if not listed.entries:
        return None
    last = styles.load_expression("headings/boundaries", "last_sentence").search(text, max(0, len(text) - LONGEST))
    if last is None or not listed.has_entry(text[last.end() :]):
        return None
    return Candidate(index, last.end(), len(text.rstrip()), None, "likely", "contents")


def is_title_like(text: str) -> bool:
    """Whether a line is short and of one clause.

    >>> is_title_like("困难和挑战"), is_title_like("增长较快，结构更优")
    (True, False)
    """
    printed = text.strip()
    return len(printed) <= LONGEST and not styles.load_expression("headings/boundaries", "clause").search(printed)


def _may_be_title(text: str) -> bool:
    """Whether a line that its look sets apart may be a title."""
    return is_title_like(text) and not _is_plain(text) and not _is_finished(text)


def _take_line(text: str, index: int, reason: str | None, joined: bool = False) -> Candidate | None:
    """The candidate that a whole line makes, if there is a reason for it, which is its shape."""
    if reason is None:
        return None
    start = len(text) - len(text.lstrip())
    return Candidate(index, start, len(text.rstrip()), None, "likely", reason, joined)


def _name_topic(text: str, reason: str | None) -> str | None:
    """The reason of a line that may be a title inside a section, where it is none otherwise or fills a gap."""
    return "topic" if reason == "gap" or _fits("again", text) else reason


def _find_reason(paragraph: Paragraph, is_unlikely: bool, has_styles: bool) -> str | None:
    """Why a line that stands alone may be a heading: its words, its setting, or a gap in the numbers around it.

    A line that is repeated or too short is one for its words alone.
    Where the document ``has_styles`` of headings, what is only centred is none.
    """
    text = paragraph.text.strip()
    if _is_plain(text):
        return None
    known = name_title(text)
    if known:
        return "chapter" if known in styles.load_chapters() else "known"
    if is_unlikely or _is_finished(text):
        return None
    if has_styles:
        return "large" if paragraph.large and looks.may_stand_apart(text) else "gap"
    return "large" if paragraph.large or paragraph.centered else "gap"


def name_title(text: str) -> str | None:
    """The id of the genre's title that a line is, else None.

    >>> name_title("2024年度部门预算编制说明"), name_title("机构职能。"), name_title("街道收入稳步增长")
    ('accounts', 'office', None)
    """
    bare = styles.load_expression("headings/boundaries", "around_title").sub("", text.strip())
    match = styles.load_alternatives("headings/titles").fullmatch(bare)
    return match.lastgroup if match else None


def find_figures(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The lines that hold what is left of a figure or a table: their numbers claim nothing.

    They are set like headings, or stand one below another on a page.

    >>> looked = [Paragraph(text, ((0, 0),), look=(9.0, False)) for text in ("40%", "30%", "2024 2025", "增长3%。")]
    >>> sorted(find_figures(looked[:3])), find_figures(looked[2:])
    ([0, 1, 2], set())
    """
    figures = styles.load_expression("headings/plain", "figures")
    holds = [one.kind == "body" and bool(figures.fullmatch(one.text.strip())) for one in paragraphs]
    found = {at for at, one in enumerate(paragraphs) if holds[at] and (one.large or one.centered)}
    for is_of_numbers, run in groupby(range(len(paragraphs)), lambda at: holds[at] and paragraphs[at].look is not None):
        lines = list(run)
        found.update(lines if is_of_numbers and len(lines) >= FEWEST_LINES else ())
    return found


def _is_caption(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a line stands over its number, or is none of a genre over a table or, as who signs, over a date."""
    for below in paragraphs[index + 1 : index + 2]:
        if _fits("number_alone", below.text):
            return True
        if below.kind == "row" or looks.is_signed(paragraphs[index], below):
            return name_title(paragraphs[index].text) is None
        if _fits("unit_line", below.text):
            return name_title(paragraphs[index].text) is None or _fits("of_year", paragraphs[index].text)
    return False


def _fits(pattern: str, line: str) -> bool:
    """Whether a whole line is what a pattern of boundaries says."""
    return styles.load_expression("headings/boundaries", pattern).fullmatch(line.strip()) is not None


def _is_plain(text: str) -> bool:
    """Whether a line is one of those that are never headings."""
    return styles.load_alternatives("headings/plain").fullmatch(text) is not None


def _is_finished(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return styles.load_expression("headings/boundaries", "finished").search(text) is not None


def _stands_alone(paragraphs: Sequence[Paragraph], index: int, taken: set[int]) -> bool:
    """Whether what stands before has come to an end, so that this is not the rest of a sentence."""
    if index == 0 or index - 1 in taken:
        return True
    before = paragraphs[index - 1]
    if before.kind != "body" or before.large:
        return True
    text = before.text.strip()
    return any(ends(text) for ends in (_is_finished, name_title, _is_plain))
