"""Token patterns: shapes of the words of a clause and their parts of speech, which the text alone does not tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.claims.sentences import Mention, find_clause_end

QUANTITY = "QUANTITY"
# What stands in front of a word and of its part of speech where a clause is written as one line: separators of records
# and of units, which no word has.
WORD, TAG = "\x1e", "\x1f"


class Token(Struct, frozen=True, forbid_unknown_fields=True):
    """A word that is one of ``text``, its part of speech one of ``tag`` (empty: any), once or as ``repeat`` says."""

    text: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    repeat: Literal["", "?", "*", "+"] = ""


class TokenPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A shape of a clause, the place of the number in it, and the places of the words that name what it counts."""

    trigger: str
    number: int
    metric: tuple[int, ...]
    tokens: list[Token]


class Found(Struct, frozen=True):
    """The metric that a shape gives to a number, and the pattern that found it."""

    metric: str
    pattern: str


@cache
def load_shapes() -> dict[str, tuple[regex.Pattern[str], TokenPattern]]:
    """Every token pattern with its trigger, by full name."""
    return {
        key: (patterns.compiled(key, entry.trigger), entry)
        for key, entry in patterns.load("claims/tokens", TokenPattern).items()
    }


@cache
def _compile_line(key: str) -> regex.Pattern[str]:
    """The expression of a pattern's tokens, over a clause that is written as one line."""
    return patterns.compiled(key, _write_line(load_shapes()[key][1].tokens))


def _write_line(tokens: list[Token]) -> str:
    """The expression of tokens in a row; the group ``tN`` is the token at N with its repetitions."""
    return "".join(f"(?P<t{at}>(?:{_write_token(token)}){token.repeat})" for at, token in enumerate(tokens))


def _write_token(token: Token) -> str:
    """The expression of one word.

    >>> _write_token(Token(text=("以", "由"))).replace(WORD, "/").replace(TAG, "|")
    '/(?:以|由)|[^/]*'
    """
    text, tag = ("|".join(map(regex.escape, one)) for one in (token.text, token.tag))
    return f"{WORD}(?:{text or f'[^{WORD}{TAG}]*'}){TAG}" + (f"(?:{tag})(?![^{WORD}])" if tag else f"[^{WORD}]*")


def find_metric(mention: Mention) -> Found | None:
    """The metric of a mention by the first shape its clause has, or None.

    >>> from extractor.claims.trial import read_last
    >>> find_metric(read_last("带动30人就业，").mention)
    Found(metric='带动就业', pattern='claims/tokens.helped_to')
    """
    for key, (trigger, entry) in load_shapes().items():
        if trigger.search(mention.left) or trigger.search(mention.right):
            found = _match_clause(key, entry, mention)
            if found:
                return Found(found, key)
    return None


def _match_clause(key: str, entry: TokenPattern, mention: Mention) -> str | None:
    """The words that one pattern takes as the metric of the mention, or None where it does not match there."""
    cut = _cut_clause(mention)
    written = [f"{WORD}{word.text}{TAG}{word.tag}" for word in cut]
    places = [0, *accumulate(map(len, written))][:-1]
    for match in _compile_line(key).finditer("".join(written), overlapped=True):
        number, *metric = (match.span(f"t{at}") for at in (entry.number, *entry.metric))
        if cut[bisect_right(places, number[0]) - 1].start == mention.quantity.start:
            taken = (cut[bisect_left(places, start) : bisect_left(places, end)] for start, end in metric)
            return "".join(word.text for some in taken for word in some)
    return None


def _cut_clause(mention: Mention) -> list[words.Word]:
    """The words of the mention's clause, each quantity as one word."""
    sentence, text = mention.sentence, mention.sentence.block.paragraph.text
    end = find_clause_end(text, mention.quantity.end, sentence.end)
    cut, at = [], mention.clause
    for quantity in sentence.quantities:
        if mention.clause <= quantity.start < end:
            cut += _cut_words(text[at : quantity.start], at)
            cut.append(words.Word(text[quantity.start : quantity.end], QUANTITY, quantity.start))
            at = quantity.end
    return cut + _cut_words(text[at:end], at)


def _cut_words(text: str, offset: int) -> list[words.Word]:
    """The words of ``text``, which begins at ``offset``."""
    return [words.Word(word.text, word.tag, word.start + offset) for word in words.cut(text)]
