"""What a claim's words weigh: nouns more than verbs, what many numbers carry more than nothing, digits not at all."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from math import fsum

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.amounts.names import normalize_name
from extractor.kept import compile_expression

# Per first letter of jieba's tags; what is not listed (particles, conjunctions, numerals) says nothing.
WEIGHTS = {"n": 1.0, "j": 1.0, "l": 1.0, "i": 1.0, "v": 0.5, "a": 0.6, "b": 0.6, "s": 0.8, "t": 0.3, "z": 0.5, "e": 0.5}
GENERIC = 0.35
"""The part of its weight that a word keeps which many numbers of one report carry."""


# Digits and white space say nothing of what is measured.
_MEANINGLESS = compile_expression(r"[\p{Numeric_Type=Decimal}\p{Numeric_Type=Digit}\s]")


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
    return patterns.lexicon("passages/words")


@cache
def list_generic_words() -> frozenset[str]:
    """The words that many numbers of one report carry."""
    return frozenset(_lexicon()["generic"])


@cache
def compile_fragment(name: str) -> regex.Pattern[str]:
    """A fragment, or any word of a list, of ``patterns/passages/words``."""
    return patterns.compiled(f"passages/words.{name}", "{" + name + "}", _lexicon())


@cache
def _names() -> tuple[tuple[regex.Pattern[str], str], ...]:
    found = patterns.load("passages/names", Name).items()
    compiled = ((patterns.compiled(name, entry.names), entry.means) for name, entry in found)
    return tuple(compiled)


class Synonym(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one meaning, and the one that is compared."""

    words: list[str]
    means: str


@cache
def _synonyms() -> dict[str, str]:
    compared: dict[str, str] = {}
    for entry in patterns.load("passages/synonyms", Synonym).values():
        compared.update(dict.fromkeys(entry.words, entry.means))
    return compared


def find_total(metric: str) -> str | None:
    """The id of the total that a metric's words are a common name of.

    >>> find_total("决算收入"), find_total("其他收入")
    ('fiscal.revenue.total', None)
    """
    for names, means in _names():
        if names.fullmatch(metric):
            return means
    return None


@lru_cache(maxsize=65536)
def strip_metric(metric: str, planned: bool = False) -> str:
    """A metric as it is compared; ``planned`` leaves a plan or budget in front of it.

    >>> strip_metric("低保累计发放保障金"), strip_metric("年初预算总支出"), strip_metric("年初预算总支出", planned=True)
    ('低保发放保障金', '总支出', '年初预算总支出')
    """
    if not planned:
        bare = compile_fragment("planned").sub("", metric)
        metric = str(bare) or metric
    name = compile_fragment("aside").sub("", normalize_name(metric))
    return str(name) or metric


@lru_cache(maxsize=65536)
def weigh_words(text: str) -> Bag:
    """The words of a text with their weights, verbs of one meaning as one.

    >>> weigh_words("发放了创文宣传资料3000余份")
    {'发放': 0.175, '创文': 1.0, '宣传': 0.5, '资料': 1.0}
    """
    found = Bag()
    for word in words.cut(text):
        weight = WEIGHTS.get(word.tag[:1], 0.0)
        if not weight or _MEANINGLESS.search(word.text):
            continue
        if word.text in list_generic_words():
            weight *= GENERIC
        is_verb = word.tag.startswith("v")
        said = _synonyms().get(word.text, word.text) if is_verb else word.text
        found[said] = weight
    return found


def compare_bags(one: Bag, two: Bag) -> float:
    """The weight that two texts have in common, from 0 to 1."""
    whole = one.total + two.total
    if not whole:
        return 0.0
    return 2 * weigh_shared(one, two) / whole


def weigh_shared(one: Bag, two: Bag) -> float:
    """The weight of the words that stand in both, the same in whatever order a set gives them."""
    return fsum(one[word] for word in one.keys() & two.keys())


@lru_cache(maxsize=65536)
def cut_grams(text: str) -> frozenset[str]:
    """The characters of a text and its pairs of characters."""
    return frozenset(text) | frozenset(text[at : at + 2] for at in range(len(text) - 1))


def compare_spellings(one: str, two: str) -> float:
    """How alike two names are by their characters.

    >>> round(compare_spellings("棚改任务数", "棚改任务考核数"), 2)
    0.73
    """
    a, b = cut_grams(one), cut_grams(two)
    return 2 * len(a & b) / max(1, len(a) + len(b))
