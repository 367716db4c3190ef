"""Changes of parts against the change of their total: what the parts grew and fell by is what the total did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise, takewhile

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import find_scope, is_disjoint, normalize_name
from extractor.checks.relations.groups import HANDS_ON, HEADED, Group, has_full_sum, read_amounts
from extractor.checks.relations.parts import find_groups
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# The change of a level is told within so many claims behind it, some of them its parts.
BEHIND = 6
# Fewer parts may be those of another total.
MANY = 3
# A rate of fewer digits is that of another level by chance.
TELLING = 3


_expression = partial(patterns.fragment, "checks/change")


Figure = tuple[str, str | None, str | None]


class PartChanges(Struct, frozen=True):
    """The change of a total, the changes of its parts that went along with it, and those against it."""

    whole: Claim
    along: tuple[Claim, ...]
    against: tuple[Claim, ...]
    pattern: str
    is_definite: bool
    """Whether nothing is left beside the parts; a single one may have had others beside it before."""


def find_part_changes(book: Book, summed: Sequence[Group]) -> Iterator[PartChanges]:
    """Every total that its parts make up, where the change of each is told against one base.

    What a list that is whole lacks of its total is a part that was left out where the changes lack as much.
    """
    lists = (group for group in find_groups(book) if group.complete and not has_full_sum(book, group))
    for group in (*summed, *lists):
        changes = _find_in_group(book, group)
        if changes and (
            has_full_sum(book, group) or _lacks_as_much(book, group, changes) or _is_handed(group, changes)
        ):
            yield changes


def _is_handed(group: Group, changes: PartChanges) -> bool:
    """Whether words hand a total on to all of its parts: then its change is theirs, whatever else is amiss."""
    return group.pattern in (HANDS_ON, HEADED) and changes.is_definite and len(group.parts) >= MANY


def _lacks_as_much(book: Book, group: Group, changes: PartChanges) -> bool:
    """Whether parts are less than their total by as much as their changes are less than its own."""
    whole, parts = read_amounts(book, group)
    rest = whole.exact - sum(part.exact for part in parts)
    return rest == _add_exactly(book, [changes.whole, *changes.against]) - _add_exactly(book, changes.along) != 0


def _add_exactly(book: Book, claims: Sequence[Claim]) -> Fraction:
    return sum((book.amount(claim).exact for claim in claims), Fraction(0))


def _find_in_group(book: Book, group: Group) -> PartChanges | None:
    """The changes of a group, if each of its parts has one or is said to be unchanged."""
    whole = _find_change(book, group.whole)
    if whole is None:
        return None
    told = _find_told(book, group.parts)
    if whole in told or {_name_kind(one) for one in told} != {_name_kind(whole)}:
        return None
    along = tuple(one for one in told if one.direction == whole.direction)
    against = tuple(one for one in told if one.direction != whole.direction)
    return PartChanges(whole, along, against, group.pattern, _is_definite(group, told))


def _is_definite(group: Group, told: Sequence[Claim]) -> bool:
    """Whether parts are all of their total and changes are told of them by their own names, not of what is in them."""
    names = {part.metric for part in group.parts}
    return group.complete and len(group.parts) > 1 and all(change.metric in names for change in told)


def _name_kind(change: Claim) -> tuple[str, str | None]:
    """What changes have in common that may be added up: their base, and whether they are planned."""
    return read_base(change), change.role


def read_base(change: Claim) -> str:
    """The year that a change is against, whatever of it: its accounts, its result."""
    baseline = change.baseline or ""
    year = _expression("base_year").search(baseline)
    return str(year[0]) if year else baseline


def _find_told(book: Book, parts: Sequence[Claim]) -> list[Claim]:
    """The changes of all parts; none where a part has none and is not said to be unchanged."""
    told: list[Claim] = []
    for part in parts:
        change = _find_change(book, part)
        if change:
            told.append(change)
        elif not any(is_flat(book, one) for one in _list_again(book, part)):
            return []
    return told


def _find_change(book: Book, level: Claim) -> Claim | None:
    """The amount by which a level grew or fell.

    It is told behind the level, where the same figure stands again or behind all that is in it: the only part of it, or
    the last one where the rate says what it is of.
    """
    told = (find_level_change(book, one) for one in (*_list_again(book, level), *_list_only_parts(book, level)))
    return next(filter(None, told), None) or book.view(_index_by_rates).get(level.id)


def _list_only_parts(book: Book, level: Claim) -> Iterator[Claim]:
    """What is all of a level under another name: 农业43.71万元，其中行政运行43.71万元，较上年增加7.97万元."""
    first = book.find_index(level) + 1
    for one in book.claims[first : first + BEHIND]:
        if one.part_of == level.id and (one.base_value, one.base_unit) == (level.base_value, level.base_unit):
            yield one


def _index_by_rates(book: Book) -> dict[str, Claim]:
    """The levels that rates of many digits are of, with the amounts of change in front of these."""
    found: dict[str, Claim] = {}
    for amount, rate in pairwise(book.claims):
        if amount.kind == "change_amount" and rate.kind == "change_rate" and count_digits(rate.value) >= TELLING:
            before = reversed(book.find_levels_before(amount, BEHIND))
            level = next((one for one in before if _gives(book, rate, amount, one)), None)
            if level:
                found.setdefault(level.id, amount)
    return found


def _gives(book: Book, rate: Claim, amount: Claim, level: Claim) -> bool:
    """Whether a rate is that of an amount of change by the level that it began with."""
    change, current = book.amount(amount).rounded, book.amount(level).rounded
    base = current + change if amount.direction == "decrease" else current - change
    return base.low is not None and base.low > 0 and book.amount(rate).reach.meets(change / base)


def _list_again(book: Book, level: Claim) -> Iterator[Claim]:
    """A level, and wherever the narrative tells the same figure of it again: a list, then each of its items."""
    yield level
    for one in book.view(_index_figures).get(_name_figure(level), ()):
        if one.id != level.id and _is_same_figure(one, level):
            yield one


def _index_figures(book: Book) -> dict[Figure, list[Claim]]:
    """The numbers of the narrative by what they are called and what they are."""
    figures: dict[Figure, list[Claim]] = {}
    for claim in book.claims:
        if claim.metric and not claim.cell:
            figures.setdefault(_name_figure(claim), []).append(claim)
    return figures


def _name_figure(claim: Claim) -> Figure:
    return normalize_name(claim.metric or ""), claim.base_value, claim.base_unit


def _is_same_figure(one: Claim, level: Claim) -> bool:
    """Whether two levels called alike are one figure; whether it is planned may be told of its change only."""
    return has_same_year(one, level) and not is_disjoint(find_scope(one), find_scope(level))


def find_level_change(book: Book, level: Claim) -> Claim | None:
    """The amount by which a level grew or fell, told right behind it, or in turn in the next sentence."""
    first = book.find_index(level) + 1
    for one in book.claims[first : first + BEHIND]:
        if one.sentence == level.sentence and _is_change(one, level):
            return one
    return book.view(_index_in_turn).get(level.id)


def _index_in_turn(book: Book) -> dict[str, Claim]:
    """The changes of levels that the sentence behind theirs tells in turn: 56起、死亡30人。分别减少6起、减少1人."""
    found: dict[str, Claim] = {}
    for levels, behind in pairwise(book.sentences):
        changes = list(takewhile(_is_amount_of_change, behind))
        for one in changes if len(changes) > 1 else ():
            level = next(
                (level for level in reversed(levels) if level.kind == "level" and _is_change(one, level)), None
            )
            if level:
                found.setdefault(level.id, one)
    return found


def _is_amount_of_change(claim: Claim) -> bool:
    return claim.kind == "change_amount"


def _is_change(one: Claim, level: Claim) -> bool:
    if one.kind != "change_amount" or one.direction not in ("increase", "decrease"):
        return False
    return one.base_unit == level.base_unit and _is_name_of(one.metric, level.metric)


def _is_name_of(change: str | None, level: str | None) -> bool:
    """Whether a change is called what its level is, maybe without the bracket behind that: 在库项目（不含房地产）."""
    return change == level or (bool(change) and change == _expression("aside").sub("", level or ""))


def is_flat(book: Book, level: Claim) -> bool:
    """Whether the words behind a level, up to the next number of its line, say that it did not change."""
    said = _expression("flat").search(book.text, level.end, _find_end(book, level))
    return said is not None and _is_said_of(book, level, said.start())


def _find_end(book: Book, level: Claim) -> int:
    """Where the next number begins behind a level, or its line ends."""
    following = book.claims[book.find_index(level) + 1 :][:1]
    return min([book.find_border(level.end), *(one.start for one in following)])


def _is_said_of(book: Book, level: Claim, at: int) -> bool:
    """Whether words stand in the sentence of a level, or in the next one, which names nothing else."""
    return at < level.sentence.end or bool(_expression("flat_next").match(book.text, level.sentence.end, at + 1))
