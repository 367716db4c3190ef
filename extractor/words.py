"""Words and parts of speech, as jieba cuts and tags them. Loaded when first used.

``rjieba`` cuts, which is faster. ``jieba`` itself cuts where ``rjieba`` is not installed (it has no wheel for the
machine), and texts that hold a word of the user's own (``patterns/own_words.toml``).
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

from msgspec import Struct

from extractor import patterns

Tagger = Callable[[str], list[tuple[str, str]]]
# The dictionary takes words from one thread at a time.
LOADING = Lock()


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
    """The words of ``text`` in order, with their offsets: none is left out, also no space or mark.

    >>> [(word.text, word.tag) for word in cut("组建巡逻队伍")]
    [('组建', 'v'), ('巡逻', 'v'), ('队伍', 'n')]
    """
    known, tag_words = _choose_tagger(text)
    found, at = [], 0
    for word, tag in tag_words(text):
        found.append(Word(word, known.get(word, tag), at))
        at += len(word)
    return found


def find_word(words: list[Word], position: int) -> Word:
    """The word that holds the character at ``position``."""
    return words[bisect_right(words, position, key=lambda word: word.start) - 1]


# ── whose words, and who cuts ────────────────────────────────────────────────────────────────────────────


@cache
def read_words(path: str) -> dict[str, str]:
    """The words of a list under ``patterns/`` and their parts of speech, which go before the dictionary's.

    >>> read_words("words")["预算"]
    'n'
    """
    return {word: tag for tag, entries in patterns.lexicon(path).items() for word in entries}


def _choose_tagger(text: str) -> tuple[dict[str, str], Tagger]:
    """The words that go before the dictionary, and what cuts ``text``."""
    genre, own = read_words("words"), read_words("own_words")
    if any(word in text for word in own):
        return genre | own, load_jieba(own=True)
    with LOADING:
        return genre, _load_tagger()


@cache
def _load_tagger() -> Tagger:
    """What cuts texts without words of the user's own."""
    try:
        return load_rjieba()
    except ImportError:
        return load_jieba(own=False)


def load_rjieba() -> Tagger:
    """Cuts and tags by rjieba with the genre's own words. Raises ``ImportError`` where it is not installed.

    The words go into the module's own dictionary: a second one would take as long to load as the first.
    """
    import rjieba

    for word, tag in read_words("words").items():
        rjieba.add_word(word, None, tag)
    tagger: Tagger = rjieba.tag
    return tagger


@cache
def load_jieba(own: bool) -> Tagger:
    """Cuts and tags by jieba with the genre's words, and the user's own if ``own``."""
    posseg = _import_posseg()
    tokenizer = posseg.jieba.Tokenizer()
    # Its own initialize() would leave a cache in a folder that other users of the machine may write to.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, tag in (read_words("words") | (read_words("own_words") if own else {})).items():
        tokenizer.add_word(word, None, tag)
    guesser = posseg.POSTokenizer(tokenizer)
    guesser.initialize()
    return lambda text: [(word, _find_tag(guesser, word)) for word in tokenizer.lcut(text)]


def _import_posseg() -> Any:
    """The tagger of jieba, without its warnings: it was written for a Python that knew neither."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.posseg
    return jieba.posseg


def _find_tag(guesser: Any, word: str) -> str:
    """The part of speech of a word as rjieba tells it: the dictionary's, else from its characters."""
    known: str | None = guesser.word_tag_tab.get(word)
    if known is not None:
        return known
    if word[0].isdecimal():
        return "m"
    if word.isascii():
        return "eng" if word.isalpha() else "x"
    return str(guesser.lcut(word)[-1].flag)
