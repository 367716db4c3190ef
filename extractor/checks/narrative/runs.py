"""Levels of a section that are the sum of levels right behind or in front of them: found by arithmetic.

Words often say only that something is a total: 收入总计, 合计, 共. Where the run of numbers beside it that is its sum
begins and ends, their digits say. Numbers that were found to be parts of another are passed over, so that a total of
subtotals adds up the subtotals, and income less expenditure is what is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from itertools import islice, pairwise, product, repeat
from math import lcm
from operator import attrgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.checks.relations.clauses import name_with_lead
from extractor.model import Claim

# So many digits of a total are no chance among the few runs beside it; in other paragraphs one more, and one less
# behind words that divide it.
DIVIDED, TELLING, CERTAIN = 3, 4, 5
# A run begins at most so many numbers beside its total.
FARTHEST = 2
# So many numbers are added up at most.
LONGEST = 26
# Parts in other sections have so many last digits in the mean.
SELDOM = 10_000
# They and their own parts are no more than these.
REACH = 128
# Rounded parts may miss their total by one of its last digit; by more they are others.
SLACK = 1
# Numbers called alike have the same last characters.
TAIL = 3
# Few numbers are all of a section by chance.
FEWEST = 3
# A name of so many characters says what is a kind of it.
NAMED = 4
# Words divide one of so many numbers in front of them.
NEAREST = 12

_expression = partial(patterns.fragment, "checks/sum")


class Term(Struct, frozen=True):
    """A level as whole steps of its line, what its last digit is in them, and its digits."""

    claim: Claim
    value: int
    step: int
    digits: int


class Run(Struct, frozen=True):
    """A total and the numbers beside it that make it up; ``is_all`` where they are all that stands behind it.

    ``is_divided`` says that words divide the total.
    """

    total: Claim
    parts: tuple[Claim, ...]
    is_all: bool = False
    is_divided: bool = False


Owners = dict[str, str]
"""The numbers that are parts, with their totals."""


def find_runs(book: Book) -> tuple[Run, ...]:
    """Every level of the narrative that is the sum of a run of levels beside it, of its section and unit."""
    return book.view(_find_runs)


def _find_runs(book: Book) -> tuple[Run, ...]:
    return tuple(_list_runs(book))


def _list_runs(book: Book) -> Iterator[Run]:
    owners: Owners = {}
    for claims in book.levels.values():
        told = [claim for claim in claims if _is_told(book, claim)]
        line = list(_read_line(list(map(book.amount, told)), told)) if len(told) > FARTHEST else []
        owners.update(_list_enclosed(book, told))
        yield from (run for run in _find_in_line(line, owners) if _is_tied(book, run))
        yield from _find_divided(line, _find_openings(book, told), owners, DIVIDED)
    for levels in _group_by_unit(book).values():
        line = list(_read_line(list(map(book.amount, levels)), levels))
        yield from _find_across(line, owners)
        yield from _find_divided(line, _find_openings(book, levels) - owners.keys(), owners, TELLING)


def _group_by_unit(book: Book) -> dict[str, list[Claim]]:
    """The levels of the narrative by their unit, in document order."""
    found: dict[str, list[Claim]] = {}
    for claims in book.sections.values():
        for claim in claims:
            if claim.kind == "level" and _is_told(book, claim):
                found.setdefault(claim.base_unit, []).append(claim)
    return {unit: sorted(claims, key=attrgetter("start")) for unit, claims in found.items()}


def _list_enclosed(book: Book, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """The numbers of brackets right behind another number, with that one: 4822件（含再审1件）."""
    for before, claim in pairwise(claims):
        if _expression("encloses").fullmatch(book.text, before.end, claim.start):
            yield claim.id, before.id


def _is_told(book: Book, claim: Claim) -> bool:
    """Whether a claim is one exact number of the narrative."""
    return claim.is_one_told and not book.amount(claim).vague


def _read_line(amounts: Sequence[Amount], claims: Sequence[Claim]) -> Iterator[Term]:
    """The amounts in steps of which all of them are whole numbers; what was counted is rounded by none."""
    scale = lcm(*(amount.step.denominator for amount in amounts))
    for claim, amount in zip(claims, amounts, strict=True):
        step = 0 if amount.rounded.low == amount.rounded.high else int(amount.step * scale)
        yield Term(claim, int(amount.exact * scale), step, count_digits(claim.value))


# ── one line of levels ───────────────────────────────────────────────────────────────────────────────────────────────


def _find_in_line(line: Sequence[Term], owners: Owners) -> Iterator[Run]:
    """The runs of a line: behind totals from the last one on, in front of them, then of totals of totals.

    ``owners`` has what is a part of the number in front of its brackets; what else is found to be one is added.
    """
    linked = {term.claim.id: term.claim.part_of for term in line if term.claim.part_of}
    owners.update({part: whole for part, whole in linked.items() if part not in owners})
    found: set[tuple[str, bool]] = set()
    for at, backward in _order_questions(line):
        total = line[at]
        is_known = (total.claim.id, backward) in found
        parts = None if is_known else _find_parts(line, at, owners, backward)
        if parts:
            found.add((total.claim.id, backward))
            _own(owners, total, parts)
            told = tuple(sorted((part.claim for part in parts), key=attrgetter("start")))
            yield Run(total.claim, told, _is_all_behind(line, at, owners, parts))


def _find_across(line: Sequence[Term], owners: Owners) -> Iterator[Run]:
    """The runs of totals of many digits whose parts stand in sections of their own."""
    asked = [at for at, term in enumerate(line) if term.digits >= CERTAIN and term.value > 0]
    for at, backward in (*zip(reversed(asked), repeat(False)), *zip(asked, repeat(True))):
        parts = _find_tops(line, at, owners, backward)
        if parts and _is_far(line[at], parts):
            _own(owners, line[at], parts)
            yield Run(line[at].claim, tuple(sorted((part.claim for part in parts), key=attrgetter("start"))))


def _is_far(total: Term, parts: Sequence[Term]) -> bool:
    """Whether parts stand in sections of their own, and are of so many digits that they add up by no chance."""
    step = max(total.step, 1)
    return any(part.claim.section != total.claim.section for part in parts) and total.value >= SELDOM * step * len(
        parts
    )


def _find_tops(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> list[Term] | None:
    """The run beside a total of numbers that are parts of nothing else."""
    walks = (islice(_walk_tops(line, at, owners, backward), skipped, LONGEST) for skipped in range(FARTHEST + 1))
    return next(filter(None, (_add_up(line[at], walk) for walk in walks)), None)


def _is_all_behind(line: Sequence[Term], at: int, owners: Owners, parts: Sequence[Term]) -> bool:
    """Whether a run is all that stands behind its total, the parts of its own parts left aside."""
    others = (one.claim.id for one in _walk_tops(line, at, owners, False))
    return set(others) == {part.claim.id for part in parts} and len(parts) >= FEWEST


def _order_questions(line: Sequence[Term]) -> Iterator[tuple[int, bool]]:
    """Which numbers are asked for their parts, and whether for those in front of them."""
    asked = [at for at, term in enumerate(line) if term.digits >= DIVIDED and term.value > 0]
    yield from zip(reversed(asked), repeat(False))
    yield from zip(asked, repeat(True))
    yield from zip(asked, repeat(False))
    yield from zip(asked, repeat(True))


def _own(owners: Owners, total: Term, parts: Iterable[Term]) -> None:
    """Notes whose parts some numbers are, but for those that are another's already."""
    for part in parts:
        if owners.get(total.claim.id) != part.claim.id:
            owners.setdefault(part.claim.id, total.claim.id)


def _find_parts(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> list[Term] | None:
    """The run beside a total that is its sum: of all numbers, else of those that are no parts of others or alike."""
    for walk, skipped in BEGINNINGS if line[at].digits >= TELLING else SHORT:
        parts = _add_up(line[at], islice(walk(line, at, owners, backward), skipped, LONGEST))
        if parts:
            return parts
    return None


def _walk_all(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Sequence[Term]:
    """The numbers beside one, the nearest first."""
    return line[max(0, at - REACH + 1) : at][::-1] if backward else line[at + 1 : at + REACH]


def _walk_tops(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are parts of nothing else."""
    total = line[at].claim.id
    return (one for one in _walk_all(line, at, owners, backward) if owners.get(one.claim.id, total) == total)


def _walk_alike(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are called as it is, where every item tells several things: 预算3亿元，结余1亿元."""
    called = (line[at].claim.metric or "")[-TAIL:]
    beside = _walk_tops(line, at, owners, backward)
    return (one for one in beside if called and (one.claim.metric or "").endswith(called))


def _walk_kinds(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that have its name with more words in front: 受理案件, 市法院受理案件, 县法院受理案件."""
    called = line[at].claim.metric or ""
    beside = _walk_tops(line, at, owners, backward) if len(called) >= NAMED else iter(())
    return (one for one in beside if (one.claim.metric or "").endswith(called) and one.claim.metric != called)


BEGINNINGS = (*product((_walk_tops, _walk_all), range(FARTHEST + 1)), (_walk_alike, 0), (_walk_kinds, 0))
SHORT = ((_walk_kinds, 0),)


def _add_up(total: Term, beside: Iterable[Term]) -> list[Term] | None:
    """The numbers up to the one with which they are the total; more than one of them is not 0."""
    value, step, filled = 0, 0, 0
    used: list[Term] = []
    for one in beside:
        value, step = value + one.value, step + one.step
        filled += 1 if one.value > total.step else 0
        used.append(one)
        if 2 * abs(total.value - value) <= min(total.step + step, 2 * SLACK * total.step) and filled > 1:
            return used
        if value > total.value + step:
            break
    return None


# ── parts that words divide a total by ───────────────────────────────────────────────────────────────────────────────


def _find_openings(book: Book, claims: Sequence[Claim]) -> frozenset[str]:
    """The numbers in front of which words divide a total: 从投资主体看，增速较快：地方投资3亿元，其他投资2亿元."""
    divides = _expression("divides").search
    pairs = ((claim, max(claim.sentence.start, before.end)) for before, claim in pairwise(claims))
    return frozenset(claim.id for claim, start in pairs if divides(book.text, start, claim.start))


def _find_divided(line: Sequence[Term], openings: Set[str], owners: Owners, digits: int) -> Iterator[Run]:
    """The runs behind words that divide a total of so many digits, the nearest in front that they add up to."""
    for at, term in enumerate(line):
        wholes = _list_wholes(line, at, digits) if term.claim.id in openings else []
        behind = list(islice(_walk_tops(line, at - 1, owners, False), LONGEST)) if wholes else []
        found = ((line[whole], _add_up(line[whole], behind)) for whole in wholes)
        whole, parts = next((one for one in found if one[1]), (term, None))
        if parts:
            _own(owners, whole, parts)
            yield Run(whole.claim, tuple(part.claim for part in parts), is_divided=True)


def _list_wholes(line: Sequence[Term], at: int, digits: int) -> list[int]:
    """The nearest numbers in front of one that have so many digits."""
    places = (place for place in range(at - 1, -1, -1) if line[place].digits >= digits and line[place].value > 0)
    return list(islice(places, NEAREST))


# ── what ties a run together ─────────────────────────────────────────────────────────────────────────────────────────


def _is_tied(book: Book, run: Run) -> bool:
    """Whether a run stands in one paragraph or is all of a section; else its total is called one or has more digits."""
    places = [run.total, *run.parts]
    start, end = min(one.start for one in places), max(one.end for one in places)
    if "\n" not in book.text[start:end] or run.is_all:
        return True
    if count_digits(run.total.value) >= CERTAIN:
        return True
    return any(_expression("called").search(name_with_lead(book, one)) for one in (run.total, run.parts[-1]))
