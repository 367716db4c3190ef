"""What a document is: whose report, of which year. Read from its title, else from how often its text names a year."""

from __future__ import annotations

from collections import Counter
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.quantities import numerals

# A report names its own year on its first pages.
OPENING = 20_000


class Facts(Struct, frozen=True):
    """Title, entity and year, each None where the document does not tell."""

    title: str | None
    entity: str | None
    year: int | None


@cache
def _expression(name: str) -> regex.Pattern[str]:
    """One of the fragments of ``patterns/facts.toml``."""
    names = patterns.lexicon("facts")
    return patterns.compiled(f"facts.{name}", "{" + name + "}", names)


def facts(title: str | None, text: str) -> Facts:
    """The facts of a document with this title and text.

    >>> facts("2026年河南省政府工作报告", "")
    Facts(title='2026年河南省政府工作报告', entity='河南省', year=2026)
    """
    named = _expression("year").search(title or "")
    return Facts(title, _entity(title), _year(named["year"]) if named else _usual_year(text[:OPENING]))


def _entity(title: str | None) -> str | None:
    """The organisation or place that the title names in front of or behind the year."""
    found = _expression("entity").search(title or "")
    return found["entity"].strip() or None if found else None


def _usual_year(text: str) -> int | None:
    """The year that the text names most often, the earlier mention first."""
    years = Counter(match["year"] for match in _expression("year").finditer(text))
    return _year(years.most_common(1)[0][0]) if years else None


def _year(text: str) -> int:
    """A year in digits or Chinese numerals."""
    return int(text) if text.isdecimal() else int(numerals.chinese(text))
