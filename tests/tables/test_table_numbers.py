from __future__ import annotations

import pytest

from extractor.tables import numbers


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("9746.50", "9746.50", ""),
        ("9,746.50", "9746.50", ""),
        ("189,767,551", "189767551", ""),
        ("189,767, 551", "189767551", ""),
        ("0", "0", ""),
        ("0.00", "0.00", ""),
        (".00", "0.00", ""),
        ("-12.5", "-12.5", ""),
        ("−12.5", "-12.5", ""),
        ("－12.5", "-12.5", ""),
        ("（12.5）", "-12.5", ""),
        ("(1,200.00)", "-1200.00", ""),
        ("１２.５", "12.5", ""),
        ("¥300.00", "300.00", ""),
        ("99.86%", "99.86", "%"),
        ("99.86％", "99.86", "%"),
        ("-4.5%", "-4.5", "%"),
        ("18台", "18", "台"),
        ("1.5万元", "1.5", "万元"),
        (" 98 分 ", "98", "分"),
    ],
)
def test_a_number_keeps_its_digits(cell: str, value: str, unit: str) -> None:
    assert numbers.read_cell(cell) == ("number", value, unit)


@pytest.mark.parametrize("cell", ["", "-", "—", "——", "/", "－", "无", "不适用", " "])
def test_marks_of_an_empty_cell(cell: str) -> None:
    assert numbers.read_cell(cell).what == "empty"


@pytest.mark.parametrize(
    "cell",
    [
        "≥95%",
        "不少于100次",
        "98分以上",
        "007",
        "0501",
        "2024年",
        "2024.12.31",
        "（1）",
        "1.",
        "3-5",
        "12月底前",
        "行政运行",
        "9" * 50,
    ],
)
def test_words_codes_and_dates_are_no_numbers(cell: str) -> None:
    assert numbers.read_cell(cell).what == "words"


@pytest.mark.parametrize("cell", ["1,23.4", "12.3.4", "1，234.5", "1,2345", "1234,567", "12 345.00", "1..5", "(1,23)"])
def test_numbers_printed_wrong_are_told(cell: str) -> None:
    assert numbers.read_cell(cell) == ("malformed", None, "")
