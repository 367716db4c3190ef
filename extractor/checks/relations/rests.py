"""What a list leaves of its total: nothing, little, or more than one of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter

import regex

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.names import read_account
from extractor.checks.relations.complements import is_divided
from extractor.checks.relations.groups import Group, expression, has_full_sum, read_amounts
from extractor.checks.relations.habits import Kind, name_list
from extractor.checks.relations.parts import find_groups

# More of it is left out by no list that tells its main parts.
MOST_REST = Fraction(1, 20)
# Less of a total than this is no rest that a list leaves out.
LEAST_REST = Fraction(1, 500)
# So many whole lists that the same words open say that such lists of a document are whole.
OFTEN = 3


def are_alike(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a total and what its parts add up to are of one order: a third apart at most."""
    summed = sum(part.exact for part in parts)
    return 3 * abs(summed - whole.exact) <= abs(whole.exact)


def are_of_accounts(group: Group) -> bool:
    """Whether words hand a figure of accounts on to the sides that it has in all of them."""
    return group.linked and bool(read_account(group.whole)) and is_divided(group.parts)


def is_left_open(book: Book, group: Group) -> bool:
    """Whether words behind the last part of a list leave some out, and its parts are less than the total."""
    whole, parts = read_amounts(book, group)
    if sum(part.exact for part in parts) >= whole.exact:
        return False
    return bool(expression("and_more").match(book.text, group.parts[-1].end))


def is_even(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether parts are their total but for one of its last digit: more may be a rest that rounding hides."""
    gap = abs(whole.exact - sum(part.exact for part in parts))
    return gap <= max(amount.step for amount in (whole, *parts))


def leaves_rest(book: Book, group: Group, whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a list leaves something out: by its numbers, or as the same things are listed elsewhere."""
    if may_be_rest(whole, parts):
        return True
    return bool(book.view(_group_rests).get(name_list(group), frozenset()) - {group.whole.id})


def _group_rests(book: Book) -> dict[Kind | None, frozenset[str]]:
    """The totals, by their ids, of the lists of each kind that leave something out."""
    found: dict[Kind | None, set[str]] = {}
    for group in find_groups(book):
        kind = name_list(group)
        if kind and _has_rest(*read_amounts(book, group)):
            found.setdefault(kind, set()).add(group.whole.id)
    return {kind: frozenset(totals) for kind, totals in found.items()}


def _has_rest(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether parts are less than their total, more than rounding allows."""
    told = total(part.rounded for part in parts)
    return not whole.rounded.meets(told) and sum(part.exact for part in parts) < whole.exact


def may_be_rest(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether what is missing is little, or less than any part that is told: what a list may leave out."""
    rest = whole.exact - sum(part.exact for part in parts)
    if rest <= LEAST_REST * whole.exact:
        return False
    return is_large_rest(whole, parts) or rest < max(MOST_REST * whole.exact, min(part.exact for part in parts))


def is_large_rest(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether parts leave more than a third of their total: some of a list that tells but a few of them."""
    return not are_alike(whole, parts) and sum(part.exact for part in parts) < whole.exact


def are_missing(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether all parts of something are told as nothing."""
    if not whole.exact:
        return False
    return not any(map(attrgetter("exact"), parts))


def are_all_whole(book: Book, group: Group) -> bool:
    """Whether several lists of the document that the same words open are whole, and none but this one is not."""
    whole, left = book.view(_count_by_opener)
    opener = _read_opener(book, group)
    return group.linked and whole[opener] >= OFTEN and left[opener] <= 1


def _count_by_opener(book: Book) -> tuple[Counter[str], Counter[str]]:
    """How many lists that the same words open are whole, and how many are not; one part may be all there is."""
    counters: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for group in find_groups(book):
        if group.linked:
            counters[not has_full_sum(book, group)][_read_opener(book, group)] += 1
    return counters


def _read_opener(book: Book, group: Group) -> str:
    """The words that open a list, up to a mark or a digit behind them: （其中按项级科目统计."""
    between = book.text[group.whole.end : group.parts[0].start]
    found = regex.match(r"[\p{P}\s]*[\p{L}\s]*", between)
    return found[0] if found else ""
