"""Levels of a section that are the sum of levels right behind or in front of them: found by arithmetic.

Words often say only that something is a total: 收入总计, 合计, 共. Where the run of numbers beside it that is its sum
begins and ends, their digits say. Numbers that were found to be parts of another are passed over, so that a total of
subtotals adds up the subtotals, and income less expenditure is what is carried over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from itertools import islice, pairwise, repeat
from math import lcm
from operator import attrgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.checks.narrative.walks import (
    BEGINNINGS,
    FARTHEST,
    REACH,
    SHORT,
    TOPS,
    Adding,
    Owners,
    Term,
    Walk,
    add_exactly,
    add_up,
    walk_all,
    walk_behind,
    walk_tops,
)
from extractor.checks.relations.clauses import name_with_lead
from extractor.model import Claim

# So many digits of a total are no chance among the few runs beside it; in other paragraphs one more, and one less
# behind words that divide it.
DIVIDED, TELLING, CERTAIN = 3, 4, 5
# Several divisions of one total are no chance with so many.
FEW = 2
# So many numbers are added up at most.
LONGEST = 26
# Parts in other sections have so many last digits in the mean.
SELDOM = 10_000
# Few numbers are all of a section by chance.
FEWEST = 3
# Words divide one of so many numbers in front of them; of so many where its digits leave no doubt.
NEAREST, FAR = 12, 36

_expression = partial(patterns.fragment, "checks/sum")


class Run(Struct, frozen=True):
    """A total and the numbers beside it that make it up; ``is_all`` where they are all that stands behind it.

    ``is_divided`` says that words divide the total.
    """

    total: Claim
    parts: tuple[Claim, ...]
    is_all: bool = False
    is_divided: bool = False


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
    for told in book.told_levels.values():
        levels = [level for level in told if _is_told(book, level)]
        line = list(_read_line(list(map(book.amount, levels)), levels))
        yield from _find_across(line, owners)
        openings = _find_openings(book, levels)
        yield from _find_divided(line, openings - owners.keys(), owners, TELLING)
        yield from _find_divided_far(line, openings, owners)
        yield from _find_divided_twice(line, openings, owners)


def _list_enclosed(book: Book, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """The numbers of brackets right behind another number, with that one: 4822件（含再审1件）."""
    for before, claim in pairwise(claims):
        if _expression("encloses").fullmatch(book.text, before.end, claim.start):
            yield claim.id, before.id


def _is_told(book: Book, claim: Claim) -> bool:
    """Whether a claim is one exact number of the narrative, and no example of what another one tells all of."""
    if not claim.is_one_told or book.amount(claim).vague:
        return False
    return not _expression("example").match(book.text, claim.sentence.start)


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
    asked: dict[tuple[int, bool], int] = {}
    for at, backward in _order_questions(line):
        total = line[at]
        # Asked again with no more owners than before, the answer is none again.
        is_known = (total.claim.id, backward) in found or asked.get((at, backward)) == len(owners)
        asked[at, backward] = len(owners)
        parts = None if is_known else _find_parts(line, at, owners, backward)
        if parts:
            found.add((total.claim.id, backward))
            _own(owners, total, parts)
            told = tuple(sorted((part.claim for part in parts), key=attrgetter("start")))
            yield Run(total.claim, told, _is_all_behind(line, at, owners, parts))
            yield from _divide_again(line, at, owners, parts) if not backward else ()


def _read_start(term: Term) -> int:
    return term.claim.start


def _divide_again(line: Sequence[Term], at: int, owners: Owners, parts: Sequence[Term]) -> Iterator[Run]:
    """The runs right behind a run that are all of its total as well."""
    add = add_up if line[at].digits >= TELLING else add_exactly
    while parts:
        last = bisect_left(line, parts[-1].claim.start, key=_read_start)
        parts = add(line[at], islice(walk_behind(line, at, last, owners), LONGEST)) or []
        if parts:
            _own(owners, line[at], parts)
            yield Run(line[at].claim, tuple(part.claim for part in parts))


def _find_across(line: Sequence[Term], owners: Owners) -> Iterator[Run]:
    """The runs of totals of many digits whose parts stand in sections of their own."""
    asked = [at for at, term in enumerate(line) if term.digits >= CERTAIN and term.value > 0]
    for at, backward in (*zip(reversed(asked), repeat(False)), *zip(asked, repeat(True))):
        parts = _find_first(line, at, owners, backward, TOPS, add_up)
        if parts and _is_far(line[at], parts):
            _own(owners, line[at], parts)
            yield Run(line[at].claim, tuple(sorted((part.claim for part in parts), key=attrgetter("start"))))


def _is_far(total: Term, parts: Sequence[Term]) -> bool:
    """Whether parts stand in sections of their own, and are of so many digits that they add up by no chance."""
    step = max(total.step, 1)
    return any(part.claim.section != total.claim.section for part in parts) and total.value >= SELDOM * step * len(
        parts
    )


def _is_all_behind(line: Sequence[Term], at: int, owners: Owners, parts: Sequence[Term]) -> bool:
    """Whether a run is all that stands behind its total, the parts of its own parts left aside."""
    others = (one.claim.id for one in walk_tops(line, at, owners, False))
    return set(others) == {part.claim.id for part in parts} and len(parts) >= FEWEST


def _order_questions(line: Sequence[Term]) -> Iterator[tuple[int, bool]]:
    """Which numbers are asked for their parts, and whether for those in front of them."""
    asked = [at for at, term in enumerate(line) if term.value > 0 and (term.step or term.digits >= DIVIDED)]
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
    if line[at].digits >= TELLING:
        return _find_first(line, at, owners, backward, BEGINNINGS, add_up)
    alike = _find_first(line, at, owners, backward, SHORT, add_up) if line[at].digits >= DIVIDED else None
    return alike or _find_first(line, at, owners, backward, TOPS, add_exactly)


def _find_first(
    line: Sequence[Term], at: int, owners: Owners, backward: bool, beginnings: Sequence[tuple[Walk, int]], add: Adding
) -> list[Term] | None:
    """The first of some walks beside a total that adds up to it."""
    walks = (islice(walk(line, at, owners, backward), skipped, LONGEST) for walk, skipped in beginnings)
    return next(filter(None, (add(line[at], walk) for walk in walks)), None)


# ── parts that words divide a total by ───────────────────────────────────────────────────────────────────────────────


def _find_openings(book: Book, claims: Sequence[Claim]) -> frozenset[str]:
    """The numbers in front of which words divide a total: 从投资主体看，增速较快：地方投资3亿元，其他投资2亿元."""
    divides = _expression("divides").search
    pairs = ((claim, max(claim.sentence.start, before.end)) for before, claim in pairwise(claims))
    return frozenset(claim.id for claim, start in pairs if divides(book.text, start, claim.start))


def _find_divided(
    line: Sequence[Term], openings: Set[str], owners: Owners, digits: int, nearest: int = NEAREST
) -> Iterator[Run]:
    """The runs behind words that divide a total of so many digits, the nearest in front that they add up to."""
    for at, term in enumerate(line):
        wholes = _list_wholes(line, at, digits, nearest) if term.claim.id in openings else []
        behind = list(islice(_walk_new(line, at, owners), LONGEST)) if wholes else []
        found = ((line[whole], _add_surely(line[whole], behind)) for whole in wholes)
        whole, parts = next((one for one in found if one[1]), (term, None))
        if parts:
            _own(owners, whole, parts)
            yield Run(whole.claim, tuple(part.claim for part in parts), is_divided=True)


def _find_divided_far(line: Sequence[Term], openings: Set[str], owners: Owners) -> Iterator[Run]:
    """The runs behind words that divide a total far in front, of so many digits that no other link counts."""
    linked = {one for one in openings if one in owners}
    for run in _find_divided(line, linked, {}, CERTAIN, FAR):
        if any(owners.get(part.id) != run.total.id for part in run.parts):
            yield run


def _find_divided_twice(line: Sequence[Term], openings: Set[str], owners: Owners) -> Iterator[Run]:
    """The runs behind words that divide one total of few digits several times, each to the last digit.

    A total of two digits is met by chance; the same one by two divisions is not: 26支。从类型看，6支、20支。从行业看….
    """
    found: dict[int, list[Sequence[Term]]] = {}
    for at, term in enumerate(line):
        if term.claim.id in openings:
            for whole in _list_wholes(line, at, FEW):
                found.setdefault(whole, []).extend(_list_divisions(line, at, whole))
    for whole, runs in found.items():
        known = owners.get(runs[0][0].claim.id) == line[whole].claim.id if runs else True
        if len(runs) > 1 and line[whole].digits < TELLING and not known:
            yield from (Run(line[whole].claim, tuple(one.claim for one in run), is_divided=True) for run in runs)


def _list_divisions(line: Sequence[Term], at: int, whole: int) -> Iterator[Sequence[Term]]:
    """The runs from a place on, one right behind the other, that are each a total to the last digit."""
    while at < len(line):
        parts = _add_surely(line[whole], line[at : at + LONGEST])
        if not parts:
            return
        yield parts
        at += len(parts)


def _add_surely(total: Term, beside: Sequence[Term]) -> list[Term] | None:
    """The numbers that add up to a total; to the last digit where it has few."""
    parts = add_up(total, beside)
    is_sure = total.digits >= TELLING or sum(part.value for part in parts or ()) == total.value
    return parts if is_sure else None


def _walk_new(line: Sequence[Term], at: int, owners: Owners) -> Iterator[Term]:
    """The numbers from one place on that are parts of none from there on; what words divide anew is none in front."""
    behind = {term.claim.id for term in line[at : at + REACH]}
    return (one for one in walk_all(line, at - 1, owners, False) if owners.get(one.claim.id) not in behind)


def _list_wholes(line: Sequence[Term], at: int, digits: int, nearest: int = NEAREST) -> list[int]:
    """The nearest numbers in front of one that have so many digits."""
    places = (place for place in range(at - 1, -1, -1) if line[place].digits >= digits and line[place].value > 0)
    return list(islice(places, nearest))


# ── what ties a run together ─────────────────────────────────────────────────────────────────────────────────────────


def _is_tied(book: Book, run: Run) -> bool:
    """Whether a run stands in one paragraph or is all of a section; else its total is called one or has more digits."""
    places = [run.total, *run.parts]
    start, end = min(one.start for one in places), max(one.end for one in places)
    if run.is_all or not book.has_border(start, end):
        return True
    if count_digits(run.total.value) >= CERTAIN:
        return True
    return any(_expression("called").search(name_with_lead(book, one)) for one in (run.total, run.parts[-1]))
