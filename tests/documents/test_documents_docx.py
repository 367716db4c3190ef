import hashlib
import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
import words
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt

import extractor
from extractor.documents import read
from extractor.documents.office import convert
from extractor.model import InputError, Notice

LEVELS = (
    ("chineseCountingThousand", "%1、", "nothing"),
    ("chineseCountingThousand", "（%2）", "nothing"),
    ("decimal", "%3.", "tab"),
    ("decimalEnclosedCircleChinese", "%4", "space"),
)


def text_of(*paragraphs: str) -> str:
    return read(words.make_paragraphs(*paragraphs), "a.docx").text


def add_numbering(document: docx.document.Document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, suffix) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {words.NAMES} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {words.NAMES} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    root.append(parse_xml(f'<w:num {words.NAMES} w:numId="78"><w:abstractNumId w:val="77"/>{again}</w:num>'))


def listed(text: str, level: int, number: int = 77) -> str:
    place = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return place + words.run(text)


def test_automatic_numbers_as_they_display() -> None:
    def write(document: docx.document.Document) -> None:
        add_numbering(document)
        items = [
            ("概况", 0),
            ("机构", 1),
            ("编制", 1),
            ("在岗12人", 2),
            ("退休5人", 2),
            ("收支", 0),
            ("收入", 1),
            ("甲", 3),
        ]
        for text, level in items:
            document.element.body.insert(-1, parse_xml(f"<w:p {words.USED}>{listed(text, level)}</w:p>"))
        document.element.body.insert(-1, parse_xml(f"<w:p {words.USED}>{listed('附则', 0, 78)}</w:p>"))

    assert read(words.make(write), "a.docx").text.split("\n") == [
        "一、概况", "（一）机构", "（二）编制", "1. 在岗12人", "2. 退休5人",
        "二、收支", "（一）收入", "① 甲", "一、附则",
    ]  # fmt: skip


def test_changes_are_read_as_accepted() -> None:
    paragraph = (
        words.run("全年支出")
        + f'<w:del w:id="1"><w:r><w:delText>100</w:delText></w:r></w:del><w:ins w:id="2">{words.run("120")}</w:ins>'
        + f'<w:moveFrom w:id="3">{words.run("左右")}</w:moveFrom>'
        + words.run("万元。")
    )
    assert text_of(paragraph) == "全年支出120万元。"


def test_a_deleted_paragraph_end_joins() -> None:
    first = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + words.run("全年支出")
    assert text_of(first, words.run("120万元。")) == "全年支出120万元。"


def test_hidden_text_field_codes_and_note_marks_are_left_out() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF 99</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + words.run("第3节")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hidden = words.run("内部口径900万元，", "<w:vanish/>")
    mark = words.run("[2]", '<w:vertAlign w:val="superscript"/>')
    area = words.run("300m") + words.run("2", '<w:vertAlign w:val="superscript"/>')
    assert text_of(field + hidden + words.run("收入1349.08") + mark + words.run("万元，") + area) == (
        "第3节收入1349.08万元，300m²"
    )


def test_footnotes_follow_their_paragraph() -> None:
    note = (
        f'<w:footnotes {words.NAMES}><w:footnote w:id="2"><w:p><w:r><w:t>含结转15万元。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    plain = words.make_paragraphs(
        words.run("支出120") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + words.run("万元。"), "结余5万元。"
    )
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    end = b"</Relationships>"
    relations = relations.replace(end, b'<Relationship Id="n1" Type="' + kind + b'" Target="footnotes.xml"/>' + end)
    data = words.replace_parts(plain, {"word/_rels/document.xml.rels": relations, "word/footnotes.xml": note.encode()})
    assert read(data, "a.docx").text.split("\n") == ["支出120万元。", "含结转15万元。", "结余5万元。"]


def test_text_boxes_are_read_once() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent><w:p>{words.run(text)}</w:p></w:txbxContent>"

    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box('实有车辆8辆')}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box('实有车辆8辆')}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text_of(words.run("资产情况。") + drawn, "完毕。") == "资产情况。\n实有车辆8辆\n完毕。"


def embed(program: str) -> str:
    named = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    return f'<w:r><w:object><o:OLEObject {named} ProgID="{program}" Type="Embed"/></w:object></w:r>'


@pytest.mark.parametrize(
    ("paragraphs", "messages"),
    [
        (("一、决算表如下：", embed("Excel.Sheet.12"), embed("Equation.3")), ["input.office_embedded"]),
        (("一、公式如下：", embed("Equation.DSMT4")), []),
        (("决算公开表", '<w:r><w:drawing><a:blip xmlns:a="x"/></w:drawing></w:r>'), ["input.office_few_words"]),
        (("全年支出5万元。" * 20, '<w:r><w:drawing><a:blip xmlns:a="x"/></w:drawing></w:r>'), []),
    ],
)
def test_what_is_embedded_or_pictured_is_told(paragraphs: Sequence[str], messages: list[str]) -> None:
    assert [one.message for one in read(words.make_paragraphs(*paragraphs), "a.docx").warnings] == messages


def test_formulas_in_a_line() -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert text_of(words.run("约占") + fraction) == "约占1/3"


def test_headers_are_set_aside_and_headings_known_by_style_and_look() -> None:
    def write(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "某局内部资料 第9页"
        document.add_heading("基本情况", 1)
        look = document.add_paragraph()
        look.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = look.add_run("收支情况")
        run.bold, run.font.size = True, Pt(18)
        document.add_paragraph("全年支出120万元，惠及群众3200人次，各项工作按计划推进。")

    document = read(words.make(write), "a.docx")
    assert [(one.text[:4], one.large, one.centered) for one in document.paragraphs] == [
        ("基本情况", True, False), ("收支情况", True, True), ("全年支出", False, False),
    ]  # fmt: skip


def test_merged_cells_and_tables_in_cells() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("支出决算表")
        document.add_paragraph("单位：万元")
        table = document.add_table(4, 3)
        for at, row in enumerate(
            [
                ("项目", "支出", ""),
                ("", "预算数", "决算数"),
                ("基本支出", "300", "312.60"),
                ("项目支出", "120", "123.90"),
            ]
        ):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))
        inner = table.cell(3, 0).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "车辆", "3辆"

    result = extractor.extract(words.make(write), name="a.docx")
    table = result.tables[0]
    assert (table.title, table.unit, table.header_rows) == ("支出决算表", "万元", 2)
    assert (table.rows[0][0].rowspan, table.rows[0][1].colspan) == (2, 2)
    assert [cell.value for cell in table.rows[2]] == [None, "300", "312.60"]
    assert "车辆\t3辆" in result.text
    assert all(result.text[cell.start : cell.end] == cell.text for row in table.rows for cell in row)


def test_a_table_of_one_column_is_a_frame() -> None:
    def write(document: docx.document.Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "一、概况"
        cell.add_paragraph("全年支出120万元。")

    document = read(words.make(write), "a.docx")
    assert [(one.text, one.kind) for one in document.paragraphs] == [
        ("一、概况", "body"),
        ("全年支出120万元。", "body"),
    ]


def test_rows_set_with_tab_stops_are_a_table() -> None:
    rows = ["项目\t预算数\t决算数", "基本支出\t300.00\t312.60", "项目支出\t120.00\t123.90"]
    result = extractor.extract(words.make_paragraphs("支出决算表", *rows), name="a.docx")
    assert [[cell.value for cell in row] for row in result.tables[0].rows[1:]] == [
        [None, "300.00", "312.60"], [None, "120.00", "123.90"],
    ]  # fmt: skip


def test_page_numbers_left_over_from_a_pdf_part_no_sentence() -> None:
    lines = ["全年发行再融资债券15.35亿元，包括一般", "—5—", "债券9.34亿元、专项债券6.01亿元。", "12"]
    printed = [paragraph.text for paragraph in read(words.make_paragraphs(*lines), "a.docx").paragraphs]
    assert "—5—" not in printed
    assert "12" in printed


def test_the_content_tells_not_the_name() -> None:
    data = words.make_paragraphs("全年支出120.50万元。")
    result = extractor.extract(data, name="report.txt")
    assert (result.document.format, [claim.raw for claim in result.claims]) == ("docx", ["120.50万元"])


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        (b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "input.entities"),
        (b'<!DOCTYPE d [<!ENTITY a "12"><!ENTITY b "&a;&a;&a;">]>', "input.entities"),
        (b"<broken>", "input.damaged_file"),
    ],
)
def test_entities_are_refused(declared: bytes, message: str) -> None:
    body = f"<w:document {words.NAMES}><w:body><w:p><w:r><w:t>&a;3</w:t></w:r></w:p></w:body></w:document>".encode()
    data = words.replace_parts(words.make_paragraphs("x"), {"word/document.xml": declared + body})
    with pytest.raises(InputError) as error:
        read(data, "a.docx")
    assert error.value.notice.message == message


def test_damaged_and_empty_files_are_refused() -> None:
    data = words.make_paragraphs("全年支出120.50万元。")
    for content, message in ((data[:-200], "input.damaged_file"), (words.make_paragraphs(""), "input.empty")):
        with pytest.raises(InputError) as error:
            read(content, "a.docx")
        assert error.value.notice.message == message


def compound(stream: str) -> bytes:
    """The beginning of a compound file that has a stream of this name."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(22) + b"\x09\0" + bytes(480)
    return header + "".join(name.ljust(64, "\0") for name in ("Root Entry", stream)).encode("utf-16-le")


DOC = compound("WordDocument")


def test_older_files_need_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError) as error:
        read(DOC, "旧.wps")
    assert error.value.notice == Notice("input.needs_libreoffice", {"name": "旧.wps", "type": "DOC"})


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a script")
def test_older_files_are_converted_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(words.make_paragraphs("全年支出120万元。"))
    program = tmp_path / "soffice"
    program.write_text(
        f"""#!/bin/sh
case "$*" in *-env:UserInstallation=file:///*--headless*source.doc) ;; *) exit 1 ;; esac
grep -q DisableMacrosExecution profile/user/registrymodifications.xcu || exit 1
/bin/mkdir made && /bin/cp {made} made/source.docx
echo "$PWD" > {tmp_path}/where
"""
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    document = read(DOC, "旧.doc")
    assert (document.text, document.format) == ("全年支出120万元。", "doc")
    assert document.sha256 == hashlib.sha256(DOC).hexdigest()
    assert not Path((tmp_path / "where").read_text().strip()).exists()


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a script")
def test_a_conversion_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(convert, "TIME_LIMIT", 0.3)
    with pytest.raises(InputError) as error:
        read(DOC, "旧.doc")
    assert error.value.notice.message == "input.not_converted"


def test_a_word_file_with_a_password() -> None:
    with pytest.raises(InputError) as error:
        read(compound("EncryptedPackage"), "a.docx")
    assert error.value.notice.message == "input.encrypted_file"


def nest(inside: str, depth: int) -> str:
    """Words in so many tables, each in a cell of the last."""
    cell = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    for _ in range(depth):
        inside = cell.format(inside) + "<w:p/>"
    return inside


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (nest("<w:p><w:r><w:t>支出9万元</w:t></w:r></w:p>", 20), "input.nested_too_deep"),
        (
            "<w:tbl>"
            + ("<w:tr>" + "<w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc>" * 20 + "</w:tr>").replace(
                "<w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val='60'/></w:tcPr>"
            )
            * 420
            + "</w:tbl>",
            "input.table_too_large",
        ),
    ],
    ids=["deep", "large"],
)
def test_what_is_left_out_of_a_word_file_is_told(body: str, message: str) -> None:
    def make(before: str) -> bytes:
        xml = f"<w:document {words.USED}><w:body>{before}{body}</w:body></w:document>"
        return words.replace_parts(words.make_paragraphs("收入"), {"word/document.xml": xml.encode()})

    document = read(make("<w:p><w:r><w:t>支出3万元。</w:t></w:r></w:p>"), "a.docx")
    assert "支出3万元。" in document.text
    assert "支出9万元" not in document.text
    assert [notice.message for notice in document.warnings] == [message]
    with pytest.raises(InputError) as error:
        read(make(""), "a.docx")
    assert error.value.notice.message == message
