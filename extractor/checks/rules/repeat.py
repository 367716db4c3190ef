"""The same metric stated twice: in two sections, in a plan and its list, as one number and in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import msgspec

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.misprints import is_miswritten, is_slip
from extractor.amounts.names import Facets, find_scope, read_account
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import RESTATED, SILENT, TOLD, Relation
from extractor.checks.narrative.adjusted import is_adjusted
from extractor.checks.narrative.again import find_again
from extractor.checks.narrative.carried import find_carried
from extractor.checks.narrative.same_rates import find_rates_of_changes, find_same_rates
from extractor.checks.relations.misread import find_misread
from extractor.checks.relations.misstated import is_misstated
from extractor.checks.relations.named_twice import find_named_twice
from extractor.checks.relations.restatements import Pair, find_pairs, find_same_numbers
from extractor.checks.relations.reviews import find_reviewed
from extractor.checks.relations.sole_items import find_sole_items
from extractor.checks.relations.targets import PlanPair, find_plan_pairs, has_agreement
from extractor.checks.relations.times import has_same_time
from extractor.checks.relations.twins import TwinAmounts, find_twins
from extractor.model import Claim
from extractor.passages.restated import Restated, find_restated

RULE = "repeat"
FUND = "fund"
# The counterparts of a claim in another section, by the claim and that section.
Counterparts = dict[tuple[str, str | None], list[str]]
# What comes of two statements: why they are not compared, or how their numbers stand to one another.
Outcome = str | bool


def find(book: Book) -> Iterator[Relation]:
    """Every two statements of one thing, as far as they can be compared."""
    pairs = find_pairs(book)
    several = _find_several(pairs)
    for (claim, _), others in several.items():
        yield from _propose_combined(book, book.claim[claim], [book.claim[other] for other in others])
    yield from _propose_pairs(book, pairs, several)
    for told in find_restated(book):
        yield from _propose_restated(book, told)
    yield from (_repeat(book, "reviewed", two, one) for one, two in find_reviewed(book))
    for one, two in find_same_numbers(book):
        if has_same_time(one, two):
            yield _repeat(book, "number", two, one)
    for figure, again in find_again(book):
        operands = (("stated", book.amount(figure)), ("stated", again))
        yield Relation(RULE, "again", operands, otherwise=SILENT)
    yield from (_repeat(book, "same", two, one, link=TOLD) for one, two in find_misread(book))
    yield from (_repeat(book, "twice", two, one) for one, two in find_named_twice(book))
    for whole, item in find_sole_items(book):
        yield msgspec.structs.replace(_repeat(book, "sole", item, whole), otherwise=SILENT)
    yield from (_propose_rates(book, *rates) for rates in find_same_rates(book))
    for one, two in find_rates_of_changes(book):
        yield msgspec.structs.replace(_repeat(book, "rate", two, one), otherwise=SILENT)
    yield from (_repeat(book, "carried", opening, closing) for opening, closing in find_carried(book))
    for plans in find_plan_pairs(book):
        yield from _propose_plans(book, plans)
    for twins in find_twins(book):
        yield from _propose_twins(book, twins)


def _repeat(
    book: Book, form: str, one: Claim, two: Claim, reason: str | None = None, link: str | None = None
) -> Relation:
    """Two statements of one number, the one in question first."""
    operands = (("stated", book.amount(one)), ("stated", book.amount(two)))
    return Relation(RULE, form, operands, reason=reason, link=link)


def _propose_restated(book: Book, told: Restated) -> Iterator[Relation]:
    """What a passage tells again: the same; or, of one time, wrongly another."""
    if told.is_equal or told.is_sure:
        reason = None if told.is_equal or has_same_time(told.one, told.two) else "other_period"
        yield _repeat(book, "restated", told.two, told.one, reason=reason, link=RESTATED)
    elif has_same_time(told.one, told.two):
        yield _repeat(book, "restated", told.two, told.one)


def _propose_rates(book: Book, one: Claim, other: Claim) -> Relation:
    """The rates of a level that is told twice: they are the same, or a slip of the pen makes them differ."""
    first, second = book.amount(one), book.amount(other)
    otherwise = TOLD if is_miswritten(first, second.exact) else SILENT
    return Relation(RULE, "rate", (("stated", first), ("stated", second)), otherwise=otherwise)


def _find_several(pairs: Sequence[Pair]) -> Counterparts:
    """The claims that have more than one counterpart in another section, with those.

    What is called the same is the counterpart, and not what is called so with more words.
    """
    exact, counterparts = _list_counterparts(pair for pair in pairs if pair.exact), _list_counterparts(pairs)
    return {key: exact.get(key, others) for key, others in counterparts.items() if len(exact.get(key, others)) > 1}


def _list_counterparts(pairs: Iterable[Pair]) -> Counterparts:
    """The counterparts of every claim in every other section."""
    counterparts: Counterparts = {}
    for pair in pairs:
        if pair.one.section != pair.two.section:
            counterparts.setdefault((pair.one.id, pair.two.section), []).append(pair.two.id)
            counterparts.setdefault((pair.two.id, pair.one.section), []).append(pair.one.id)
    return counterparts


def _propose_combined(book: Book, claim: Claim, others: Sequence[Claim]) -> Iterator[Relation]:
    """One number that tells together what another section tells in parts: 14400 for 6700 and 7700."""
    if claim.kind != "level" or any(map(attrgetter("part_of"), others)):
        return
    whole = book.amount(claim)
    parts = [book.amount(other) for other in others]
    summed = total(part.rounded for part in parts)
    if whole.rounded.meets(summed):
        operands = (("total", whole), *(("part", part) for part in parts))
        yield Relation(RULE, "combined", operands)


def _propose_pairs(book: Book, pairs: Sequence[Pair], several: Counterparts) -> Iterator[Relation]:
    """Pairs of statements that can be compared, as many as show of each one all that comes of it.

    A name with ten numbers has 45 pairs; where each of two is told to be the same as others, or another, or of another
    period, that it is so of these two as well tells nothing new.
    """
    told: set[tuple[str, Outcome]] = set()
    for pair in pairs:
        relation = _propose_pair(book, pair, several)
        if relation is None:
            continue
        outcome = relation.reason or _compare(book.amount(pair.one), book.amount(pair.two))
        both = {(pair.one.id, outcome), (pair.two.id, outcome)}
        if not (pair.exact and both <= told):
            yield relation
        told |= both


def _compare(one: Amount, two: Amount) -> Outcome:
    """Whether one number is the other (True) or not (False), or is the other with more digits ("digits")."""
    return "digits" if _is_told_shorter(one, two) else one.exact == two.exact


def _propose_pair(book: Book, pair: Pair, several: Counterparts) -> Relation | None:
    """A pair of one time: equal, equal after conversion or rounding; what differs is told if it is sure."""
    one, two = book.amount(pair.one), book.amount(pair.two)
    if is_adjusted(book, pair.one, pair.two):
        return None
    if not has_same_time(pair.one, pair.two):
        if pair.restated and one.exact != two.exact:
            return _repeat(book, "same", pair.two, pair.one, reason="other_period")
    elif _is_same_number(one, two) or _is_sure(pair, several):
        return _repeat(book, "same", pair.two, pair.one)
    elif not _has_several(pair, several) and is_misstated(book, pair):
        return _repeat(book, "same", pair.two, pair.one, link=TOLD)
    return None


def _is_same_number(one: Amount, two: Amount) -> bool:
    """Whether one number is the other, maybe with more digits: 165.71 and 165.7."""
    return one.exact == two.exact or _is_told_shorter(one, two)


def _is_told_shorter(one: Amount, two: Amount) -> bool:
    """Whether two statements are of one number, one of them with fewer digits; equal digits are of equal numbers."""
    if one.step == two.step and not (one.vague or two.vague):
        return False
    return one.rounded != two.rounded and one.rounded.meets(two.rounded)


def _is_sure(pair: Pair, several: Counterparts) -> bool:
    """Whether two statements must be the same: their sections tell the same, and neither has another counterpart."""
    if _has_several(pair, several):
        return False
    return pair.restated or bool(read_account(pair.one) and _read_fund(pair.one) == _read_fund(pair.two))


def _read_fund(claim: Claim) -> Facets:
    """The fund that money is of, where that is told; what may be of all funds is not that of one."""
    if claim.dimension != "money":
        return frozenset()
    return frozenset(facet for facet in find_scope(claim) if facet[0] == FUND)


def _has_several(pair: Pair, several: Counterparts) -> bool:
    """Whether one of two statements has more than one counterpart in the other's section."""
    counterparts = {(pair.one.id, pair.two.section), (pair.two.id, pair.one.section)}
    return bool(counterparts & several.keys())


def _propose_plans(book: Book, plans: PlanPair) -> Iterator[Relation]:
    """Two statements of one plan; they differ wrongly where the sections agree on other plans."""
    one, two = sorted((plans.plan, plans.other), key=lambda claim: claim.start)
    if plans.equal or _is_agreed(book, plans):
        yield _repeat(book, "plan", two, one)


def _is_agreed(book: Book, plans: PlanPair) -> bool:
    """Whether the sections of two plans agree on other ones, and the second is no result of the first's section."""
    if not has_agreement(book, plans.sections):
        return False
    inside = book.sections[plans.plan.section]
    done = {claim.base_value for claim in inside if claim.role == "actual"}
    return plans.other.base_value not in done


def _propose_twins(book: Book, twins: TwinAmounts) -> Iterator[Relation]:
    """An amount and the first of those that are as a rule the same, if it is, or is but one misprint away."""
    first = book.amount(twins.one)
    for two in twins.others:
        second = book.amount(two)
        relation = Relation(RULE, "twins", (("stated", first), ("stated", second)), evidence=(twins.pattern,))
        if not has_failed(relation) or is_slip(first, [second]):
            yield relation
            return
