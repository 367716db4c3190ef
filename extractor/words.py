"""Words and parts of speech, as jieba cuts and tags them. Loaded when first used.

``rjieba`` cuts, which is faster. ``jieba`` itself cuts where ``rjieba`` is not installed (it has no wheel for the
machine), and texts that hold a word of the user's own (``patterns/own_words.toml``).
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from msgspec import Struct

from extractor import patterns
from extractor.kept import compile_expression
from extractor.lexicon import Lexicon, load_all, load_lines

Tagger = Callable[[str], Sequence[tuple[str, str | None]]]
# What cuts is loaded by one thread.
LOADING = Lock()
# So many texts are remembered with the parts of speech of all their words.
MOST_TAGGED = 256
HAN = compile_expression(r"\p{Han}")


class Word(Struct, frozen=True):
    """A word with its place, and its part of speech where that is known: else the text that it was cut from tells."""

    text: str
    known: str | None
    start: int
    source: str = ""

    @property
    def end(self) -> int:
        """Offset behind the word."""
        return self.start + len(self.text)

    @property
    def tag(self) -> str:
        """Its part of speech: jieba's tags."""
        return _tag(self) if self.known is None else self.known


def cut(text: str) -> list[Word]:
    """The words of ``text`` in order, with their offsets: none is left out, also no space or mark.

    >>> [(word.text, word.tag) for word in cut("组建巡逻队伍")]
    [('组建', 'v'), ('巡逻', 'v'), ('队伍', 'n')]
    """
    known, tag_words = _choose_tagger(text)
    found, at = [], 0
    for word, tag in tag_words(text):
        found.append(Word(word, known.get(word, tag), at, text))
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
        lexicon = _load_lexicon()
        return lexicon.cut if lexicon else load_rjieba()
    except ImportError:
        return load_jieba(own=False)


@cache
def _load_lexicon() -> Lexicon | None:
    """What cuts by the words alone that texts have; None where the list of all of them cannot be kept."""
    lines = load_lines()
    return Lexicon(lines, read_words("words")) if lines else None


def _tag(word: Word) -> str:
    """The part of speech of a word that no list has."""
    if HAN.search(word.text):
        return _tag_all(word.source)[word.start]
    # What is no word has the same in every text.
    return _tag_all(word.text)[0]


@lru_cache(MOST_TAGGED)
def _tag_all(text: str) -> dict[int, str]:
    """The parts of speech of all words of a text by their places."""
    lexicon, at, found = _load_lexicon(), 0, {}
    for word, tag in lexicon.tag(text) if lexicon else ():
        found[at] = tag
        at += len(word)
    return found


def load_rjieba() -> Tagger:
    """Cuts and tags by rjieba with all its words and the genre's. Raises ``ImportError`` where it is not installed."""
    tagger: Tagger = load_all(read_words("words"))[0].tag
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
