"""Automatic numbers of a word processor's file, as they display in front of its paragraphs."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from extractor.documents.office.looks import W, is_on, read_value
from extractor.documents.office.numerals import UNNUMBERED, write_number
from extractor.documents.office.package import Element, read_number

# A list has nine levels.
LEVELS = 9
# What stands around the numbers of a level is shorter, by far.
LONGEST = 200
# Where a level's text names the number of a level.
NAMED = re.compile(r"%([1-9])")


class Level(Struct, frozen=True):
    """One level of a list: its first number, how that is written, and the text around it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    plain: bool = False
    restarts: int | None = None
    style: str | None = None


class List(Struct, frozen=True):
    """A list that paragraphs refer to: the definition it counts with, its levels, and where it begins anew."""

    counted: str
    levels: dict[int, Level]
    starts: dict[int, int]


NO_LIST = List("", {}, {})


class Numbering:
    """The lists of one file; labels are asked for paragraph by paragraph, from the top down."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read_lists(root)

    def _read_lists(self, root: Element) -> None:
        defined: dict[str | None, dict[int, Level]] = {}
        linked: dict[str | None, dict[int, Level]] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            levels = _read_levels(abstract)
            defined[abstract.get(f"{W}abstractNumId")] = levels
            if abstract.find(f"{W}styleLink") is not None:
                linked[read_value(abstract.find(f"{W}styleLink"))] = levels
        links = {
            one.get(f"{W}abstractNumId"): read_value(one.find(f"{W}numStyleLink"))
            for one in root.iter(f"{W}abstractNum")
        }
        for number in root.iter(f"{W}num"):
            counted = read_value(number.find(f"{W}abstractNumId")) or ""
            levels = defined.get(counted) or linked.get(links.get(counted)) or {}
            own = {level: one for over in number.iter(f"{W}lvlOverride") for level, one in _read_levels(over).items()}
            self._lists[number.get(f"{W}numId") or ""] = List(counted, {**levels, **own}, _read_starts(number))

    def make_label(self, list_id: str | None, level: int | None, style: str | None) -> str:
        """What displays in front of the next paragraph of a list, with the space behind it; empty where nothing does.

        ``level`` counts from 0; where it is not given, it is the one that belongs to the paragraph's style.
        """
        found = self._lists.get(list_id or "", NO_LIST)
        at = level if level is not None else _find_level(found, style)
        one = found.levels.get(at)
        if one is None:
            return ""
        counts = self._count(list_id or "", found, at, one)
        label = NAMED.sub(lambda match: _write(found, counts, int(match[1]) - 1, one), one.text)
        is_sign = one.form in UNNUMBERED and not NAMED.search(one.text)
        return "" if is_sign or not label.strip() else label + _choose_space(label, one.suffix)

    def _count(self, list_id: str, found: List, at: int, one: Level) -> dict[int, int]:
        """Count the next paragraph at a level; the deeper ones begin anew."""
        counts = self._counts.setdefault(found.counted, {})
        if at in found.starts and (list_id, at) not in self._begun:
            counts[at] = found.starts[at]
            self._begun.add((list_id, at))
        else:
            counts[at] = counts.get(at, one.start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            if _restarts(found.levels.get(deeper), deeper, at):
                del counts[deeper]
        for above in range(at):
            counts.setdefault(above, found.levels.get(above, Level()).start)
        return counts


def _restarts(level: Level | None, deeper: int, at: int) -> bool:
    """Whether a deeper level begins anew behind a number of the level ``at``: it may name another, or none (0)."""
    named = None if level is None else level.restarts
    return at < (deeper if named is None else named)


def _read_levels(parent: Element) -> dict[int, Level]:
    """The levels that a definition holds, from 0."""
    found: dict[int, Level] = {}
    for level in parent.iterchildren(f"{W}lvl"):
        at = read_number(level.get(f"{W}ilvl"))
        if at is not None and at < LEVELS:
            found[at] = _read_level(level)
    return found


def _read_level(level: Element) -> Level:
    start = read_number(read_value(level.find(f"{W}start")))
    return Level(
        start=1 if start is None else start,
        form=read_value(level.find(f"{W}numFmt")) or "decimal",
        text=(read_value(level.find(f"{W}lvlText")) or "")[:LONGEST],
        suffix=read_value(level.find(f"{W}suff")) or "tab",
        plain=is_on(level.find(f"{W}isLgl")) or False,
        restarts=read_number(read_value(level.find(f"{W}lvlRestart"))),
        style=read_value(level.find(f"{W}pStyle")),
    )


def _read_starts(number: Element) -> dict[int, int]:
    """At which numbers a list begins anew, by its levels."""
    found: dict[int, int] = {}
    for over in number.iter(f"{W}lvlOverride"):
        at = read_number(over.get(f"{W}ilvl"))
        start = read_number(read_value(over.find(f"{W}startOverride")))
        if at is not None and start is not None:
            found[at] = start
    return found


def _find_level(found: List, style: str | None) -> int:
    """The level that belongs to a paragraph style; the first where none does."""
    own = (at for at, level in found.levels.items() if style and level.style == style)
    return next(own, 0)


def _write(found: List, counts: dict[int, int], at: int, around: Level) -> str:
    """The number of a level within a label; a label for statutes has all in plain digits."""
    level = found.levels.get(at, Level())
    return write_number(counts.get(at, level.start), "decimal" if around.plain else level.form)


def _choose_space(label: str, suffix: str) -> str:
    """What parts a label from its paragraph: nothing behind a mark as wide as an ideograph, else a space.

    >>> [_choose_space(label, "tab") for label in ("一、", "1.", "第一章")]
    ['', ' ', ' ']
    """
    last = label[-1]
    is_mark = not last.isascii() and unicodedata.category(last).startswith("P")
    return "" if suffix == "nothing" or is_mark else " "
