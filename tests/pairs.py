"""Gold of comparisons: its records, and what the numbers alone say of a pair, by arithmetic of its own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
VERSIONS = ROOT / "corpus" / "reports" / "versions"
PAIRS = sorted((ROOT / "tests" / "gold").glob("*.pairs.jsonl"))
EDITS = sorted(VERSIONS.glob("*.edits.jsonl"))
FACTORS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
SMALL = {"一": "1", "两": "2", "三": "3"}
NUMBER = re.compile(r"(\d+(?:\.\d+)?|[一两三])(余|多)?([百千万亿]?)")


@dataclass(frozen=True)
class Amount:
    """A printed number: its value, the place of its last digit, and what stands around the digits."""

    value: Decimal
    place: Decimal
    open: bool
    unit: str


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def versions(file: Path) -> tuple[str, str]:
    """The two texts that a file of edits speaks of."""
    stem = file.name.removesuffix(".edits.jsonl")
    left, right = (file.with_name(f"{stem}_{which}.txt") for which in "ab")
    return left.read_text(encoding="utf-8"), right.read_text(encoding="utf-8")


def amount(raw: str) -> Amount:
    found = NUMBER.match(raw)
    assert found, raw
    digits = Decimal(SMALL.get(found[1], found[1]))
    factor = Decimal(FACTORS.get(found[3], 1))
    return Amount(
        digits * factor, Decimal(1).scaleb(int(digits.as_tuple().exponent)) * factor, bool(found[2]), raw[found.end() :]
    )


def fits(relation: str, left: list[str], right: list[str]) -> bool:
    """Whether the numbers are so related; for ``different_period`` and ``none`` any are."""
    if relation == "combined":
        return _combined(left, right)
    if relation in ("different_period", "none"):
        return True
    one, other = amount(left[0]), amount(right[0])
    return len(left) == len(right) == 1 and _relation(one, other, left[0], right[0]) == relation


def _combined(left: list[str], right: list[str]) -> bool:
    whole, parts = (left, right) if len(left) == 1 else (right, left)
    total = sum((amount(part).value for part in parts), Decimal(0))
    place = amount(whole[0]).place
    return len(parts) > 1 and len(whole) == 1 and amount(whole[0]).value == total // place * place


def _relation(one: Amount, other: Amount, left: str, right: str) -> str:
    if one.value == other.value and one.open == other.open:
        return "equal" if left == right or one.place == other.place else "equal_converted"
    fine, coarse = sorted((one, other), key=lambda amount: amount.place)
    if fine.place == coarse.place:
        return "different"
    for relation, mode in (("rounded", ROUND_HALF_UP), ("truncated", ROUND_DOWN)):
        if (fine.value / coarse.place).quantize(Decimal(1), mode) * coarse.place == coarse.value:
            return relation
    return "different"
