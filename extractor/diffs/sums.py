"""Several claims of one side that add up to one of the other: 6700元 and 7700元 are 14400元."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import total
from extractor.diffs.halves import Item
from extractor.diffs.similarity import common, context, same_period
from extractor.diffs.words import generic

# So many parts at most, of so many claims of one passage that could be parts.
PARTS, CHOICE = 4, 7
# A sum of fewer significant digits than this may be chance, unless the parts bear the very name of the whole.
DIGITS = 3
# A part shares at least this much of its name, or of the whole's, and so much of what stands around it.
SHARED, AROUND = 0.5, 0.15


Place = tuple[str, ...]
"""A passage, or a word, within the claims of one group."""
Partners = Mapping[int, int]
"""Per claim of one side, by its place in the order, the one of the other side that it is paired with."""


class Sum(Struct, frozen=True):
    """A claim of one side, and the claims of the other that add up to it."""

    whole: Item
    parts: tuple[Item, ...]


def sums(wholes: Sequence[Item], others: Sequence[Item], partners: Partners, mirror: bool) -> Iterator[Sum]:
    """For each claim the parts of the other side that add up to it, where one passage has such.

    Either the claim, or its parts, have no partner but each other; in versions of one text this is true of both.
    """
    passages, taken = _Passages(others), set(partners.values())
    open_ = _Passages([item for item in others if item.at not in taken])
    for whole in wholes:
        if whole.claim.kind != "level" or not whole.exact or whole.claim.value_high:
            continue
        partner = partners.get(whole.at)
        if partner is not None:
            own = passages.around(others[partner])
            mine = [one for one in own if not mirror or one.at not in taken or one.at == partner]
            found = _first(whole, [mine], partner)
            if not found and not mirror:
                found = _first(whole, open_.like(whole))
        else:
            found = _first(whole, (open_ if mirror else passages).like(whole))
        if found:
            yield Sum(whole, found)


class _Passages:
    """The levels of each passage, looked up by the words of their metrics."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items: dict[Place, list[Item]] = {}
        self.index: dict[Place, dict[Place, None]] = {}
        for item in items:
            if item.claim.kind == "level" and item.exact:
                place = (*item.group, item.passage)
                self.items.setdefault(place, []).append(item)
                for word in item.metric:
                    self.index.setdefault((*item.group, word), {})[place] = None

    def around(self, item: Item) -> list[Item]:
        """The passage of a claim."""
        return self.items.get((*item.group, item.passage), [])

    def like(self, whole: Item) -> list[list[Item]]:
        """The passages in which a telling word of a claim's metric stands, in document order."""
        found: dict[Place, None] = {}
        for word in whole.metric:
            if whole.generic or word not in generic():
                found |= self.index.get((*whole.group, word), {})
        return sorted((self.items[place] for place in found), key=lambda items: items[0].at)


def _first(whole: Item, passages: Sequence[Sequence[Item]], needed: int | None = None) -> tuple[Item, ...]:
    """The parts of the first passage that add up to a claim, the one at ``needed`` among them."""
    for items in passages:
        for parts in _parts(whole, items):
            if needed is None or any(part.at == needed for part in parts):
                return parts
    return ()


def _parts(whole: Item, items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The parts of one passage that add up to a claim, the fewest first."""
    fitting = [item for item in items if _may_be_part(item, whole)][:CHOICE] if len(items) > 1 else []
    for count in range(2, min(PARTS, len(fitting)) + 1):
        yield from (parts for parts in combinations(fitting, count) if _add_up(whole, parts))


def _may_be_part(part: Item, whole: Item) -> bool:
    """Whether a claim could be part of another by its name, its size and its surroundings."""
    if part.claim.base_unit != whole.claim.base_unit or part.exact >= whole.exact:
        return False
    if not same_period(part, whole):
        return False
    named = part.named == whole.named or (not part.generic and common(part, whole) >= SHARED)
    return named and context(part, whole) >= AROUND and not (part.metric_id and whole.metric_id)


def _add_up(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether parts of one name, or all named in the whole, are together what their digits and the whole's allow."""
    alike_all = all(part.named == whole.named or _has_all(whole, part) for part in parts)
    if not alike_all and not _covered(whole, parts):
        return False
    if not alike_all and len(str(whole.claim.value).replace(".", "").strip("0")) < DIGITS:
        return False
    if any(one.claim.part_of == two.claim.id for one in parts for two in parts):
        return False
    if all(not item.amount.vague for item in (whole, *parts)):
        return total([part.amount.rounded for part in parts]).meets(whole.amount.rounded)
    unit = _unit(whole.amount)
    near = abs(sum(part.exact for part in parts) - whole.exact) < unit
    return near and all(part.exact > unit for part in parts)


def _has_all(whole: Item, part: Item) -> bool:
    """Whether a part's name is the whole's with more words: 春季举办招聘会 of 举办招聘会."""
    return not whole.generic and all(word in part.metric for word in whole.metric)


def _covered(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts' names together have every word of the whole's: 低保保障金 and 救助金 for 保障金、救助金."""
    return all(any(word in part.metric for part in parts) for word in whole.metric)


def _unit(amount: Amount) -> Fraction:
    """One unit of the last written digit that is not 0."""
    exponent = amount.value.normalize().as_tuple().exponent
    return amount.factor * Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
