"""Metrics: what a number measures, in the text's own words.

The words in front of the number name it; where they say too little the words behind it do (5支应急队伍), and where the
clause names nothing the metric is carried from the claim before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.claims.frames import Frame
from extractor.claims.periods import periods
from extractor.claims.sentences import Mention

# Words behind a number that name what it counts; longer ones run on into another statement.
LONGEST = 30


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of ``patterns/claims/metrics.toml``."""

    front: list[str]
    back: list[str]
    split: list[str]
    drop: list[str]
    generic: list[str]
    verb_tags: list[str]
    noun_tags: list[str]
    relative: list[str]
    joints: list[str]
    growth: str
    organisation: str
    marker: str
    edge: str


@cache
def lists() -> Lists:
    """The lists, read once."""
    return patterns.convert("claims/metrics", patterns.lexicon("claims/metrics"), Lists)


@cache
def _expression(name: str) -> regex.Pattern[str]:
    """One of the fragments, or an alternation of one of the lists."""
    entry = getattr(lists(), name)
    return patterns.compiled(f"claims/metrics.{name}", entry if isinstance(entry, str) else patterns.alternation(entry))


class Named(Struct, frozen=True):
    """A metric, the name of the rule that found it, and whether the clause itself names it."""

    metric: str | None
    rule: str
    own: bool


class Before(Struct, frozen=True):
    """An earlier claim of the paragraph, as far as a later one may take its metric from it."""

    metric: str | None
    kind: str
    unit: str
    same_sentence: bool


def name(mention: Mention, frame: Frame, earlier: Sequence[Before], heading: str | None) -> Named:
    """The metric of a mention; ``earlier`` are the paragraph's claims so far, ``heading`` labels a run-in item."""
    lead = clean(frame.lead)
    if frame.kind in ("level", "rate"):
        return _level(mention, lead, earlier, heading)
    if lead and not _only(lead, "verb_tags"):
        return Named(_full(lead, earlier), "metrics.in_front", True)
    carried = _carried(earlier) or heading
    if carried and frame.kind == "change_amount" and _after_rate(mention, earlier):
        return Named(carried + lists().growth, "metrics.growth_of_growth", False)
    return Named(carried, "metrics.carried", False)


def _level(mention: Mention, lead: str, earlier: Sequence[Before], heading: str | None) -> Named:
    """The metric of a level or a rate."""
    behind = _behind(mention)
    attributive = mention.left.rstrip().endswith(tuple(lists().relative))
    if behind:
        front = "" if attributive or len(lead) > LONGEST else lead
        return Named(front + behind, "metrics.behind", True)
    carried = _carried(earlier)
    if not lead:
        return Named(_predicate(mention, earlier) or carried or heading, "metrics.carried", False)
    if heading and (lead in lists().generic or len(heading) > len(lead)):
        return Named(heading + lead, "metrics.heading", True)
    near = earlier[-1].same_sentence if earlier else False
    if carried and near and (lead in lists().generic or _only(lead, "verb_tags")):
        return Named(carried + lead, "metrics.completed", True)
    return Named(lead, "metrics.in_front", True)


def clean(phrase: str) -> str:
    """A phrase without what is no part of a metric: numbering, periods, organisations, verbs of saying.

    >>> clean("我办已完成工业产值"), clean("2020年度收入总计"), clean("全区共有商业银行")
    ('工业产值', '收入总计', '商业银行')
    """
    phrase = _expression("edge").sub("", phrase)
    phrase = _expression("marker").sub("", phrase)
    phrase = _stripped_front(_without_period(phrase))
    phrase = _expression("organisation").sub("", phrase, count=1) or phrase
    for verb in lists().split:
        before, found, behind = phrase.rpartition(verb)
        phrase = (behind or before) if found else phrase
    phrase = _stripped_back(_stripped_front(_without_period(phrase)))
    return _expression("edge").sub("", _expression("drop").sub("", phrase))


def _without_period(phrase: str) -> str:
    """The phrase without the calendar periods at its front."""
    found = periods(phrase, None)
    while found and found[0].calendar and found[0].start == 0:
        phrase = _expression("edge").sub("", phrase[found[0].end :])
        found = periods(phrase, None)
    return phrase


def _stripped_front(phrase: str) -> str:
    """The phrase without the function words at its front, word by word as jieba cuts them."""
    while True:
        cut = words.cut(phrase)
        first = next((entry for entry in (cut[0].text, phrase[:2], phrase[:3], phrase[:4]) if entry in _front()), None) if cut else None
        if not first or len(first) == len(phrase):
            return phrase
        phrase = _expression("edge").sub("", phrase[len(first) :])


@cache
def _front() -> frozenset[str]:
    """The words that a metric sheds in front."""
    return frozenset(lists().front)


@cache
def _back() -> tuple[str, ...]:
    """The words that a metric sheds at its end, the longest first."""
    return tuple(sorted(lists().back, key=len, reverse=True))


def _stripped_back(phrase: str) -> str:
    """The phrase without the function words at its end."""
    while True:
        last = next((word for word in _back() if phrase.endswith(word)), None)
        if not last:
            return phrase
        phrase = _expression("edge").sub("", phrase[: -len(last)])


def _behind(mention: Mention) -> str:
    """The words behind the number, where they begin with what it counts."""
    right = mention.right
    if not right or mention.quantity.dimension in ("percent", "percentage_point", "duration", "age"):
        return ""
    cut = words.cut(right)
    first = 1 if cut[0].text in lists().relative else 0
    if len(cut) <= first or cut[first].tag not in lists().noun_tags or cut[first].text in lists().joints:
        return ""
    to_clause_end = mention.quantity.end + len(right) < mention.sentence.end - 1 and not _next_number(mention)
    if to_clause_end and len(right) <= LONGEST:
        return _stripped_back(_expression("edge").sub("", right[cut[first].start :]))
    return _nouns(cut[first:])


def _next_number(mention: Mention) -> bool:
    """Whether the words behind the number end at another number."""
    at = mention.quantity.end + len(mention.right)
    return any(quantity.start == at for quantity in mention.sentence.quantities)


def _nouns(cut: list[words.Word]) -> str:
    """The nouns at the front of some words."""
    taken = []
    for word in cut:
        if word.tag not in lists().noun_tags and not (taken and word.text == lists().relative[0]):
            break
        taken.append(word.text)
    return _stripped_back("".join(taken))


def _only(phrase: str, tags: str) -> bool:
    """Whether a phrase consists of nothing but words of these parts of speech."""
    return all(word.tag in getattr(lists(), tags) for word in words.cut(phrase))


def _carried(earlier: Sequence[Before]) -> str | None:
    """The metric of the last claim that is not itself a change or a completion."""
    anchors = (claim.metric for claim in reversed(earlier) if claim.kind in ("level", "rate", "share") and claim.metric)
    return next(anchors, None) or next((claim.metric for claim in reversed(earlier) if claim.metric), None)


def _after_rate(mention: Mention, earlier: Sequence[Before]) -> bool:
    """Whether the claim before is a rate of change, of which this one is a change in points."""
    return mention.quantity.dimension == "percentage_point" and bool(earlier) and earlier[-1].kind == "change_rate"


def _predicate(mention: Mention, earlier: Sequence[Before]) -> str | None:
    """A number counted again with what is said of it (3家在实验区开设网点): the predicate and the noun it is said of."""
    last = earlier[-1] if earlier else None
    said = _stripped_back(_expression("edge").sub("", mention.right))
    if last and last.metric and last.same_sentence and last.unit == mention.quantity.unit and len(said) > 1:
        return said + last.metric
    return None


def _full(lead: str, earlier: Sequence[Before]) -> str:
    """A short name in full, where an earlier claim has it: 收入 after 收入总计."""
    if len(lead) > 4:
        return lead
    longer = (claim.metric for claim in reversed(earlier) if claim.metric and claim.kind == "level" and _abbreviates(lead, claim.metric))
    return next(longer, lead)


def _abbreviates(short: str, full: str) -> bool:
    """Whether ``short`` begins or stands in ``full``: 收入 in 财政拨款收入总计."""
    return short != full and (full.startswith(short) or short in full)
