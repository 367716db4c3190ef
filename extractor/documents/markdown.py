"""Markdown becomes a Document: the text stays as it is, its paragraphs leave out the marks around words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import regex

from extractor.documents import marks, markup
from extractor.documents import text as texts
from extractor.documents.marks import Finder, Run
from extractor.documents.model import Document, Paragraph, RuledCell, RuledTable
from extractor.model import Notice

if TYPE_CHECKING:
    from markdown_it.token import Token

# What stands between two rows of dashes at the head of a file says what the file is, and is no part of its text.
HEAD = regex.compile(r"\A---[ \t]*\r?\n(?:(?!---[ \t]*\r?$).*\n){0,200}?---[ \t]*(?:\r?\n|\Z)", regex.MULTILINE)
SHOWN = regex.compile(r"[^\r\n]")
# What of HTML shows something and is no text.
PICTURE = regex.compile(r"<(?:img|svg|object|embed|iframe|video|audio|canvas|math)\b", regex.IGNORECASE)
# Deeper than lists in reports are; the parser's own bound.
DEEPEST = 100


def read(data: bytes, name: str) -> Document:
    """The Document of a Markdown file's bytes; offsets are those of the file's own characters.

    Raises ``InputError`` as ``text.read`` does.
    """
    text, encoding = texts.decode_text(data, name)
    reader = Reader(text)
    reader.read_blocks(_parse(HEAD.sub(lambda head: SHOWN.sub(" ", head[0]), text, count=1)))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="markdown",
        text=text,
        paragraphs=tuple(reader.paragraphs),
        encoding=encoding,
        ruled=tuple(reader.tables),
        warnings=(*texts.find_damage(text, name), *reader.find_warnings(name)),
    )


def _parse(text: str) -> list[Token]:
    """The blocks of a text; lines that are set in are paragraphs as elsewhere, and no code."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    return parser.disable(["code", "text_join"]).parse(text)


class Reader:
    """Reads the blocks of a file, from top to bottom, and finds where their words stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in marks.LINE_END.finditer(text)), len(text)]
        self._marker: Run | None = None
        self._rows: list[tuple[RuledCell, ...]] = []
        self._row: list[list[Run]] = []
        self._markup = 0
        self._bold: list[int] = []
        self.paragraphs: list[Paragraph] = []
        self.tables: list[RuledTable] = []

    def read_blocks(self, tokens: Sequence[Token]) -> None:
        """Read the blocks into paragraphs and tables."""
        handlers = {
            "list_item_open": self._take_marker,
            "fence": self._write_code,
            "html_block": self._read_markup,
            "tr_close": self._write_row,
            "table_close": self._write_table,
        }
        opened: list[Token] = []
        for token in tokens:
            if token.nesting > 0:
                opened.append(token)
            if token.type == "inline":
                self._read_inline(token, opened)
            elif token.type in handlers:
                handlers[token.type](opened[-1] if token.nesting < 0 else token)
            if token.nesting < 0:
                opened.pop()
        self._unset_bold()

    def find_warnings(self, name: str) -> Iterator[Notice]:
        """What of the file was not read."""
        if self._markup:
            yield Notice("input.markup_left_out", {"name": name, "count": self._markup})

    def _find_start(self, token: Token) -> int:
        return self._lines[token.map[0]] if token.map else 0

    def _find_end(self, token: Token) -> int:
        return self._lines[token.map[1]] if token.map else len(self._text)

    def _take_marker(self, token: Token) -> None:
        """Keep the number of an item of a list, which is a part of its first paragraph."""
        words = f"{token.info}{token.markup}"
        start = self._text.find(words, self._find_start(token))
        self._marker = Run(words, start) if token.info and start >= 0 else None

    def _read_inline(self, token: Token, opened: Sequence[Token]) -> None:
        """Read the words of a paragraph, a heading or a cell."""
        block = opened[-1].type
        if block in ("th_open", "td_open"):
            self._row.append(self._find_cell(token))
            return
        marker, self._marker = self._marker, None
        start = marker.end if marker else self._find_start(token)
        for line in map(marks.trim, Finder(self._text, start, self._find_end(token)).find_lines(token.children or [])):
            runs = [marker, *line] if marker and line else line
            marker = None
            if runs:
                self._write_line(runs, is_heading=block == "heading_open")

    def _write_line(self, runs: Sequence[Run], is_heading: bool) -> None:
        """Write a line; one in bold is set like a heading unless most are."""
        is_bold = all(run.bold for run in runs)
        if is_bold and not is_heading:
            self._bold.append(len(self.paragraphs))
        self.paragraphs.append(marks.make_paragraph(runs, large=is_heading or is_bold))

    def _unset_bold(self) -> None:
        """Set lines in bold like any other in a text that is mostly bold, where that tells nothing."""
        if 2 * len(self._bold) <= len(self.paragraphs):
            return
        for at in self._bold:
            self.paragraphs[at] = msgspec.structs.replace(self.paragraphs[at], large=False)

    def _find_cell(self, token: Token) -> list[Run]:
        """The words of a cell; those of the cells in front of it stand before the pipe that ends them."""
        edges = self._find_edges(token)
        at = len(self._row)
        start = edges[at - 1] + 1 if 0 < at < len(edges) else self._find_start(token)
        lines = list(Finder(self._text, start, self._find_end(token)).find_lines(token.children or []))
        return marks.trim([run for line in lines for run in line])

    def _find_edges(self, token: Token) -> list[int]:
        """Where the cells of a row end."""
        start = self._find_start(token)
        end = self._lines[token.map[0] + 1] if token.map else len(self._text)
        return marks.find_edges(self._text, start, start + len(self._text[start:end].rstrip()))

    def _write_row(self, token: Token) -> None:
        """Write a row of a table."""
        runs, places = marks.place_row(self._row, self._find_edges(token))
        if any(self._row):
            self.paragraphs.append(marks.make_paragraph(runs, row=True))
            self._rows.append(places)
        self._row = []

    def _write_table(self, token: Token) -> None:
        if self._rows:
            self.tables.append(RuledTable(None, None, tuple(self._rows)))
        self._rows = []

    def _write_code(self, token: Token) -> None:
        """Write what stands between fences, a line a paragraph."""
        first, last = token.map or (0, 0)
        inner = self._lines[first + 1 : last]
        for start, end in pairwise(inner):
            runs = marks.trim([Run(self._text[start:end], start)])
            if runs:
                self.paragraphs.append(marks.make_paragraph(runs))

    def _read_markup(self, token: Token) -> None:
        """Read the lines that a block of HTML shows; one that shows what is no text is counted."""
        start = self._find_start(token)
        found = list(markup.read_lines(self._text[start : self._find_end(token)], start))
        self.paragraphs += found
        self._markup += not found and PICTURE.search(token.content) is not None
