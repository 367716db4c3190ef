"""Which claims of two sides are of one thing: candidates by shared words, then the best assignment of all at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.model import Likeness
from extractor.passages.assignment import assign
from extractor.passages.items import Item
from extractor.passages.similarity import (
    LEAST_CONTEXT,
    LEAST_METRIC,
    compare_contexts,
    compare_items,
    compare_metrics,
    rate,
)

# So many candidates of the other side, the most promising ones, are looked at for each claim.
CANDIDATES = 10
# Of a word that stands in more claims of one group than this, only those around the same place in the order are.
COMMON = 300
# What an equal number and an equal place in the order add to a similarity: enough to decide between equals.
SAME_VALUE, SAME_PLACE = 0.004, 0.002
# Sides of which such a part of the claims, on either one, is paired under equal headings are versions of one text.
MIRROR = 0.5
# In versions of one text, a name of which this much stayed in surroundings of which so much stayed was reworded.
LEFT, AROUND = 0.15, 0.6


class Match(Struct, frozen=True):
    """Two claims of one thing."""

    left: Item
    right: Item
    likeness: Likeness


class Matching(Struct, frozen=True):
    """The best pairs, everything that could have been a pair, and whether the sides are versions of one text."""

    matches: tuple[Match, ...]
    likely: Mapping[tuple[int, int], Likeness]
    mirror: bool


def match(
    left: Sequence[Item],
    right: Sequence[Item],
    strangers: bool = False,
    certain: Sequence[tuple[Item, Item]] = (),
) -> Matching:
    """The assignment of the claims of two sides that is best over all pairs; ``strangers`` are of different places.

    ``certain`` are pairs that are known by where they stand in one text: no number of them is paired otherwise.
    """
    likely: dict[tuple[int, int], Likeness] = {}
    weights: list[dict[int, float]] = [{} for _ in left]
    lefts, rights = ({pair[side].at for pair in certain} for side in (0, 1))
    free = [one for one in left if one.at not in lefts], [two for two in right if two.at not in rights]
    for one, two in _choose_candidates(*free, len(left), len(right)):
        found = compare_items(one, two, strangers)
        if found:
            likely[one.at, two.at] = found
            place = 1 - abs(one.at / len(left) - two.at / len(right))
            is_equal = one.exact == two.exact
            weights[one.at][two.at] = rate(found) + SAME_VALUE * is_equal + SAME_PLACE * place
    known = [Match(one, two, _rate_certain(one, two)) for one, two in certain]
    chosen = [Match(left[at], right[to], likely[at, to]) for at, to in assign(weights).items()]
    matches = tuple(sorted((*known, *chosen), key=lambda one: one.left.at))
    mirror = _is_mirror(matches, left, right)
    if mirror:
        matches = tuple(sorted((*matches, *_find_renamed(matches, left, right)), key=lambda one: one.left.at))
    return Matching(matches, likely, mirror)


def _find_renamed(matches: Sequence[Match], left: Sequence[Item], right: Sequence[Item]) -> Iterator[Match]:
    """In versions of one text: claims left over right behind, or in front of, a pair in one and the same sentence."""
    taken = {one.left.at: one.right.at for one in matches}
    used = set(taken.values())
    for one in left:
        if one.at in taken:
            continue
        for step in (1, -1):
            to = taken.get(one.at - step, len(right)) + step
            if to in used or to not in range(len(right)):
                continue
            found = _compare_in_place(one, right[to])
            if found:
                used.add(to)
                yield Match(one, right[to], found)
                break


def _compare_in_place(one: Item, two: Item) -> Likeness | None:
    """How alike two claims are whose names share something and whose surroundings are nearly the same."""
    if one.group != two.group:
        return None
    if one.claim.base_unit != two.claim.base_unit:
        return None
    metric, context = compare_metrics(one, two), compare_contexts(one, two)
    if metric < LEFT or context < AROUND:
        return None
    return Likeness(metric, context, 1.0)


def _is_mirror(matches: Sequence[Match], left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether most claims of both sides are paired under equal headings."""
    equal = sum(one.left.headings[:1] == one.right.headings[:1] for one in matches)
    return bool(matches) and equal >= MIRROR * max(len(left), len(right))


def _rate_certain(one: Item, two: Item) -> Likeness:
    """How alike two claims are that stand at one place of one sentence: their surroundings are the same."""
    return Likeness(max(compare_metrics(one, two), LEAST_METRIC), max(compare_contexts(one, two), AROUND), 1.0)


def _choose_candidates(
    left: Sequence[Item], right: Sequence[Item], count: int, other: int
) -> Iterator[tuple[Item, Item]]:
    """For every claim of the left those of the right that share most with it, of one dimension and kind.

    ``count`` and ``other`` are how many claims the sides have in all: places are parts of these.
    """
    by_place = {item.at: item for item in right}
    index: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for item in right:
        for token in _weigh_tokens(item):
            index[(*item.group, token)].append(item.at)
    for one in left:
        here = one.at / count * other
        rated: defaultdict[int, float] = defaultdict(float)
        for token, weight in _weigh_tokens(one).items():
            places = index.get((*one.group, token), ())
            for at in _choose_around(places, here):
                rated[at] += weight / len(places) ** 0.5
        best = sorted(rated, key=lambda at: (-rated[at], abs(at - here)))[:CANDIDATES]
        yield from ((one, by_place[at]) for at in best)


def _choose_around(places: Sequence[int], here: float) -> Sequence[int]:
    """The places that a word stands in; of many those around the same place in the order.

    >>> len(_choose_around(range(10000), 5000.0)), _choose_around([1, 2], 9.0)
    (300, [1, 2])
    """
    if len(places) <= COMMON:
        return places
    start = max(0, min(bisect_left(places, here) - COMMON // 2, len(places) - COMMON))
    return places[start : start + COMMON]


def _weigh_tokens(item: Item) -> dict[str, float]:
    """What brings a claim together with others: its metric, the words of it, and those together with its heading."""
    tokens = {f"word:{word}": weight for word, weight in item.metric.items()}
    tokens[f"name:{item.named}"] = 3.0
    tokens[f"place:{item.named}:{'|'.join(item.headings[0]) if item.headings else ''}"] = 2.0
    tokens[f"end:{item.named[-2:]}"] = 0.5
    if item.metric_id:
        tokens[f"id:{item.metric_id}"] = 2.0
    return tokens


def find_restated(matching: Matching, left: Sequence[Item], right: Sequence[Item]) -> Iterator[Match]:
    """Claims left over that say again what a paired claim of their own side says: they have its counterpart too.

    Versions of one text have none: what stands twice in one of them stands twice in the other, or was dropped.
    """
    if matching.mirror:
        return
    of_left = {one.left.at: one.right for one in matching.matches}
    of_right = {one.right.at: one.left for one in matching.matches}
    for (at, to), found in sorted(matching.likely.items()):
        one, two = left[at], right[to]
        if found.context < LEAST_CONTEXT or (at in of_left) == (to in of_right):
            continue
        alone, twin = (one, of_right[to]) if to in of_right else (two, of_left[at])
        if _has_same_metric(alone, twin) and alone.passage != twin.passage:
            yield Match(one, two, found)


def _has_same_metric(one: Item, two: Item) -> bool:
    """Whether two claims of one side are of the same metric, in units that can be compared."""
    if one.claim.base_unit != two.claim.base_unit:
        return False
    if one.metric_id:
        return one.metric_id == two.metric_id
    return one.named == two.named
