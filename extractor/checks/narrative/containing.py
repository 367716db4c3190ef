"""Figures of one name of which one holds the other: of a level and of all of an area, of a month and of its year.

What is told of a part stands under the name of the whole, with the words of its level or of its time. Each part is held
against the nearest whole of its name, unit, role and scope.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import Facets, normalize_name
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.times import OPEN, Dates, read_dates, read_months
from extractor.model import Claim, Facet

LEVEL, PLACE = "level", "place"
# A name of fewer characters, a number of fewer digits, says too little to be of one thing at two levels: 安排, 支出.
TELLING = 4
# Of the figures of one name around a part so many are asked whether their time holds its own.
NEAREST = 12

Name = tuple[object, ...]
"""What two figures of one thing have in common but for their level or their time."""

_expression = partial(patterns.fragment, "checks/limit")


class Container(Struct, frozen=True, forbid_unknown_fields=True):
    """A level that others are parts of."""

    whole: str
    parts: list[str]


class Part(Struct, frozen=True):
    """A figure of a part and that of the whole; ``is_told`` says that each names its level in its own clause."""

    part: Claim
    whole: Claim
    is_told: bool = False


@cache
def _load_wholes() -> dict[str, tuple[str, ...]]:
    """The levels that hold another one, by that."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in patterns.load("relations/containers", Container).values():
        for part in entry.parts:
            found[part] = (*found.get(part, ()), entry.whole)
    return found


@cache
def list_parts_of(level: str) -> tuple[str, tuple[str, ...]]:
    """The pattern that tells the levels within a level, and these."""
    entries = patterns.load("relations/containers", Container).items()
    return next(((name, tuple(entry.parts)) for name, entry in entries if entry.whole == level), ("", ()))


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_lower(book: Book) -> Iterator[Part]:
    """Each figure of a level with the nearest one of its name that is of a level around it."""
    for levels in book.view(sort_by_level).values():
        for level, claims in levels.items():
            wholes = [levels[whole] for whole in _load_wholes().get(level, ()) if whole in levels]
            for claim in claims if wholes else ():
                nearest = _find_nearest(claim, map(partial(_take_beside, claim.start), wholes))
                if nearest and claim.part_of != nearest.id and not _is_handed_on(book, claim, nearest):
                    yield Part(claim, nearest, _is_told(claim) and _is_told(nearest))


def sort_by_level(book: Book) -> dict[Name, dict[str, list[Claim]]]:
    """The exact levels of the narrative by what they are of, and by their level of government."""
    found: dict[Name, dict[str, list[Claim]]] = {}
    for claim in filter(_is_figure, book.claims):
        level = _read_level(claim)
        if level:
            found.setdefault(_name_without_level(book, claim), {}).setdefault(level.value, []).append(claim)
    return found


def _is_figure(claim: Claim) -> bool:
    """Whether a claim is one number of the narrative with a name."""
    return claim.kind == LEVEL and claim.is_one_told and bool(claim.metric)


def _read_level(claim: Claim) -> Facet | None:
    return claim.scope.level


def _name_without_level(book: Book, claim: Claim) -> Name:
    """What a figure is of but for its level: its name, unit, role, the day that it is told to, its stage and scope.

    A budget as it was before it was changed is another figure.
    """
    name = drop_level_words(normalize_name(claim.metric or "")) + _name_debt(book, claim)
    scope, is_first = drop_level(book.amount(claim).scope), is_origin(book, claim)
    return name, claim.base_unit, claim.role, read_dates(claim)[1], is_first, is_of_the_end(claim), scope


def _name_debt(book: Book, claim: Claim) -> str:
    """What a kind of debt is told of where only the whole in front says so: 债务余额9亿元，其中一般债务5亿元."""
    whole = book.claim[claim.part_of] if claim.part_of else None
    owed = _expression("owed").search
    told = owed(whole.metric or "") if whole and not owed(claim.metric or "") else None
    return str(told[0]) if told else ""


def drop_level_words(name: str) -> str:
    """What a figure is called without the words of its level, and without those for all of a budget.

    All of a side is more than what the area itself took in: that word is a part of the name.

    >>> drop_level_words("市直支出年初预算合计"), drop_level_words("经开区收入总计")
    ('支出年初预算', '收入总计')
    """
    return str(_expression("of_level").sub("", name))


def is_of_the_end(claim: Claim) -> bool:
    """Whether a number is a budget as it was in the end, behind all that was changed."""
    stage = claim.scope.stage
    return stage is not None and bool(_expression("in_the_end").search(stage.value))


def drop_level(scope: Facets) -> Facets:
    """A scope without its level, and without the place that is no more than the name of that: 高新区."""
    zone = _expression("zone").fullmatch
    return frozenset(facet for facet in scope if facet[0] != LEVEL and not (facet[0] == PLACE and zone(facet[1])))


def _is_told(claim: Claim) -> bool:
    """Whether a figure is named with its level in its own clause, and is no part of another."""
    level = _read_level(claim)
    if level is None or level.origin != "clause" or claim.part_of:
        return False
    return len(claim.metric or "") >= TELLING


def _is_handed_on(book: Book, claim: Claim, whole: Claim) -> bool:
    """Whether a name is of what levels hand to one another, and the two figures are not just the same one."""
    if not _expression("moved").search(claim.metric or ""):
        return False
    return book.amount(claim).exact != book.amount(whole).exact or count_digits(claim.value) < TELLING


def _take_beside(offset: int, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The last figure in front of an offset, and the first behind it."""
    at = bisect_left(claims, offset, key=attrgetter("start"))
    return claims[max(0, at - 1) : at + 1]


def _find_nearest(claim: Claim, groups: Iterable[Sequence[Claim]]) -> Claim | None:
    """The claim that stands nearest to another."""
    beside = [one for group in groups for one in group]
    return min(beside, key=lambda one: abs(one.start - claim.start), default=None)


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_shorter(book: Book) -> Iterator[Part]:
    """Each amount of a time with the nearest one of its name that is of a time around it: 12月, 1-12月."""
    for claims in _sort_flows(book).values():
        for at, claim in enumerate(claims):
            around = claims[max(0, at - NEAREST) : at + NEAREST]
            holding = [one for one in around if _holds(_read_span(one), _read_span(claim))]
            nearest = _find_nearest(claim, [holding])
            if nearest and claim.part_of != nearest.id:
                yield Part(claim, nearest)


def _sort_flows(book: Book) -> Mapping[Name, Sequence[Claim]]:
    """What comes in or goes out in a time that is known, by what it is of."""
    found: dict[Name, list[Claim]] = {}
    for claim in filter(_is_figure, book.claims):
        if None not in _read_span(claim) and _is_flow(claim.metric or ""):
            is_dated = None not in read_dates(claim)
            name = normalize_name(claim.metric or ""), claim.base_unit, claim.role, book.amount(claim).scope, is_dated
            found.setdefault(name, []).append(claim)
    return {name: claims for name, claims in found.items() if len(set(map(_read_span, claims))) > 1}


def _read_span(claim: Claim) -> Dates:
    """The first and the last day of a claim's time; of one whose year is not told its first and last month."""
    dates = read_dates(claim)
    return dates if dates != OPEN or claim.period is None else read_months(claim.period)


def _is_flow(name: str) -> bool:
    return bool(_expression("flow").search(name)) and not _expression("stock").search(name)


def _holds(whole: Dates, part: Dates) -> bool:
    """Whether a time holds another, shorter one.

    >>> _holds(("2019-01-01", "2019-12-31"), ("2019-12-01", "2019-12-31"))
    True
    """
    if whole == part:
        return False
    return (whole[0] or "") <= (part[0] or "") and (part[1] or "") <= (whole[1] or "")
