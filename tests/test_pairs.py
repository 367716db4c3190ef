"""The gold of comparisons is sound: it stands in its texts, and its numbers are related as it says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pairs import EDITS, PAIRS, SHARED, fits, records, versions

FIELDS = {"left", "right", "raw", "relation", "note"}
NUMERIC = {"equal", "equal_converted", "rounded", "truncated", "combined", "different"}
RELATIONS = NUMERIC | {"different_period", "none"}
ONLY = {"only_left", "only_right"}
every_gold = pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
every_edits = pytest.mark.parametrize("file", EDITS, ids=lambda file: file.stem)


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


def numbers(text: str, spans: list[list[int]]) -> Counter[str]:
    """The numbers of a text but for its dates and those that stand in ``spans``."""
    inside = {offset for start, end in spans for offset in range(start, end)}
    return Counter(
        found[0] for found in re.finditer(r"\d+(?:\.\d+)?(?![\d.]*[年月—])", text) if found.start() not in inside
    )


@every_edits
def test_thirty_edits_stand_in_their_versions(file: Path) -> None:
    left, right = versions(file)
    edits = records(file)
    assert sorted({record["edit"] for record in edits}) == list(range(1, 31))
    for record in edits:
        found = [
            [left[start:end] for start, end in record["left"]],
            [right[start:end] for start, end in record["right"]],
        ]
        assert found == record["raw"]


@every_edits
def test_numbers_of_the_edits_are_related_as_gold_says(file: Path) -> None:
    for record in records(file):
        assert (record["relation"] in ONLY) == (not all(record["raw"]))
        if record["relation"] not in ONLY and record["kind"] != "direction":
            assert unfit(record) == []


@every_edits
def test_other_numbers_are_the_same_in_both_versions(file: Path) -> None:
    left, right = versions(file)
    edits = records(file)
    kept = [
        numbers(left, [s for e in edits for s in e["left"]]),
        numbers(right, [s for e in edits for s in e["right"]]),
    ]
    assert kept[0] == kept[1] != Counter()
