"""What a look tells more than a list: what totals are made up of, and this year against last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from os.path import commonprefix
from typing import Any

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks import is_verifying
from extractor.model import Check, Operand
from extractor.quantities import units
from extractor.reports.computation import find_amount
from extractor.reports.printable import escape_invisible
from extractor.reports.standing import Place, find_place, find_suspected_places

# So many charts of a kind, of wholes with so many parts: fewer tell nothing, more cannot be told apart.
MOST, FEWEST_PARTS, MOST_PARTS = 12, 2, 16
# Parts may be more than their whole by this much: each of them is rounded.
OVER = Fraction(101, 100)
# What is less than this part of a whole would not be seen in a chart.
NEXT_TO_NOTHING = 200
# Where words that names have in common may end, and how much of each name is kept in any case.
MARKS, SHORTEST = "）)、/：:", 2


def make_charts(book: Book) -> dict[str, Any]:
    """The charts of a result, the greatest totals first."""
    return {"totals": _find_totals(book), "changes": _find_changes(book)}


class Whole(Struct, frozen=True):
    """A whole with its parts, as a check that holds gives them."""

    check: Check
    total: Amount
    parts: Sequence[Amount]

    @property
    def weight(self) -> Fraction:
        """By what wholes are ordered: amounts of money before all else."""
        return self.total.exact if self.total.base == units.first("money").base else Fraction(0)

    def is_chart(self) -> bool:
        """Whether it has as many parts as a chart can show, and these are not more than it."""
        if not FEWEST_PARTS <= len(self.parts) <= MOST_PARTS or self.total.exact <= 0:
            return False
        return _add_up(self.parts) <= self.total.exact * OVER


def _add_up(parts: Sequence[Amount]) -> Fraction:
    return sum((one.exact for one in parts), Fraction(0))


def _find_holding(book: Book, rule: str) -> Iterator[tuple[Check, list[tuple[str, Amount]]]]:
    """The checks of a rule that confirm their numbers, none of which is to be suspected, with these by role."""
    suspects = {*book.result.verification.contradicted, *find_suspected_places(book.result)}
    for check in book.result.checks:
        if check.rule == rule and is_verifying(check) and suspects.isdisjoint(map(_locate, check.operands)):
            found = [(operand.role, find_amount(book, operand)) for operand in check.operands]
            known = [(role, amount) for role, amount in found if amount]
            if len(known) == len(found):
                yield check, known


def _locate(operand: Operand) -> str | Place | None:
    """A claim's id, or the place of a cell."""
    return operand.claim or find_place(operand)


def _find_totals(book: Book) -> list[dict[str, Any]]:
    """Totals that equal the sum of their parts, then wholes of which several shares are right."""
    found: dict[Any, Whole] = {}
    for whole in filter(Whole.is_chart, [*_find_sums(book), *_find_shared(book)]):
        found.setdefault((whole.total.exact, tuple(sorted(one.exact for one in whole.parts))), whole)
    best = sorted(found.values(), key=lambda whole: -whole.weight)[:MOST]
    return [_chart_total(whole) for whole in best]


def _find_sums(book: Book) -> Iterator[Whole]:
    for check, amounts in _find_holding(book, "sum"):
        yield Whole(check, amounts[0][1], _keep_positive(amount for _, amount in amounts[1:]))


def _find_shared(book: Book) -> Iterator[Whole]:
    """Wholes with the parts of which a share is told, where these are the greater part."""
    wholes: dict[tuple[str | None, int], tuple[Check, Amount, list[Amount]]] = {}
    for check, amounts in _find_holding(book, "share"):
        named = dict(amounts)
        if {"part", "base"} <= named.keys():
            key = named["base"].operand.claim, named["base"].start
            wholes.setdefault(key, (check, named["base"], []))[2].append(named["part"])
    for check, whole, parts in wholes.values():
        if _add_up(parts) * 2 > whole.exact:
            yield Whole(check, whole, _keep_positive(parts))


def _keep_positive(parts: Iterable[Amount]) -> list[Amount]:
    return [one for one in parts if one.exact > 0]


def _chart_total(whole: Whole) -> dict[str, Any]:
    total, rows = whole.total, sorted(whole.parts, key=lambda one: -one.exact)
    names = _strip_common_words([one.label for one in rows])
    return {
        "check": whole.check.id,
        "name": escape_invisible(total.label),
        "raw": _write_number(total),
        "rows": [_chart_part(name, one, total) for name, one in zip(names, rows, strict=True)],
        "rest": _compute_rest(total, rows),
    }


def _chart_part(name: str, part: Amount, total: Amount) -> list[Any]:
    return [escape_invisible(name), _write_number(part), _compute_percent(part.exact, total)]


def _compute_rest(total: Amount, parts: Sequence[Amount]) -> list[Any] | None:
    """What the parts leave of the total, unless it is next to nothing."""
    left = total.exact - _add_up(parts)
    if left * NEXT_TO_NOTHING < total.exact:
        return None
    return [_write_like(left, total), _compute_percent(left, total)]


def _write_like(number: Fraction, amount: Amount) -> str:
    """A number with the unit and as many decimals as an amount has."""
    decimals = len(str(amount.value).partition(".")[2])
    return f"{float(number / amount.factor):.{decimals}f}{escape_invisible(amount.unit)}"


def _strip_common_words(names: Sequence[str]) -> list[str]:
    """Names without the words that all of them begin with, up to a bracket or a mark."""
    if len(names) < 2:
        return list(names)
    common = commonprefix([name[:-SHORTEST] for name in names])  # noqa: RUF071 - characters are meant, not folders
    cut = max(common.rfind(mark) for mark in MARKS) + 1
    return [name[cut:] for name in names]


def _write_number(one: Amount) -> str:
    return escape_invisible(one.raw if one.raw.endswith(one.unit) else one.raw + one.unit)


def _compute_percent(part: Fraction, total: Amount) -> float:
    return round(float(part / total.exact * 100), 2)


def _find_changes(book: Book) -> list[dict[str, Any]]:
    """Amounts with those of the year before, as holding checks of their rates give them."""
    found: dict[Any, dict[str, Any]] = {}
    for check, amounts in _find_holding(book, "change"):
        named = dict(amounts)
        before = _find_base(book, named) if {"rate", "current"} <= named.keys() else None
        if before is not None and before > 0:
            found.setdefault((named["current"].exact, before), _chart_change(check, named, before))
    return list(found.values())[:MOST]


def _find_base(book: Book, named: dict[str, Amount]) -> Fraction | None:
    """The amount of the base period: the one told, else the current one without its change."""
    if "base" in named or "change" not in named:
        return named["base"].exact if "base" in named else None
    direction = _find_direction(book, [named["rate"], named["change"]])
    if direction is None:
        return None
    sign = 1 if direction == "decrease" else -1
    return named["current"].exact + sign * named["change"].exact


def _find_direction(book: Book, amounts: Sequence[Amount]) -> str | None:
    """The first direction that a claim among the numbers tells."""
    claims = [book.claim[one.operand.claim] for one in amounts if one.operand.claim]
    return next((claim.direction for claim in claims if claim.direction), None)


def _chart_change(check: Check, named: dict[str, Amount], before: Fraction) -> dict[str, Any]:
    current, rate = named["current"], named["rate"]
    sign = "+" if before <= current.exact else "−"
    return {
        "check": check.id,
        "name": escape_invisible(current.label),
        "now": [_write_number(current), float(current.exact)],
        "then": [_write_like(before, current), float(before)],
        "rate": sign + _write_number(rate),
    }
