"""Roles: whether a number happened, is wanted, or is what a budget allows."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.sentences import Mention
from extractor.model import Dimension, Role


class RolePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that give a number its role, where they stand, and the words beside them that take it back."""

    role: Role
    place: Literal["heading", "before", "clause", "title"]
    text: str
    unless: str = ""
    dimensions: tuple[Dimension, ...] = ()


@cache
def compiled() -> tuple[tuple[str, RolePattern, regex.Pattern[str], regex.Pattern[str] | None], ...]:
    """Every role pattern with its expressions."""
    names = patterns.lexicon("claims/roles")
    return tuple(
        (key, entry, patterns.compiled(key, entry.text, names), patterns.compiled(key, entry.unless, names) if entry.unless else None)
        for key, entry in patterns.load("claims/roles", RolePattern).items()
    )  # fmt: skip


def role(mention: Mention, path: tuple[str, ...], title: str | None) -> tuple[Role, str | None]:
    """The role of a mention and the pattern that gave it; ``path`` are the headings above it, outermost first.

    The patterns are asked in the order written; what none of them claims has happened.
    """
    for key, entry, text, unless in compiled():
        if entry.dimensions and mention.quantity.dimension not in entry.dimensions:
            continue
        if any(_fires(words, text, unless) for words in _places(mention, path, title, text, unless)[entry.place]):
            return entry.role, key
    return "actual", None


def _places(
    mention: Mention, path: tuple[str, ...], title: str | None, text: regex.Pattern[str], unless: regex.Pattern[str] | None
) -> dict[str, tuple[str, ...]]:
    """The texts in which each kind of place looks."""
    paragraph, quantity = mention.sentence.block.paragraph.text, mention.quantity
    deciding = (heading for heading in reversed(path) if text.search(heading) or (unless and unless.search(heading)))
    return {
        "heading": tuple(islice(deciding, 1)),
        "before": (paragraph[max(mention.sentence.start, quantity.start - 60) : quantity.start],),
        "clause": (paragraph[mention.clause : quantity.start],),
        "title": (title,) if title else (),
    }


def _fires(words: str, text: regex.Pattern[str], unless: regex.Pattern[str] | None) -> bool:
    """Whether the last match of ``text`` stands, with nothing behind it that takes it back."""
    found = None
    for found in text.finditer(words):
        pass
    if not found:
        return False
    return not unless or not unless.search(words, max(0, found.start() - 4))
