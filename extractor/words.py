"""Words and parts of speech, as jieba cuts and tags them (through rjieba, which is faster). Loaded when first used."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from msgspec import Struct

from extractor import patterns


class Word(Struct, frozen=True):
    """A word with its part of speech (jieba's tags) and its place."""

    text: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the word."""
        return self.start + len(self.text)


@cache
def _tags() -> dict[str, str]:
    """The genre's own words and their parts of speech, which go before the dictionary's."""
    return {word: tag for tag, entries in patterns.lexicon("words").items() for word in entries}


@cache
def _tagger() -> Callable[[str], list[tuple[str, str]]]:
    """Cuts and tags by jieba's dictionary with the genre's own words.

    The words go into the module's own dictionary: a second one would take as long to load as the first.
    """
    import rjieba

    for word, tag in _tags().items():
        rjieba.add_word(word, None, tag)
    tagger: Callable[[str], list[tuple[str, str]]] = rjieba.tag
    return tagger


def cut(text: str) -> list[Word]:
    """The words of ``text`` in order, with their offsets.

    >>> [(word.text, word.tag) for word in cut("组建巡逻队伍")]
    [('组建', 'v'), ('巡逻', 'v'), ('队伍', 'n')]
    """
    found, at = [], 0
    for word, tag in _tagger()(text):
        found.append(Word(word, _tags().get(word, tag), at))
        at += len(word)
    return found


def covering(words: list[Word], position: int) -> Word:
    """The word that holds the character at ``position``."""
    return words[bisect_right(words, position, key=lambda word: word.start) - 1]
