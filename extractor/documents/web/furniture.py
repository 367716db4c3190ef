"""Lines that a page puts around the words of an article: when it was published, how often it was read, buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import TypeGuard

from msgspec.structs import replace

from extractor.documents.furniture import is_page_number
from extractor.documents.web.blocks import Drawn, Item, Line
from extractor.documents.web.tree import find_expression

# A longer line is one of the article.
LONGEST = 160
# The title of an article stands among its first lines, over at most so many of them.
AMONG = 12
MOST_LINES = 4
# Above an article, its head has at most so many lines: the title, the occasion, who wrote it; none is longer.
MOST_ABOVE = 8
LONGEST_HEAD = 100
# A table that says of the page what its index holds does so in its first rows.
INDEX_ROWS = 2


def drop(items: Iterable[Item]) -> Iterator[Item]:
    """The items without those that are furniture."""
    return (item for item in items if not is_furniture(item))


def is_furniture(item: Item) -> bool:
    r"""Whether an item is about the page, not of the article.

    >>> [is_furniture(Line(text)) for text in ("发布时间：2025-03-01 10:20 浏览次数：1024", "【我要打印】", "\ue602|")]
    [True, True, True]
    >>> [is_furniture(Line(text)) for text in ("全年支出5万元。", "文物保存", "***")]
    [False, False, False]
    """
    if isinstance(item, Drawn):
        cells = [cell.text for row in item.rows[:INDEX_ROWS] for cell in row]
        return any(map(find_expression("index").match, cells))
    return is_about_page(item.text)


def is_about_page(line: str) -> bool:
    """Whether a line is about the page: a label with its value, buttons, the site's own name, a page's number, bars."""
    if len(line) > LONGEST or find_expression("written").search(line):
        return False
    whole = (find_expression("labelled").fullmatch, find_expression("ornament").fullmatch)
    return any(test(line) for test in (is_page_number, *whole, find_expression("site").search, _has_only_buttons))


def _has_only_buttons(line: str) -> bool:
    """Whether a line consists of buttons and times."""
    parts = list(filter(None, find_expression("between").split(line)))
    if not any(map(find_expression("told").fullmatch, parts)):
        return False
    return all(map(find_expression("part").fullmatch, parts))


def find_title(items: Sequence[Item], title: str) -> range:
    """Which of the first items say a title, in one line or in several; the last of those that say it again."""
    starts = range(min(AMONG, len(items)))
    found = [range(start, start + _count_lines(items[start : start + MOST_LINES], _strip(title))) for start in starts]
    return next(filter(None, reversed(found)), range(0))


def _count_lines(items: Sequence[Item], wanted: str) -> int:
    """How many of some items say the words ``wanted`` together; 0 if they do not."""
    said = accumulate(_strip(item.text) if isinstance(item, Line) else "" for item in items)
    return next((count for count, words in enumerate(said, start=1) if words == wanted), 0)


def find_head(items: Sequence[Item], title: str, first: Item) -> list[Item]:
    """The title and what stands between it and the item ``first``, with which the article begins; furniture is not.

    Empty where the title stands nowhere above the article, or more than the lines of a head between them.
    """
    if first not in items:
        return []
    above = list(drop(items[: items.index(first)]))[-MOST_ABOVE:]
    said = find_title(above, title)
    if not said:
        return []
    return above[said.start :] if all(map(_is_head, above[said.start :])) else []


def _is_head(item: Item) -> TypeGuard[Line]:
    """Whether an item may stand between a title and its article: a day, an occasion, a name."""
    return isinstance(item, Line) and len(item.text) <= LONGEST_HEAD


def set_head(items: Sequence[Item]) -> Iterator[Item]:
    """What stands under a title; lines that are centred in front of the first paragraph are of it, and no headings."""
    head = list(takewhile(_is_head, items))
    for item in filter(_is_head, head):
        yield replace(item, large=False, centered=False) if item.centered else item
    yield from items[len(head) :]


def drop_above(items: Sequence[Item], title: str) -> list[Item]:
    """What stands above a title and is of the article: nothing where the page's index stands there."""
    if any(map(_is_label, items)):
        return []
    return [item for item in items if _count_lines([item], _strip(title)) == 0]


def _is_label(item: Item) -> bool:
    """Whether an item is a label of the page's index, whose value stands in the next line."""
    return isinstance(item, Line) and find_expression("label_alone").fullmatch(item.text) is not None


def _strip(words: str) -> str:
    return "".join(words.split())
