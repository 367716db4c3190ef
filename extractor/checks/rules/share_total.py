"""Shares of one whole together: they are 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from operator import attrgetter

import msgspec

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.amounts.misprints import count_digits, list_misprints
from extractor.checks.engine.rule import SILENT, Relation
from extractor.checks.grids.grid import read_grids
from extractor.checks.grids.two_shares import TwoShares, find_two_shares
from extractor.checks.narrative.again import has_common
from extractor.checks.narrative.closed_shares import find_closed_shares, list_shares_of_sums
from extractor.checks.narrative.summed import find_summed
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.complements import is_division
from extractor.checks.relations.contributions import find_contributions, find_whole_shares
from extractor.checks.relations.joint_shares import JointShares, find_joint_shares, list_shares_of_parts
from extractor.checks.relations.structures import find_structures
from extractor.model import Claim, Table

RULE = "share_total"
# So many shares are read behind one another; of so many digits they are 100 % by no chance; names end alike.
LONGEST, TELLING, ALIKE = 6, 5, 2
# All shares of a sentence are so with a digit less, and, where they are that but for rounding, with two more.
ALL_EXACT, ALL_ROUNDED = 4, 7


_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """The shares of a sentence with their parts, those that words divide a whole by, and the numbers of ratios."""
    for joint in find_joint_shares(book):
        if _is_divided_wholly(book, joint):
            yield _propose_divided(book, "together", [share.claim for share in joint.shares])
    for sentence in book.sentences:
        shares = list(filter(partial(_is_told_share, book), sentence))
        if _is_divided_by(book, shares):
            yield _propose_divided(book, "divided", shares)
    for closed in find_closed_shares(book):
        yield msgspec.structs.replace(_propose(book, "together", closed.shares), severity="warning")
    yield from (_propose(book, "together", shares) for shares in list_shares_of_sums(book))
    for shares in (*_list_adjacent(book), *_list_of_parts(book), *_list_of_sentences(book)):
        operands = tuple(("share", book.amount(share)) for share in shares)
        yield Relation(RULE, "adjacent", operands, otherwise=SILENT)
    for structure in find_structures(book, find_summed(book)):
        yield Relation(RULE, "structure", tuple(("share", number) for number in structure.numbers))
    for grid in book.view(read_grids).values():
        yield from filter(None, (_propose_rows(book, grid.table, two) for two in find_two_shares(grid)))
    yield from (_propose(book, "contributions", shares) for shares in find_whole_shares(book))
    for told in find_contributions(book):
        relation = _propose(book, "contributions", [share for share, _ in told.pairs])
        yield msgspec.structs.replace(relation, otherwise="definition")


def _propose_rows(book: Book, table: Table, two: TwoShares) -> Relation | None:
    """Two rates of a table; those that are not all are told where one wrong digit explains it."""
    shares = tuple(filter(None, (book.cell(table, *place) for place in two.places)))
    summed = total(share.rounded for share in shares)
    if len(shares) == len(two.places) and (two.is_held or any(_explains(share, summed) for share in shares)):
        return Relation(RULE, "rows", tuple(("share", share) for share in shares))
    return None


def _list_adjacent(book: Book) -> Iterator[list[Claim]]:
    """Shares of sentences of a paragraph that are just 100 % together: 税收…占比86.5%。非税…占比13.5%."""
    told = [claim for claim in book.claims if _is_told_share(book, claim)]
    for at, first in enumerate(told):
        end = book.find_border(first.end)
        near = [one for one in told[at : at + LONGEST] if one.start < end]
        found = next((near[:count] for count in range(2, len(near) + 1) if _are_just_whole(book, near[:count])), None)
        if found and _are_alike(book, found):
            yield found


def _list_of_parts(book: Book) -> Iterator[list[Claim]]:
    """The shares of all parts of a total, each told right behind its part: 1.教育支出5万元，占20%；2.…."""
    yield from filter(None, (list_shares_of_parts(book, group) for group in find_summed(book)))


def _list_of_sentences(book: Book) -> Iterator[list[Claim]]:
    """All shares of a sentence that are 100 % together: 一类水面占83.7%，二类占4.1%，三类占12.2%."""
    for sentence in book.sentences:
        shares = [claim for claim in sentence if _is_told_share(book, claim)]
        if 1 < len(shares) <= LONGEST and _are_about_whole(book, shares) and _are_led_alike(book, shares):
            yield shares


def _are_about_whole(book: Book, shares: Sequence[Claim]) -> bool:
    """Whether shares of enough digits are 100 %; more than two of them may be so but for rounding."""
    digits, amounts = sum(map(str.isdigit, "".join(share.value for share in shares))), list(map(book.amount, shares))
    if any(amount.vague for amount in amounts):
        return False
    if sum(amount.exact for amount in amounts) == 1:
        return digits >= ALL_EXACT
    return len(shares) > ALIKE and digits >= ALL_ROUNDED and total(one.rounded for one in amounts).may_be(1)


def _are_led_alike(book: Book, shares: Sequence[Claim]) -> bool:
    """Whether the words in front of shares end in the same character, or have a word in common."""
    leads = [read_lead(book, share) for share in shares]
    is_ended_alike = len({lead[-1:] for lead in leads}) == 1 and all(leads)
    return is_ended_alike or all(has_common(leads[0], lead, ALIKE) for lead in leads)


def _are_just_whole(book: Book, shares: Sequence[Claim]) -> bool:
    """Whether shares of enough digits are 100 % to the last one."""
    digits = sum(count_digits(share.value) for share in shares)
    return digits >= TELLING and sum(book.amount(share).exact for share in shares) == 1


def _are_alike(book: Book, shares: Sequence[Claim]) -> bool:
    """Whether what shares are of, or the words in front of them, end alike."""
    names = {(share.metric or "")[-ALIKE:] for share in shares}
    leads = {read_lead(book, share)[-ALIKE:] for share in shares}
    return len({share.role for share in shares}) == 1 and 1 in (len(names), len(leads))


def _propose(book: Book, form: str, shares: Sequence[Claim]) -> Relation:
    return Relation(RULE, form, tuple(("share", book.amount(share)) for share in shares))


def _propose_divided(book: Book, form: str, shares: Sequence[Claim]) -> Relation:
    """Shares that divide a whole: where they are less than it, something may be left out, unless a wrong digit is."""
    relation, amounts = _propose(book, form, shares), [book.amount(share) for share in shares]
    summed = total(amount.rounded for amount in amounts)
    is_open = summed.high is not None and summed.high < 1 and not any(_explains(one, summed) for one in amounts)
    return msgspec.structs.replace(relation, otherwise=SILENT) if is_open else relation


def _explains(amount: Amount, summed: Interval) -> bool:
    """Whether one wrong digit of a share explains why the shares do not make up their whole."""
    gaps = (Fraction(digits) * amount.factor - amount.exact for digits in list_misprints(f"{amount.value:f}"))
    return any((summed + exact(gap)).meets(exact(Fraction(1))) for gap in gaps)


def _is_told_share(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is a share, and not where one came from."""
    if claim.kind != "share" or claim.cell:
        return False
    return not is_origin(book, claim)


def _is_divided_wholly(book: Book, joint: JointShares) -> bool:
    """Whether the shares of a sentence leave nothing of their whole out, or are more than it."""
    if joint.are_whole or _are_too_much(book, joint):
        return True
    return _are_all(book, joint.parts)


def _are_too_much(book: Book, joint: JointShares) -> bool:
    """Whether the shares of one list are more than its whole."""
    if not joint.are_listed:
        return False
    shares = [book.amount(share.claim).exact for share in joint.shares]
    return sum(shares) > 1


def _are_all(book: Book, parts: Sequence[Claim]) -> bool:
    """Whether the amounts make up their total."""
    whole = parts[0].part_of
    if not whole or any(part.part_of != whole for part in parts):
        return False
    summed = total(book.amount(part).rounded for part in parts)
    return book.amount(book.claim[whole]).rounded.meets(summed)


def _is_divided_by(book: Book, shares: Sequence[Claim]) -> bool:
    """Whether words divide a whole by the shares of a sentence, none of which names a whole of its own."""
    if len(shares) < 2 or any(map(attrgetter("share_of"), shares)):
        return False
    if not is_division(shares):
        return False
    leads = (read_lead(book, one) for one in shares)
    return not any(map(_expression("named").search, leads))
