"""Series: numbers that share one frame (A、B、C分别为1、2、3万元), and the names they take in turn."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.sentences import Mention

# Names of this length stand side by side in front of what they share (城镇、农村居民人均收入).
SHORT = 2


class Place(Struct, frozen=True):
    """The place of a mention in a series of ``length`` numbers; 0 is the first, which states the frame."""

    index: int
    length: int


@cache
def _words() -> dict[str, list[str]]:
    """The word lists of ``patterns/claims/series.toml``."""
    return {name: list(entries) for name, entries in patterns.lexicon("claims/series").items()}


@cache
def _joint() -> regex.Pattern[str]:
    """What stands between two names, or between two numbers, of a series."""
    return patterns.compiled("claims/series.joint", "{joint}", {"joint": _words()["joint"]})


def places(mentions: list[Mention]) -> list[Place]:
    """The place of each mention of a sentence; one that stands alone is a series of one."""
    runs: list[list[int]] = []
    for index, mention in enumerate(mentions):
        if runs and mention.left.strip() in _words()["joint"] and _like(mention, mentions[index - 1]):
            runs[-1].append(index)
        else:
            runs.append([index])
    return [Place(place, len(run)) for run in runs for place in range(len(run))]


def _like(mention: Mention, before: Mention) -> bool:
    """Whether two neighbours may share a frame: of one dimension, or said to go to the names in turn."""
    return mention.quantity.dimension == before.quantity.dimension or any(
        word in before.left for word in _words()["each"]
    )


def names(metric: str, length: int) -> list[str] | None:
    """The names that ``length`` numbers take in turn from a list of names, or None where they do not fit.

    What the last name says of all of them (增加值) is said of each.

    >>> names("第一产业、第二产业增加值", 2)
    ['第一产业增加值', '第二产业增加值']
    >>> names("养老保险、失业保险参保人数", 2)
    ['养老保险参保人数', '失业保险参保人数']
    >>> names("城镇、农村居民人均收入", 2)
    ['城镇居民人均收入', '农村居民人均收入']
    """
    parts = [part for part in _joint().split(metric) if part]
    if length < 2 or len(parts) != length:
        return None
    head = _head(parts)
    return [part if part.endswith(head) else part + head for part in parts]


def _head(parts: list[str]) -> str:
    """What the last of several names says of all: what follows the word that they share, else a known head noun."""
    if len(parts[0]) == SHORT and len(parts[-1]) > 2 * SHORT:
        return parts[-1][SHORT:]
    shared = parts[0][-2:]
    before, found, behind = parts[-1].rpartition(shared)
    if found and behind and before != parts[0]:
        return behind
    return next((word for word in _words()["head"] if parts[-1].endswith(word) and parts[-1] != word), "")
