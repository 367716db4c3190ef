"""Names of rates: whether 回收 of 有效回收率 is what a part is called, with other words for the same."""

from __future__ import annotations

from functools import cache

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
    known = patterns.load("checks/rate", Synonym).values()
    pairs = [(word, entry.means) for entry in known for word in entry.words]
    return (*pairs, *(pair[::-1] for pair in pairs))


def binds_name(book: Book, stem: str, part: Claim, whole: Claim) -> bool:
    """Whether the head of a rate's name is in the words of the part, or in the whole's and the rest in the part's."""
    part_words, whole_words = set(name_with_lead(book, part)), set(name_with_lead(book, whole))
    return any(_is_in_words(variant, part_words, whole_words) for variant in _list_variants(stem))


def _is_in_words(stem: str, part: set[str], whole: set[str]) -> bool:
    head, rest = set(stem[-HEAD:]), set(stem[:-HEAD])
    return head <= part or (bool(rest) and rest <= part and head <= whole)


def _list_variants(stem: str) -> list[str]:
    """A rate's name without its ending, and with another word for its head."""
    return [stem, *(stem[: -len(one)] + two for one, two in _list_synonyms() if stem.endswith(one))]
