"""How the text of a word processor's file is set: what styles and direct formatting add up to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from extractor.documents.office.package import Element, read_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Values of a property that switch it off.
OFF = frozenset(("0", "false", "off", "none"))
# Styles are based on one another; more steps than this are a circle.
DEEPEST = 32
# In half points, where a file says nothing.
USUAL_SIZE = 20
# An outline level from here on is body text.
BODY_LEVEL = 9


def _choose(general: tuple[Any, ...], precise: tuple[Any, ...]) -> Iterator[Any]:
    """Field by field what is said more precisely, where anything is."""
    for own, new in zip(general, precise, strict=True):
        yield own if new is None else new


class Look(NamedTuple):
    """What is said of a stretch of text; None where nothing is. ``size`` is in half points."""

    size: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def add(self, other: Look) -> Look:
        """The look with what another one says more precisely."""
        return Look._make(_choose(self, other))


class Place(NamedTuple):
    """What is said of a paragraph: how it is aligned, its level in the outline, its list and its level there."""

    aligned: str | None = None
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None

    def add(self, other: Place) -> Place:
        """The place with what another one says more precisely."""
        return Place._make(_choose(self, other))


class Style(Struct, frozen=True):
    """A named style: the one that it is based on, and what it says."""

    base: str | None
    look: Look
    place: Place


class Styles:
    """The styles of one file."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._usual = Look(USUAL_SIZE, False, False, False)
        self.default: str | None = None
        for style in () if root is None else root.iter(f"{W}style"):
            self._add_style(style)
        if root is not None:
            self._usual = self._usual.add(read_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))

    def _add_style(self, style: Element) -> None:
        name = style.get(f"{W}styleId") or ""
        properties = style.find(f"{W}pPr")
        self._styles[name] = Style(
            read_value(style.find(f"{W}basedOn")), read_look(style.find(f"{W}rPr")), read_place(properties)
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in (None, *OFF):
            self.default = name

    def read_look(self, name: str | None) -> Look:
        """The look of text in a paragraph style, over what holds for the file."""
        look = self._usual
        for style in self._list_chain(name):
            look = look.add(style.look)
        return look

    def add_look(self, look: Look, name: str | None) -> Look:
        """A look with what a character style says."""
        for style in self._list_chain(name):
            look = look.add(style.look)
        return look

    def read_place(self, name: str | None) -> Place:
        """The place of paragraphs in a style."""
        place = Place()
        for style in self._list_chain(name):
            place = place.add(style.place)
        return place

    def _list_chain(self, name: str | None) -> list[Style]:
        """A style and those that it is based on, the most general first."""
        chain: list[Style] = []
        while name in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[name])
            name = chain[-1].base
        return chain[::-1]


def read_value(element: Element | None) -> str | None:
    """The value of a property."""
    return None if element is None else element.get(f"{W}val")


def is_on(element: Element | None) -> bool | None:
    """Whether a property that is there or not is switched on; None where nothing is said."""
    if element is None:
        return None
    return element.get(f"{W}val") not in OFF


def read_look(properties: Element | None) -> Look:
    """What the properties of a run say."""
    if properties is None:
        return Look()
    position = read_value(properties.find(f"{W}vertAlign"))
    return Look(
        size=read_number(read_value(properties.find(f"{W}sz"))),
        bold=is_on(properties.find(f"{W}b")),
        hidden=is_on(properties.find(f"{W}vanish")),
        raised=None if position is None else position == "superscript",
    )


def read_place(properties: Element | None) -> Place:
    """What the properties of a paragraph say."""
    if properties is None:
        return Place()
    listed = properties.find(f"{W}numPr")
    place = Place(
        aligned=read_value(properties.find(f"{W}jc")),
        outline=read_number(read_value(properties.find(f"{W}outlineLvl"))),
    )
    if listed is None:
        return place
    return place._replace(
        list_id=read_value(listed.find(f"{W}numId")),
        list_level=read_number(read_value(listed.find(f"{W}ilvl"))),
    )
