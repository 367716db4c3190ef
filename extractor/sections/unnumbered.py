"""Where lines began in a text that lost them and has no numbered headings, and around titles that are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise, zip_longest

import regex

from extractor import words
from extractor.sections import lost, spaces, styles, topics
from extractor.sections.title_ends import LONGEST

# So many characters are a line rather than a letter-spaced word or a number.
WORDS = 5
# The halves of a title that has two have so many characters each.
HALVES = range(4, 13)
# So much of a text may stand in front of its body.
FRONT = 200
# So many fields in front of a text are those of a saved page.
FIELDS = 3
# So many titles of two halves are no chance.
COUPLETS = 2
# So many titles in front of a time are no chance.
TIMED = 2
# The title of a chapter that was cut out is no longer.
EXCERPT = 9
# A known title is no shorter.
KNOWN = 4
# So many sentences with white space behind them tell that it parts paragraphs, where others have none.
FEWEST = 3
# Where white space parts paragraphs, no larger share of sentences has it behind it.
MOST = 0.7
BOUNDARIES = "headings/boundaries"


def find_breaks(text: str) -> list[int]:
    """Where lines began in a text without numbered headings."""
    places = {*_find_paragraphs(text), *find_known(text, (0,)), *find_front(text, FRONT), *find_captions(text)}
    return sorted(places.union(_find_couplets(text), _find_timed(text)) - {0, len(text)})


def _find_timed(text: str) -> list[int]:
    """Around the titles behind sentences that a body is glued to which begins with a time, if there are several.

    >>> text = "公报发布。从业人员大幅增加2013年末，从业人员3亿人。私营企业快速发展截至2013年底，企业560万家。"
    >>> [text[start:end] for start, end in pairwise(_find_timed(text))]
    ['从业人员大幅增加', '2013年末，从业人员3亿人。', '私营企业快速发展']
    """
    found = [one.span("line") for one in styles.load_expression(BOUNDARIES, "timed_title").finditer(text)]
    return [place for span in found for place in span] if len(found) >= TIMED else []


def find_front(text: str, first: int) -> Iterator[int]:
    """Around the document's title, who published it, and where a page says it comes from, up to the ``first`` heading.

    >>> text = "某市2025年统计公报某市统计局2026年4月28日2025年，全市生产总值3亿元。"
    >>> sorted({text[place:] for place in find_front(text, 40)}, key=len)[:2]
    ['2025年，全市生产总值3亿元。', '某市统计局2026年4月28日2025年，全市生产总值3亿元。']
    """
    yield from find_fields(text, first)
    for name in ("front", "metadata"):
        match = styles.load_expression(BOUNDARIES, name).search(text, 0, first)
        if match:
            yield from match.span("line")
            imprint = styles.load_expression(BOUNDARIES, "imprint").match(text, match.end("line"))
            yield from imprint.span("line") if imprint else ()


def find_excerpt(text: str) -> Iterator[int]:
    """Where the title ends that a chapter begins with which was cut out of its report, in front of a time.

    >>> list(find_excerpt("审判工作2006年，全省法院收案32万件。")), list(find_excerpt("某县2006年，收案32万件。"))
    ([4], [])
    """
    opens, noun, chapter = (
        styles.load_expression(BOUNDARIES, name) for name in ("opens_time", "title_noun", "chapter")
    )
    ends = (end for end in range(KNOWN, EXCERPT) if opens.match(text[end : end + LONGEST].lstrip()))
    yield from (end for end in ends if noun.search(text, 0, end) or chapter.fullmatch(text, 0, end))


def find_told(text: str) -> Iterator[int]:
    """Around the pieces behind a sentence and in front of a body that end in a noun that titles alone end in.

    >>> text = "全县开展普查。 农业和农村基本情况 全县共调查了45个乡镇，其中镇37个，乡8个。"
    >>> [text[place:] for place in find_told(text)][1]
    ' 全县共调查了45个乡镇，其中镇37个，乡8个。'
    """
    topic, ended, noun = (styles.load_expression(BOUNDARIES, name) for name in ("topic", "ended", "title_noun"))
    pieces = list(styles.load_expression(BOUNDARIES, "piece").finditer(text))
    for before, piece, body in zip(pieces, pieces[1:], pieces[2:], strict=False):
        last = noun.search(piece[0]) if len(body[0]) >= spaces.LONG and ended.search(before[0]) else None
        if last and last["sure"] and len(piece[0]) > WORDS and topic.fullmatch(piece[0]):
            yield from piece.span()


def find_fields(text: str, first: int) -> list[int]:
    """Where the fields begin that a saved page has in front of its text, and the text itself.

    >>> text = "标题: 某县统计公报 发布时间: 2024-12-29 文号: 无 ======= 正文 ======= 全年增长3%。"
    >>> [text[place:][:4] for place in find_fields(text, len(text))]
    ['标题: ', '发布时间', '文号: ', '====', '全年增长']
    """
    fields = styles.load_expression(BOUNDARIES, "page_field").finditer(text, 0, first)
    found = [field.start() if field[0].strip() else field.end() for field in fields]
    return found if len(found) >= FIELDS else []


def find_captions(text: str) -> Iterator[int]:
    """Around the captions of figures over several years that stand between two bodies.

    >>> text = "产量3吨，增长5%。2015-2019年粮食产量年末农机总动力7千瓦。"
    >>> [text[place:] for place in find_captions(text)]
    ['2015-2019年粮食产量年末农机总动力7千瓦。', '年末农机总动力7千瓦。']
    """
    for caption in styles.load_expression(BOUNDARIES, "caption").finditer(text):
        yield from caption.span("line")


def find_openers(text: str) -> Iterator[int]:
    """Where what opens lines stands behind a sentence: an item behind a dash, who is addressed, the year of a review.

    >>> text = "请予审议。各位代表：现报告如下。——收入增长。——支出下降。过去的一年极不寻常。"
    >>> [text[place:][:4] for place in find_openers(text)]
    ['各位代表', '——收入', '——支出', '过去的一']
    """
    yield from (found.end() for found in styles.load_expression(BOUNDARIES, "line_opens").finditer(text))


def _find_couplets(text: str) -> list[int]:
    """Around the titles of two halves behind sentences, if there are several."""
    found = styles.load_expression(BOUNDARIES, "couplet").finditer(text)
    couplets = [(one.start("left"), one.end() + len(one["left"])) for one in found if _is_couplet(text, one)]
    return [place for couplet in couplets for place in couplet] if len(couplets) >= COUPLETS else []


def _is_couplet(text: str, left: regex.Match[str]) -> bool:
    """Whether a half as long stands behind the gap, where words end, and the one in front is no title by itself."""
    end = left.end() + len(left["left"])
    right = text[left.end() : end]
    if styles.load_expression(BOUNDARIES, "title_noun").search(left["left"]):
        return False
    return len(right) in {word.end for word in words.cut(text[left.end() : end + WORDS])} and is_pair(
        left["left"], right
    )


def _find_paragraphs(text: str) -> list[int]:
    """Where paragraphs began if white space parts them: it stands behind some sentences and not behind others."""
    ends = spaces.find_line_ends(text)
    sentences = len(styles.load_expression(BOUNDARIES, "sentences").findall(text))
    if not FEWEST <= len(ends) <= MOST * sentences or not spaces.has_spaces(text):
        return []
    return sorted({*_find_front(text), *_find_topics(text), *find_titles(text, ()), *ends} - {0, len(text)})


def _find_front(text: str) -> Iterator[int]:
    """Where the lines begin that stand in front of the first sentence, and the sentence itself."""
    pieces = styles.load_expression(BOUNDARIES, "piece").finditer(text)
    for before, piece in pairwise(pieces):
        if styles.load_expression(BOUNDARIES, "title_stop").search(before[0]):
            return
        if min(len(before[0]), len(piece[0])) >= WORDS:
            yield piece.start()


def _find_topics(text: str) -> Iterator[int]:
    """Around the titles that stand between white space behind a sentence and in front of a body."""
    finished, topic = (styles.load_expression(BOUNDARIES, name) for name in ("ended", "dated_topic"))
    pieces = list(styles.load_expression(BOUNDARIES, "piece").finditer(text))
    for before, piece, body in zip(pieces, pieces[1:], pieces[2:], strict=False):
        is_topic = len(piece[0]) >= WORDS and (topic.fullmatch(piece[0]) or topics.is_told(piece[0]))
        if is_topic and finished.search(before[0]) and len(body[0]) >= spaces.LONG:
            yield from piece.span()
    for before, left, right, body in zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False):
        is_couplet = topic.fullmatch(left[0]) and topic.fullmatch(right[0]) and is_pair(left[0], right[0])
        if is_couplet and finished.search(before[0]) and len(body[0]) >= spaces.LONG:
            yield from (left.start(), right.end())


def is_pair(left: str, right: str) -> bool:
    """Whether two phrases are the halves of one title: as long as each other, and not the same.

    >>> is_pair("发挥基金作用", "推动项目投资"), is_pair("收入", "支出"), is_pair("收入情况", "财政拨款支出情况")
    (True, False, False)
    """
    return left != right and len(left) == len(right) and len(left) in HALVES


def find_titles(text: str, behind: Collection[int], start: int = 0) -> Iterator[int]:
    """Around the known titles from ``start`` on that stand apart where spaces part lines, not ``behind`` markers."""
    before = 0
    pieces = list(styles.load_expression(BOUNDARIES, "piece").finditer(text, start))
    for piece, body in zip_longest(pieces, pieces[1:]):
        if lost.name_title(piece[0]) or (body and _comes_again(piece[0], body[0])):
            yield piece.end()
            if before not in behind:
                yield piece.start()
        before = piece.end()


def _comes_again(piece: str, body: str) -> bool:
    """Whether a piece is a title that comes again under each heading, over a body of its own."""
    again, finished = (styles.load_expression(BOUNDARIES, name) for name in ("again", "ended"))
    return len(body) >= spaces.LONG and again.fullmatch(piece) is not None and finished.search(body) is not None


def find_known(text: str, titles: Collection[int] = (), starts: Collection[int] = ()) -> Iterator[int]:
    """Around the known titles that nothing parts from what ended in front and the body behind.

    ``titles`` are places where titles end, ``starts`` those where markers stand.

    >>> text = "请予审议。2023年工作回顾2023年增长5%。"
    >>> [text[place:] for place in find_known(text)]
    ['2023年工作回顾2023年增长5%。', '2023年增长5%。']
    """
    openers = styles.load_alternatives("headings/openers")
    ahead = (ended.end() for ended in styles.load_expression(BOUNDARIES, "ahead").finditer(text))
    for start in sorted({*ahead, *titles}):
        opened = {opener.start() for opener in openers.finditer(text, start + KNOWN, start + LONGEST)}
        places = sorted(opened | {place for place in range(start + KNOWN, start + LONGEST) if place in starts})
        end = next((place for place in places if lost.name_title(text[start:place])), None)
        yield from () if end is None else (start, end)
