"""What a document is: whose report, of which year. Read from its cover, its title, its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.quantities import numerals

# A report names its own year on its first pages.
OPENING = 20_000
# The characters of a cover and what follows it.
COVER = 600


class Facts(Struct, frozen=True):
    """Title, entity, year and the ISO day of publication, each None where the document does not tell."""

    title: str | None
    entity: str | None
    year: int | None
    published: str | None


_expression = partial(patterns.fragment, "facts")
"""One of the fragments of ``patterns/facts.toml``."""


def find_facts(title: str | None, text: str, headings: Iterable[str] = ()) -> Facts:
    """The facts of a document with this title, text and headings.

    >>> find_facts("2026年河南省政府工作报告", "")
    Facts(title='2026年河南省政府工作报告', entity='河南省', year=2026, published=None)
    """
    cover, name = text[:COVER], title or ""
    year = _find_year(name) or _find_usual_year(text[:OPENING])
    entity = _find_entity(name, cover, headings)
    return Facts(title, entity, year, _find_publication(cover))


def _find_entity(title: str, cover: str, headings: Iterable[str]) -> str | None:
    r"""The organisation or place that the cover labels as the issuer, the title or a line above it names, or a heading.

    >>> _find_entity("2024年度部门决算", "云溪市柳林街道办事处\n2024年度部门决算\n目录", ())
    '云溪市柳林街道办事处'
    """
    above = cover[: max(0, cover.find(title))]
    places = {"issuer": (cover,), "entity": (title,), "above": (above,), "heading": headings}
    named = (_find_name(name, text) for name, texts in places.items() for text in texts)
    return next(filter(None, named), None)


def _find_name(name: str, text: str) -> str | None:
    """The entity that the fragment ``name`` finds in a text."""
    found = _expression(name).search(text)
    if not found:
        return None
    return str(found["entity"]).strip()


def _find_publication(cover: str) -> str | None:
    """The day of publication that the first lines name.

    >>> _find_publication("发布时间: 2022-10-31 13:15"), _find_publication("——2026年1月26日在代表大会上")
    ('2022-10-31', '2026-01-26')
    """
    found = _expression("published").search(cover)
    if not found:
        return None
    year, *rest = found.group("year", "month", "day")
    return "-".join([year, *(part.zfill(2) for part in rest)])


def _find_year(text: str) -> int | None:
    """The first year that a text names."""
    found = _expression("year").search(text)
    if not found:
        return None
    return _read_year(found["year"])


def _find_usual_year(text: str) -> int | None:
    """The year that the text names most often, the earlier mention first."""
    years = Counter(match["year"] for match in _expression("year").finditer(text))
    if not years:
        return None
    ((usual, _),) = years.most_common(1)
    return _read_year(usual)


def _read_year(text: str) -> int:
    """A year in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    return int(numerals.chinese(text))
