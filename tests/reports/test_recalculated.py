"""The working papers computed anew by LibreOffice: every formula gives the value of the result."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.amounts.book import Book
from extractor.checks.engine.compute import find_range
from extractor.model import Check, Result
from extractor.reports.workbook import papers
from extractor.reports.workbook.cases import find_case
from extractor.reports.workbook.cells import mark_status
from extractor.reports.workbook.live import Live
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import plan_formulas

openpyxl = pytest.importorskip("openpyxl")
ROOT = Path(__file__).resolve().parents[2]
OWN = sorted((ROOT / "corpus" / "reports").glob("*.txt"))
# Those of them that are computed anew: a narrative and statements.
TRIED = [file for file in OWN if file.stem.startswith(("liulin", "haitang"))]
# A sum that cut digits explain, one that nothing does, a quotient, units that differ, an approximate number, a bound.
KINDS = """一、收入
2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。
二、支出
2024年支出合计20.0万元，其中：基本支出12.46万元，项目支出7.58万元。2024年支出20余万元。比上年增加5万元，增长33.33%。
全年预算150000元，支出14.8万元，完成预算的98.67%。结转12.3万元。结转资金122815元。债务余额12.5亿元，债务限额120000万元。
"""
STORED = re.compile(rb'( t="str")?>(<f[^>]*?/>|<f[ >].*?</f>)<v>[^<]*</v>')
# How near a float of 15 digits, read from the file, comes to the exact number.
NEAR = 1e-12


@pytest.fixture(scope="module")
def office() -> str:
    """LibreOffice; without it nobody computes the formulas."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed: the formulas of the papers were not computed anew.")
    return found


def recalculate(office: str, made: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Workbooks with what LibreOffice computes; the values that were stored are taken off before."""
    for name, data in made.items():
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(folder / f"{name}.xlsx", "w") as target:
            for part in source.namelist():
                bare = STORED.sub(rb">\2", source.read(part)) if "worksheets/" in part else source.read(part)
                assert not STORED.search(bare)
                target.writestr(part, bare)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    convert = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    files = [str(folder / f"{name}.xlsx") for name in made]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=280)
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in made}


def is_same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= NEAR * max(1, abs(one), abs(other))
    return one == other


def list_formulas(book: Any) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


def list_rows(book: Any, name: str) -> list[dict[str, Any]]:
    head, *rest = book[get_phrase(f"sheet.{name}", "zh")].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def compare(result: Result, computed: Any) -> None:
    """Every check that the spreadsheet computes has the numbers and the verdict of the result."""
    checks = {check.id: check for check in result.checks}
    for row in list_rows(computed, "checks"):
        check = checks[row["核对编号"]]
        if row["复算结论"] == get_phrase("not-computed", "zh"):
            continue
        assert row["复算结论"] == row["结果"] == mark_status(check.status, "zh")
        if check.computed is not None:
            compare_numbers(check, row)


def compare_numbers(check: Check, row: dict[str, Any]) -> None:
    told = (("报告数", check.stated), ("核对数", check.computed), ("差额", check.difference))
    for name, number in told:
        assert is_same(row[name], float(Decimal(number or 0))), (check.id, name)


def test_every_formula_gives_the_value_of_the_result(office: str, tmp_path: Path) -> None:
    results = {"kinds": extract(KINDS.encode(), name="kinds.txt"), **{file.stem: extract(file) for file in TRIED}}
    made = {name: papers.encode(result) for name, result in results.items()}
    computed = recalculate(office, made, tmp_path)
    for name, result in results.items():
        formulas, stored = (openpyxl.load_workbook(io.BytesIO(made[name]), data_only=only) for only in (False, True))
        places = list(list_formulas(formulas))
        given = computed[name]
        wrong = [at for at in places if not is_same(stored[at[0]][at[1]].value, given[at[0]][at[1]].value)]
        assert not wrong, name
        assert len(places) > 50
        compare(result, given)


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_ends_are_those_of_exact_intervals(file: Path) -> None:
    result = extract(file)
    book = Book(result)
    _, live = plan_formulas(Book(result), "S")
    computed = [check for check in result.checks if check.computed is not None]
    assert {check.id for check in computed if all(operand.text is None for operand in check.operands)} <= live.keys()
    for check in computed:
        if check.id in live:
            compare_ends(check, book, live[check.id])


def compare_ends(check: Check, book: Book, live: Live) -> None:
    found = find_case(check, book)
    assert found is not None
    assert found.case.stated is not None
    rounded = {role: [amount.rounded for amount in amounts] for role, amounts in found.case.others.items()}
    exact = find_range(found.case.formula, rounded)
    factor = found.case.stated.factor
    ends = (live.ends[2], live.ends[3])
    assert [end and end.value * factor for end in ends] == [exact.low, exact.high], check.id


def test_a_changed_input_changes_the_verdict(office: str, tmp_path: Path) -> None:
    result = extract(KINDS.encode(), name="kinds.txt")
    (tmp_path / "made.xlsx").write_bytes(papers.encode(result))
    book = openpyxl.load_workbook(tmp_path / "made.xlsx")
    inputs = book["取数"]
    columns = {head.value: head.column for head in inputs[1]}
    row = next(row for row in range(2, inputs.max_row) if inputs.cell(row, columns["数值"]).value == 105)
    inputs.cell(row, columns["数值"]).value = 150
    book.save(tmp_path / "changed.xlsx")
    computed = recalculate(office, {"bare": (tmp_path / "changed.xlsx").read_bytes()}, tmp_path)["bare"]
    checks = [row for row in list_rows(computed, "checks") if row["核对类型"] in ("合计与分项", "占比")]
    assert {row["复算结论"] for row in checks} == {mark_status("holds", "zh")}
    assert {row["结果"] for row in checks} == {mark_status(one, "zh") for one in ("fails", "holds")}
    facts = {row[0]: row[1] for row in computed["概况"].iter_rows(values_only=True)}
    assert facts["改动取数后与原结果不同的项"] == sum(row["结果"] == mark_status("fails", "zh") for row in checks)
