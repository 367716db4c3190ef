"""Words of a document, and the name of its file, stay words in whatever leaves the tool."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from formulas import is_own

from extractor import cli
from extractor.reports.files.spreadsheets import is_risky
from extractor.reports.printable import COMMANDS

PAYLOADS = {
    "formula": '=HYPERLINK("http：x.example","x")',
    "formula with a sign": "+1+cmd|' -C calc'!A0",
    "formula with at": "@SUM(1+1)*cmd",
    "formula behind a tab": "\t=1+1",
    "full-width formula": "＝1+1",
    "markup": "<img src=x onerror=alert(1)>",
    "script": "<script>alert(1)<／script>",
    "attribute": '" onmouseover="alert(1)',
    "link": "javascript:alert(1)",
    "markdown": "[x](javascript:alert(1))",
    "rich": "[bold red]x[/] :smile:",
    "escape": "\x1b[2J\x1b[31mx",
    "link of a terminal": "\x1b]8;;http：x.example\x07x\x1b]8;;\x07",
    "title of a terminal": "\x1b]0;x\x07",
    "C1": "\x9b2J\x9d0;x\x9c\x85",
    "backspace": "x\x08\x08y\x7f",
    "bidi": "a\u202ecod.exe\u202c",
    "isolates": "\u2066x\u2069\u200f\u061c",
    "separators": "x\u2028y\u2029z",
    "template": "{0.__class__} %s ${x} {{7*7}}",
    "sql": "'); DROP TABLE claims; --",
}
# What no output of text may hold of these, whatever stands around it.
MARKUP = ("<img src=x", "<script>alert", '" onmouseover="')


def write_report(payload: str, year: int) -> str:
    """A report that has the payload in its title, a heading, a metric, and the words around a number."""
    return (
        f"部门决算公开\n{payload}街道{year}年度部门决算\n第一部分 {payload}情况\n一、{payload}收入情况\n"
        f"{year}年{payload}收入总计{year}.50万元，比上年增长5.2%，{payload}。\n"
        f"{payload}支出总计{year}.40万元，其中{payload}基本支出9000.00万元，占20%。\n"
    )


DIFFS = ("csv", "xlsx", "html", "json")


@pytest.fixture(scope="module")
def made(loaded: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the folder with everything that leaves the tool of a payload; it is made once."""
    return cache(lambda payload: make_all(payload, tmp_path_factory.mktemp("injection")))


def make_all(payload: str, folder: Path) -> Path:
    """Everything that leaves the tool of two reports with this payload in their words and names."""
    names = [f"{payload}{year}.txt".replace("/", "／") for year in (2023, 2024)]
    files = [folder / "in" / name for name in names]
    (folder / "in").mkdir()
    for file, year in zip(files, (2023, 2024), strict=True):
        file.write_text(write_report(payload, year), encoding="utf-8")
    for name, arguments in make_commands(folder, [str(file) for file in files]).items():
        said = folder / f"said {name}"
        # A file, for a process of its own speaks into it, too.
        with said.open("w", encoding="utf-8") as out, redirect_stdout(out), redirect_stderr(out):
            assert cli.run(arguments) in (0, 1, 2), name
    return folder


def make_commands(folder: Path, files: list[str]) -> dict[str, list[str]]:
    left, store = files[0], str(folder / "store")
    asked = "SELECT document, raw, metric, sentence, path FROM claims ORDER BY document, start"
    return {
        "extract": [left, "-o", str(folder / "result.json")],
        "extract many": [*files, "-o", str(folder / "results.jsonl"), "--verbose"],
        "extract json": [left, "-o", "-", "-q"],
        "absent": [left + "absent", "-o", "-"],
        "check": ["check", left, "--verbose"],
        "check json": ["check", left, "--format", "json"],
        **{
            f"check {form}": ["check", left, "-o", str(folder / f"findings.{form}")]
            for form in ("csv", "xlsx", "jsonl", "sarif", "xml")
        },
        "explain": ["explain", left, "总计"],
        "diff": ["diff", *files, "--verbose"],
        **{
            f"diff {form}": ["diff", *files, "-o", str(folder / f"diff.{form}")]
            for form in ("csv", "xlsx", "html", "json")
        },
        "report": ["report", left, "-o", str(folder / "page.html"), "--xlsx", str(folder / "papers.xlsx")],
        "batch": ["batch", str(folder / "in"), "-o", store, "-j", "1"],
        "pages": ["report", store],
        **{f"query {form}": ["query", store, asked, "--format", form] for form in ("table", "csv", "json")},
        **{f"export {form}": ["export", store, "-o", str(folder / f"claims.{form}")] for form in ("csv", "xlsx")},
        "panel": ["export", store, "--what", "panel", "-o", str(folder / "panel.csv")],
        "documents": ["export", store, "--what", "documents", "-o", str(folder / "documents.csv")],
    }


def look_at_text(file: Path) -> None:
    """Nothing that a terminal obeys."""
    text = file.read_text(encoding="utf-8")
    assert [char for char in text if not char.isprintable() and char not in "\n\u3000"] == []


def look_at_json(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not COMMANDS.search(text)
    for line in text.splitlines() if file.suffix == ".jsonl" else [text]:
        json.loads(line)


def look_at_csv(file: Path) -> None:
    text = file.read_bytes().decode("utf-8-sig")
    rows = [*csv.reader(io.StringIO(text))]
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if is_risky(cell) or COMMANDS.search(cell)] == []


def look_at_workbook(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert [formula for formula in formulas if not is_own(formula)] == []
    assert {cell.data_type for cell in cells} <= {"s", "n", "f", "d"}
    assert [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target] == []
    with zipfile.ZipFile(file) as held:
        assert not [name for name in held.namelist() if "externalLink" in name or "vba" in name]


def look_at_page(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not COMMANDS.search(text)
    assert [one for one in MARKUP if one in text] == []
    links = [html.unescape(one) for one in re.findall(r'(?:href|src|action)="([^"]*)"', text)]
    assert [link for link in links if link.lower().lstrip().startswith(("javascript:", "http", "//"))] == []


Look = Callable[[Path], None]
OUTPUTS: dict[str, Look] = {
    **{
        f"said {name}": look_at_text
        for name in (
            "extract", "extract many", "absent", "check", "explain", "diff", "diff csv", "diff xlsx", "diff html",
            "diff json", "report", "batch", "pages", "query table", "export csv", "export xlsx", "panel", "documents",
        )
    },
    **{f"said {name}": look_at_json for name in ("extract json", "check json", "query json")},
    "said query csv": look_at_csv,
    **{f"findings.{form}": look_at_json for form in ("jsonl", "sarif")},
    "findings.xml": look_at_text,
    "result.json": look_at_json,
    "results.jsonl": look_at_json,
    "diff.json": look_at_json,
    **{f"{name}.csv": look_at_csv for name in ("diff", "claims", "panel", "documents", "findings", "store/failures")},
    **{f"{name}.xlsx": look_at_workbook for name in ("diff", "papers", "claims", "findings")},
    **dict.fromkeys(("diff.html", "page.html", "store/reports/index.html"), look_at_page),
}  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("output", OUTPUTS)
def test_words_stay_words(output: str, payload: str, made: Callable[[str], Path]) -> None:
    file = made(PAYLOADS[payload]) / output
    assert file.stat().st_size or "said" in output or output == "findings.jsonl"
    OUTPUTS[output](file)
