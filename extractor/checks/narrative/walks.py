"""The numbers beside a total that may be its parts, in several orders, and how they add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product

from msgspec import Struct

from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# A run begins at most so many numbers beside its total.
FARTHEST = 2
# Rounded parts may miss their total by one of its last digit; by more they are others.
SLACK = 1
# Numbers called alike have the same last characters.
TAIL = 3
# A name of so many characters says what is a kind of it.
NAMED = 4
# They and their own parts are no more than these.
REACH = 128
# Of so many last digits is a total that its parts give to the last one, though it is told by fewer.
EXACTLY = 1_000


class Term(Struct, frozen=True):
    """A level as whole steps of its line, what its last digit is in them, and its digits."""

    claim: Claim
    value: int
    step: int
    digits: int


Exact = int | Fraction
Owners = dict[str, str]
"""The numbers that are parts, with their totals."""


Walk = Callable[[Sequence[Term], int, Owners, bool], Iterable[Term]]
"""An order of the numbers beside one."""
Adding = Callable[[Term, Iterable[Term]], list[Term] | None]
"""How far numbers are added up to a total."""


def walk_all(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Sequence[Term]:
    """The numbers beside one, the nearest first."""
    return line[max(0, at - REACH + 1) : at][::-1] if backward else line[at + 1 : at + REACH]


def walk_tops(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are parts of nothing else."""
    total = line[at].claim.id
    return (one for one in walk_all(line, at, owners, backward) if owners.get(one.claim.id, total) == total)


def walk_alike(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are called as it is, where every item tells several things: 预算3亿元，结余1亿元."""
    called = (line[at].claim.metric or "")[-TAIL:]
    beside = walk_tops(line, at, owners, backward)
    return (one for one in beside if called and (one.claim.metric or "").endswith(called))


def walk_kinds(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that have its name with more words in front: 受理案件, 市法院受理案件, 县法院受理案件."""
    called = line[at].claim.metric or ""
    beside = walk_tops(line, at, owners, backward) if len(called) >= NAMED else iter(())
    return (one for one in beside if (one.claim.metric or "").endswith(called) and one.claim.metric != called)


def walk_of_year(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are of its year, as far as both tell: none of a reason that goes back further."""
    beside = walk_tops(line, at, owners, backward)
    return (one for one in beside if has_same_year(line[at].claim, one.claim))


def walk_behind(line: Sequence[Term], at: int, last: int, owners: Owners) -> Iterator[Term]:
    """The numbers behind the last part of a total that may divide it anew."""
    total = line[at].claim.id
    return (one for one in walk_all(line, last, owners, False) if owners.get(one.claim.id, total) == total)


_SKIPPED = range(FARTHEST + 1)
BEGINNINGS = (
    *product((walk_tops, walk_all), _SKIPPED),
    (walk_alike, 0),
    (walk_kinds, 0),
    *product((walk_of_year,), _SKIPPED),
)
SHORT = ((walk_kinds, 0),)
TOPS = tuple(product((walk_tops,), _SKIPPED))


def is_near(total: Exact, last: Exact, summed: Exact, step: Exact) -> bool:
    """Whether a sum is a total but for what rounding allows, and this is no more than the total's last digit.

    ``last`` is the step of that digit, ``step`` those of all that is summed together.
    """
    allowed = min(last + step, 2 * SLACK * last)
    return -allowed <= 2 * (total - summed) <= allowed


def add_up(total: Term, beside: Iterable[Term]) -> list[Term] | None:
    """The numbers up to the one with which they are the total; more than one of them is not 0."""
    value, step, filled = 0, 0, 0
    used: list[Term] = []
    for one in beside:
        value, step = value + one.value, step + one.step
        filled += 1 if one.value > total.step else 0
        used.append(one)
        if filled > 1 and is_near(total.value, total.step, value, step):
            return used
        if value > total.value + step:
            break
    return None


def add_exactly(total: Term, beside: Iterable[Term]) -> list[Term] | None:
    """The numbers of more decimals than a total that are just it: 73亿元 of 21.27亿元 and 51.73亿元."""
    parts = add_up(total, beside)
    if parts is None or sum(part.value for part in parts) != total.value:
        return None
    step = max(part.step for part in parts)
    return parts if step < total.step and total.value >= EXACTLY * step else None
