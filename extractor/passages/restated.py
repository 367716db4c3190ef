"""Passages of one document that restate one another: a section and a form, a report and what is attached to it.

Two passages that share several numbers of the same names tell the same things. Their claims are then paired as those
of two documents are: by the words around them and their order, each with one of the other passage at most. Where most
pairs are equal, so are the others meant to be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from math import prod

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import normalize_name
from extractor.model import Claim, Facet, Scope
from extractor.passages.items import Item, Reader
from extractor.passages.matching import Match, match
from extractor.passages.numbers import relate_numbers

# So many equal numbers of equal things make two passages restatements of one another.
SHARED = 3
# A word has two characters.
WORD = 2
# If they are so many times as many as those that differ, and chance would have them equal once in so many pairs of
# passages (five counts of one digit: 9 ** 5), these were meant to be equal, too.
TIMES, RARE = 2, 50_000
# Names are at least so alike; less alike ones are of two things that may be the same number.
CALLED = 0.7
# A number of one name in more passages than this restates nothing.
MOST = 12
# A name of fewer characters does not tell what a longer one is of that ends like it.
TELLING = 4
# What a number is of is told by so many characters at the end of its name; a 0, which is common, by the whole name.
HEAD = 2
NOTHING = "0"

Passage = tuple[str | None, str | None]
"""The section, and the table if it is one."""
Key = tuple[str | None, str, str, str]
"""A number, its unit, its kind and what it is called."""


class Restated(Struct, frozen=True):
    """Two claims of one thing, the earlier one first, of passages that tell the same things.

    ``is_equal`` says that one number is the other, maybe with fewer digits; of others ``is_sure`` says that they were
    meant to be: they are called the same, and most of what stands around them is the same.
    """

    one: Claim
    two: Claim
    is_equal: bool
    is_sure: bool = False


def find_restated(book: Book) -> tuple[Restated, ...]:
    """What passages of a document tell again, in document order."""
    return book.view(_find_restated)


def _find_restated(book: Book) -> tuple[Restated, ...]:
    passages = _list_passages(book.claims)
    alike = _find_alike(passages)
    found = list(chain.from_iterable(_pair(book, passages[one], passages[two]) for one, two in alike))
    found += _follow(found)
    return tuple(sorted(found, key=lambda pair: (pair.two.start, pair.one.start)))


def _follow(found: Sequence[Restated]) -> list[Restated]:
    """What differs from a number surely differs from its restatements elsewhere, too."""
    same: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
    for pair in found:
        if pair.is_equal:
            same[pair.one.id][pair.two.id], same[pair.two.id][pair.one.id] = pair.two, pair.one
    followed: list[Restated] = []
    for pair in found:
        if pair.is_sure:
            followed += (_order(pair.one, other) for other in same[pair.two.id].values())
            followed += (_order(pair.two, other) for other in same[pair.one.id].values())
    return followed


def _order(one: Claim, two: Claim) -> Restated:
    """Two claims that surely differ."""
    first, second = sorted((one, two), key=lambda claim: claim.start)
    return Restated(first, second, is_equal=False, is_sure=True)


def _list_passages(claims: Iterable[Claim]) -> dict[Passage, list[Claim]]:
    """The claims of each passage, in document order."""
    found: dict[Passage, list[Claim]] = {}
    for claim in claims:
        place = claim.section, claim.cell.table if claim.cell else None
        found.setdefault(place, []).append(claim)
    return found


def _find_alike(passages: dict[Passage, list[Claim]]) -> list[tuple[Passage, Passage]]:
    """Passages, two by two in document order, that share enough numbers of equal names."""
    order = {place: at for at, place in enumerate(passages)}
    told: defaultdict[Key, dict[Passage, None]] = defaultdict(dict)
    for place, claims in passages.items():
        for claim in filter(_is_telling, claims):
            told[_find_key(claim)][place] = None
    shared: Counter[tuple[Passage, Passage]] = Counter()
    for places in told.values():
        if len(places) <= MOST:
            shared.update(combinations(places, 2))
    found = [pair for pair, count in shared.items() if count >= SHARED]
    return sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _is_telling(claim: Claim) -> bool:
    return claim.base_value is not None and has_word(claim.metric or "")


def has_word(name: str) -> bool:
    """Whether a name says anything: a number is none.

    >>> has_word("党课"), has_word("1"), has_word("1至2")
    (True, False, False)
    """
    return sum(map(str.isalpha, name)) >= WORD


def _find_key(claim: Claim) -> Key:
    """What numbers of one thing have in common that are the same."""
    name = normalize_name(claim.metric or "")
    is_nothing = claim.base_value == NOTHING
    return claim.base_value, claim.base_unit, claim.kind, name if is_nothing else name[-HEAD:]


def _pair(book: Book, left: Sequence[Claim], right: Sequence[Claim]) -> Iterator[Restated]:
    """The claims of two passages that are of one thing; none where too few of their numbers agree."""
    sides = Reader(book, left).read(), Reader(book, right).read()
    matches = [one for one in match(*sides).matches if _is_of_one_thing(one)]
    equal = [one for one in matches if relate_numbers(one.left, one.right)]
    if len(equal) < SHARED:
        return
    yield from (Restated(one.left.claim, one.right.claim, is_equal=True) for one in equal)
    names = [Counter(map(_name, side)) for side in sides]
    others = [one for one in matches if one not in equal and _is_only_one(one, names)]
    is_most = len(equal) >= TIMES * len(others) and prod(map(_count_alike, equal)) >= RARE
    for one in others:
        is_sure = is_most and one.left.named == one.right.named
        yield Restated(one.left.claim, one.right.claim, is_equal=False, is_sure=is_sure)


def _is_of_one_thing(pair: Match) -> bool:
    """Whether two claims are called alike and are not of two sides of the accounts."""
    if not (has_word(pair.left.named) and has_word(pair.right.named)):
        return False
    sides = {facet.value for one in (pair.left, pair.right) if (facet := _read_side(one.claim))}
    return pair.likeness.metric >= CALLED and len(sides) < 2


def _count_alike(pair: Match) -> int:
    """How many numbers are written with as many digits as the one that two claims tell; 0, 1 and 100 % are common."""
    written = [one.claim.value for one in (pair.left, pair.right) if one.exact]
    if not written or pair.left.exact == 1 == pair.right.exact:
        return 1
    others: int = 10 ** (min(map(count_digits, written)) - 1)
    return 9 * others


def _read_side(claim: Claim) -> Facet | None:
    return claim.scope.side if isinstance(claim.scope, Scope) else None


def _name(item: Item) -> tuple[object, ...]:
    return item.named, item.group


def _is_only_one(pair: Match, names: Sequence[Counter[tuple[object, ...]]]) -> bool:
    """Whether two claims have one name but for words in front, which no other claims of their passages have."""
    short, long = sorted((pair.left.named, pair.right.named), key=len)
    is_begun = len(short) >= TELLING and short[-TELLING:] == long[-TELLING:]
    if not (is_begun or short == long):
        return False
    return all(named[_name(one)] == 1 for one, named in zip((pair.left, pair.right), names, strict=True))
