"""What an element shows, from top to bottom: its lines as a browser breaks them, and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex
from msgspec import Struct
from msgspec.structs import replace

from extractor.documents import spacing
from extractor.documents.elements import Cell
from extractor.documents.web import tables
from extractor.documents.web.tree import Element, load_tags

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BOLD = (*HEADINGS, "b", "strong", "th")
IS_BOLD = regex.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", regex.IGNORECASE)
IS_CENTERED = regex.compile(r"text-align\s*:\s*center", regex.IGNORECASE)
IS_RAISED = regex.compile(r"vertical-align\s*:\s*super", regex.IGNORECASE)
# What separates words in the markup and nothing on the screen.
SPACES = regex.compile(r"[ \t\n\r\f]+")
# Characters without a width, which editors leave in texts.
INVISIBLE = regex.compile(f"[{spacing.INVISIBLE}]")
# A mark that leads to a note, raised or not: a number, in brackets or in a circle, or an asterisk.
NOTE = regex.compile(r"[\s\[\]()（）〔〕【】*＊※]*(?:[0-9]{1,3}|[\u2460-\u2473])?[\s\[\]()（）〔〕【】*＊※]*")
# What a raised digit behind it is a power of: a unit in Latin letters, or ten.
POWER = regex.compile(r"[A-Za-z]\s*$|(?<![0-9.])10$")
RAISED = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
# Stands for a line break of the markup that is shown as one.
KEPT = "\u2028"
# The styles that pages write into their elements are few, and each is written many times.
MOST_SETTINGS = 1024
# A longer line is no heading, however it is set.
LONGEST = 60


class Line(Struct, frozen=True):
    """One line: its text without white space around it, and how it is set."""

    text: str
    large: bool = False
    centered: bool = False
    heading: bool = False


class Drawn(Struct, frozen=True):
    """A table: its rows with the cells that begin in each."""

    rows: Sequence[Sequence[Cell]]


Item = Line | Drawn


class Piece(Struct, frozen=True):
    """Some words within one line, and how they are set."""

    text: str
    bold: bool
    raised: bool


Read = dict[Element, list[Item]]
"""The tables of a page that were read before, with their captions."""


def read_items(element: Element, known: Read) -> list[Item]:
    """The lines and the tables in an element, in reading order; tables that only lay out a page are lines.

    Tables that are ``known`` are not read again; the others are added.
    """
    return _set_bold(list(_read(element, known)))


def read_cell(element: Element) -> str:
    """The words of a table's cell in one line; a table within it is words too."""
    lines = [item.text for item in _read(element, None) if isinstance(item, Line)]
    return join_lines(lines)


def join_lines(lines: Sequence[str]) -> str:
    """Lines as one: with a space between them where both sides are digits or Latin letters.

    >>> join_lines(["一般公共预算", "拨款收入"]), join_lines(["12.5", "13.6"])
    ('一般公共预算拨款收入', '12.5 13.6')
    """
    joined = ""
    for line in lines:
        space = " " if joined and joined[-1].isascii() and line[:1].isascii() else ""
        joined += space + line
    return joined


class _Setting:
    """How words are set in the place where the reading is: the numbers of elements around it that say so."""

    def __init__(self) -> None:
        self.bold = self.raised = self.centered = self.heading = self.kept = 0

    def change(self, element: Element, by: int) -> None:
        """Enter (1) or leave (-1) an element."""
        set_so = _read_setting(element.tag, element.get("style", ""), element.get("align", ""))
        self.bold += by * set_so.bold
        self.raised += by * set_so.raised
        self.centered += by * set_so.centered
        self.heading += by * set_so.heading
        self.kept += by * set_so.kept


class _Set(Struct, frozen=True):
    """How an element sets its words."""

    bold: bool
    raised: bool
    centered: bool
    heading: bool
    kept: bool


@lru_cache(MOST_SETTINGS)
def _read_setting(tag: str, style: str, align: str) -> _Set:
    return _Set(
        bold=tag in BOLD or IS_BOLD.search(style) is not None,
        raised=tag == "sup" or IS_RAISED.search(style) is not None,
        centered=tag == "center" or align.lower() == "center" or IS_CENTERED.search(style) is not None,
        heading=tag in HEADINGS,
        kept=tag == "pre",
    )


def _read(top: Element, known: Read | None) -> Iterator[Item]:
    """The items in an element; None is known within a cell, where there are no tables."""
    from lxml import etree

    line, breaks, sizes = _OpenLine(), load_tags("breaks"), tables.Sizes()
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if element.tag in breaks:
            yield from line.end()
        if event == "end":
            line.leave(element, element is top)
            continue
        line.enter(element)
        if element.tag == tables.TABLE and known is not None:
            # Those in a table are measured with it.
            sizes = sizes if element in sizes else tables.measure_tables(element)
            if tables.holds_data(element, sizes):
                walk.skip_subtree()
                if element not in known:
                    known[element] = list(_read_table(element))
                yield from known[element]
    yield from line.end()


def _read_table(table: Element) -> Iterator[Item]:
    """A table that holds data, under its caption."""
    for caption in table.iterchildren("caption"):
        words = read_cell(caption)
        if words:
            yield Line(words, large=True, centered=True)
    rows = [[Cell(read_cell(cell), *tables.read_spans(cell)) for cell in row] for row in tables.list_rows(table)]
    yield Drawn(list(tables.mend_rows(rows)))


class _OpenLine:
    """The line that is being read, and how words are set where the reading is."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._setting = _Setting()

    def enter(self, element: Element) -> None:
        """Add the words at the beginning of an element."""
        self._setting.change(element, 1)
        if element.tag != "table":
            self._add(element.text)

    def leave(self, element: Element, is_last: bool) -> None:
        """Add the words behind an element, which are no longer of it; those behind the last are not read."""
        self._setting.change(element, -1)
        if not is_last:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        setting = self._setting
        kept = text.replace("\n", KEPT) if setting.kept else text
        self._pieces.append(Piece(kept, setting.bold > 0, setting.raised > 0))

    def end(self) -> Iterator[Line]:
        """The line, or lines where breaks are kept, unless nothing is printed in it."""
        text = _shape("".join(_lower_notes(self._pieces)))
        bold = sum(len(piece.text.strip()) for piece in self._pieces if piece.bold)
        setting = self._setting
        look = Line("", setting.heading > 0 or 2 * bold > len(text), setting.centered > 0, setting.heading > 0)
        self._pieces.clear()
        for words in filter(None, map(str.strip, text.split(KEPT))):
            yield replace(look, text=words) if len(words) <= LONGEST else Line(words)


def _lower_notes(pieces: Sequence[Piece]) -> Iterator[str]:
    """The words of a line without the raised marks of its notes; raised digits of units and powers stay raised."""
    before = ""
    for piece in pieces:
        text = piece.text
        if piece.raised and NOTE.fullmatch(text):
            text = text.strip().translate(RAISED) if POWER.search(before) else ""
        before = (before + text)[-4:]
        yield text


def _shape(text: str) -> str:
    """Words with white space as a browser shows it: none for a line break of the markup beside a wide character."""
    text = INVISIBLE.sub("", text)
    shaped: str = SPACES.sub(lambda found: _find_space(text, found.start(), found.end()), text)
    return shaped


def _find_space(text: str, start: int, end: int) -> str:
    """What white space at ``start..end`` is shown as."""
    if "\n" not in text[start:end]:
        return " "
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return " " if around.isascii() else ""


def _set_bold(items: list[Item]) -> list[Item]:
    """The items of a page in which bold tells something: in one that is mostly bold it does not."""
    large = [item.large for item in items if isinstance(item, Line)]
    return items if 2 * sum(large) <= len(large) else list(map(_unset_bold, items))


def _unset_bold(item: Item) -> Item:
    return replace(item, large=item.heading) if isinstance(item, Line) else item
