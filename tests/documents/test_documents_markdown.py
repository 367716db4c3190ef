"""Markdown: the words without their marks, headings, lists and tables, with places in the user's own file."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.documents import read
from extractor.documents.model import Document

REPORT = """\
---
title: 草稿
amount: 99万元
---
# 某市2024年政府工作报告

## 一、收入

全年收入**12.5**亿元，增长`3.2%`，见[附件](http://example.org/8万元)。
另有~~9~~10户；“**民生支出300万元。**”占比**80%。**其余2亿元。

## 二、支出情况

- 项目甲5家
1. 项目乙投资8万元
   - 子项*9*个

**表1 支出表**

单位：万元

| 项目 | 金额 |
|---|--:|
| 教育支出 | **12.5** |
|  | 5 |
| 卫生支出 | 7.5 |
| 合计 | 25.0 |
"""


def make(text: str, name: str = "report.md") -> Document:
    document = read(text.encode(), name)
    assert document.text == text
    return document


def list_texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in make(text).paragraphs]


def test_a_report_is_read_without_its_marks() -> None:
    found = extract(REPORT.encode(), name="report.md")
    assert found.document.format == "markdown"
    assert found.document.title == "某市2024年政府工作报告"
    assert [section.heading for section in found.sections] == ["一、收入", "二、支出情况"]
    assert [(claim.value, claim.unit) for claim in found.claims] == [
        ("12.5", "亿元"),
        ("3.2", "%"),
        ("10", "户"),
        ("300", "万元"),
        ("80", "%"),
        ("2", "亿元"),
        ("5", "家"),
        ("8", "万元"),
        ("9", "个"),
    ]
    assert all(found.text[claim.start : claim.end] == claim.raw for claim in found.claims)
    assert found.claims[0].raw == "12.5**亿元"


def test_a_table_is_one_with_the_places_of_its_cells() -> None:
    found = extract(REPORT.encode(), name="report.md")
    (table,) = found.tables
    assert (table.title, table.unit) == ("支出表", "万元")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "金额"],
        ["教育支出", "12.5"],
        ["", "5"],
        ["卫生支出", "7.5"],
        ["合计", "25.0"],
    ]
    cells = [cell for row in table.rows for cell in row]
    assert all(found.text[cell.start : cell.end] == cell.text for cell in cells)


def test_every_character_stands_where_the_file_has_it() -> None:
    document = make(REPORT)
    for paragraph in document.paragraphs:
        for at, char in enumerate(paragraph.text):
            assert document.text[paragraph.offset(at)] in (char, "|")


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("第一行，\n第二行。", ["第一行，第二行。"]),
        ("GDP per\nhead 5元", ["GDP per head 5元"]),
        ("第一行。  \n第二行。", ["第一行。", "第二行。"]),
        ("> 引文\\*5户&amp;", ["引文*5户&"]),
        ("    四个空格，支出6万元。", ["四个空格，支出6万元。"]),
        ("```\n支出7万元。\n\n支出8万元。\n```", ["支出7万元。", "支出8万元。"]),
        ("![图1](a.png)支出[1万](b)元<br>整", ["支出1万元", "整"]),
        ("收入&ensp;3亿元，增&shy;长5%。\n支出2亿元。", ["收入\u20023亿元，增长5%。", "支出2亿元。"]),
        ("**重点支出**\n教育支出1亿元，\n增长3%", ["重点支出", "教育支出1亿元，增长3%"]),
        ('概况\n\n<p style="a">支出<b>5</b>亿元</p>\n<p>增长6%</p>', ["概况", "支出5亿元", "增长6%"]),
        ("概况\n\n<table><tr>\n<td>甲</td>\n<td>1</td>\n</tr></table>", ["概况", "甲\t1"]),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->\n\n支出6万元。", ["支出6万元。"]),
        ("3. 甲\n4. 乙", ["3.甲", "4.乙"]),
        ("<!-- 备注：删去5万元 -->\n\n支出6万元。", ["支出6万元。"]),
        ("|甲|乙|丙|\n|-|-|-|\n|1||3|\n|4|", ["甲\t乙\t丙", "1\t\t3", "4\t"]),
        ("甲|乙\n-|-\n1|2\\|3", ["甲\t乙", "1\t2|3"]),
        ("一\r\n二\r\n\r\n三", ["一二", "三"]),
        ("\u3000\u3000全年支出5万元。\n\n\u3000\u3000结余1万元。", ["全年支出5万元。", "结余1万元。"]),
    ],
)
def test_marks_are_no_words(text: str, paragraphs: list[str]) -> None:
    assert list_texts(text) == paragraphs


def test_markup_is_said_to_be_left_out() -> None:
    found = extract("支出5万元。\n\n<img src='a.png' alt='6万元'>\n".encode(), name="a.md")
    assert [claim.raw for claim in found.claims] == ["5万元"]
    assert "1 段 HTML 标记" in found.document.warnings[0]


def test_a_text_of_another_name_keeps_its_stars() -> None:
    assert read("**5**万元".encode(), "a.txt").paragraphs[0].text == "**5**万元"


def test_an_empty_row_is_left_out_and_rows_are_as_long_as_the_head() -> None:
    (table,) = make("|甲|乙|\n|-|-|\n|||\n|1|2|3|\n").ruled
    assert [len(row) for row in table.rows] == [2, 2]


@pytest.mark.parametrize(
    "text", ["[" * 5000 + "5万元", "> " * 3000 + "5万元", "*" * 20_000 + "5", "|" * 20_000 + "\n" + "|-" * 9000]
)
def test_senseless_marks_are_read_in_bounds(text: str) -> None:
    document = make(text)
    for paragraph in document.paragraphs:
        for at, char in enumerate(paragraph.text):
            assert document.text[paragraph.offset(at)] == char or char == "\t"


def test_words_are_found_within_their_own_block() -> None:
    text = "支出`5\n万`元&#x0;\n\n后 文&#x0;6"
    assert [(paragraph.start, paragraph.end) for paragraph in make(text).paragraphs] == [(0, 9), (15, 24)]


def test_a_text_whose_lines_are_marked_as_headings_is_markdown() -> None:
    text = "# 某县2024年预算报告\n\n## 一、收入\n\n全年收入3亿元。\n"
    assert read(text.encode(), "报告.txt").format == "markdown"
    assert read("# 注\n一、收入\n全年收入3亿元。\n".encode(), "报告.txt").format == "text"
