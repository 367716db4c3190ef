"""Numbers that are one figure told in other words, of which one has a wrong digit.

尚未使用银行授信额度88.18亿元 and 合并口径下尚未使用授信83.18亿元: names that have most of their characters in common,
in turn, of which nothing speaks against their being one thing, and which no third number has.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_telling
from extractor.amounts.names import Facets, find_scope, is_disjoint, normalize_name
from extractor.checks.relations.complements import find_sides
from extractor.checks.relations.groups import expression, list_words
from extractor.checks.relations.times import has_same_year, read_dates
from extractor.model import Claim

# So many digits, with so many characters of both names in turn, and so many hundredths of
# the shorter name: more digits are one another but for one by chance the more seldom.
ASKED = ((6, 4, 50), (4, 7, 65))
# Fewer characters in a row name nothing.
TERM = 4
# So many digits, with so many characters in a row in both names. Of 118 reports none has two levels
# of five digits, or two rates of four, that are so by chance; rates of one list have more words in common.
AMOUNT, RATE, CHANGE = ((9, 0), (7, 2), (5, 3)), ((4, 4),), ((4, 6),)
PHRASED = {"level": AMOUNT, "change_amount": AMOUNT, "share": RATE, "rate": RATE, "change_rate": CHANGE}
# Of so many digits, what has one name, or names with so many last characters in common, is one figure; a round number
# has them where the other one does.
FEW, ENDING = 4, 8
FUND = ("level", "fund")
# So many digits are no others by chance, whatever day of the year they are told of: where one of the two is told again,
# and where none is.
CERTAIN, MOST = 7, 9


def is_reworded(one: Claim, two: Claim, told: Sequence[Claim]) -> bool:
    """Whether two of the numbers ``told``, one stroke apart, are of one thing and time by their names."""
    if one.sentence == two.sentence or len(one.value) != len(two.value) or _read_end(one) != _read_end(two):
        return False
    if find_scope(one) != find_scope(two) or not _are_called_alike(one, two):
        return False
    return not _has_third(one, two, told)


def is_phrased_alike(book: Book, one: Claim, two: Claim, times: int) -> bool:
    """Whether two numbers, one stroke apart, have so many digits that few words in common make them one.

    What differs in its last digit only may be rounded. Of another day of the year a number is told again where one of
    the two is told several ``times``, or they have more digits.
    """
    if one.sentence == two.sentence or one.value[:-1] == two.value[:-1]:
        return False
    digits = min(count_telling(claim.value) for claim in (one, two))
    is_anytime = digits >= (CERTAIN if times > 1 else MOST) and has_same_year(one, two)
    if not (is_anytime or _may_end_together(one, two)) or is_disjoint(book.amount(one).scope, book.amount(two).scope):
        return False
    return _has_phrase(one, two, digits) or _has_ending(one, two, digits)


def _has_phrase(one: Claim, two: Claim, digits: int) -> bool:
    """Whether two names have so many characters in a row in common as their digits ask for, and are of one fund."""
    first, second = (normalize_name(claim.metric or "") for claim in (one, two))
    if _read_fund(one) != _read_fund(two) or are_opposed(first, second) or _is_one_in_all(first, second):
        return False
    shared = _match(first, second).find_longest_match().size
    return any(digits >= fewest and shared >= characters for fewest, characters in PHRASED[one.kind])


def _is_one_in_all(one: str, other: str) -> bool:
    """Whether one of two names alone is of all there is: 收入总计, of which 收入 may be a round number less."""
    is_in_all = patterns.fragment("checks/sum", "in_all").search
    return (is_in_all(one) is None) != (is_in_all(other) is None)


def _read_fund(claim: Claim) -> Facets:
    """The level and the fund that a number is of; what names none may be of all."""
    return frozenset(facet for facet in find_scope(claim) if facet[0] in FUND)


def _has_ending(one: Claim, two: Claim, digits: int) -> bool:
    """Whether two numbers of few digits have one name, or long names of one scope that end alike."""
    first, second = (normalize_name(claim.metric or "") for claim in (one, two))
    if first == second:
        return len(first) >= TERM and max(count_telling(claim.value) for claim in (one, two)) >= FEW
    if digits < FEW or find_scope(one) != find_scope(two) or are_opposed(first, second):
        return False
    return len(first) >= ENDING and first[-ENDING:] == second[-ENDING:]


def _may_end_together(one: Claim, two: Claim) -> bool:
    """Whether two numbers are of one day, or of years that end on it, as far as both tell."""
    ends = {_read_end(one), _read_end(two)}
    return len(ends - {None}) <= 1


def _are_called_alike(one: Claim, two: Claim) -> bool:
    """Whether two names have enough in common, and what the one has more the other has nothing for."""
    first, second = (normalize_name(claim.metric or "") for claim in (one, two))
    digits = min(count_telling(claim.value) for claim in (one, two))
    shared = count_in_turn(first, second)
    is_much = any(
        digits >= fewest and shared >= characters and 100 * shared >= part * min(len(first), len(second))
        for fewest, characters, part in ASKED
    )
    return is_much and not are_opposed(first, second)


def _match(one: str, other: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


def count_in_turn(one: str, other: str) -> int:
    """How many characters two names have in common, in turn; none where others stand in the place of some.

    >>> count_in_turn("尚未使用银行授信额度", "合并口径下尚未使用授信"), count_in_turn("公路一期投资", "公路二期投资")
    (6, 0)
    """
    match = _match(one, other)
    if any(change == "replace" for change, *_ in match.get_opcodes()):
        return 0
    return sum(block.size for block in match.get_matching_blocks())


def are_opposed(one: str, other: str) -> bool:
    """Whether names are of two sides, or one says in brackets what the other does not.

    >>> are_opposed("国有资本经营预算收入", "国有资本经营预算总支出"), are_opposed("计提减值准备", "减值准备")
    (True, False)
    """
    brackets = expression("bracket").findall
    if brackets(one) != brackets(other):
        return True
    if any((side in one) != (side in other) for side in list_words("opposed")):
        return True
    first, second = find_sides(one), find_sides(other)
    return any(first[words] != second[words] for words in first.keys() & second.keys())


def _has_third(one: Claim, two: Claim, told: Sequence[Claim]) -> bool:
    """Whether a third number of that time is called by what both names have in a row: those of a list are."""
    first, second = (normalize_name(claim.metric or "") for claim in (one, two))
    match = _match(first, second).find_longest_match()
    run, both = first[match.a : match.a + match.size], {one.base_value, two.base_value}
    others = (claim for claim in told if claim.base_unit == one.base_unit and claim.base_value not in both)
    alike = (claim for claim in others if _read_end(claim) in (None, _read_end(one)))
    return len(run) < TERM or any(run in normalize_name(claim.metric or "") for claim in alike)


def _read_end(claim: Claim) -> str | None:
    """The last day of what a claim speaks of: what there is then is told of the year and of its end (截至2024年末)."""
    return read_dates(claim)[1]
