"""The gold of comparisons is sound: it stands in its texts, and its numbers are related as it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pairs import PAIRS, SHARED, fits, records

FIELDS = {"left", "right", "raw", "relation", "note"}
NUMERIC = {"equal", "equal_converted", "rounded", "truncated", "combined", "different"}
RELATIONS = NUMERIC | {"different_period", "none"}
every_gold = pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)


def unfit(record: dict[str, Any]) -> list[str]:
    return [one for one in (record["relation"], *record.get("relation_alt", ())) if not fits(one, *record["raw"])]


@every_gold
def test_gold_uses_the_formats_words(file: Path) -> None:
    for record in records(file):
        assert set(record) - {"relation_alt", "status"} == FIELDS
        assert {record["relation"], *record.get("relation_alt", ())} <= RELATIONS
        assert record.get("status", "optional") == "optional"
        assert [len(side) for side in record["raw"]] == [len(record["left"]), len(record["right"])]


@every_gold
def test_numbers_are_related_as_gold_says(file: Path) -> None:
    assert [record for record in records(file) if unfit(record)] == []


@every_gold
def test_no_pair_is_listed_twice_or_both_right_and_wrong(file: Path) -> None:
    pairs = [(str(record["left"]), str(record["right"])) for record in records(file)]
    assert len(pairs) == len(set(pairs)) > 0


@every_gold
def test_gold_stands_in_its_report(file: Path) -> None:
    report = SHARED / file.name.replace(".pairs.jsonl", ".txt")
    if not report.is_file():
        pytest.skip(f"the published report is not here (../shared/corpus/{report.name})")
    with report.open(encoding="utf-8", newline="") as text:
        content = text.read()
    for record in records(file):
        spans = [record["left"], record["right"]]
        assert [[content[start:end] for start, end in side] for side in spans] == record["raw"]
        assert record["left"][-1][1] <= content.rindex("\n附件1") <= record["right"][0][0]
