"""The facets that a text names, found in one pass."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, get_args

import regex
from msgspec import Struct

from extractor import patterns
from extractor.model import Role
from extractor.needed import Asked, Characters, find_first, find_needed

FacetName = Literal["level", "fund", "account", "side", "stage", "measure", "group", "place", "owner"]
Reach = Literal["whole", "part", "body"]
FACETS: tuple[FacetName, ...] = get_args(FacetName)
# So many texts are remembered: the headings, titles and labels of one document.
TEXTS = 4096
WORDS, NAMES = "scope/facets", "scope/names"
# What stands between the levels of an account in a result.
JOINT = "/"


class FacetPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name a value of a facet; the legend of the file says what the fields mean."""

    facet: FacetName
    value: str
    text: str
    carries: bool = False
    role: Role | None = None
    body: bool = False
    whole: bool = False


class NamePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """An expression whose group ``name`` is the value of a facet."""

    facet: FacetName
    text: str


class Found(Struct, frozen=True):
    """A facet that a text names at ``start``: its value, whether it goes on behind its clause, and its pattern.

    ``role`` is that of the numbers that it may be said of.
    """

    start: int
    facet: FacetName
    value: str
    carries: bool
    pattern: str
    role: Role | None = None


def find_facets(text: str) -> tuple[Found, ...]:
    """The facets that a text names, in order.

    >>> [(found.facet, found.value) for found in find_facets("全市一般公共预算收入完成52亿元")]
    [('level', '全市'), ('fund', '一般公共预算'), ('side', '收入'), ('stage', '执行')]
    >>> [found.value for found in find_facets("教育支出（类）普通教育（款）小学教育（项）") if found.facet == "account"]
    ['教育支出/普通教育/小学教育']
    """
    found = [*_find_words(text), *_find_names(text)]
    return tuple(sorted(found, key=lambda one: one.start))


@lru_cache(TEXTS)
def read_label(text: str) -> tuple[Found, ...]:
    """The facets of a short text that many numbers share: a heading, a title, a label."""
    return find_facets(text)


@cache
def list_bodies() -> frozenset[str]:
    """The values of levels that are those of a reporting body."""
    return frozenset(entry.value for entry in _load_entries().values() if entry.body)


def list_roles() -> dict[str, Role]:
    """The role of the numbers of each stage: what 年初预算 is said of was budgeted."""
    return {entry.value: entry.role for entry in _load_entries().values() if entry.role}


def list_levels() -> dict[str, Reach]:
    """What each level is of: a whole area, a part of one, or a reporting body.

    >>> levels = list_levels()
    >>> levels["全市"], levels["市级"], levels["部门"]
    ('whole', 'part', 'body')
    """
    return {entry.value: _find_reach(entry) for entry in _load_entries().values() if entry.facet == "level"}


def read_value(name: str) -> str:
    """What a result says for the facet of the pattern with this id.

    >>> read_value("cumulated")
    '累计'
    """
    return _load_entries()[name].value


def _find_reach(entry: FacetPattern) -> Reach:
    if entry.body:
        return "body"
    return "whole" if entry.whole else "part"


def _find_words(text: str) -> list[Found]:
    entries, found, behind = _load_entries(), [], 0
    for place in _compile_beginnings().finditer(text):
        match = _compile_words(place[0]).match(text, place.start()) if place.start() >= behind else None
        if match:
            key, behind = str(match.lastgroup), match.end()
            entry = entries[key]
            found.append(Found(match.start(), entry.facet, entry.value, entry.carries, f"{WORDS}.{key}", entry.role))
    return found


def _find_names(text: str) -> list[Found]:
    found = []
    for key, facet, expression in _load_names().list_possible(text):
        for match in expression.finditer(text):
            found.append(Found(match.start("name"), facet, _write_name(facet, match["name"]), True, key))
    return found


def _write_name(facet: FacetName, name: str) -> str:
    """A name as the result says it: the levels of an account without their marks."""
    if facet != "account":
        return name.strip()
    parts = _compile_levels().split(name)
    return JOINT.join(part.strip("“”（）() ") for part in parts if part.strip("“”（）() "))


@cache
def _load_entries() -> dict[str, FacetPattern]:
    """The patterns of words by their ids."""
    return {key.rpartition(".")[2]: entry for key, entry in patterns.load(WORDS, FacetPattern).items()}


@cache
def _list_beginnings() -> dict[str, Characters]:
    """The characters that the words of each pattern begin with."""
    names = patterns.lexicon(WORDS)
    found = {key: find_first(patterns.expand_once(entry.text, names)) for key, entry in _load_entries().items()}
    for key, first in found.items():
        if not first:
            raise patterns.PatternError("first-letter", place=f"{WORDS}.{key}")
    return found


@cache
def _compile_beginnings() -> regex.Pattern[str]:
    """A character that any of the words begins with: one in eight of a text."""
    characters = sorted(frozenset().union(*_list_beginnings().values()))
    return regex.compile(f"[{''.join(map(regex.escape, characters))}]")


@cache
def _compile_words(first: str) -> regex.Pattern[str]:
    """Any of the words with this first character, in the order written; the group named after the pattern says which.

    All of them in one expression are tried four times as long.
    """
    names, beginnings = patterns.lexicon(WORDS), _list_beginnings()
    parts = (f"(?P<{key}>{entry.text})" for key, entry in _load_entries().items() if first in beginnings[key])
    return patterns.compiled(WORDS, "|".join(parts), names)


@cache
def _load_names() -> Asked[tuple[str, FacetName, regex.Pattern[str]]]:
    """The expressions of names with their patterns' full names, by what they need."""
    names, loaded = patterns.lexicon(NAMES), patterns.load(NAMES, NamePattern)
    compiled = ((key, entry.facet, patterns.compiled(key, entry.text, names)) for key, entry in loaded.items())
    return Asked((one, find_needed(one[2].pattern)) for one in compiled)


@cache
def _compile_levels() -> regex.Pattern[str]:
    """What stands between the levels of an account, and behind the last."""
    return patterns.fragment(NAMES, "levels")
