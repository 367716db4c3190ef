"""Several claims of one side that add up to one of the other: 6700元 and 7700元 are 14400元."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice
from operator import attrgetter

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import total
from extractor.passages.items import Item
from extractor.passages.similarity import compare_contexts, has_same_period, share_words
from extractor.passages.words import list_generic_words

# So many parts at most, of so many claims of one passage that could be parts.
PARTS, CHOICE = 4, 7
# So many levels on either side of a place in a passage are looked at, and so many passages: reports at hand have fewer.
WITHIN, PASSAGES = 200, 64
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


def find_sums(wholes: Sequence[Item], others: Sequence[Item], partners: Partners, mirror: bool) -> Iterator[Sum]:
    """For each claim the parts of the other side that add up to it, where one passage has such.

    Either the claim, or its parts, have no partner but each other; in versions of one text (``mirror``) this is true of
    both.
    """
    search = _Search(others, partners, mirror)
    for whole in filter(_may_be_whole, wholes):
        if found := search.find_parts(whole):
            yield Sum(whole, found)


def _may_be_whole(item: Item) -> bool:
    return _is_some_level(item) and not item.claim.value_high


def _is_some_level(item: Item) -> bool:
    """Whether a claim is a level of more than nothing."""
    return item.claim.kind == "level" and bool(item.exact)


class _Search:
    """The claims of the other side by their passages: all of them, and those that have no partner."""

    def __init__(self, others: Sequence[Item], partners: Partners, mirror: bool) -> None:
        self._others, self._partners, self._mirror = others, partners, mirror
        self._taken = set(partners.values())
        self._all = _Passages(others)
        self._free = _Passages([item for item in others if item.at not in self._taken])

    def find_parts(self, whole: Item) -> tuple[Item, ...]:
        """The parts that add up to a claim; none where no passage has such."""
        partner = self._partners.get(whole.at)
        if partner is None:
            passages = self._free if self._mirror else self._all
            return _find_first(whole, passages.find_alike(whole))
        beside = self._all.find_around(self._others[partner])
        if self._mirror:
            own = [one for one in beside if one.at == partner or one.at not in self._taken]
            return _find_first(whole, [own], partner)
        found = _find_first(whole, [beside], partner)
        return found or _find_first(whole, self._free.find_alike(whole))


class _Passages:
    """The levels of each passage, looked up by the words of their metrics."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items: dict[Place, list[Item]] = {}
        self._index: dict[Place, list[list[Item]]] = {}
        known: set[tuple[Place, str]] = set()
        for item in filter(_is_some_level, items):
            place = (*item.group, item.passage)
            passage = self._items.setdefault(place, [])
            passage.append(item)
            for word in item.metric:
                if (place, word) not in known:
                    known.add((place, word))
                    self._index.setdefault((*item.group, word), []).append(passage)

    def find_around(self, item: Item) -> list[Item]:
        """What stands around a claim in its passage."""
        passage = self._items.get((*item.group, item.passage), [])
        at = bisect_left(passage, item.at, key=attrgetter("at"))
        return passage[max(0, at - WITHIN) : at + WITHIN]

    def find_alike(self, whole: Item) -> list[list[Item]]:
        """The passages in which a telling word of a claim's metric stands, in document order; of many those near by."""
        telling = set(whole.metric)
        if not whole.generic:
            telling -= list_generic_words()
        found: dict[int, list[Item]] = {}
        for word in telling:
            for passage in _choose_near(self._index.get((*whole.group, word), []), whole):
                found[passage[0].at] = passage[: 2 * WITHIN]
        return [found[at] for at in sorted(found)]


def _choose_near(passages: list[list[Item]], item: Item) -> list[list[Item]]:
    """Of many passages those that stand around the same place in the order."""
    at = bisect_left(passages, item.at, key=lambda passage: passage[0].at)
    start = max(0, min(at - PASSAGES // 2, len(passages) - PASSAGES))
    return passages[start : start + PASSAGES]


def _find_first(whole: Item, passages: Sequence[Sequence[Item]], needed: int | None = None) -> tuple[Item, ...]:
    """The parts of the first passage that add up to a claim, the one at ``needed`` among them."""
    for items in passages:
        for parts in _find_parts(whole, items):
            places = [part.at for part in parts]
            if needed is None or needed in places:
                return parts
    return ()


def _find_parts(whole: Item, items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The parts of one passage that add up to a claim, the fewest first."""
    if len(items) < 2:
        return
    fitting = list(islice((item for item in items if _may_be_part(item, whole)), CHOICE))
    most = min(PARTS, len(fitting))
    for count in range(2, most + 1):
        for parts in combinations(fitting, count):
            if _is_sum(whole, parts):
                yield parts


def _may_be_part(part: Item, whole: Item) -> bool:
    """Whether a claim could be part of another by its size, its period, its name and its surroundings."""
    if part.claim.base_unit != whole.claim.base_unit:
        return False
    if part.exact >= whole.exact or not has_same_period(part, whole):
        return False
    if part.metric_id and whole.metric_id:
        return False
    if not _is_named_alike(part, whole):
        return False
    return compare_contexts(part, whole) >= AROUND


def _is_named_alike(part: Item, whole: Item) -> bool:
    if part.named == whole.named:
        return True
    if part.generic:
        return False
    return share_words(part, whole) >= SHARED


def _is_sum(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether parts of one name, or all named in the whole, are together what their digits and the whole's allow."""
    if not _is_told_in_parts(whole, parts):
        return False
    return not _has_nested(parts) and _adds_up(whole, parts)


def _is_told_in_parts(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the names say so: each part bears the whole's, or together they have its words.

    Where they have others too the number must have many digits: 保障金、救助金 is 保障金 and 救助金 by its words alone.
    """
    if all(_bears_name(part, whole) for part in parts):
        return True
    named, wanted = {word for part in parts for word in part.metric}, whole.metric.keys()
    digits = str(whole.claim.value).replace(".", "").strip("0")
    return named == wanted or (len(digits) >= DIGITS and named > wanted)


def _bears_name(part: Item, whole: Item) -> bool:
    """Whether a part's name is the whole's, or has more words: 春季举办招聘会 of 举办招聘会."""
    if part.named == whole.named:
        return True
    if whole.generic:
        return False
    return whole.metric.keys() <= part.metric.keys()


def _has_nested(parts: Sequence[Item]) -> bool:
    """Whether one part is a part of another."""
    ids = {part.claim.id for part in parts}
    return not ids.isdisjoint(part.claim.part_of for part in parts)


def _adds_up(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the digits allow the sum; of numbers given as about right, to the last digit that is not 0."""
    amounts = [part.amount for part in parts]
    if whole.amount.vague or any(amount.vague for amount in amounts):
        return _adds_up_about(whole, parts)
    return total([amount.rounded for amount in amounts]).meets(whole.amount.rounded)


def _adds_up_about(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether parts are the whole to its last digit that is not 0, and each of them is more than that."""
    unit = _find_unit(whole.amount)
    numbers = [part.exact for part in parts]
    if min(numbers) <= unit:
        return False
    return abs(sum(numbers) - whole.exact) < unit


def _find_unit(amount: Amount) -> Fraction:
    """One unit of the last written digit that is not 0, in the base unit."""
    exponent = amount.value.normalize().as_tuple().exponent
    return amount.factor * Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
