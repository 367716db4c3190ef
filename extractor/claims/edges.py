"""The edges of phrases: punctuation and function words in front of a name and behind it."""

from __future__ import annotations

from functools import cache, lru_cache

from extractor import words
from extractor.claims.word_lists import compile_list, load_lists

# So many phrases are remembered: those of one number are asked of again and again, by every way to name it.
KEPT = 4096


@lru_cache(KEPT)
def trim_edge(phrase: str) -> str:
    """A phrase without punctuation at its ends."""
    return str(compile_list("edge").sub("", phrase))


def strip_front(phrase: str) -> str:
    """The phrase without the function words at its front: the longest of the list, or a whole word as jieba cuts it."""
    while phrase and not phrase.startswith(_load_whole()):
        first = _find_front(phrase)
        if not first:
            break
        phrase = trim_edge(phrase[len(first) :])
    return phrase


def _find_front(phrase: str) -> str | None:
    """The longest function word that a phrase begins with; one of a single character where jieba cuts it off."""
    if not phrase.startswith(_list_front()):
        return None
    for size in range(_measure_front(), 1, -1):
        if phrase[:size] in _load_front():
            return phrase[:size]
    return phrase[0] if words.cut(phrase)[0].text == phrase[0] else None


@cache
def _list_front() -> tuple[str, ...]:
    """The words that a metric sheds in front, as the start of a phrase is asked for."""
    return tuple(_load_front())


@cache
def _load_front() -> frozenset[str]:
    """The words that a metric sheds in front."""
    return frozenset(load_lists().front)


@cache
def _measure_front() -> int:
    """The length of the longest of these words."""
    return max(map(len, _load_front()))


@cache
def _load_back() -> tuple[str, ...]:
    """The words that a metric sheds at its end, the longest first."""
    return tuple(sorted(load_lists().back, key=len, reverse=True))


@cache
def _load_whole() -> tuple[str, ...]:
    """The words that begin like one that is shed but are whole."""
    return tuple(load_lists().whole)


@cache
def _load_kept() -> tuple[str, ...]:
    """The words that end like one that is shed but are whole."""
    return tuple(load_lists().kept)


def strip_back(phrase: str) -> str:
    """The phrase without the function words at its end.

    >>> strip_back("人均可支配收入达到"), strip_back("城乡居民收入比")
    ('人均可支配收入', '城乡居民收入比')
    """
    while not phrase.endswith(_load_kept()):
        last = _find_back(phrase)
        if not last:
            break
        phrase = trim_edge(phrase.removesuffix(last))
    return phrase


def _find_back(phrase: str) -> str | None:
    """The longest function word that a phrase ends with."""
    if not phrase.endswith(_load_back()):
        return None
    return next(word for word in _load_back() if phrase.endswith(word))
