"""Numbers of a text in reports: what agrees, what contradicts, and what must never be called a contradiction."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import openpyxl
import pytest

from extractor import Result, extract
from extractor.cite import Citation, Citations, cite
from extractor.cite.answer import SourceFinding
from extractor.cite.bodies import list_bodies
from extractor.cite.doubts import list_doubts
from extractor.runs.cite import Request, cite_files
from extractor.runs.outcome import Outcome

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "corpus" / "reports"
ARTICLES = Path(__file__).parent / "articles"
# In the articles a number stands with what the report says of it: {166万元:s}, c or n.
MARK = re.compile(r"\{([^:}]+):([scn])\}")
REPORT_OF = {
    "liulin": "liulin_final_accounts_2024.txt",
    "haitang": "haitang_culture_budget_2026.txt",
    "yunbo": "yunbo_communique_2025.txt",
}
REPORT = """青溪市民政局2024年度部门决算
一、支出情况
2024年，青溪市民政局本年支出合计165.71万元，其中基本支出100.00万元、项目支出65.71万元。公务接待费支出20余万元。
2024年，城乡低保支出比上年增长5.2%，养老服务满意度95.6%。
"""


@cache
def read_report(name: str) -> Result:
    return extract(REPORTS / name)


def read(text: str, name: str = "a.txt") -> Result:
    return extract(text.encode(), name=name)


def look_up(words: str, *reports: str) -> list[Citation]:
    article = f"青溪市民政局的账\n2024年，青溪市民政局{words}。"
    return list(
        cite(read(article), [read(report, f"{at}.txt") for at, report in enumerate(reports or (REPORT,))]).citations
    )


def unmark(marked: str) -> tuple[str, dict[int, str]]:
    """An article without its marks, and the expected status by the place of each number."""
    text, expected, last = "", {}, 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        expected[len(text)] = mark[2]
        text += mark[1]
        last = mark.end()
    return text + marked[last:], expected


def list_examples() -> list[tuple[str, str]]:
    lines = (ROOT / "corpus" / "examples" / "cite" / "bodies.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" =>") for line in lines if line and not line.startswith("#"))
    return [(text, names.strip()) for text, _, names in pairs]


@pytest.mark.parametrize(("text", "names"), list_examples())
def test_bodies_at_the_beginning_of_a_clause(text: str, names: str) -> None:
    assert "；".join(name for _, name in list_bodies(text)) == names


@pytest.mark.parametrize("name", sorted(REPORT_OF))
def test_articles_about_reports(name: str) -> None:
    text, expected = unmark((ARTICLES / f"{name}.md").read_text(encoding="utf-8"))
    found = cite(read(text, f"{name}.md"), [read_report(REPORT_OF[name])])
    status = {citation.start: citation.status[0] for citation in found.citations}
    told = {at: status.get(at, "-") for at in expected}
    # No number is contradicted that the report does not contradict, and none supported that it does not have.
    assert [at for at in told if told[at] == "c" != expected[at]] == []
    assert [at for at in told if told[at] == "s" != expected[at]] == []
    missed = [text[at : at + 8] for at in told if told[at] != expected[at]]
    assert len(missed) <= {"haitang": 1}.get(name, 0)


@pytest.mark.parametrize(
    ("words", "status", "match"),
    [
        ("本年支出合计165.71万元", "supported", "equal"),
        ("本年支出合计1657100元", "supported", "equal_converted"),
        ("本年支出合计166万元", "supported", "rounded"),
        ("本年支出合计约170万元", "supported", "rounded"),
        ("本年支出合计超过160万元", "supported", "within"),
        ("本年支出合计不到200万元", "supported", "within"),
        ("本年支出合计165.7万元", "supported", "rounded"),
        ("公务接待费支出20多万元", "supported", "equal"),
        ("本年支出合计156.71万元", "contradicted", "different"),
        ("本年支出合计超过170万元", "contradicted", "different"),
        ("本年支出合计165.71元", "contradicted", "different"),
        ("基本支出65.71万元", "contradicted", "different"),
        ("城乡低保支出比上年下降5.2%", "contradicted", "different"),
    ],
)
def test_a_number_is_what_its_digits_and_words_allow(words: str, status: str, match: str) -> None:
    citation = look_up(words)[-1]
    assert (citation.status, citation.sources[0].match) == (status, match)


@pytest.mark.parametrize(
    "words",
    [
        "购置设备支出12.5万元",
        "基本支出比上年增长3%",
        "的邻居、青溪市教育局本年支出合计900万元",
        "成立。\n2023年，本年支出合计150万元",
        "与青石县民政局同时公布账目。青石县民政局本年支出合计220万元",
        "公务接待费支出20.35万元",
        "本年支出预算合计180万元",
        "人均支出合计1.2万元",
    ],
)
def test_what_the_report_does_not_speak_of_is_not_found(words: str) -> None:
    assert look_up(words)[-1].status == "not_found"


def test_a_number_that_falls_where_it_rose_is_told_so() -> None:
    assert look_up("城乡低保支出比上年下降5.2%")[-1].message.en.endswith("the other way.")


def test_a_text_about_another_body_is_never_contradicted() -> None:
    text = "青石县民政局的账\n2024年，青石县民政局本年支出合计220万元，其中基本支出110.00万元。"
    found = cite(read(text), [read(REPORT, "r.txt")])
    assert {citation.status for citation in found.citations} == {"not_found"}


def test_of_two_bodies_the_one_that_is_named_counts() -> None:
    other = REPORT.replace("青溪市民政局", "青溪市水利局").replace("165.71", "385.71").replace("100.00", "320.00")
    first, second = look_up("本年支出合计165.71万元。青溪市水利局本年支出合计165.71万元", REPORT, other)
    assert first.status == "supported"
    assert second.status == "contradicted"
    assert second.sources[0].anchor.quote == "385.71万元"


def test_a_cell_supports_a_number() -> None:
    table = REPORT + "二、附表\n支出决算表\n单位：万元\n项目\t决算数\n教育支出\t12.35\n合计\t12.35\n"
    citation = look_up("教育支出12.35万元", table)[-1]
    assert citation.status == "supported"
    cell = citation.sources[0].anchor.cell
    assert cell is not None
    assert (cell.row_label, cell.column_label) == ("教育支出", "决算数")


def test_anchors_lead_to_the_words_of_the_report() -> None:
    report = read_report("liulin_final_accounts_2024.txt")
    text, _ = unmark((ARTICLES / "liulin.md").read_text(encoding="utf-8"))
    found = cite(read(text, "liulin.md"), [report])
    anchors = [source.anchor for citation in found.citations for source in citation.sources]
    assert anchors
    for anchor in anchors:
        assert report.text[anchor.start : anchor.end] == anchor.quote
        assert report.text[anchor.sentence.start : anchor.sentence.end] == anchor.sentence.text
        assert anchor.sha256 == report.document.sha256


def test_a_report_supports_itself() -> None:
    report = read_report("yunbo_communique_2025.txt")
    assert {citation.status for citation in cite(report, [report]).citations} == {"supported"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    article, report = tmp_path / "article.md", tmp_path / "report.txt"
    article.write_text("# 账\n\n2024年，青溪市民政局本年支出合计156.71万元，=采访3人。", encoding="utf-8")
    report.write_text(REPORT, encoding="utf-8")
    return article, report


def test_the_command_tells_what_is_wrong_and_writes_every_format(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, report = files
    for ending in ("json", "csv", "xlsx"):
        request = Request(output=str(tmp_path / f"found.{ending}"), lang="en")
        assert cite_files(article, [report], request) == Outcome.FOUND
    out = capsys.readouterr().out
    assert "1 contradicted, 1 not found" in out
    saved = msgspec.json.decode((tmp_path / "found.json").read_bytes(), type=Citations)
    assert [citation.status for citation in saved.citations] == ["contradicted", "not_found"]
    assert "156.71万元" in (tmp_path / "found.csv").read_text(encoding="utf-8-sig")
    sheet = openpyxl.load_workbook(tmp_path / "found.xlsx").active
    assert [cell.value for cell in sheet[2]][1:3] == ["contradicted", "156.71万元"]


def test_strict_counts_what_is_not_found(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    article, report = files
    article.write_text("青溪市民政局去年采访了3人。", encoding="utf-8")
    assert cite_files(article, [report], Request(quiet=True)) == Outcome.DONE
    assert cite_files(article, [report], Request(quiet=True, strict=True)) == Outcome.FOUND
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("text", "said"), [("没有数字。", "no number"), (None, "missing.txt")])
def test_wrong_input_is_one_sentence(
    text: str | None, said: str, files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "missing.txt"
    if text:
        article.write_text(text, encoding="utf-8")
    assert cite_files(article, [files[1]], Request(lang="en")) == Outcome.FAILED
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    link = tmp_path / "link.txt"
    link.symlink_to(files[1])
    for target in (files[1], link):
        assert cite_files(files[0], [files[1]], Request(output=str(target))) == Outcome.FAILED
    assert files[1].read_text(encoding="utf-8") == REPORT


ACCOUNTS = (
    "鹿鸣市2025年预算执行情况报告\n一、执行情况\n2025年，市本级政府性基金支出560.44亿元，增长3.2%。\n"
    "二、2026年预算\n2026年，市本级国有资本经营预算支出8.15亿元。"
)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("2025年，鹿鸣市市本级政府性基金预算支出506.44亿元。", "contradicted"),
        ("2025年，鹿鸣市市本级政府性基金预算支出560.44亿元。", "supported"),
        ("2025年，鹿鸣市全市政府性基金预算支出506.44亿元。", "not_found"),
        ("2025年，鹿鸣市市本级政府性基金预算教育支出506.44亿元。", "not_found"),
    ],
)
def test_the_total_of_an_account_is_one_by_its_scope(told: str, status: str) -> None:
    report = extract(ACCOUNTS.encode(), name="report.txt")
    (found,) = cite(extract(told.encode(), name="article.txt"), [report]).citations
    assert found.status == status


def test_what_is_not_found_names_the_nearest_of_its_name() -> None:
    told = "2024年，鹿鸣市市本级政府性基金支出506.44亿元。"
    report = extract(ACCOUNTS.encode(), name="report.txt")
    (found,) = cite(extract(told.encode(), name="article.txt"), [report]).citations
    assert found.status == "not_found"
    assert found.nearest
    assert found.nearest.anchor.quote == "560.44亿元"
    assert "560.44亿元" in found.message.zh


@pytest.mark.parametrize("when", ["今年", "去年"])
def test_a_year_told_by_the_day_of_writing_may_be_that_of_the_report(when: str) -> None:
    """Whether the article was written in the year of the report or in the next is not told."""
    told = f"全局本年支出合计165.71万元。青溪市民政局{when}基本支出100.00万元。"
    article = f"青溪市民政局{when}的账\n2024年的账目公布了。\n{told}"
    found = cite(read(article), [read(REPORT)]).citations
    assert [(one.status, one.sources[0].basis) for one in found] == [("supported", "name")] * 2


@pytest.mark.parametrize(("when", "amount", "status"), [
    ("2024年", "156.71万元", "contradicted"),
    # The report does not tell of the year before, of which it may be right.
    ("去年", "156.71万元", "not_found"),
    # Nor of the year behind it.
    ("今年", "156.71万元", "not_found"),
    ("2023年", "165.71万元", "not_found"),
])  # fmt: skip
def test_what_one_reading_allows_is_not_contradicted(when: str, amount: str, status: str) -> None:
    article = f"青溪市民政局的账\n2024年的账目公布了。\n青溪市民政局{when}本年支出合计{amount}。"
    assert cite(read(article), [read(REPORT)]).citations[-1].status == status


def test_a_report_that_tells_by_the_day_of_writing_means_the_same_year() -> None:
    report = "青溪市2025年政府工作报告\n今年，新建停车场12个。"
    article = "青溪市要做什么\n2025年的报告说：\n今年，青溪市新建停车场15个。"
    assert cite(read(article), [read(report)]).citations[-1].status == "contradicted"


def test_a_number_that_its_own_report_doubts_says_so() -> None:
    article = "青石区柳林街道的账\n柳林街道办事处2024年累计发放低保金268.40万元，开展志愿服务活动326场。"
    report = extract(REPORTS / "liulin_final_accounts_2024.txt")
    doubted, other = cite(read(article), [report]).citations
    finding = doubted.sources[0].finding
    assert finding in [SourceFinding(one.id, one.message) for one in report.findings]
    assert finding
    assert finding.message.zh in doubted.message.zh
    assert finding.id in doubted.message.en
    assert not any(source.finding for source in other.sources)


def test_one_part_of_a_sum_that_is_not_right_is_not_doubted() -> None:
    report = read(
        "青溪市民政局2024年度部门决算\n本年支出合计170.00万元，其中：基本支出100.00万元，项目支出50.00万元，其他支出21.00万元。"
    )
    assert [finding.suspect.role for finding in report.findings] != []
    assert len(list_doubts(report)) < len(report.claims)
