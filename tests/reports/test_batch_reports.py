"""`extract report OUT/`: a page for each document of a batch, and one over all of them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from pages import Page

from extractor import cli
from extractor.model import Check, Message, Result
from extractor.reports import index_page, reporting
from extractor.reports import json as as_json
from tests.reports.results import result

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


def found(name: str, severities: Sequence[Any] = (), entity: str = "甲街道", year: int | None = 2024) -> Result:
    checks = tuple(
        Check(
            f"sum-{at}", "sum", "fails", severity, (), None, None, None, Message(f"{name}第{at}处。", f"{name} {at}.")
        )
        for at, severity in enumerate(severities)
    )
    made = result(name, checks=checks)
    info = msgspec.structs.replace(made.document, title=name, entity=entity, year=year)
    return msgspec.structs.replace(made, document=info)


def store(results: dict[str, Result], *more: dict[str, Any]) -> Path:
    """A folder as a batch leaves it."""
    lines = [*more]
    for key, one in results.items():
        place = Path("OUT/results") / key[:2] / f"{key}.json.zst"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(zstandard.ZstdCompressor().compress(as_json.line(one)))
        lines.append({"seq": 1, "path": f"in/{one.document.name}", "key": key, "status": "done"})
    Path("OUT/index.jsonl").write_text("\n".join(map(json.dumps, lines)) + '\n{"cut', encoding="utf-8")
    return Path("OUT")


@pytest.fixture(autouse=True)
def _with_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("OUT").mkdir()
    monkeypatch.setattr(reporting, "find_spec", lambda _: object())
    page = SimpleNamespace(write=lambda result, target, lang: target.write_text(result.document.name, encoding="utf-8"))
    monkeypatch.setitem(sys.modules, reporting.PAGE, page)


def test_documents_are_ranked_and_each_has_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    kinds = {"a" * 64: ["warning"] * 3, "b" * 64: ["warning", "error"], "c" * 64: []}
    store({key: found(f"{key[0]}.pdf", severities) for key, severities in kinds.items()})
    assert cli.run(["report", "OUT"]) == 0
    page = Page(Path("OUT/reports/index.html").read_text(encoding="utf-8"))
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert links == [f"{letter * 64}.html" for letter in "bac"]
    assert [Path("OUT/reports", str(link)).read_text(encoding="utf-8") for link in links] == ["b.pdf", "a.pdf", "c.pdf"]
    assert "：3 份文件，错误 1 处，疑点 4 处。" in capsys.readouterr().out
    assert page.text.index("b.pdf第1处。") < page.text.index("b.pdf第0处。")


def test_filters_offer_every_entity_and_year_once() -> None:
    store({key * 64: found(key, entity=entity, year=year) for key, entity, year in (
        ("a", "甲街道", 2024), ("b", "乙街道", 2023), ("c", "甲街道", None),
    )})  # fmt: skip
    assert cli.run(["report", "OUT", "-q"]) == 0
    page = Page(Path("OUT/reports/index.html").read_text(encoding="utf-8"))
    assert [attributes["value"] for tag, attributes in page.tags if tag == "option"] == [
        "", "乙街道", "甲街道", "", "2023", "2024",
    ]  # fmt: skip
    rows = [attributes for tag, attributes in page.tags if tag == "tr" and attributes]
    assert {"data-entity": "甲街道", "data-year": ""} in rows


def test_the_last_line_of_a_path_counts_and_failures_are_listed() -> None:
    old = {"path": "in/a.pdf", "key": "f" * 64, "status": "done"}
    bad = {"path": "in/b.pdf", "key": "", "status": "failed", "message": "b.pdf：PDF 已损坏。"}
    away = {"path": "in/x", "key": "../../../etc/passwd", "status": "done"}
    store({"a" * 64: found("a.pdf")}, old, bad, away)
    assert cli.run(["report", "OUT", "-q"]) == 0
    page = Path("OUT/reports/index.html").read_text(encoding="utf-8")
    assert "b.pdf：PDF 已损坏。" in page
    assert "passwd" not in page
    assert sorted(path.name for path in Path("OUT/reports").iterdir()) == [f"{'a' * 64}.html", "index.html"]


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
    rows = [index_page.row("a" * 64, [words], found(words, ["error"], entity=words), lang) for words in HOSTILE]
    made = index_page.data(rows, HOSTILE, lang).decode()
    page = Page(made)
    assert not [
        tag for tag, attributes in page.tags if tag == "img" or any(name.startswith("on") for name in attributes)
    ]
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert all(char.isprintable() or char == "\n" for char in page.text.split("'use strict'")[0])
    assert page.text.count(HOSTILE[0]) >= 5


def test_the_policy_allows_the_pages_own_script_alone() -> None:
    page = index_page.data([], [], "zh").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    assert "http" not in page.replace("http-equiv", "")
