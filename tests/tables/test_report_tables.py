"""The sample report: its text and its PDF have the same tables, and its claims in cells stand where the gold says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import Result, extract

REPORT = Path(__file__).resolve().parents[2] / "corpus" / "reports" / "liulin_final_accounts_2024"


@pytest.fixture(scope="module")
def text() -> Result:
    return extract(REPORT.with_suffix(".txt"))


@pytest.fixture(scope="module")
def pdf() -> Result:
    return extract(REPORT.with_suffix(".pdf"))


def test_tables_of_text_are_those_of_the_pdf(text: Result, pdf: Result) -> None:
    for one, two in zip(text.tables, pdf.tables, strict=True):
        assert (one.title, one.kind, one.unit, one.header_rows) == (two.title, two.kind, two.unit, two.header_rows)
        for left, right in zip(one.rows, two.rows, strict=True):
            # How wide a value of a form is drawn says nothing; in a statement the spans are those of the heads.
            printed = [
                [(squeeze(cell.text), cell.value, one.header_rows and cell.colspan) for cell in row if cell.text]
                for row in (left, right)
            ]
            assert printed[0] == printed[1]


def squeeze(words: str) -> str:
    return "".join(words.split())


def test_claims_in_cells_are_those_of_the_pdf(text: Result, pdf: Result) -> None:
    found = [
        [(claim.raw, claim.path, claim.role, claim.cell.row_label, claim.cell.column_label)
         for claim in result.claims if claim.cell]
        for result in (text, pdf)
    ]  # fmt: skip
    assert found[0] == found[1]
    assert found[0]


def test_claims_in_cells_stand_where_the_gold_says(text: Result) -> None:
    lines = REPORT.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    gold = [one for one in map(json.loads, lines) if one["cell"] and one["status"] == "claim"]
    claims = {claim.start: claim for claim in text.claims if claim.cell}
    assert {one["start"]: one["cell"] for one in gold} == {
        start: f"{claim.cell.row_label}|{claim.cell.column_label}" for start, claim in claims.items() if claim.cell
    }
    assert {one["start"]: (tuple(one["section"]), one["role"]) for one in gold} == {
        start: (claim.path, claim.role) for start, claim in claims.items()
    }
