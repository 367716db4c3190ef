"""What leaves a store: the database, questions to it, and files for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec
import openpyxl
import pytest

from extractor import cli
from extractor.batch import database, store, workbook
from extractor.batch.exported import WHATS
from extractor.batch.whole import unpack
from extractor.model import Result
from extractor.pipeline import extract
from extractor.reports.files.formats import jsonl
from extractor.reports.files.spreadsheets import make_safe

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "corpus/reports").glob("*.txt"))
TABLES = ("documents", "sections", "claims", "tables", "cells", "checks", "findings")
ODD = "一、情况\n=2+3的支出100.50万元。\n-小计收入20万元。\n@某单位发放救助金30万元。\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample texts and of one whose words look like formulas."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "=cmd.txt").write_text(ODD, encoding="utf-8")
    arguments = [str(folder / "=cmd.txt"), *(str(path) for path in SAMPLES), "-o", str(folder / "out"), "-q"]
    assert cli.run(["batch", *arguments]) == 0
    return folder / "out"


def ask(out: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(out / "store.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def exported(out: Path, target: Path, *arguments: str) -> Path:
    assert cli.run(["export", str(out), "-o", str(target), *arguments]) == 0
    return target


def read_csv(file: Path) -> list[dict[str, str]]:
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def sample(out: Path) -> Result:
    return extract(ROOT / "corpus/reports/liulin_final_accounts_2024.txt")


def test_the_tables_hold_what_the_results_hold(out: Path, sample: Result) -> None:
    counts = {table: ask(out, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
    results = [extract(path) for path in (*SAMPLES, out.parent / "=cmd.txt")]
    assert counts == {
        "documents": len(results),
        "sections": sum(len(result.sections) for result in results),
        "claims": sum(len(result.claims) for result in results),
        "tables": sum(len(result.tables) for result in results),
        "cells": sum(len(row) for result in results for table in result.tables for row in table.rows),
        "checks": sum(len(result.checks) for result in results),
        "findings": sum(len(result.findings) for result in results),
    }
    own = f"document = '{sample.document.name}'"
    claims = ask(out, f'SELECT raw, value, base_text, sentence, start, "end" FROM claims WHERE {own} ORDER BY start')
    assert claims == [
        (c.raw, c.value, c.base_value, sample.text[c.sentence.start : c.sentence.end], c.start, c.end)
        for c in sample.claims
    ]
    verified = ask(out, f"SELECT id FROM claims WHERE {own} AND verification = 'verified'")
    assert {str(one) for (one,) in verified} == set(sample.verification.verified)
    cells = ask(out, f'SELECT text FROM cells WHERE {own} AND "table" = \'t1\' ORDER BY "row", "column"')
    assert [str(text) for (text,) in cells] == [cell.text for row in sample.tables[0].rows for cell in row]
    operands = ask(out, f"SELECT operands FROM checks WHERE {own} AND id = '{sample.checks[0].id}'")
    assert [one["claim"] for one in operands[0][0]] == [one.claim for one in sample.checks[0].operands]  # type: ignore[attr-defined]


def test_findings_lead_to_their_numbers(out: Path, sample: Result, tmp_path: Path) -> None:
    rows = read_csv(exported(out, tmp_path / "found.csv", "--what", "findings"))
    told = {row["id"]: row for row in rows if row["document"] == sample.document.name}
    assert {found.id for found in sample.findings} == told.keys()
    claims = {claim.id: claim for claim in sample.claims}
    for found in sample.findings:
        row = told[found.id]
        assert (row["stated"], row["proposed"]) == (found.stated or "", found.proposed or "")
        assert row["message"] == found.message.zh
        assert int(row["checks"]) == len(found.checks)
        if claim := claims.get(found.suspect.claim or ""):
            assert row["sentence"] == sample.text[claim.sentence.start : claim.sentence.end]
    assert any(row["metric"] for row in told.values())


def test_numbers_are_exact_or_absent(out: Path) -> None:
    found = ask(out, "SELECT base_value, base_text FROM claims WHERE base_text IS NOT NULL")
    assert all(value is None or abs(Decimal(str(value))) == abs(Decimal(str(text))) for value, text in found)
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS scratch")
        made = (Path(database.__file__).parent / "tables.sql").read_text(encoding="utf-8")
        connection.execute(made)
        asked = {"12.50": "12.5", "-0.0000000001": "-1E-10", "0.00000000001": None, "9" * 29: None, "8" * 28: "8" * 28}
        for text, value in asked.items():
            (got,) = connection.execute("SELECT exact(?)", [text]).fetchall()[0]
            assert got == (None if value is None else Decimal(value))


def test_a_rebuilt_database_is_the_same(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {table: ask(out, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}
    (out / "store.duckdb").unlink()
    assert cli.run(["rebuild", str(out), "--lang", "en"]) == 0
    assert f"{len(SAMPLES) + 1} documents" in capsys.readouterr().out
    assert {table: ask(out, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES} == before


def test_a_result_is_spread_over_chunks(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {table: ask(out, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}
    monkeypatch.setattr(database, "CHUNK", 3)
    with store.opened(out):
        database.build(out)
    assert {table: ask(out, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES} == before


def test_results_are_those_of_extract(out: Path, sample: Result) -> None:
    (key,) = ask(out, f"SELECT key FROM documents WHERE document = '{sample.document.name}'")[0]
    assert unpack(store.place(out, str(key)).read_bytes()) == jsonl.encode(sample)


def test_csv_opens_with_chinese_and_without_formulas(out: Path, tmp_path: Path) -> None:
    rows = read_csv(exported(out, tmp_path / "claims.csv"))
    assert len(rows) == ask(out, "SELECT count(*) FROM claims")[0][0]
    assert {row["document"] for row in rows} == {"'=cmd.txt", *(path.name for path in SAMPLES)}
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell != make_safe(cell)] == []
    assert "发放救助金" in {row["metric"] for row in rows}
    assert "'-小计收入20万元。" in {row["sentence"] for row in rows}


@pytest.mark.parametrize("what", WHATS)
def test_a_workbook_has_numbers_words_and_a_heading(out: Path, tmp_path: Path, what: str) -> None:
    file = exported(out, tmp_path / "x.xlsx", "--what", what)
    book = openpyxl.load_workbook(file)
    (sheet,) = book.worksheets
    assert sheet.title == what
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    kinds = Counter(cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None)
    assert set(kinds) - {"d", "b"} == {"s", "n"}
    rows = read_csv(exported(out, tmp_path / "x.csv", "--what", what))
    assert sheet.max_row == len(rows) + 1
    heading = [cell.value for cell in sheet[1]]
    assert heading == list(rows[0])
    if what == "claims":
        values = {row[heading.index("value")].value for row in sheet.iter_rows(min_row=2)}
        assert 100.5 in values
        assert "=cmd.txt" in {row[0].value for row in sheet.iter_rows(min_row=2)}


def test_rows_beyond_a_sheet_go_to_the_next(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 401)
    book = openpyxl.load_workbook(exported(out, tmp_path / "x.xlsx", "--lang", "en"))
    count = ask(out, "SELECT count(*) FROM claims")[0][0]
    assert isinstance(count, int)
    assert [sheet.max_row - 1 for sheet in book] == [400] * (count // 400) + [count % 400]
    assert book.sheetnames[:2] == ["claims", "claims 2"]
    assert all(sheet["A1"].value == "document" for sheet in book)
    assert f"{count} rows are more than a sheet holds" in capsys.readouterr().err


def test_parquet_and_json_lines(out: Path, tmp_path: Path) -> None:
    rows = ask(out, "SELECT raw FROM claims ORDER BY document_id, start")
    parquet = exported(out, tmp_path / "it's.parquet")
    with duckdb.connect() as connection:
        assert connection.execute("SELECT raw FROM read_parquet(?)", [str(parquet)]).fetchall() == rows
    lines = exported(out, tmp_path / "new/c.jsonl").read_text(encoding="utf-8").splitlines()
    assert [(json.loads(one)["raw"],) for one in lines] == rows
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_panel_has_a_row_an_entity_and_year_and_a_column_a_metric(out: Path, tmp_path: Path) -> None:
    rows = read_csv(exported(out, tmp_path / "panel.csv", "--what", "panel"))
    assert len({(row["entity"], row["year"]) for row in rows}) == len(rows)
    accounts = next(
        row for row in rows if "liulin_final_accounts_2024.txt" in row["documents"] and row["year"] == "2024"
    )
    assert accounts["entity"] == "云溪市青石区柳林街道办事处"
    shown = {name: accounts[name] for name in ("收入总计", "支出总计", "本年收入合计", "三公经费", "公务用车数量")}
    assert shown == {
        "收入总计": "25634100", "支出总计": "25634100", "本年收入合计": "25552100", "三公经费": "52800",
        "公务用车数量": "3",
    }  # fmt: skip
    assert re.search(r"三公经费: liulin_final_accounts_2024\.txt c\d+", accounts["sources"])
    english = read_csv(exported(out, tmp_path / "en.csv", "--what", "panel", "--lang", "en"))
    assert "total revenue" in english[0]


def test_what_fell_is_negative_and_what_was_budgeted_stands_apart(tmp_path: Path) -> None:
    text = (
        "云岭市2024年预算执行情况和2025年预算草案的报告\n一、2024年预算执行情况\n"
        "2024年，全市一般公共预算收入完成52.1亿元，下降3.4%。全国一般公共预算收入21万亿元。\n"
        "二、2025年预算草案\n2025年，全市一般公共预算收入预算安排54.5亿元，增长4.6%。\n"
    )
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert cli.run(["batch", str(tmp_path / "report.txt"), "-o", str(tmp_path / "out"), "-q"]) == 0
    rows = {row["year"]: row for row in read_csv(exported(tmp_path / "out", tmp_path / "p.csv", "--what", "panel"))}
    assert {(row["entity"], row["place"]) for row in rows.values()} == {("云岭市", "云岭市")}
    assert rows["2024"]["一般公共预算收入"] == "5210000000"
    assert rows["2024"]["一般公共预算收入（变动率）"] == "-0.034"
    assert rows["2025"]["一般公共预算收入（预算）"] == "5450000000"
    told = read_csv(exported(tmp_path / "out", tmp_path / "long.csv", "--what", "panel-long"))
    assert {row["year"] for row in told} == {"2024", "2025"}
    (fallen,) = [row for row in told if row["kind"] == "change_rate" and row["year"] == "2024"]
    assert (fallen["value"], fallen["low"], fallen["high"]) == ("-3.4", "-0.0345", "-0.0335")
    assert (fallen["period_start"], fallen["period_end"]) == ("2024-01-01", "2024-12-31")
    assert fallen["sentence"].startswith("2024年，全市一般公共预算收入完成52.1亿元")
    assert fallen["claim"]


def test_cells_have_names_periods_and_base_values(tmp_path: Path) -> None:
    head = "云岭市2024年度部门决算\n支出决算表\n单位：万元\n项目\t年初预算\t决算数\t完成预算%\n"
    sheet = f"{head}教育支出\t12.5\t10\t80\n合计\t12.5\t10\t80\n"
    (tmp_path / "sheet.txt").write_text(sheet, encoding="utf-8")
    assert cli.run(["batch", str(tmp_path / "sheet.txt"), "-o", str(tmp_path / "out"), "-q"]) == 0
    rows = read_csv(exported(tmp_path / "out", tmp_path / "cells.csv", "--what", "cells"))
    named = [row for row in rows if row["row_label"] == "教育支出"]
    assert [(row["column_label"], row["role"], row["base_value"]) for row in named[:2]] == [
        ("年初预算", "budget", "125000"), ("决算数", "actual", "100000"),
    ]  # fmt: skip
    assert {row["metric_id"] for row in named[:2]} == {"function.education"}
    assert named[0]["period_end"] == "2024-12-31"


@pytest.mark.parametrize("what", WHATS)
def test_everything_leaves_in_every_format(out: Path, tmp_path: Path, what: str) -> None:
    count = len(read_csv(exported(out, tmp_path / "x.csv", "--what", what)))
    assert len(exported(out, tmp_path / "x.jsonl", "--what", what).read_text(encoding="utf-8").splitlines()) == count
    parquet = exported(out, tmp_path / "x.parquet", "--what", what)
    with duckdb.connect() as connection:
        assert connection.execute("SELECT count(*) FROM read_parquet(?)", [str(parquet)]).fetchall() == [(count,)]


def test_an_ending_that_is_none_is_refused(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", str(out), "-o", str(tmp_path / "x.doc"), "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        f"extract: {tmp_path}/x.doc: no export ends in .doc; use .csv, .jsonl, .parquet, .xlsx, "
        "or name the format with --format.\n"
    )
    assert list(tmp_path.iterdir()) == []
    assert cli.run(["export", str(out), "-o", str(tmp_path / "x.doc"), "--format", "csv"]) == 0


def test_questions(out: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    sql = "SELECT document, raw, base_value FROM claims WHERE document = '=cmd.txt' ORDER BY start"
    assert cli.run(["query", str(out), sql]) == 0
    table = capfd.readouterr().out
    assert "100.50万元" in table
    assert "1005000\n" in table
    assert cli.run(["query", str(out), sql, "--format", "csv"]) == 0
    assert capfd.readouterr().out.splitlines()[:2] == ["document,raw,base_value", "'=cmd.txt,100.50万元,1005000"]
    assert cli.run(["query", str(out), sql, "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)[0] == {
        "document": "=cmd.txt", "raw": "100.50万元", "base_value": "1005000",
    }  # fmt: skip
    assert cli.run(["query", str(out), "SELECT 1 AS a WHERE false", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out) == []


@pytest.mark.parametrize("sql", ["SELEC", "SELECT nothing FROM claims", "DROP TABLE claims", "", "-- no"])
def test_a_wrong_question_is_one_sentence(out: Path, capfd: pytest.CaptureFixture[str], sql: str) -> None:
    code = cli.run(["query", str(out), sql, "--lang", "en"])
    err = capfd.readouterr().err
    assert code == 2
    assert err.count("\n") == 1
    assert ask(out, "SELECT count(*) > 0 FROM claims") == [(True,)]


def test_an_answer_of_many_columns_is_told_line_by_line(
    out: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.run(["query", str(out), "SELECT * FROM documents ORDER BY id LIMIT 2"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.startswith("──")] == ["── 1", "── 2"]
    assert sum("status done" in line for line in lines) == 2


def test_what_goes_to_a_file_or_a_program_is_not_broken(
    out: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert cli.run(["query", str(out), "--schema", "--lang", "en"]) == 0
    told = [line for line in capfd.readouterr().out.splitlines() if "budget.general.expenditure " in line]
    assert len(told) == 1


def test_quiet_says_nothing(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported(out, tmp_path / "claims.csv", "-q")
    assert cli.run(["rebuild", str(out), "-q"]) == 0
    assert (*capsys.readouterr(),) == ("", "")


@pytest.mark.parametrize("command", [["rebuild", "none"], ["query", "none", "SELECT 1"], ["export", "none", "-o", "x"]])
def test_a_folder_without_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run([*command, "--lang", "en"]) == 2
    assert capsys.readouterr().err == "extract: none: holds no results of a batch; run extract batch first.\n"
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_written(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    for ending in ("csv", "xlsx", "parquet", "jsonl"):
        assert cli.run(["export", str(out), "-o", str(tmp_path / "file" / f"x.{ending}"), "--lang", "en"]) == 2
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "name another place with -o" in err


def test_columns_that_are_read_are_those_of_a_result() -> None:
    fields = {field.encode_name for field in msgspec.structs.fields(Result)}
    assert set(database.RESULT) <= fields
