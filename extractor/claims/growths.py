"""Growths that a clause in front speaks of, and those of bodies and areas, of what was told in front to have grown.

增幅居全省首位，达到15.6% is a growth by its first clause; 东山县增长12% is one of what grew in front of it.
"""

from __future__ import annotations

from functools import partial
from itertools import dropwhile

from msgspec import Struct

from extractor import patterns
from extractor.claims.antecedents import find_changed
from extractor.claims.context import Context
from extractor.claims.readings import Named, Reading, answer
from extractor.claims.sentences import Mention, find_last
from extractor.claims.word_lists import compile_list
from extractor.model import Direction

# How fast something grew is told at most so many characters in front of its number.
REACH = 90
CHANGE_RATE, GROWER = "change_rate", "metrics.grower"

_expression = partial(patterns.fragment, "claims/changes")
"""One of the fragments of ``patterns/claims/changes.toml``."""


class Growth(Struct, frozen=True):
    """What grew, as far as the clause that speaks of its growth says it, and whether it fell."""

    who: str
    direction: Direction


def find_growth(mention: Mention, last: Reading | None) -> Growth | None:
    """The growth that a percentage is, told a clause in front of it; ``last`` is the number in front in its sentence.

    >>> from extractor.claims.trial import read_last
    >>> find_growth(read_last("货运量5亿吨，增幅居全省首位，达到15.6%。").mention, None)
    Growth(who='', direction='increase')
    >>> find_growth(read_last("房地产投资降幅继续收窄，为3.2%。").mention, None)
    Growth(who='房地产投资', direction='decrease')
    >>> find_growth(read_last("货运量增速加快，港口利用率为3.2%。").mention, None)
    """
    if mention.quantity.dimension != "percent":
        return None
    behind = find_last(mention.sentence, mention.quantity.start)
    start = max(behind.end if behind else mention.sentence.start, mention.quantity.start - REACH)
    told = _expression("told").search(mention.text, start, mention.quantity.start)
    if told:
        return Growth(told["who"], "decrease" if told["fell"] else "increase")
    return _go_on(mention, start, last) if last and last.frame.kind == CHANGE_RATE else None


def _go_on(mention: Mention, start: int, last: Reading) -> Growth | None:
    """The growth that a number is as the one in front of it: of the next in order, or of what that went on to.

    >>> from extractor.claims.trial import read_last
    >>> read_last("投资增速从一季度的5.6%，到上半年的6.7%。").frame.kind
    'change_rate'
    """
    direction: Direction = last.frame.direction or "increase"
    next_one = _expression("next_one").search(mention.text, start, mention.quantity.start)
    if next_one:
        return Growth(next_one["who"], direction)
    onward = last.frame.moving and _expression("onward").search(mention.text[start : mention.quantity.start])
    return Growth("", direction) if onward else None


def name_grower(who: str, reading: Reading, context: Context) -> str:
    """A body or an area with what grew, where only that is told of it; empty where it is none, or nothing grew.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全市货运量增长8.3%。滨河铁路公司增幅达到29.2%。").name.metric
    '滨河铁路公司货运量'
    >>> read_last("全市货运量增长8.3%。东山县、西河县分别增长9%、7%。").name.metric
    '西河县货运量'
    >>> read_last("全市货运量增长8.3%。客运量增长9%。").name.metric
    '客运量'
    """
    growers = find_growers(who) if reading.frame.kind == CHANGE_RATE else ""
    what = _find_grown(reading, context) if growers else ""
    return growers + what if what else ""


def name_by_grower(reading: Reading, context: Context, lead: str) -> Named:
    """By the body or area that a growth is told of and what grew; by that alone where an earlier clause speaks of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全市货运量增长8.3%。滨河铁路公司增幅达到29.2%。").name.metric
    '滨河铁路公司货运量'
    >>> read_last("货运量增长8.3%，增速换挡，由上年末的9.2%").name.metric
    '货运量'
    """
    named = name_grower(reading.frame.lead, reading, context)
    if named:
        return answer(named, GROWER)
    is_told_of = reading.frame.is_told and not lead
    return answer(find_changed(reading, context), GROWER, carried=True) if is_told_of else None


def find_growers(lead: str) -> str:
    """The bodies or areas that words name and nothing else; empty where they do not.

    >>> find_growers("其中东山县、西河县"), find_growers("东山县货运量")
    ('东山县、西河县', '')
    """
    found = compile_list("grower").fullmatch(lead.strip())
    return str(found["who"]) if found else ""


def _find_grown(reading: Reading, context: Context) -> str:
    """What the last growth is of, in this sentence or the one in front, without the body or the area that it is of."""
    told = dropwhile(lambda one: _counts_growers(one, reading), reversed(context.antecedents))
    last = next(told, None)
    name = last.name.text if last and last.frame.kind == CHANGE_RATE else ""
    what = str(compile_list("of_area").sub("", str(compile_list("of_grower").sub("", name, count=1))))
    return "" if find_growers(what) else what


def _counts_growers(one: Reading, reading: Reading) -> bool:
    """Whether a number only counts the bodies or areas of this one: 两个县增幅较大."""
    return one.mention.sentence is reading.mention.sentence and one.quantity.dimension == "count"
