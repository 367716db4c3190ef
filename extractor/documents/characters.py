"""Characters that are read as others, so that one pattern knows 萬 and 万; every place in the text stays what it was.

Traditional characters, radicals of dictionaries and compatibility forms are read as the simplified character that they
stand for, one for one. What shows nothing (zero-width spaces, soft hyphens, marks of direction) is left out of
paragraphs, whose places say where their characters stand; so are gaps within words and around numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.documents.cuts import find_cuts, split
from extractor.documents.model import Document, Paragraph
from extractor.documents.spacing import CLOSED, INVISIBLE, SOLID, find_gaps
from extractor.kept import compile_expression
from extractor.model import Notice

SHOWN = compile_expression(f"[^{INVISIBLE}]+")
# Characters that cannot be told: the replacement for broken bytes, and those for private use.
UNTOLD = compile_expression("[\ufffd\ue000-\uf8ff]")
# What leaves no space within words.
WORDLESS = (CLOSED, SOLID)
# So much of a number with such characters is shown.
SHORT = 20
# Marks of half the width, and those that Chinese text has for them.
FULL = {",": "，", ";": "；", ":": "："}
# The blocks whose characters the standard reads as one other: radicals, ideographs, digits of formulas.
COMPATIBLE = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x1D7CE, 0x1D7FF), (0x2F800, 0x2FA1F))


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """Characters, and for each of them the one that it is read as; white space between them is none."""

    written: str
    read: str

    def pair(self) -> dict[str, str]:
        """What every character is read as."""
        return dict(zip("".join(self.written.split()), "".join(self.read.split()), strict=True))


@cache
def list_readings() -> Mapping[str, str]:
    """What every character is read as that is read as another one."""
    told: dict[str, str] = {}
    for reading in patterns.load("documents/characters", Reading).values():
        told |= reading.pair()
    for char in (chr(code) for first, last in COMPATIBLE for code in range(first, last + 1)):
        normal = unicodedata.normalize("NFKC", char)
        if normal != char and len(normal) == 1:
            told[char] = told.get(normal, normal)
    return told


def fold(text: str) -> str:
    """A text of the same length in the characters that its own are read as.

    >>> fold("歲入3.6億元，\u2f00萬戶")
    '岁入3.6亿元，一万户'
    """
    told = list_readings()
    found = told.keys() & set(text)
    folded = text.translate({ord(char): told[char] for char in found}) if found else text
    return _fold_marks(folded)


def _fold_marks(text: str) -> str:
    """A text with the half-width marks beside Chinese words as the full-width ones that they stand for.

    >>> _fold_marks("收入1,234.5万元,增长5%;其中:税收8,000元, 36:41, 12:30")
    '收入1,234.5万元，增长5%；其中：税收8,000元， 36:41, 12:30'
    """
    marks = patterns.fragment("documents/characters", "marks")
    return marks.sub(lambda found: FULL[found[0]], text) if marks.search(text) else text


def fold_document(document: Document) -> Document:
    """The document as it is read: its text of the same length, its paragraphs without what shows nothing."""
    text, gaps = fold(document.text), find_gaps(document.paragraphs)
    cuts = _list_cuts(document.paragraphs, gaps)
    if not gaps and not cuts and text is document.text and set(INVISIBLE).isdisjoint(text):
        return document
    paragraphs = tuple(_fold_paragraphs(document.paragraphs, gaps, cuts))
    return msgspec.structs.replace(document, text=text, paragraphs=paragraphs)


def _list_cuts(paragraphs: Sequence[Paragraph], gaps: Mapping[int, regex.Pattern[str]]) -> dict[int, list[int]]:
    """The spaces where lines were cut, of paragraphs that are not read without any space in their words."""
    told = ((at, one) for at, one in enumerate(paragraphs) if one.kind == "body" and gaps.get(at) not in WORDLESS)
    return {at: found for at, one in told if (found := find_cuts(one.text))}


def _fold_paragraphs(
    paragraphs: Iterable[Paragraph], gaps: Mapping[int, regex.Pattern[str]], cuts: Mapping[int, list[int]]
) -> Iterator[Paragraph]:
    """The paragraphs of which anything shows, without their ``gaps`` and ``cuts``."""
    for at, paragraph in enumerate(paragraphs):
        folded, shown, cut = fold(paragraph.text), gaps.get(at, SHOWN), cuts.get(at, [])
        if shown is SHOWN and not cut and folded is paragraph.text and set(INVISIBLE).isdisjoint(folded):
            yield paragraph
            continue
        stretches = list(_find_shown(folded, paragraph, shown, cut))
        if stretches:
            yield _make_paragraph(paragraph, stretches)


def find_unreadable(document: Document) -> Iterator[Notice]:
    """A warning where numbers hold characters that cannot be told; of pages, the reader of pages says so by page."""
    if document.pages or not UNTOLD.search(document.text):
        return
    expression = patterns.fragment("vocabulary/numerals", "unreadable")
    found = list(filter(_has_digit, (match[0] for match in expression.finditer(document.text))))
    if found:
        yield Notice(
            "input.numbers_unreadable", {"name": document.name, "count": len(found), "example": found[0][:SHORT]}
        )


def _has_digit(words: str) -> bool:
    """Whether what stands around a character that cannot be told is a number."""
    return any(char.isalnum() for char in words)


def _find_shown(
    text: str, paragraph: Paragraph, shown: regex.Pattern[str], cut: Sequence[int]
) -> Iterator[tuple[str, int]]:
    """The stretches of a paragraph that show, each with its place in the document."""
    starts = [here for here, _ in paragraph.pieces]
    for (here, there), end in zip(paragraph.pieces, [*starts[1:], len(text)], strict=True):
        for start, stop in split(text, here, end, cut):
            for stretch in shown.finditer(text, start, stop):
                yield stretch[0], there + stretch.start() - here


def _make_paragraph(paragraph: Paragraph, stretches: list[tuple[str, int]]) -> Paragraph:
    """A paragraph of these stretches."""
    pieces: list[tuple[int, int]] = []
    length = 0
    for words, there in stretches:
        pieces.append((length, there))
        length += len(words)
    text = "".join(words for words, _ in stretches)
    return msgspec.structs.replace(paragraph, text=text, pieces=tuple(pieces))
