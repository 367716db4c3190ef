"""Findings that are gone, as people are told of them: the first by what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from extractor.messages import Lang
from extractor.reports.printable import printable
from extractor.reports.terminal.cards import CUT, get_phrase

# So many are named, each by so many characters: a line or two of a terminal for each.
MOST, LONGEST = 3, 80


def name_gone(said: Sequence[str], lang: Lang) -> str:
    """The first of some sentences in one, without their stops; a mark behind them says that there are more.

    >>> name_gone(["收入总计不符。", "「一、支出」：占比不符。"], "zh")
    '收入总计不符；「一、支出」：占比不符'
    """
    shown = get_phrase("between", lang).join(_shorten(one, lang) for one in islice(said, MOST))
    return shown + CUT if len(said) > MOST else shown


def _shorten(sentence: str, lang: Lang) -> str:
    told = printable(sentence).rstrip(get_phrase("stops", lang))
    return told if len(told) <= LONGEST else told[:LONGEST] + CUT
