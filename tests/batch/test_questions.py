"""Questions that are ready: what each tells of small reports in which the answer is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractor import cli, patterns
from extractor.batch import schema
from extractor.batch.questions import load_questions

UNIT = """云溪市青石区{name}2024年度部门决算
主管部门：云溪市青石区民政局
预算单位：云溪市青石区{name}
第一部分 决算情况
一、收入支出决算情况
2024年收入总计{total}万元；支出总计{total}万元。
二、“三公”经费
“三公”经费支出年初预算4.00万元，支出决算3.20万元，完成预算的80%。其中公务接待费支出3.20万元，国内公务接待8批次、64人次。
全年慰问困难群众，走访独居老人1326户次。
"""
DEPARTMENT = """云溪市青石区民政局2024年度部门决算
第一部分 决算情况
一、收入支出决算情况
2024年收入总计50.00万元；支出总计50.00万元。
二、“三公”经费
“三公”经费支出5.00万元，其中：公务接待费3.00万元，公务用车运行维护费1.00万元，因公出国（境）费0万元。
三、其他情况
走访慰问发放慰问金2600元，其他支出12.50万元，补助8.30万元，培训2.10万元，维修3.40万元，救助6.60万元。
"""
CITY = """云岭市{year}年财政决算报告
一、一般公共预算
{year}年，全市一般公共预算收入完成{own}亿元，全市实际使用外资增长130.5%。{before}年，全市一般公共预算收入完成{last}亿元。
"""
LEVELS = """岭东市2024年财政决算报告
一、“三公”经费
2024年，全市“三公”经费支出决算3100万元，市本级“三公”经费支出决算1200万元；上半年“三公”经费支出900万元。
"""


PROVINCE = """2024年云川省预算执行情况和2025年预算草案
一、2024年预算执行情况
2024年云川省分地区一般公共预算收入执行情况表
单位：万元
地区	2023年决算数	2024年执行数	增幅%
全省	4152000	4306500	3.7
岚城市	415200	1230600	196.4
望川新区	36900	37800	2.4
云溪市本级	21500	23400	8.8
二、2025年预算草案
2025年省级一般公共预算安排“三公”经费3831万元，比上年预算数减少5万元。
"""
LOWER = """岭西市{year}年预算执行情况和{next}年预算草案的报告
一、{year}年预算执行情况
（一）全市财政预算执行情况
{year}年，全市一般公共预算收入{own}亿元{growth}。全市国有资本经营预算收入{capital}亿元。
{whole}
（二）本级人民代表大会批准的财政预算决议执行情况
支出情况具体如下：
——卫生健康支出{health}亿元。
——教育支出{education}亿元。
“十四五”时期，财政运行平稳。一般公共预算支出累计4700亿元，年均增长4.2%。
"""
FORM = """云溪市XX局2024年度部门决算
第一部分 决算情况
一、“三公”经费
公务接待费支出0.52万元，列明公务接待3批次、31人次。
"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a province with a table of its cities, of a city's two years, and of a form that is not filled in."""
    folder = tmp_path_factory.mktemp("wide")
    first = LOWER.format(
        year=2023, next=2024, own="20", growth="", capital="0.10", whole="", health="2.10", education="19.16"
    )
    whole = "2024年，全市教育支出62.34亿元，增长3.1%；全市卫生健康支出40.10亿元。"
    later = LOWER.format(
        year=2024, next=2025, own="60", growth="，增长5.2%", capital="2.10，增长20.5倍", whole=whole, health="2.20",
        education="20.10",
    )  # fmt: skip
    for name, text in {"province": PROVINCE, "first": first, "later": later, "form": FORM}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert cli.run(["batch", str(folder), "-o", str(folder / "out"), "-q"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two units, their department, a city in two years, and another that tells of its levels."""
    folder = tmp_path_factory.mktemp("questions")
    texts = {
        "first": UNIT.format(name="救助管理站", total="31.00"),
        "second": UNIT.format(name="社会福利院", total="42.00"),
        "department": DEPARTMENT,
        "levels": LEVELS,
        "city_2022": CITY.format(year=2022, before=2021, own="61.20", last="50.30"),
        "city_2023": CITY.format(year=2023, before=2022, own="70.10", last="60.90"),
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert cli.run(["batch", str(folder), "-o", str(folder / "out"), "-q"]) == 0
    return folder / "out"


def answer(out: Path, capfd: pytest.CaptureFixture[str], question: str, *options: str) -> list[dict[str, Any]]:
    capfd.readouterr()
    assert cli.run(["query", str(out), question, "--format", "json", "--lang", "en", *options]) == 0
    found: list[dict[str, Any]] = json.loads(capfd.readouterr().out)
    return found


@pytest.mark.parametrize("question", [one.id for one in load_questions()])
def test_every_question_is_answered(out: Path, capfd: pytest.CaptureFixture[str], question: str) -> None:
    whole = answer(out, capfd, question)
    assert answer(out, capfd, question, "--entity", "nobody") == []
    assert question == "common_metrics" or whole


def test_budget_and_outcome_of_receptions_and_cars(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = answer(out, capfd, "三公", "--entity", "救助管理站")
    total = next(row for row in rows if row["metric"] == "three public expenses")
    assert (total["budget"], total["actual"], total["difference"]) == ("40000", "32000", "-8000")
    (visits,) = [row for row in answer(out, capfd, "公务接待", "--entity", "救助") if row["role"] == "actual"]
    assert (visits["yuan"], visits["batches"], visits["persons"], visits["yuan_a_person"]) == (
        "32000",
        "8",
        "64",
        500.0,
    )


def test_what_is_of_a_part_is_not_of_the_whole(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = answer(out, capfd, "三公", "--entity", "岭东")
    assert [(row["part"], row["actual"]) for row in rows] == [(None, "31000000"), ("市本级", "12000000")]


def test_units_hold_more_than_their_department(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = {row["metric"]: row for row in answer(out, capfd, "pyramids")}
    income = rows["total revenue"]
    assert (income["units"], income["units_together"], income["department_states"]) == (2, "730000", "500000")


def test_a_sentence_of_another_unit(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (row,) = [row for row in answer(out, capfd, "borrowed sentences") if "1326户次" in row["sentence"]]
    assert row["entities"] == 2


def test_a_year_that_is_restated(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (row,) = answer(out, capfd, "年度衔接")
    assert (row["entity"], row["year"], row["told_first"], row["told_later"]) == (
        "云岭市", 2022, "6120000000", "6090000000",
    )  # fmt: skip
    assert [found["growth"] for found in answer(out, capfd, "增长最快")] == ["130.5%", "130.5%"]


def test_yuan_among_wan_yuan(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert [row["raw"] for row in answer(out, capfd, "yuan among wan yuan")] == ["2600元"]


def test_the_row_of_a_place_is_not_the_provinces(wide: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = answer(wide, capfd, "收入与支出")
    told = {(row["entity"], row["year"]): row["revenue"] for row in rows}
    assert told["岚城市", 2024] == "12306000000"
    assert told["云川省", 2024] == "43065000000"
    assert ("云溪市", 2024) not in told
    assert all(value not in told.values() for value in ("378000000", "234000000"))


def test_parts_are_compared_with_equal_parts(wide: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = {(row["metric"], row["part"]): row for row in answer(wide, capfd, "two years", "--entity", "岭西")}
    assert rows["education", "本级"]["percent"] == 4.9
    assert ("education", None) not in rows
    # The later report says that it grew by 5.2 %.
    assert ("general public budget, revenue", None) not in rows
    assert {row["in_all"] for row in rows.values()} == {len(rows)}


def test_an_answer_without_rows_says_so(wide: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert cli.run(["query", str(wide), "two years", "--entity", "平川", "--lang", "en"]) == 0
    told = capfd.readouterr()
    assert (told.out, told.err.split(";")[0]) == ("", "extract: no rows of entities with “平川” in their names")


def test_what_is_said_to_have_been_done_is_the_outcome(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (
        "岭南市2018年预算执行情况和2019年预算草案的报告\n一、2018年预算执行情况\n"
        "经汇总，全市一般公共预算收入为157亿元，年底无变动。支出预算由319亿元变动为420亿元。\n"
        "2018年全市一般公共预算收入完成174亿元，一般公共预算支出执行408亿元。\n"
    )
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert cli.run(["batch", str(tmp_path / "report.txt"), "-o", str(tmp_path / "out"), "-q"]) == 0
    (row,) = [one for one in answer(tmp_path / "out", capfd, "收入与支出") if one["role"] == "actual"]
    assert (row["revenue"], row["expenditure"]) == ("17400000000", "40800000000")


def test_growth_is_told_of_times_and_of_cells(wide: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = answer(wide, capfd, "fastest growth")
    assert [(row["growth"], row["claim_or_cell"]) for row in rows] == [
        ("20.5倍", rows[0]["claim_or_cell"]),
        ("196.4%", "t1 2:3"),
    ]


def test_money_that_is_set_aside_is_a_budget(wide: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (row,) = [one for one in answer(wide, capfd, "three public") if one["entity"] == "云川省"]
    assert (row["budget"], row["actual"], row["year"]) == ("38310000", None, 2025)


def test_what_was_added_up_over_years_is_not_annual(wide: Path) -> None:
    with duckdb.connect(str(wide / "store.duckdb"), read_only=True) as connection:
        told = connection.execute("SELECT DISTINCT is_annual FROM figures WHERE base_value = 470000000000").fetchall()
    assert told == [(False,)]


def test_a_form_that_is_not_filled_in_is_no_body(wide: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(wide / "store.duckdb"), read_only=True) as connection:
        assert not connection.execute("FROM entities WHERE name LIKE '%XX%'").fetchall()
    (row,) = [one for one in answer(wide, capfd, "receptions") if one["yuan"] == "5200"]
    assert (row["entity"], row["batches"], row["persons"]) == ("form.txt", "3", "31")


@pytest.mark.parametrize("question", [one.id for one in load_questions()])
def test_every_row_leads_to_its_place(out: Path, capfd: pytest.CaptureFixture[str], question: str) -> None:
    rows = answer(out, capfd, question)
    assert all("documents" in row or {"document", "page"} <= row.keys() or "page_first" in row for row in rows)
    assert all(any("claim_or_cell" in name or name == "documents" for name in row) for row in rows)


def test_no_number_is_broken_over_two_lines(
    out: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in ("60", "90", "200"):
        monkeypatch.setenv("COLUMNS", width)
        capfd.readouterr()
        assert cli.run(["query", str(out), "三公", "--lang", "en"]) == 0
        assert capfd.readouterr().out.split().count("32000") == 4


def test_a_database_of_another_version_is_made_anew(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = answer(out, capfd, "findings")
    with duckdb.connect(str(out / "store.duckdb")) as connection:
        connection.execute("DROP VIEW panel_long")
        connection.execute("UPDATE built SET schema = 'another'")
    assert cli.run(["query", str(out), "三公", "--lang", "en"]) == 0
    assert "another version made the database; it is made anew" in capfd.readouterr().err
    assert answer(out, capfd, "findings") == before


def test_the_page_over_a_batch_has_the_numbers_of_a_database_of_another_version(
    out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(out / "store.duckdb")) as connection:
        connection.execute("UPDATE built SET schema = 'another'")
    assert cli.run(["report", str(out), "--lang", "en"]) == 0
    assert "another version made the database; it is made anew" in capfd.readouterr().err
    assert 'data-view="numbers"' in (out / "reports/index.html").read_text(encoding="utf-8")


def test_the_questions_are_listed_and_names_like_others_are_told(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", str(out), "--format", "json"]) == 0
    assert {row["question"] for row in json.loads(capfd.readouterr().out)} == {
        one.names["zh"] for one in load_questions()
    }
    assert cli.run(["query", str(out), "two yeers", "--lang", "en"]) == 2
    assert capfd.readouterr().err == (
        "extract: no question is called “two yeers”; there are: two years. Or ask in SQL.\n"
    )


def test_the_schema_tells_every_column_and_metric(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", str(out), "--schema", "--format", "json"]) == 0
    told = {(row["table"], row["column"]) for row in json.loads(capfd.readouterr().out)}
    with duckdb.connect(str(out / "store.duckdb"), read_only=True) as connection:
        there = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
        metrics = connection.execute("SELECT 'metric_id', id FROM metrics").fetchall()
    tables = schema.load_tables().keys()
    assert {*(one for one in there if one[0] in tables), *metrics, *((table, "") for table in tables)} == told


def test_every_meaning_is_of_a_column() -> None:
    columns = schema.list_columns()
    shown = {(table, column) for table in schema.load_tables() for column, _ in columns[table]}
    for key, meaning in patterns.load("data_set/columns", schema.Meaning).items():
        column = meaning.column or key.rpartition(".")[2]
        told = {(table, column) for table in meaning.tables} or {one for one in shown if one[1] == column}
        assert told, key
        assert told <= shown, key
