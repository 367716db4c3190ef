"""What a claim's words weigh: nouns more than verbs, what many numbers carry more than nothing, digits not at all."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.amounts.names import normalize_name

# Per first letter of jieba's tags; what is not listed (particles, conjunctions, numerals) says nothing.
WEIGHTS = {"n": 1.0, "j": 1.0, "l": 1.0, "i": 1.0, "v": 0.5, "a": 0.6, "b": 0.6, "s": 0.8, "t": 0.3, "z": 0.5, "e": 0.5}
GENERIC = 0.35
"""The part of its weight that a word keeps which many numbers of one report carry."""


class Bag(dict[str, float]):
    """Words with their weights."""

    @cached_property
    def total(self) -> float:
        """What all of them weigh."""
        return sum(self.values())


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """A total by its names, and the metric of the vocabulary that it is."""

    names: str
    means: str


@cache
def _lexicon() -> dict[str, list[str] | str]:
    return patterns.lexicon("diffs/words")


@cache
def generic() -> frozenset[str]:
    """The words that many numbers of one report carry."""
    return frozenset(_lexicon()["generic"])


@cache
def expression(name: str) -> regex.Pattern[str]:
    """A fragment, or any word of a list, of ``patterns/diffs/words``."""
    return patterns.compiled(f"diffs/words.{name}", "{" + name + "}", _lexicon())


@cache
def _names() -> tuple[tuple[regex.Pattern[str], str], ...]:
    found = patterns.load("diffs/names", Name)
    return tuple((patterns.compiled(name, entry.names), entry.means) for name, entry in found.items())


class Synonym(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one meaning, and the one that is compared."""

    words: list[str]
    means: str


@cache
def _synonyms() -> dict[str, str]:
    found = patterns.load("diffs/synonyms", Synonym)
    return {word: entry.means for entry in found.values() for word in entry.words}


def known(metric: str) -> str | None:
    """The id of the total that a metric's words are a common name of.

    >>> known("决算收入"), known("其他收入")
    ('fiscal.revenue.total', None)
    """
    return next((means for names, means in _names() if names.fullmatch(metric)), None)


@lru_cache(maxsize=65536)
def bare(metric: str, planned: bool = False) -> str:
    """A metric as it is compared; ``planned`` leaves a plan or budget in front of it.

    >>> bare("低保累计发放保障金"), bare("年初预算总支出"), bare("年初预算总支出", planned=True)
    ('低保发放保障金', '总支出', '年初预算总支出')
    """
    metric = metric if planned else str(expression("planned").sub("", metric)) or metric
    return str(expression("aside").sub("", normalize_name(metric))) or metric


@lru_cache(maxsize=65536)
def bag(text: str) -> Bag:
    """The words of a text with their weights, verbs of one meaning as one.

    >>> bag("发放了创文宣传资料3000余份")
    {'发放': 0.175, '创文': 1.0, '宣传': 0.5, '资料': 1.0}
    """
    found = Bag()
    for word in words.cut(text):
        weight = WEIGHTS.get(word.tag[:1], 0.0)
        if weight and not any(char.isdigit() or char.isspace() for char in word.text):
            said = _synonyms().get(word.text, word.text) if word.tag[:1] == "v" else word.text
            found[said] = weight * (GENERIC if word.text in generic() else 1.0)
    return found


def dice(one: Bag, two: Bag) -> float:
    """The weight that two texts have in common, from 0 to 1."""
    whole = one.total + two.total
    return 2 * shared(one, two) / whole if whole else 0.0


def shared(one: Bag, two: Bag) -> float:
    """The weight of the words that stand in both."""
    return sum(one[word] for word in one.keys() & two.keys())


@lru_cache(maxsize=65536)
def grams(text: str) -> frozenset[str]:
    """The characters of a text and its pairs of characters."""
    return frozenset(text) | frozenset(text[at : at + 2] for at in range(len(text) - 1))


def alike(one: str, two: str) -> float:
    """How alike two names are by their characters.

    >>> round(alike("棚改任务数", "棚改任务考核数"), 2)
    0.73
    """
    a, b = grams(one), grams(two)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
