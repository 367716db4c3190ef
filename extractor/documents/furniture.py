"""What stands on a page without being of the text: running headers and footers, page numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from functools import cache

import regex

from extractor import patterns
from extractor.documents.layout import Line
from extractor.documents.lines import Expression

# The shares of the page's height in which furniture stands: nothing of the text recurs there at one place. What is
# known to be furniture may stand further in: the margin of a page that lies on its side is a larger share of it.
MARGIN = 0.09
WIDER_MARGIN = 0.13
# A header recurs at one height (to this many points) on this many pages.
PLACE = 4.0
PAGES = 3
# Words, rather than a mark or two, that say the same wherever they stand in a margin.
NAMED = 5

Key = tuple[str, int]


def furniture(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[set[int]]:
    """For each page, given as its height and its lines, the indices of the lines to set aside."""
    counts = Counter(key for height, lines in pages for key in {_key(line) for line in _marginal(height, lines)})
    # What runs along most pages stands elsewhere on those of another size.
    running = {key for key, count in counts.items() if count >= PAGES}
    named = {text for text, _ in running if len(text) >= NAMED}
    return [_of_page(height, lines, running, named) for height, lines in pages]


def _of_page(height: float, lines: Sequence[Line], running: Set[Key], named: Set[str]) -> set[int]:
    found = set()
    for index, line in enumerate(lines):
        key = _key(line)
        runs = _in_margin(height, line, MARGIN) and key in running
        if runs or (_in_margin(height, line, WIDER_MARGIN) and (key[0] in named or is_page_number(line.text))):
            found.add(index)
    return found


def _marginal(height: float, lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if _in_margin(height, line, MARGIN)]


def is_page_number(line: str) -> bool:
    """Whether a line looks like a page's number and nothing else.

    >>> is_page_number("— 12 —"), is_page_number("12家")
    (True, False)
    """
    return _page_number().fullmatch(line) is not None


def _in_margin(height: float, line: Line, share: float) -> bool:
    return line.bottom <= share * height or line.top >= (1 - share) * height


def _key(line: Line) -> Key:
    """The line without its digits, which count pages, and its place."""
    return "".join(char for char in line.text if not char.isdigit()), round(line.middle / PLACE)


@cache
def _page_number() -> regex.Pattern[str]:
    loaded = patterns.load("documents/furniture", Expression)
    key, entry = next(iter(loaded.items()))
    return patterns.compiled(key, entry.expression)
