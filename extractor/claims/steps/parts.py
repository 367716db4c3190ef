"""What ties a claim to others: the total it is a part of, and the whole a share is taken of."""

from __future__ import annotations

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.levels import Level, Lists, levels_before
from extractor.claims.lists import follow_lists, is_in_reason
from extractor.claims.readings import Reading, Settled, Ties
from extractor.claims.subjects import is_measure

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
    is_none = is_measure(reading.mention) or is_in_reason(lists, reading.mention)
    total = None if is_none else find_total(lists, reading)
    pattern = lists.open[-1].pattern if total else None
    return Settled(Ties(total=total, lists=lists), pattern)


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
        return Settled(_find_named(lists, named) or _find_told(named, reading, context), reading.evidence["frame"])
    if last and last.parent:
        return Settled(last.parent, TOTAL)
    return Settled(_find_last_total(lists), TOTAL)


def _find_last_total(lists: Lists) -> str | None:
    """The last level whose metric is called a total."""
    total = patterns.fragment("claims/links", "total")
    for level in levels_before(lists):
        if level.metric and total.search(level.metric):
            return level.id
    return None


def _find_named(lists: Lists, whole: str) -> str | None:
    """The last level whose metric is what a share calls its whole; a part bears the name of its whole in its own."""
    for level in levels_before(lists):
        if level.metric == whole or (level.metric and not level.parent and _is_same(level.metric, whole)):
            return level.id
    return None


def _find_told(whole: str, reading: Reading, context: Context) -> str | None:
    r"""The level of the document called like a whole: of the level of government that is spoken of, else of any.

    >>> from extractor.claims.trial import read_last
    >>> told = "一、执行\n市本级一般公共预算支出80亿元。\n全市一般公共预算支出300亿元。"
    >>> read_last(told + "\n二、安排\n市本级安排预备费2亿元，占一般公共预算支出的2.5%").ties.whole
    'c1'
    """
    spoken = [one.value for one in context.facets if one.facet == "level" and one.start < reading.quantity.start]
    return next(filter(None, map(context.wholes.get, (*(level + whole for level in spoken[::-1]), whole))), None)


def _is_same(metric: str, whole: str) -> bool:
    """Whether one of the two names says the other and what it is of."""
    return metric.endswith(whole) or whole.endswith(metric)
