"""Levels of a section that are the sum of levels right behind or in front of them: found by arithmetic.

Words often say only that something is a total: 收入总计, 合计, 共. Where the run of numbers beside it that is its sum
begins and ends, their digits say. Numbers that were found to be parts of another are passed over, so that a total of
subtotals adds up the subtotals, and income less expenditure is what is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

# So many digits of a total are no chance among the few runs beside it; in other paragraphs one more.
TELLING, CERTAIN = 4, 5
# A run begins at most so many numbers beside its total.
FARTHEST = 2
# So many numbers are added up at most.
LONGEST = 26
# Rounded parts may miss their total by one of its last digit; by more they are others.
SLACK = 1
# Numbers called alike have the same last characters.
TAIL = 3
# Few numbers are all of a section by chance.
FEWEST = 3

_expression = partial(patterns.fragment, "checks/sum")


class Term(Struct, frozen=True):
    """A level as whole steps of its line, what its last digit is in them, and its digits."""

    claim: Claim
    value: int
    step: int
    digits: int


class Run(Struct, frozen=True):
    """A total and the numbers beside it that make it up; ``is_all`` where they are all that stands behind it."""

    total: Claim
    parts: tuple[Claim, ...]
    is_all: bool = False


Owners = dict[str, str]
"""The numbers that are parts, with their totals."""


def find_runs(book: Book) -> Iterator[Run]:
    """Every level of the narrative that is the sum of a run of levels beside it, of its section and unit."""
    for claims in book.levels.values():
        told = [claim for claim in claims if _is_told(book, claim)]
        line = list(_read_line(list(map(book.amount, told)), told)) if len(told) > FARTHEST else []
        for run in _find_in_line(line, dict(_list_enclosed(book, told))):
            if _is_tied(book, run):
                yield run


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


def _find_in_line(line: Sequence[Term], enclosed: Owners) -> Iterator[Run]:
    """The runs of a line: behind totals from the last one on, in front of them, then of totals of totals.

    What is ``enclosed`` in brackets is a part of the number in front of these.
    """
    owners: Owners = {term.claim.id: term.claim.part_of for term in line if term.claim.part_of}
    owners.update(enclosed)
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


def _is_all_behind(line: Sequence[Term], at: int, owners: Owners, parts: Sequence[Term]) -> bool:
    """Whether a run is all that stands behind its total, the parts of its own parts left aside."""
    others = (one.claim.id for one in _walk_tops(line, at, owners, False))
    return set(others) == {part.claim.id for part in parts} and len(parts) >= FEWEST


def _order_questions(line: Sequence[Term]) -> Iterator[tuple[int, bool]]:
    """Which numbers are asked for their parts, and whether for those in front of them."""
    asked = [at for at, term in enumerate(line) if term.digits >= TELLING and term.value > 0]
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
    beginnings = (*product((_walk_all, _walk_tops), range(FARTHEST + 1)), (_walk_alike, 0))
    for walk, skipped in beginnings:
        parts = _add_up(line[at], islice(walk(line, at, owners, backward), skipped, LONGEST))
        if parts:
            return parts
    return None


def _walk_all(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one, the nearest first."""
    places = range(at - 1, -1, -1) if backward else range(at + 1, len(line))
    return (line[place] for place in places)


def _walk_tops(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are parts of nothing else."""
    total = line[at].claim.id
    return (one for one in _walk_all(line, at, owners, backward) if owners.get(one.claim.id, total) == total)


def _walk_alike(line: Sequence[Term], at: int, owners: Owners, backward: bool) -> Iterator[Term]:
    """The numbers beside one that are called as it is, where every item tells several things: 预算3亿元，结余1亿元."""
    called = (line[at].claim.metric or "")[-TAIL:]
    beside = _walk_tops(line, at, owners, backward)
    return (one for one in beside if called and (one.claim.metric or "").endswith(called))


def _add_up(total: Term, beside: Iterable[Term]) -> list[Term] | None:
    """The numbers up to the one with which they are the total; more than one of them is not 0."""
    value, step, filled = 0, 0, 0
    used: list[Term] = []
    for one in beside:
        value, step = value + one.value, step + one.step
        filled += 1 if one.value else 0
        used.append(one)
        if 2 * abs(total.value - value) <= min(total.step + step, 2 * SLACK * total.step) and filled > 1:
            return used
        if value > total.value + step:
            break
    return None


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
