"""Whether two claims are of one thing, by what they measure: 收入 and 收入总计 of one paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.model import Claim

# A name this short says too little to stand for a longer one.
SHORTEST = 2


@cache
def _stripped() -> regex.Pattern[str]:
    """What a metric may carry beside the thing itself: 决算数, 预算数, quotes."""
    return patterns.compiled("checks/metrics.aside", "{aside}", patterns.lexicon("checks/metrics"))


@cache
def key(metric: str) -> str:
    """A metric as it is compared.

    >>> key("“三公”经费财政拨款支出决算"), key("固定资产投资")
    ('三公经费财政拨款支出', '固定资产投资')
    """
    bare = str(_stripped().sub("", metric))
    for one, other in _synonyms().items():
        bare = bare.replace(one, other)
    return bare


class Synonym(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of one thing, and the one that is compared."""

    words: list[str]
    means: str


@cache
def _planning() -> regex.Pattern[str]:
    return patterns.compiled("checks/metrics.planning", "{planning}", patterns.lexicon("checks/metrics"))


@cache
def letters(metric: str) -> str:
    """A metric's characters in a fixed order, without words of planning and doing.

    >>> letters("公厕计划新建") == letters("新建公厕")
    True
    """
    return "".join(sorted(_planning().sub("", key(metric))))


@cache
def _synonyms() -> dict[str, str]:
    """Per name the one that is compared, in the order written."""
    return {word: entry.means for entry in patterns.load("checks/synonyms", Synonym).values() for word in entry.words}


def scope(claim: Claim) -> frozenset[str]:
    """Whose figures a claim tells, as its innermost headings and its metric say: 全区, 本级."""
    words = [*claim.path[-2:], claim.metric or ""]
    return frozenset(word for word in _scopes() if any(word in part for part in words))


@cache
def _scopes() -> tuple[str, ...]:
    return tuple(patterns.lexicon("checks/metrics")["scope"])


def likeness(one: Claim, two: Claim) -> int:
    """How many characters say that two claims measure the same; 0 where they do not.

    The shorter name must be the longer one's beginning or end, or be read in it in order with the same last word.
    """
    a, b = sorted((key(one.metric or ""), key(two.metric or "")), key=len)
    if len(a) < SHORTEST:
        return 0
    if a == b:
        return len(a) + 1
    return len(a) if b.startswith(a) or b.endswith(a) else 0


def nearest(claim: Claim, candidates: Iterable[Claim]) -> Claim | None:
    """The candidate most like a claim; of equals the last one."""
    rated = [(likeness(claim, other), at, other) for at, other in enumerate(candidates)]
    best = max(rated, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] else None
