"""Working papers as a workbook: what is in them, where links lead, and that text of a document stays text."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import pytest
from formulas import is_own
from results import claim, result, section

from extractor import extract
from extractor.documents.office.shown import read_column
from extractor.messages import Lang, render
from extractor.model import Check, InputError, Message, Operand, Result, Table, TableCell, Verification
from extractor.reports.decisions import Decision, Decisions, mark_findings, read
from extractor.reports.workbook import papers
from extractor.reports.workbook.decided import read_decisions
from extractor.reports.workbook.head import Head, load_head
from extractor.reports.workbook.numbers import is_lossless, read_number
from extractor.reports.workbook.places import ABOVE

openpyxl = pytest.importorskip("openpyxl")
LANGS: tuple[Lang, ...] = ("zh", "en")
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", '=HYPERLINK("http://x.example","x")',
    "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", " =1+1", "{=1+1}", "\x1b[31mred", "\x1b]0;title\x07",
    "a\u202eb\u2066c", "http://x.example/", "internal:'x'!A1", "mailto:a@b.c", "\x00\x0b", "\ud800", "_x000D_",
    "x" * 40_000, "[a]:*?/\\'", "",
]  # fmt: skip


def check(identity: str, *operands: Operand, **fields: Any) -> Check:
    known = {"status": "fails", "severity": "error", "stated": "100.50", "computed": "100.05", "difference": "0.45"}
    given = {"rule": "sum", "message": Message("两处不一致。", "They differ."), **known, **fields}
    return Check(id=identity, operands=operands, **given)


def cell(text: str, value: str | None = None, **fields: Any) -> TableCell:
    return TableCell(text, 0, len(text), value, fields.pop("unit", "万元"), None, **fields)


def table(identity: str = "t1", title: str | None = "收入支出决算总表", **fields: Any) -> Table:
    rows = (
        (cell("项目", rowspan=1, colspan=2), cell("", rowspan=0, colspan=0), cell("决算数")),
        (cell("收入"), cell("总计"), cell("1,100.50", "1100.50")),
        (cell("增长"), cell("率"), cell("5.2%", "5.2", unit="%")),
        (cell("编码"), cell("208", None), cell("123456789012345678.9", "123456789012345678.9")),
    )
    return Table(identity, title, None, "s2", 7, 0, 9, "万元", 1, fields.pop("rows", rows))


def sample(**changes: Any) -> Result:
    checks = (
        check("sum-1", Operand("total", claim="c1"), Operand("part", table="t1", row=1, column=2)),
        check("unit-1", Operand("stated", claim="c2"), rule="unit", severity="warning", stated=None, computed=None),
        check("share-1", Operand("share", claim="c3"), rule="share", status="holds", severity=None),
        check(
            "share-2",
            Operand("share", claim="c3"),
            rule="share",
            status="unclear",
            severity="info",
            reason="no_denominator",
        ),
    )
    fields = {"checks": checks, "tables": (table(),), "verification": Verification(("c3",), ("c1", "c2"), ())}
    return result(**(fields | changes))


def workbook(
    found: Result, lang: Lang = "zh", decisions: Decisions | None = None, head: Head | None = None,
    is_computed: bool = False,
) -> Any:  # fmt: skip
    return openpyxl.load_workbook(io.BytesIO(papers.encode(found, lang, decisions, head)), data_only=is_computed)


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def target(book: Any, link: Any) -> Any:
    """The cell that a link leads to."""
    sheet, at = link.hyperlink.location.rsplit("!", 1)
    return book[sheet.strip("'").replace("''", "'")][at]


# ── what is in them ──────────────────────────────────────────────────────────────────────────────────────


def test_cells_are_those_that_the_public_methods_of_the_library_write() -> None:
    """The sheets use its private parts: another release that changes them is found here."""
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from extractor.reports.workbook.sheets import Sheet, write_target

    texts = ["全市 & <b>", "2025年", "全市 & <b>"]
    written = {}
    for kind in (Sheet, Worksheet):
        out = io.BytesIO()
        with Workbook(out) as book:
            style, sheet = book.add_format({"num_format": "0.00"}), book.add_worksheet("取数", kind)
            for row, text in enumerate(texts):
                if kind is Sheet:
                    sheet.put_text(row, 0, text, style)
                    sheet.put_number(row, 1, 1713919.25 + row, style)
                    sheet.put_formula(row, 2, f"IF($B{row + 1}<0,1,2)", 2, style, "")
                    sheet.put_link(row, 1, write_target("取数", row, 0))
                else:
                    sheet.write_string(row, 0, text, style)
                    sheet.write_url(row, 1, f"internal:'取数'!A{row + 1}", style)
                    sheet.write_number(row, 1, 1713919.25 + row, style)
                    sheet.write_formula(row, 2, f"=IF($B{row + 1}<0,1,2)", style, 2)
                sheet.set_row(row, 30)
            sheet.write_blank(len(texts), 3, None, style)
        cells = chain.from_iterable(openpyxl.load_workbook(out)["取数"].iter_rows())
        told = [
            (one.coordinate, one.value, one.number_format, one.hyperlink and one.hyperlink.location) for one in cells
        ]
        heights = [one.height for one in openpyxl.load_workbook(out)["取数"].row_dimensions.values()]
        written[kind] = (
            told,
            heights,
            [one.value for one in chain(*openpyxl.load_workbook(out, data_only=True)["取数"])],
        )
    assert written[Sheet] == written[Worksheet]
    assert len(written[Sheet][0]) == 16


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_have_a_header_that_stays_and_filters(lang: Lang) -> None:
    book = workbook(sample(), lang)
    assert len(book.sheetnames) == 7
    for at, sheet in enumerate(book.worksheets[1:6], 1):
        assert sheet.freeze_panes.endswith("2")
        assert sheet.print_title_rows == "$1:$1"
        # The inputs, which formulas refer to, are not to be sorted.
        assert (sheet.auto_filter.ref or "").startswith("A1:" if at != 4 else "")
        assert (sheet.auto_filter.ref is None) == (at == 4)
        heads = [head.value for head in sheet[1]]
        assert len(heads) == len(set(heads))


def test_findings_are_ranked_and_have_a_list_of_states() -> None:
    book, computed = workbook(sample()), workbook(sample(), is_computed=True)
    sheet = book["问题清单"]
    first, second = rows(computed["问题清单"])
    assert (first["程度"], first["结论"], first["报告数"], first["核对数"], first["差额"], first["单位"]) == (
        "错误", "两处不一致。", 100.5, 100.05, 0.45, "万元",
    )  # fmt: skip
    assert rows(sheet)[0]["报告数"] == "=INDEX('核对'!$F$2:$F$5,MATCH($W2,'核对'!$A$2:$A$5,0))"
    assert target(book, sheet["W2"]).value == sheet["W2"].value == "sum-1"
    assert (second["程度"], second["报告数"], second["核对编号"]) == ("疑点", None, "unit-1")
    (validation,) = sheet.data_validations.dataValidation
    assert (validation.formula1, str(validation.sqref)) == ('"待定,属实,排除"', "K2:K3")


def test_formulas_that_say_the_same_of_their_rows_stand_once() -> None:
    text = "一、支出\n2024年支出总计1000.00万元，其中：基本支出600.00万元，占60.00%；项目支出400.00万元，占40.00%。"
    made = papers.encode(extract(text.encode(), name="report.txt"))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        inputs = parts.read("xl/worksheets/sheet5.xml").decode()
    assert inputs.count('<f t="shared" ref=') == 2
    sheet = openpyxl.load_workbook(io.BytesIO(made))["取数"]
    assert [sheet.cell(row, 8).value for row in (2, 3)] == ["=F2-G2/2", "=F3-G3/2"]


def test_checks_can_be_chosen_by_their_section_and_tell_their_computation() -> None:
    spent = "2024年支出总计1000.00万元，其中：基本支出600.00万元，占60.00%；项目支出400.00万元。"
    text = f"一、支出\n{spent}\n二、收入\n收入总计9万元，占9%。"
    sheet = workbook(extract(text.encode(), name="report.txt"))["核对"]
    heads = {head.value: at for at, head in enumerate(sheet[1])}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    told = {(row[heads["章节"]], row[heads["算式"]]) for row in rows if row[heads["算式"]]}
    assert told == {
        ("一、支出", "600.00 + 400.00 = 1000 万元 = 1000 万元"),
        ("一、支出", "600.00 ÷ 1000.00 = 60% = 60%"),
    }
    assert [row[heads["章节"]] for row in rows] == ["一、支出", "二、收入", "一、支出"]


def test_a_cell_says_its_place_where_it_follows_no_other() -> None:
    with zipfile.ZipFile(io.BytesIO(papers.encode(sample()))) as parts:
        sheet = parts.read("xl/worksheets/sheet4.xml").decode()
    for row in re.findall(r"<row .*?</row>", sheet):
        following, column = 0, 0
        for place, rest in re.findall(r"<c( r=\"[A-Z]+\d+\")?( s=.*?)</c>", row):
            column = read_column(re.sub("[^A-Z]", "", place.partition("r=")[2])) if place else column + 1
            assert bool(place) == (column != following + 1 or "shared" in rest)
            following = column


def test_a_number_of_a_check_leads_to_where_it_stands() -> None:
    book = workbook(sample())
    stated = {line[0].value: line[5] for line in book["核对"].iter_rows(min_row=2)}
    assert (stated["sum-1"].value, target(book, stated["sum-1"]).value) == (100.5, "c1")
    assert (stated["unit-1"].value, target(book, stated["unit-1"]).row) == ("5.2%", 3)


def test_numbers_of_checks_have_the_zeros_that_are_printed() -> None:
    text = "一、收入\n全年收入合计33.40亿元，其中税收收入20.00亿元，非税收入13.4亿元。"
    made = workbook(extract(text.encode(), name="report.txt"))
    heads = {head.value: head.column for head in made["核对"][1]}
    formats = [made["核对"].cell(2, heads[name]).number_format for name in ("报告数", "核对数")]
    assert formats == ["#,##0.00", "#,##0.00"]


def test_shares_and_rates_differ_by_points() -> None:
    text = "一、支出\n2024年支出总计1000.00万元，其中：基本支出600.00万元，占65.00%；项目支出390.00万元，占39.00%。"
    book = workbook(extract(text.encode(), name="report.txt"))
    for name in ("问题清单", "核对"):
        head = [cell.value for cell in book[name][1]]
        gap, unit = head.index("差额"), head.index("单位")
        told = {row[unit].value: row[gap].number_format for row in book[name].iter_rows(min_row=2) if row[gap].value}
        assert told["%"].endswith('"个百分点"')
        assert not any("百分点" in told.get(money, "") for money in ("万元", "元"))


def test_decisions_are_read_back_into_their_columns() -> None:
    made = {"sum-1": Decision("confirmed", "已核实"), "share-1": Decision("dismissed", "x"), "gone": Decision()}
    book = workbook(sample(), "zh", Decisions("extractor-decisions/1", "0" * 64, made))
    assert [(row["状态"], row["备注"]) for row in rows(book["问题清单"])] == [("属实", "已核实"), ("待定", None)]
    counts = {row[0]: row[1] for row in book["概况"].iter_rows(values_only=True) if row[0] in ("待定", "属实")}
    assert counts == {
        "待定": "=COUNTIF('问题清单'!$K$2:$K$3,\"待定\")",
        "属实": "=COUNTIF('问题清单'!$K$2:$K$3,\"属实\")",
    }


def test_who_decided_and_when_stands_in_the_summary() -> None:
    decisions = Decisions("extractor-decisions/1", "0" * 64, {}, "=某审计员", "2026-01-05T08:00:00Z")
    cells = [cell for row in workbook(sample(), decisions=decisions).worksheets[0].values for cell in row]
    assert cells[cells.index("编制") + 1] == "=某审计员"
    assert cells[cells.index("日期") + 1] == "2026-01-05"
    assert cells[cells.index("处理意见保存于") + 1] == "2026-01-05 08:00 UTC"


def test_amounts_are_numbers_in_the_unit_written_and_in_yuan() -> None:
    sheet = workbook(sample())["表述"]
    columns = {head.value: head.column for head in sheet[1]}
    amount = sheet.cell(2, columns["数值"])
    assert (amount.value, amount.number_format) == (100.5, "#,##0.00")
    yuan = sheet.cell(2, columns["金额（元）"])
    assert (yuan.value, yuan.number_format) == (1005000, "#,##0.00")
    assert sheet.cell(2, columns["完整数值"]).value is None


def test_digits_that_a_spreadsheet_drops_are_kept_as_text() -> None:
    long = claim(1, "100.50万元", value="123456789012345.678", base_value="1234567890123456780")
    row = rows(workbook(sample(claims=(long,), checks=()))["表述"])[0]
    assert row["完整数值"] == "123456789012345.678 / 1234567890123456780"
    assert row["数值"] == pytest.approx(123456789012345.68)
    assert row["金额（元）"] == pytest.approx(1234567890123456780, rel=1e-14)


@pytest.mark.parametrize("value", ["1e999999", "-1e-999999", "NaN", "Infinity", "x", ""])
def test_numbers_of_a_result_by_another_hand(value: str) -> None:
    odd = claim(1, "100.50万元", value=value, base_value=value)
    found = sample(
        claims=(odd,), checks=(check("sum-1", Operand("total", claim="c1"), stated=value, computed=value),),
        tables=(table(rows=((cell("1", value),),)),),
    )  # fmt: skip
    assert rows(workbook(found)["表述"])[0]["原文数字"] == "100.50万元"


def test_a_table_keeps_its_grid_numbers_and_doubts() -> None:
    book = workbook(sample())
    sheet = book["附表1 收入支出决算总表"]
    assert [str(found) for found in sheet.merged_cells.ranges] == ["A4:B4"]
    assert (sheet["C5"].value, sheet["C5"].number_format) == (1100.5, '#,##0.00" ×"')
    assert (sheet["C6"].value, sheet["C6"].number_format) == (5.2, '#,##0.0"%"_ _√')
    assert (sheet["B7"].value, sheet["C7"].value) == ("208", "123456789012345678.9")
    assert sheet["C5"].fill.fgColor.rgb != sheet["C6"].fill.fgColor.rgb
    assert sheet.freeze_panes == "B5"


def test_rows_of_a_table_are_as_high_as_their_text() -> None:
    words = "组织开展防汛抢险应急演练，落实二十四小时值班值守制度，配备抢险队伍和物资"
    cells = tuple(TableCell(text, 0, 0, None, None, None) for text in ("数量指标", words))
    made = Table("t1", "绩效目标表", None, None, None, 0, 0, None, 0, (cells, (cells[0], cells[0])))
    book = workbook(result(tables=(made,)))
    sheet = next(one for one in book.worksheets if one["A1"].value == "绩效目标表")
    heights = [sheet.row_dimensions[row].height for row in (ABOVE + 1, ABOVE + 2)]
    assert heights[0] == 45
    assert heights[1] in (None, 15)


def test_many_tables_share_a_sheet() -> None:
    many = tuple(table(f"t{at}", f"表{at}") for at in range(60))
    book = workbook(sample(tables=many, checks=(check("sum-1", Operand("total", table="t59", row=1, column=2)),)))
    assert len(book.sheetnames) == 7
    link = book["问题清单"].cell(2, [head.value for head in book["问题清单"][1]].index("涉及数字1") + 1)
    assert target(book, link).value == 1100.5


def test_titles_that_are_alike_long_or_forbidden_make_names_of_their_own() -> None:
    titles = ["表" * 60, "表" * 60, "[a]:*?/\\'b'", "'", None, "𠮷" * 40, "History"]
    book = workbook(sample(tables=tuple(table(f"t{at}", title) for at, title in enumerate(titles)), checks=()))
    names = book.sheetnames[6:]
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\'") for name in names)


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────


def test_links_lead_from_a_finding_to_its_numbers_and_back() -> None:
    book = workbook(sample())
    sheet = book["问题清单"]
    columns = {head.value: head.column for head in sheet[1]}
    one, two = sheet.cell(2, columns["涉及数字1"]), sheet.cell(2, columns["涉及数字2"])
    assert (one.value, target(book, one).value) == ("100.50万元", "c1")
    assert (two.value, target(book, two).value) == ("1,100.50", 1100.5)
    there = target(book, sheet.cell(2, columns["章节"]))
    assert there.value == "一、收入情况"
    claims = book["表述"]
    back = claims.cell(2, [head.value for head in claims[1]].index("问题序号") + 1)
    assert target(book, back).row == 2


def test_every_link_leads_to_a_cell_of_the_workbook() -> None:
    book = workbook(sample(tables=(table(), table("t2", "it's"))), "en")
    links = [each for sheet in book for each in chain.from_iterable(sheet.iter_rows()) if each.hyperlink]
    assert len(links) > 10
    for link in links:
        assert link.hyperlink.target is None
        assert target(book, link).value is not None


# ── text stays text ──────────────────────────────────────────────────────────────────────────────────────


def hostile() -> Result:
    """Every text of a document that is shown, in turn each of the hostile ones."""
    claims = tuple(
        claim(at, words, metric=words, path=(words,), unit=words, unit_implied=words, baseline=words, section=f"h{at}")
        for at, words in enumerate(HOSTILE, 1)
    )
    sections = tuple(section(f"h{at}", None, 1, words) for at, words in enumerate(HOSTILE, 1))
    tables = tuple(table(f"t{at}", words, rows=((cell(words, unit=words),),)) for at, words in enumerate(HOSTILE, 1))
    checks = tuple(
        check(words, Operand("total", claim=f"c{at}"), Operand("part", table=f"t{at}", row=0, column=0),
              message=Message(words, words))
        for at, words in enumerate(HOSTILE, 1)
    )  # fmt: skip
    found = sample(claims=claims, sections=sections, tables=tables, checks=checks)
    info = msgspec.structs.replace(
        found.document, name=HOSTILE[2], title=HOSTILE[2], entity=HOSTILE[0], warnings=tuple(HOSTILE)
    )
    return msgspec.structs.replace(found, document=info, text="".join(HOSTILE[:14]))


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_becomes_a_formula_or_a_link_outside(lang: Lang) -> None:
    found = hostile()
    notes = {words: Decision("dismissed", words) for words in HOSTILE}
    book = workbook(found, lang, Decisions("extractor-decisions/1", "0" * 64, notes))
    for sheet in book:
        for each in chain.from_iterable(sheet.iter_rows()):
            if each.data_type == "f":
                assert is_own(each.value)
                continue
            assert each.data_type in ("n", "s")
            assert each.hyperlink is None or each.hyperlink.target is None
            if isinstance(each.value, str):
                assert each.value.isprintable()
                if each.value.lstrip().startswith(("=", "+", "-", "@", "＝")):
                    assert each.quotePrefix


def test_hostile_words_are_all_there() -> None:
    shown = {row["结论"] for row in rows(workbook(hostile())["问题清单"])}
    assert {
        "<img src=x onerror=alert(1)>",
        '=HYPERLINK("http://x.example","x")',
        "\\x1b[31mred",
        "a\\u202eb\\u2066c",
    } <= shown
    assert "_x000D_" in shown


def test_the_same_result_makes_the_same_workbook() -> None:
    assert papers.encode(sample()) == papers.encode(sample())


def test_a_result_without_anything() -> None:
    empty = result(claims=(), sections=())
    assert workbook(empty).sheetnames == ["概况", "问题清单", "表述", "核对", "取数", "章节"]


def test_what_a_spreadsheet_keeps() -> None:
    assert is_lossless(Decimal("123456789012345"))
    assert not is_lossless(Decimal("1234567890123456"))
    assert read_number(None) is None


def test_a_finding_is_a_row_with_the_number_to_suspect_and_what_may_have_been_meant() -> None:
    text = "一、收入\n2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。"
    found = extract(text.encode(), name="report.txt")
    checks = found.findings[0].checks
    made = {checks[-1]: Decision("confirmed", "已核实")}
    book = workbook(found, "zh", Decisions("extractor-decisions/1", found.document.sha256, made))
    (row,) = rows(book["问题清单"])
    assert row["位置"] == "一、收入"
    assert row["原文"].startswith("2024年收入总计200.00万元")
    assert row["标准或依据"].startswith(("合计＝", "占比＝"))
    assert row["建议"].startswith("“105.00万元”疑为150.00万元。")
    assert (row["疑误数字"], row["建议值"], row["涉及金额（元）"]) == ("105.00万元", 150, 450000)
    assert (row["不成立项数"], row["状态"], row["备注"]) == (len(checks), "属实", "已核实")
    assert all(check.message.zh in row["所涉各项核对"] for check in found.checks if check.id in checks)
    assert [line["问题序号"] for line in rows(book["核对"]) if line["结果"] == "× 不符"] == ["1"] * len(checks)


# ── the head ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_head_says_whose_papers_they_are_on_every_page() -> None:
    head = Head(entity="甲局&乙局", index="ZJ-01", prepared="张三", reviewed="李四")
    book = workbook(sample(), head=head)
    cells = [cell for row in book["概况"].values for cell in row]
    assert [cells[cells.index(label) + 1] for label in ("被审计单位", "索引号", "编制", "复核")] == [
        "甲局&乙局", "ZJ-01", "张三", "李四",
    ]  # fmt: skip
    for sheet in book:
        assert sheet.oddHeader.right.text == "索引号 ZJ-01"
        assert sheet.oddFooter.left.text == "编制 张三"
    assert book["问题清单"]["A2"].number_format == '"ZJ-01-"0'
    assert book["问题清单"].column_dimensions["A"].width > len("ZJ-01-100")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("head.toml", '"被审计单位" = "甲局"\n"日期" = 2026-01-05\nindex = 7\n'),
        ("head.json", '{"Audited entity": "甲局", "date": "2026-01-05", "索引号": "7"}'),
    ],
)
def test_a_head_is_read_by_names_of_both_languages(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert load_head(tmp_path / name, "zh") == Head(entity="甲局", date="2026-01-05", index="7")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("h.toml", "x", "不是 TOML 或 JSON"),
        ("h.json", "[1]", "应是一组名称和内容"),
        ("h.json", '{"单位": "甲"}', "没有“单位”这一项"),
        ("h.json", '{"date": "1", "日期": "2"}', "没有“日期”这一项，或者重复"),
        ("h.json", '{"日期": true}', "“日期”应是一行文字"),
        ("h.json", '{"日期": "%s"}' % ("1" * 201), "超过200个字"),
    ],
)  # fmt: skip
def test_a_head_that_is_none_is_refused_in_one_sentence(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_head(tmp_path / name, "zh")
    sentence = render(raised.value.notice, "zh")
    assert said in sentence
    assert "被审计单位、项目、期间、索引号、编制、复核、日期" in sentence


# ── decisions read back ──────────────────────────────────────────────────────────────────────────────────


def decided() -> tuple[Result, Any]:
    """A result with findings and its papers, to be decided in."""
    text = "一、收入\n2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。"
    found = extract(text.encode(), name="report.txt")
    return found, workbook(found, head=Head(prepared="张三"))


def save(book: Any, folder: Path) -> Path:
    book.save(folder / "papers.xlsx")
    return folder / "papers.xlsx"


def test_decisions_made_in_the_workbook_are_read_back(tmp_path: Path) -> None:
    found, book = decided()
    sheet = book["问题清单"]
    columns = {head.value: head.column for head in sheet[1]}
    sheet.cell(2, columns["状态"]).value = "排除"
    sheet.cell(2, columns["备注"]).value = "口径不同\n第二行"
    sheet.row_dimensions[2].hidden = True
    made = read(save(book, tmp_path), found)
    (check, decision), *rest = made.decisions.items()
    assert not rest
    assert check == found.findings[0].checks[0]
    assert (decision.state, decision.note) == ("dismissed", "口径不同\n第二行")
    assert decision.said == found.findings[0].message.zh
    assert decision.seen == mark_findings(found)[found.findings[0].id]
    assert (made.document, made.reviewer) == (found.document.sha256, "张三")


def test_decisions_are_read_back_as_they_were_written() -> None:
    made = sample()
    decided = Decisions("extractor-decisions/1", made.document.sha256, {"unit-1": Decision("dismissed", "口径不同")})
    found = read_decisions(papers.encode(made, "zh", decided), "papers.xlsx").decisions
    assert [(name, one.state, one.note) for name, one in found.items()] == [("unit-1", "dismissed", "口径不同")]


def test_papers_nobody_decided_in_say_nothing(tmp_path: Path) -> None:
    found, book = decided()
    assert read(save(book, tmp_path), found).decisions == {}


def test_a_state_that_is_none_and_other_workbooks_are_refused(tmp_path: Path) -> None:
    found, book = decided()
    book["问题清单"]["K2"].value = "不知道"
    with pytest.raises(InputError) as raised:
        read(save(book, tmp_path), found)
    assert "第2行的状态“不知道”不在列表中，可选：待定、属实、排除" in render(raised.value.notice, "zh")
    with pytest.raises(InputError) as raised:
        read(save(openpyxl.Workbook(), tmp_path), found)
    assert raised.value.notice.message == "report.no-papers"
    (tmp_path / "papers.xlsx").write_bytes(b"x")
    with pytest.raises(InputError):
        read(tmp_path / "papers.xlsx", found)


def test_a_long_warning_is_wrapped_beside_its_label() -> None:
    found = result(warnings=("有的数字没有读出来，" * 20, "短的提示。"))
    sheet = openpyxl.load_workbook(io.BytesIO(papers.encode(found, "zh"))).worksheets[0]
    (long, short) = (row for row in sheet.iter_rows() if row[0].value == "提示")
    assert long[1].alignment.wrap_text
    assert sheet.row_dimensions[long[0].row].height > 30
    assert f"B{long[0].row}:F{long[0].row}" in map(str, sheet.merged_cells.ranges)
    assert not short[1].alignment.wrap_text


def test_of_several_computations_it_is_said_how_many_there_are() -> None:
    text = "一、收入\n2024年收入总计200.00万元，其中：财政拨款收入150.00万元，占75.00%；事业收入50.00元，占25.00%。"
    book = openpyxl.load_workbook(io.BytesIO(papers.encode(extract(text.encode(), name="report.txt"), "zh")))
    cells = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any(str(cell).endswith("（等2项，见所涉各项核对）") for cell in cells)
