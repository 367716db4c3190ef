"""Spaces where lines of a page were cut: a copy that joins the lines leaves one within a word (比上年增 长5%).

Such a paragraph is read without these spaces. One that parts two words may part a heading from its sentence, or two
names; it goes only from a paragraph whose words are cut too, and not where a heading may end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractor import patterns, words
from extractor.documents.spacing import SENTENCE
from extractor.kept import compile_expression

# One space between two Chinese characters, and what is read of them without it.
GAP = compile_expression(r"(?<=\p{Han}) (?=\p{Han})")
# A word of two characters that stands by itself is set apart, as in a heading: 一、综 合.
PAIR = compile_expression(r"(?<!\p{Han})\p{Han} (?=\p{Han}(?!\p{Han}))")
# A word is sought among so many characters on either side of a gap.
REACH = 8
# So much of the gaps of a paragraph, and at least so many, cut words where its lines were cut.
SHARE, FEWEST = 3, 2
# In front of a gap that ends a heading there are so many characters, and no mark, since the sentence before.
HEADING = 24
STOPS, MARKS = "。！？；", "，、：。；！？"


def find_cuts(text: str) -> list[int]:
    """The places of the spaces in a paragraph at which its lines were cut, in order.

    >>> find_cuts("全年用电量9.8亿千瓦时，比上年增 长4.2%。"), find_cuts("财政金融 全年存款余额20亿元，增长5%。")
    ([17], [])
    >>> find_cuts("财政收入20亿元，同比增 长5%，其 中税收收入 12亿元，占总收入 比重为60%。")
    [12, 18, 34]
    >>> find_cuts("一、综 合 全年存款余额20亿元，增长5%。")
    []
    """
    if " " not in text or not SENTENCE.search(text):
        return []
    gaps = [found.start() for found in GAP.finditer(text)]
    cut = [at for at in gaps if _cuts_word(text, at)]
    if len(cut) < FEWEST or len(cut) * SHARE < len(gaps):
        return [at for at in cut if not PAIR.match(text, at - 1)]
    within = set(cut)
    return [at for at in gaps if at in within or not _may_end_heading(text, at)]


def _cuts_word(text: str, at: int) -> bool:
    """Whether the characters around a gap are of one word, or of a number with what it counts."""
    before, behind = text[max(0, at - REACH) : at].rpartition(" ")[2], text[at + 1 : at + 1 + REACH].partition(" ")[0]
    if _compile_counted().search(before):
        return True
    found = words.find_word(words.cut(before + behind), len(before))
    return found.start < len(before)


@cache
def _compile_counted() -> regex.Pattern[str]:
    """A number whose unit goes on behind it: 0.6个 百分点, 20亿 元."""
    return patterns.fragment("documents/characters", "counted")


def _may_end_heading(text: str, at: int) -> bool:
    """Whether what stands in front of a gap may be a heading: short, and without a mark since the last sentence."""
    floor = max(0, at - HEADING - 1)
    begins = max(text.rfind(stop, floor, at) for stop in STOPS) + 1
    if not begins and floor:
        return False
    return not any(mark in text[begins:at] for mark in MARKS)


def split(text: str, start: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of ``text[start:end]`` between the cuts in it.

    >>> list(split("比上年增 长5%", 0, 9, [4]))
    [(0, 4), (5, 9)]
    """
    for at in cuts[bisect_left(cuts, start) : bisect_left(cuts, end)]:
        if at > start:
            yield start, at
        start = at + 1
    if start < end:
        yield start, end
