"""The element of a page that holds its article, and nothing of what stands around it."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from urllib.parse import urlsplit

from msgspec import Struct

from extractor.documents.web.furniture import is_about_page
from extractor.documents.web.tables import TABLE, Sizes, holds_data, measure_tables
from extractor.documents.web.tree import DATE, DIGIT, NUMBER, Element, drop, find_body, find_expression

# What the library finds is taken if it has this share of the page's numbers; else the element around it that has.
WHOLE = 0.85
# The library's time grows with the depth of a page, and with the square of what stands side by side in it; no page that
# is one is deeper or wider.
DEEPEST, WIDEST = 80, 5_000
# What is called a navigation has less of a page's numbers than this, or it is the article under a wrong name.
MOST_ASIDE = 0.2
# A list of links has at least so many, which make up so much of its text.
FEWEST_LINKS = 3
LINKED = 0.7
# With fewer numbers than this a page is weighed by its characters.
FEWEST_NUMBERS = 10
# An article has this share of a page that shows several.
FEWEST_OF_SEVERAL = 0.15
MARK = "data-element"
# What else the library reads of an element; the rest is most of some pages, and is not parsed again.
READ = frozenset(("class", "id", "itemprop", "src", "type"))

Weights = dict[Element, int]


class Links(Struct, frozen=True):
    """Of an element: how many links to other pages it holds, and how many characters they and all of it have."""

    links: int
    linked: int
    whole: int


class Article(Struct, frozen=True):
    """The element that holds the article, the body of its page, and how many articles the page seems to hold."""

    element: Element
    body: Element
    articles: int


def find_article(root: Element) -> Article:
    """The article of a page; what is not shown, navigations and lists of links are taken out of the tree."""
    body, count_numbers = find_body(root), cache(_count_numbers)
    weights = _weigh(body, count_numbers)
    drop(element for element in body.iterdescendants() if _is_aside(element, weights[element], weights[body]))
    weights = _weigh(body, count_numbers)
    element = _propose(body)
    while weights[element] < WHOLE * weights[body] and element is not body:
        element = element.getparent()
    element = _leave_tables(element)
    drop(_find_link_lists(body))
    return Article(element, body, _count_articles(element, weights))


def _propose(body: Element) -> Element:
    """The element that holds all that the library takes for the article; the body where it finds none."""
    if _measure_depth(body) > DEEPEST or max(map(len, body.iter())) > WIDEST:
        return body
    from lxml import html
    from readability import Document

    # What it cannot read is no concern of the reader's: the body is taken then.
    logging.getLogger("readability").addHandler(logging.NullHandler())
    elements = list(body.iter())
    marked = copy.deepcopy(body)
    for at, element in enumerate(marked.iter()):
        for name in frozenset(element.keys()) - READ:
            del element.attrib[name]
        element.set(MARK, str(at))
    try:
        summary = html.fromstring(Document(html.tostring(marked, encoding="unicode")).summary(html_partial=True))
    except (ValueError, TypeError, html.etree.ParserError):
        return body
    found = [elements[int(at)] for at in summary.xpath(f"//@{MARK}")]
    return _find_common(found[0], found[-1]) if found else body


def _measure_depth(body: Element) -> int:
    """How deep the elements of a page are nested."""
    depths: dict[Element, int] = {}
    for element in body.iter():
        depths[element] = depths.get(element.getparent(), 0) + 1
    return max(depths.values())


def _leave_tables(element: Element) -> Element:
    """The element, or that around the outermost table of data that it is or that it stands in."""
    around = [table for table in (element, *element.iterancestors()) if table.tag == TABLE]
    sizes = measure_tables(around[-1]) if around else Sizes()
    found = [table for table in around if holds_data(table, sizes)]
    return found[-1].getparent() if found else element


def _find_common(one: Element, two: Element) -> Element:
    """The innermost element around two others."""
    around = {one, *one.iterancestors()}
    return next(element for element in (two, *two.iterancestors()) if element in around)


# ── what an element weighs ───────────────────────────────────────────────────────────────────────────────


def _weigh(body: Element, count_numbers: Callable[[str], int]) -> Weights:
    """For every element how many numbers stand in it beside links and dates; characters where there are few."""
    numbers = _sum_up(body, count_numbers)
    return numbers if numbers[body] >= FEWEST_NUMBERS else _sum_up(body, _count_characters)


def _sum_up(body: Element, count: Callable[[str], int]) -> Weights:
    """For every element the sum of ``count`` over the texts in it that no link to another page holds."""
    weights: Weights = {}
    for element in reversed(list(body.iter())):
        texts = filter(None, (element.text, *(child.tail for child in element)))
        weight = sum(map(count, texts)) + sum(map(weights.__getitem__, element))
        weights[element] = 0 if _is_foreign_link(element) else weight
    return weights


def _count_numbers(text: str) -> int:
    if not DIGIT.search(text):
        return 0
    count = len(NUMBER.findall(DATE.sub("", text)))
    return 0 if count and is_about_page(text.strip()) else count


def _count_characters(text: str) -> int:
    return 0 if is_about_page(text.strip()) else _measure(text)


# ── what stands around an article ────────────────────────────────────────────────────────────────────────

ASIDE = ("nav", "footer", "aside")
LISTS = ("ul", "ol", "dl", "div", "td", "p", "table", "section")


def _is_aside(element: Element, weight: int, whole: int) -> bool:
    """Whether an element is a navigation, a footer or the like, by its tag or its name."""
    if weight > MOST_ASIDE * whole:
        return False
    return element.tag in ASIDE or _is_named_aside(f"{element.get('class', '')} {element.get('id', '')}")


@cache
def _is_named_aside(names: str) -> bool:
    return find_expression("aside").search(names) is not None


def _find_link_lists(body: Element) -> list[Element]:
    """The elements that hold little but links to other pages."""
    links: dict[Element, Links] = {}
    for element in reversed(list(body.iter())):
        texts = filter(None, (element.text, *(child.tail for child in element)))
        own = [links[child] for child in element]
        whole = sum(map(_measure, texts)) + sum([one.whole for one in own])
        if _is_foreign_link(element):
            links[element] = Links(1, whole, whole)
        else:
            links[element] = Links(sum([one.links for one in own]), sum([one.linked for one in own]), whole)
    return [element for element, found in links.items() if _is_link_list(found) and element.tag in LISTS]


def _measure(text: str) -> int:
    """How many characters a text prints."""
    return len("".join(text.split()))


def _is_link_list(links: Links) -> bool:
    return links.links >= FEWEST_LINKS and links.linked > LINKED * links.whole


def _is_foreign_link(element: Element) -> bool:
    """Whether an element is a link to another page; one within the page, or to a file, belongs to an article."""
    if element.tag != "a":
        return False
    address = element.get("href", "#").strip()
    return not address.startswith("#") and not is_file(address)


def is_file(address: str) -> bool:
    """Whether an address is that of a file to be downloaded, by its ending.

    >>> is_file("./P0202.xlsx?v=1"), is_file("index.html")
    (True, False)
    """
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    return find_expression("file").search(path) is not None


# ── several articles ─────────────────────────────────────────────────────────────────────────────────────


def _count_articles(element: Element, weights: Weights) -> int:
    """How many elements that are called articles, none within another, hold much of the page each."""
    least = FEWEST_OF_SEVERAL * weights[element]
    outer = (one for one in element.iterdescendants("article") if element in _find_around(one))
    return max(1, sum(weights[one] > least for one in outer))


def _find_around(article: Element) -> Iterator[Element]:
    """The elements around an article, up to the next one that is called so too."""
    return takewhile(lambda element: element.tag != "article", article.iterancestors())
