"""Traditional characters, radicals and what shows nothing: read as what they stand for, quoted as they are written."""

from __future__ import annotations

import unicodedata

import pytest
import regex

from extractor import explain, extract
from extractor.documents import from_text
from extractor.documents.characters import fold, fold_document, list_readings
from extractor.documents.model import Paragraph
from extractor.documents.spacing import INVISIBLE, find_gaps
from extractor.model import Result

TRADITIONAL = """\
某市2024年度歲入歲出預算
一、歲入
歲入3.6億元，較上年度增加1,234萬元。
二、受惠情形
受惠民眾3200戶，補助1234圓。
"""
TABLE = "表1 歲出\n單位：萬元\n項目\t金額\n教育支出\t1\u200b2.5\n衛生支出\t7.5\n合計\t20.0\n"


def read(text: str, encoding: str = "utf-8") -> Result:
    found = extract(text.encode(encoding), name="報告.txt")
    assert found.text == text
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.raw
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16"])
def test_traditional_text_is_read_as_the_same_text_in_simplified_characters(encoding: str) -> None:
    found, plain = read(TRADITIONAL, encoding), read(fold(TRADITIONAL))
    assert [claim.raw for claim in found.claims] == ["3.6億元", "1,234萬元", "3200戶", "1234圓"]
    for own, other in zip(found.claims, plain.claims, strict=True):
        assert (own.base_value, own.metric, own.kind, own.unit) == (
            other.base_value,
            other.metric,
            other.kind,
            other.unit,
        )
    assert [check.rule for check in found.checks] == [check.rule for check in plain.checks]


def test_headings_titles_and_paths_stand_as_they_are_written() -> None:
    found = read(TRADITIONAL)
    assert found.document.title == "某市2024年度歲入歲出預算"
    assert [(one.number, one.title, one.heading) for one in found.sections] == [
        ("一、", "歲入", "一、歲入"),
        ("二、", "受惠情形", "二、受惠情形"),
    ]
    assert [claim.path for claim in found.claims][-1] == ("二、受惠情形",)


def test_cells_stand_as_they_are_written_and_count_what_they_show() -> None:
    (table,) = read(TABLE).tables
    assert table.title == "1 歲出"
    assert [[cell.text for cell in row] for row in table.rows][1] == ["教育支出", "1\u200b2.5"]
    assert [row[1].value for row in table.rows[1:]] == ["12.5", "7.5", "20.0"]
    assert table.rows[1][1].unit == "万元"


def test_cells_stand_as_they_are_written_behind_any_white_space() -> None:
    (table,) = read(f"項目\t金額\n教育{' ' * 90}經費\t5\n合計\t5\n").tables
    assert table.rows[1][0].text == f"教育{' ' * 90}經費"


def test_what_shows_nothing_parts_no_number_and_no_word() -> None:
    found = read(
        "\ufeff一、支\u00ad出\n全年\u200b支出1\u200b2\u2060.5万\u200d元。\n\u200b\n二、收入\n收入6万元。\n".removeprefix(
            "\ufeff"
        )
    )
    assert [(claim.value, claim.unit, claim.path) for claim in found.claims] == [
        ("12.5", "万元", ("一、支出",)),
        ("6", "万元", ("二、收入",)),
    ]
    assert found.claims[0].raw == "1\u200b2\u2060.5万\u200d元"


def test_radicals_and_compatibility_forms_are_the_characters_that_they_look_like() -> None:
    found = read("⼀、⼯作\n新增床位\U0001d7cf\U0001d7d0张，⼆⼿车\uf9830.5万辆，投资⼀亿元。")
    assert [(claim.value, claim.unit) for claim in found.claims] == [("12", "张"), ("0.5", "万辆"), ("1", "亿元")]
    assert found.sections[0].heading == "⼀、⼯作"


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("收入12\ufffd34.5万元，支出6万元。", ["6万元"]),
        ("收入12\ue00034.5万元，支出6万元。", ["6万元"]),
        ("收入\ue0012.5万元，支出6万元。", ["6万元"]),
        ("收入三\ufffd万元，支出6万元。", ["6万元"]),
    ],
)
def test_a_number_with_a_character_that_cannot_be_told_is_none_and_said(text: str, raws: list[str]) -> None:
    found = read(text)
    assert [claim.raw for claim in found.claims] == raws
    assert "1 处数字" in found.document.warnings[-1]


def test_marks_of_items_and_rare_names_are_no_numbers_that_cannot_be_told() -> None:
    found = read("\uf06c 投入6万元。\n\uf06c支出7万元，\ue612村安置5户。")
    assert [claim.raw for claim in found.claims] == ["6万元", "7万元", "5户"]
    assert not found.document.warnings


def test_an_explanation_is_found_by_either_script() -> None:
    for quote in ("1,234萬元", "1,234万元"):
        (found,) = explain.explain(TRADITIONAL.encode(), quote, name="報告.txt")
        assert found.words == "1,234萬元"


def test_every_reading_is_of_one_character_and_final() -> None:
    told = list_readings()
    assert all(len(char) == len(read) == 1 for char, read in told.items())
    assert not told.keys() & set(told.values())


def test_simplified_text_is_not_touched() -> None:
    # All of GB 2312, but for the few characters that only names have in simplified text.
    plain = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    changed = "".join(char for char in plain if fold(char) != char)
    assert set(changed) <= set("夥後徵捱摺於甯菸麽")
    document = from_text("全年支出5万元。", "a.txt")
    assert fold_document(document) is document


def test_paragraphs_say_where_their_characters_stand() -> None:
    document = from_text("\u200b歲\u200b入\ufeff3萬元", "a.txt")
    (paragraph,) = fold_document(document).paragraphs
    assert paragraph.text == "岁入3万元"
    written = [document.text[paragraph.offset(at)] for at in range(len(paragraph.text))]
    assert written == list("歲入3萬元")
    assert all(unicodedata.category(char) == "Cf" for char in INVISIBLE)


PLAIN = "全市一般公共预算收入年初预算合计421.9亿元，其中部门本级20.1亿元（占7%），收入完成416.2亿元。"
COMMON = "城镇职工 12 人，农村 8 人，教师 5 人，医生 3 人，学生 40 人，床位 30 张，收入 20 亿元，支出 18 亿元。\n"


def list_names(found: Result) -> list[tuple[str, str | None]]:
    return [("".join(claim.raw.split()), claim.metric) for claim in found.claims]


@pytest.mark.parametrize("gap", [" ", "  ", "\u3000"])
def test_words_that_are_set_apart_are_words(gap: str) -> None:
    apart = "".join(char if char in "0123456789.%" else char + gap for char in PLAIN)
    found = read(f"（{gap}一{gap}）{gap}收{gap}入\n{apart}")
    assert list_names(found) == list_names(read(PLAIN))
    assert [section.heading for section in found.sections] == ["（一）收入"]


def test_room_around_numbers_changes_nothing() -> None:
    roomy = regex.sub(r"(?<=\p{Han})(?=\d)|(?<=[\d%])(?=\p{Han})", " ", PLAIN)
    assert list_names(read(COMMON + roomy)) == list_names(read(COMMON.replace(" ", "") + PLAIN))


def test_room_between_names_and_the_cells_of_rows_stays() -> None:
    names = Paragraph("张某某 李某某 王某某", ((0, 0),))
    rows = [Paragraph(f"合 计 {at} 万 元 {at} 万 元", ((0, 0),), "row") for at in range(10, 30)]
    assert not find_gaps([names, *rows])


def test_spaces_where_lines_were_cut_change_nothing() -> None:
    whole = (
        "全年一般公共预算收入20亿元，同比增长5%，比全省高0.6个百分点，其中税收收入12亿元，占总收入比重为60%。\n"
        "工业用电量9.8亿千瓦时，比上年增长4.2%。\n"
    )
    cut = whole.replace("增长", "增 长").replace("个百", "个 百").replace("其中", "其 中").replace("入比", "入 比")
    told = [
        [(claim.metric, claim.kind, claim.direction, claim.value) for claim in read(text).claims]
        for text in (whole, cut)
    ]
    assert told[0] == told[1]


def test_spaces_behind_headings_and_between_words_stay() -> None:
    text = "财政金融 全年存款余额20亿元，增长5%。\n甲公司 乙公司 分别投资3亿元、4亿元。\n"
    document = fold_document(from_text(text, "a.txt"))
    assert [one.text for one in document.paragraphs] == text.splitlines()
