"""Every gold file of corpus/reports is sound: it stands in its text, in order, and uses the guide's values."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from extractor.model import Dimension, Direction, Kind, Role

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "reports"
FILES = sorted(file for file in FOLDER.glob("*.jsonl") if not file.name.endswith(".relations.jsonl"))
FIELDS = {
    "start", "end", "raw", "value", "unit", "unit_implied", "dim", "approx", "kind", "direction", "baseline", "metric",
    "period", "role", "section", "cell", "status",
}  # fmt: skip


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_gold_stands_in_its_text_in_order(file: Path) -> None:
    with file.with_suffix(".txt").open(encoding="utf-8", newline="") as text:
        content = text.read()
    gold = records(file)
    assert [one["raw"] for one in gold] == [content[one["start"] : one["end"]] for one in gold]
    assert all(one["end"] <= two["start"] for one, two in pairwise(gold))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_gold_uses_the_values_of_the_guide(file: Path) -> None:
    for one in records(file):
        assert set(one) - {"value_high", "metric_alt"} == FIELDS
        assert one["kind"] in get_args(Kind)
        assert one["role"] in get_args(Role)
        assert one["dim"] in get_args(Dimension)
        assert one["direction"] in (*get_args(Direction), None)
        assert one["status"] in ("claim", "optional")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_gold_names_headings_of_its_text(file: Path) -> None:
    printed = "".join(file.with_suffix(".txt").read_text(encoding="utf-8").split())
    headings = {heading for one in records(file) for heading in one["section"]}
    assert [heading for heading in sorted(headings) if "".join(heading.split()) not in printed] == []
