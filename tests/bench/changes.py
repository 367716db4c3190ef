"""One wrong number at a time: the slips that a writer or a typist makes, and which relations of gold each breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from relations import read, verdict

DIGITS = "0123456789"
CHINESE = "零一二三四五六七八九"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Change(NamedTuple):
    """``text[start:end]`` of a report, which is ``raw``, becomes ``new``."""

    start: int
    end: int
    raw: str
    new: str
    kind: str


class Case(NamedTuple):
    """A change and the relations of gold it breaks beyond what rounding allows."""

    change: Change
    broken: tuple[dict[str, Any], ...]


def places(raw: str) -> list[int]:
    """Where the digits of a number stand; the 百 of 百分之 is none."""
    if re.search(r"\d", raw):
        return [at for at, character in enumerate(raw) if character in DIGITS]
    return [at for at, character in enumerate(raw) if character in CHINESE]


def other(digit: str) -> str:
    """The digit next to this one, never nought."""
    row = DIGITS if digit in DIGITS else CHINESE
    at = row.index(digit)
    return row[at + 1] if at < 9 else row[at - 1]


def put(raw: str, at: int, new: str) -> str:
    """``raw`` with another character at a place."""
    return raw[:at] + new + raw[at + 1 :]


def last(raw: str) -> str | None:
    """12.34 becomes 12.35."""
    found = places(raw)
    return put(raw, found[-1], other(raw[found[-1]])) if found else None


def first(raw: str) -> str | None:
    """12.34 becomes 22.34."""
    found = places(raw)
    return put(raw, found[0], other(raw[found[0]])) if found else None


def swapped(raw: str) -> str | None:
    """12.34 becomes 12.43: the last two neighbouring digits that differ change places."""
    found = places(raw)
    for one, two in reversed(list(pairwise(found))):
        leading = one == found[0] and raw[two] in "0零"
        if two == one + 1 and raw[one] != raw[two] and not leading:
            return put(put(raw, one, raw[two]), two, raw[one])
    return None


def rounded(raw: str) -> str | None:
    """12.34 becomes 12.30, and 1874 becomes 1870: the last place is rounded away and filled with a nought."""
    number = NUMBER.search(raw)
    if not number or ("." not in number[0] and len(number[0]) < 3):
        return None
    value = Decimal(number[0].replace(",", ""))
    exponent = int(value.as_tuple().exponent)
    coarse = value.quantize(Decimal(1).scaleb(exponent + 1), rounding=ROUND_HALF_UP)
    comma = "," if "," in number[0] else ""
    return raw[: number.start()] + f"{coarse:{comma}.{-exponent}f}" + raw[number.end() :]


def without_myriad(raw: str) -> str | None:
    """12.34万元 becomes 12.34元."""
    return raw.replace("万", "", 1) if re.search(r"\d\s*(?:余|多)?\s*万", raw) else None


KINDS: dict[str, Callable[[str], str | None]] = {
    "last digit": last,
    "first digit": first,
    "transposed": swapped,
    "rounded": rounded,
    "dropped 万": without_myriad,
}


def changes(operand: dict[str, Any]) -> Iterator[Change]:
    """Every slip that makes another number of an operand."""
    raw, unit = operand["raw"], operand.get("unit", "")
    start, end = operand["span"]
    seen = {raw}
    for kind, slip in KINDS.items():
        new = slip(raw)
        if new is not None and new not in seen and read(new, unit).value != read(raw, unit).value:
            seen.add(new)
            yield Change(start, end, raw, new, kind)


def breaks(relation: dict[str, Any], change: Change) -> bool:
    """Whether a relation that held no longer does."""
    span = [change.start, change.end]
    operands = [{**one, "raw": change.new} if one["span"] == span else one for one in relation["operands"]]
    return verdict({**relation, "operands": operands}) is False


def cases(relations: list[dict[str, Any]]) -> list[Case]:
    """Every change that breaks a relation, each once, in the order of the text."""
    broken: dict[Change, list[dict[str, Any]]] = {}
    for relation in relations:
        for operand in relation["operands"] if relation["holds"] else ():
            for change in changes(operand) if operand["span"] else ():
                if breaks(relation, change):
                    broken.setdefault(change, []).append(relation)
    return [Case(change, tuple(found)) for change, found in sorted(broken.items(), key=lambda item: item[0])]
