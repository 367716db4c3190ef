"""The same metric stated twice, and rates that stayed while their amounts changed."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.names import measure_likeness
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.restatements import Pair, find_pairs, find_same_numbers
from extractor.model import Claim

RULE = "repeat"


def find(book: Book) -> Iterator[Draft]:
    """Every pair of claims of one metric, as far as they can be compared."""
    found = list(find_pairs(book))
    several = _several(found)
    for (claim, _), others in several.items():
        yield from _combined(book, book.claim[claim], [book.claim[other] for other in others])
    for pair in found:
        one, two = pair.one, pair.two
        draft = _compared(book, pair, (one.id, two.section) in several or (two.id, one.section) in several)
        if draft:
            yield draft
        yield from _stale(book, pair)
    for one, two in find_same_numbers(book):
        if same_period(one, two):
            operands = [("stated", book.amount(two)), ("stated", book.amount(one))]
            yield judged(
                RULE, operands, lambda others: others[0], message="repeat-number", evidence=("checks/repeats.number",)
            )


def _several(found: list[Pair]) -> dict[tuple[str, str | None], list[str]]:
    """The claims that have more than one counterpart in another section, with those."""
    counterparts: dict[tuple[str, str | None], list[str]] = {}
    for pair in found:
        if pair.one.section != pair.two.section:
            counterparts.setdefault((pair.one.id, pair.two.section), []).append(pair.two.id)
            counterparts.setdefault((pair.two.id, pair.one.section), []).append(pair.one.id)
    return {key: others for key, others in counterparts.items() if len(others) > 1}


def _combined(book: Book, claim: Claim, others: list[Claim]) -> Iterator[Draft]:
    """One number that tells together what another section tells in parts: 14400 for 6700 and 7700."""
    if claim.kind == "level" and all(not other.part_of for other in others):
        operands = [("total", book.amount(claim)), *(("part", book.amount(other)) for other in others)]
        draft = judged(RULE, operands, total, message="repeat-combined", evidence=("checks/repeats.combined",))
        if draft.status == "holds":
            yield draft


def _compared(book: Book, pair: Pair, several: bool) -> Draft | None:
    """A pair of one period: equal, equal after conversion or rounding, or different."""
    one, two = book.amount(pair.one), book.amount(pair.two)
    operands = [("stated", two), ("stated", one)]
    if not same_period(pair.one, pair.two):
        if pair.restated and one.exact != two.exact:
            return Draft(RULE, "unclear", tuple(operands), "repeat-period", reason="other_period")
        return None
    if one.exact == two.exact or _is_finer(one, two):
        return judged(RULE, operands, lambda others: others[0], evidence=("checks/repeats",))
    if several or not (pair.restated or pair.one.metric_id):
        return None
    return judged(RULE, operands, lambda others: others[0], severity="warning", evidence=("checks/repeats",))


def same_period(one: Claim, two: Claim) -> bool:
    """Whether two claims speak of one time: the same dates, or no dates for either."""
    first, second = ((claim.period.start, claim.period.end) if claim.period else (None, None) for claim in (one, two))
    return first == second or (None, None) in (first, second)


def _is_finer(one: Amount, two: Amount) -> bool:
    """Whether one number is the other with more digits: 165.71 and 165.7."""
    return one.rounded.meets(two.rounded) and one.rounded != two.rounded


# ── rates that stayed ────────────────────────────────────────────────────────────────────────────────────────────────


def _stale(book: Book, pair: Pair) -> Iterator[Draft]:
    """A level told twice with different numbers and the very same rate behind both."""
    one, two = book.amount(pair.one), book.amount(pair.two)
    if pair.one.kind != "level" or pair.one.section == pair.two.section or _meet(one, two):
        return
    for first in _rates(book, pair.one):
        for second in _rates(book, pair.two):
            if first.kind == second.kind and first.direction == second.direction and first.raw == second.raw:
                operands = (
                    ("rate", book.amount(second)),
                    ("stated", two),
                    ("rate", book.amount(first)),
                    ("stated", one),
                )
                yield Draft("stale", "fails", operands, "stale", severity="warning", evidence=("checks/repeats.stale",))
            elif first.kind == second.kind == "completion":
                yield from _targets(book, (pair.one, first), (pair.two, second))


def _meet(one: Amount, two: Amount) -> bool:
    return one.rounded.meets(two.rounded) or one.cut.meets(two.cut)


def _rates(book: Book, level: Claim) -> list[Claim]:
    """The rates that are told of a level right behind it in its sentence."""
    at = book.find_index(level)
    behind = [claim for claim in book.claims[at + 1 : at + 3] if claim.sentence == level.sentence]
    rates = [claim for claim in behind if claim.kind in ("change_rate", "completion") and claim.dimension == "percent"]
    return [rate for rate in rates if rate.metric == level.metric or measure_likeness(rate, level)][:1]


def _targets(book: Book, first: tuple[Claim, Claim], second: tuple[Claim, Claim]) -> Iterator[Draft]:
    """Two completions of one target: the amounts and rates imply the same one."""
    if first[1].baseline != second[1].baseline:
        return
    one, two = (book.amount(level).rounded / book.amount(rate).rounded for level, rate in (first, second))
    if one.meets(two):
        return
    claims = (second[1], second[0], first[1], first[0])
    operands = tuple((role, book.amount(claim)) for role, claim in zip(("rate", "actual") * 2, claims, strict=True))
    yield Draft(
        "completion", "fails", operands, "completion-targets", severity="warning", evidence=("checks/repeats.targets",)
    )
