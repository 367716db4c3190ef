"""Rests of markup in a text that was saved from a page or from Word: what it shows, with its place in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape

import msgspec
from msgspec import Struct

from extractor.documents.model import Document, Paragraph, RuledCell, RuledTable
from extractor.kept import compile_expression

# Elements that end a line, those that end a cell, and the others that texts are saved with.
LINES = "address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|li|ol|p|pre|section|table|tr|ul"
CELLS = "td|th"
OTHERS = (
    "a|abbr|b|big|caption|col|colgroup|em|font|i|img|input|label|link|meta|s|small|span|strike|strong|sub|sup|tbody"
    "|tfoot|thead|title|u|ul|(?:o|v|w|x|st1|m):\\w+"
)
# What shows nothing, whatever is in it, by what it opens with: comments, styles, scripts, what Word says of itself.
HIDDEN = compile_expression(r"(?i)<!--|<(?P<name>style|script|xml)\b[^<>]{0,400}+>")
# Styles whose element was lost: .MsoNormal{mso-style-name:…}
STYLE = (
    r"(?<![^\s;}>])[@.#A-Za-z][A-Za-z0-9\s.#:,*@_-]{0,200}+"
    r"\{[^{}]{0,400}?(?:mso-|font-|margin|text-align)[^{}]{0,4000}+\}"
)
SIGN = compile_expression(
    rf"(?i:</?(?:(?P<line>{LINES})|(?P<cell>{CELLS})|{OTHERS})(?:\s[^<>]{{0,2000}}+)?/?>|<[?!][^<>]{{0,400}}+>)"
    rf"|(?P<style>{STYLE})"
    r"|(?P<name>&(?:[A-Za-z][A-Za-z0-9]{1,30}+|#[0-9]{1,7}+|#[xX][0-9A-Fa-f]{1,6}+);)"
)
# What a text has that has any of these.
MARKS = "<&{"
# Characters that show nothing where they stand.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class Shown(Struct, frozen=True):
    """What a text with markup shows, and the places of it: pairs of one in ``text`` and that of it in the file."""

    text: str
    places: Sequence[tuple[int, int]]

    def find_place(self, at: int) -> int:
        """Where the character at a place of the text stands in the file.

        >>> shown = read_markup("收入&nbsp;3亿元")
        >>> shown.find_place(shown.text.index("3"))
        8
        """
        here, start = self.places[bisect_right(self.places, at, key=lambda place: place[0]) - 1]
        return start + at - here


def has_markup(text: str) -> bool:
    """Whether there may be markup in a text.

    >>> has_markup("收入<3亿元"), has_markup("收入&nbsp;3亿元"), has_markup("A&B公司")
    (False, True, False)
    """
    if not any(mark in text for mark in MARKS):
        return False
    return SIGN.search(text) is not None or HIDDEN.search(text) is not None


def read_markup(text: str) -> Shown:
    r"""What a text shows without its markup, a line for each block and a tab behind each cell.

    >>> read_markup("<p>收入&ensp;3亿元，</p>增&shy;长5%<br>支出<!-- x -->2亿元").text.split()
    ['收入', '3亿元，', '增长5%', '支出2亿元']
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for part, start in _find_parts(text):
        parts.append(part)
        places.append((length, start))
        length += len(part)
    return Shown("".join(parts), places)


def _find_parts(text: str) -> Iterator[tuple[str, int]]:
    """The stretches between marks, and what stands for these, each with its place."""
    at = 0
    for start, end in _find_hidden(text):
        yield from _find_shown(text, at, start)
        at = end
    yield from _find_shown(text, at, len(text))


def _find_hidden(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that show nothing; one without an end shows what is in it."""
    at, unclosed = 0, set[str]()
    while opening := HIDDEN.search(text, at):
        close = f"</{opening['name'].lower()}" if opening["name"] else "-->"
        found = _find_close(text, close, opening.end()) if close not in unclosed else None
        if found is None:
            unclosed.add(close)
            at = opening.end()
            continue
        yield opening.start(), found
        at = found


def _find_close(text: str, close: str, start: int) -> int | None:
    """Behind what closes a stretch, letters large or small; None where nothing does."""
    found = next((at for at in (text.find(one, start) for one in (close, close.upper())) if at >= 0), -1)
    end = text.find(">", found) if found >= 0 else -1
    return end + 1 if end >= 0 else None


def _find_shown(text: str, at: int, end: int) -> Iterator[tuple[str, int]]:
    """What a stretch shows that hides nothing; line ends beside the marks of cells part nothing."""
    is_behind_cell = False
    for sign in SIGN.finditer(text, at, end):
        stretch, is_cell = text[at : sign.start()], sign["cell"] is not None
        if not ((is_cell or is_behind_cell) and stretch.isspace()):
            yield stretch, at
        is_end = is_cell and sign[0].startswith("</")
        yield ("\n" if sign["line"] else "\t" if is_end else _read_name(sign["name"])), sign.start()
        at, is_behind_cell = sign.end(), is_cell
    yield text[at:end], at


def _read_name(name: str | None) -> str:
    """The character that a name stands for; a name that is none stays as it is."""
    character = unescape(name or "")
    if len(character) > 1:
        return name or ""
    return "" if character in UNSEEN else character


def read_lines(text: str, at: int) -> Iterator[Paragraph]:
    r"""The lines that a stretch with markup shows, which stands ``at`` a place of its file: of several cells as rows.

    >>> [(one.text, one.kind, one.start) for one in read_lines("<p>收入<b>3</b>亿元</p><td>支出</td><td>2</td>", 10)]
    [('收入3亿元', 'body', 13), ('支出\t2', 'row', 33)]
    """
    shown = read_markup(text)
    start = 0
    for line in shown.text.splitlines(keepends=True):
        printed = line.strip()
        if printed:
            first = start + len(line) - len(line.lstrip())
            whole = place_paragraph(Paragraph(printed, ((0, first),), "row" if "\t" in printed else "body"), shown)
            yield msgspec.structs.replace(whole, pieces=tuple((here, place + at) for here, place in whole.pieces))
        start += len(line)


def place_document(document: Document, shown: Shown, text: str) -> Document:
    """A document of what a text shows, with its places in that ``text``."""
    return msgspec.structs.replace(
        document,
        text=text,
        paragraphs=tuple(place_paragraph(one, shown) for one in document.paragraphs),
        ruled=tuple(_place_table(table, shown) for table in document.ruled),
    )


def place_paragraph(paragraph: Paragraph, shown: Shown) -> Paragraph:
    """A paragraph with its places in the file, in as many pieces as markup parts it into."""
    ends = [here for here, _ in paragraph.pieces[1:]] + [len(paragraph.text)]
    pieces: list[tuple[int, int]] = []
    for (here, start), end in zip(paragraph.pieces, ends, strict=True):
        pieces.append((here, shown.find_place(start)))
        first = bisect_right(shown.places, start, key=lambda place: place[0])
        for inner, place in shown.places[first:]:
            if inner >= start + end - here:
                break
            # A mark that shows nothing has the place of what stands behind it.
            at = here + inner - start
            pieces[-1:] = [(at, place)] if pieces[-1][0] == at else [pieces[-1], (at, place)]
    return msgspec.structs.replace(paragraph, pieces=tuple(pieces))


def _place_table(table: RuledTable, shown: Shown) -> RuledTable:
    """A table whose cells have their places in the file."""
    rows = tuple(
        tuple(
            msgspec.structs.replace(cell, start=shown.find_place(cell.start), end=_find_end(cell, shown))
            for cell in row
        )
        for row in table.rows
    )
    return msgspec.structs.replace(table, rows=rows)


def _find_end(cell: RuledCell, shown: Shown) -> int:
    """Where a cell ends in the file; an empty one where it begins."""
    return shown.find_place(cell.end - 1) + 1 if cell.end > cell.start else shown.find_place(cell.start)
