"""The pattern files of headings, compiled once a process."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import regex
from msgspec import Struct

from extractor import patterns
from extractor.needed import say_first

NUMBERING = "vocabulary/numbering"
Reading = Literal["heading", "likely", "item"]


class Family(Struct, frozen=True):
    """One way to number headings and items: ``1.``, ``（一）``, ``第一部分``.

    ``note`` says that such marks number notes too, ``alone`` that they open sentences unless a line of theirs is none,
    and ``single`` that one such line is enough, in front of a body.
    ``mark``, ``form`` and ``line`` are about the marker in running text; other pattern files take them from here.
    """

    expression: str
    rank: int | None = None
    attachment: bool = False
    note: bool = False
    alone: bool = False
    single: bool = False
    mark: str | None = None
    form: Literal["open", "enclosed", "named"] | None = None
    line: Literal["opens", "item"] | None = None


class Shape(Struct, frozen=True):
    """What may stand behind a marker, at most ``limit`` characters of it, and how it is read."""

    expression: str
    reading: Reading
    limit: int


class Plain(Struct, frozen=True):
    """An expression with no more to it."""

    expression: str


class Title(Struct, frozen=True):
    """A title that recurs in the genre; a ``chapter`` stands in no other section."""

    expression: str
    chapter: bool = False


@cache
def load_families() -> dict[str, Family]:
    """The marker families by id, in the order in which they are tried."""
    return {_read_id(key): family for key, family in patterns.load(NUMBERING, Family).items()}


@cache
def load_marker() -> regex.Pattern[str]:
    """Any marker; the group named after the family holds it, the group ``number`` its ordinal."""
    lists = patterns.lexicon(NUMBERING)
    parts = (f"(?P<{id_}>{family.expression})" for id_, family in load_families().items())
    return patterns.compiled(NUMBERING, say_first(patterns.expand_once("|".join(parts), lists)))


@cache
def load_shapes() -> tuple[tuple[str, Shape, regex.Pattern[str]], ...]:
    """The shapes of numbered paragraphs by id, in the order in which they are tried."""
    loaded = patterns.load("headings/shapes", Shape)
    lists = patterns.lexicon("headings/shapes")
    found = []
    for key, shape in loaded.items():
        found.append((_read_id(key), shape, patterns.compiled(key, shape.expression, lists)))
    return tuple(found)


@cache
def load_words(path: str, name: str) -> regex.Pattern[str]:
    """Any of the words of the list ``name`` in the file ``path``."""
    return patterns.compiled(f"{path}.{name}", "{" + name + "}", patterns.lexicon(path))


@cache
def load_expression(path: str, id_: str) -> regex.Pattern[str]:
    """The expression of one pattern."""
    key = f"{path}.{id_}"
    return patterns.compiled(key, _load(path)[key].expression, patterns.lexicon(path))


@cache
def load_alternatives(path: str) -> regex.Pattern[str]:
    """Any of the expressions of a file; the group named after the pattern says which."""
    parts = (f"(?P<{_read_id(key)}>{entry.expression})" for key, entry in _load(path).items())
    return patterns.compiled(path, "|".join(parts), patterns.lexicon(path))


@cache
def load_chapters() -> frozenset[str]:
    """The ids of the known titles that stand in no other section."""
    return frozenset(_read_id(key) for key, title in patterns.load("headings/titles", Title).items() if title.chapter)


def _load(path: str) -> dict[str, Any]:
    return patterns.load(path, Title if path == "headings/titles" else Plain)


def _read_id(key: str) -> str:
    return key.rsplit(".", 1)[1]
