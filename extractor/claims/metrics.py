"""Metrics: what a number measures, in the text's own words.

The words in front of the number name it; where they say too little the words behind it do (5支应急队伍), and where the
clause names nothing the metric is carried from the claim before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import takewhile

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.claims import tokens
from extractor.claims.frames import Frame, changes
from extractor.claims.periods import leading
from extractor.claims.sentences import Mention, clause_end
from extractor.model import Dimension, Quantity
from extractor.quantities import units

# Words behind a number that name what it counts; longer ones run on into another statement.
LONGEST = 30
# An attributive clause of this length is left away where the head behind it is long enough to stand alone.
LONG_CLAUSE, SHORTEST_HEAD = 10, 4
# The longest word that a metric sheds in front.
LONGEST_FRONT = 5


CARRIED = "metrics.carried"
GROWTH_OF_GROWTH, COMPLETED = "metrics.growth_of_growth", "metrics.completed"
# Numbers of these dimensions do not count what stands behind them.
UNCOUNTED: frozenset[Dimension] = frozenset({"percent", "percentage_point", "duration", "age"})


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of ``patterns/claims/metrics.toml``."""

    front: list[str]
    back: list[str]
    kept: list[str]
    split: list[str]
    reach: list[str]
    generic: list[str]
    statement: list[str]
    classes: list[str]
    governing: list[str]
    said: list[str]
    verb_tags: list[str]
    weak_tags: list[str]
    noun_tags: list[str]
    list_marks: list[str]
    classifiers: list[str]
    relative: list[str]
    joints: list[str]
    growth: str
    done: str
    planned: str
    reason: str
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
    """A metric, the name of the rule that found it, and the words behind the number that it took."""

    metric: str | None
    rule: str
    behind: str = ""


class Before(Struct, frozen=True):
    """An earlier claim of the paragraph, as far as a later one may take its metric from it."""

    metric: str | None
    kind: str
    base_unit: str
    same_sentence: bool
    behind: str
    derived: bool


def name(mention: Mention, frame: Frame, earlier: Sequence[Before], whole: str | None, heading: str | None) -> Named:
    """The metric of a mention.

    ``earlier`` are the paragraph's claims so far, ``whole`` is the metric of the claim that this one is a part of,
    ``heading`` labels a run-in item.
    """
    lead = clean(frame.lead)
    if frame.kind in ("level", "rate"):
        return _level(mention, frame, lead, earlier, whole, heading)
    if lead and not _verb(lead):
        return Named(_full(lead, earlier), "metrics.in_front")
    if not lead and mention.right.startswith(tuple(lists().relative)):
        behind = _nouns(words.cut(mention.right)[1:])
        return Named(behind, "metrics.behind", behind)
    reason = _reason(mention)
    if reason and not lead:
        return Named(reason, "metrics.reason")
    carried = _carried(earlier, mention if frame.kind == "change_amount" else None) or heading
    if carried and frame.kind == "change_amount" and _after_rate(mention, earlier):
        return Named(carried + lists().growth, GROWTH_OF_GROWTH)
    return Named(carried, CARRIED)


def _level(
    mention: Mention, frame: Frame, lead: str, earlier: Sequence[Before], whole: str | None, heading: str | None
) -> Named:
    """The metric of a level or a rate."""
    last = earlier[-1] if earlier else None
    if last and last.behind and lead == last.behind:
        lead = ""
    shaped = tokens.metric(mention)
    if shaped:
        return Named(shaped.metric, shaped.pattern)
    behind = _behind(mention, lead)
    if behind:
        return Named(_front_of(mention, lead) + behind, "metrics.behind", behind)
    carried = _carried(earlier)
    if not lead:
        return Named(_predicate(mention, earlier) or carried or heading, CARRIED)
    if heading and lead in (*lists().statement, *lists().generic):
        return Named(_joined(heading, lead), "metrics.heading")
    if last and last.metric and lead in lists().statement and last.metric.endswith(tuple(lists().statement)):
        return Named(_joined(_item(last.metric), lead), "metrics.statement")
    if whole and lead not in whole and lead.endswith(tuple(lists().classes)):
        return Named(lead + whole, "metrics.part")
    if whole and len(lead) <= 2 and lead not in whole:
        return Named(whole + lead, "metrics.part")
    if carried and last and last.same_sentence and (lead in lists().generic or _verb(lead)):
        done = _expression("done").search(frame.lead)
        return Named(_joined(_expression("planned").sub("", carried) if done else carried, lead), COMPLETED)
    return Named(lead, "metrics.in_front")


def _reason(mention: Mention) -> str | None:
    """What is said to have changed, and so to be the reason, right in front of the clause of an amount of change."""
    text, sentence = mention.sentence.block.paragraph.text, mention.sentence
    numbers = [quantity.end for quantity in sentence.quantities if quantity.end <= mention.clause]
    found = _expression("reason").search(text, max([sentence.start, *numbers]), mention.clause)
    return clean(found["what"]) or None if found else None


def _item(metric: str) -> str:
    """What an amount is of, without what the amount is called: 支出 of 支出年初预算."""
    called = max((word for word in lists().statement if metric.endswith(word)), key=len)
    return metric[: -len(called)]


def _joined(front: str, behind: str) -> str:
    """Two phrases as one; what ends the first and begins the second stands once.

    >>> _joined("财政拨款支出", "支出决算")
    '财政拨款支出决算'
    """
    shared = next((size for size in range(min(len(front), len(behind)), 0, -1) if front.endswith(behind[:size])), 0)
    return front + behind[shared:]


def _front_of(mention: Mention, lead: str) -> str:
    """The part of the words in front that belongs to a metric behind the number: a verb, not a list or an attribute."""
    left = mention.left.rstrip()
    listed = any(mark in left for mark in lists().list_marks)
    return "" if listed or left.endswith(tuple(lists().relative)) or len(lead) > LONGEST else lead


def clean(phrase: str) -> str:
    """A phrase without what is no part of a metric: numbering, periods, organisations, verbs of saying.

    >>> clean("我办已完成工业产值"), clean("2020年度收入总计"), clean("全区共有商业银行")
    ('工业产值', '收入总计', '商业银行')
    """
    phrase = _expression("marker").sub("", _edge(phrase))
    phrase = _stripped_front(_without_period(phrase))
    phrase = _without_organisation(phrase)
    for verb in lists().split:
        before, found, behind = phrase.rpartition(verb)
        phrase = (behind or before) if found else phrase
    phrase = _stripped_back(_stripped_front(_without_period(phrase)))
    return _edge(_reached(_head(phrase)))


def _edge(phrase: str) -> str:
    """A phrase without punctuation at its ends."""
    return str(_expression("edge").sub("", phrase))


def _without_organisation(phrase: str) -> str:
    """A phrase without the organisations in front of what they spend or do."""
    shorter = _expression("organisation").sub("", phrase, count=1)
    return phrase if shorter == phrase else _without_organisation(shorter)


def _reached(phrase: str) -> str:
    """What was reached (完成交通货运量), with who reached it only where the thing alone says too little (增加值)."""
    found = _expression("reach").search(phrase)
    if not found or found.end() == len(phrase):
        return phrase
    behind = _edge(phrase[found.end() :])
    return phrase[: found.start()] + behind if behind in lists().generic else behind


def _head(phrase: str) -> str:
    """The head of a long phrase, behind its attributive clause."""
    before, found, head = phrase.rpartition(lists().relative[0])
    return head if found and len(head) >= SHORTEST_HEAD and len(before) >= LONG_CLAUSE else phrase


def _without_period(phrase: str) -> str:
    """The phrase without the calendar periods at its front."""
    while length := leading(phrase):
        phrase = _edge(phrase[length:])
    return phrase


def _stripped_front(phrase: str) -> str:
    """The phrase without the function words at its front: the longest of the list, or a whole word as jieba cuts it."""
    while phrase:
        long = next((phrase[:size] for size in range(LONGEST_FRONT, 1, -1) if phrase[:size] in _front()), None)
        first = long or words.cut(phrase)[0].text
        if first not in _front():
            break
        phrase = _edge(phrase[len(first) :])
    return phrase


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
        if not phrase.endswith(_back()) or phrase.endswith(tuple(lists().kept)):
            return phrase
        last = next(word for word in _back() if phrase.endswith(word))
        phrase = _edge(phrase[: -len(last)])


def _behind(mention: Mention, lead: str) -> str:
    """The words behind the number, where they name what it counts."""
    right = mention.right.strip()
    if not right or mention.quantity.dimension in UNCOUNTED or right[0] in lists().list_marks:
        return ""
    if right.startswith(changes()):
        return ""
    cut = words.cut(right)
    cut = cut[1:] if cut[0].text in lists().relative and len(cut) > 1 else cut
    nominal = cut[0].tag in lists().noun_tags and cut[0].text not in lists().joints
    governed = mention.left.rstrip().endswith(tuple(lists().governing))
    if not (nominal or governed) and (cut[0].tag in lists().weak_tags or not _classified(mention, lead)):
        return ""
    counted, relative, _ = right[cut[0].start :].partition(lists().relative[0])
    if relative and len(counted) > 1 and mention.quantity.dimension == "count" and not governed:
        return _edge(counted)
    following = _next_number(mention)
    if following or len(right) > LONGEST:
        return _before_number(mention, cut, following)
    return _stripped_back(_edge(right[cut[0].start :]))


def _before_number(mention: Mention, cut: list[words.Word], following: Quantity | None) -> str:
    """What is counted, where another number stands behind it (9个部门13家单位未上缴收入5600万元).

    The nouns alone; with what is said of them, as far as it is short and no list; two counts side by side share it.
    """
    nouns, length = _nouns(cut), sum(len(word.text) for word in cut)
    behind = cut[len(_nominal(cut)) :]
    if not behind and following and following.dimension not in UNCOUNTED | {"money"}:
        text, end = mention.sentence.block.paragraph.text, mention.sentence.end
        said = text[following.end : clause_end(text, following.end, min(end, following.end + LONGEST))]
        return nouns + _stripped_back(_edge(_until_number(mention, following, said)))
    whole = "".join(word.text for word in cut)
    listed = any(mark in whole for mark in lists().list_marks)
    said_of = behind and behind[0].tag in lists().verb_tags and length <= LONGEST and not listed
    return _stripped_back(_edge(whole)) if said_of else nouns


def _until_number(mention: Mention, following: Quantity, said: str) -> str:
    """``said``, which stands behind ``following``, as far as the next number."""
    starts = [quantity.start for quantity in mention.sentence.quantities if quantity.start >= following.end]
    return said[: starts[0] - following.end] if starts else said


def _classified(mention: Mention, lead: str) -> bool:
    """Whether a measure word waits for the noun it counts (12支巡逻队伍), which nothing in front has named."""
    attributive = mention.left.rstrip().endswith(tuple(lists().relative))
    measure = mention.quantity.unit.lstrip(units.multipliers())
    waits = not lead or not measure or measure in lists().classifiers
    return waits and (attributive or not lead or _verb(lead))


def _next_number(mention: Mention) -> Quantity | None:
    """The number at which the words behind a mention end, if they end at one."""
    at = mention.quantity.end + len(mention.right)
    return next((quantity for quantity in mention.sentence.quantities if quantity.start == at), None)


def _nouns(cut: list[words.Word]) -> str:
    """The nouns at the front of some words."""
    return _stripped_back("".join(word.text for word in _nominal(cut)))


def _nominal(cut: list[words.Word]) -> list[words.Word]:
    """The words at the front that are nouns; the first is taken whatever its tag."""
    nominal = takewhile(lambda word: word.tag in lists().noun_tags and word.text not in lists().list_marks, cut[1:])
    return [*cut[:1], *nominal]


def _verb(phrase: str) -> bool:
    """Whether a phrase is a bare verb, which names nothing by itself."""
    cut = words.cut(phrase)
    return len(cut) == 1 and cut[0].tag in lists().verb_tags and phrase not in lists().generic


def _carried(earlier: Sequence[Before], changed: Mention | None = None) -> str | None:
    """The metric of the last claim that has one of its own; the growth of a growth is no one else's.

    The amount by which something ``changed`` is of the last claim in its own unit, if there is one.
    """
    own = [claim for claim in reversed(earlier) if claim.metric and not claim.derived]
    unit = changed.quantity.base_unit if changed else None
    return next((claim.metric for claim in (*(one for one in own if one.base_unit == unit), *own)), None)


def _after_rate(mention: Mention, earlier: Sequence[Before]) -> bool:
    """Whether the claim before is a rate of change, of which this one is a change in points."""
    return mention.quantity.dimension == "percentage_point" and bool(earlier) and earlier[-1].kind == "change_rate"


def _predicate(mention: Mention, earlier: Sequence[Before]) -> str | None:
    """What is said of things counted again (3家在实验区开设网点), and the noun that it is said of."""
    last = earlier[-1] if earlier else None
    said = _stripped_back(_edge(mention.right))
    if mention.right.startswith(tuple(lists().said)) and not (last and last.base_unit == mention.quantity.base_unit):
        return said
    if last and last.metric and last.same_sentence and last.base_unit == mention.quantity.base_unit and len(said) > 1:
        return said + last.metric
    return None


def _full(lead: str, earlier: Sequence[Before]) -> str:
    """A short name in full, where an earlier claim has it: 收入 after 收入总计."""
    if len(lead) > 4:
        return lead
    longer = (
        claim.metric
        for claim in reversed(earlier)
        if claim.metric and claim.kind == "level" and _abbreviates(lead, claim.metric)
    )
    return next(longer, lead)


def _abbreviates(short: str, full: str) -> bool:
    """Whether ``short`` begins or stands in ``full``: 收入 in 财政拨款收入总计."""
    return short != full and (full.startswith(short) or short in full)
