"""What ties a claim to others: the total it is a part of, and the whole a share is taken of."""

from __future__ import annotations

from functools import cache

import regex

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.lists import Level, Lists, follow_lists, levels_before
from extractor.claims.readings import Reading, Settled, Ties

TOTAL = "claims/links.total"


def settle_parts(reading: Reading, context: Context) -> Settled[Ties]:
    """The total of a part, if the words in front of it open a list of parts, and the whole of a share.

    >>> from extractor.claims.trial import read_last
    >>> read_last("干部职工86人，其中：行政人员31人").ties.total.metric
    '干部职工'
    >>> read_last("支出合计1200.50万元，其中：人员经费支出决算数为814.37，").ties.total.id
    'c1'
    >>> read_last("收入合计520万元，其中：财政拨款收入500万元，占96.2%").ties.whole
    'c1'
    """
    lists = follow_lists(context.lists.get(context.place) or Lists(), reading.mention)
    if reading.frame.kind == "share":
        whole = find_whole(lists, reading, context)
        return Settled(Ties(whole=whole.value, lists=lists), whole.pattern)
    total = find_total(lists, reading)
    return Settled(Ties(total=total, lists=lists), lists.open[-1].pattern if total else None)


def find_total(lists: Lists, reading: Reading) -> Level | None:
    """The level that a level is a part of: of the innermost list's, the first that is counted in its unit."""
    if not lists.open or reading.frame.kind != "level":
        return None
    innermost = lists.open[-1]
    for level in (innermost.total, *innermost.beside):
        if level.base_unit == reading.quantity.base_unit:
            return level
    return None


def find_whole(lists: Lists, reading: Reading, context: Context) -> Settled[str | None]:
    """The id of the level that a share is taken of: the one it names, else the total of its part."""
    named, last = reading.frame.whole, next(levels_before(lists), None)
    if named:
        return Settled(_find_named(lists, named) or context.wholes.get(named), reading.evidence["frame"])
    if last and last.parent:
        return Settled(last.parent, TOTAL)
    totals = (level.id for level in levels_before(lists) if _compile_total().search(level.metric or ""))
    return Settled(next(totals, None), TOTAL)


def _find_named(lists: Lists, whole: str) -> str | None:
    """The last level whose metric is what a share calls its whole."""
    for level in levels_before(lists):
        if level.metric and (level.metric.endswith(whole) or whole.endswith(level.metric)):
            return level.id
    return None


@cache
def _compile_total() -> regex.Pattern[str]:
    """The words that make a metric a total."""
    return patterns.fragment("claims/links", "total")
