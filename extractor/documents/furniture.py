"""What stands on a page without being of the text: running headers and footers, page numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from functools import cache
from itertools import filterfalse

import regex
from msgspec import Struct

from extractor import patterns
from extractor.documents.layout import Line
from extractor.documents.lines import Expression
from extractor.needed import Characters, find_first, find_last

# The shares of the page's height in which furniture stands: nothing of the text recurs there at one place. What is
# known to be furniture may stand further in: the margin of a page that lies on its side is a larger share of it.
MARGIN = 0.09
WIDER_MARGIN = 0.13
# A gazette's header stands a little further in: it opens so many pages, and most that have lines of text.
OPENED = 5
FEWEST_LINES = 8
# A header recurs at one height (to this many points) on this many pages.
PLACE = 4.0
PAGES = 3
# Words, rather than a mark or two, that say the same wherever they stand in a margin.
NAMED = 5

# A line without its digits, and its place on the page in steps of ``PLACE``.
Key = tuple[str, int]


class Running(Struct, frozen=True):
    """What runs along the pages: lines at their places, and words that stand elsewhere on pages of another size.

    ``openings`` are the lines that stand further in than in a margin.
    """

    keys: Set[Key]
    openings: Set[Key]
    words: Set[str]


def find_furniture(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[set[int]]:
    """For each page, given as its height and its lines, the indices of the lines to set aside."""
    running = _find_running(pages)
    return [_find_aside(height, lines, running) for height, lines in pages]


def _find_running(pages: Sequence[tuple[float, Sequence[Line]]]) -> Running:
    """The lines that recur in the margins of several pages."""
    counts: Counter[Key] = Counter()
    for height, lines in pages:
        counts.update({_make_key(line) for line in lines if _is_marginal(height, line, MARGIN)})
    keys = {key for key, count in counts.items() if count >= PAGES}
    words = {text for text, _ in keys if len(text) >= NAMED}
    return Running(keys, _find_openings(pages), words)


def _find_openings(pages: Sequence[tuple[float, Sequence[Line]]]) -> set[Key]:
    """What stands above the text of most pages that have one, a little further in than in a margin.

    Pages without lines of text are those of tables: what recurs on them is the title of a long one.
    """
    texts = [(height, lines[0]) for height, lines in pages if len(lines) >= FEWEST_LINES]
    opened = [line for height, line in texts if _is_marginal(height, line, WIDER_MARGIN)]
    counts = Counter(map(_make_key, opened))
    return {key for key, count in counts.items() if count >= OPENED and count * 2 > len(texts)}


def _find_aside(height: float, lines: Sequence[Line], running: Running) -> set[int]:
    """The indices of a page's lines that are furniture."""
    found = set()
    for index, line in enumerate(lines):
        if _is_marginal(height, line, WIDER_MARGIN) and _is_furniture(height, line, running):
            found.add(index)
    return found


def _is_furniture(height: float, line: Line, running: Running) -> bool:
    """Whether a line in the wider margin counts the pages, or runs along them."""
    key = _make_key(line)
    if key in running.openings or key[0] in running.words or is_page_number(line.text):
        return True
    return key in running.keys and _is_marginal(height, line, MARGIN)


def is_page_number(line: str) -> bool:
    """Whether a line looks like a page's number and nothing else.

    >>> is_page_number("— 12 —"), is_page_number("12家")
    (True, False)
    """
    return load_expression("page_number").fullmatch(line) is not None


@cache
def list_outer(id_: str) -> tuple[Characters, Characters]:
    """The characters that an expression begins and ends with; none where that cannot be told."""
    expression = load_expression(id_).pattern
    return find_first(expression), find_last(expression)


def _is_marginal(height: float, line: Line, share: float) -> bool:
    """Whether a line stands in the upper or lower ``share`` of a page."""
    return line.bottom <= share * height or line.top >= (1 - share) * height


def _make_key(line: Line) -> Key:
    """The line without its digits, which count pages, and its place."""
    words = "".join(filterfalse(str.isdigit, line.text))
    return words, round(line.middle / PLACE)


@cache
def load_expression(id_: str) -> regex.Pattern[str]:
    """The expression of one pattern of furniture."""
    key = f"documents/furniture.{id_}"
    return patterns.compiled(key, patterns.load("documents/furniture", Expression)[key].expression)
