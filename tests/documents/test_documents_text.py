from __future__ import annotations

import codecs
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from targets import check_paragraphs

from extractor import documents, extract
from extractor.messages import render
from extractor.model import InputError

REPORT = "第一部分 概况\r\n\u3000\u3000全年收入合计165.71万元，比上年增长5.2%。\r\n完成了年度任务。\r\n"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (REPORT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + REPORT.encode(), "utf-8"),
        (REPORT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"), "utf-16-be"),
        (REPORT.encode("utf-16-le"), "utf-16-le"),
        (REPORT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings_are_told_apart_and_stated(data: bytes, encoding: str) -> None:
    document = documents.read(data, "示例.txt")
    assert (document.text, document.encoding) == (REPORT, encoding)


def test_white_space_stands_outside_of_paragraphs() -> None:
    document = documents.from_text(REPORT, "示例")
    assert document.paragraphs[1].text == "全年收入合计165.71万元，比上年增长5.2%。"
    assert REPORT[document.paragraphs[1].start : document.paragraphs[1].end] == document.paragraphs[1].text


def wrapped(column: int = 40) -> str:
    body = "全街道共发放各类保障金和救助金若干万元，覆盖全部社区和村，" * 9
    return "\n".join(body[at : at + column] for at in range(0, len(body), column))


def test_hard_wrapped_lines_are_joined_and_map_back() -> None:
    text = "一、民生保障\n" + wrapped() + "\f二、其他\n无。"
    first, body, *rest = documents.from_text(text, "示例").paragraphs
    assert first.text == "一、民生保障"
    assert body.text == "全街道共发放各类保障金和救助金若干万元，覆盖全部社区和村，" * 9
    assert all(text[body.offset(at)] == char for at, char in enumerate(body.text))
    assert [paragraph.text for paragraph in rest] == ["二、其他", "无。"]


def rewrap(text: str, column: int) -> str:
    """Every line of a text broken off after so many characters."""
    lines = text.split("\n")
    return "\n".join("\n".join(line[at : at + column] for at in range(0, len(line), column)) for line in lines)


def test_what_was_wrapped_twice_is_joined() -> None:
    once = "一、民生保障\n" + "\n".join([wrapped(34)] * 2) + "\n二、其他\n无。"
    twice = rewrap(once, 20)
    assert twice != once
    read = [[paragraph.text for paragraph in documents.from_text(text, "示例").paragraphs] for text in (once, twice)]
    assert read[0] == read[1]


@pytest.mark.parametrize(
    "lines",
    [
        ["全年收入完成26.3亿元，增长5.1%，其中税收收入17.", "9亿元，占68.1%。"],
        ["全年收入完成26.3亿元，增长5.1%，", "其中税收收入17.9亿元，占68.1%。"],
        ["全年收入完成26.3亿元", "，增长5.1%，其中税收收入17.9亿元，占68.1%。"],
        ["全年收入完成26.3亿元，增长5.1%，其中税", "收收入17.9亿元，占比为68.1%，比上年提高", "2个百分点。"],
    ],
)
def test_a_few_lines_are_joined_where_none_can_end(lines: list[str]) -> None:
    text = "\n".join(["一、财政收支", *lines, "二、招商引资"])
    read = documents.from_text(text, "示例").paragraphs
    assert [paragraph.text for paragraph in read] == ["一、财政收支", "".join(lines), "二、招商引资"]


def test_titles_of_one_length_are_lines() -> None:
    text = "关于青溪县预算执行情况的报告说明\n关于青溪县预算编制情况的报告说明\n收入3亿元。"
    assert len(documents.from_text(text, "示例").paragraphs) == 3


def test_a_number_that_did_not_fit_is_joined() -> None:
    lines = [
        "全街道共发放各类保障金和救助金若干万元覆盖全部社",
        "区和村，共计发放1234人次，全部资金都已到达居民手",
        "全年基金预算收入完成41.9亿元，为预算的",
    ]
    text = "\n".join([*lines[:2] * 4, "全部发放完毕。", lines[2], "107.6%。二、其他"])
    assert documents.from_text(text, "示例").paragraphs[-1].text == lines[2] + "107.6%。二、其他"


def test_a_scrap_that_a_narrower_wrap_left_over_ends_no_paragraph() -> None:
    words = "本部门建立了预算绩效管理制度并且严格贯彻落实管理办法的各项规定做好绩效管理工作编报绩效目标的"
    lines = [part for _ in range(8) for part in (words[:38], words[38:40])]
    text = "\n".join([*lines, "全年收入五万元。", "其余为零。"])
    paragraphs = documents.read(text.encode(), "a.txt").paragraphs
    assert [paragraph.text[-8:] for paragraph in paragraphs] == ["全年收入五万元。", "其余为零。"]


def test_a_wrapped_page_of_one_line_keeps_the_spaces_that_parted_its_lines() -> None:
    whole = "现将情况说明如下： 一、部门职责 某某局负责下列工作： （一）林业工作。 二、收支情况 全年收入3亿元。 " * 6
    found = [paragraph.text for paragraph in documents.from_text(rewrap(whole.strip(), 31), "示例").paragraphs]
    assert found == [whole.strip()]


def test_the_indented_first_line_of_a_paragraph_is_short_of_the_column_by_its_indent() -> None:
    body = ["全市供水总量和用水总量与上年大体相当，受降水偏丰等因素影响，用"] * 4 + ["水效率有所提升。"]
    first, second = (
        ["　　全市年降水量七百毫米，比多年平均值偏多", "10.0%，比上年增加8.5%。"],
        ["　　全市收入", "3亿元。"],
    )
    text = "\n".join(["　　" + body[0], *body[1:], "", *first, "", *second])
    paragraphs = [one.text for one in documents.from_text(text, "示例").paragraphs]
    assert paragraphs[1:] == [first[0].strip() + first[1], "全市收入", "3亿元。"]


def test_a_number_parted_from_its_unit_is_joined_wherever_the_column_ends() -> None:
    lines = ["全镇供水总量和用水总量与上年大体相当，受降水偏丰等因素影响，用"] * 4
    text = "\n".join([*lines, "低保对象2522", "户，已全部建档。", "户均补助", "三项。"])
    paragraphs = [one.text for one in documents.from_text(text, "示例").paragraphs]
    assert paragraphs[1:] == ["户均补助", "三项。"]


def test_leaders_that_were_wrapped_stay_with_their_entries() -> None:
    entries = [
        f"{number}、部门{title}情况" + "…" * 40 for number, title in zip("一二三四五", "职预决绩其", strict=True)
    ]
    text = "\n".join([*entries, wrapped(270)])
    found = [paragraph.text for paragraph in documents.from_text(rewrap(text, 30), "示例").paragraphs]
    assert found == text.split("\n")


def test_a_page_break_in_an_indented_text_ends_no_sentence() -> None:
    lines = ["\u3000\u3000" + "项目支出" * 9 + "占"] * 6
    text = "\n".join(lines) + "\n\u3000\u3000— 1 —\n\u3000\u3000\f\n\u3000\u3000上年预算96.40万元。"
    [paragraph] = documents.from_text(text, "report.txt").paragraphs
    assert paragraph.text.endswith("占上年预算96.40万元。")


def test_cells_of_a_flattened_table() -> None:
    text = "情况如下。\n\t完成情况表\n(2020年度)\n"
    text += "\n\t项目名称\n\t专项经费\n\n\t\n\t社会效益\n指标\n\t满意度\n\n下一段。"
    found = [(paragraph.kind, paragraph.text) for paragraph in documents.from_text(text, "示例").paragraphs]
    assert found == [
        ("body", "情况如下。"),
        ("cell", "完成情况表(2020年度)"),
        ("cell", "项目名称"),
        ("cell", "专项经费"),
        ("cell", "社会效益指标"),
        ("cell", "满意度"),
        ("body", "下一段。"),
    ]


def test_labels_and_numbers_by_turns_are_cells() -> None:
    cells = ["总计", "8465", "一、收入", "1675", "税收", "836", "非税", "839", "二、补助", "6790"]
    found = documents.from_text("\n\n".join(["收支如下。", *cells, "一、其他", "完成12项。"]), "示例").paragraphs
    assert [one.text for one in found if one.kind == "cell"] == cells[1:]
    few = documents.from_text("\n".join(["收支如下。", *cells[:6], "完成12项。"]), "示例").paragraphs
    assert {one.kind for one in few} == {"body"}


def test_a_number_alone_on_its_line_has_its_title_on_the_next() -> None:
    text = "一、收入情况\n全年收入402万元。\n二、\n支出情况\n全年支出398万元。\n附件1\n明细"
    found = [one.text for one in documents.from_text(text, "示例").paragraphs]
    assert found == ["一、收入情况", "全年收入402万元。", "二、支出情况", "全年支出398万元。", "附件1", "明细"]


def test_rows_with_tabs_are_kept_apart_whatever_their_width() -> None:
    rows = ["项目\t预算数", "\t其中：" + "甲" * 16 + "\t326.00", "二十四、债务付息支出" + "乙" * 9 + "\t"]
    text = "一、民生保障\n" + wrapped() + "\n" + "\n".join(rows) + "\n注：" + "丙" * 20 + "。"
    found = [(paragraph.kind, paragraph.text) for paragraph in documents.from_text(text, "示例").paragraphs]
    assert found[2:-1] == [("row", row) for row in rows]
    assert [kind for kind, _ in found] == ["body", "body", "row", "row", "row", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "目录\n一、主要职能\t1\n二、机构设置\t2",
        "一、\t主要职能\n（一）\t拟订规划。",
        "全年收入165.71万元。" * 120 + "\t" + "全年支出160.20万元。" * 120,
        "一、收支情况" + "全年收入165.71万元。" * 15 + "项目\t金额\t合计\t165.71二、其他。",
    ],
)
def test_tabs_that_part_no_cells(text: str) -> None:
    assert {paragraph.kind for paragraph in documents.from_text(text, "示例").paragraphs} == {"body"}


def test_a_tab_in_front_of_every_line_sets_in_paragraphs() -> None:
    lines = [
        "一、收支情况",
        "（一）收入情况",
        "全年收入52万元，比上年增长5%，其中财政拨款收入40万元，占76.9%，事业收入12万元，占23.1%，均按规定入账。",
        "（二）支出情况",
        "全年支出48万元。",
        "二、人员情况",
    ]
    plain = documents.from_text("\n".join(lines), "示例")
    tabbed = documents.from_text("\n".join(f"\t{line}" for line in lines), "示例")
    assert [one.text for one in tabbed.paragraphs] == [one.text for one in plain.paragraphs]
    assert {one.kind for one in tabbed.paragraphs} == {"body"}


def test_a_tab_in_front_of_every_cell_is_of_a_table() -> None:
    cells = ["项目", "金额", "工资", "52", "津贴", "48", "奖金", "12", "合计", "112"]
    document = documents.from_text("\n".join(f"\t{cell}" for cell in cells), "示例")
    assert {one.kind for one in document.paragraphs} == {"cell"}


@pytest.mark.parametrize("mark", ["— {} —", "第{}页 共3页"])
def test_lines_that_number_pages_are_left_out(mark: str) -> None:
    marks = [mark.format(number) for number in (1, 2, 3)]
    lines = ["一、收入情况", marks[0], "全年收入52万元。", marks[1], "二、支出情况", "全年支出48万元。", marks[2]]
    read = [one.text for one in documents.from_text("\n".join(lines), "示例").paragraphs]
    assert read == [line for line in lines if line not in marks]


def test_what_does_not_count_up_numbers_no_pages() -> None:
    lines = ["引文", "第5页", "全年收入52万元。", "第2页"]
    assert "第5页" in [one.text for one in documents.from_text("\n".join(lines), "示例").paragraphs]


def test_the_first_line_of_a_paragraph_is_short_of_the_column_by_all_its_room() -> None:
    body = "全国财政用于医疗卫生的支出五年累计六千亿元，比前五年增长一倍多，重点加强了公共卫生和基层体系建设。"
    whole = "\n".join("\u00a0" * 4 + body for _ in range(4))
    cut = "\n".join("\n".join(line[at : at + 30] for at in range(0, len(line), 30)) for line in whole.split("\n"))
    assert [one.text for one in documents.from_text(cut, "示例").paragraphs] == [body] * 4


def test_prose_indented_with_tabs_is_no_table() -> None:
    text = "\n".join(f"\t{number}月发放保障金165.71万元，惠及群众多人。" for number in range(1, 8))
    assert {paragraph.kind for paragraph in documents.from_text(text, "示例").paragraphs} == {"body"}


@given(st.text())
def test_paragraphs_point_into_any_text(text: str) -> None:
    for paragraph in documents.from_text(text, "示例").paragraphs:
        for at, char in enumerate(paragraph.text):
            assert text[paragraph.offset(at)] == char or char == " "


def archive(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "message", "kind"),
    [
        (b"", "空.txt", "input.empty", None),
        (b"  \n", "空.txt", "input.empty", None),
        (b"<html></html>", "报告.pdf", "input.not_pdf", "HTML"),
        (archive("word/document.xml"), "报告.pdf", "input.not_pdf", "DOCX"),
        (archive("xl/workbook.xml"), "表.xlsx", "input.damaged_file", None),
        (archive("ppt/presentation.xml"), "演示.pptx", "input.unsupported", "PPTX"),
        (b"PK\x03\x04cut", "包.zip", "input.damaged_file", None),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "旧.doc", "input.unsupported", "DOC/XLS/PPT (OLE)"),
        (bytes.fromhex("89504e470d0a1a0a00"), "图.png", "input.image", "PNG"),
        (b'{"a": ["12.5", 3]}', "data.json", "input.json", None),
        (b"\x7fELF\x00\x01\x02\x03\xff\xfe\x00", "程序", "input.binary", None),
    ],
)
def test_other_content_is_refused_by_what_it_is(data: bytes, name: str, message: str, kind: str | None) -> None:
    with pytest.raises(InputError) as caught:
        documents.read(data, name)
    notice = caught.value.notice
    assert (notice.message, notice.facts.get("type")) == (message, kind)
    assert name in render(notice, "zh")
    assert name in render(notice, "en")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "无.pdf", "input.missing"), (tmp_path, "input.no_parts")):
        with pytest.raises(InputError) as caught:
            documents.read(path)
        assert caught.value.notice.message == message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("收入", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputError) as caught:
        documents.read(path)
    assert caught.value.notice.message == "input.permission"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real reports (../shared/corpus) are not here")
class TestRealReports:
    def test_a_paragraph_a_line_is_left_alone(self) -> None:
        document = documents.read(CORPUS / "taojiadu_2020.txt")
        assert all(len(p.pieces) == 1 for p in document.paragraphs if p.kind == "body")
        assert sum("项目绩效目标完成情况表" in p.text for p in document.paragraphs if p.kind == "cell") == 5

    def test_the_pdf_and_its_wrapped_text_have_the_same_narrative(self) -> None:
        from_pdf = documents.read(CORPUS / "wanli_budget_2025.pdf")
        from_text = documents.read(CORPUS / "wanli_budget_2025.txt")
        long = [p.text.replace(" ", "") for p in from_pdf.paragraphs if p.kind == "body" and len(p.text) > 60]
        known = {p.text.replace(" ", "") for p in from_text.paragraphs}
        assert sum(text in known for text in long) >= 0.95 * len(long)

    def test_a_scan_has_no_text_layer(self) -> None:
        with pytest.raises(InputError) as caught:
            documents.read(CORPUS / "wanli_budget_2025_scanned_p1-20.pdf")
        assert caught.value.notice.message == "input.no_text_layer"


def test_page_numbers_beside_form_feeds_are_no_text() -> None:
    wrapped = "项目支出" * 9 + "占"
    text = "\n".join([wrapped] * 6) + "\n1\n\f上年预算减少96.40万元。\n2\n\f"
    document = documents.from_text(text, "report.txt")
    [paragraph] = document.paragraphs
    assert paragraph.text.endswith("占上年预算减少96.40万元。")
    assert document.text == text


def test_numbers_that_a_page_set_on_lines_of_their_own_are_read_in_their_sentences() -> None:
    text = (
        "一、公开情况\n全年累计主动公开政府信息\n5928\n条，电子化率达到\n90.3%\n，其中新增\n2110\n条。\n二、支出情况\n"
    )
    found = [paragraph.text for paragraph in documents.from_text(text, "示例").paragraphs]
    assert found == [
        "一、公开情况",
        "全年累计主动公开政府信息5928条，电子化率达到90.3%，其中新增2110条。",
        "二、支出情况",
    ]
    cells = "单位名称\n5928\n2110\n项目个数\n12\n30\n"
    assert len(documents.from_text(cells, "示例").paragraphs) == 6


def test_the_tabs_around_an_empty_side_of_a_pasted_statement_have_one_place() -> None:
    text = (
        "项目 预算数 项目 预算数\n一、财政拨款 120.50 一、教育支出 100.00\n二、事业收入 30.00 二、卫生支出 20.50\n"
        "三、住房支出 15.00\n四、环保支出 15.00\n收入合计 150.50 支出合计 150.50\n"
    )
    document = documents.from_text(text, "示例")
    rows = [paragraph.text for paragraph in document.paragraphs]
    assert rows[3:5] == ["\t\t三、住房支出\t15.00", "\t\t四、环保支出\t15.00"]
    check_paragraphs(document)


def test_a_number_on_a_line_of_its_own_stays_without_form_feeds() -> None:
    assert [one.text for one in documents.from_text("序号\n1\n合计", "report.txt").paragraphs] == ["序号", "1", "合计"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_damaged_text_is_read_but_for_what_is_damaged_and_that_is_said(encoding: str) -> None:
    text = "一、歲入概況\n全年歲入12.5億元，較上年度增加1.5億元。\n" * 20
    data = text.encode(encoding)
    broken = extract(data[:900] + b"\xff" + data[901:], name="a.txt")
    claims = [claim.raw for claim in broken.claims]
    assert claims.count("12.5億元") >= 19
    assert "无法辨认" in broken.document.warnings[0]


def test_what_is_no_text_in_chinese_is_not_taken_for_a_damaged_one() -> None:
    with pytest.raises(InputError):
        extract(bytes(range(1, 256)) * 20, name="a.txt")


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("概况\n&nbsp;&nbsp;收入&ensp;3亿元，增&shy;长&#8805;5%。", ["概况", "收入\u20023亿元，增长≥5%。"]),
        (
            "概况\n收入3亿元。<br/>支出<b>2</b>亿元。</p><p>结余1亿元。",
            ["概况", "收入3亿元。", "支出2亿元。", "结余1亿元。"],
        ),
        ("概况\n<!--[if gte mso 9]><xml><w:View>3</w:View></xml><![endif]-->\n收入3亿元。", ["概况", "收入3亿元。"]),
        ("概况\np.MsoNormal{mso-style-name:正文;font-size:10.5pt;}\n收入3亿元。", ["概况", "收入3亿元。"]),
        ("概况\n收入<3亿元，A&B公司&C;占5%。<!-- 未完", ["概况", "收入<3亿元，A&B公司&C;占5%。<!-- 未完"]),
    ],
)
def test_rests_of_markup_are_set_aside_or_read(text: str, paragraphs: list[str]) -> None:
    document = documents.from_text(text, "示例")
    assert document.text == text
    assert [paragraph.text for paragraph in document.paragraphs] == paragraphs


def test_offsets_lead_around_markup_into_the_file() -> None:
    text = "概况\n<p>收入&nbsp;<span lang=EN-US>3.2</span>亿元，增长&#8194;<b>5</b>%。</p>"
    found = extract(text.encode(), name="示例.txt")
    assert [claim.raw for claim in found.claims] == [text[claim.start : claim.end] for claim in found.claims]
    assert [str(claim.value) for claim in found.claims] == ["3.2", "5"]
    assert [claim.metric for claim in found.claims] == ["收入", "收入"]
