"""What a change is measured against: a base period, a plan, an average."""

from __future__ import annotations

from functools import cache

import regex

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.edges import strip_back
from extractor.claims.readings import Reading, Settled
from extractor.claims.sentences import Mention

CHANGES = "claims/changes"
CHANGED = ("change_amount", "change_rate")
CARRIED, SENTENCE = "claims/changes.real", "claims/changes.against"


def settle_baseline(reading: Reading, context: Context) -> Settled[str | None]:
    """The base that the clause names, else that whose own amount stands in front, else that of the growth told again.

    Where none of them does, the one that the sentence named before.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入比上年增长8.2%，扣除价格因素，实际增长6.6%。").baseline
    '上年'
    >>> read_last("收入20万元，比上年决算数18万元增加2万元。").baseline
    '上年决算数'
    >>> read_last("与2019年相比，收入增加5万元，支出减少3万元。").baseline
    '2019年'
    >>> read_last("收入20万元，完成调整预算的98%，可比增长6%。").baseline
    """
    frame, last = reading.frame, context.last_in(reading.mention.sentence)
    if frame.baseline:
        return Settled(frame.baseline, reading.evidence["frame"])
    if frame.kind not in CHANGED:
        return Settled(None)
    if last and last.frame.base:
        return Settled(strip_back(last.frame.base), last.evidence["frame"])
    if last and last.frame.kind in CHANGED and _is_told_again(reading.mention):
        return Settled(last.baseline, CARRIED)
    named = _find_named(reading.mention)
    return Settled(named, SENTENCE if named else None)


def _is_told_again(mention: Mention) -> bool:
    """Whether a growth is the one before it, without the change of prices (扣除价格因素，实际增长6.6%)."""
    real = patterns.fragment(CHANGES, "real")
    return bool(real.search(mention.text, mention.clause, mention.quantity.start))


def _find_named(mention: Mention) -> str | None:
    """The last base that the sentence named before the mention (与2019年相比), or None."""
    named = None
    for match in _compile_against().finditer(mention.text, mention.sentence.start, mention.quantity.start):
        named = match["baseline"]
    return named


@cache
def _compile_against() -> regex.Pattern[str]:
    """A base that is named once for the rest of the sentence."""
    return patterns.fragment(CHANGES, "against")
