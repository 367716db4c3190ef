"""Words and parts of speech, as jieba cuts and tags them. Loaded when first used.

``rjieba`` cuts, which is faster and brings its dictionary in a wheel. ``jieba`` itself cuts where ``rjieba`` has no
wheel for the machine. Texts that hold a word of the user's own (``patterns/own_words.toml``) are cut with these.
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
    with LOADING:
        if any(word in text for word in own):
            return genre | own, load_tagger(own=True)
        return genre, load_tagger(own=False)


@cache
def load_tagger(own: bool) -> Tagger:
    """What cuts texts, with the genre's words, and the user's own if ``own``."""
    known = read_words("words") | (read_words("own_words") if own else {})
    try:
        return load_rjieba(known, apart=own)
    except ImportError:
        return load_jieba(known)


def load_rjieba(known: dict[str, str], apart: bool) -> Tagger:
    """Cuts and tags by rjieba with the words ``known``. Raises ``ImportError`` where it is not installed.

    The words go into the module's own dictionary, as a second one takes as long to load as the first; into one of their
    own if ``apart``, as what is there cannot be taken back.
    """
    import rjieba

    cutter = rjieba.Jieba() if apart else rjieba
    for word, tag in known.items():
        cutter.add_word(word, None, tag)
    tagger: Tagger = cutter.tag
    return tagger


def load_jieba(known: dict[str, str]) -> Tagger:
    """Cuts and tags by jieba with the words ``known``."""
    posseg = _import_posseg()
    tokenizer = posseg.jieba.Tokenizer()
    # Its own initialize() would leave a cache in a folder that other users of the machine may write to.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, tag in known.items():
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
