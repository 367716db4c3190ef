"""What things are called in a report of the Open Information Model: namespaces, names, units."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from extractor import patterns

PREFIX = "claims"
NAMESPACES = {
    PREFIX: "urn:narrative-extractor:claims",
    "entities": "urn:narrative-extractor:entities",
    "units": "urn:narrative-extractor:units",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "utr": "http://www.xbrl.org/2009/utr",
    "xbrl": "https://xbrl.org/2021",
    "xbrli": "http://www.xbrl.org/2003/instance",
}
FILE = "standard_units"
MONEY, PURE = "iso4217:", ("", "1")
# Letters that every edition of XML takes for parts of a name; it may not begin with a digit, a hyphen or a point.
_OUTSIDE = re.compile(r"[^A-Za-z0-9_.\-\u4e00-\u9fff]|^[0-9.\-]")


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """A base unit and what a registry of XBRL calls it; the legend of the file says what the fields mean."""

    base: str
    measure: str


def escape_name(words: str) -> str:
    """Words as a name of XML: what may not stand in one is written ``_xHHHH_``.

    >>> escape_name("fiscal.total"), escape_name("台（套）"), escape_name("8090后")
    ('fiscal.total', '台_xFF08_套_xFF09_', '_x0038_090后')
    """
    return _OUTSIDE.sub(lambda found: f"_x{ord(found[0]):04X}_", words)


def qualify(name: str) -> str:
    """A name of the taxonomy with its prefix."""
    return f"{PREFIX}:{name}"


@cache
def name_unit(base: str) -> str | None:
    """The unit of numbers in a base unit; None for those that have none, such as ratios.

    >>> name_unit("元"), name_unit("元/股"), name_unit("辆"), name_unit("1")
    ('iso4217:CNY', 'iso4217:CNY/xbrli:shares', 'units:辆', None)
    >>> name_unit("微克/立方米/天")
    'units:微克/(units:天*utr:m3)'
    """
    if base in PURE:
        return None
    above, *below = map(_name_measure, base.split("/"))
    # A unit over itself, or over nothing, is none that the model can cancel out.
    if above in below or "" in base.split("/"):
        return _name_own(base)
    return "/".join([above, *_join_divisors(sorted(below))])


def _join_divisors(measures: list[str]) -> list[str]:
    """What a unit is divided by, as one: several stand in brackets, in the order of the alphabet."""
    return [f"({'*'.join(measures)})"] if len(measures) > 1 else measures


def _name_measure(base: str) -> str:
    return _load_measures().get(base) or _name_own(base)


def _name_own(base: str) -> str:
    return f"units:{escape_name(base)}"


@cache
def _load_measures() -> dict[str, str]:
    return {entry.base: entry.measure for entry in patterns.load(FILE, Measure).values()}


def name_role(relation: str) -> str:
    """The address of what links facts to each other."""
    return f"{NAMESPACES[PREFIX]}:{relation}"
