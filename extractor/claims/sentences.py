"""Blocks become sentences, and every quantity gets the clause it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.model import Block, Quantity

# A clause longer than this is read only in part: what stands further away does not name the number.
REACH = 120


class Sentence(Struct, frozen=True):
    """A sentence of a block: ``start..end`` in the paragraph's text, with its quantities in order."""

    block: Block
    start: int
    end: int
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.block.paragraph.text[self.start : self.end]


class Mention(Struct, frozen=True):
    """A quantity in its clause.

    ``left`` and ``right`` are the words beside it, up to the clause's end or the next quantity; ``clause`` is where the
    clause starts in the paragraph's text.
    """

    sentence: Sentence
    quantity: Quantity
    clause: int
    left: str
    right: str


@cache
def marks() -> dict[str, str]:
    """Per name, the punctuation of ``patterns/claims/sentences.toml`` as one string."""
    names = patterns.lexicon("claims/sentences")
    return {name: "".join(words) for name, words in names.items() if not isinstance(words, str)}


@cache
def run_in_label() -> regex.Pattern[str]:
    """The end of a title that labels the text behind it."""
    names = patterns.lexicon("claims/sentences")
    return patterns.compiled("claims/sentences.label", str(names["label"]), names)


@cache
def _sentence_end() -> regex.Pattern[str]:
    """A run of sentence marks, with the closing quotes behind it."""
    close = regex.escape(marks()["close"])
    return regex.compile(f"[{regex.escape(marks()['sentence'])}]+[{close}]*")


def sentences(block: Block, quantities: list[Quantity]) -> Iterator[Sentence]:
    """The sentences of a block that hold quantities; ``quantities`` are the block's own, in order."""
    text, start, at = block.paragraph.text, block.start, 0
    for end in _ends(text, block.start, block.end):
        inside = at
        while inside < len(quantities) and quantities[inside].start < end:
            inside += 1
        if inside > at:
            yield Sentence(block, start, end, tuple(quantities[at:inside]))
        start, at = end, inside


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets at which the sentences of ``text[start:end]`` end."""
    last = start
    for match in _sentence_end().finditer(text, start, end):
        last = match.end()
        yield last
    if last < end:
        yield end


def sentence_at(text: str, at: int) -> str:
    """The sentence of ``text`` that holds the character ``at``.

    >>> sentence_at("一是救助。发放救助金20余万元。", 10)
    '发放救助金20余万元。'
    """
    start = 0
    for end in _ends(text, 0, len(text)):
        if at < end:
            return text[start:end].strip()
        start = end
    return text[start:].strip()


def mentions(sentence: Sentence) -> Iterator[Mention]:
    """The sentence's quantities, each with its clause."""
    text = sentence.block.paragraph.text
    for index, quantity in enumerate(sentence.quantities):
        floor = sentence.quantities[index - 1].end if index else sentence.start
        ceiling = sentence.quantities[index + 1].start if index + 1 < len(sentence.quantities) else sentence.end
        clause = _clause_start(text, quantity.start, max(sentence.start, quantity.start - REACH))
        if text.startswith(tuple(marks()["relative"]), floor):
            floor = clause
        left = text[max(floor, clause) : quantity.start]
        right = text[quantity.end : clause_end(text, quantity.end, min(ceiling, quantity.end + REACH))]
        yield Mention(sentence, quantity, clause, left, right)


def _clause_start(text: str, at: int, floor: int) -> int:
    """Where the clause that reaches ``at`` starts: behind the last clause mark or unmatched bracket."""
    depth = 0
    for index in range(at - 1, floor - 1, -1):
        char = text[index]
        if char in marks()["close"]:
            depth += 1
        elif char in marks()["open"]:
            depth -= 1
            if depth < 0 and char not in "“":
                return index + 1
            depth = max(depth, 0)
        elif depth == 0 and char in marks()["clause"]:
            return index + 1
    return floor


def clause_end(text: str, at: int, ceiling: int) -> int:
    """Where the words behind ``at`` end: at the next clause mark or bracket."""
    stops = marks()["clause"] + marks()["open"].replace("“", "") + marks()["close"].replace("”", "")
    return next((index for index in range(at, ceiling) if text[index] in stops), ceiling)
