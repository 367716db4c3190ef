"""Titles without a number inside a section: short lines of words, each over a body of its own, and more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.documents.model import Paragraph
from extractor.sections import styles

# So many in one section are siblings; one is a caption, a name or what is left of a sentence.
FEWEST = 2
# A body is a sentence of so many characters.
BODY = 12
# So many in a document without any other heading.
FEWEST_ALONE = 3
# A title of two clauses is no longer.
LONGEST = 30
# Two of so many characters are enough in an article: names are shorter.
HEADLINE = 5
# The name of a chapter is no longer; the headline of an article is.
CHAPTER = 8
BOUNDARIES = "headings/boundaries"
# The pattern of titles in a document without any other heading, where one may stand right over another.
ALONE = "dated_topic"


def find_topics(paragraphs: Sequence[Paragraph], taken: set[int]) -> set[int]:
    """The lines, by their index, that may be titles inside the sections that the headings in ``taken`` open.

    >>> texts = ("一、概况", "水电业务", "装机容量37.2万千瓦，增长2%。", "其他业务", "销售面积14.6万平方米，增长3%。")
    >>> sorted(find_topics([Paragraph(text, ((0, 0),)) for text in texts], {0}))
    [1, 3]
    >>> texts = ("审判工作", "全年收案3214件，下降1%。", "1.刑事案件", "收案240件。")
    >>> sorted(find_topics([Paragraph(text, ((0, 0),)) for text in texts], {2}))
    [0]
    >>> texts = ("水电业务", "装机容量37万千瓦，增长2%。", "其他业务", "销售面积14万平方米，增长3%。") * 2
    >>> sorted(find_topics([Paragraph(text, ((0, 0),)) for text in texts], set()))
    [0, 2, 4, 6]
    """
    found = {0} if taken.isdisjoint((0, 1)) and _opens_excerpt(paragraphs) else set[int]()
    for start, end in pairwise([*(sorted(taken) or [-1]), len(paragraphs)]):
        topic = "topic" if start >= 0 else ALONE
        siblings = list(_find_siblings(paragraphs, range(start + 1, end - 1), topic))
        siblings = siblings[_opens_article(paragraphs, siblings, topic) :]
        if len(siblings) >= (FEWEST_ALONE if start < 0 else FEWEST) or _are_headlines(paragraphs, siblings):
            found.update(siblings)
            found.update(_find_headlines(paragraphs, siblings, range(max(1, start + 1), end - 1), topic))
    return found


def _are_headlines(paragraphs: Sequence[Paragraph], siblings: Sequence[int]) -> bool:
    """Whether two lines are long enough for titles of an article, behind its opening."""
    lengths = [len(paragraphs[at].text.strip()) for at in siblings]
    return len(siblings) >= FEWEST and siblings[0] > 0 and min(lengths) >= HEADLINE


def _find_headlines(
    paragraphs: Sequence[Paragraph], siblings: Sequence[int], lines: range, topic: str = ALONE
) -> Iterator[int]:
    """The lines with an amount, in an article also those of two clauses, over bodies among several titles.

    >>> texts = ("营收双增长", "营收3250亿元，增长9.8%。", "项目加快建设，投资过半", "投资412亿元，占计划51.5%。")
    >>> list(_find_headlines([Paragraph(text, ((0, 0),)) for text in texts], [0], range(1, 3)))
    [2]
    """
    for at in lines:
        line = paragraphs[at].text.strip()
        may_be = is_told(line) or (topic == ALONE and at > siblings[0] and "，" in line)
        if may_be and _is_headline(line) and _is_ended(paragraphs[at - 1]) and _is_body(paragraphs[at + 1]):
            yield at


def is_told_about(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a line between two bodies ends in a noun that titles alone end in.

    >>> texts = ("全县开展了普查。", "农业和农村基本情况", "全县共调查了45个乡镇，其中镇37个。")
    >>> is_told_about([Paragraph(text, ((0, 0),)) for text in texts], 1)
    True
    """
    line = paragraphs[at].text.strip()
    noun = styles.load_expression(BOUNDARIES, "title_noun").search(line)
    if noun is None or noun["sure"] is None or len(line) < HEADLINE or not 0 < at < len(paragraphs) - 1:
        return False
    return _is_topic(paragraphs[at], "topic") and _is_ended(paragraphs[at - 1]) and _is_body(paragraphs[at + 1])


def find_explanations(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The lines that say what is explained right below them, where several do: the first is no title of all then.

    >>> texts = ("关于县级债务的说明", "全市政府债务余额3亿元。", "关于县级预算的说明", "县级预算收入安排4亿元。")
    >>> sorted(find_explanations([Paragraph(text, ((0, 0),)) for text in texts]))
    [0, 2]
    """
    explains = styles.load_expression(BOUNDARIES, "explains").fullmatch
    lines = (at for at, below in enumerate(paragraphs[1:]) if _is_body(below) and not _is_bullet(below))
    found = {at for at in lines if explains(paragraphs[at].text.strip())}
    return found if len(found) >= FEWEST else set()


def _is_headline(line: str) -> bool:
    return len(line) <= LONGEST and styles.load_expression(BOUNDARIES, "headline").fullmatch(line) is not None


def is_told(line: str) -> bool:
    """Whether a line may be a title that says how much something is, in one clause.

    >>> is_told("企业从业人员超3.5亿人"), is_told("企业从业人员"), is_told("2015—2019年产量3吨")
    (True, False, False)
    """
    amount = styles.load_expression(BOUNDARIES, "amount").search(line)
    return amount is not None and "，" not in line and not line[:1].isdigit() and _is_headline(line)


def _opens_article(paragraphs: Sequence[Paragraph], siblings: Sequence[int], topic: str) -> bool:
    """Whether the first of several titles is the headline of the article that the others stand in."""
    is_first = topic == ALONE and siblings[:1] == [0]
    return is_first and len(siblings) > FEWEST_ALONE and len(paragraphs[0].text.strip()) > CHAPTER


def _opens_excerpt(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first line is the title of the body right behind it, as where a chapter was cut out of its report."""
    if len(paragraphs) < 2 or len(paragraphs[0].text.strip()) > CHAPTER:
        return False
    return _is_topic(paragraphs[0], "topic") and _is_body(paragraphs[1])


def _find_siblings(paragraphs: Sequence[Paragraph], lines: range, topic: str) -> Iterator[int]:
    """The lines of words alone with a heading or a finished body in front and a body behind."""
    last = -1
    for at in lines:
        before = next((one for one in reversed(paragraphs[lines.start : at]) if not _is_caption(one)), None)
        is_first = before is None or _is_ended(before) or (last == at - 1 and topic == ALONE)
        if is_first and _is_topic(paragraphs[at], topic) and _is_over_body(paragraphs[at + 1 : at + 3], topic):
            yield (last := at)


def _is_over_body(below: Sequence[Paragraph], topic: str) -> bool:
    """Whether a body stands below a line, or a shorter line that is the title of one.

    >>> texts = ("地表水", "总体情况", "断面3641个，优良的占79.3%。")
    >>> above, title, body = (Paragraph(text, ((0, 0),)) for text in texts)
    >>> [_is_over_body(below, ALONE) for below in ([title, body], [body], [title, above])]
    [True, True, False]
    """
    if len(below) < 2 or topic != ALONE or _is_body(below[0]):
        return bool(below) and _is_body(below[0])
    return _is_topic(below[0], topic) and _is_body(below[1])


def _is_caption(paragraph: Paragraph) -> bool:
    """Whether a line says what a figure or a table shows."""
    return styles.load_expression("headings/plain", "caption").fullmatch(paragraph.text.strip()) is not None


def _is_topic(paragraph: Paragraph, topic: str) -> bool:
    expression = styles.load_expression(BOUNDARIES, topic)
    return paragraph.kind == "body" and expression.fullmatch(paragraph.text.strip()) is not None


def _is_body(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends as sentences do and is as long, or is an item of a list."""
    if _is_bullet(paragraph):
        return paragraph.kind == "body"
    return paragraph.kind == "body" and len(paragraph.text) >= BODY and _is_ended(paragraph)


def _is_ended(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends as sentences do, be a caption behind it or not, or as the items of a list may."""
    ends = (styles.load_expression(BOUNDARIES, name) for name in ("ended", "captioned"))
    return any(end.search(paragraph.text) for end in ends) or _is_bullet(paragraph)


def _is_bullet(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an item of a list that a mark begins.

    >>> _is_bullet(Paragraph("●起诉3831人，批捕26人", ((0, 0),))), _is_bullet(Paragraph("起诉3831人。", ((0, 0),)))
    (True, False)
    """
    return styles.load_expression(BOUNDARIES, "bullet").fullmatch(paragraph.text) is not None
