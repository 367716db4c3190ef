"""Shares that name their whole by some of its words, and whose numbers are called otherwise than they are.

留下来的资金占累计缴存的5.6%, where the sentence told what is left and the report all that was paid in. Nothing but the
digits says that two numbers are meant: they are taken where they give the share, and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import normalize_name
from extractor.checks.relations.wholes import find_called, gives, may_be_whole
from extractor.model import Claim

# A part stands in the sentence of its share, among so many amounts in front of that, or has a name of its own; a number
# that is called so stands among so many claims.
PARTS, CALLED = 2, 60
# Fewer digits of a share, fewer characters of a name are met by chance.
TELLING, NAMED = 2, 3
AMOUNTS = ("level", "change_amount")


def find_loosely(book: Book, claim: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole of a share that give it."""
    name = normalize_name(find_called(book, claim) or "")
    if len(name) < NAMED or count_digits(claim.value) < TELLING or claim.cell:
        return None
    wholes = list(_list_called(book, claim, name))
    parts = (*_list_parts(book, claim), *_list_called(book, claim, normalize_name(claim.metric or " ")))
    pairs = ((part, whole) for part in parts for whole in wholes if may_be_whole(whole, part))
    return next((pair for pair in pairs if gives(book, claim, *pair)), None)


def _list_parts(book: Book, claim: Claim) -> Iterator[Claim]:
    before = reversed(book.find_between(claim.sentence.start, claim.start))
    return islice((one for one in before if one.kind in AMOUNTS), PARTS)


def _list_called(book: Book, claim: Claim, name: str) -> Iterator[Claim]:
    """The levels in front of a share whose names have all characters of a name, in its order, the nearest first."""
    at = book.find_index(claim)
    for one in reversed(book.claims[max(0, at - CALLED) : at]):
        if one.kind == "level" and not one.cell and _has_all(normalize_name(one.metric or ""), name):
            yield one


def _has_all(long: str, short: str) -> bool:
    """Whether a name has the characters of another one in their order.

    >>> _has_all("住房公积金提取人数", "提取人数"), _has_all("贷款余额", "存款余额")
    (True, False)
    """
    rest = iter(long)
    return all(character in rest for character in short)
