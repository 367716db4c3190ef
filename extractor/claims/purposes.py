"""What money was given for: words behind an amount (3亿元用于防汛), or a field in front of it (教育方面，投入3亿元)."""

from __future__ import annotations

from functools import partial

from extractor import patterns
from extractor.claims.edges import strip_back, trim_edge
from extractor.claims.phrases import LONGEST
from extractor.claims.sentences import Mention, find_last, find_next
from extractor.claims.word_lists import load_lists
from extractor.sought import seek

# The purpose stands within so many characters behind an amount: nine in ten are shorter; its field within so many
# in front of its clause.
PURPOSE = 60
FIELD = 20

_expression = partial(patterns.fragment, "claims/subjects")


def find_given(lead: str) -> str:
    """The words in front of an amount where they only say that it was given (市财政安排资金), by itself in a list.

    >>> find_given("市财政安排资金"), find_given("绿化、安排"), find_given("发放补助")
    ('市财政安排资金', '安排', '')
    """
    found = seek("claims/subjects", "given").search(lead)
    if not found:
        return ""
    return lead[found.start("deed") :] if found.start() else lead


def find_purpose(mention: Mention) -> str:
    """What an amount was given for, by the words behind it; empty where they do not say it, or hold a number.

    >>> from extractor.claims.trial import read_last
    >>> find_purpose(read_last("投入0.6亿元，主要用于防汛物资储备和消防站建设，").mention)
    '防汛物资储备和消防站建设'
    >>> find_purpose(read_last("投入0.6亿元，增长5%，").mention)
    ''
    """
    at = mention.quantity.end
    found = _expression("purpose").match(mention.text, at, min(mention.sentence.end, at + PURPOSE))
    if not found:
        return ""
    start, end = found.span("used" if found["used"] else "done")
    following = find_next(mention.sentence, start)
    for stop in (end, _find_mark(mention.text, start, end)):
        if stop - start <= LONGEST and not (following and following.start < stop):
            return strip_back(trim_edge(mention.text[start:stop]))
    return ""


def find_made(mention: Mention) -> str:
    """What so much money was invested for or made, where it is the attribute of its name; empty where it is none.

    A list tells it of each with the verb in front of the first.

    >>> from extractor.claims.trial import read_last
    >>> find_made(read_last("投资35万元的管网改造、28万元的供热改造等项目完工。").mention)
    '投资供热改造'
    >>> find_made(read_last("投资35万元，").mention), find_made(read_last("获得28万元的补助，").mention)
    ('', '')
    """
    at = mention.quantity.end
    found = _expression("made").match(mention.text, at, min(mention.sentence.end, at + PURPOSE))
    if not found:
        return ""
    given = _find_invested(mention)
    return given + strip_back(trim_edge(found["made"])) if given else ""


def _find_invested(mention: Mention) -> str:
    """The verb of investing in front of a number, or in front of the first of the list that it stands in."""
    text, start, mark = mention.text, mention.sentence.start, load_lists().list_marks[0]
    fronts = [quantity.start for quantity in mention.sentence.quantities if quantity.start <= mention.quantity.start]
    for front in reversed(fronts):
        found = _expression("invested").search(text, start, front)
        if found or not text[start:front].rstrip().endswith(mark):
            return str(found["given"]) if found else ""
    return ""


def find_field(mention: Mention) -> str:
    """The field that money is of, where words in front of its clause say nothing else.

    >>> from extractor.claims.trial import read_last
    >>> find_field(read_last("社会保障方面，投入2亿元支持就业。").mention)
    '社会保障方面'
    """
    last = find_last(mention.sentence, mention.clause)
    start = max(last.end if last else mention.sentence.start, mention.clause - FIELD)
    found = _expression("field").search(mention.text, start, mention.clause)
    return found["field"] if found else ""


def _find_mark(text: str, start: int, end: int) -> int:
    """Where the first of several things that stand side by side ends."""
    at = text.find(load_lists().list_marks[0], start, end)
    return end if at < 0 else at
