"""Numbers of one thing that are the same but for one digit: 271160 in one paragraph, 273160 in another.

Of five digits one wrong one, two that are exchanged, or the first one lost make one number another by chance once in
thousands of pairs; where both are called the same, they are meant to be. Of four digits they are where their sentences
tell other things alike, or their names are long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import find_scope, is_disjoint, normalize_name
from extractor.checks.relations.reworded import PHRASED, is_phrased_alike, is_reworded
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim

# Numbers of fewer digits are one another but for one by chance; of so many in sentences that tell so many things alike.
FEWEST, FEW, ALIKE = 5, 4, 2
# Of a longer name so many characters say what a number is of.
TELLING = 4
# More numbers that are alike are those of a series.
MOST = 6
KINDS = ("level", "change_amount")
# What a written number has in place of its wrong digit, around exchanged ones, and in front of what lost its first.
ANY, EXCHANGED, LOST = "?", "~", "^"


def find_misread(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Two numbers of the narrative that are called the same and are so but for one stroke, the earlier one first."""
    told = [claim for claim in book.claims if _is_asked(book, claim)]
    often = Counter((claim.base_unit, claim.base_value) for claim in told)
    for one, two in _pair_alike(told):
        # Two numbers that each stand more than once are of two things.
        times = [often[claim.base_unit, claim.base_value] for claim in (one, two)]
        if min(times) > 1 or _are_of_other_totals(book, one, two):
            continue
        is_phrased = _name_account(one) == _name_account(two) and is_phrased_alike(book, one, two, max(times))
        if is_phrased or _is_one_level(book, one, two, told):
            yield one, two


def _are_of_other_totals(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two numbers are parts of totals that are called otherwise and are other numbers."""
    if one.part_of is None or two.part_of is None:
        return False
    first, second = book.claim[one.part_of], book.claim[two.part_of]
    is_one_name = normalize_name(first.metric or "") == normalize_name(second.metric or "")
    return not is_one_name and first.base_value != second.base_value


def _is_one_level(book: Book, one: Claim, two: Claim, told: Sequence[Claim]) -> bool:
    """Whether two levels, or what changed them, are of one thing by all of their names."""
    return one.kind in KINDS and (_is_told_twice(book, one, two) or is_reworded(one, two, told))


def _is_told_twice(book: Book, one: Claim, two: Claim) -> bool:
    return _is_of_one_thing(book, one, two) and _is_telling(book, one, two)


def _is_asked(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is an exact number of many digits with a name."""
    if claim.kind not in PHRASED or not (claim.is_one_told and claim.metric):
        return False
    return count_digits(claim.value) >= FEW and not book.amount(claim).vague


def _is_telling(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two numbers have many digits, or their sentences tell other things alike."""
    if min(count_digits(claim.value) for claim in (one, two)) >= FEWEST:
        return True
    first, second = (_list_told(book, claim) for claim in (one, two))
    return len(first & second) >= ALIKE


def _list_told(book: Book, claim: Claim) -> set[tuple[str | None, str | None]]:
    """The levels of a claim's sentence by what they are of and what they are."""
    beside = book.find_between(claim.sentence.start, claim.sentence.end)
    return {(one.metric, one.base_value) for one in beside if one.kind == "level" and one.metric}


def _pair_alike(told: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The claims of one kind and role whose numbers are written alike but for one stroke, each two once."""
    found: dict[tuple[str | None, ...], list[Claim]] = {}
    for claim in told:
        alike = (claim.unit, claim.kind, claim.role, claim.direction)
        for written in set(_blur(claim.value)):
            found.setdefault((*alike, written), []).append(claim)
    pairs: dict[tuple[str, str], tuple[Claim, Claim]] = {}
    for claims in found.values():
        for one, two in combinations(claims[:MOST], 2):
            if one.value != two.value:
                pairs.setdefault((one.id, two.id), (one, two))
    yield from pairs.values()


def _blur(written: str) -> Iterator[str]:
    """A number as all those are written that are it but for one stroke.

    >>> sorted(_blur("12.3"))
    ['12.?', '1?.3', '?2.3', '^12.3', '^2.3', '~12~.3']
    >>> set(_blur("12.3")) & set(_blur("21.3")), set(_blur("12.3")) & set(_blur("2.3"))
    ({'~12~.3'}, {'^2.3'})
    """
    for at, digit in enumerate(written):
        if digit.isdigit():
            yield written[:at] + ANY + written[at + 1 :]
    for at, (one, two) in enumerate(pairwise(written)):
        if one.isdigit() and two.isdigit() and one != two:
            yield written[:at] + EXCHANGED + min(one, two) + max(one, two) + EXCHANGED + written[at + 2 :]
    yield LOST + written
    yield LOST + written[1:]


def _is_of_one_thing(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two numbers of different sentences are of one thing and one time."""
    if one.sentence == two.sentence or not has_same_time(one, two):
        return False
    short, long = sorted((normalize_name(claim.metric or "") for claim in (one, two)), key=len)
    # An item is not its account, whose name it begins with.
    is_begun = long.startswith(short) and _name_account(one) == _name_account(two)
    if short == long or (len(short) >= TELLING and is_begun):
        return not is_disjoint(book.amount(one).scope, book.amount(two).scope)
    # What other words stand in front of may be of another fund: 财政拨款项目支出, 项目支出.
    return long[-TELLING:] == short[-TELLING:] and find_scope(one) == find_scope(two)


def _name_account(claim: Claim) -> str | None:
    return claim.scope.account.value if claim.scope.account else None
