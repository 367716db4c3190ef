"""Shapes of clauses: what one word after another has to be, for what regular expressions over characters cannot say.

Words are cut only in clauses that have the trigger of a shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.claims.sentences import Mention, find_clause_end
from extractor.words import Word

QUANTITY = "QUANTITY"


class TokenPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """What a word has to be: one of some words, or of some parts of speech; how many such stand there."""

    words: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    times: Literal["once", "some", "any"] = "once"

    def takes(self, word: Word) -> bool:
        """Whether a word is one of these."""
        return word.text in self.words or word.tag in self.tags


class ShapePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A shape of a clause, the place of the number in it, and the places of the words that name what it counts.

    In front of the number each place has one word.
    """

    trigger: str
    number: int
    metric: tuple[int, ...]
    tokens: list[TokenPattern]


class Found(Struct, frozen=True):
    """The metric that a shape gives to a number, and the pattern that found it."""

    metric: str
    pattern: str


@cache
def load_shapes() -> dict[str, tuple[regex.Pattern[str], ShapePattern]]:
    """Every shape with its trigger, by full name."""
    return {
        key: (patterns.compiled(key, entry.trigger), entry)
        for key, entry in patterns.load("claims/tokens", ShapePattern).items()
    }


def find_metric(mention: Mention) -> Found | None:
    """The metric of a mention by the first shape its clause has, or None.

    >>> from extractor.claims.trial import read_last
    >>> find_metric(read_last("带动30人就业，").mention)
    Found(metric='带动就业', pattern='claims/tokens.helped_to')
    """
    for key, (trigger, entry) in load_shapes().items():
        if trigger.search(mention.left) or trigger.search(mention.right):
            found = _match_clause(entry, mention)
            if found:
                return Found(found, key)
    return None


def _match_clause(entry: ShapePattern, mention: Mention) -> str | None:
    """The words that one shape takes as the metric of the mention, or None where the clause has another."""
    cut = _cut_clause(mention)
    start = next((at for at, word in enumerate(cut) if word.start == mention.quantity.start), -1) - entry.number
    places = find_places(entry.tokens, cut, start) if start >= 0 else None
    if places is None:
        return None
    taken = [(place, word.text) for place, word in zip(places, cut[start:], strict=False) if place in entry.metric]
    return "".join(text for _, text in sorted(taken, key=lambda pair: entry.metric.index(pair[0])))


def find_places(tokens: Sequence[TokenPattern], cut: Sequence[Word], start: int) -> list[int] | None:
    """The place in the shape of each word from ``start`` on, as far as the shape goes; None where it does not match.

    >>> shape = [TokenPattern(tags=frozenset("v")), TokenPattern(tags=frozenset("n"), times="some")]
    >>> find_places(shape, words.cut("走访农户家庭，"), 0), find_places(shape, words.cut("走访，"), 0)
    ([0, 1, 1], None)
    """
    reached: list[AbstractSet[int]] = [{start}]
    steps = [(place, is_run) for place, token in enumerate(tokens) for is_run in STEPS[token.times]]
    for place, is_run in steps:
        reached.append(_advance(tokens[place], is_run, cut, reached[-1]))
    return _trace_back(steps, reached) if reached[-1] else None


# Each step takes one word, or as many as there are, be it none.
STEPS = {"once": (False,), "some": (False, True), "any": (True,)}


def _advance(token: TokenPattern, is_run: bool, cut: Sequence[Word], before: AbstractSet[int]) -> AbstractSet[int]:
    """Where a step may end that begins at one of some words."""
    if not is_run:
        return {at + 1 for at in before if at < len(cut) and token.takes(cut[at])}
    ends = set(before)
    for at in range(min(before, default=len(cut)), len(cut)):
        if at in ends and token.takes(cut[at]):
            ends.add(at + 1)
    return ends


def _trace_back(steps: Sequence[tuple[int, bool]], reached: Sequence[AbstractSet[int]]) -> list[int]:
    """The places of the words of the longest match."""
    at, places = max(reached[-1]), []
    for (place, is_run), before in zip(reversed(steps), reversed(reached[:-1]), strict=True):
        begin = at - 1 if not is_run else next(earlier for earlier in range(at, -1, -1) if earlier in before)
        places += [place] * (at - begin)
        at = begin
    return places[::-1]


def _cut_clause(mention: Mention) -> list[Word]:
    """The words of the mention's clause, each quantity as one word."""
    sentence, text = mention.sentence, mention.sentence.block.paragraph.text
    end = find_clause_end(text, mention.quantity.end, sentence.end)
    cut, at = [], mention.clause
    for quantity in sentence.quantities:
        if mention.clause <= quantity.start < end:
            cut += _cut_words(text[at : quantity.start], at)
            cut.append(Word(text[quantity.start : quantity.end], QUANTITY, quantity.start))
            at = quantity.end
    return cut + _cut_words(text[at:end], at)


def _cut_words(text: str, offset: int) -> list[Word]:
    """The words of ``text``, which begins at ``offset``."""
    return [Word(word.text, word.tag, word.start + offset) for word in words.cut(text)]
