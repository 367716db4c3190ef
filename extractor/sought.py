"""Expressions that are searched for only in texts that have what they need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from extractor import patterns
from extractor.needed import find_needed, is_possible


class Sought:
    """An expression that short texts are searched for, most of which lack what it needs.

    >>> Sought(regex.compile("(?:收入|支出)(?:总计|合计)")).search("支出合计")[0]
    '支出合计'
    """

    def __init__(self, expression: regex.Pattern[str]) -> None:
        self._expression, self._needed = expression, find_needed(expression.pattern)

    def search(self, text: str) -> regex.Match[str] | None:
        """The first match in a text."""
        return self._expression.search(text) if is_possible(self._needed, text) else None

    def fullmatch(self, text: str) -> regex.Match[str] | None:
        """The match of all of a text."""
        return self._expression.fullmatch(text) if is_possible(self._needed, text) else None

    def finditer(self, text: str) -> Iterable[regex.Match[str]]:
        """The matches in a text."""
        return self._expression.finditer(text) if is_possible(self._needed, text) else ()

    def remove(self, text: str, most: int = 0) -> str:
        """A text without what matches in it; ``most`` bounds how often, 0 does not.

        >>> Sought(regex.compile("[（(]下同[）)]")).remove("收入（下同）")
        '收入'
        """
        return str(self._expression.sub("", text, count=most)) if is_possible(self._needed, text) else text


@cache
def seek(path: str, name: str) -> Sought:
    """One of the fragments of the pattern file at ``path``."""
    return Sought(patterns.fragment(path, name))
