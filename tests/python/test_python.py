"""The package from Python: the examples of its pages, frames, and what is loaded when."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import extractor
from extractor.frames import COLUMNS, Library, What, make_frame
from extractor.layers import use_patterns

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["python.md", "python.zh-CN.md"]
TEXT = "一、救助\n2024年，发放救助金10.0万元，其中：城镇4.0万元，农村5.0万元，其他救助0.5万元。\n走访农户30户。"
TABLE = "支出决算表\n项目\t年初预算\t决算数\n教育支出\t12.5\t13.1\n合计\t12.5\t13.1\n"


@pytest.fixture(autouse=True)
def _package_alone() -> Iterator[None]:
    yield
    use_patterns(None)


@pytest.fixture(scope="module")
def result() -> extractor.Result:
    return extractor.extract(f"{TEXT}\n{TABLE}".encode(), name="a.txt")


def read_blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_examples_of_the_page_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus/own/esg", tmp_path / "corpus/own/esg")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in read_blocks(page):
        exec(compile(block, page, "exec"), names)
    assert names["data"].is_complete  # type: ignore[attr-defined]
    assert names["rows"]


def test_both_pages_have_the_same_examples() -> None:
    english, chinese = ([block.replace(".zh)", ".en)") for block in read_blocks(page)] for page in PAGES)
    assert english == chinese


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("what", COLUMNS)
def test_a_frame_has_a_row_for_each_and_its_columns(what: What, library: Library, result: extractor.Result) -> None:
    frame = result.to_frame(what, library)
    cells = [cell for table in result.tables for row in table.rows for cell in row if cell.text]
    assert len(frame) == (len(cells) if what == "cells" else len(getattr(result, what)))
    empty = extractor.extract("无。".encode(), name="a.txt").to_frame(what, library)
    assert [*empty.columns] == [*frame.columns] == [*COLUMNS[what]]
    assert len(empty) == 0


def test_columns_are_the_fields_of_the_types(result: extractor.Result) -> None:
    frame = result.to_frame()
    first = result.claims[0]
    assert frame["value"][0] == Decimal(first.value)
    assert (frame["path"][0], frame["period_start"][0]) == ("一、救助", "2024-01-01")
    left = set(extractor.Claim.__struct_fields__) - {name.partition("_")[0] for name in COLUMNS["claims"]}
    assert {name for name in left if name not in COLUMNS["claims"]} == {"sentence", "boxes", "interval"}
    assert result.to_frame("findings")["claim"][0] == first.id


def test_a_library_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="frames"):
        make_frame([], ["a"], "polars")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"metric": "救助金"}, ["10.0万元"]),
        ({"period": "2024", "metric": "救助金"}, ["10.0万元"]),
        ({"period": "2024年", "metric": "救助金"}, ["10.0万元"]),
        ({"period": "2023"}, []),
        ({"metric": "救助金", "kind": "share"}, []),
        ({"metric": "救助金", "role": "actual"}, ["10.0万元"]),
        ({"metric": "没有"}, []),
    ],
)
def test_claims_are_found(asked: dict[str, str], found: list[str], result: extractor.Result) -> None:
    assert [claim.raw for claim in result.find(**asked)][: len(found) or None] == found  # type: ignore[arg-type]
    assert len(result.find()) == len(result.claims)


def test_findings_of_a_report_or_of_its_result(result: extractor.Result) -> None:
    assert extractor.check(result) == result.findings == extractor.check(f"{TEXT}\n{TABLE}".encode(), name="a.txt")
    assert result.findings


def test_every_public_name_is_there_and_what_is_not_is_told() -> None:
    assert [name for name in extractor.__all__ if not hasattr(extractor, name)] == []
    assert set(extractor.__all__) <= set(dir(extractor))
    with pytest.raises(AttributeError, match="nothing"):
        _ = extractor.nothing


@pytest.mark.parametrize("first", ["", "import extractor.batch.work; "])
def test_batch_is_the_function_whatever_was_loaded(first: str) -> None:
    code = f"{first}import extractor; print(callable(extractor.batch), extractor.batch.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["True", "extractor.batch"]


def test_a_batch_of_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(extractor.ExtractorError, match="no data set"):
        extractor.batch(tmp_path, tmp_path / "out")


def test_the_package_loads_nothing_heavy() -> None:
    code = "import sys, extractor; print(len([n for n in sys.modules if n.startswith('extractor')]), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    count, *modules = done.stdout.split()
    assert int(count) <= 4
    assert not {"regex", "pandas", "polars", "duckdb", "lxml", "PIL", "typer"} & set(modules)
