"""Which errors are planted: slips that people make, shared out over kinds and places, drawn by a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import islice, zip_longest

from extractor.documents.model import Document
from extractor.probe.numbers import Number, list_last_years, list_neighbours
from extractor.probe.planting import Edit, Slip, is_plantable

DIGITS = "0123456789"
Choose = Callable[[Number, Sequence[Number], str], Edit | None]
"""The edit that makes a slip of one kind in a number among all numbers; None where there is none. ``seed`` draws it."""


def draw(seed: str, *of: object) -> int:
    """A number that depends on nothing but the words given; the same on every machine."""
    return int.from_bytes(sha256("|".join((seed, *map(str, of))).encode()).digest()[:8], "big")


def change_digit(number: Number, numbers: Sequence[Number], seed: str) -> Edit | None:
    """One digit becomes another; the first of several no zero."""
    places = [at for at, char in enumerate(number.digits) if char in DIGITS]
    at = places[draw(seed, "place", number.start) % len(places)]
    others = [digit for digit in DIGITS if digit != number.digits[at] and (at or digit != "0")]
    new = others[draw(seed, "digit", number.start) % len(others)]
    return Edit(number.at + at, number.at + at + 1, new)


def swap_digits(number: Number, numbers: Sequence[Number], seed: str) -> Edit | None:
    """Two digits side by side change places."""
    pairs = [at for at in range(len(number.digits) - 1) if _is_swappable(number.digits[at : at + 2], at)]
    if not pairs:
        return None
    at = pairs[draw(seed, "pair", number.start) % len(pairs)]
    return Edit(number.at + at, number.at + at + 2, number.digits[at + 1] + number.digits[at])


def _is_swappable(pair: str, at: int) -> bool:
    """Whether two characters are digits that differ; no zero comes to the front."""
    return pair.isdigit() and pair[0] != pair[1] and (at > 0 or pair[1] != "0")


def change_unit(number: Number, numbers: Sequence[Number], seed: str) -> Edit | None:
    """The printed unit becomes another one in which the same report tells such numbers: 元 for 万元."""
    if number.unit_at is None or number.dimension != "money" or not Decimal(number.digits.replace(",", "")):
        return None
    units = {other.unit for other in numbers if other.dimension == number.dimension and other.unit_at is not None}
    others = sorted(units - {number.unit})
    if not others:
        return None
    new = others[draw(seed, "unit", number.start) % len(others)]
    return Edit(number.unit_at, number.unit_at + len(number.unit), new)


def take_neighbour(number: Number, numbers: Sequence[Number], seed: str) -> Edit | None:
    """The number beside it stands in its place."""
    return _take_value(number, list_neighbours(number, numbers), seed)


def take_last_year(number: Number, numbers: Sequence[Number], seed: str) -> Edit | None:
    """The number of the year before stands in its place."""
    return _take_value(number, list_last_years(number, numbers), seed)


def _take_value(number: Number, others: Sequence[Number], seed: str) -> Edit | None:
    values = sorted({other.digits for other in others if _is_another(other.digits, number.digits)})
    if not values:
        return None
    return Edit(number.at, number.at + len(number.digits), values[draw(seed, "value", number.start) % len(values)])


def _is_another(one: str, two: str) -> bool:
    return Decimal(one.replace(",", "")) != Decimal(two.replace(",", ""))


KINDS: Mapping[str, Choose] = {
    "digit": change_digit,
    "swapped": swap_digits,
    "unit": change_unit,
    "neighbour": take_neighbour,
    "last_year": take_last_year,
}
"""The kinds of slips by their names."""


def choose_slips(document: Document, numbers: Sequence[Number], count: int, seed: str) -> list[Slip]:
    """So many slips, each in a number of its own, in document order: half in the narrative, half in tables.

    Where one has fewer numbers the other gets more. Kinds take turns; a number that a kind does not fit takes the next.
    """
    drawn = sorted(numbers, key=lambda number: draw(seed, "order", number.start))
    places = [[number for number in drawn if number.place == place] for place in ("narrative", "table")]
    mixed = (number for pair in zip_longest(*places) for number in pair if number)
    made = (slip for slip in _make_slips(mixed, numbers, seed) if is_plantable(document, slip.edit))
    chosen = islice(made, count)
    return sorted(chosen, key=lambda slip: slip.number.start)


def _make_slips(drawn: Iterator[Number], numbers: Sequence[Number], seed: str) -> Iterator[Slip]:
    # The kind that had the fewest turns comes first, so that rare ones are tried on every number that they fit.
    turns = dict.fromkeys(KINDS, 0)
    for number in drawn:
        for kind in sorted(KINDS, key=turns.__getitem__):
            if edit := KINDS[kind](number, numbers, seed):
                turns[kind] += 1
                yield Slip(kind, number, edit)
                break
