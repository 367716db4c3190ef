"""What a page says of itself: its title, who published it, when, and at which address it stands."""

from __future__ import annotations

from datetime import date
from itertools import filterfalse

import regex

from extractor.documents.model import Origin
from extractor.documents.web.sources import Page
from extractor.documents.web.tree import Element, find_expression

# The fields of <meta> by which pages state a fact, the surest first: those of the rules for the websites of Chinese
# governments (2017), then those of the Open Graph protocol.
TITLE = ("articletitle", "og:title")
PUBLISHED = ("pubdate", "publishdate", "article:published_time")
PUBLISHER = ("contentsource", "og:site_name", "sitename")
SITE = "sitename"
ADDRESS = ("url", "og:url")
# What a browser writes into a page that it saves.
SAVED = regex.compile(r"saved from url=\([0-9]{1,6}\)(\S{1,2000})")
# The name of the site stands behind the title of its page.
PARTS = regex.compile(r"(?<!\s)\s*+[_|｜]++\s*+|(?<!\s)\s++[-–—]\s++|(?<![0-9])[-–—](?![0-9—–-])")
# Under what a collection files a report, in brackets in front of its title.
FILED = regex.compile(r"^[(（【\[][^()（）【】\[\]]{1,20}[)）】\]]")
# What a report's title names, and that of a column of the site does not.
YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
# What is set behind such a mark is under a title: the occasion, the day.
DASHES = ("-", "–", "—")
# Where the markup of a saved page says from where it is.
HEAD = 4000
# The first lines of a page, among which its label of publication stands.
OPENING = 20_000

Metas = dict[str, str]


def find_origin(root: Element, page: Page) -> Origin:
    """The facts that a page states of itself; ``root`` is its tree as parsed."""
    metas = _read_metas(root)
    opening = " ".join(root.itertext())[:OPENING]
    saved = SAVED.search(page.markup[:HEAD])
    addresses = [*_look_up(metas, ADDRESS), _read_link(root), page.address, saved[1] if saved else None]
    return Origin(
        title=_find_title(root, metas),
        publisher=_find_publisher(metas, opening),
        published=_find_day(metas, opening),
        url=next(filter(_is_address, addresses), None),
    )


def _read_metas(root: Element) -> Metas:
    """The fields of a page's head by their names in lower case; those that are empty are none."""
    found: Metas = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        content = " ".join((meta.get("content") or "").split())
        if content:
            found.setdefault(name.lower(), content)
    return found


def _look_up(metas: Metas, names: tuple[str, ...]) -> list[str]:
    return [metas[name] for name in names if name in metas]


def _read_link(root: Element) -> str | None:
    """The address that a page calls its own."""
    links = (link.get("href") for link in root.iter("link") if link.get("rel", "").lower() == "canonical")
    return next(links, None)


def _is_address(address: str | None) -> bool:
    return bool(address) and str(address).lower().startswith(("http://", "https://"))


def _find_title(root: Element, metas: Metas) -> str | None:
    """The title of the article: as the page states it, its one heading of the first level, or the page's own."""
    stated = _look_up(metas, TITLE)
    if stated:
        return stated[0]
    headings = list(filter(None, map(_join, root.iter("h1"))))
    if len(headings) == 1 and not headings[0].startswith(DASHES):
        return headings[0]
    title = _cut_site(next(map(_join, root.iter("title")), ""))
    if YEAR.search(title) or _is_shown(title, root):
        return title or None
    return None


def _is_shown(title: str, root: Element) -> bool:
    """Whether the page itself shows its title: many pages are called by the name of their column."""
    bodies = ("".join("".join(body.itertext()).split()) for body in root.iter("body"))
    return "".join(title.split()) in next(bodies, "")


def _join(element: Element) -> str:
    words: str = " ".join("".join(element.itertext()).split())
    return words


def _cut_site(title: str) -> str:
    """The longest part of a page's title: the others are the names of its site and of the page's place in it.

    >>> _cut_site("某市2024年财政决算的报告_某市人民政府"), _cut_site("（某省）2021-2025年规划 - 某局")
    ('某市2024年财政决算的报告', '2021-2025年规划')
    """
    parts: list[str] = PARTS.split(title)
    return str(FILED.sub("", max(parts, key=len).strip()))


def _find_publisher(metas: Metas, opening: str) -> str | None:
    """Who published the article: its source, else the site; a site does not call itself by its name."""
    labelled = [found["source"] for found in find_expression("source").finditer(opening)]
    named = [*_look_up(metas, PUBLISHER[:1]), *labelled[:1], *_look_up(metas, PUBLISHER[1:])]
    found = next(filterfalse(find_expression("ownsite").fullmatch, named), None)
    return _complete_name(found, metas.get(SITE, "")) if found else None


def _complete_name(publisher: str, site: str) -> str:
    """The name of a publisher that leaves out its place, as sites do of their own bodies, with the place of the site.

    >>> _complete_name("市财政局", "云溪市财政局"), _complete_name("统计局", "云溪市人民政府门户网站")
    ('云溪市财政局', '云溪市统计局')
    >>> _complete_name("省统计局", "云溪市人民政府"), _complete_name("云溪日报", "云溪市人民政府")
    ('省统计局', '云溪日报')
    """
    short, place = find_expression("short").fullmatch(publisher), find_expression("site_place").search(site)
    if not (short and place) or (short["level"] or place["level"]) != place["level"]:
        return publisher
    return f"{place['place']}{short['body']}"


def _find_day(metas: Metas, opening: str) -> str | None:
    """The ISO day of publication, which a field of the page or a label on it states."""
    stated = (find_expression("day").search(field) for field in _look_up(metas, PUBLISHED))
    days = (_write_day(found) for found in (*stated, find_expression("published").search(opening)))
    return next(filter(None, days), None)


def _write_day(found: regex.Match[str] | None) -> str | None:
    """A day in ISO form; None for one that no calendar has."""
    if not found:
        return None
    try:
        return date(*map(int, found.group("year", "month", "day"))).isoformat()
    except ValueError:
        return None
