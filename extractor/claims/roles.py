"""Roles: whether a number happened, is wanted, or is what a budget allows."""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.sentences import Mention
from extractor.model import Dimension, Role


class RolePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that give a number its role, where they stand, and the words beside them that take it back."""

    role: Role
    place: Literal["column", "heading", "before", "clause", "title"]
    text: str
    unless: str = ""
    document: str = ""
    dimensions: tuple[Dimension, ...] = ()


class Compiled(Struct, frozen=True):
    """A role pattern with its expressions; ``unless`` is None where nothing takes it back."""

    key: str
    entry: RolePattern
    text: regex.Pattern[str]
    unless: regex.Pattern[str] | None
    document: regex.Pattern[str] | None


# How far in front of a number, in characters, words may still give it its role.
REACH = 200
# Words that take a role back may begin this many characters before those that give it (完成预算).
BESIDE = 4


@cache
def compiled() -> tuple[Compiled, ...]:
    """Every role pattern, in the order written."""
    names = patterns.lexicon("claims/roles")
    return tuple(
        Compiled(
            key,
            entry,
            patterns.compiled(key, entry.text, names),
            patterns.compiled(key, entry.unless, names) if entry.unless else None,
            patterns.compiled(key, entry.document, names) if entry.document else None,
        )
        for key, entry in patterns.load("claims/roles", RolePattern).items()
    )


def role(
    mention: Mention, path: tuple[str, ...], title: str | None, past: bool, year: int | None, label: str = ""
) -> tuple[Role, str | None]:
    """The role of a mention and the pattern that gave it; ``path`` are the headings above it, outermost first.

    ``label`` heads the column of a mention in a table, or its row where no column has a head.

    The patterns are asked in the order written; what none of them claims has happened. A heading says nothing of a
    number whose period is ``past``, nor a year that is not behind the document's own ``year``.
    """
    for pattern in compiled():
        dimensions = pattern.entry.dimensions
        if dimensions and mention.quantity.dimension not in dimensions:
            continue
        if past and pattern.entry.place == "heading":
            continue
        if pattern.document and not pattern.document.search(title or ""):
            continue
        if _fires(pattern, _words(pattern, mention, path, title, label), year):
            return pattern.entry.role, pattern.key
    return "actual", None


def _words(pattern: Compiled, mention: Mention, path: tuple[str, ...], title: str | None, label: str) -> str:
    """The text in which a pattern looks."""
    if pattern.entry.place in ("title", "column"):
        return label if pattern.entry.place == "column" else title or ""
    if pattern.entry.place == "heading":
        return next((heading for heading in reversed(path) if _decides(pattern, heading)), "")
    clause = pattern.entry.place == "clause"
    start = mention.clause if clause else max(mention.sentence.start, mention.quantity.start - REACH)
    return mention.sentence.block.paragraph.text[start : mention.quantity.start]


def _decides(pattern: Compiled, heading: str) -> bool:
    """Whether a heading settles the role, one way or the other."""
    return bool(pattern.text.search(heading) or (pattern.unless and pattern.unless.search(heading)))


def _fires(pattern: Compiled, words: str, year: int | None) -> bool:
    """Whether the last match of the pattern stands, with nothing at or behind it that takes it back."""
    starts = [match.start() for match in pattern.text.finditer(words) if not _behind(match, year)]
    if not starts:
        return False
    return not pattern.unless or not pattern.unless.search(words, max(0, starts[-1] - BESIDE))


def _behind(match: regex.Match[str], year: int | None) -> bool:
    """Whether a match names a year that the document already looks back on."""
    named = match.groupdict().get("year")
    return bool(named and year and int(named) < year)
