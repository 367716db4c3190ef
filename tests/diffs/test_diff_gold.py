"""How good a diff is: on the annotated body and attachments, on two versions of one text, and on unrelated texts."""

from __future__ import annotations

from itertools import combinations

import pytest
from measured import claims, same, score, stands
from pairs import EDITS, PAIRS, ROOT, SHARED, records, versions

import extractor
from extractor import Diff
from extractor.diffs import against_attachments

REPORTS = ROOT / "corpus" / "reports"
UNRELATED = ("hengchuan_annual_report_2025", "yuchuan_urban_management_summary_2025", "ningchuan_plan_report_1952")
THINGS = "走访退役军人{}人，发放慰问金{}元，调解纠纷{}件，新建停车位{}个，清运垃圾{}吨，培训网格员{}名，改造管网{}公里"


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
def test_body_against_attachments(file) -> None:
    report = SHARED / file.name.replace(".pairs.jsonl", ".txt")
    if not report.is_file():
        pytest.skip(f"the published report is not here (../shared/corpus/{report.name})")
    found = score(against_attachments(extractor.extract(report)), records(file))
    assert found.found / found.wanted >= 0.95, found.missed
    assert found.right / found.made >= 0.95, found.extra
    assert found.related / found.right >= 0.95, found.extra


@pytest.fixture(scope="module", params=EDITS, ids=lambda file: file.stem)
def edited(request) -> tuple[Diff, list[dict]]:
    left, right = versions(request.param)
    return extractor.diff(left.encode(), right.encode()), records(request.param)


def test_every_edit_is_reported(edited) -> None:
    diff, edits = edited
    assert [edit for edit in edits if not reported(diff, edit)] == []


def reported(diff: Diff, edit: dict) -> bool:
    for name, side in (("only_left", diff.left), ("only_right", diff.right)):
        if edit["relation"] == name:
            spans = edit["left"] or edit["right"]
            return any(stands(claims(side, one), spans) for one in getattr(diff, name))
    relations = {edit["relation"], *edit.get("relation_alt", ())}
    return any(same(diff, pair, edit) and pair.relation in relations for pair in diff.pairs)


def test_nothing_else_is_reported(edited) -> None:
    """But for rates that stayed beside an amount that an edit changed."""
    diff, edits = edited
    pairs = [pair for pair in diff.pairs if not any(same(diff, pair, edit) for edit in edits)]
    assert [pair for pair in pairs if pair.relation != "equal"] == []
    noted = [pair for pair in pairs if pair.remarks]
    assert all(claims(diff.left, pair.left)[0].kind == "change_rate" for pair in noted)
    for name, side in (("only_left", diff.left), ("only_right", diff.right)):
        spans = [edit["left"] or edit["right"] for edit in edits if edit["relation"] == name]
        assert all(any(stands(claims(side, one), span) for span in spans) for one in getattr(diff, name))


@pytest.mark.parametrize(("one", "two"), list(combinations(UNRELATED, 2)))
def test_reports_with_nothing_in_common_give_no_pairs(one: str, two: str) -> None:
    diff = extractor.diff(REPORTS / f"{one}.txt", REPORTS / f"{two}.txt")
    assert diff.pairs == ()
    assert (len(diff.only_left), len(diff.only_right)) == (len(diff.left.claims), len(diff.right.claims))


@pytest.mark.parametrize(
    "name", ["liulin_final_accounts_2024", "qinghe_work_report_2026", "haitang_culture_budget_2026"]
)
def test_a_report_agrees_with_itself(name: str) -> None:
    result = extractor.extract(REPORTS / f"{name}.txt")
    diff = extractor.diff(result, result)
    assert {(pair.left == pair.right, pair.relation) for pair in diff.pairs} == {(True, "equal")}
    assert len(diff.pairs) == len(result.claims)


def made_up(places: int, more: int = 0) -> bytes:
    """A report of seven numbers for each of so many places."""
    lines = [f"{at + 1}号片区：" + THINGS.format(*(at * 7 + n + more for n in range(10, 17))) for at in range(places)]
    return "。\n".join(lines).encode()


def test_a_thousand_claims_a_side_find_their_own() -> None:
    left, right = extractor.extract(made_up(143)), extractor.extract(made_up(143, more=1))
    assert len(left.claims) > 990
    diff = extractor.diff(left, right)
    assert [pair.left for pair in diff.pairs if pair.left == pair.right] == [claim.id for claim in left.claims]
