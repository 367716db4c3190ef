"""Figures of an area that are the sum of those of its levels: 市本级 of 市直, 经开区 and 高新区."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import normalize_name
from extractor.amounts.once import once_a_book
from extractor.checks.narrative.containing import drop_level_words, list_parts_of, sort_by_level
from extractor.model import Claim

# A total of fewer digits is met by chance.
TELLING = 3
# So many levels at most make up one.
MOST = 6

Key = tuple[str, str, str]
"""The level of a figure, its place, and the words of the level in front of its name."""


class LevelSum(Struct, frozen=True):
    """A figure of a level with those of the levels within it that are told, and the pattern that says so."""

    whole: Claim
    parts: tuple[Claim, ...]
    pattern: str


@once_a_book
def find_level_sums(book: Book) -> Iterator[LevelSum]:
    """Every figure of a level that several others of its name may make up, each the nearest of its own level."""
    for levels in book.view(sort_by_level).values():
        for level in levels:
            pattern, within = list_parts_of(level)
            inside = _leave_outermost([one for one in within if one in levels])
            by_key = _sort_by_key(levels, inside)
            if 1 < len(by_key) <= MOST:
                yield from (_choose(whole, by_key, pattern) for whole in levels[level] if _is_telling(whole))


def _is_telling(whole: Claim) -> bool:
    return count_digits(whole.value) >= TELLING


def _leave_outermost(levels: Sequence[str]) -> list[str]:
    """Levels without those that are within another one of them."""
    inner = {part for one in levels for part in list_parts_of(one)[1]}
    return [one for one in levels if one not in inner]


def _sort_by_key(levels: Mapping[str, Sequence[Claim]], inside: Sequence[str]) -> dict[Key, list[Claim]]:
    found: dict[Key, list[Claim]] = {}
    for level in inside:
        for claim in levels[level]:
            found.setdefault(_read_key(claim, level), []).append(claim)
    return found


def _read_key(claim: Claim, level: str) -> Key:
    name = normalize_name(claim.metric or "")
    place = claim.scope.place
    return level, place.value if place else "", name.removesuffix(drop_level_words(name))


def _choose(whole: Claim, by_key: Mapping[Key, Sequence[Claim]], pattern: str) -> LevelSum:
    """The figures of all levels that stand nearest to one of the whole."""
    parts = (min(claims, key=lambda one: abs(one.start - whole.start)) for claims in by_key.values())
    return LevelSum(whole, tuple(sorted(parts, key=lambda one: one.start)), pattern)
