"""The statement that a table is, by its title or by the labels of its columns."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.kept import compile_expression
from extractor.tables import lexicon

# What stands in brackets behind a title.
BRACKETS = compile_expression(r"[（(][^（()）]*[)）]$")


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
def _load_known(file: str) -> tuple[Known, ...]:
    """The statements of ``patterns/statements/<file>`` in the order in which they are written."""
    lists = patterns.lexicon(f"statements/{file}")
    found = []
    for key, entry in patterns.load(f"statements/{file}", Statement).items():
        expression = patterns.compiled(key, entry.expression, lists)
        found.append(Known(entry.kind, key, expression))
    return tuple(found)


def name_kind(title: str | None, labels: str) -> str | None:
    """The canonical name of the statement with this title and these labels, None for any other table."""
    known = find_statement(title, labels)
    return known.kind if known else None


def find_statement(title: str | None, labels: str) -> Known | None:
    """What tells the statement: its title, else the labels of its columns.

    >>> find_statement("2024年度收入支出决算总表（公开01表）", "").kind
    '收入支出总表'
    """
    words = BRACKETS.sub("", lexicon.strip_space(title or ""))
    return _search("titles", words) or _search("headers", labels)


def _search(file: str, text: str) -> Known | None:
    """The first statement of a file whose expression is found in ``text``."""
    for known in _load_known(file):
        if known.expression.search(text):
            return known
    return None
