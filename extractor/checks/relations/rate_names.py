"""Names of rates: whether 回收 of 有效回收率 is what a part is called, with other words for the same."""

from __future__ import annotations

from functools import cache
from itertools import product

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import Synonym
from extractor.checks.relations.clauses import name_with_lead
from extractor.model import Claim

# The head of a rate's name, in characters: 回收 of 有效回收率.
HEAD = 2


@cache
def _list_synonyms() -> tuple[tuple[str, str], ...]:
    """Words of rates that mean the same, both ways."""
    pairs: list[tuple[str, str]] = []
    for entry in patterns.load("checks/rate", Synonym).values():
        pairs += product(entry.words, (entry.means,))
    return (*pairs, *((means, word) for word, means in pairs))


def binds_name(book: Book, stem: str, part: Claim, whole: Claim) -> bool:
    """Whether the head of a rate's name is in the words of the part, or in the whole's and the rest in the part's."""
    part_words = set(name_with_lead(book, part))
    whole_words = set(name_with_lead(book, whole))
    variants = _list_variants(stem)
    return any(_is_in_words(variant, part_words, whole_words) for variant in variants)


def _is_in_words(stem: str, part: set[str], whole: set[str]) -> bool:
    head, rest = set(stem[-HEAD:]), set(stem[:-HEAD])
    if head <= part:
        return True
    if not rest or not rest <= part:
        return False
    return head <= whole


def _list_variants(stem: str) -> list[str]:
    """A rate's name without its ending, and with another word for its head."""
    variants = [stem]
    for ending, other in _list_synonyms():
        if stem.endswith(ending):
            variants.append(stem[: -len(ending)] + other)
    return variants
