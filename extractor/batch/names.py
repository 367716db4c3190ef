"""Names of bodies, taken apart: the places in front, the body itself, and what kind and level that is."""

from __future__ import annotations

import unicodedata
from functools import cache, partial
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns

NAMES, KINDS, SHORT = "entities/names", "entities/kinds", "entities/short_names"
Level = Literal["national", "province", "city", "county", "town"]
SLOTS: tuple[Level, ...] = ("province", "city", "county", "town")
"""The places of a name, from the widest."""
PARTY = "party"
"""The kind of what calls itself of the party."""
SPACE = regex.compile(r"\s+")

Places = tuple[str, str, str, str]
"""A place for each slot, empty where the name has none."""


class KindPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of body, and what names of it end with."""

    kind: str
    ending: str


class ShortName(Struct, frozen=True, forbid_unknown_fields=True):
    """The short name of a body, and its full one."""

    short: str
    full: str


class Name(Struct, frozen=True):
    """A name taken apart; ``itself`` says that a department is meant without the units below it."""

    places: Places
    body: str
    party: bool = False
    itself: bool = False

    @property
    def last(self) -> str:
        """The narrowest place."""
        return next(filter(None, reversed(self.places)), "")

    @property
    def place(self) -> str:
        """All places, as they stand in front of a name."""
        return "".join(self.places)

    @property
    def level(self) -> Level | None:
        """The level of the narrowest place; None where the name does not tell."""
        slot = next((slot for slot, place in zip(reversed(SLOTS), reversed(self.places), strict=True) if place), None)
        is_national = not slot and not self.party and _expression("national").search(self.body)
        return "national" if is_national else slot

    @property
    def kind(self) -> str | None:
        """The kind of body; None where no pattern knows it."""
        if self.party:
            return PARTY
        return next((kind for kind, expression in _compile_kinds() if expression.search(self.body)), None)

    @property
    def tells_place(self) -> bool:
        """Whether the name says which place is meant, among those of one name."""
        wider = len(list(filter(None, self.places))) > 1
        return wider or not (self.places[-1] or _expression("shared").search(self.last))


_expression = partial(patterns.fragment, NAMES)
"""One of the fragments of ``patterns/entities/names.toml``."""


@cache
def parse_name(written: str) -> Name:
    """A name as a report writes it, taken apart.

    >>> parse_name("淮安市洪泽区人民政府").places, parse_name("淮安市洪泽区人民政府").body
    (('', '淮安市', '洪泽区', ''), '')
    >>> parse_name("云岭县发改局（本级）")
    Name(places=('', '', '云岭县', ''), body='发展和改革局', party=False, itself=True)
    """
    name = clean_name(written)
    party = _expression("party").search(name)
    name = name[party.end() :] if party else name
    own = _expression("itself").search(name)
    name = name[: own.start()] if own else name
    found = _expression("places").search(name)
    province, city, county, town = (found.group(slot) or "" if found else "" for slot in SLOTS)
    places = province, city, county, town
    organ = found.group("organ") or "" if found else ""
    body = _spell_out(organ + name[found.end() :] if found else name)
    seat = any(places) and _expression("seat").search(body)
    return Name(places, "" if seat else body, bool(party), bool(own and body))


def clean_name(written: str) -> str:
    """A name without white space and what is said of the report in brackets.

    >>> clean_name("云岭县 教育局(汇总)"), clean_name("云岭县教育局(本级)")
    ('云岭县教育局', '云岭县教育局（本级）')
    """
    plain = SPACE.sub("", unicodedata.normalize("NFKC", written)).replace("(", "（").replace(")", "）")
    return str(_expression("aside").sub("", plain))


def is_draft(*said: str | None) -> bool:
    """Whether a title or the name of a file says that a report is not the final one.

    >>> is_draft("2024年度部门决算（征求意见稿）", None), is_draft("2024年预算草案的报告")
    (True, False)
    """
    return any(_expression("draft").search(words) for words in said if words)


def _spell_out(body: str) -> str:
    """A body under its full name."""
    return _load_short_names().get(body, body)


@cache
def _load_short_names() -> dict[str, str]:
    return {one.short: one.full for one in patterns.load(SHORT, ShortName).values()}


@cache
def _compile_kinds() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """The kinds in the order written, each with the expression of its endings."""
    entries = patterns.load(KINDS, KindPattern).items()
    return tuple((one.kind, patterns.compiled(key, f"(?:{one.ending})$", {})) for key, one in entries)
