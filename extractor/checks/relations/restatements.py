"""Passages that tell a thing twice: pairs of claims of different sections that state the same metric.

Two sections restate one another where they share the same numbers of the same things; what else they say of one
metric is then meant to be the same. Figures of the accounts, known by a ``metric_id`` or a name of the fiscal
genre, are the same wherever they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, is_disjoint, normalize_name, read_account
from extractor.model import Claim

# So many equal numbers of equal things make two sections restatements of one another.
SHARED = 3
# A name this short, in characters, is too common to tell what a number is of.
TELLING = 4
# A metric that stands more often than this names no one thing.
MOST = 12
# A number of so many digits is hardly the same by chance.
DIGITS = 4

Sections = frozenset[str | None]
"""Two sections, or two parts of the document."""
Shared = Mapping[Sections, int]
"""How many equal numbers of equal things sections have in common."""


class Pair(Struct, frozen=True):
    """Two claims of one metric; ``restated`` says that the sections around them tell the same things."""

    one: Claim
    two: Claim
    restated: bool
    exact: bool


def find_pairs(book: Book) -> tuple[Pair, ...]:
    """Claims of one metric, kind and unit in different sentences, the earlier one first."""
    return book.view(_find_pairs)


def _find_pairs(book: Book) -> tuple[Pair, ...]:
    groups = list(_group_alike(book).values())
    shared = _count_shared(book, groups)
    return (*_pair_named(book, groups, shared), *_pair_scoped(book))


def _pair_named(book: Book, groups: Sequence[Sequence[Claim]], shared: Shared) -> Iterator[Pair]:
    """Statements of one thing, two by two, but for names of so many that they name no one thing."""
    for claims in groups:
        if len(claims) > MOST:
            continue
        scoped = [(claim, find_scope(claim)) for claim in claims]
        for (one, of_one), (two, of_two) in combinations(scoped, 2):
            if _are_apart(book, one, two) and not is_disjoint(of_one, of_two):
                yield Pair(one, two, _is_restated(book, shared, one, two), True)


def _are_apart(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two claims stand in different sentences, and not in items of one list."""
    return one.sentence != two.sentence and not _is_of_one_list(book, one, two)


def _is_restated(book: Book, shared: Shared, one: Claim, two: Claim) -> bool:
    """Whether the sections, or the parts of the document, around two claims tell the same things."""
    sections, roots = _pair_sections(one, two), _pair_roots(book, one, two)
    return max(shared.get(sections, 0), shared.get(roots, 0)) >= SHARED


def _group_alike(book: Book) -> dict[tuple[object, ...], list[Claim]]:
    """The claims by all that makes them statements of one thing; a name of many claims by what they are of too."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for alike, claims in _group_named(book).items():
        if len(claims) <= MOST:
            found[alike] = claims
            continue
        for claim in claims:
            found.setdefault((*alike, find_scope(claim)), []).append(claim)
    return found


def _group_named(book: Book) -> dict[tuple[object, ...], list[Claim]]:
    """The claims by name, kind, direction, role and unit."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in book.claims:
        name = _identify(claim)
        if name is not None:
            alike = (name, claim.kind, claim.direction, claim.role, claim.base_unit)
            found.setdefault(alike, []).append(claim)
    return found


def _identify(claim: Claim) -> str | None:
    """The metric of the vocabulary, or a name that is long enough to tell what a number is of."""
    if not claim.metric:
        return None
    name = read_account(claim) or normalize_name(claim.metric)
    return name if len(name) >= TELLING else None


def _is_of_one_list(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two claims stand in neighbouring items of one list, which are of different things."""
    if read_account(one) or one.section == two.section:
        return False
    if not one.section or not two.section:
        return False
    first, second = book.section[one.section], book.section[two.section]
    if first.parent is None:
        return False
    return first.parent == second.parent


def _pair_sections(one: Claim, two: Claim) -> Sections:
    return frozenset((one.section, two.section))


def _pair_roots(book: Book, one: Claim, two: Claim) -> Sections:
    """The parts of the document that two claims stand in; nothing where it is one."""
    roots = frozenset((book.find_root(one.section), book.find_root(two.section)))
    if len(roots) < 2:
        return frozenset()
    return roots


def _count_shared(book: Book, groups: Sequence[Sequence[Claim]]) -> Shared:
    """How many equal numbers of equal things two sections, or two parts of the document, have in common."""
    found: Counter[Sections] = Counter()
    for claims in groups:
        for one, two in combinations(claims[:MOST], 2):
            if one.section == two.section or not _has_same_number(one, two):
                continue
            pairs = _pair_sections(one, two), _pair_roots(book, one, two)
            for pair in filter(None, pairs):
                found[pair] += 1
    return found


def _has_same_number(one: Claim, two: Claim) -> bool:
    """Whether two claims are of the same number, and not of nothing."""
    if one.base_value in (None, "0"):
        return False
    return one.base_value == two.base_value


def _pair_scoped(book: Book) -> Iterator[Pair]:
    """Rates of one name, of which one says in its sentence what the other has in its name.

    垃圾分类小区覆盖率达到100%，居民参与率92% and 垃圾分类居民参与率92%.
    """
    by_end: dict[str, list[Claim]] = {}
    for claim in filter(_is_named_rate, book.claims):
        end = normalize_name(claim.metric or "")[-TELLING:]
        by_end.setdefault(end, []).append(claim)
    for claims in by_end.values():
        if len(claims) > MOST:
            continue
        for one, two in combinations(claims, 2):
            if _is_scoped(book, one, two):
                yield Pair(one, two, True, False)


def _is_named_rate(claim: Claim) -> bool:
    """Whether a claim of the narrative is a rate with a name."""
    if claim.kind != "rate" or claim.cell:
        return False
    return bool(claim.metric)


def _is_scoped(book: Book, one: Claim, two: Claim) -> bool:
    """Whether the longer of two names is the other with words in front that stand in the other's sentence."""
    if one.role != two.role or one.sentence == two.sentence:
        return False
    short, long = sorted((one, two), key=lambda claim: len(normalize_name(claim.metric or "")))
    name, head = normalize_name(long.metric or ""), normalize_name(short.metric or "")
    if not name.endswith(head):
        return False
    words = name.removesuffix(head)
    return len(words) > 1 and words in book.text[short.sentence.start : short.start]


def find_same_numbers(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Claims of one number with many digits whose metrics end alike, but are not the same."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in filter(_has_many_digits, book.claims):
        alike = (claim.base_value, claim.base_unit, claim.kind, claim.direction, claim.role)
        found.setdefault(alike, []).append(claim)
    for claims in found.values():
        for one, two in combinations(claims[:MOST], 2):
            if one.sentence != two.sentence and _ends_alike(one, two):
                yield one, two


def _has_many_digits(claim: Claim) -> bool:
    """Whether a claim with a name is of a number that is hardly the same by chance."""
    if not claim.metric:
        return False
    digits = (claim.base_value or "").replace(".", "").strip("0")
    return len(digits) >= DIGITS


def _ends_alike(one: Claim, two: Claim) -> bool:
    """Whether two metrics have the same end and are not the same."""
    first, second = normalize_name(one.metric or ""), normalize_name(two.metric or "")
    if first == second:
        return False
    return first[-TELLING:] == second[-TELLING:]
