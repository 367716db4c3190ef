"""The statement that a table is, by its title or by the labels of its columns."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.tables import lexicon

# What stands in brackets behind a title.
BRACKETS = regex.compile(r"[（(][^（()）]*[)）]$")


class Statement(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to tell a statement: ``expression`` is found in a title, or in the labels of the columns."""

    kind: str
    expression: str


class Known(Struct, frozen=True):
    """A statement and the pattern that tells it."""

    kind: str
    pattern: str
    expression: regex.Pattern[str]


@cache
def _known(file: str) -> tuple[Known, ...]:
    lists = patterns.lexicon(f"statements/{file}")
    return tuple(
        Known(entry.kind, key, patterns.compiled(key, entry.expression, lists))
        for key, entry in patterns.load(f"statements/{file}", Statement).items()
    )


def kind(title: str | None, labels: str) -> str | None:
    """The canonical name of the statement with this title and these labels, None for any other table."""
    found = told(title, labels)
    return found.kind if found else None


def told(title: str | None, labels: str) -> Known | None:
    """What tells the statement: its title, else the labels of its columns.

    >>> told("2024年度收入支出决算总表（公开01表）", "").kind
    '收入支出总表'
    """
    words = BRACKETS.sub("", lexicon.bare(title or ""))
    by_title = (known for known in _known("titles") if known.expression.search(words))
    by_labels = (known for known in _known("headers") if known.expression.search(labels))
    return next(by_title, None) or next(by_labels, None)
