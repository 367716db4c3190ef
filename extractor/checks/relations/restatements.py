"""Passages that tell a thing twice: pairs of claims of different sections that state the same metric.

Two sections restate one another where they share the same numbers of the same things; what else they say of one
metric is then meant to be the same. Figures of the accounts, known by a ``metric_id`` or a name of the fiscal
genre, are the same wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, normalize_name
from extractor.model import Claim

# So many equal numbers of equal things make two sections restatements of one another.
SHARED = 3
# A name this short, in characters, is too common to tell what a number is of.
TELLING = 4
# A metric that stands more often than this names no one thing.
MOST = 12
# A number of so many digits is hardly the same by chance.
DIGITS = 4


class Pair(Struct, frozen=True):
    """Two claims of one metric; ``restated`` says that the sections around them tell the same things."""

    one: Claim
    two: Claim
    restated: bool
    exact: bool


def find_pairs(book: Book) -> Iterator[Pair]:
    """Claims of one metric, kind and unit in different sentences, the earlier one first."""
    shared = _count_shared(book)
    for claims in _group_alike(book).values():
        if len(claims) > MOST:
            continue
        for one, two in combinations(claims, 2):
            if one.sentence != two.sentence and not _is_of_one_list(book, one, two):
                restated = (
                    max(shared.get(_pair_sections(one, two), 0), shared.get(_pair_roots(book, one, two), 0)) >= SHARED
                )
                yield Pair(one, two, restated, True)
    yield from _pair_modified(book, shared)
    yield from _pair_scoped(book)


def _group_alike(book: Book) -> dict[tuple[object, ...], list[Claim]]:
    """The claims by all that makes them statements of one thing."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in book.claims:
        if claim.metric and (claim.metric_id or len(normalize_name(claim.metric)) >= TELLING):
            name = claim.metric_id or normalize_name(claim.metric)
            alike = (name, claim.kind, claim.direction, claim.role, claim.base_unit, find_scope(claim))
            found.setdefault(alike, []).append(claim)
    return found


def _is_of_one_list(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two claims stand in neighbouring items of one list, which are of different things."""
    if one.section == two.section or one.metric_id or not one.section or not two.section:
        return False
    parent = book.section[one.section].parent
    return parent is not None and parent == book.section[two.section].parent


def _pair_sections(one: Claim, two: Claim) -> frozenset[str | None]:
    return frozenset((one.section, two.section))


def _pair_roots(book: Book, one: Claim, two: Claim) -> frozenset[str | None]:
    """The parts of the document that two claims stand in; nothing where it is one."""
    roots = frozenset((book.find_root(one.section), book.find_root(two.section)))
    return roots if len(roots) > 1 else frozenset()


def _count_shared(book: Book) -> dict[frozenset[str | None], int]:
    """How many equal numbers of equal things two sections, or two parts of the document, have in common."""
    found: dict[frozenset[str | None], int] = {}
    for claims in _group_alike(book).values():
        for one, two in combinations(claims[:MOST], 2):
            nothing = one.base_value in (None, "0") or one.base_value != two.base_value
            if one.section != two.section and not nothing:
                for pair in filter(None, (_pair_sections(one, two), _pair_roots(book, one, two))):
                    found[pair] = found.get(pair, 0) + 1
    return found


def _pair_modified(book: Book, shared: dict[frozenset[str | None], int]) -> Iterator[Pair]:
    """In sections that restate one another: metrics that differ by modifiers in front of the same head."""
    for sections, count in shared.items():
        if count < SHARED or len(sections) < 2 or not sections <= book.sections.keys():
            continue
        first, second = sorted(sections, key=lambda section: book.sections[section][0].start)
        taken: set[str] = set()
        for one in book.sections[first]:
            two = _find_counterpart(one, [claim for claim in book.sections[second] if claim.id not in taken])
            if two:
                taken.add(two.id)
                yield Pair(one, two, True, False)


def _pair_scoped(book: Book) -> Iterator[Pair]:
    """Rates of one name, of which one says in its sentence what the other has in its name.

    垃圾分类小区覆盖率达到100%，居民参与率92% and 垃圾分类居民参与率92%.
    """
    rates = [claim for claim in book.claims if claim.kind == "rate" and claim.metric and not claim.cell]
    by_end: dict[str, list[Claim]] = {}
    for claim in rates:
        by_end.setdefault(normalize_name(claim.metric or "")[-TELLING:], []).append(claim)
    for one, two in (pair for claims in by_end.values() if len(claims) <= MOST for pair in combinations(claims, 2)):
        short, long = sorted((one, two), key=lambda claim: len(normalize_name(claim.metric or "")))
        words = normalize_name(long.metric or "").removesuffix(normalize_name(short.metric or ""))
        inside = len(words) > 1 and words in book.text[short.sentence.start : short.start]
        longer = (
            normalize_name(long.metric or "").endswith(normalize_name(short.metric or ""))
            and one.sentence != two.sentence
        )
        if longer and inside and one.role == two.role:
            yield Pair(one, two, True, False)


def find_same_numbers(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Claims of one number with many digits whose metrics end alike, but are not the same."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in book.claims:
        digits = len((claim.base_value or "").replace(".", "").strip("0"))
        if claim.metric and digits >= DIGITS:
            alike = (claim.base_value, claim.base_unit, claim.kind, claim.direction, claim.role)
            found.setdefault(alike, []).append(claim)
    for claims in found.values():
        for one, two in combinations(claims[:MOST], 2):
            names = normalize_name(one.metric or ""), normalize_name(two.metric or "")
            if one.sentence != two.sentence and names[0] != names[1] and names[0][-TELLING:] == names[1][-TELLING:]:
                yield one, two


def _find_counterpart(one: Claim, candidates: list[Claim]) -> Claim | None:
    """The one claim of another section whose metric is this one's with more words; None where several are."""
    fitting = [two for two in candidates if _is_longer(one, two)]
    return fitting[0] if len(fitting) == 1 else None


def _is_longer(one: Claim, two: Claim) -> bool:
    """Whether two metrics of one kind and unit differ by words that one has more, ending alike."""
    if (one.kind, one.direction, one.role, one.base_unit) != (two.kind, two.direction, two.role, two.base_unit):
        return False
    short, long = sorted((normalize_name(one.metric or ""), normalize_name(two.metric or "")), key=len)
    if short == long or len(short) < TELLING or short[-TELLING:] != long[-TELLING:]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
