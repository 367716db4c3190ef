"""Numbers that are one figure told in other words, of which one has a wrong digit.

尚未使用银行授信额度88.18亿元 and 合并口径下尚未使用授信83.18亿元: names that have most of their characters in common,
in turn, of which nothing speaks against their being one thing, and which no third number has.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from extractor.amounts.misprints import count_digits
from extractor.amounts.names import find_scope, normalize_name
from extractor.checks.relations.complements import find_sides
from extractor.checks.relations.groups import expression, list_words
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

# So many digits, with so many characters of both names in turn, and so many hundredths of
# the shorter name: more digits are one another but for one by chance the more seldom.
ASKED = ((6, 4, 50), (4, 7, 65))
# Fewer characters in a row name nothing.
TERM = 4


def is_reworded(one: Claim, two: Claim, told: Sequence[Claim]) -> bool:
    """Whether two of the numbers ``told``, one stroke apart, are of one thing and time by their names."""
    if one.sentence == two.sentence or len(one.value) != len(two.value) or _read_end(one) != _read_end(two):
        return False
    if find_scope(one) != find_scope(two) or not _are_called_alike(one, two):
        return False
    return not _has_third(one, two, told)


def _are_called_alike(one: Claim, two: Claim) -> bool:
    """Whether two names have enough in common, and what the one has more the other has nothing for."""
    first, second = (normalize_name(claim.metric or "") for claim in (one, two))
    digits = min(_count_digits(claim.value) for claim in (one, two))
    shared = count_in_turn(first, second)
    is_much = any(
        digits >= fewest and shared >= characters and 100 * shared >= part * min(len(first), len(second))
        for fewest, characters, part in ASKED
    )
    return is_much and not _are_opposed(first, second)


def _count_digits(written: str) -> int:
    """The digits of a number that say something; decimals that are all zeros do not.

    >>> _count_digits("11.50"), _count_digits("15000.00")
    (4, 2)
    """
    number, _, decimals = written.partition(".")
    return count_digits(written if decimals.strip("0") else number)


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


def _are_opposed(one: str, other: str) -> bool:
    """Whether names are of two sides, or one says in brackets what the other does not.

    >>> _are_opposed("国有资本经营预算收入", "国有资本经营预算总支出"), _are_opposed("计提减值准备", "减值准备")
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
