"""What stands in a paragraph of a word processor's file: its text as it displays, and what is anchored to it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from extractor.documents.office.looks import Look, Styles, W, read_look, read_value
from extractor.documents.office.package import Element, read_local

# Left out: properties, the codes of fields, what was deleted or moved away, and the reading aid above characters.
SKIPPED = frozenset(("pPr", "rPr", "instrText", "delText", "delInstrText", "del", "moveFrom", "rt", "rubyPr", "sectPr"))
DRAWN = frozenset(("drawing", "pict", "object"))
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
# Elements that are a character each.
CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Powers of a unit of length; any other raised number is the mark of a note.
POWERS = {"2": "²", "3": "³"}
UNITS = ("m", "M")

SLASH = etree.fromstring(f"<r xmlns='{W[1:-1]}'><t>/</t></r>")


class Piece(Struct, frozen=True):
    """A stretch of text set alike; ``size`` is in half points."""

    text: str
    size: int
    bold: bool


class Anchored(Struct, frozen=True):
    """What belongs to a paragraph without standing in it: its text boxes, its notes by kind and id, and pictures."""

    boxes: list[Element]
    notes: list[tuple[str, str]]
    pictures: list[Element]


class Reader:
    """Reads one paragraph after the other."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def read(self, paragraph: Element, style: str | None) -> tuple[list[Piece], Anchored]:
        """The pieces of a paragraph, and what is anchored to it."""
        anchored = Anchored([], [], [])
        pieces: list[Piece] = []
        for run, look in self._list_runs(paragraph, self._styles.read_look(style)):
            if not look.hidden:
                text = "".join(_read_content(run, anchored))
                text = _read_raised(text, pieces) if look.raised else text
                pieces.append(Piece(text, look.size or 0, bool(look.bold)))
        return pieces, anchored

    def _list_runs(self, parent: Element, look: Look) -> Iterator[tuple[Element, Look]]:
        """The runs of a paragraph, also those in links, fields, content controls and accepted insertions."""
        for child in parent:
            name = read_local(child)
            if name == "r":
                yield child, self._read_run(child, look)
            elif name == "AlternateContent":
                yield from self._list_runs(_choose_alternative(child), look)
            elif name not in SKIPPED:
                yield from self._list_inside(child, look)

    def _list_inside(self, child: Element, look: Look) -> Iterator[tuple[Element, Look]]:
        """The runs of an element within a paragraph; formulas in a line, powers raised, fractions with a slash."""
        name = read_local(child)
        if name == "den":
            yield SLASH, look
        yield from self._list_runs(child, look._replace(raised=True) if name == "sup" else look)

    def _read_run(self, run: Element, look: Look) -> Look:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return look
        named = self._styles.add_look(look, read_value(properties.find(f"{W}rStyle")))
        return named.add(read_look(properties))


def _read_content(parent: Element, anchored: Anchored) -> Iterator[str]:
    """The characters of a run; what is drawn and noted there is added to ``anchored``."""
    for child in parent:
        name = read_local(child)
        if name == "t":
            yield (child.text or "").replace("\n", " ").replace("\r", "")
        elif name in CHARACTERS:
            yield CHARACTERS[name]
        elif name in NOTES:
            anchored.notes.append((NOTES[name], child.get(f"{W}id") or ""))
        elif name in DRAWN:
            _add_drawn(child, anchored)
        elif name == "AlternateContent":
            yield from _read_content(_choose_alternative(child), anchored)
        elif name not in SKIPPED:
            yield from _read_content(child, anchored)


def _add_drawn(drawn: Element, anchored: Anchored) -> None:
    """Keep the text boxes of a drawing, the outer ones, or that it is a picture."""
    boxes = [box for box in drawn.iter(f"{W}txbxContent") if next(box.iterancestors(f"{W}txbxContent"), None) is None]
    anchored.boxes.extend(boxes)
    if not boxes:
        anchored.pictures.append(drawn)


def _choose_alternative(element: Element) -> Element:
    """The first of several forms of one thing; they say the same."""
    return next(iter(element), element)


def _read_raised(text: str, pieces: list[Piece]) -> str:
    """Raised characters: a power behind a unit of length is one, the mark of a note is no part of its sentence."""
    before = pieces[-1].text if pieces else ""
    if text.strip() in POWERS and before.endswith(UNITS):
        return POWERS[text.strip()]
    return "" if _is_note_mark(text) else text


def _is_note_mark(text: str) -> bool:
    """Whether raised characters are a number, in brackets or not, or signs alone."""
    bare = text.strip("[]()（）〔〕【】*＊※ ")
    return not bare or bare.isnumeric()
