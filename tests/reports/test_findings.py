"""The findings on the terminal: nothing is lost at 80 columns, and a document cannot steer the screen."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from rich.cells import cell_len

from extractor import extract
from extractor.messages import Lang
from extractor.model import Check, Message, Result, Verification
from extractor.reports.findings.selecting import Wanted, list_rows
from extractor.reports.terminal import findings
from tests.reports.results import result, section

LANGS: tuple[Lang, ...] = ("zh", "en")
SAID = (
    "第24页「一般公共预算财政拨款基本支出决算情况说明」基本支出5377.64万元，第15页「支出决算表」合计5364.75万元，两处不一致。"
    * 3
)
EVIL = "<img src=x onerror=alert(1)></script>=HYPERLINK(1)\x1b[31m红\x07\u202e\u2066[bold]:smile:"


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def found(said: str = SAID, **changes: Any) -> Result:
    checks = tuple(
        Check(f"sum-{at}", "sum", "fails", severity, (), "1", "2", "-1", Message(said, said))
        for at, severity in enumerate(("warning", "error", "info"))
    )
    fields: dict[str, Any] = {"checks": checks, "verification": Verification(("c1",), ("c2",), ("c3",))}
    return result(**(fields | changes))


def tell(one: Result, lang: Lang = "zh", every: bool = False) -> None:
    findings.show(list_rows(one, Wanted(), None, None), lang, every)


def shown(capsys: pytest.CaptureFixture[str], one: Result, lang: Lang = "zh", every: bool = False) -> str:
    tell(one, lang, every)
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_lost_and_nothing_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in ("80", "60", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        text = shown(capsys, found(), lang, every=True)
        assert max(map(cell_len, text.splitlines())) <= int(columns)
        joined = "".join(line.strip() for line in text.splitlines())
        assert joined.replace(" ", "").count(SAID) == 3


def test_lines_of_a_finding_stand_under_its_first(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, found()).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("1 错误  "))
    assert all(line.startswith(" " * 2) for line in lines[first + 1 : lines.index("", first)])


def test_errors_come_first_and_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, found())
    assert text.index("错误  ") < text.index("疑点  ")
    assert "发现错误 1 处，疑点 1 处。" in text
    assert "已核对 1 条，有疑问 1 条，未能核对 1 条" in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_document_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], lang: Lang) -> None:
    info = msgspec.structs.replace(result().document, title=EVIL, name=EVIL, warnings=(EVIL,))
    text = shown(capsys, found(EVIL, document=info), lang, every=True)
    assert not [char for char in text if not char.isprintable() and char != "\n"]
    joined = "".join(line.strip() for line in text.splitlines())
    assert joined.count("<img") == joined.count("\\x1b[31m红\\x07\\u202e\\u2066[bold]:smile:") == 5


def test_colours_only_where_they_are_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in shown(capsys, found())
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in shown(capsys, found())
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in shown(capsys, found())


def test_attachments_are_pointed_out(capsys: pytest.CaptureFixture[str]) -> None:
    headings = (("第一部分", "概况"), ("附件1", "绩效评价报告"), ("附件2", "项目自评报告"))
    sections = tuple(
        msgspec.structs.replace(
            section(f"s{at}", None, 1, number + title), number=number, title=title, start=at, end=at
        )
        for at, (number, title) in enumerate(headings)
    )
    tell(result(sections=sections))
    assert "有 2 个附件" in capsys.readouterr().out
    tell(result(sections=sections[:1]))
    assert "附件" not in capsys.readouterr().out


TEXT = "一、收入\n2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。"


@pytest.mark.parametrize("lang", LANGS)
def test_a_finding_stands_above_its_checks(capsys: pytest.CaptureFixture[str], lang: Lang) -> None:
    one = extract(TEXT.encode(), name="report.txt")
    (finding,) = one.findings
    text = shown(capsys, one, lang)
    said = "150.00万元，可使" if lang == "zh" else "150.00万元 would mend"
    assert all(text.index(said) < text.index(identity) for identity in (finding.id, *finding.checks))
    assert "^^" in text
    assert ("150.00万元，可使" if lang == "zh" else "150.00万元 would mend") in text
    assert ("错误 1 处" if lang == "zh" else "1 errors") in text


def test_a_result_without_findings_shows_each_check(capsys: pytest.CaptureFixture[str]) -> None:
    one = extract(TEXT.encode(), name="report.txt")
    text = shown(capsys, msgspec.structs.replace(one, findings=()))
    assert "发现错误 1 处，疑点 1 处。" in text


def test_the_pointer_stands_below_the_number(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, extract(TEXT.encode(), name="report.txt")).splitlines()
    at = next(at for at, line in enumerate(lines) if "^" in line)
    start = len(lines[at]) - len(lines[at].lstrip())
    above = lines[at - 1]
    cells = 0
    for index, char in enumerate(above):
        if cells == start:
            assert above[index:].startswith("105.00万元")
            return
        cells += cell_len(char)
    pytest.fail("the pointer stands behind the line")
