"""Text files become Documents: the text stays as it is, the paragraphs point into it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from extractor.documents import lines as words
from extractor.documents import tabular
from extractor.documents.encoding import decode
from extractor.documents.furniture import is_page_number
from extractor.documents.tabular import Kind, Line
from extractor.model import Document, InputError, Paragraph

# Widths are in halves of a Chinese character. Below this a column is no column but a list of short entries.
NARROWEST = 30
# A line is cut short of the column by at most a closing mark and a number that did not fit.
RAGGED = 8
FEWEST = 4
# The share of lines that may be longer than the column, as flattened rows of tables are.
OVERLONG = 0.25
# So many lines without print may part a page's number from its neighbours.
BLANK = 6


def read(data: bytes, name: str) -> Document:
    """The Document of a text file's bytes; its ``encoding`` is stated.

    Raises ``InputError`` (``input.undecodable``, ``input.binary``) for what is no text.
    """
    found = decode(data)
    if found is None:
        raise InputError("input.binary" if b"\0" in data else "input.undecodable", name=name)
    if not found[0].strip():
        raise InputError("input.empty", name=name)
    return _document(found[0], name, data, found[1])


def from_text(text: str, name: str) -> Document:
    r"""The Document of a text that is at hand as characters; offsets refer to ``text`` as given.

    >>> document = from_text("一、概况\n\u3000\u3000收入165.71万元。", "示例")
    >>> [paragraph.text for paragraph in document.paragraphs]
    ['一、概况', '收入165.71万元。']
    """
    return _document(text, name, text.encode("utf-8", "surrogatepass"), None)


def _document(text: str, name: str, data: bytes, encoding: str | None) -> Document:
    lines = list(_without_page_numbers(text, list(_lines(text))))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        text=text,
        paragraphs=tuple(_paragraphs(text, lines)),
        encoding=encoding,
    )


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for whole in text.splitlines(keepends=True):
        behind = whole.lstrip()
        printed = behind.rstrip()
        left = start + len(whole) - len(behind) if printed else start
        tab, indented = whole.startswith("\t"), left > start
        yield Line(left, left + len(printed), width(printed), tab, indented)
        start += len(whole)


def _without_page_numbers(text: str, lines: list[Line]) -> Iterator[Line]:
    """The lines without those that hold a page's number, alone beside a form feed."""
    edges = "\f" in text
    for at, line in enumerate(lines):
        printed = text[line.start : line.end]
        if not (edges and printed and is_page_number(printed) and _beside_form_feed(text, lines, at)):
            yield line


def _beside_form_feed(text: str, lines: list[Line], at: int) -> bool:
    """Whether nothing but white space stands between a line and a form feed."""
    before = next((line.end for line in reversed(lines[max(0, at - BLANK) : at]) if line.width), 0)
    behind = next((line.start for line in lines[at + 1 : at + 1 + BLANK] if line.width), len(text))
    return "\f" in text[before : lines[at].start] or "\f" in text[lines[at].end : behind]


def width(line: str) -> int:
    """The printed width in halves of a Chinese character, which is what GBK takes for it in bytes.

    >>> width("收入5家")
    7
    """
    return len(line.encode("gbk", "replace"))


def _paragraphs(text: str, lines: list[Line]) -> Iterator[Paragraph]:
    kinds = tabular.kinds(text, lines)
    column = _column(text, [line for line, kind in zip(lines, kinds, strict=True) if kind != "row"])
    at = 0
    while at < len(lines):
        last = at
        if kinds[at] == "cell":
            last = tabular.last_of_cell(text, lines, kinds, at)
        elif kinds[at] == "body":
            last = _last_joined(text, lines, kinds, at, column)
        group = [line for line in lines[at : last + 1] if line.end > line.start]
        if group:
            whole = [tabular.whole_row(text, line) for line in group] if kinds[at] == "row" else group
            yield _paragraph(text, whole, kinds[at])
        at = last + 1


# ── lines of a hard-wrapped text ─────────────────────────────────────────────────────────────────────────


def _column(text: str, lines: list[Line]) -> int | None:
    """The width at which the text was wrapped by hand or by a converter; None if a paragraph is a line."""
    widths = sorted(line.width for line in lines)
    cut = sorted(line.width for line, after in pairwise(lines) if _looks_cut(text, line, after))
    fitting = (column for column in sorted(set(cut)) if _is_column(column, cut, widths))
    return max(fitting, key=lambda column: _count(cut, column - RAGGED, column), default=None)


def _is_column(column: int, cut: list[int], widths: list[int]) -> bool:
    """Whether most lines that break off end at ``column``, and few lines run beyond it."""
    full = _count(cut, column - RAGGED, column)
    longer = len(widths) - bisect_right(widths, column + 2)
    beyond = _count(cut, column + 1, widths[-1])
    return full >= FEWEST and longer <= OVERLONG * full and beyond <= full


def _looks_cut(text: str, line: Line, after: Line) -> bool:
    if line.width < NARROWEST or after.width == 0 or line.tab:
        return False
    printed = text[line.start : line.end]
    return not words.closes(printed) and not words.is_contents_entry(printed)


def _count(ordered: list[int], low: int, high: int) -> int:
    return bisect_right(ordered, high) - bisect_left(ordered, low)


def _last_joined(text: str, lines: list[Line], kinds: list[Kind], at: int, column: int | None) -> int:
    """The index of the line with which the paragraph that starts at line ``at`` ends."""
    while column is not None and lines[at].width:
        following = _next_printed(text, lines, at)
        if following is None or kinds[following] == "row" or not _joins(text, lines[at], lines[following], column):
            break
        at = following
    return at


def _next_printed(text: str, lines: list[Line], at: int) -> int | None:
    """The next line; behind a form feed, the next one with something on it: a page break alone ends none."""
    following = at + 1
    while following < len(lines) and not lines[following].width:
        if "\f" not in text[lines[at].end : lines[following].end + 1]:
            return None
        following += 1
    return following if following < len(lines) else None


def _joins(text: str, line: Line, after: Line, column: int) -> bool:
    printed, next_printed = text[line.start : line.end], text[after.start : after.end]
    if after.indented or line.width > column + 2:
        return False
    parted = "\f" in text[line.end : after.start] and words.closes(printed)
    return line.width >= column - RAGGED and not parted and words.may_join(printed, next_printed)


def _paragraph(text: str, group: list[Line], kind: Kind) -> Paragraph:
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for line in group:
        if parts and words.needs_space(parts[-1][-1], text[line.start]):
            # The space takes the place of the line end, so that it too has an offset.
            parts.append(" ")
            length += 1
        pieces.append((length, line.start))
        parts.append(text[line.start : line.end])
        length += line.end - line.start
    return Paragraph("".join(parts), tuple(pieces), kind)
