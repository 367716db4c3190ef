"""Series: numbers that share one frame (A、B、C分别为1、2、3万元), and the names they take in turn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import regex

from extractor import patterns
from extractor.alternatives import alternation
from extractor.claims.context import Context
from extractor.claims.readings import Reading, Settled
from extractor.claims.sentences import Mention, Place

# Names of this length stand side by side in front of what they share (城镇、农村居民人均收入).
SHORT = 2


def settle_series(reading: Reading, context: Context) -> Settled[tuple[str, ...]]:
    """The names that numbers of this sentence took in turn, if the mention's series has as many.

    >>> from extractor.claims.trial import read_last
    >>> read_last("养老保险、失业保险参保人数分别达到120人、80人，增长5%、6%。").series
    ('养老保险参保人数', '失业保险参保人数')
    >>> read_last("养老保险、失业保险参保人数分别达到120人、80人，增长5%。").series
    ()
    """
    last = context.last_in(reading.mention.sentence)
    names = last.name.series if last else ()
    if len(names) != reading.mention.place.length:
        return Settled(())
    return Settled(names)


def place_mentions(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence with their places in series; one that stands alone is a series of one.

    >>> from extractor.claims.trial import read_last
    >>> read_last("城镇、农村居民人均收入分别为5万元、3万元。").mention.place
    Place(index=1, length=2)
    """
    placed: list[Mention] = []
    for run in _find_runs(mentions):
        placed += [_place(mention, index, len(run)) for index, mention in enumerate(run)]
    return placed


def _place(mention: Mention, index: int, length: int) -> Mention:
    """A mention with its place in a series."""
    return mention if length == 1 else msgspec.structs.replace(mention, place=Place(index, length))


def _find_runs(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by the series they are in."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _is_continued(runs[-1][-1], mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _is_continued(before: Mention, mention: Mention) -> bool:
    """Whether a mention goes on the series of its neighbour: of one dimension, or said to go to the names in turn."""
    if mention.left.strip() not in _load_words()["joint"]:
        return False
    if mention.quantity.dimension == before.quantity.dimension:
        return True
    return any(word in before.left for word in _load_words()["each"])


def split_names(metric: str, length: int) -> tuple[str, ...]:
    """The names that ``length`` numbers take in turn from a list of names; none where they do not fit.

    What the last name says of all of them (增加值) is said of each.

    >>> split_names("第一产业、第二产业增加值", 2)
    ('第一产业增加值', '第二产业增加值')
    >>> split_names("养老保险、失业保险参保人数", 2)
    ('养老保险参保人数', '失业保险参保人数')
    >>> split_names("城镇、农村居民人均收入", 2)
    ('城镇居民人均收入', '农村居民人均收入')
    >>> split_names("固定资产投资", 2)
    ()
    """
    if length < 2:
        return ()
    parts = list(filter(None, _compile_joint().split(metric)))
    if len(parts) != length:
        return ()
    head = _find_shared_head(parts[0], parts[-1])
    return tuple(part.removesuffix(head) + head for part in parts)


def _find_shared_head(first: str, last: str) -> str:
    """What the last of several names says of all: what follows the word that they share, else a known head noun."""
    if len(first) == SHORT and len(last) > 2 * SHORT:
        return last[SHORT:]
    before, _, behind = last.rpartition(first[-SHORT:])
    if behind not in ("", last) and before != first:
        return behind
    return _find_head_noun(last)


def _find_head_noun(name: str) -> str:
    """The head noun that a name ends with, as far as it is not all of the name."""
    for word in _load_words()["head"]:
        if name.endswith(word) and name != word:
            return word
    return ""


@cache
def _load_words() -> dict[str, list[str]]:
    """The word lists of ``patterns/claims/series.toml``."""
    return {name: list(entries) for name, entries in patterns.lexicon("claims/series").items()}


@cache
def _compile_joint() -> regex.Pattern[str]:
    """What stands between two names, or between two numbers, of a series."""
    return patterns.compiled("claims/series.joint", alternation(_load_words()["joint"]))
