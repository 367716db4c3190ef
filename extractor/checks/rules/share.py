"""Shares against the part that they are said of and its whole, and the numbers of a ratio against the amounts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import rounded
from extractor.amounts.names import normalize_name
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import TOLD, Relation, Severity
from extractor.checks.engine.slips import measure_gap
from extractor.checks.narrative.summed import find_summed
from extractor.checks.relations.other_wholes import is_called_otherwise, is_of_another
from extractor.checks.relations.pair_structures import PairShare, find_pair_shares
from extractor.checks.relations.shares import Share, find_shares
from extractor.checks.relations.structures import Structure, balance_numbers, find_structures
from extractor.checks.relations.times import has_same_year, is_of_other_span
from extractor.model import Claim

RULE = "share"
# What is left out of a whole or counted with it makes shares differ by this part of them at most.
NEAR = Fraction(1, 5)
# A name of so many characters tells what a whole is.
TELLING = 4


def find(book: Book) -> Iterator[Relation]:
    """Each share, then each ratio whose amounts stand in front of it."""
    for share in find_shares(book):
        yield propose_share(book, share)
    for structure in find_structures(book, find_summed(book)):
        yield from _propose_structure(book, structure)
    yield from (_propose_pair(book, pair) for pair in find_pair_shares(book))


def propose_share(book: Book, share: Share) -> Relation:
    """A share by its part and its whole; unclear where one of them is not told, or was taken for the other."""
    stated = _read_share(book, share.claim)
    if share.part is None:
        return Relation(RULE, "unknown", (("share", stated),), reason="no_denominator")
    part = ("part", book.amount(share.part))
    if share.whole is None or share.whole.id == share.part.id:
        return Relation(RULE, "given", (("share", stated), part), reason="no_denominator")
    operands = (("share", stated), part, ("base", book.amount(share.whole)))
    severity: Severity | None = None if share.binding == "words" else "warning"
    is_doubtful = is_of_other_span(share.part, share.whole) or _may_be_defined_otherwise(book, share, share.whole)
    otherwise = "definition" if is_doubtful else TOLD
    link = "told" if _is_named_alone(book, share.claim, share.part, share.whole) else None
    return Relation(RULE, "given", operands, severity=severity, binding=share.binding, otherwise=otherwise, link=link)


def _is_named_alone(book: Book, claim: Claim, part: Claim, whole: Claim) -> bool:
    """Whether the words between a part and its share name the whole, and no other level of all, or of the sentence."""
    name, between = whole.metric or "", book.text[part.end : claim.start]
    if claim.approximation or len(name) < TELLING or name not in between:
        return False
    if patterns.fragment("checks/share", "together").search(between):
        return False
    told = book.by_key[normalize_name(name)]
    beside = [one for one in told if one.sentence == claim.sentence]
    return (len(told) == 1 or beside == [whole]) and has_same_year(part, whole)


def _may_be_defined_otherwise(book: Book, share: Share, whole: Claim) -> bool:
    """Whether a share may be of another whole, or of one defined a little otherwise: then it is not far off."""
    if is_of_another(book, share):
        return True
    if share.part is None or not is_called_otherwise(book, share) or not book.amount(whole).exact:
        return False
    computed = book.amount(share.part).exact / book.amount(whole).exact
    return measure_gap(book.amount(share.claim).exact, computed) <= NEAR


def _read_share(book: Book, claim: Claim) -> Amount:
    """A share by its digits: one that is not approximate may be rounded whatever it counts."""
    amount = book.amount(claim)
    return amount if amount.vague else msgspec.structs.replace(amount, rounded=rounded(amount.value, amount.factor))


def _propose_structure(book: Book, structure: Structure) -> Iterator[Relation]:
    """The numbers of a ratio as the shares of amounts in their order, where one of them is."""
    if structure.group is None:
        return
    whole = ("base", book.amount(structure.group.whole))
    relations = [
        Relation(RULE, "in_turn", (("share", number), ("part", book.amount(part)), whole))
        for number, part in zip(structure.numbers, structure.group.parts, strict=True)
    ]
    if all(map(has_failed, relations)):
        return
    balanced = balance_numbers(book, structure.numbers, structure.group)
    yield from map(_settle, relations, balanced)


def _propose_pair(book: Book, pair: PairShare) -> Relation:
    """A number of a ratio as the share of an amount in two, both as they are or as their changes say they were."""
    operands = [("share", pair.number), ("part", book.amount(pair.part)), ("other", book.amount(pair.other))]
    for change, roles in zip(pair.changes, (("gain", "loss"), ("other_gain", "other_loss")), strict=False):
        operands.append((roles[change.direction == "decrease"], book.amount(change)))
    return Relation(RULE, "pair_before" if pair.changes else "pair", tuple(operands))


def _settle(relation: Relation, balanced: Amount) -> Relation:
    """A number of a structure as it is; where it fails, as it may be so that all of them make 100."""
    if not has_failed(relation):
        return relation
    operands = (("share", balanced), *relation.operands[1:])
    settled = msgspec.structs.replace(relation, form="balanced", operands=operands)
    return relation if has_failed(settled) else settled
