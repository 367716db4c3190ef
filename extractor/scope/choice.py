"""Which of the facets that a text names are those of one number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from msgspec import Struct

from extractor.model import Facet, FacetOrigin, Role, Scope
from extractor.scope.facets import FACETS, TEXTS, FacetName, Found, list_bodies, read_label

# What a heading says of all numbers below it; stages and measures are each clause's own.
OF_HEADINGS = ("level", "fund", "account", "side", "place", "owner")
OF_TITLES = ("level", "fund")


class Stretch(Struct, frozen=True):
    """The facets of some words that may govern a number, and where these words stand.

    ``whole`` says that all of them may be meant; else only those that go on behind their clause.
    """

    origin: FacetOrigin
    found: Sequence[Found]
    whole: bool = True


def choose_scope(stretches: Iterable[Stretch]) -> Scope:
    """The scope of a number: of each facet the last value that the nearest of the stretches names.

    >>> from extractor.scope.facets import find_facets
    >>> clause = Stretch("clause", find_facets("税收收入"))
    >>> heading = Stretch("heading", find_facets("全市一般公共预算收支"), whole=False)
    >>> scope = choose_scope([clause, heading])
    >>> scope.side.value, scope.fund.value, scope.fund.origin, scope.stage
    ('收入', '一般公共预算', 'heading', None)
    """
    chosen: dict[FacetName, Facet] = {}
    for stretch in stretches:
        named = {one.facet: one.value for one in stretch.found if stretch.whole or one.carries}
        for facet, value in named.items():
            chosen.setdefault(facet, Facet(value, stretch.origin))
        if len(chosen) == len(FACETS):
            break
    return Scope(**chosen)


@lru_cache(TEXTS)
def read_heading(heading: str) -> Stretch:
    """What a heading says of the numbers below it."""
    return Stretch("heading", tuple(one for one in read_label(heading) if one.facet in OF_HEADINGS))


@lru_cache(TEXTS)
def read_name(name: str) -> Stretch:
    """The level of a name that was made up of words in front of a number's own clause: 开发区收入9亿元，支出8亿元."""
    return Stretch("sentence", tuple(one for one in read_label(name) if one.facet == "level"))


@lru_cache(TEXTS)
def read_title(title: str) -> Stretch:
    """What the document's title says of all its numbers; its place and owner are the document's own."""
    found = (one for one in read_label(title) if one.facet in OF_TITLES and one.value not in list_bodies())
    return Stretch("title", tuple(found), whole=False)


@lru_cache(TEXTS)
def read_headings(path: tuple[str, ...], title: str) -> Scope:
    """The facets of all numbers below some headings, the outermost of which stands first, in a document of a title.

    >>> scope = read_headings(("全市一般公共预算收支", "二、支出"), "")
    >>> scope.fund.value, scope.side.value, scope.side.origin
    ('一般公共预算', '支出', 'heading')
    """
    return choose_scope([*map(read_heading, reversed(path)), read_title(title)])


def fits_role(found: Found, role: Role) -> bool:
    """Whether a facet may be that of a number of this role; stages alone speak of one."""
    return found.role in (None, role)


def fill_scope(scope: Scope, other: Scope, origin: FacetOrigin | None = None) -> Scope:
    """A scope with the facets that it lacks taken from another; ``origin`` is where those are then said to stand.

    >>> own = Scope(side=Facet("收入", "clause"))
    >>> fill_scope(own, Scope(level=Facet("全市", "clause"), side=Facet("支出", "clause")), "sentence").level
    Facet(value='全市', origin='sentence')
    """
    lacking = {name: found for name in FACETS if not getattr(scope, name) and (found := getattr(other, name))}
    if origin:
        lacking = {name: Facet(found.value, origin) for name, found in lacking.items()}
    return msgspec.structs.replace(scope, **lacking) if lacking else scope
