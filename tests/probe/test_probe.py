"""Errors planted in a report: the document stays one, the draw is the same everywhere, and what is seen is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from extractor.documents import read
from extractor.documents.model import Document
from extractor.messages import known
from extractor.pipeline import result as read_result
from extractor.probe import choosing, probe
from extractor.probe.alarms import list_alarms
from extractor.probe.choosing import KINDS, choose_slips, take_last_year
from extractor.probe.numbers import Number, find_printed, list_numbers
from extractor.probe.planting import Edit, Slip, plant
from extractor.runs.outcome import Outcome
from extractor.runs.probe import Request, probe_file

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "corpus" / "reports"
SMALL = """一、支出情况
2024年支出合计350.00万元，其中：基本支出200.00万元，项目支出150.00万元。
二、收入情况
收入支出表
单位：万元
项目\t2023年\t2024年
财政拨款\t310.00\t340.00
其他收入\t5.00\t10.00
合计\t315.00\t350.00
"""


def read_small(text: str = SMALL) -> Document:
    return read(text.encode(), name="small.txt")


def draw_slips(document: Document, count: int) -> list[Slip]:
    return choose_slips(document, list_numbers(read_result(document)), count, "1")


@pytest.mark.parametrize(
    "report", ["liulin_final_accounts_2024.txt", "yunbo_communique_2025.txt", "qinghe_work_report_2026.txt"]
)
def test_a_planted_text_is_what_the_edited_file_would_have_been_read_as(report: str) -> None:
    written = (REPORTS / report).read_bytes().decode()
    document = read(written.encode(), name=report)
    edits = [slip.edit for slip in draw_slips(document, 16)]
    assert {edit.growth == 0 for edit in edits} == {True, False}
    for edit in edits:
        edited = read(edit.change(written, 0).encode(), name=report)
        planted = msgspec.structs.replace(plant(document, edit), sha256=edited.sha256)
        assert planted == edited


def test_numbers_of_a_planted_pdf_stand_where_their_words_are() -> None:
    document = read(str(REPORTS / "liulin_final_accounts_2024.pdf"))
    slips = draw_slips(document, 40)
    slip = next(one for one in slips if one.edit.growth and one.number.place == "table")
    found = read_result(plant(document, slip.edit))
    assert all(found.text[claim.start : claim.end] == claim.raw for claim in found.claims)
    cells = [cell for table in found.tables for row in table.rows for cell in row]
    assert all(found.text[cell.start : cell.end].split() == cell.text.split() for cell in cells)
    changed = slip.edit.change(slip.number.raw, slip.number.start)
    assert any(cell.start == slip.number.start and cell.text == changed for cell in cells)
    assert [claim.page for claim in found.claims] == [claim.page for claim in read_result(document).claims]
    assert all(claim.boxes for claim in found.claims)


def test_the_draw_depends_on_seed_and_content_alone() -> None:
    document = read_small()
    once, again = draw_slips(document, 6), draw_slips(read_small(), 6)
    assert once == again
    other = choose_slips(document, list_numbers(read_result(document)), 6, "2")
    assert [slip.edit for slip in other] != [slip.edit for slip in once]


def test_every_slip_changes_what_is_printed_and_each_number_once() -> None:
    document = read_small()
    slips = draw_slips(document, 99)
    assert len({slip.number.start for slip in slips}) == len(slips)
    for slip in slips:
        assert document.text[slip.edit.start : slip.edit.end] != slip.edit.words
        changed = slip.edit.change(slip.number.raw, slip.number.start)
        assert find_printed(changed, slip.number.digits.replace(",", "")) is None or slip.kind == "unit"


def test_kinds_of_slips() -> None:
    numbers = list_numbers(read_result(read_small("支出合计350.00万元，其中：基本支出2000元，项目支出150.00万元。")))
    total = numbers[0]
    made = {kind: KINDS[kind](total, numbers, "1") for kind in ("digit", "swapped", "unit", "neighbour")}
    after = {kind: edit.change(total.raw, total.start) for kind, edit in made.items() if edit}
    assert after["unit"] == "350.00元"
    assert after["neighbour"] == "150.00万元"
    assert after["swapped"] in ("530.00万元", "305.00万元")
    assert sum(one != two for one, two in zip(after["digit"], total.raw, strict=True)) == 1


def test_last_years_value_is_that_of_the_same_row() -> None:
    numbers = list_numbers(read_result(read_small()))
    this = next(number for number in numbers if number.digits == "340.00")
    edit = take_last_year(this, numbers, "1")
    assert edit is not None
    assert edit.words == "310.00"
    last = next(number for number in numbers if number.digits == "310.00")
    assert take_last_year(last, numbers, "1") is None


def test_numbers_in_words_ranges_and_codes_are_left_alone() -> None:
    text = "投入三百万元，惠及20至30户。\n\n项目\t编码\n甲\t2080101\n乙\t2080102\n"
    assert [number.raw for number in list_numbers(read_result(read_small(text)))] == []


def test_what_is_seen_is_told_by_rule_and_section_and_nothing_else_is_counted() -> None:
    found = probe(read_small(), count=99)
    assert found.planted == len(found.errors) > 6
    assert found.seen == sum(bool(error.rules) for error in found.errors) > 0
    assert {rate.name for rate in found.places} == {"narrative", "table"}
    assert sum(rate.planted for rate in found.slips) == found.planted
    assert sum(section.numbers for section in found.sections) == found.numbers
    assert sum(section.planted for section in found.sections) == found.planted
    total = next(error for error in found.errors if error.raw == "350.00万元")
    assert "sum" in total.rules
    assert total.message.zh
    assert found == probe(read_small(), count=99)


def test_a_number_that_is_doubted_already_is_left_alone() -> None:
    document = read_small(SMALL.replace("基本支出200.00", "基本支出210.00"))
    doubted = list_alarms(read_result(document))
    assert doubted.found
    found = probe(document, count=99)
    assert not any(doubted.touch(error.start, error.end) for error in found.errors)


def test_an_alarm_of_before_is_no_sight_though_its_numbers_moved() -> None:
    document = read_small(SMALL.replace("基本支出200.00", "基本支出210.00"))
    before = list_alarms(read_result(document))
    at = document.text.index("一、")
    edit = Edit(at, at + 1, "十一")
    assert list_alarms(read_result(plant(document, edit))).list_fresh(before, edit) == []


def test_every_kind_of_slip_has_its_words() -> None:
    assert all(known(f"probe.slip.{kind}") for kind in choosing.KINDS)


def test_the_command_tells_writes_and_ends_with_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, target = tmp_path / "small.txt", tmp_path / "probe.json"
    report.write_text(SMALL, encoding="utf-8")
    request = Request(count=8, output=str(target), lang="en", every=True)
    assert probe_file(report, request) == Outcome.DONE
    out = capsys.readouterr().out
    assert "8 errors, one at a time (seed 1)" in out
    assert "digit changed" in out
    saved = msgspec.json.decode(target.read_bytes())
    assert (saved["schema"], saved["planted"]) == ("extractor-probe/1", 8)
    assert probe_file(report, Request(count=1, output=str(report))) == Outcome.FAILED
    assert report.read_text(encoding="utf-8") == SMALL


@pytest.mark.parametrize(
    ("name", "text", "said"), [("saved.json", "{}", "saved"), ("a.txt", "没有数字。", "no number")]
)
def test_what_cannot_be_probed_is_one_sentence(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert probe_file(tmp_path / name, Request(lang="en")) == Outcome.FAILED
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_printed_numbers_have_a_value_of_their_own() -> None:
    numbers: list[Number] = list_numbers(read_result(read_small()))
    assert all(Decimal(number.digits.replace(",", "")) >= 0 for number in numbers)
    assert all(number.raw.startswith(number.digits) for number in numbers)
