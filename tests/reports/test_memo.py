"""The memo of a page: what it says, that it is one page of A4, and that text of a document stays text."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from results import result

from extractor import extract
from extractor.messages import render
from extractor.model import InputError, Result
from extractor.reports.decisions import Decision, Decisions
from extractor.reports.labels import advise
from extractor.reports.memo import memo
from extractor.reports.standing import list_mistakes
from extractor.reports.workbook.head import Head

docx = pytest.importorskip("docx")
ROOT = Path(__file__).resolve().parents[2]
TEXT = "一、收入\n2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。"


def report() -> Result:
    return extract(TEXT.encode(), name="report.txt")


def decide(found: Result, state: Any, note: str = "") -> Decisions:
    checks = [mistake.checks[0].id for mistake in list_mistakes(found)]
    return Decisions("extractor-decisions/1", found.document.sha256, {check: Decision(state, note) for check in checks})


def read(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_without_decisions_nothing_is_confirmed() -> None:
    text = read(memo.encode(report()))
    assert "二、待核实的问题" in text
    assert "目前尚无认定属实的问题" in text
    assert "105.00 + 50.00 = 155万元 ≠ 200万元，相差45万元" in text


def test_confirmed_findings_are_told_with_their_notes() -> None:
    found = report()
    text = read(memo.encode(found, decisions=decide(found, "confirmed", "单位已认可。")))
    assert "二、属实的问题" in text
    assert "待核实" not in text
    assert "审计说明：单位已认可。（底稿第1项）\n" in text


def test_a_finding_tells_its_index_in_the_papers() -> None:
    """As the workbook numbers it, be the memo's own order another one."""
    found = extract(TWO.encode(), name="report.txt")
    _, second, *_ = [mistake.checks[0].id for mistake in list_mistakes(found)]
    made = Decisions("extractor-decisions/1", found.document.sha256, {second: Decision("confirmed")})
    text = read(memo.encode(found, decisions=made, head=Head(index="ZJ-01")))
    confirmed, _, pending = text.partition("三、待核实的问题")
    assert "（底稿索引号ZJ-01-2）" in confirmed
    assert "（底稿索引号ZJ-01-1）" in pending
    assert "(papers ZJ-01-2)" in read(memo.encode(found, "en", made, Head(index="ZJ-01")))


def test_dismissed_findings_are_not_told() -> None:
    found = report()
    text = read(memo.encode(found, decisions=decide(found, "dismissed")))
    assert "没有发现需要说明的问题" in text
    assert "≠" not in text


TWO = (
    "一、收入\n2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。\n"
    "二、支出\n2024年项目支出52.00万元，比上年增加2.00万元，增长40.00%，上年为50.00万元。\n"
    "三、经费\n公务接待费支出3.00万元，完成预算30.00万元的90.00%。"
)


def test_what_is_not_decided_is_told_beside_what_is_confirmed() -> None:
    found = extract(TWO.encode(), name="report.txt")
    first, second, *others = [mistake.checks[0].id for mistake in list_mistakes(found)]
    made = {first: Decision("confirmed"), second: Decision("dismissed")}
    text = read(memo.encode(found, decisions=Decisions("extractor-decisions/1", found.document.sha256, made)))
    assert f"归并为{len(others) + 2}个问题，其中属实1个、待核实{len(others)}个、排除1个。" in text
    assert "二、属实的问题（1个）" in text
    assert f"三、待核实的问题（{len(others)}个）" in text
    assert "尚无认定" not in text


def test_the_number_to_suspect_and_what_is_proposed_are_told_with_advice_and_note() -> None:
    text = TEXT.replace("105.00", "150.00").replace("50.00万元，占25", "50.00元，占25")
    found = extract(text.encode(), name="report.txt")
    (mistake,) = list_mistakes(found)
    assert mistake.finding
    assert mistake.finding.proposed
    said = read(memo.encode(found, decisions=decide(found, "confirmed", "已核对底稿")))
    assert "事业收入50.00元 → 50.00万元，可使2项同时成立。算式：" in said
    assert "（另有1项）" in said
    assert f"{advise(mistake.checks[0].rule, 'zh')}审计说明：已核对底稿。" in said


def test_many_findings_leave_room_for_those_not_decided() -> None:
    found = extract(ROOT / "corpus" / "reports" / "liulin_final_accounts_2024.txt")
    *most, _ = [mistake.checks[0].id for mistake in list_mistakes(found)]
    made = Decisions(
        "extractor-decisions/1", found.document.sha256, dict.fromkeys(most, Decision("confirmed", "注" * 90))
    )
    text = read(memo.encode(found, decisions=made))
    assert f"二、属实的问题（{len(most)}个）" in text
    assert "三、待核实的问题（1个）\n1. " in text


def test_the_head_and_the_fonts() -> None:
    made = memo.encode(report(), head=Head(entity="甲局", index="ZJ-01", prepared="张三"))
    assert {"被审计单位：甲局", "索引号：ZJ-01", "编制：张三", "复核："} <= set(read(made).split("\n"))
    document = docx.Document(io.BytesIO(made))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    (fonts,) = (part.blob.decode() for part in document.part.package.iter_parts() if "fontTable" in part.partname)
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/></w:font>' in fonts
    assert 'w:eastAsia="仿宋_GB2312"' in document.element.xml


def test_the_same_result_makes_the_same_memo() -> None:
    assert memo.encode(report()) == memo.encode(report())


def test_hostile_words_stay_words() -> None:
    found = result()
    info = msgspec.structs.replace(found.document, title="a\x00<b>&\u202e", name="\ud800", entity="\x1b[31m")
    text = read(memo.encode(msgspec.structs.replace(found, document=info)))
    assert "a\\x00<b>&\\u202e" in text


def test_without_the_package_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError) as raised:
        memo.encode(report())
    assert "pip install 'narrative-extractor[office]'" in render(raised.value.notice, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_one_page(lang: Any, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: the pages of the memo were not counted.")
    found = extract(ROOT / "corpus" / "reports" / "liulin_final_accounts_2024.txt")
    (tmp_path / "memo.docx").write_bytes(memo.encode(found, lang))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "memo.docx")], check=True, capture_output=True, timeout=240)
    if not (tmp_path / "memo.pdf").is_file():
        pytest.skip("LibreOffice is installed without Writer: the pages of the memo were not counted.")
    assert len(pypdfium2.PdfDocument(tmp_path / "memo.pdf")) == 1
