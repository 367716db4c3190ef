"""What a document is: whose report, of which year. Read from its cover, its title, its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache, partial
from itertools import takewhile
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns
from extractor.quantities import numerals

# A report names its own year on its first pages.
OPENING = 20_000
KINDS = "report_kinds"
# The characters of a cover and what follows it, and of a line of it that may be the title.
COVER = 600
LINE = 60


Stage = Literal["budget", "accounts", "plan"]


class Facts(Struct, frozen=True):
    """Title, entity, year and the ISO day of publication, each None where the document does not tell.

    ``kind`` is the kind of report, ``stage`` what its amounts are, ``place`` the administrative region and ``parent``
    the department that a unit belongs to.
    """

    title: str | None
    entity: str | None
    year: int | None
    published: str | None
    kind: str | None = None
    stage: Stage | None = None
    place: str | None = None
    parent: str | None = None


class KindPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of report, and what a title has that names it; ``area``: whether its numbers are of a whole area."""

    kind: str
    title: str
    area: bool = False
    stage: Stage | None = None
    year: Literal["first", "last"] = "first"


_expression = partial(patterns.fragment, "facts")
"""One of the fragments of ``patterns/facts.toml``."""


def find_facts(title: str | None, text: str, headings: Iterable[str] = (), publisher: str | None = None) -> Facts:
    r"""The facts of a document with this title, text and headings; ``publisher`` is what a page says of itself.

    >>> facts = find_facts("2026年河南省政府工作报告", "")
    >>> facts.entity, facts.year, facts.kind, facts.place
    ('河南省', 2026, '政府工作报告', '河南省')
    >>> unit = find_facts("2026年单位预算", "预算主管部门：柳河区司法局\n预算单位：柳河区法律援助中心")
    >>> unit.entity, unit.parent, unit.stage
    ('柳河区法律援助中心', '柳河区司法局', 'budget')
    """
    cover = text[:COVER]
    name = _expression("masthead").sub("", title) if title else _find_line(cover)
    department = _find_name("department", cover)
    entity = _find_entity(name, cover, headings) or publisher
    kind = _find_kind(name)
    year = _find_year(name, kind.year if kind else "first") or _find_usual_year(text[:OPENING])
    published = _find_publication(cover)
    return Facts(
        title=title and (_expression("newspaper").sub("", title) or title),
        entity=entity,
        year=year or (int(published[:4]) if published else None),
        published=published,
        kind=kind.kind if kind else None,
        stage=kind.stage if kind else None,
        place=next(filter(None, map(_find_place, (entity or "", name, publisher or ""))), None),
        parent=department if department != entity else None,
    )


def list_area_kinds() -> list[str]:
    """The kinds of reports whose numbers are of an area, whichever body gives them."""
    return [entry.kind for entry in patterns.load(KINDS, KindPattern).values() if entry.area]


def _find_line(cover: str) -> str:
    r"""The first line of a cover that names a kind of report and a year, above the contents; empty without one.

    >>> _find_line("大会文件（二）\n云岭市2025年预算执行情况\n目 录"), _find_line("目 录\n一、2025年预算执行情况")
    ('云岭市2025年预算执行情况', '')
    """
    lines = (line.strip() for line in _expression("contents").split(cover, maxsplit=1)[0].splitlines())
    return next(filter(_is_titular, lines), "")


def _is_titular(line: str) -> bool:
    """Whether a line is short, no sentence or row of a table, and names a kind of report and a year."""
    is_title = len(line) <= LINE and not _expression("spoken").search(line)
    return is_title and _find_kind(line) is not None and _find_year(line) is not None


def _find_kind(title: str) -> KindPattern | None:
    """The first kind of report that a title names."""
    return next((kind for kind, expression in _compile_kinds() if expression.search(title)), None)


@cache
def _compile_kinds() -> tuple[tuple[KindPattern, regex.Pattern[str]], ...]:
    """The kinds of reports in the order written, each with its expression."""
    names, entries = patterns.lexicon(KINDS), patterns.load(KINDS, KindPattern).items()
    return tuple((entry, patterns.compiled(key, entry.title, names)) for key, entry in entries)


def _find_place(name: str) -> str | None:
    """The administrative region that a name begins with.

    >>> _find_place("平潭综合实验区财政金融局"), _find_place("云岭县教育局"), _find_place("松风药业")
    ('平潭综合实验区', '云岭县', None)
    """
    found = _expression("place").search(name)
    return str(found["place"]) if found else None


def _find_entity(title: str, cover: str, headings: Iterable[str]) -> str | None:
    r"""The organisation or place that the cover labels as the issuer, the title or a line above it names, or a heading.

    >>> _find_entity("2024年度部门决算", "云溪市柳林街道办事处\n2024年度部门决算\n目录", ())
    '云溪市柳林街道办事处'
    >>> _find_entity("2020年云溪县人民政府工作报告", "", ())
    '云溪县人民政府'
    >>> _find_entity("", "云溪市统计局\n2026年5月\n2025年，全市上下奋力拼搏，经济稳中有进。", ())
    '云溪市统计局'
    """
    above = cover[: max(0, cover.find(title))] if title else _find_head(cover)
    titled = {"company": (title,), "entity": (title,), "above": (above,), "heading": headings}
    places: dict[str, Iterable[str]] = {"issuer": (cover,), "department": (cover,), **titled}
    named = (_find_name(name, text) for name, texts in places.items() for text in texts)
    return next(filter(None, named), None)


def _find_head(cover: str) -> str:
    """The lines of a cover without a title that stand above its first sentence."""
    return "\n".join(takewhile(lambda line: not _expression("spoken").search(line), cover.splitlines()))


def _find_name(name: str, text: str) -> str | None:
    """The entity that the fragment ``name`` finds in a text; none where a form leaves the name open.

    >>> _find_name("entity", "云岭市财政局2024年度部门决算"), _find_name("entity", "云岭市XX局2024年度部门决算")
    ('云岭市财政局', None)
    """
    found = _expression(name).search(text)
    if not found or _expression("blank").search(found["entity"]):
        return None
    return str(found["entity"]).strip()


def _find_publication(cover: str) -> str | None:
    """The day of publication that the first lines name.

    >>> _find_publication("发布时间: 2022-10-31 13:15"), _find_publication("——2026年1月26日在代表大会上")
    ('2022-10-31', '2026-01-26')
    >>> _find_publication("2018-03-06 11:21 某报"), _find_publication("到期日 2018-03-06 兑付")
    ('2018-03-06', None)
    """
    found = _expression("published").search(cover)
    return _write_day(found) if found else None


def read_day(text: str) -> str | None:
    """A day by itself in ISO's form; None for what is none, or could be two.

    >>> read_day("2024年3月1日"), read_day("2024/03/01 00:00"), read_day("20240301")
    ('2024-03-01', '2024-03-01', '2024-03-01')
    >>> read_day("2024111"), read_day("2024-02-30"), read_day("March")
    (None, None, None)
    """
    found = _expression("day").fullmatch(text.strip())
    return _write_day(found) if found else None


def _write_day(found: regex.Match[str]) -> str | None:
    """A day in ISO's form; None for one that no calendar has."""
    try:
        return date(*map(int, found.group("year", "month", "day"))).isoformat()
    except ValueError:
        return None


def _find_year(text: str, which: Literal["first", "last"] = "first") -> int | None:
    """The first year that a text names, or the last one."""
    years = _expression("year").findall(text)
    return _read_year(years[0 if which == "first" else -1]) if years else None


def _find_usual_year(text: str) -> int | None:
    """The year that the text names most often, the earlier mention first; a span counts as its last one.

    >>> _find_usual_year("（2013年—2017年）五年共3万件，2017年收案7千件，比2013年多2千件，2013年……")
    2017
    """
    years = Counter(match["year"] for match in _expression("told_year").finditer(text))
    if not years:
        return None
    ((usual, _),) = years.most_common(1)
    return _read_year(usual)


def _read_year(text: str) -> int:
    """A year in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    return int(numerals.chinese(text))
