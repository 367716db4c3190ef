"""A page as a tree of elements, without what is never shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import Any, TypeAlias

import regex

from extractor import patterns

# An element of lxml, which comes without types.
Element: TypeAlias = Any

find_expression = partial(patterns.fragment, "documents/web")
"""One of the fragments of ``patterns/documents/web.toml``."""

HIDDEN = regex.compile(r"(?:^|;|\s)(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", regex.IGNORECASE)
# Characters that no tree can hold: controls, and what is no character.
CONTROLS = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The styles of a page are few; so many are those of several pages.
MOST_STYLES = 1024
# How a page names a character by its number.
REFERENCE = "&#"
# What the parser says of a page that it does not read to its end.
DEPTH = "Excessive depth"
# A number that may be one of a report's: an identifier has more digits, a telephone a hyphen.
DIGIT = regex.compile("[0-9]")
NUMBER = regex.compile(r"(?<![0-9-])[0-9]{1,6}(?![0-9-])")
DATE = regex.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:\s+[0-9:]{5,8})?")


@cache
def load_tags(name: str) -> frozenset[str]:
    """The tags of a list of ``patterns/documents/elements.toml``."""
    return frozenset(patterns.lexicon("documents/elements")[name])


def parse(markup: str) -> Element | None:
    """The elements of a page; None where there is none, or where they are nested deeper than any page's.

    Declarations, entities of the page's own and references to other files have no effect.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root: Element = html.document_fromstring(CONTROLS.sub("", markup).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any(DEPTH in entry.message for entry in parser.error_log):
        return None
    if REFERENCE in markup:
        _drop_controls(root)
    return root


def _drop_controls(root: Element) -> None:
    """Take out the controls that a page names by their numbers: its parser holds them and refuses to move them."""
    for element in root.iter():
        element.text = CONTROLS.sub("", element.text or "")
        element.tail = CONTROLS.sub("", element.tail or "")


def find_body(root: Element) -> Element:
    """The body of a page, without what is never shown."""
    body = next(root.iter("body"), root)
    drop(element for element in body.iter() if element.tag in load_tags("unseen") or is_unseen(element))
    return body


def drop(elements: Iterable[Element]) -> None:
    """Take elements out of their tree; what stands behind them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def is_unseen(element: Element) -> bool:
    """Whether an element says that it is not shown."""
    return "hidden" in element.attrib or _hides(element.get("style", ""))


@lru_cache(MOST_STYLES)
def _hides(style: str) -> bool:
    return HIDDEN.search(style) is not None
