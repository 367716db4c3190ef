import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from extractor.model import DocumentInfo
from extractor.reports.printable import printable
from extractor.reports.terminal import summary as terminal
from tests.reports.results import claim, result, section


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def shown(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    terminal.show(*arguments)  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_the_summary_says_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, result(warnings=("第 3 页无法读取。",)), Path("outputs/report.json"))
    for fact in (
        "某街道2020年度部门决算",
        "report.txt",
        "utf-8",
        "3 条量化表述",
        "100.50万元",
        "↑ 5.2%",
        "变动率 1",
    ):
        assert fact in text
    for fact in ("比率（目标）", "第 3 页无法读取。", "outputs/report.json"):
        assert fact in text
    assert re.search(r"^第一部分 决算情况 +2$", text, re.M)
    assert re.search(r"^  一、收入情况 +2$", text, re.M)


def test_english_words_for_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, result(), Path("out.json"), "en")
    assert "3 claims" in text
    assert "change rate 1" in text
    assert "rate (target)" in text
    assert "表述" not in text


def test_nothing_is_wider_than_the_terminal_and_no_number_is_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = tuple(
        claim(i, "100.50万元", metric="很长的指标名称" * 9, path=("很长的章节标题" * 20,)) for i in range(30)
    )
    for columns in ("80", "50", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        text = shown(capsys, result(name="很长的文件名" * 20 + ".txt", claims=claims), Path("outputs/" + "很长" * 50))
        assert max(cell_len(line) for line in text.splitlines()) <= int(columns)
        assert text.count("100.50万元") == 10
        assert text.count("指") == 10 * 9 + len(["指标"])


def test_every_claim_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    many = result(claims=tuple(claim(i, f"{i}.50万元") for i in range(1000, 1030)))
    assert "另有 20 条" in shown(capsys, many, Path("x.json"))
    every = shown(capsys, many, Path("x.json"), "zh", True)
    assert all(f"{i}.50万元" in every for i in range(1000, 1030))


def test_the_outline_opens_the_sections_with_most_claims(capsys: pytest.CaptureFixture[str]) -> None:
    tops = [section(f"t{i}", None, 1, f"第{i}部分 章") for i in range(4)]
    subs = [section(f"t{i}.{k}", f"t{i}", 2, f"（{i}.{k}）节") for i in range(4) for k in range(6)]
    ordered = tuple(sorted((*tops, *subs), key=lambda one: one.id))
    claims = tuple(claim(i, "100.50万元", section="t2.3") for i in range(5))
    text = shown(capsys, result(sections=ordered, claims=claims), Path("x.json"))
    assert all(f"第{i}部分 章" in text for i in range(4))
    assert re.search(r"^  （2.3）节 +5$", text, re.M)
    assert "另有 23 节" in text


def test_a_document_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[31m红\x07\u202e\u2066[bold]:smile:"
    info = DocumentInfo(evil, "0" * 64, "text", "utf-8", None, evil, evil, 2020, (evil,))
    one = claim(1, "1\x1b]0;x\x07元", metric=evil, path=(evil,))
    marked = section("s1", None, 1, evil)
    text = shown(capsys, result(document=info, claims=(one,), sections=(marked,)), Path(evil + ".json"))
    assert not [char for char in text if not char.isprintable() and char != "\n"]
    assert "\\x1b[31m红\\x07\\u202e\\u2066[bold]:smile:" in text


def test_colours_only_where_they_are_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in shown(capsys, result(), Path("x.json"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in shown(capsys, result(), Path("x.json"))


def test_a_result_without_claims_or_sections(capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有找到量化表述。" in shown(capsys, result(claims=(), sections=()), Path("x.json"))


def test_file_names_that_are_no_unicode_can_be_shown() -> None:
    assert printable("a\udcff.pdf") == "a\\udcff.pdf"


def test_a_long_heading_is_wrapped_below_its_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    long = section("s1", None, 1, "第一部分 " + "很长的章节标题" * 20)
    below = section("s2", "s1", 2, "一、" + "下面的章节标题" * 20)
    claims = (claim(1, "100.50万元"),)
    text = shown(capsys, result(sections=(long, below), claims=claims), Path("x.json"))
    outline = text[text.index("第一部分") : text.index("指标")]
    assert re.sub(r"[\s\d]", "", outline).count("下面的章节标题") == 20
    assert max(map(cell_len, text.splitlines())) <= 80
    assert all(line.startswith("  ") for line in outline[outline.index("  一、") :].splitlines() if line)
