"""Which of two relations over the same numbers is kept is decided by what binds them, not by the order of files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from extractor import checks, extract
from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation

REPORTS = Path(__file__).resolve().parents[2] / "corpus/reports"
NAMES = ("liulin_final_accounts_2024.txt", "yunbo_communique_2025.txt", "tongan_water_self_evaluation_2025.txt")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_the_rules_decides_nothing(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(REPORTS / name)
    rules = list(checks.load_rules())
    random.Random(seed).shuffle(rules)
    monkeypatch.setattr(checks, "load_rules", lambda: tuple(rules))
    assert msgspec.json.encode(checks.checks(found)) == msgspec.json.encode(found.checks)


def test_of_two_ways_to_say_one_sum_the_milder_is_kept_whichever_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract("购置车辆31辆，包括客车12辆、货车9辆和轿车11辆。".encode(), name="x.txt")
    (kept,) = [check for check in found.checks if check.rule == "sum"]
    assert (kept.status, kept.severity) == ("fails", "warning")
    (find,) = [rule for rule in checks.load_rules() if rule.__module__.endswith(".sum")]

    def backwards(book: Book) -> Iterator[Relation]:
        yield from reversed(list(find(book)))

    monkeypatch.setattr(checks, "load_rules", lambda: (backwards,))
    assert [check for check in checks.checks(found) if check.rule == "sum"] == [kept]
