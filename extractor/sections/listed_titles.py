"""A table of contents whose lines were lost: where its entries end, and where their titles come back in the text."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.sections import contents, markers, styles

# So many leaders make a table of contents.
FEWEST = 3
# A shorter title may be a word of any sentence.
SHORTEST = 4
# So much may stand in front of a title on its line: a marker, the name of the entity.
AHEAD = 40
BOUNDARIES = "headings/boundaries"


def find_leaders(text: str) -> list[tuple[int, int]]:
    """Where the leaders of a table of contents stand."""
    return [leader.span() for leader in styles.load_expression(BOUNDARIES, "leader").finditer(text)]


def find_breaks(text: str) -> Iterator[int]:
    """Where lines began and ended, from the leaders of a table of contents and from what it lists.

    >>> from itertools import pairwise
    >>> text = "目录一、机构设置……1二、收支情况……2三、名词解释……3某局机构设置本局有两科。收支情况收入3亿元。"
    >>> places = sorted({0, *find_breaks(text), len(text)})
    >>> [text[start:end] for start, end in pairwise(places)][4:]
    ['某局机构设置', '本局有两科。', '收支情况', '收入3亿元。']
    """
    leaders = find_leaders(text)
    if len(leaders) < FEWEST:
        return
    ends = [end for _, end in leaders]
    yield from ends
    announced = styles.load_expression(BOUNDARIES, "announcement").search(text, 0, leaders[0][0])
    yield from announced.span() if announced else ()
    at = ends[-1]
    for start, (end, _) in zip([0, *ends], leaders, strict=False):
        span = _find_again(text, _read_title(text[start:end]), at)
        if span is not None:
            yield from span
            at = span[1]


def _read_title(line: str) -> str:
    """The title of an entry as it is looked for: behind what announces the contents and behind its marker."""
    announced = styles.load_expression(BOUNDARIES, "announcement").search(line)
    line = line[announced.end() :] if announced else line
    marker = markers.read_marker(line)
    return contents.make_key(line[marker.end :] if marker else line)


def _find_again(text: str, title: str, at: int) -> tuple[int, int] | None:
    """The line of a title where it comes back behind ``at``: it begins where something ended, and a body goes on."""
    if len(title) < SHORTEST:
        return None
    start = text.find(title, at)
    while start >= 0:
        end = start + len(title)
        first = max(at, start - AHEAD)
        before = styles.load_expression(BOUNDARIES, "line_ahead").search(" " + text[first:start])
        if before is not None and not _goes_on(text[end : end + AHEAD]):
            return first + before.end() - 1, end
        start = text.find(title, end)
    return None


def _goes_on(behind: str) -> bool:
    """Whether the sentence goes on that has the words of a title in it."""
    expressions = (styles.load_expression(BOUNDARIES, name) for name in ("no_begin", "goes_on"))
    return any(expression.match(behind.lstrip()) for expression in expressions)
