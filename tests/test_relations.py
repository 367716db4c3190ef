"""The gold relations stand in their text, and each holds as its printed digits say."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "bench"))

import relations  # noqa: E402

FILES = sorted((ROOT / "corpus" / "reports").glob("*.relations.jsonl"))
FIELDS = {"id", "rule", "holds", "operands", "stated", "computed", "note"}


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def source(file: Path) -> str:
    return (file.parent / f"{file.name.partition('.')[0]}.txt").read_bytes().decode()


def name(file: Path) -> str:
    return file.name.partition(".")[0]


def test_every_report_has_relations() -> None:
    assert {name(file) for file in FILES} == {file.stem for file in (ROOT / "corpus" / "reports").glob("*.txt")}


@pytest.mark.parametrize("file", FILES, ids=name)
def test_relations_have_the_fields_and_rules_they_should(file: Path) -> None:
    found = records(file)
    assert all(set(one) == FIELDS and one["rule"] in relations.RULES for one in found)
    assert len({one["id"] for one in found}) == len(found)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_operands_stand_in_the_text(file: Path) -> None:
    text = source(file)
    operands = [one for relation in records(file) for one in relation["operands"] if one["span"]]
    assert [text[slice(*one["span"])] for one in operands] == [one["raw"] for one in operands]


@pytest.mark.parametrize("file", FILES, ids=name)
def test_relations_hold_as_their_digits_say(file: Path) -> None:
    wrong = [one["id"] for one in records(file) if relations.verdict(one) != one["holds"]]
    assert wrong == []


def test_planted_errors_are_relations_that_do_not_hold() -> None:
    folder = ROOT / "corpus" / "reports"
    false = [one for one in records(folder / "liulin_final_accounts_2024.relations.jsonl") if one["holds"] is False]
    spans = [tuple(operand["span"]) for one in false for operand in one["operands"]]
    errors = json.loads((folder / "liulin_final_accounts_2024.errors.json").read_text(encoding="utf-8"))
    assert all((error["start"], error["end"]) in spans for error in errors)
    planted = {(error["start"], error["end"]) for error in errors}
    assert all(any(tuple(operand["span"]) in planted for operand in one["operands"]) for one in false)
