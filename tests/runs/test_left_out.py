"""A table that is left out, or holds what is no number, is named with its page on everything that leaves the tool."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from pdfs import PdfPage, pdf

from extractor import cli

pytest.importorskip("xlsxwriter")
DOUBTFUL = ("第 2 页", "100 200")
LEFT_OUT = ("第 3 页", "未作为表格读取")
SAID = {"zh": (*DOUBTFUL, *LEFT_OUT), "en": ("page 2", "100 200", "page 3", "not read as a table")}


def draw_doubtful() -> PdfPage:
    """A ruled table; two numbers share a cell beside one label."""
    page = PdfPage().box(60, 600, 360, 690).line(60, 660, 360, 660).line(60, 625, 360, 625)
    page.line(160, 600, 160, 690).line(260, 600, 260, 690)
    for x, words in ((64, "项目"), (164, "预算数"), (264, "决算数")):
        page.text(x, 670, words, 10)
    page.text(64, 638, "项目支出", 10).text(164, 648, "100", 10).text(164, 632, "200", 10).text(264, 638, "35", 10)
    return page.text(64, 608, "其他支出", 10).text(164, 608, "1", 10).text(264, 608, "2", 10)


def draw_left_out() -> PdfPage:
    """Numbers below one another without lines; words reach over the place between two of their columns."""
    page = PdfPage()
    body = [("发电量", "10.15", "7.88"), ("售电量", "10.07", "7.93"), ("装机容量", "36.18", "36.18")]
    for at, row in enumerate([("项目", "2023年", "2024年"), *body, *body]):
        for column, words in enumerate(row):
            room = 80 - 9 * len(words) if column else 0
            page.text(60 + 100 * column + room, 700 - 16 * at, words, 9)
    return page.text(248, 652, "国资委员会", 9)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pages = [PdfPage().text(72, 700, "全年收入5亿元。"), draw_doubtful(), draw_left_out()]
    Path("report.pdf").write_bytes(pdf(pages))


def run(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    """What a command says on the screen, without the breaks of its lines."""
    cli.run([*line])
    captured = capsys.readouterr()
    return "".join(f"{captured.out}\n{captured.err}".split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "line",
    [["report.pdf"], ["report.pdf", "-o", "-"], ["check", "report.pdf"], ["check", "report.pdf", "--format", "json"]],
    ids=" ".join,
)
def test_it_is_said_on_the_screen(lang: str, line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, *line, "--lang", lang)
    assert all("".join(words.split()) in told for words in SAID[lang])


def test_it_is_in_every_file(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "report.pdf", "-o", "report.json", "-q")
    run(capsys, "report", "report.pdf", "-o", "page.html", "--xlsx", "papers.xlsx", "-q")
    with zipfile.ZipFile("papers.xlsx") as book:
        papers = book.read("xl/sharedStrings.xml").decode()
    written = {"json": Path("report.json").read_text(), "html": Path("page.html").read_text(), "xlsx": papers}
    missing = [(name, words) for name, text in written.items() for words in SAID["zh"] if words not in text]
    assert missing == []
    assert json.loads(written["json"])["document"]["warnings"]


def test_what_is_data_stays_data(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", "report.pdf", "--format", "json"])
    assert json.loads(capsys.readouterr().out) == []
    cli.run(["check", "report.pdf", "--format", "json", "-q"])
    assert capsys.readouterr() == ("", "")
