"""Lines that a page puts around the words of an article: when it was published, how often it was read, buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    """Whether an item is about the page, not of the article.

    >>> is_furniture(Line("发布时间：2025-03-01 10:20 浏览次数：1024")), is_furniture(Line("全年支出5万元。"))
    (True, False)
    """
    if isinstance(item, Drawn):
        cells = [cell.text for row in item.rows[:INDEX_ROWS] for cell in row]
        return any(map(find_expression("index").match, cells))
    return is_about_page(item.text)


def is_about_page(line: str) -> bool:
    """Whether a line is about the page: a label with its value, buttons, the site's own name, a page's number."""
    if len(line) > LONGEST or line.isdecimal():
        return False
    if is_page_number(line) or find_expression("labelled").fullmatch(line):
        return True
    return _is_about_site(line)


def _is_about_site(line: str) -> bool:
    """Whether a line consists of buttons and times, or names the site."""
    if find_expression("site").search(line):
        return True
    parts = list(filter(None, find_expression("between").split(line)))
    return all(map(find_expression("part").fullmatch, parts))


def find_title(items: Sequence[Item], title: str) -> range:
    """Which of the first items say a title, in one line or in several; the last of those that say it again."""
    wanted = _strip(title)
    found = range(0)
    for start in range(min(AMONG, len(items)) if wanted else 0):
        end = _find_end(items[start : start + MOST_LINES], wanted)
        found = range(start, start + end) if end else found
    return found


def _find_end(items: Sequence[Item], wanted: str) -> int:
    """How many of some items say the words ``wanted`` together; 0 if they do not."""
    said = ""
    for count, item in enumerate(items, start=1):
        said += _strip(item.text) if isinstance(item, Line) else ""
        if said == wanted:
            return count
    return 0


def find_head(items: Sequence[Item], title: str, first: Item) -> list[Item]:
    """The title and what stands between it and the item ``first``, with which the article begins; furniture is not.

    Empty where the title stands nowhere above the article, or more than the lines of a head between them.
    """
    if first not in items:
        return []
    above = list(drop(items[: items.index(first)]))
    said = find_title(above[-MOST_ABOVE:], title)
    head = above[-MOST_ABOVE:][said.start :] if said else []
    return head if all(map(_is_head, head)) else []


def _is_head(item: Item) -> bool:
    """Whether an item may stand between a title and its article: a day, an occasion, a name."""
    return isinstance(item, Line) and len(item.text) <= LONGEST_HEAD


def set_head(items: Sequence[Item]) -> Iterator[Item]:
    """What stands under a title; lines that are centred in front of the first paragraph are of it, and no headings."""
    is_above = True
    for item in items:
        is_above = is_above and isinstance(item, Line) and len(item.text) <= LONGEST_HEAD
        is_shown = is_above and isinstance(item, Line) and item.centered
        yield item._replace(large=False, centered=False) if isinstance(item, Line) and is_shown else item


def drop_above(items: Sequence[Item], title: str) -> list[Item]:
    """What stands above a title and is of the article: nothing where the page's index stands there."""
    is_index = any(isinstance(item, Line) and find_expression("label_alone").fullmatch(item.text) for item in items)
    return [] if is_index else [item for item in items if isinstance(item, Drawn) or _strip(item.text) != _strip(title)]


def _strip(words: str) -> str:
    return "".join(words.split())
