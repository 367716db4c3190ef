"""What a look tells more than a list: what totals are made up of, and this year against last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.model import Check
from extractor.reports.computation import find_amount
from extractor.reports.printable import escape_invisible

HOLDING = ("holds", "holds_truncated")
MOST, FEWEST_PARTS, MOST_PARTS = 12, 2, 16


def charts(book: Book) -> dict[str, Any]:
    """The charts of a result, the greatest totals first."""
    return {"totals": _totals(book), "changes": _changes(book)}


def _checked(book: Book, rules: Sequence[str]) -> Iterator[tuple[Check, list[tuple[str, Amount]]]]:
    for check in book.result.checks:
        if check.rule in rules and check.status in HOLDING:
            found = [(operand.role, find_amount(book, operand)) for operand in check.operands]
            if all(one for _, one in found):
                yield check, [(role, one) for role, one in found if one]


def _totals(book: Book) -> list[dict[str, Any]]:
    """Totals that equal the sum of their parts, then wholes of which several shares are right."""
    sums = [(check, amounts[0][1], [one for _, one in amounts[1:]]) for check, amounts in _checked(book, ["sum"])]
    found: dict[Any, tuple[Fraction, dict[str, Any]]] = {}
    for check, total, parts in [*sums, *_shared(book)]:
        shown_parts = [one for one in parts if one.exact > 0]
        if not FEWEST_PARTS <= len(shown_parts) <= MOST_PARTS or total.exact <= 0:
            continue
        if sum(one.exact for one in shown_parts) > total.exact * Fraction(101, 100):
            continue
        key = total.exact, tuple(sorted(one.exact for one in shown_parts))
        found.setdefault(key, (total.exact if total.base == "元" else Fraction(0), _total(check, total, shown_parts)))
    best = sorted(found.values(), key=lambda pair: -pair[0])[:MOST]
    return [chart for _, chart in best]


def _shared(book: Book) -> Iterator[tuple[Check, Amount, list[Amount]]]:
    wholes: dict[tuple[str | None, int], tuple[Check, Amount, list[Amount]]] = {}
    for check, amounts in _checked(book, ["share"]):
        named = dict(amounts)
        if {"part", "base"} <= named.keys():
            key = named["base"].operand.claim, named["base"].start
            wholes.setdefault(key, (check, named["base"], []))[2].append(named["part"])
    for check, whole, parts in wholes.values():
        if sum(one.exact for one in parts) * 2 > whole.exact:
            yield check, whole, parts


def _total(check: Check, total: Amount, parts: Sequence[Amount]) -> dict[str, Any]:
    rows = sorted(parts, key=lambda one: -one.exact)
    called = _apart([one.label for one in rows])
    return {
        "check": check.id,
        "name": escape_invisible(total.label),
        "raw": _raw(total),
        "rows": [
            [escape_invisible(name), _raw(one), _percent(one, total)] for name, one in zip(called, rows, strict=True)
        ],
        "rest": _rest(total, rows),
    }


def _rest(total: Amount, parts: Sequence[Amount]) -> list[Any] | None:
    """What the parts leave of the total, unless it is next to nothing."""
    left = total.exact - sum(one.exact for one in parts)
    if left * 200 < total.exact:
        return None
    decimals = len(str(total.value).partition(".")[2])
    return [
        f"{float(left / total.factor):.{decimals}f}{escape_invisible(total.unit)}",
        round(float(left / total.exact * 100), 2),
    ]


def _apart(names: Sequence[str]) -> list[str]:
    """Names without the words that all of them begin with, up to a bracket or a mark."""
    head = 0
    while len(names) > 1 and all(len(name) > head + 2 for name in names) and len({name[head] for name in names}) == 1:
        head += 1
    cut = max((at + 1 for at in range(head) if names[0][at] in "）)、/：:"), default=0)
    return [name[cut:] for name in names]


def _raw(one: Amount) -> str:
    return escape_invisible(one.raw if one.raw.endswith(one.unit) else one.raw + one.unit)


def _percent(part: Amount, total: Amount) -> float:
    return round(float(part.exact / total.exact * 100), 2)


def _changes(book: Book) -> list[dict[str, Any]]:
    """Amounts with those of the year before, as holding checks of their rates give them."""
    found: dict[Any, dict[str, Any]] = {}
    for check, amounts in _checked(book, ["change"]):
        named = dict(amounts)
        if {"rate", "current"} <= named.keys() and named.keys() & {"change", "base"}:
            before = _before(book, named)
            if before is not None and before > 0:
                current = named["current"]
                found.setdefault((current.exact, before), _change(check, named, before))
    return list(found.values())[:MOST]


def _before(book: Book, named: dict[str, Amount]) -> Fraction | None:
    if "base" in named:
        return named["base"].exact
    claims = [book.claim[one.operand.claim] for one in (named["rate"], named["change"]) if one.operand.claim]
    direction = next((claim.direction for claim in claims if claim.direction), None)
    if direction is None:
        return None
    change = named["change"].exact
    return named["current"].exact + (change if direction == "decrease" else -change)


def _change(check: Check, named: dict[str, Amount], before: Fraction) -> dict[str, Any]:
    current, rate = named["current"], named["rate"]
    then = float(before / current.factor)
    decimals = len(str(current.value).partition(".")[2])
    growing = before <= current.exact
    return {
        "check": check.id,
        "name": escape_invisible(current.label),
        "now": [_raw(current), float(current.exact)],
        "then": [f"{then:.{decimals}f}{escape_invisible(current.unit)}", float(before)],
        "rate": ("+" if growing else "−") + _raw(rate),
    }
