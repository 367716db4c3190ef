"""Figures that follow from others: per head, real growth, contributions to growth, indices, growth of a total.

What rests on a base that the text does not print (a mean population, comparable prices) holds or is unclear; what
is plain arithmetic of printed numbers may fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.checks.drafts import Compute, Draft, judged
from extractor.checks.relations.base_year import is_comparable
from extractor.checks.relations.groups import Group
from extractor.checks.relations.parts import find_groups, has_full_sum
from extractor.model import Claim

ONE, HUNDRED = exact(1), exact(100)
# A rate stands within so many claims behind its level.
BEHIND = 3


class Quotient(Struct, frozen=True, forbid_unknown_fields=True):
    """A metric that is one metric by another; each is an expression over metrics."""

    result: str
    numerator: str
    denominator: str


_expression = partial(patterns.fragment, "checks/ratios")


@cache
def quotients() -> dict[str, Quotient]:
    """The quotients of the pattern file by their full names."""
    return patterns.load("checks/ratios", Quotient)


def find(book: Book) -> Iterator[Draft]:
    """Each kind of figure in turn."""
    for key, quotient in quotients().items():
        yield from _quotient(book, key, quotient)
    yield from _men_to_women(book)
    yield from _indices(book)
    yield from _real(book)
    yield from _contributions(book)
    for group in find_groups(book):
        if has_full_sum(book, group):
            yield from _growth_of_total(book, group)


def _checked(
    book: Book, rule: str, operands: Sequence[tuple[str, Claim]], compute: Compute, message: str, definite: bool = False
) -> Draft:
    """A check that fails only where it is ``definite``; else a difference may be one of definition."""
    drafted = judged(
        rule, [(role, book.amount(claim)) for role, claim in operands], compute,
        message=message, severity="warning", evidence=(f"checks/ratios.{message}",),
    )  # fmt: skip
    if definite or drafted.status != "fails":
        return drafted
    return Draft(rule, "unclear", drafted.operands, message, reason="definition", evidence=drafted.evidence)


def _search(book: Book, expression: str, kind: str = "level") -> list[Claim]:
    found = patterns.compiled("checks/ratios", expression)
    return [claim for claim in book.claims if claim.kind == kind and claim.metric and found.search(claim.metric)]


# ── quotients ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _quotient(book: Book, key: str, quotient: Quotient) -> Iterator[Draft]:
    """One metric by another, and the growth of the one by that of the other."""
    expressions = (quotient.result, quotient.numerator, quotient.denominator)
    for kind, compute, message in (("level", _by, "quotient"), ("change_rate", _growth_by, "quotient-growth")):
        found = [_search(book, expression, kind) for expression in expressions]
        if kind == "level":
            found[0] += _search(book, quotient.result, "rate")
        if all(found):
            roles = ("result", "numerator", "denominator")
            claims = [(role, claims[0]) for role, claims in zip(roles, found, strict=True)]
            yield _checked(book, "ratio" if kind == "level" else "change", claims, compute, message)


def _by(amounts: Sequence[Interval]) -> Interval:
    numerator, denominator = amounts
    return numerator / denominator


def _growth_by(amounts: Sequence[Interval]) -> Interval:
    numerator, denominator = amounts
    return (ONE + numerator) / (ONE + denominator) - ONE


def _men_to_women(book: Book) -> Iterator[Draft]:
    """The men for each 100 women."""
    for claim in book.claims:
        if claim.metric and _expression("men_to_women").search(claim.metric) and claim.unit.endswith("100"):
            near = [one for one in book.find_between(claim.sentence.start, claim.start) if one.kind == "level"]
            men = next((one for one in near if _expression("men").search(one.metric or "")), None)
            women = next((one for one in near if _expression("women").search(one.metric or "")), None)
            if men and women:
                yield _checked(
                    book, "ratio", [("ratio", claim), ("part", men), ("part", women)],
                    lambda amounts: amounts[0] / amounts[1] * HUNDRED, "ratio-men", definite=True,
                )  # fmt: skip


# ── prices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _indices(book: Book) -> Iterator[Draft]:
    """An index against the rise beside it: 102.2% is a rise by 2.2%."""
    for one, two in pairwise(book.claims):
        of_index = one.metric and _expression("an_index").search(one.metric) and one.metric == two.metric
        if of_index and one.kind == "rate" and two.kind == "change_rate" and one.sentence == two.sentence:
            compute = _below_hundred if two.direction == "decrease" else _above_hundred
            yield _checked(book, "change", [("rate", two), ("index", one)], compute, "index", definite=True)


def _above_hundred(amounts: Sequence[Interval]) -> Interval:
    return amounts[0] - ONE


def _below_hundred(amounts: Sequence[Interval]) -> Interval:
    return ONE - amounts[0]


def _real(book: Book) -> Iterator[Draft]:
    """Growth at current prices against real growth and the index of prices."""
    index = next((claim for claim in book.claims if _is_price_index(claim)), None)
    if not index:
        return
    for one, two in pairwise(book.claims):
        between = book.text[one.end : two.start]
        if one.kind == two.kind == "change_rate" and one.metric == two.metric and _is_deflated(between):
            operands = [("rate", two), ("nominal", one), ("index", index)]
            of_all = bool(_expression("of_all").search(one.metric or ""))
            yield _checked(book, "change", operands, _deflating(index), "real", definite=of_all)


def _is_price_index(claim: Claim) -> bool:
    return claim.kind in ("rate", "change_rate") and bool(_expression("index").search(claim.metric or ""))


def _is_deflated(words: str) -> bool:
    return any(word in words for word in patterns.lexicon("checks/ratios")["deflated"])


def _deflating(index: Claim) -> Compute:
    """Takes the change of prices, which an index or a rate tells, out of a growth."""
    sign = exact(-1 if index.direction == "decrease" else 1)

    def deflated(amounts: Sequence[Interval]) -> Interval:
        nominal, prices = amounts
        return (ONE + nominal) / (prices if index.kind == "rate" else ONE + prices * sign) - ONE

    return deflated


# ── contributions ────────────────────────────────────────────────────────────────────────────────────────────────────


def _contributions(book: Book) -> Iterator[Draft]:
    """Shares of a growth against the points they give it; the shares make 100, the points the growth."""
    whole = next(iter(_search(book, str(patterns.lexicon("checks/ratios")["growing"]), "change_rate")), None)
    for sentence in book.sentences if whole else ():
        found = [(one, two) for one, two in pairwise(sentence) if _contributes(one, two)]
        if len(found) > 1 and whole:
            yield from _against_growth(book, found, whole)


def _contributes(share: Claim, points: Claim) -> bool:
    named = _expression("contribution").search(share.metric or "") and _expression("pull").search(points.metric or "")
    return bool(named) and points.dimension == "percentage_point"


def _against_growth(book: Book, found: list[tuple[Claim, Claim]], whole: Claim) -> Iterator[Draft]:
    for share, points in found:
        operands = [("points", points), ("share", share), ("growth", whole)]
        yield _checked(book, "contribution", operands, _given(points), "contribution", definite=True)
    signs = [_sign(points) for _, points in found]

    def growth(amounts: Sequence[Interval]) -> Interval:
        return total(one * sign for one, sign in zip(amounts, signs, strict=True)) / HUNDRED

    parts = [("part", points) for _, points in found]
    yield _checked(book, "contribution", [("growth", whole), *parts], growth, "contribution-sum")
    first, *others = [("share", share) for share, _ in found]
    yield _checked(book, "share_total", [first, *others], lambda amounts: ONE - total(amounts), "contribution-shares")


def _sign(points: Claim) -> Interval:
    """Whether points add to the growth or take from it."""
    return exact(-1 if _expression("down").search(points.metric or "") else 1)


def _given(points: Claim) -> Compute:
    """From a share of the growth and the growth to the points that it gives."""
    sign = _sign(points)
    return lambda amounts: amounts[0] * amounts[1] * HUNDRED * sign


# ── growth of a total from that of its parts ─────────────────────────────────────────────────────────────────────────


def _growth_of_total(book: Book, group: Group) -> Iterator[Draft]:
    """The levels before, of a total and of its parts, as the rates imply them."""
    claims = [group.whole, *group.parts]
    rates = [_rate(book, claim) for claim in claims]
    if len(group.parts) < 2 or not all(rates):
        return
    known = [rate for rate in rates if rate]
    if known[0].kind != "change_rate":
        return
    operands = [("growth", known[0]), ("total", group.whole)]
    for part, rate in zip(group.parts, known[1:], strict=True):
        operands += [("part", part), ("rate", rate)]

    def growth(amounts: Sequence[Interval]) -> Interval:
        whole, parts = amounts[0], amounts[1:]
        before = [_before(*each) for each in zip(parts[0::2], parts[1::2], known[1:], strict=True)]
        return (whole / total(before) - ONE) * _way(known[0])

    plain = group.complete and not any(_expression("at_prices").search(claim.metric or "") for claim in claims)
    plain = plain and not is_comparable(book, known[0])
    yield _checked(book, "change", operands, growth, "growth-of-total", definite=plain)


def _before(level: Interval, change: Interval, told: Claim) -> Interval:
    """The level before a change, which is told as a rate or as an amount."""
    if told.kind == "change_rate":
        return level / (ONE + change * _way(told))
    return level - change * _way(told)


def _way(change: Claim) -> Interval:
    return exact(-1 if change.direction == "decrease" else 1)


def _rate(book: Book, level: Claim) -> Claim | None:
    """The rate of change that is told of a level right behind it, or the amount where there is no rate."""
    at = book.find_index(level)
    behind = [one for one in book.claims[at + 1 : at + 1 + BEHIND] if one.sentence == level.sentence]
    told = [one for one in behind if one.metric == level.metric]
    amounts = [one for one in told if one.kind == "change_amount" and one.base_unit == level.base_unit]
    return next((one for one in told if one.kind == "change_rate"), amounts[0] if amounts else None)
