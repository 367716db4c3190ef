"""What is a part of what by definition, wherever a text tells the two: taxes and what they bring.

Such figures stand in sentences of their own, without words that make one a part of the other. A part is held against
the last whole in front of it in its section that is of its role, time and scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from operator import attrgetter

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import is_disjoint, normalize_name
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim

FOLDER = "relations/definitions"
_expression = partial(patterns.fragment, FOLDER)
# What the two sides of a definition have to share is called so in their expressions.
REST = "rest"
# The names of so many figures are kept: more than a report has.
MOST_NAMES = 4096


class WholePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """What is a part of what, by their names; of ``disjoint`` parts all together are no more than the whole.

    Where the two stand in sections of their own (``anywhere``), the whole has to be told with one number only. Where
    they may be of bodies that no word beside them names (``unowned``), they are only confirmed.
    """

    whole: str
    part: str
    disjoint: bool = False
    anywhere: bool = False
    unowned: bool = False


class Definition(Struct, frozen=True):
    """An entry with its expressions compiled."""

    name: str
    whole: regex.Pattern[str]
    part: regex.Pattern[str]
    is_disjoint: bool
    is_anywhere: bool
    is_unowned: bool


class Side(Struct, frozen=True):
    """A definition that a name is a side of: its whole, or a part; and what both sides have to call alike."""

    definition: Definition
    is_whole: bool
    rest: str | None

    @property
    def key(self) -> tuple[str, str | None]:
        """What the two sides of one definition have in common."""
        return self.definition.name, self.rest


class Defined(Struct, frozen=True):
    """A whole with the figures behind it, or in other sections (``is_apart``), that are parts of it by definition."""

    definition: Definition
    whole: Claim
    parts: tuple[Claim, ...]
    is_apart: bool = False


@cache
def _load_definitions() -> tuple[Definition, ...]:
    return tuple(_compile(key, entry) for key, entry in patterns.load(FOLDER, WholePattern).items())


def _compile(key: str, entry: WholePattern) -> Definition:
    whole, part = (patterns.compiled(key, side, patterns.lexicon(FOLDER)) for side in (entry.whole, entry.part))
    return Definition(key, whole, part, entry.disjoint, entry.anywhere, entry.unowned)


@lru_cache(maxsize=MOST_NAMES)
def find_sides(metric: str) -> tuple[Side, ...]:
    """The definitions that a figure is a side of by its name.

    >>> [side.is_whole for side in find_sides("全市税收收入")], find_sides("全市税收增长率")
    ([True, False], ())
    """
    name = _expression("whose").sub("", normalize_name(metric))
    return () if _expression("apart").search(name) else tuple(_match_sides(name, metric))


def _match_sides(name: str, metric: str) -> Iterator[Side]:
    """The sides of a name; a whole may be told by what a normal name leaves aside: 本年支出."""
    for definition in _load_definitions():
        found = definition.whole.fullmatch(name) or definition.whole.fullmatch(metric)
        match = found or definition.part.fullmatch(name)
        if match:
            yield Side(definition, found is not None, match.groupdict().get(REST))


def find_defined(book: Book) -> Iterator[Defined]:
    """Every whole with the parts of each definition that stand behind it, up to the next whole of that."""
    for claims in book.levels.values():
        yield from _find_in_section(book, claims)
    for claims in book.told_levels.values():
        yield from _find_apart(book, claims)


def _find_apart(book: Book, claims: Sequence[Claim]) -> Iterator[Defined]:
    """The one whole of each definition of things that stand apart, with each number of its parts in other sections."""
    sides = [
        (side, claim) for claim in claims for side in find_sides(claim.metric or "") if side.definition.is_anywhere
    ]
    for definition in dict.fromkeys(side.definition for side, _ in sides):
        wholes = [claim for side, claim in sides if side.definition is definition and side.is_whole]
        parts = [claim for side, claim in sides if side.definition is definition and not side.is_whole]
        first = {part.base_value: part for part in reversed(parts)}
        if len({whole.base_value for whole in wholes}) != 1:
            continue
        told = [one for one in first.values() if one.section != wholes[0].section and _is_part(book, one, wholes[0])]
        yield from (Defined(definition, wholes[0], (part,), True) for part in told)
        if definition.is_disjoint and len({_read_fund(part) for part in told}) == len(told) > 1:
            yield Defined(definition, wholes[0], tuple(sorted(told, key=attrgetter("start"))), True)


def _read_fund(claim: Claim) -> str | None:
    """The fund that money is of: parts by fund are none of one another's."""
    return claim.scope.fund.value if claim.scope.fund else None


def _find_in_section(book: Book, claims: Sequence[Claim]) -> Iterator[Defined]:
    last: dict[tuple[str, str | None], tuple[Side, Claim, list[Claim]]] = {}
    ahead: dict[tuple[str, str | None], Claim] = {}
    for claim in claims:
        for side in find_sides(claim.metric) if claim.metric and claim.is_one_told else ():
            found = last.get(side.key)
            if side.is_whole and not (found and claim.part_of == found[1].id) and not _is_of_some(book, claim, side):
                yield from _close(found)
                last[side.key] = (side, claim, list(_list_ahead(book, ahead.get(side.key), claim)))
            elif found and not side.is_whole and _is_part(book, claim, found[1]):
                found[2].append(claim)
            elif side.rest is not None and not side.is_whole:
                ahead[side.key] = claim
    yield from chain.from_iterable(map(_close, last.values()))


def _is_of_some(book: Book, claim: Claim, side: Side) -> bool:
    """Whether a whole is told of a part alone: 民营企业进出口5.5亿元，其中出口3.6亿元."""
    owner = book.claim[claim.part_of] if claim.part_of and side.definition.is_unowned else None
    told = find_sides(owner.metric) if owner and owner.metric else ()
    return any(one.definition is side.definition and not one.is_whole for one in told)


def _list_ahead(book: Book, part: Claim | None, whole: Claim) -> Iterator[Claim]:
    """A part of the same things that the sentence of its whole tells in front of that: 招生906人，在校生2118人."""
    if part and part.sentence == whole.sentence and _is_part(book, part, whole):
        yield part


def _is_part(book: Book, part: Claim, whole: Claim) -> bool:
    """Whether a figure is of the role, the time and the scope of a whole, and no part of another by words."""
    if part.part_of not in (None, whole.id) or part.role != whole.role or not has_same_time(part, whole):
        return False
    return not is_disjoint(book.amount(part).scope, book.amount(whole).scope)


def _close(found: tuple[Side, Claim, list[Claim]] | None) -> Iterator[Defined]:
    """A whole with its parts, the first of each name, where it has any that words do not link to it."""
    if found and found[2]:
        side, whole, parts = found
        named = {part.metric: part for part in reversed(parts)}
        if not all(part.part_of for part in named.values()):
            yield Defined(side.definition, whole, tuple(sorted(named.values(), key=lambda part: part.start)))


def is_beside(book: Book, part: Claim, whole: Claim) -> bool:
    """Whether a part stands in the paragraph of its whole and is of all that this is of, its level included."""
    if book.has_border(whole.end, part.start):
        return False
    return _is_of_level(part, whole) and book.amount(whole).scope <= book.amount(part).scope


def _is_of_level(part: Claim, whole: Claim) -> bool:
    """Whether the name of a whole begins with no level, or with that of its part."""
    own, other = (_expression("whose").match(normalize_name(one.metric or "")) for one in (whole, part))
    return own is None or (other is not None and own[0] == other[0])
