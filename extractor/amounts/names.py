"""Whether two claims are of one thing, by what they measure: 收入 and 收入总计 of one paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import regex
from msgspec import UNSET, Struct, UnsetType

from extractor import patterns
from extractor.kept import compile_expression
from extractor.model import Claim, Scope
from extractor.scope import JOINT, list_bodies

# A name of fewer characters says too little to stand for a longer one: 数, 额.
SHORTEST = 2
# One that leaves characters of another out has so many.
CUT = 4
# So many scopes are remembered: cells of one label share theirs.
SCOPES = 4096
# A name in brackets behind the same thing.
AGAIN = compile_expression(r"(\p{Han}{3,16}|[A-Z]{3,8})[（(]\1[)）]")
# In these those are counted who may own something.
COUNTED = ("count", "household", "person")
# The metrics of the accounts of one body.
ACCOUNTS = ("fiscal.", "assets.")


@cache
def _compile_aside() -> regex.Pattern[str]:
    """What a metric may carry beside the thing itself: 决算数, 预算数, quotes."""
    return patterns.compiled("amounts/names.aside", "{aside}", patterns.lexicon("amounts/names"))


@cache
def normalize_name(metric: str) -> str:
    """A metric as it is compared.

    >>> normalize_name("“三公”经费财政拨款支出决算"), normalize_name("固定资产投资"), normalize_name("生产总值（GDP）")
    ('三公经费财政拨款支出', '固定资产投资', '生产总值')
    """
    bare = str(_compile_aside().sub("", metric))
    for one, other in _load_synonyms().items():
        bare = bare.replace(one, other)
    return str(AGAIN.sub(r"\1", bare))


class Synonym(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of one thing, and the one that is compared."""

    words: list[str]
    means: str


@cache
def _compile_planning() -> regex.Pattern[str]:
    return patterns.compiled("amounts/names.planning", "{planning}", patterns.lexicon("amounts/names"))


@cache
def _compile_number_of() -> regex.Pattern[str]:
    """What says of those who are counted only how many there are."""
    return patterns.compiled("amounts/names.number_of", "{number_of}", patterns.lexicon("amounts/names"))


@cache
def sort_letters(metric: str) -> str:
    """A metric's characters in a fixed order, without words of planning and doing.

    >>> sort_letters("公厕计划新建") == sort_letters("新建公厕")
    True
    """
    return "".join(sorted(_compile_planning().sub("", normalize_name(metric))))


@cache
def _load_synonyms() -> dict[str, str]:
    """Per name the one that is compared, in the order written."""
    entries = patterns.load("amounts/synonyms", Synonym).values()
    found: dict[str, str] = {}
    for entry in entries:
        found |= dict.fromkeys(entry.words, entry.means)
    return found


def read_account(claim: Claim) -> str | None:
    """The id of a level that the accounts of one body tell; other metrics are of as many bodies as a text names."""
    if claim.kind != "level" or not claim.metric_id:
        return None
    return claim.metric_id if claim.metric_id.startswith(ACCOUNTS) else None


# The facets of which two values are of two things; the others say what was counted, or at which stage.
IDENTITY = ("level", "fund", "account", "group", "place", "owner")
BODY = "body"
Facets = frozenset[tuple[str, str]]


@lru_cache(SCOPES)
def read_facets(scope: Scope | UnsetType) -> Facets:
    """The facets of a scope that make a number another thing, with their values."""
    if scope is UNSET:
        return frozenset()
    known = ((facet, getattr(scope, facet)) for facet in IDENTITY)
    return frozenset((_name_facet(facet, found.value), found.value) for facet, found in known if found)


def _name_facet(facet: str, value: str) -> str:
    """The facet of a value; levels of a body are none against which levels of an area speak."""
    return BODY if value in list_bodies() else facet


def find_scope(claim: Claim) -> Facets:
    """Whose figures a claim tells, as far as its words and what governs them say."""
    return read_facets(claim.scope)


def is_disjoint(one: Facets, two: Facets) -> bool:
    """Whether two numbers are of different things: a facet of both has another value in each.

    >>> is_disjoint(frozenset({("level", "全市")}), frozenset({("level", "市级"), ("fund", "政府性基金")}))
    True
    >>> is_disjoint(frozenset({("level", "全市")}), frozenset({("fund", "政府性基金")}))
    False
    """
    known = dict(two)
    return any(_differs(known.get(facet, value), value) for facet, value in one)


def _differs(one: str, two: str) -> bool:
    """Whether two values of a facet are of two things; the last levels of an account may stand alone.

    >>> _differs("教育支出/普通教育/小学教育", "小学教育"), _differs("小学教育", "初中教育")
    (False, True)
    """
    if one == two:
        return False
    short, long = sorted((one, two), key=len)
    return not long.endswith(JOINT + short)


def measure_likeness(one: Claim, two: Claim) -> int:
    """How many characters say that two claims measure the same; 0 where they do not.

    The shorter name must be the longer one's beginning or end. How many there are of some that own something is of
    another thing than what they own: 企业126家，增加值增长6.8%.
    """
    if _counts_owner(one, two) or _counts_owner(two, one):
        return 0
    return _compare_names(normalize_name(one.metric or ""), normalize_name(two.metric or ""))


def _counts_owner(one: Claim, two: Claim) -> bool:
    """Whether a claim counts those of whose own another one tells."""
    owner, name = one.metric or "", two.metric or ""
    if one.dimension not in COUNTED or not owner or owner == name or not name.startswith(owner):
        return False
    return _compile_number_of().fullmatch(name, len(owner)) is None


def is_of_one_name(change: Claim, level: Claim) -> bool:
    """Whether a change has the name of what changed: that of a share in full where the share has its part's alone."""
    if change.metric == level.metric:
        return True
    return level.kind == "share" and measure_likeness(change, level) > 0


def _compare_names(one: str, two: str) -> int:
    """The likeness of two names as they are compared; one more for names that are the same.

    >>> _compare_names("公路里程", "公路里程"), _compare_names("里程", "公路里程"), _compare_names("路", "公路")
    (5, 2, 0)
    """
    short, long = sorted((one, two), key=len)
    if len(short) < SHORTEST:
        return 0
    if short == long:
        return len(short) + 1
    return len(short) if long.startswith(short) or long.endswith(short) else 0


def is_cut_of(one: str, two: str) -> bool:
    """Whether two names begin and end alike and one has all characters of the other, in its order.

    >>> is_cut_of("城镇常住人口", "城镇人口"), is_cut_of("城镇人口", "农村人口"), is_cut_of("人口", "人口")
    (True, False, False)
    """
    short, long = sorted((normalize_name(one), normalize_name(two)), key=len)
    if len(short) < CUT or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def find_nearest(claim: Claim, candidates: Iterable[Claim]) -> Claim | None:
    """The candidate most like a claim; of equals the last one; None where none is like it."""
    likest, found = 0, None
    for other in candidates:
        likeness = measure_likeness(claim, other)
        if likeness and likeness >= likest:
            likest, found = likeness, other
    return found
