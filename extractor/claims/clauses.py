"""Clauses in front: what a number is of whose own clause names nothing, where the one before it is about something."""

from __future__ import annotations

from functools import partial

from extractor import patterns, words
from extractor.claims.phrases import LONGEST, clean_phrase
from extractor.claims.sentences import Mention, find_clause_end, find_clause_start, find_last
from extractor.claims.word_lists import load_lists
from extractor.words import Word

# What a clause in front says of what it is about: that it changed, how high it is, with what it is compared, that it
# comes first, that a plan for it was fulfilled.
TOLD = ("trend", "judged", "compared", "ranked", "fulfilled")

# A clause that lists what changed, or what was done, is no longer than this: two names of the longest.
LONGEST_LIST = 2 * LONGEST

_expression = partial(patterns.fragment, "claims/subjects")
"""One of the fragments of ``patterns/claims/subjects.toml``."""


def find_spoken_of(mention: Mention) -> str:
    """What the clause in front says to have changed, compares or only names; empty where it holds a number, too.

    Behind another number of its sentence only what has changed counts: a bare name may say how that one was reckoned.

    >>> from extractor.claims.trial import read_last
    >>> find_spoken_of(read_last("全县工业投资持续增长，比上年增长5%。").mention)
    '工业投资'
    >>> find_spoken_of(read_last("全县职工的劳动生产率，比上年提高5%。").mention)
    '职工的劳动生产率'
    >>> find_spoken_of(read_last("各县医保参保率较高，均超过95%。").mention)
    '各县医保参保率'
    >>> find_spoken_of(read_last("收入支出总额与上年相比，增加5万元。").mention)
    '收入支出总额'
    >>> find_spoken_of(read_last("在总收入中，占比最大的是事业收入一项，达5亿元。").mention)
    '事业收入'
    >>> find_spoken_of(read_last("国家财政的收入，不包括上年结余在内，等于1950年的三倍。").mention)
    '国家财政的收入'
    >>> find_spoken_of(read_last("按可比价格计算，增长5%。").mention)
    ''
    >>> read_last("税收5亿元；财政收入实现翻番，由8亿元增加到20亿元。").name.metric
    '财政收入'
    """
    clause = _find_clause(mention)
    trend = next(filter(None, (_expression(name).fullmatch(clause) for name in TOLD)), None)
    phrase = clean_phrase(trend["what"] if trend else clause[-LONGEST:])
    named = trend or (not find_last(mention.sentence, mention.quantity.start) and _is_name(phrase))
    return phrase if named else ""


def find_first(mention: Mention) -> str:
    """What the sentence of a mention begins with, where that is a name by itself.

    >>> from extractor.claims.trial import read_last
    >>> find_first(read_last("去年的财政收入，终于完成了任务，比上年增加2亿元。").mention)
    '财政收入'
    """
    start = mention.sentence.start
    phrase = clean_phrase(mention.text[start : find_clause_end(mention.text, start, mention.clause)])
    return phrase if _is_name(phrase) else ""


def find_business(mention: Mention) -> str:
    """The business that the clause in front tells of; empty where it tells of none.

    >>> from extractor.claims.trial import read_last
    >>> find_business(read_last("贸易业务稳步增长，实现收入5亿元。").mention)
    '贸易业务'
    """
    trend = _expression("trend").fullmatch(_find_clause(mention))
    phrase = clean_phrase(trend["what"]) if trend else ""
    return phrase if _expression("business").search(phrase) else ""


def _find_clause(mention: Mention) -> str:
    """The clause in front of a mention's own; empty where a number or the beginning of the sentence is."""
    clause, start = _step_back(mention, mention.clause)
    return _step_back(mention, start)[0] if _expression("inserted").fullmatch(clause) else clause


def _step_back(mention: Mention, behind: int) -> tuple[str, int]:
    """The clause in front of the one that begins at ``behind``, and where it begins."""
    last = find_last(mention.sentence, mention.quantity.start)
    end, floor = behind - 1, last.end if last else mention.sentence.start
    if end < floor or not _expression("goes_on").match(mention.text, end):
        return "", behind
    start = find_clause_start(mention.text, end, max(floor, end - LONGEST_LIST))
    return "" if last and start == floor else mention.text[start:end], start


def _is_name(phrase: str) -> bool:
    """Whether a phrase is a noun with what belongs to it, and no adverb or condition (与上年相比, 从结构看)."""
    cut = words.cut(phrase) if phrase else []
    return bool(cut) and _is_noun(cut[0]) and _is_noun(cut[-1]) and not _expression("adverbial").search(phrase)


def _is_noun(word: Word) -> bool:
    """Whether a word is a noun."""
    return word.tag in load_lists().noun_tags
