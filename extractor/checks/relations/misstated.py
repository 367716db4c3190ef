"""Two statements of one thing that must be the same: of one account, or a slip of the pen away from one another."""

from __future__ import annotations

from operator import attrgetter

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits, is_miswritten
from extractor.amounts.names import find_scope, normalize_name
from extractor.checks.relations.restatements import Pair
from extractor.checks.relations.times import OPEN, read_dates
from extractor.model import Claim

# Of two numbers with so many digits one is another by a wrong digit once in thirty times.
TELLING = 3
# Headings of so many characters in common at their end are headings of one kind.
ENDING = 4


def is_misstated(book: Book, pair: Pair) -> bool:
    """Whether two statements of one metric and time are of one account, or differ by a slip of the pen.

    Sentences that tell other things differently, too, are of different things.
    """
    one, two = pair.one, pair.two
    if not (pair.exact and _is_of_one_thing(one, two)):
        return False
    if _are_parallel(one, two) or _tell_differently(book, one, two):
        return False
    if _has_one_account(one, two):
        return True
    return not _are_of_paragraphs(book, one, two) and _is_slip(book.amount(one), book.amount(two))


def _are_of_paragraphs(book: Book, one: Claim, two: Claim) -> bool:
    """Whether two claims stand in paragraphs of one section, each of which is of something else; no budget is."""
    is_between = book.has_border(one.sentence.end, two.sentence.start)
    return one.section == two.section and is_between and not _are_of_one_budget(one, two)


def _are_of_one_budget(one: Claim, two: Claim) -> bool:
    """Whether the vocabulary knows two claims as one figure, of the same level and fund."""
    return (
        bool(one.metric_id)
        and one.metric_id == two.metric_id
        and bool(find_scope(one))
        and find_scope(one) == find_scope(two)
    )


def _is_of_one_thing(one: Claim, two: Claim) -> bool:
    """Whether two levels of one metric are of the same time, which is known, and are no goals."""
    if one.kind != "level" or one.role == "target" or read_dates(one) == OPEN:
        return False
    return read_dates(one) == read_dates(two)


def _has_one_account(one: Claim, two: Claim) -> bool:
    """Whether two claims are of the same account, and of the same body, level and fund."""
    scope = find_scope(one)
    return scope == find_scope(two) and any(facet == "account" for facet, _ in scope)


def _tell_differently(book: Book, one: Claim, two: Claim) -> bool:
    """Whether the sentences of two claims tell other things of one name with other numbers."""
    first, second = (_name_others(book, claim) for claim in (one, two))
    return any(first[name] != second[name] for name in first.keys() & second.keys())


def _name_others(book: Book, claim: Claim) -> dict[tuple[str, str], str | None]:
    """The numbers beside a claim in its sentence by their names and kinds."""
    beside = book.find_between(claim.sentence.start, claim.sentence.end)
    others = filter(attrgetter("metric"), beside)
    named: dict[tuple[str, str], str | None] = {
        (normalize_name(other.metric or ""), other.kind): other.base_value for other in others
    }
    named.pop((normalize_name(claim.metric or ""), claim.kind), None)
    return named


def _are_parallel(one: Claim, two: Claim) -> bool:
    """Whether two claims stand under headings that differ and end alike: of two things, told in the same way."""
    first, second = (claim.path[-1] if claim.path else "" for claim in (one, two))
    return first != second and first[-ENDING:] == second[-ENDING:]


def _is_slip(one: Amount, two: Amount) -> bool:
    """Whether a number is another with one wrong digit, or with two that are exchanged."""
    if one.vague or two.vague or one.factor != two.factor:
        return False
    if not is_miswritten(one, two.exact):
        return False
    first, second = f"{one.value:f}", f"{two.value:f}"
    return sorted(first) == sorted(second) or min(map(count_digits, (first, second))) >= TELLING
