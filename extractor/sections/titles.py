"""The document's own title, which is no section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from extractor.documents.model import Paragraph
from extractor.kept import compile_expression
from extractor.sections import markers, styles

# A title stands among the first paragraphs.
AMONG = 30
LONGEST = 60
# Shorter lines may be part of anything.
SHORTEST = 4
# So many pieces of no more than so many characters are the characters of one line.
APART, BESIDE = 4, 2
# What stands in brackets behind a title.
BRACKET = compile_expression(r"[（(][^（()）]{0,20}[)）]$")
# Patterns of the line that a document begins with.
OPENING = ("dated", "presents")
# It stands in at most so many lines.
MOST_LINES = 4


def find_title(paragraphs: Sequence[Paragraph], before: int, stated: str | None = None) -> tuple[str | None, set[int]]:
    """The title and the paragraphs that make it up, sought before paragraph ``before``.

    ``stated`` is what the file says its title is; it is taken where the text holds it and no line names its kind.
    """
    opening = paragraphs[: min(before, AMONG)]
    told = set(_find_stated(opening, stated))
    captured = styles.load_expression("headings/document", "captured")
    for index, paragraph in enumerate(opening):
        match = captured.fullmatch(paragraph.text.strip())
        if match:
            return match["title"].strip(), {index}
    for index in range(len(opening)):
        if _names_document(opening, index):
            lines = range(_find_first(opening, index), _find_last(opening, index) + 1)
            printed = "".join(_read_line(opening[at]) for at in lines)
            if not stated and index == 0 and _is_named(opening[0], "part"):
                break
            title = _complete(_drop_note(printed), stated)
            again = {index + 1 + at for at in _find_stated(opening[index + 1 :], title)}
            return title, told | set(lines) | again | set(_find_repeated(opening[:index], title))
    return stated if told else None, told


def _drop_note(line: str) -> str:
    """A line without the mark of a note at its end."""
    return str(styles.load_expression("headings/document", "noted").sub("", line))


def _complete(title: str, stated: str | None) -> str:
    """A title as the file states it, if that holds its words: a line of it may have been found alone.

    >>> _complete("2026年预算草案的报告（书面）", "某市2025年预算执行情况和2026年预算草案的报告")
    '某市2025年预算执行情况和2026年预算草案的报告'
    """
    bare = BRACKET.sub("", "".join(title.split()))
    return stated if stated and bare in "".join(stated.split()) else title


def _find_stated(opening: Sequence[Paragraph], stated: str | None) -> range:
    """The lines that say together what the file says its title is; none where that is no title."""
    wanted = "".join((stated or "").split())
    for start, first in enumerate(opening):
        said = ""
        for end, paragraph in enumerate(opening[start : start + MOST_LINES], start=start + 1):
            said += "".join(_drop_note(paragraph.text).split())
            if said == wanted and is_title_line(first):
                return range(start, end)
    return range(0)


def is_title_line(paragraph: Paragraph) -> bool:
    """Whether a line can be a title: short, unnumbered, without a sentence's marks.

    >>> is_title_line(Paragraph("某街道2020年绩效评价报告", ((0, 0),)))
    True
    """
    text = paragraph.text.strip()
    if paragraph.kind != "body" or len(text) > LONGEST:
        return False
    if text.endswith("。") or markers.read_marker(text) is not None:
        return False
    return styles.load_expression("headings/boundaries", "clause").search(text) is None


def _read_line(paragraph: Paragraph) -> str:
    """A line without the room between characters that are set apart to fill it, be some of them side by side.

    >>> [_read_line(Paragraph(text, ((0, 0),))) for text in ("政 府 工 作报 告", "某镇 2024年 预算")]
    ['政府工作报告', '某镇 2024年 预算']
    """
    pieces = paragraph.text.split()
    is_apart = len(pieces) >= APART and all(len(piece) <= BESIDE for piece in pieces)
    return "".join(pieces) if is_apart else paragraph.text.strip()


def _is_named(paragraph: Paragraph, pattern: str) -> bool:
    """Whether a line names what the document is, in the way of one of the patterns."""
    text = _read_line(paragraph)
    if not is_title_line(paragraph) or styles.load_alternatives("headings/plain").fullmatch(text):
        return False
    return styles.load_expression("headings/document", pattern).fullmatch(text) is not None


def _names_document(opening: Sequence[Paragraph], index: int) -> bool:
    """Whether a line names the document, and not as the entry of a menu does, which is but the end of its title."""
    if not index and any(_is_named(opening[index], pattern) for pattern in OPENING):
        return True
    if not _is_named(opening[index], "genre"):
        return False
    text = opening[index].text.strip()
    if len(text) < SHORTEST and _has_sentence(opening[:index]):
        return False
    return not any(_ends_in(one.text.strip(), text) and _is_named(one, "genre") for one in opening[index + 1 :])


def _has_sentence(above: Sequence[Paragraph]) -> bool:
    """Whether a sentence stands above a line: a word for a kind of report is the title of a part there (总结)."""
    ended = styles.load_expression("headings/boundaries", "ended")
    return any(ended.search(one.text) for one in above)


def _ends_in(line: str, end: str) -> bool:
    """Whether a line ends in a shorter one, which stands nowhere else in it."""
    return 0 < line.find(end) == len(line) - len(end)


def _find_first(opening: Sequence[Paragraph], last: int) -> int:
    """The first line of a title that ends in line ``last``: those set as large as it directly above belong to it."""
    above = takewhile(_is_large_line, reversed(opening[:last])) if opening[last].large else ()
    first = last - len(list(above))
    return first - 1 if first and _is_cut(opening[first - 1]) else first


def _find_last(opening: Sequence[Paragraph], first: int) -> int:
    """The line in which a title ends that goes over several, of which the first one ends as a title might."""
    over, said = styles.load_expression("headings/document", "wrapped"), opening[first].text.strip()
    for at, line in enumerate(opening[first + 1 : first + MOST_LINES], start=first + 1):
        said += line.text.strip()
        if not is_title_line(line):
            break
        if over.fullmatch(said):
            return at
    return first


def _is_cut(paragraph: Paragraph) -> bool:
    """Whether a line that can be a title's ends where none can."""
    if not is_title_line(paragraph) or styles.load_alternatives("headings/plain").fullmatch(paragraph.text.strip()):
        return False
    return styles.load_expression("headings/boundaries", "no_end").search(paragraph.text.strip()) is not None


def _find_repeated(opening: Sequence[Paragraph], title: str) -> Iterator[int]:
    """The lines that say no more than a part of the title."""
    whole = "".join(title.split())
    for at, paragraph in enumerate(opening):
        line = "".join(paragraph.text.split())
        if len(line) >= SHORTEST and line in whole:
            yield at


def _is_large_line(paragraph: Paragraph) -> bool:
    return paragraph.large and len(paragraph.text) <= LONGEST
