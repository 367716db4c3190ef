"""Words and parts of speech, by jieba's cut (through rjieba, which cuts the same words faster). Loaded when first used."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct


class Word(Struct, frozen=True):
    """A word with its part of speech (jieba's tags) and its place."""

    text: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the word."""
        return self.start + len(self.text)


def cut(text: str) -> list[Word]:
    """The words of ``text`` in order, with their offsets.

    >>> [(word.text, word.tag) for word in cut("组建巡逻队伍")]
    [('组建', 'v'), ('巡逻', 'v'), ('队伍', 'n')]
    """
    import rjieba

    found, at = [], 0
    for word, tag in rjieba.tag(text):
        found.append(Word(word, tag, at))
        at += len(word)
    return found


def covering(words: list[Word], position: int) -> Word:
    """The word that holds the character at ``position``."""
    return words[bisect_right(words, position, key=lambda word: word.start) - 1]
