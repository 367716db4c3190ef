"""The levels of a document's narrative by what words call them: looked up, so that nobody goes through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, partial
from heapq import merge

import regex

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.once import once_a_claim
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.model import Claim
from extractor.needed import Needed, find_needed, is_possible

Kind = Callable[[Claim], Hashable]
Groups = dict[Hashable, list[Claim]]


class CalledLevels:
    """The levels of one book; those that an expression names are found once, and grouped once by each kind."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._all = [one for one in book.claims if is_told_level(book, one)]
        self._groups: dict[tuple[str, str, Hashable], Groups] = {}

    def group(self, path: str, expression: str, kind: Kind, name: Hashable) -> Groups:
        """The levels that ``expression`` of the pattern file ``path`` names, by their kind, in document order.

        ``name`` stands for the kind: what is asked for under one name is grouped once.
        """
        key = (path, expression, name)
        if key not in self._groups:
            groups: Groups = {}
            for one in self._all:
                if is_called(self._book, path, expression, one):
                    groups.setdefault(kind(one), []).append(one)
            self._groups[key] = groups
        return self._groups[key]


def is_told_level(book: Book, one: Claim) -> bool:
    """Whether a claim is a level of the narrative, and not where a movement began."""
    if one.kind != "level" or one.cell:
        return False
    return not is_origin(book, one)


@once_a_claim
def _read_calling(book: Book, claim: Claim) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words in front of a number, its metric and its unit, and their characters."""
    words = (read_lead(book, claim), claim.metric or "", claim.unit)
    return words, frozenset().union(*words)


def list_characters(book: Book, claim: Claim) -> frozenset[str]:
    """The characters of the words that call a number."""
    return _read_calling(book, claim)[1]


def is_called(book: Book, path: str, expression: str, claim: Claim) -> bool:
    """Whether the words in front of a number, its metric or its unit are what an expression names."""
    words, characters = _read_calling(book, claim)
    if not is_possible(_find_needed(path, expression), characters):
        return False
    return any(map(compile_name(path, expression).search, words))


@cache
def _find_needed(path: str, expression: str) -> Needed:
    return find_needed(compile_name(path, expression).pattern)


@cache
def compile_name(path: str, expression: str) -> regex.Pattern[str]:
    """An expression of the pattern file ``path``."""
    return patterns.compiled(path, expression)


def walk_nearest(groups: Iterable[Sequence[Claim]], claim: Claim) -> Iterator[Claim]:
    """The claims of several lists, each in document order, from the nearest to ``claim`` on; itself left out.

    Of two as near the later one comes first. Nothing is looked at that is not asked for.
    """
    walks = [walk for group in groups for walk in _walk_both_ways(group, claim)]
    return (one for one in merge(*walks, key=partial(_measure, claim)) if one is not claim)


def _walk_both_ways(group: Sequence[Claim], claim: Claim) -> tuple[Iterator[Claim], Iterator[Claim]]:
    """The claims in front of another, the last one first, and the others."""
    at = bisect_left(group, claim.start, key=lambda one: one.start)
    return (group[index] for index in range(at - 1, -1, -1)), (group[index] for index in range(at, len(group)))


def _measure(claim: Claim, one: Claim) -> tuple[int, int]:
    """How far a claim is from another, and what decides between two as far."""
    return abs(one.start - claim.start), -one.start
