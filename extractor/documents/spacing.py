"""Gaps that are no characters: between those of a word that is set apart (预 算 收 入), around numbers (收入 20 亿元).

What a page shows with a little room a copy may give with a space. Paragraphs are read without these spaces; those
between letters and digits stay, and so do those of table rows, where a space may part two cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import regex

from extractor.documents.model import Paragraph
from extractor.kept import compile_expression

INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters without any width: spaces of none, joiners, soft hyphens, marks of direction."""
PLAIN, FIXED, BROAD = " ", "\u00a0", "\u3000"
ROOM = PLAIN + FIXED + BROAD
_ROOM = f"[{ROOM}]"
GAP = compile_expression(rf"\p{{Han}}{_ROOM}|{_ROOM}\p{{Han}}")
# Two Chinese characters, with a gap or without one. Marks tell nothing: some have their room within them.
WORDS = compile_expression(rf"\p{{Han}}({_ROOM}*)(?=\p{{Han}})")
ADJACENT = compile_expression(r"\p{Han}{2}")
# The same of a number beside a word.
NUMBERS = compile_expression(rf"(?<=\p{{Han}})({_ROOM}*)[0-9]|(?<=[0-9%])({_ROOM}*)\p{{Han}}")
# Room around a number as wide as only a page has it where it set something else between; and room that parts numbers.
WIDE = compile_expression(rf"(?<=\p{{Han}}){_ROOM}{{3,}}-?[0-9]|(?<=[0-9%]){_ROOM}{{3,}}\p{{Han}}")
RUN = compile_expression(rf"{_ROOM}{{2,}}")
PARTED = compile_expression(rf"[0-9]{_ROOM}+[0-9]")
# What is left without the gaps in words and around numbers, and without those around numbers alone.
CLOSED = compile_expression(rf"(?:[^\s{INVISIBLE}]|(?<=[!-~])\s+(?=[!-~]))+")
BESIDE = compile_expression(rf"(?:[^\s{INVISIBLE}]|(?<=[!-~])\s+(?=[!-~])|(?<=[^!-~\s])\s+(?=[^!-~\s]))+")
# What is left without any gap, where those between digits are of the same kind: none of them parts two numbers.
SOLID = compile_expression(rf"[^\s{INVISIBLE}]+")
DIGITS = compile_expression(rf"[0-9]({_ROOM}*)(?=[0-9.])")
# What is left without the gaps between the digits of numbers alone.
JOINED = compile_expression(rf"(?:[^\s{INVISIBLE}]|(?<![0-9.．])\s|\s(?![0-9.．%％‰]))+")
# A sentence; other lines may be rows, in which a space parts two cells.
SENTENCE = compile_expression("[，。；]")
# So many gaps are no title that was set apart for its looks, no list of names of two characters.
TELLING = 12
# The share of gaps among the pairs of a paragraph; lines that were joined have none where they meet.
MOST = 0.9
# To so many gaps there is one pair that has none, or there are more than the rest of them.
FEWEST = 9
# Words that stand apart each have gaps at so many pairs of all sentences: where lines were cut are far fewer.
SOME = 0.25
# The same of numbers: what was typed by several hands has them in its greater part.
HALF = 0.5


def find_gaps(paragraphs: Sequence[Paragraph]) -> Mapping[int, regex.Pattern[str]]:
    """What is read of each paragraph that has gaps, as an expression of its stretches; empty where none tells of gaps.

    Characters are set apart in long paragraphs and, where these are, in short ones and headings too; gaps between
    words and room around numbers are a habit of all sentences of a document.

    >>> def make(text): return Paragraph(text, ((0, 0),))
    >>> spaced = make("全 市 一 般 公 共 预 算 收 入 完 成 421.8亿 元")
    >>> sorted(find_gaps([spaced, make("收 入 预 算"), make("收入预算")]))
    [0, 1]
    >>> find_gaps([make("目 录")])
    {}
    >>> parted = make("全市 一般 公共 预算 收入 完成 八亿元，比 上年 增加。" * 3)
    >>> sorted(find_gaps([parted, make("收支 情况")]))
    [0, 1]
    >>> digits = make("产值达到7 4 7 7 2 亿元，增长1 1 ．3 ％，电话4 0 8 3 万部，外汇1 3 9 9 亿美元，铁路1 8 7 公里。")
    >>> sorted(find_gaps([digits, make("收入20亿元。")]))
    [0]
    >>> numbers = make("收入 20 亿元，增长 5% ，支出 18 亿元，下降 3% ，教师 12 人，学生 200 人，床位 30 张")
    >>> sorted(find_gaps([numbers, make("工业增加值 8 亿元。"), make("合计 8 2")]))
    [0, 1]
    """
    body = {at: one.text for at, one in enumerate(paragraphs) if one.kind != "row" and _has_gap(one.text)}
    words = _find_words(body) or _find_parted(body, paragraphs)
    sentences = {at: text for at, text in body.items() if at not in words and SENTENCE.search(text)}
    are_apart = _are_digits_apart(body if words else sentences)
    if are_apart and not words:
        return dict.fromkeys(sentences, JOINED)
    apart = SOLID if are_apart else CLOSED
    return dict.fromkeys(words, apart) | dict.fromkeys(_find_numbers(sentences, paragraphs), BESIDE)


def _find_words(body: Mapping[int, str]) -> set[int]:
    """The paragraphs whose characters stand apart, if one of them is long enough to tell."""
    apart = {at: gaps for at, text in body.items() if (gaps := _count_set_apart(text))}
    return set(apart) if max(apart.values(), default=0) >= TELLING else set()


def _find_parted(body: Mapping[int, str], paragraphs: Sequence[Paragraph]) -> set[int]:
    """The paragraphs with gaps, if those are between the words of all sentences."""
    gaps = sum(_count_gaps(WORDS, text)[0] for text in body.values() if SENTENCE.search(text))
    if gaps < TELLING:
        return set()
    return (
        set(body) if gaps >= SOME * sum(_count_gaps(WORDS, text)[1] for text in _list_sentences(paragraphs)) else set()
    )


def _are_digits_apart(body: Mapping[int, str]) -> bool:
    """Whether the digits of numbers stand apart as the characters of words do."""
    counted = [_count_gaps(DIGITS, text) for text in body.values()]
    gaps, pairs = sum(gaps for gaps, _ in counted), sum(pairs for _, pairs in counted)
    return gaps >= TELLING and gaps >= MOST * pairs


def _find_numbers(body: Mapping[int, str], paragraphs: Sequence[Paragraph]) -> set[int]:
    """The sentences with room around their numbers, if the greater part of all has it, or where it is wide."""
    counted = {at: _count_gaps(NUMBERS, text)[0] for at, text in body.items()}
    gaps = sum(counted.values())
    if gaps >= TELLING and gaps >= HALF * _count_pairs(paragraphs):
        return set(counted)
    return {at for at in counted if _has_wide_room(body[at])}


def close(line: str) -> str:
    """A line without the gaps between its characters, if these stand apart: as wide as the page has it.

    Of wide room around its numbers as much is left as a page has there.

    >>> close("全  市  收  入  2025年  为"), close("张某 李某某 王某")
    ('全市收入2025年为', '张某 李某某 王某')
    >>> close("净利润分别为         74.5 万元、32.3 万元"), close("收入       74.5      32.3")
    ('净利润分别为 74.5 万元、32.3 万元', '收入       74.5      32.3')
    """
    if line.isascii() or not _has_room(line):
        return line
    if _count_set_apart(line):
        return "".join(CLOSED.findall(line))
    return RUN.sub(" ", line) if _has_wide_room(line) else line


def _has_wide_room(text: str) -> bool:
    """Whether there is wide room around a number, and none that parts two: a row of a table has that."""
    is_wide = 3 * PLAIN in text.replace(FIXED, PLAIN).replace(BROAD, PLAIN)
    return is_wide and WIDE.search(text) is not None and PARTED.search(text) is None


def _has_gap(text: str) -> bool:
    """Whether there is room beside a Chinese character; most texts have none at all."""
    return _has_room(text) and GAP.search(text) is not None


def _has_room(text: str) -> bool:
    return PLAIN in text or FIXED in text or BROAD in text


def _count_set_apart(text: str) -> int:
    """How many pairs of characters of a text have a gap, where nearly all of them do; else 0."""
    if _is_mostly_closed(text):
        return 0
    gaps, pairs = _count_gaps(WORDS, text)
    return gaps if gaps >= MOST * pairs else 0


def _is_mostly_closed(text: str) -> bool:
    """Whether plainly too many pairs of characters have no gap, by how much room there is: the cheap question."""
    rooms = text.count(PLAIN) + text.count(FIXED) + text.count(BROAD)
    if rooms < FEWEST:
        return ADJACENT.search(text) is not None
    return sum(1 for _ in islice(ADJACENT.finditer(text), rooms // FEWEST + 1)) * FEWEST > rooms


def _count_pairs(paragraphs: Iterable[Paragraph]) -> int:
    """How often a number stands beside a word in the sentences of a document."""
    return sum(_count_gaps(NUMBERS, text)[1] for text in _list_sentences(paragraphs))


def _list_sentences(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    return (one.text for one in paragraphs if one.kind != "row" and SENTENCE.search(one.text))


def _count_gaps(pairs: regex.Pattern[str], text: str) -> tuple[int, int]:
    """How many pairs of a text have a gap, and how many there are."""
    # A pair is its group, or a tuple of its groups where there are several.
    found = pairs.findall(text)
    return len(found) - found.count("") - found.count(("", "")), len(found)
