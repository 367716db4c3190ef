import io
from collections.abc import Callable

import pytest
import workbooks
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

import extractor
from extractor.documents import read
from extractor.documents.office.displays import show_number
from extractor.model import InputError, Result

SHOWN = [
    [("合计", None), ("1,436.50", "1436.50"), ("12.4%", "12.4")],
    [("基本支出", None), ("1,312.60", "1312.60"), ("5.0%", "5.0")],
    [("项目支出", None), ("123.90", "123.90"), ("-25.0%", "-25.0")],
]


def check_statement(result: Result) -> None:
    table = result.tables[0]
    assert (table.title, table.unit, table.header_rows) == ("支出决算表", "万元", 2)
    assert [[(cell.text, cell.value) for cell in row] for row in table.rows[2:]] == SHOWN
    assert (table.rows[0][0].rowspan, table.rows[0][1].colspan) == (2, 2)
    assert all(result.text[cell.start : cell.end] == cell.text for row in table.rows for cell in row)
    assert result.text.endswith("\n注：本表按现行科目列示。")


def test_a_workbook_as_it_displays() -> None:
    result = extractor.extract(workbooks.make_xlsx(change=workbooks.finish), name="a.bin")
    assert result.document.format == "xlsx"
    check_statement(result)


def test_an_older_workbook() -> None:
    result = extractor.extract(workbooks.make_xls(), name="a.bin")
    assert (result.document.format, "底稿" in result.document.warnings[0], "不公开" in result.text) == (
        "xls",
        True,
        False,
    )
    check_statement(result)


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("1062.4", "0.00_ ", "1062.40"),
        ("0.125", "0%", "13%"),
        ("1234567", "#,##0.0,", "1,234.6"),
        ("0", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        ("-12.5", '#,##0.00;[Red]"△"#,##0.00', "△12.50"),
        ("-0.001", "0.00", "0.00"),
        ("100.10000000000001", "General", "100.1"),
        ("0.5", "#.##", "0.5"),
        ("7", '0"户"', "7户"),
        ("1E+3", "General", "1000"),
        ("1e999", "0.00", "1e999"),
        ("45657.5", "yyyy/m/d h:mm", "2024/12/31 12:00"),
        ("45657", 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        ("0.5", "# ?/?", "0.5"),
        ("12.5", "0." + "0" * 300, "12.5"),
        ("12.5", "0." + "0" * 200, "12.5" + "0" * 199),
        ("1e40", "%" * 200 + "0", "%" * 200 + "1" + "0" * 440),
        ("12.5", "0" + "," * 200, "0"),
        ("1234567", "#,##0,", "1,235"),
        ("12.5", '0"' + "万" * 300 + '"', "12.5"),
        ("2958465", "yyyy", "9999"),
        ("2958465.9999999999", "yyyy", "2958466"),
    ],
)
def test_numbers_in_their_formats(stored: str, code: str, shown: str) -> None:
    assert show_number(stored, code) == shown


def test_what_does_not_show_is_left_out_and_told() -> None:
    def change(sheet: Worksheet) -> None:
        workbooks.finish(sheet)
        sheet.title = "正表"
        sheet["E5"], sheet["B9"], sheet["A11"] = "核对用", "=1+1", "隐藏行"
        sheet.print_area = "A1:C20"
        sheet.row_dimensions[11].hidden = True
        hidden = sheet.parent.create_sheet("底稿")
        hidden["A1"], hidden.sheet_state = "不公开", "hidden"

    result = extractor.extract(workbooks.make_xlsx(change=change), name="a.xlsx")
    assert not any(word in result.text for word in ("核对用", "隐藏行", "不公开"))
    assert len(result.document.warnings) == 4
    check_statement(result)


def test_what_many_sheets_leave_out_is_told_once() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.title = "一"
        for name in "二三四五":
            own = sheet.parent.create_sheet(name)
            own["A1"], own["B1"], own["A2"] = "基本支出", 3, "核对"
            own.row_dimensions[2].hidden = True

    document = read(workbooks.make_xlsx((("项目支出", 4),), change), "a.xlsx")
    assert [one.message for one in document.warnings] == ["input.rows_hidden_of_many"]
    assert document.warnings[0].facts == {"name": "a.xlsx", "sheets": 4, "first": "二、三、四", "count": 4}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('<c r="C2" t="str"><f>A9</f><v></v></c>', []),
        ('<c r="C2"><f>A9</f><v></v></c>', ["input.formulas_unknown"]),
        ('<c r="C2" t="str"><f>A9</f></c>', ["input.formulas_unknown"]),
    ],
)
def test_a_formula_may_come_to_no_text(written: str, told: list[str]) -> None:
    plain = workbooks.make_xlsx((("项目", "金额", "增减"), ("基本支出", 3, "=A9")))
    data = workbooks.replace_part(plain, "xl/worksheets/sheet1.xml", '<c r="C2">.*?</c>', written)
    document = read(data, "a.xlsx")
    assert document.text == "Sheet\n项目\t金额\t增减\n基本支出\t3\t"
    assert [one.message for one in document.warnings] == told


def test_formulas_without_values_are_told_where_they_show() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C1"], sheet["A3"] = "=1+1", "=2+2"
        sheet.print_area = "A1:B9"
        sheet.row_dimensions[3].hidden = True

    document = read(workbooks.make_xlsx((("基本支出", 3), ("项目支出", 4)), change), "a.xlsx")
    assert document.warnings == ()


def make_older(rows: workbooks.Rows) -> bytes:
    """An older workbook whose last row and last column do not show."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("支出表")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    sheet.row(len(rows) - 1).hidden = True
    sheet.col(len(rows[0]) - 1).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_newer(rows: workbooks.Rows) -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet.title = "支出表"
        sheet.row_dimensions[len(rows)].hidden = True
        sheet.column_dimensions["C"].hidden = True

    return workbooks.make_xlsx(rows, change)


def make_open(rows: workbooks.Rows) -> bytes:
    hidden = "table:visibility='collapse'"
    written = [
        f"<table:table-row {hidden if row is rows[-1] else ''}>"
        + "".join(f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" for value in row)
        + "</table:table-row>"
        for row in rows
    ]
    columns = f"<table:table-column table:number-columns-repeated='2'/><table:table-column {hidden}/>"
    return workbooks.make_ods(f"<table:table table:name='支出表'>{columns}{''.join(written)}</table:table>")


@pytest.mark.parametrize("make", [make_older, make_newer, make_open])
def test_hidden_rows_and_columns_are_left_out_and_told(make: Callable[[workbooks.Rows], bytes]) -> None:
    rows = (("项目", "金额", "草稿"), ("基本支出", "3", "1"), ("项目支出", "4", "2"), ("核对", "5", "6"))
    document = read(make(rows), "a.bin")
    assert document.text == "支出表\n项目\t金额\n基本支出\t3\n项目支出\t4"
    assert [one.message for one in document.warnings] == ["input.rows_hidden", "input.columns_hidden"]


def test_an_open_spreadsheet_has_print_areas() -> None:
    cells = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("基本支出", "3", "核对")
    )
    areas = "table:print-ranges='表.A1:表.B9'"
    rows = f"<table:table-row>{cells}</table:table-row>" * 2
    document = read(workbooks.make_ods(f"<table:table table:name='表' {areas}>{rows}</table:table>"), "a.ods")
    assert document.text == "表\n基本支出\t3\n基本支出\t3"
    assert [one.message for one in document.warnings] == ["input.cells_unprinted"]


def test_two_tables_on_a_sheet_and_its_name() -> None:
    rows = [
        ("项目", "金额"),
        ("基本支出", 3),
        ("项目支出", 4),
        (None,),
        ("收入表",),
        ("项目", "金额"),
        ("拨款", 7),
        ("其他", 1),
    ]

    def change(sheet: Worksheet) -> None:
        sheet.title = "支出表"

    result = extractor.extract(workbooks.make_xlsx(rows, change), name="a.xlsx")
    assert [(table.title, len(table.rows)) for table in result.tables] == [("支出表", 3), ("收入表", 3)]


def test_an_open_spreadsheet() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    wide = "table:number-columns-spanned='2'"
    empty = "<table:table-cell table:number-columns-repeated='16000'/>"
    rows = (
        f"<table:table-row>{cell('支出表')}</table:table-row>"
        f"<table:table-row>{cell('项目')}{cell('金额（元）', wide)}"
        "<table:covered-table-cell/></table:table-row>"
        f"<table:table-row>{cell('基本支出')}{cell('1,200.50')}{cell('上年')}</table:table-row>"
        f"<table:table-row>{cell('项目支出')}{cell('12%')}{empty}</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell/></table:table-row>"
    )
    shown = f"<table:table table:name='一'>{rows}</table:table>"
    hidden = f"<table:table table:name='二' table:style-name='gone'>{rows}</table:table>"
    result = extractor.extract(workbooks.make_ods(shown + hidden), name="a.bin")
    assert (result.document.format, len(result.tables), len(result.document.warnings)) == ("ods", 1, 1)
    assert result.tables[0].rows[1][1].value == "1200.50"


def test_values_parted_by_commas() -> None:
    content = '支出表,,\n项目,金额（元）,备注\n基本支出,"1,200.50","分两次,\n已付"\n项目支出,300,\n'.encode("gb18030")
    result = extractor.extract(content, name="a.csv")
    assert (result.document.format, result.tables[0].title) == ("csv", "支出表")
    assert [cell.value for cell in result.tables[0].rows[1]] == [None, "1200.50", None]
    assert read("全年支出3万元。".encode(), "a.csv").format == "text"


@pytest.mark.parametrize("times", [(1, 999_999_999, 999_999_999), (1000, 1000, 1000)])
def test_a_sheet_of_senseless_size_is_told(times: tuple[int, int, int]) -> None:
    rows, down, across = times
    row = (
        f"<table:table-row table:number-rows-repeated='{down}'><table:table-cell table:number-columns-repeated="
        f"'{across}'><text:p>5</text:p></table:table-cell></table:table-row>"
    )
    large = f"<table:table table:name='一'>{row * rows}</table:table>"
    assert [one.message for one in read(workbooks.make_ods(large), "a.ods").warnings] == ["input.sheet_too_large"]


def test_days_behind_the_last_of_the_calendar() -> None:
    assert show_number("2958465", "yyyy", from_1904=True) == "2958465"


def test_a_cell_far_away_costs_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = 1

    result = extractor.extract(workbooks.make_xlsx([("项目", "金额"), ("基本支出", 3)], change), name="a.xlsx")
    assert result.tables[0].rows[1][1].value == "3"


@pytest.mark.parametrize("cut", [200, 3000])
def test_damaged_workbooks_are_refused(cut: int) -> None:
    for data in (workbooks.make_xlsx()[:-cut], workbooks.make_xls()[: -cut // 2]):
        with pytest.raises(InputError) as error:
            read(data, "a.xlsx")
        assert error.value.notice.message in ("input.damaged_file", "input.unsupported")
