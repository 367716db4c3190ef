"""The whole of shares that name none: the one number in front of which several of them are, by their digits.

A paragraph tells how many there are and divides them: 干警584人。法官403人，占69%；其他181人，占31%. One share of two
digits may be of any number by chance; several of one number are not. What stands between such shares is of it, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.checks.relations.wholes import is_quotient, may_be_whole
from extractor.model import Claim

# A whole stands among so many levels of its unit in front of the part.
NEAREST = 24
# Shares of so many digits together are of one number by no chance; a single one has to have so many.
TOGETHER, ALONE = 5, 4


class Told(Struct, frozen=True):
    """A share and the level that it is said of."""

    share: Claim
    part: Claim


def find_common_wholes(book: Book, told: Sequence[Told]) -> dict[str, Claim]:
    """The whole of each of some shares that have one together with others, by the id of the share."""
    fitting = {one.share.id: list(_list_fitting(book, one)) for one in told}
    wholes = {whole.id: whole for found in fitting.values() for whole in found}
    digits = _count_digits(told, fitting)
    found: dict[str, Claim] = {}
    for one in told:
        best = max(fitting[one.share.id], key=lambda whole: (digits[whole.id], whole.start), default=None)
        if best and digits[best.id] >= _ask_digits(best, fitting):
            found[one.share.id] = _find_nearest(fitting[one.share.id], wholes[best.id])
    found.update(_list_between(book, told, found))
    return found


def _find_nearest(fitting: Sequence[Claim], whole: Claim) -> Claim:
    """The last of the levels that give a share and are the number of its whole: 2026条。在2026条信息中，…."""
    return next(one for one in reversed(fitting) if one.base_value == whole.base_value)


def _list_fitting(book: Book, one: Told) -> Iterator[Claim]:
    """The levels in front of a part that give its share."""
    levels = book.told_levels.get(one.part.base_unit, [])
    end = bisect_left(levels, one.part.start, key=attrgetter("start"))
    for whole in levels[max(0, end - NEAREST) : end]:
        if may_be_whole(whole, one.part) and is_quotient(book, one.share, one.part, whole):
            yield whole


def _count_digits(told: Sequence[Told], fitting: Mapping[str, Sequence[Claim]]) -> dict[str, int]:
    """The digits of all shares that a level gives, by its id."""
    found: dict[str, int] = {}
    for one in told:
        for whole in fitting[one.share.id]:
            found[whole.id] = found.get(whole.id, 0) + count_digits(one.share.value)
    return found


def _ask_digits(whole: Claim, fitting: Mapping[str, Sequence[Claim]]) -> int:
    """How many digits the shares of a whole must have together."""
    shares = sum(whole in wholes for wholes in fitting.values())
    return TOGETHER if shares > 1 else ALONE


def _list_between(book: Book, told: Sequence[Told], found: Mapping[str, Claim]) -> Iterator[tuple[str, Claim]]:
    """The shares of a sentence that its other shares, two of them at least, have one whole for."""
    for sentence in _list_sentences(told):
        wholes = {found[one.share.id].id: found[one.share.id] for one in sentence if one.share.id in found}
        known = sum(one.share.id in found for one in sentence)
        if len(wholes) == 1 and known > 1 and _are_in_turn(book, sentence):
            whole = next(iter(wholes.values()))
            yield from ((one.share.id, whole) for one in sentence if may_be_whole(whole, one.part))


def _list_sentences(told: Sequence[Told]) -> list[list[Told]]:
    found: dict[int, list[Told]] = {}
    for one in told:
        found.setdefault(one.share.sentence.start, []).append(one)
    return list(found.values())


def _are_in_turn(book: Book, sentence: Sequence[Told]) -> bool:
    """Whether each part stands between the share in front and its own, and they are of one unit."""
    units = {one.part.base_unit for one in sentence}
    in_turn = (before.share.end <= one.part.start < one.share.start for before, one in pairwise(sentence))
    return len(units) == 1 and all(in_turn)
