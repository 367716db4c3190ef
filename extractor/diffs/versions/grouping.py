"""Each change once: what recurs is one, and what only follows from another change is part of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from extractor.diffs.versions.aligning import Aligned
from extractor.diffs.versions.found import Found, Spot
from extractor.diffs.versions.units import write_key
from extractor.model import ChangeKind

# A table of which so many rows stand in the other text is there, too.
LAID_OUT = 0.75
# Of a section that holds nothing but a table and this many characters, the table's removal removes all.
BESIDE_TABLE = 200
# What is one change wherever the same words stand in place of the same.
REPLACED: tuple[ChangeKind, ...] = ("word", "date")
Words = tuple[str, str]
"""The words of both sides that a change is known by; empty where a side has none."""


def tell_once(found: Iterable[Found], aligned: Aligned) -> list[Found]:
    """The changes in the order of the left, each once; what the right alone has stands behind what it follows there."""
    changes = _drop_laid_out(list(found), aligned)
    changes = _drop_around_tables(changes)
    changes = _fold_contents(changes)
    changes = _fold_replaced(changes)
    begins = [two.start for _, two in aligned.equal]
    return sorted(changes, key=lambda one: _find_place(one, aligned, begins))


def _find_place(change: Found, aligned: Aligned, begins: Sequence[int]) -> tuple[int, int]:
    """The place of a change on the left, and on the right."""
    right = change.right.changed.start if change.right else 0
    if change.left:
        return change.left.changed.start, right
    at = bisect_right(begins, right)
    return aligned.equal[at - 1][0].end if at else 0, right


def _drop_laid_out(changes: Sequence[Found], aligned: Aligned) -> list[Found]:
    """Without tables that files of two formats both have, though only one of them lays them out as such."""
    left, right = aligned.left.half, aligned.right.half
    if left.document.format == right.document.format:
        return list(changes)
    texts = {id(aligned.left): write_key(right.result.text), id(aligned.right): write_key(left.result.text)}
    return [one for one in changes if not _is_laid_out(one, texts)]


def _is_laid_out(change: Found, texts: Mapping[int, str]) -> bool:
    """Whether the rows of a table that one side alone has stand in the text of the other."""
    if change.what != "table" or (change.left and change.right):
        return False
    spot = change.left or change.right
    assert spot, "a change stands on one side at least"
    rows = [
        key for line in spot.script.read(spot.around.start, spot.around.end).splitlines() if (key := write_key(line))
    ]
    found = sum(row in texts[id(spot.script)] for row in rows)
    return found >= LAID_OUT * len(rows)


def _drop_around_tables(changes: Sequence[Found]) -> list[Found]:
    """Without what stood around a table that is missing or new: its heading, its unit, its note."""
    tables = [spot for one in changes if one.what == "table" for spot in (one.left, one.right) if spot]
    return [one for one in changes if not _belongs_to_table(one, tables)]


def _belongs_to_table(change: Found, tables: Sequence[Spot]) -> bool:
    """Whether what one side alone has stands in the section of a table that it alone has, which has nothing else."""
    spot = change.left or change.right
    if change.what not in ("heading", "sentence") or (change.left and change.right) or spot is None:
        return False
    return any(_is_beside(spot, table) for table in tables)


def _is_beside(spot: Spot, table: Spot) -> bool:
    section = table.section
    if spot.script is not table.script or section is None:
        return False
    rest = section.end - section.start - (table.around.end - table.around.start)
    return section.start <= spot.changed.start < section.end and rest <= BESIDE_TABLE


def _fold_contents(changes: Sequence[Found]) -> list[Found]:
    """With the entries of contents, and other lines that only repeat a heading, as places of its change."""
    return _fold(changes, _name_around, ("heading",))


def _fold_replaced(changes: Sequence[Found]) -> list[Found]:
    """With words that were replaced by the same words in several places as one."""
    return _fold(changes, _name_words, REPLACED)


def _fold(changes: Sequence[Found], name: Callable[[Found], Words], leading: Sequence[ChangeKind]) -> list[Found]:
    """With what is named as a change of a ``leading`` kind as a further place of that, or of the first of these."""
    names = [name(one) for one in changes]
    leads: dict[Words, int] = {}
    for at, one in enumerate(changes):
        if one.what in leading and all(names[at]):
            leads.setdefault(names[at], at)
    lead_of = [leads.get(words, at) for at, words in enumerate(names)]
    repeated: defaultdict[int, list[tuple[Spot, Spot]]] = defaultdict(list)
    for at, one in enumerate(changes):
        if lead_of[at] != at and one.left and one.right:
            repeated[lead_of[at]].append((one.left, one.right))
    return [_add_places(one, repeated[at]) for at, one in enumerate(changes) if lead_of[at] == at]


def _add_places(change: Found, places: Sequence[tuple[Spot, Spot]]) -> Found:
    return msgspec.structs.replace(change, also=(*change.also, *places)) if places else change


def _name_around(change: Found) -> Words:
    """The whole of what the change stands in on either side."""
    return change.left.key_around if change.left else "", change.right.key_around if change.right else ""


def _name_words(change: Found) -> Words:
    """The words that were replaced, and those in their place; empty for anything but words and dates."""
    if change.what not in REPLACED or not (change.left and change.right):
        return "", ""
    return change.left.key, change.right.key
