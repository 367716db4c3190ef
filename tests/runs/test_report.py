"""`extract report`: which files it writes, what it says, and what it refuses."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pdfs import PdfPage, lock, pdf
from rich.cells import cell_len

from extractor import cli
from extractor.pipeline import extract
from extractor.reports.files.formats import json as as_json

TEXT = "第一部分 决算情况\n一、收入情况\n2020年收入总计100.50万元，其中财政拨款60万元，其他收入40万元。\n"


def payload(path: str) -> dict[str, Any]:
    """The data that a review page carries."""
    page = Path(path).read_text(encoding="utf-8")
    data = page.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
    found: dict[str, Any] = json.loads(data)
    return found


@pytest.fixture(autouse=True)
def _with_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    Path("report.pdf").write_bytes(pdf([PdfPage().text(72, 700, "全年发放救助金100.50万元。")]))
    Path("saved.json").write_bytes(as_json.encode(extract("report.txt")))


def decided(name: str = "report.txt", **changes: Any) -> Path:
    sha256 = hashlib.sha256(Path(name).read_bytes()).hexdigest()
    found = {"schema": "extractor-decisions/1", "document": sha256,
             "decisions": {"x": {"state": "confirmed", "note": "已核实"}}}  # fmt: skip
    Path("decisions.json").write_text(json.dumps(found | changes), encoding="utf-8")
    return Path("decisions.json")


def test_the_page_is_written_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["report", "report.txt"]) == 0
    assert Path("outputs/report.html").is_file()
    out, err = capsys.readouterr()
    assert "outputs/report.html" in out
    assert err == ""
    assert max(map(cell_len, out.splitlines())) <= 80


def test_all_three_in_one_run() -> None:
    line = ["report", "report.pdf", "-o", "out/", "--pdf", "a/marked.pdf", "--xlsx", "a/papers.xlsx", "--pages", "-q"]
    before = Path("report.pdf").read_bytes()
    assert cli.run(line) == 0
    assert sorted(str(path) for path in Path().rglob("*.*") if path.parent.name in ("a", "out")) == [
        "a/marked.pdf", "a/papers.xlsx", "out/report.html",
    ]  # fmt: skip
    assert [page["src"][:22] for page in payload("out/report.html")["pages"]] == ["data:image/png;base64,"]
    assert Path("report.pdf").read_bytes() == before


def test_no_page_where_only_others_are_asked_for() -> None:
    assert cli.run(["report", "saved.json", "--xlsx", "papers.xlsx"]) == 0
    assert not Path("outputs").exists()


@pytest.mark.parametrize("name", ["papers.xlsx", "marked.PDF", "memo.docx", "page.htm"])
def test_one_output_is_told_by_the_ending_of_its_name(name: str) -> None:
    assert cli.run(["report", "report.pdf", "-o", f"out/{name}", "-q"]) == 0
    assert [path.name for path in Path("out").iterdir()] == [name]
    assert not Path("outputs").exists()


def test_the_page_goes_beside_what_is_named_by_itself() -> None:
    assert cli.run(["report", "report.pdf", "-o", "page.html", "--xlsx", "papers.xlsx", "-q"]) == 0
    assert Path("page.html").is_file()
    assert Path("papers.xlsx").is_file()


def test_an_output_that_fails_costs_itself(capsys: pytest.CaptureFixture[str]) -> None:
    too_long = "x" * 251 + ".xlsx"
    line = ["report", "report.pdf", "-o", "x.html", "--xlsx", too_long, "--pdf", "m.pdf", "-q", "--lang", "en"]
    assert cli.run(line) == 2
    err = capsys.readouterr().err
    assert err.startswith("extract: xxx")
    assert err.count("\n") == 1
    assert Path("x.html").stat().st_size
    assert Path("m.pdf").stat().st_size
    assert {path.name for path in Path().iterdir()} == {"report.txt", "report.pdf", "saved.json", "x.html", "m.pdf"}


@pytest.mark.parametrize("name", ["report.txt", "saved.json"])
def test_what_needs_a_pdf_costs_itself_where_there_is_none(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["report", name, "--pdf", "m.pdf", "-o", "x.html", "--pages", "--xlsx", "x.xlsx", "--memo", "x.docx"]
    assert cli.run(line) == 2
    out, err = capsys.readouterr()
    assert [said.split(" 需要")[0] for said in err.splitlines()] == [
        f"extract: {name}：{one}" for one in ("--pages", "--pdf")
    ]
    assert "x.xlsx" in out
    assert "x.html" not in out
    assert sorted(path.name for path in Path().glob("[xm]*")) == ["x.docx", "x.xlsx"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pdf_that_nothing_can_be_put_in_front_of_is_marked(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.pdf").write_bytes(lock(Path("report.pdf").read_bytes()))
    line = ["report", "report.pdf", "--pdf", "m.pdf", "--xlsx", "x.xlsx", "--lang", lang]
    assert cli.run(line) == 0
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert ("加不上问题清单和书签" if lang == "zh" else "bookmarks could not be added") in err
    assert "m.pdf" in out
    assert b"/Highlight" in Path("m.pdf").read_bytes()


def test_a_pdf_by_any_name_is_marked() -> None:
    Path("report.pdf").rename("report")
    assert cli.run(["report", "report", "--pdf", "marked.pdf", "-q"]) == 0


def test_decisions_go_to_the_page_as_they_were_saved() -> None:
    assert cli.run(["report", "report.txt", "-o", "x.html", "--decisions", str(decided()), "--lang", "en"]) == 0
    made = payload("x.html")
    assert made["decisions"] == {"x": {"state": "confirmed", "note": "已核实"}}
    assert made["lang"] == "en"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["saved.json", "--pdf", "m.pdf"], "--pdf 需要 PDF 原文件"),
        (["report.txt", "--pdf", "m.pdf"], "--pdf 需要 PDF 原文件"),
        (["saved.json", "-o", "x.html", "--pages"], "--pages 需要 PDF 原文件"),
        (["absent.pdf"], "文件不存在"),
        (["absent.json"], "文件不存在"),
        (["."], "文件夹"),
        (["report.pdf", "--pdf", "report.pdf"], "覆盖输入文件"),
        (["report.pdf", "--pdf", "x", "--xlsx", "./x"], "不能写在同一个文件"),
        (["report.pdf", "-o", "x.json"], "应以 .html 结尾"),
        (["report.pdf", "-o", "x.xlsx", "--xlsx", "y.xlsx"], "应以 .html 结尾"),
        (["report.pdf", "-o", "report.pdf"], "覆盖输入文件"),
        (["report.pdf", "--xlsx", "x.XLS"], "应以 .xlsx 结尾"),
        (["report.pdf", "-o", "-"], "请用 -o 指定文件名"),
        (["report.pdf", "--xlsx", "report.txt/x.xlsx"], "已有同名文件"),
        (["report.pdf", "--xlsx", "x.xlsx", "--decisions", "report.txt"], "不是处理意见文件"),
        (["report.pdf", "--xlsx", "x.xlsx", "--decisions", "absent"], "文件不存在"),
        (["hostile\x1b[2J\u202e.json", "--pdf", "x.pdf"], "文件不存在"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    line: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["report", *line]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.startswith("extract: ")
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()
    assert not [*Path().glob("x*"), *Path().glob("m.pdf")]


def test_decisions_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    text = "一、支出\n支出合计155.20万元，其中：人员经费105.00万元，公用经费50.00万元。\n"
    Path("wrong.txt").write_text(text, encoding="utf-8")
    found = extract(Path("wrong.txt"))
    made = {found.findings[0].checks[0]: {"state": "confirmed", "note": ""}}
    path = decided("wrong.txt", decisions=made)
    assert cli.run(["report", "wrong.txt", "-o", "x.html", "--decisions", str(path)]) == 0
    assert "属实 1，排除 0，待定 0" in capsys.readouterr().out
    assert cli.run(["report", "wrong.txt", "-o", "x.html"]) == 0
    assert "属实" not in capsys.readouterr().out


def test_decisions_about_another_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["report", "report.pdf", "--xlsx", "x.xlsx", "--decisions", str(decided())]) == 2
    assert "是关于另一份文件的" in capsys.readouterr().err


@pytest.mark.parametrize("changes", [{"schema": "x"}, {"decisions": {"x": {"state": "maybe"}}}, {"decisions": []}])
def test_decisions_of_another_form(changes: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = decided(**changes)
    assert cli.run(["report", "report.txt", "--xlsx", "x.xlsx", "--decisions", str(found)]) == 2
    assert "不是处理意见文件" in capsys.readouterr().err


def test_decisions_without_a_note_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    found = decided(decisions={"x": {"state": "open"}, "y": {}})
    assert cli.run(["report", "report.txt", "--xlsx", "x.xlsx", "--decisions", str(found), "-q"]) == 0
    assert capsys.readouterr().out == ""


def test_a_document_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[31m红\x07\u202e[bold]<img src=x onerror=alert(1)></script>=HYPERLINK(1)"
    result = extract("report.txt")
    info = msgspec.structs.replace(result.document, title=evil)
    Path("saved.json").write_bytes(as_json.encode(msgspec.structs.replace(result, document=info)))
    assert cli.run(["report", "saved.json", "--xlsx", "papers.xlsx"]) == 0
    out = capsys.readouterr().out
    assert all(char.isprintable() or char == "\n" for char in out)
    assert "\\x1b[31m红" in out
    assert "</script>" in out.replace("\n", "")


def test_colours_only_where_they_are_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["report", "saved.json", "--xlsx", "papers.xlsx"]
    assert cli.run(line) == 0
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert cli.run(line) == 0
    assert "\x1b[" in capsys.readouterr().out
