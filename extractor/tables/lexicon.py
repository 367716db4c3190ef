"""The expressions and unit words that tables are read with."""

from __future__ import annotations

from functools import cache, lru_cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.alternatives import alternation
from extractor.kept import compile_expression

BY = "/"
NUMERALS = "vocabulary/numerals"
# So many cells are remembered: those of some pages. Labels and zeros come again and again, and rows are asked twice.
CELLS = 8192


class Expression(Struct, frozen=True, forbid_unknown_fields=True):
    """One regular expression of a pattern file."""

    expression: str


class Unit(Struct, frozen=True):
    """The words of one unit; what else ``patterns/units`` says of it is for quantities."""

    words: list[str]


class Places(Struct, frozen=True):
    """The multipliers of ``patterns/vocabulary/numerals`` that may stand in front of a unit."""

    places: dict[str, int]
    groups: dict[str, int]


@cache
def load_expression(file: str, name: str) -> regex.Pattern[str]:
    """The expression ``name`` of ``patterns/tables/<file>``."""
    key = f"tables/{file}.{name}"
    loaded = patterns.load(f"tables/{file}", Expression)
    return patterns.compiled(key, loaded[key].expression, patterns.lexicon(f"tables/{file}"))


def match_whole(file: str, name: str, text: str) -> regex.Match[str] | None:
    """The match of the expression with the whole of ``text``."""
    return load_expression(file, name).fullmatch(text)


@lru_cache(CELLS)
def is_match(file: str, name: str, text: str) -> bool:
    """Whether the whole of ``text`` is what the expression says."""
    return match_whole(file, name, text) is not None


def is_aside(line: str) -> bool:
    """Whether a line says nothing but who made a table, when, or in which unit.

    >>> is_aside("公开01表"), is_aside("收入支出决算总表")
    (True, False)
    """
    return is_match("titles", "aside", line)


@cache
def _unit() -> regex.Pattern[str]:
    words = [word for unit in patterns.load("units", Unit).values() for word in unit.words]
    table = patterns.convert(NUMERALS, patterns.read(patterns.files(NUMERALS)[0]), Places)
    multipliers = regex.escape("".join([*table.places, *table.groups]))
    return compile_expression(f"[{multipliers}]{{0,2}}{alternation(words)}")


@cache
def is_unit(word: str) -> bool:
    """Whether a word is a unit, with a multiplier or without.

    >>> is_unit("万元"), is_unit("平方米"), is_unit("左右")
    (True, True, False)
    """
    return _unit().fullmatch(word) is not None


def is_measure(word: str) -> bool:
    """Whether a word is a unit, or one by another: the numbers of its row are in both.

    >>> is_measure("吨/万元"), is_measure("万元"), is_measure("元/左右")
    (True, True, False)
    """
    above, _, below = word.partition(BY)
    return is_unit(above) and (not below or is_unit(below))


def strip_space(text: str) -> str:
    """``text`` without any white space, inside too."""
    return "".join(text.split())
