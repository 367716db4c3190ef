"""White space in a paragraph that lost its line breaks: whether it parts lines, or stands where lines were cut."""

from __future__ import annotations

from extractor.sections import styles

# A piece between spaces that is as long is no cell of a table.
LONG = 20
# From so many such pieces on, spaces may stand where lines were cut.
CUT = 8
BOUNDARIES = "headings/boundaries"


def find_line_ends(text: str) -> list[int]:
    """Behind the sentences that white space follows."""
    return [match.end() for match in styles.load_expression(BOUNDARIES, "line_end").finditer(text)]


def has_spaces(text: str) -> bool:
    """Whether spaces part lines: most long pieces between them end as sentences do, unlike lines that were cut."""
    long, finished = _count_long(text)
    return finished * 2 > long


def is_cut(text: str) -> bool:
    """Whether white space stands where lines were cut: behind many long pieces that do not end as sentences do."""
    if len(text.split()) <= CUT:
        return False
    long, finished = _count_long(text)
    return long >= CUT and finished * 2 <= long


def find_cuts(text: str) -> list[tuple[int, int]]:
    """The white space behind long pieces that parts no words."""
    return [cut.span() for cut in styles.load_expression(BOUNDARIES, "cut").finditer(text)]


def _count_long(text: str) -> tuple[int, int]:
    """How many long pieces stand between spaces, and how many of them end as sentences do."""
    ends = styles.load_expression(BOUNDARIES, "finished")
    pieces = styles.load_expression(BOUNDARIES, "long_piece").findall(text)
    long = [piece for piece in pieces[:-1] if len(piece) >= LONG]
    return len(long), sum(bool(ends.search(piece)) for piece in long)
