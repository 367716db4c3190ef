"""The ratio of two amounts that words name, as it is and as it was: 粮食与蔬菜的种植结构由40:60调整为42:58.

The amounts stand in front of it; what each of them was before is told by its change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.relations.changes import find_told_change
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.structures import read_numbers
from extractor.model import Claim

# The two amounts stand among so many levels in front of their ratio; the change of each right behind it.
NEAREST, BEHIND = 6, 2


class PairShare(Struct, frozen=True):
    """One number of a ratio with the amount that it is of and the other one; of an earlier time with their changes."""

    number: Amount
    part: Claim
    other: Claim
    changes: tuple[Claim, ...] = ()


def find_pair_shares(book: Book) -> Iterator[PairShare]:
    """Each number of a ratio of two amounts that the words in front of it name."""
    for sentence in book.sentences:
        ratios = [(claim, numbers) for claim in sentence if len(numbers := read_numbers(book, claim)) == 2]
        pair = _find_pair(book, ratios[0][0]) if ratios else None
        if pair:
            for claim, numbers in ratios:
                yield from _pair_up(book, numbers, pair, is_before=is_origin(book, claim))


def _pair_up(
    book: Book, numbers: Sequence[Amount], pair: tuple[Claim, Claim], *, is_before: bool
) -> Iterator[PairShare]:
    """Both numbers of a ratio, each with its own amount in front of the other one."""
    changes = tuple(filter(None, (_find_change(book, one) for one in pair))) if is_before else ()
    if len(changes) == (len(pair) if is_before else 0):
        yield PairShare(numbers[0], pair[0], pair[1], changes)
        yield PairShare(numbers[1], pair[1], pair[0], changes[::-1])


def _find_pair(book: Book, ratio: Claim) -> tuple[Claim, Claim] | None:
    """The last two amounts of one unit in front of a ratio that are called what its words name."""
    named = patterns.fragment("checks/share", "pair").search(book.text, ratio.sentence.start, ratio.start)
    if named is None:
        return None
    before = [one for one in book.find_between(book.find_border_before(ratio.start), ratio.start) if _is_level(one)]
    found = [_find_named(before[-NEAREST:], named[name]) for name in ("one", "two")]
    one, two = found
    return (one, two) if one and two and one.base_unit == two.base_unit and one.id != two.id else None


def _find_named(levels: Sequence[Claim], name: str) -> Claim | None:
    return next((one for one in reversed(levels) if name in (one.metric or "")), None)


def _is_level(claim: Claim) -> bool:
    return claim.kind == "level" and claim.is_one_told and claim.part_of is None


def _find_change(book: Book, level: Claim) -> Claim | None:
    """The amount by which a level rose or fell, which is told right behind it."""
    return find_told_change(book, level, BEHIND, ("change_amount",))
