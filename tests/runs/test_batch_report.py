"""`extract report OUT/`: a page for each document of a batch, and one over all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pages import Page

from extractor import cli, model
from extractor.model import Check, Message, Operand, Result
from extractor.reports.files.formats import jsonl
from extractor.reports.index_page import page as index_page
from tests.reports.results import TEXT, result

zstandard = pytest.importorskip("zstandard")
HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "</script><b>",
    '=HYPERLINK("x")',
    "\x1b[31m",
    "a\u202eb",
    '" onx="1',
    "\ud800",
]


TOTAL = (Operand("total", claim="c1"),)
SHEET = model.Page(1, 0, len(TEXT), 595.3, 841.9)


def found(name: str, severities: Sequence[Any] = (), entity: str = "甲街道", year: int | None = 2024) -> Result:
    checks = tuple(
        Check(
            f"sum-{at}",
            "sum",
            "fails",
            severity,
            TOTAL,
            None,
            None,
            None,
            Message(f"{name}第{at}处。", f"{name} {at}."),
        )
        for at, severity in enumerate(severities)
    )
    made = result(name, checks=checks, pages=(SHEET,))
    info = msgspec.structs.replace(made.document, title=name, entity=entity, year=year)
    return msgspec.structs.replace(made, document=info)


def store(results: dict[str, Result], *more: dict[str, Any]) -> Path:
    """A folder as a batch leaves it."""
    lines = [*more]
    for key, one in results.items():
        place = Path("OUT/results") / key[:2] / f"{key}.json.zst"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(zstandard.ZstdCompressor().compress(jsonl.encode(one)))
        lines.append({"seq": 1, "path": f"in/{one.document.name}", "key": key, "status": "done"})
    Path("OUT/index.jsonl").write_text("\n".join(map(json.dumps, lines)) + '\n{"cut', encoding="utf-8")
    return Path("OUT")


@pytest.fixture(autouse=True)
def _with_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("OUT").mkdir()


def test_documents_are_ranked_and_each_has_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    kinds = {"a" * 64: ["warning"] * 3, "b" * 64: ["warning", "error"], "c" * 64: []}
    store({key: found(f"{key[0]}.pdf", severities) for key, severities in kinds.items()})
    assert cli.run(["report", "OUT"]) == 0
    page = Page(Path("OUT/reports/index.html").read_text(encoding="utf-8"))
    links = [str(attributes["href"]) for tag, attributes in page.tags if tag == "a"]
    assert [link for link in links if "#" not in link] == [f"{one}_pdf-{one * 12}.html" for one in "bac"]
    for link, name in zip((link for link in links if "#" not in link), ("b.pdf", "a.pdf", "c.pdf"), strict=True):
        assert f"<title>{name}" in Path("OUT/reports", link).read_text(encoding="utf-8")
    assert links[-5] == f"b_pdf-{'b' * 12}.html#sum-1"
    assert "：3 份文件，错误 1 处，疑点 4 处。" in capsys.readouterr().out
    assert page.text.index("b.pdf第1处。") < page.text.index("b.pdf第0处。")


def test_filters_offer_every_entity_and_year_once() -> None:
    store({key * 64: found(key, entity=entity, year=year) for key, entity, year in (
        ("a", "甲街道", 2024), ("b", "乙街道", 2023), ("c", "甲街道", None),
    )})  # fmt: skip
    assert cli.run(["report", "OUT", "-q"]) == 0
    page = Page(Path("OUT/reports/index.html").read_text(encoding="utf-8"))
    assert [attributes["value"] for tag, attributes in page.tags if tag == "option"] == [
        "", "乙街道", "甲街道", "", "2023", "2024", "", "error", "warning",
    ]  # fmt: skip
    rows = [attributes for tag, attributes in page.tags if tag == "tr" and attributes]
    assert {"data-entity": "甲街道", "data-year": "", "data-severity": ""} in rows


def test_the_last_line_of_a_path_counts_and_failures_are_listed() -> None:
    old = {"seq": 0, "path": "in/a.pdf", "key": "f" * 64, "status": "done"}
    bad = {"seq": 0, "path": "in/b.pdf", "key": "", "status": "failed", "message": "b.pdf：PDF 已损坏。"}
    store({"a" * 64: found("a.pdf")}, old, bad)
    assert cli.run(["report", "OUT", "-q"]) == 0
    page = Path("OUT/reports/index.html").read_text(encoding="utf-8")
    assert "b.pdf：PDF 已损坏。" in page
    assert sorted(path.name for path in Path("OUT/reports").iterdir()) == [f"a_pdf-{'a' * 12}.html", "index.html"]


def test_a_key_leads_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    store({"a" * 64: found("a.pdf")}, {"seq": 0, "path": "in/x", "key": "../../../etc/passwd", "status": "done"})
    assert cli.run(["report", "OUT", "-q", "--lang", "en"]) == 2
    assert "1 lines of index.jsonl are damaged" in capsys.readouterr().err
    page = Path("OUT/reports/index.html").read_text(encoding="utf-8")
    assert "passwd" not in page
    assert "a.pdf" in page


def test_a_broken_result_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    out = store({key * 64: found(key) for key in "ab"})
    (out / "results/aa" / f"{'a' * 64}.json.zst").write_bytes(b"broken")
    assert cli.run(["report", "OUT"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert "1 份文件没有结果" in Path("OUT/reports/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [["--pdf", "x"], ["--xlsx", "x"], ["-o", "x"], ["--pages"], ["--decisions", "x"]])
def test_options_for_one_document(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    store({"a" * 64: found("a")})
    assert cli.run(["report", "OUT", *option]) == 2
    assert option[0] in capsys.readouterr().err


def test_a_folder_that_is_no_batch(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["report", "OUT"]) == 2
    assert "这是文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_of_a_document_stays_text(lang: Any) -> None:
    rows = [index_page.make_row("a" * 64, [words], found(words, ["error"], entity=words), lang) for words in HOSTILE]
    made = index_page.encode(rows, HOSTILE, lang).decode()
    page = Page(made)
    assert not [
        tag for tag, attributes in page.tags if tag == "img" or any(name.startswith("on") for name in attributes)
    ]
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert all(char.isprintable() or char == "\n" for char in page.text.split("'use strict'")[0])
    assert page.text.count(HOSTILE[0]) >= 5


def test_the_policy_allows_the_pages_own_script_alone() -> None:
    page = index_page.encode([], [], "zh").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    assert "http" not in page.replace("http-equiv", "")


# ── in a browser ──


@pytest.fixture
def index(visited: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens the index of three documents."""
    store({
        "a" * 64: found("甲街道2024年决算.pdf", ["warning", "error"], "甲街道", 2024),
        "b" * 64: found("乙街道2023年决算.pdf", ["warning"], "乙街道", 2023),
        "c" * 64: found("丙街道2024年决算.pdf", [], "丙街道", 2024),
    }, {"seq": 0, "path": "in/x.pdf", "key": "", "status": "failed", "message": "x.pdf：PDF 已损坏。"})  # fmt: skip
    assert cli.run(["report", "OUT", "-q"]) == 0
    return lambda *given, **options: visited(Path("OUT/reports/index.html").resolve(), *given, **options)


def listed(view: Any, what: str) -> list[str]:
    return [node.inner_text() for node in view.locator(what).all() if node.is_visible()]


def test_filters_narrow_documents_and_findings(index: Callable[..., Any]) -> None:
    view = index()
    assert view.locator("output").inner_text() == "3 / 3"
    view.select_option("[name=year]", "2024")
    assert listed(view, "td.entity") == ["甲街道", "丙街道"]
    view.get_by_role("button", name="按问题").click()
    assert listed(view, ".ranked a") == ["甲街道2024年决算.pdf第1处。", "甲街道2024年决算.pdf第0处。"]
    view.select_option("[name=severity]", "warning")
    assert listed(view, ".ranked a") == ["甲街道2024年决算.pdf第0处。"]
    view.select_option("[name=year]", "")
    assert view.locator("output").inner_text() == "2 / 3"
    view.fill("[name=words]", "乙街道")
    assert listed(view, ".ranked a") == ["乙街道2023年决算.pdf第0处。"]
    view.get_by_role("button", name="按文件").click()
    assert listed(view, "td.entity") == ["乙街道"]


def test_a_finding_leads_into_its_report(index: Callable[..., Any]) -> None:
    view = index()
    view.get_by_role("button", name="按问题").click()
    view.locator(".ranked a").first.click()
    view.wait_for_selector("html[data-ready]")
    assert view.locator(".card[aria-current]").get_attribute("data-check") == "sum-1"
    view.get_by_role("link", name="全部报告").click()
    assert view.locator("output").inner_text() == "3 / 3"
    view.get_by_role("button", name="按问题").click()
    view.select_option("[name=severity]", "error")
    view.locator(".ranked a").first.click()
    view.wait_for_selector("html[data-ready]")
    view.go_back()
    assert listed(view, ".ranked a") == ["甲街道2024年决算.pdf第1处。"]
    view.fill("[name=words]", "没有这样的问题")
    assert view.locator("#none").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 400])
def test_the_index_meets_the_standard_at_every_width(
    index: Callable[..., Any], faults: Callable[..., Any], width: int, scheme: str
) -> None:
    view = index(width, color_scheme=scheme)
    view.locator("td summary").first.click()
    for name in ("按文件", "按问题"):
        view.get_by_role("button", name=name).click()
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(view) == []


def test_findings_are_ranked_by_their_gaps() -> None:
    def check(name: str, severity: Any, stated: str | None, computed: str | None) -> Check:
        return Check(name, "sum", "fails", severity, (), stated, computed, None, Message(name, name))

    checks = check("a", "warning", "1", "9"), check("b", "error", "10", "11"), check("c", "error", "1", "-1")
    made = msgspec.structs.replace(found("x"), checks=(*checks, check("d", "error", None, None)))
    rows = [index_page.make_row("a" * 64, ["x"], made, "zh")]
    assert [finding.check for _, finding in index_page.rank_findings(rows)] == ["c", "b", "d", "a"]
