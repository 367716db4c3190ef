"""Where the words of Markdown stand in its file: runs of characters between the marks, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.lines import ends_sentence, needs_space
from extractor.documents.markup import UNSEEN
from extractor.documents.model import Paragraph, RuledCell
from extractor.kept import compile_expression

if TYPE_CHECKING:
    from markdown_it.token import Token

# Behind the words of a link, or of a picture: where it leads.
TARGET = compile_expression(r"\](?:\((?:[^()\\\r\n]|\\.|\([^()\r\n]*\))*+\)|\[[^\]\r\n]*+\])?")
# Rows of stars that emphasis leaves behind where it ends beside a full stop.
STRAY = compile_expression(r"\*{2,3}")
PIPE = compile_expression(r"(?<!\\)\|")
# What stands in front of the first cell of a row without a pipe there.
INDENT = compile_expression(r"[\s>]*")
LINE_END = compile_expression(r"\r\n|\r|\n")
BREAK = compile_expression(r"(?i)</?(?:br|p|div)\b")
WORDS = ("text", "code_inline")


class Run(Struct, frozen=True):
    """Characters that stand side by side in the file from ``start`` on, in ``bold`` or not."""

    text: str
    start: int
    bold: bool = False

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.start + len(self.text)


class Finder:
    """Finds the words of inline marks in a stretch of a file, from front to back; what is not there is left out."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self._text, self._at, self._end = text, at, end
        self._struck = self._strong = 0

    def find_lines(self, tokens: Sequence[Token]) -> Iterator[list[Run]]:
        """The runs of each line between hard breaks."""
        line: list[Run] = []
        bold = _find_bold(tokens)
        for at, token in enumerate(tokens):
            if at in bold or _ends_line(token, line):
                yield line
                line = []
            line += [replace(run, bold=self._strong > 0) for run in self._find_runs(token) if not self._struck]
        yield line

    def _find_runs(self, token: Token) -> Iterator[Run]:
        """The runs of one token; any other moves the place from which the next words are looked for."""
        if token.type in WORDS:
            yield from self._find_words(token.content)
        elif token.type == "text_special":
            yield from self._find_special(token)
        elif token.type in ("softbreak", "hardbreak"):
            found_end = LINE_END.search(self._text, self._at, self._end)
            self._at = found_end.end() if found_end else self._at
        elif token.type == "image":
            self._move_behind("![")
            self._skip_target()
        elif token.type == "link_close":
            self._skip_target()
        elif token.type == "html_inline":
            self._move_behind(token.content)
        self._struck += {"s_open": 1, "s_close": -1}.get(token.type, 0)
        self._strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)

    def _find_special(self, token: Token) -> Iterator[Run]:
        """What stands for another character, or for itself."""
        found = self._move_behind(token.markup)
        if found >= 0:
            run = Run(token.content, found) if len(token.content) == len(token.markup) else self._shorten(token, found)
            yield from () if run.text in UNSEEN else (run,)

    def _shorten(self, token: Token, found: int) -> Run:
        """What an escape stands for: the character itself stands at its end, that of an entity at its beginning."""
        is_escape = token.markup.startswith("\\")
        return Run(token.content[:1], found + len(token.markup) - 1 if is_escape else found)

    def _find_words(self, words: str) -> Iterator[Run]:
        """The runs of words that stand together in the file, or of each character where marks stand between."""
        pieces = [words] if self._text.find(words, self._at, self._end) >= 0 else list(words)
        for piece in pieces:
            start = self._text.find(piece, self._at, self._end)
            if piece and start >= 0:
                self._at = start + len(piece)
                yield from _cut_strays(Run(piece, start))

    def _move_behind(self, mark: str) -> int:
        """Go behind a mark, and tell where it begins; -1 for one that is not there."""
        found = self._text.find(mark, self._at, self._end)
        self._at = found + len(mark) if found >= 0 else self._at
        return found

    def _skip_target(self) -> None:
        found = TARGET.search(self._text, self._at, self._end)
        self._at = found.end() if found else self._at


def _find_bold(tokens: Sequence[Token]) -> set[int]:
    """The line ends, by their index, beside lines that are bold as a whole: titles on lines of their own."""
    ends = [-1, *(at for at, token in enumerate(tokens) if token.type == "softbreak"), len(tokens)]
    found: set[int] = set()
    for start, end in pairwise(ends):
        line = [token.type for token in tokens[start + 1 : end] if token.type != "text" or token.content.strip()]
        if line[:1] == ["strong_open"] and line.index("strong_close") == len(line) - 1:
            found |= {start, end}
    return found


def _ends_line(token: Token, line: Sequence[Run]) -> bool:
    """Whether a line ends at a token: at a hard break, be it one of HTML, and at any behind a sentence."""
    if token.type == "softbreak":
        return bool(line) and ends_sentence(line[-1].text)
    return token.type == "hardbreak" or (token.type == "html_inline" and BREAK.match(token.content) is not None)


def _cut_strays(run: Run) -> Iterator[Run]:
    """A run without rows of stars."""
    edges = [0, *chain.from_iterable(match.span() for match in STRAY.finditer(run.text)), len(run.text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if start < end:
            yield Run(run.text[start:end], run.start + start)


def trim(runs: Sequence[Run]) -> list[Run]:
    """Runs without the white space at either end."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        lead = len(kept[0].text) - len(kept[0].text.lstrip())
        kept[0] = replace(kept[0], text=kept[0].text[lead:], start=kept[0].start + lead)
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def make_paragraph(runs: Sequence[Run], *, row: bool = False, large: bool = False) -> Paragraph:
    """A paragraph of runs; where a line ends between two of them in Latin letters, its end is a space."""
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for before, run in zip([None, *runs], runs, strict=False):
        if before and run.start > before.end and not row and needs_space(before.text[-1], run.text[0]):
            parts.append(" ")
            length += 1
        pieces.append((length, run.start))
        parts.append(run.text)
        length += len(run.text)
    return Paragraph("".join(parts), tuple(pieces), "row" if row else "body", large)


# ── rows of tables ───────────────────────────────────────────────────────────────────────────────────────


def find_edges(text: str, start: int, end: int) -> list[int]:
    """Where the cells of the row in ``text[start:end]`` end: at its pipes, but for one in front of the first cell."""
    pipes = [match.start() for match in PIPE.finditer(text, start, end)]
    indent = INDENT.match(text, start, end)
    is_fenced = bool(indent and pipes and pipes[0] == indent.end())
    return [*pipes[is_fenced:], end]


def place_row(cells: Sequence[Sequence[Run]], edges: Sequence[int]) -> tuple[list[Run], tuple[RuledCell, ...]]:
    """The runs of a row with a tab in the place of each pipe between its cells, and the places of its cells."""
    runs: list[Run] = []
    places: list[RuledCell] = []
    for at, cell in enumerate(cells):
        edge = edges[min(at, len(edges) - 1)]
        if 0 < at < len(edges):
            runs.append(Run("\t", edges[at - 1]))
        runs += cell
        places.append(RuledCell(cell[0].start, cell[-1].end, None) if cell else RuledCell(edge, edge, None))
    return runs, tuple(places)
