"""The kinds of files that are tried, and their faults: a line each, of which docs/inputs.md is made.

Another one is another line: what it is, what it is called, and its bytes.
"""

from __future__ import annotations

import codecs
import io
import stat
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import webpages
import words
import workbooks
from pdfs import PdfPage, pdf
from test_documents_docx import compound
from test_documents_ofd import make as make_ofd
from test_documents_ofd import text as ofd_text
from test_documents_parts import pack, pack_gbk

REPORT = """\
2024年某县政府工作报告

一、工作回顾
全年收入12.5亿元，增长5.6%。
二、工作安排
新增就业3000人。
"""
TRADITIONAL = "某市2024年度歲入歲出預算\n一、歲入\n歲入3.6億元，受惠民眾3200戶，補助1234圓。\n"
ROWS = "表1 支出表\n单位：万元\n项目\t金额\n教育支出\t12.5\n卫生支出\t7.5\n合计\t20.0\n"
MARKDOWN = """\
# 2024年某县报告

## 一、收入

收入**12.5**亿元。

| 项目 | 金额（万元） |
|---|--:|
| 教育 | 5.5 |
| 合计 | 5.5 |
"""
TRACKED = (
    '<w:r><w:t>支出</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>4万元</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a"><w:r><w:t>5万元。</w:t></w:r></w:ins>'
)
EMBEDDED = (
    '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>'
    "</w:object></w:r>"
)
PAGE = "<h1>2024年某县公报</h1>" + "".join(f"<p>{line}</p>" for line in REPORT.splitlines() if line)
TABLE = "<table><tr><th>项目</th><th>金额（万元）</th></tr><tr><td>教育</td><td>12.5</td></tr></table>"
SHEET = '<table:table table:name="表">{}</table:table>'.format(
    "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{label}</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="string"><text:p>{amount}</text:p></table:table-cell></table:table-row>'
        for label, amount in (("项目", "金额（万元）"), ("教育支出", "12.5"), ("卫生支出", "7.5"), ("合计", "20.0"))
    )
)
SPREADSHEETML = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="支出表"><Table>'
    + "".join(
        f'<Row><Cell><Data ss:Type="String">{label}</Data></Cell>'
        f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell></Row>'
        for label, kind, value in (
            ("项目", "String", "金额"),
            ("教育支出", "Number", "12.5"),
            ("合计", "Number", "12.5"),
        )
    )
    + "</Table></Worksheet></Workbook>"
)
WORDML = (
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
    "<w:t>全年收入12.5万元。</w:t></w:r></w:p></w:body></w:wordDocument>"
)
CARRIED = "项目,金额（万元）\n教育支出,12.5\n合计,12.5\n".encode()
LINES = tuple(filter(None, REPORT.splitlines()))


class Input(NamedTuple):
    """A file: its group on the page, what it is in words, its name, and how it is made."""

    group: str
    what: str
    name: str
    make: Callable[[], bytes]


def draw(lines: tuple[str, ...] = LINES, *, image: bool = False) -> PdfPage:
    page = PdfPage()
    for at, line in enumerate(lines):
        page.text(72, 760 - 24 * at, line)
    return page.image() if image else page


def draw_table() -> PdfPage:
    page = draw(("表1 支出表", "单位：万元"))
    for row, (label, amount) in enumerate((("项目", "金额"), ("教育支出", "12.5"), ("合计", "12.5"))):
        top = 700 - 24 * row
        page.box(72, top - 24, 200, top).box(200, top - 24, 300, top)
        page.text(78, top - 18, label).text(210, top - 18, amount)
    return page


def draw_sideways() -> PdfPage:
    page = draw()
    for row, own in enumerate((("项目", "金额（万元）"), ("教育支出", "12.5"), ("合计", "12.5"))):
        for column, text in enumerate(own):
            x, y = 300 + 20 * row, 200 + 90 * column
            page.box(x, y, x + 20, y + 90).text(x + 14, y + 4, text, 9, turn="0 1 -1 0")
    return page


def write_xml(element: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element}'.encode()


def pack_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    return out.getvalue()


def pack_deep() -> bytes:
    inner = REPORT.encode()
    for depth in range(6):
        inner = pack({f"{depth}.zip" if depth else "a.txt": inner})
    return inner


def lock_archive() -> bytes:
    data = bytearray(pack({"a.txt": REPORT.encode()}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def declare_entities() -> bytes:
    return words.replace_parts(
        words.make_paragraphs(*LINES),
        {"word/document.xml": b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d/>'},
    )


INPUTS = (
    Input("Text", "UTF-8", "report.txt", REPORT.encode),
    Input("Text", "UTF-8 with a byte order mark", "report.txt", lambda: codecs.BOM_UTF8 + REPORT.encode()),
    Input("Text", "UTF-16 with a byte order mark", "report.txt", lambda: REPORT.encode("utf-16")),
    Input("Text", "UTF-16 without a mark", "report.txt", lambda: REPORT.encode("utf-16-le")),
    Input("Text", "GB18030 (GBK, GB 2312)", "report.txt", lambda: REPORT.encode("gb18030")),
    Input("Text", "Big5, traditional characters", "report.txt", lambda: TRADITIONAL.encode("big5")),
    Input("Text", "UTF-8, traditional characters", "report.txt", TRADITIONAL.encode),
    Input(
        "Text",
        "Kangxi radicals, compatibility forms",
        "report.txt",
        "⼀、⼯作\n投资⼀亿元，新增\U0001d7cf\U0001d7d0户。".encode,
    ),
    Input(
        "Text",
        "zero-width spaces within numbers and words",
        "report.txt",
        "全年支\u200b出1\u200b2.5万\u2060元。".encode,
    ),
    Input("Text", "a private-use character within a number", "report.txt", "收入12\ue00034.5万元，支出6万元。".encode),
    Input(
        "Text",
        "a few damaged bytes",
        "report.txt",
        lambda: (REPORT * 9).encode("gb18030").replace(b"3000", b"\xff000", 1),
    ),
    Input(
        "Text",
        "line ends of Windows, a form feed",
        "report.txt",
        REPORT.replace("\n", "\r\n").replace("二、", "\f二、").encode,
    ),
    Input("Text", "a table, cells parted by tabs", "statement.txt", ROWS.encode),
    Input("Text", "nothing", "report.txt", bytes),
    Input("Text", "white space only", "report.txt", b" \n\t\n".__bytes__),
    Input("Text", "bytes of no kind", "report.txt", lambda: bytes(range(256)) * 4),
    Input("Text", "XML that is no web page", "report.xml", lambda: write_xml("<a><b>收入5万元。</b></a>")),
    Input("Text", "JSON that is no result", "report.json", b'{"a": 1}'.__bytes__),
    Input("Markdown", "headings, emphasis, a table", "report.md", MARKDOWN.encode),
    Input("Markdown", "pieces of HTML", "report.md", f"收入5万元。\n\n{TABLE}\n".encode),
    Input("Web page", "UTF-8, with navigation, styles and a footer", "report.html", webpages.page(PAGE + TABLE).encode),
    Input(
        "Web page",
        "GBK, as it declares",
        "report.html",
        lambda: webpages.page(PAGE).replace("utf-8", "gbk").encode("gbk"),
    ),
    Input(
        "Web page",
        "as a browser saves it (.mht)",
        "report.mht",
        lambda: webpages.archive(webpages.page(PAGE), "utf-8", "http://example.org/"),
    ),
    Input("Web page", "named .pdf", "report.pdf", webpages.page(PAGE).encode),
    Input(
        "Web page",
        "a report in attachments only",
        "report.html",
        webpages.page('<p>附件：<a href="a.pdf">决算.pdf</a></p>').encode,
    ),
    Input(
        "Web page",
        "a report in a frame",
        "report.html",
        webpages.page('<p>决算公开</p><iframe src="a.pdf"></iframe><iframe src="/view?id=1"></iframe>').encode,
    ),
    Input("Web page", "a page that scripts write", "report.html", webpages.page('<div id="app"></div>').encode),
    Input(
        "Web page",
        "elements nested 20,000 deep",
        "report.html",
        ("<html><body>" + "<div>" * 20_000 + "支出5万元。").encode,
    ),
    Input("Word", "paragraphs (.docx)", "report.docx", lambda: words.make_paragraphs(*LINES)),
    Input("Word", "changes that were tracked", "report.docx", lambda: words.make_paragraphs(TRACKED)),
    Input(
        "Word",
        "a workbook embedded in the text",
        "report.docx",
        lambda: words.make_paragraphs("支出情况如下：", EMBEDDED),
    ),
    Input("Word", "with a password", "report.docx", lambda: compound("EncryptedPackage")),
    Input("Word", "XML entities", "report.docx", declare_entities),
    Input("Word", "cut off", "report.docx", lambda: words.make_paragraphs(*LINES)[:2000]),
    Input("Word", "an older file (.doc), LibreOffice not installed", "report.doc", lambda: compound("WordDocument")),
    Input("Workbook", ".xlsx", "statement.xlsx", lambda: workbooks.make_xlsx(change=workbooks.finish)),
    Input("Workbook", ".xls, with a hidden sheet", "statement.xls", workbooks.make_xls),
    Input("Workbook", ".ods", "statement.ods", lambda: workbooks.make_ods(SHEET)),
    Input(
        "Workbook",
        "XML of an older Excel, LibreOffice not installed",
        "statement.xls",
        lambda: write_xml(SPREADSHEETML),
    ),
    Input("Workbook", ".csv", "statement.csv", ROWS.replace("\t", ",").encode),
    Input(
        "OFD",
        "a page of text",
        "report.ofd",
        lambda: make_ofd("".join(ofd_text(20, 20 + 8 * at, line) for at, line in enumerate(LINES))),
    ),
    Input("OFD", "a page without text", "report.ofd", lambda: make_ofd("")),
    Input(
        "Archive",
        "a report and its statement",
        "report.zip",
        lambda: pack({"报告.docx": words.make_paragraphs(*LINES), "附件1.txt": ROWS.encode()}),
    ),
    Input("Archive", "names in GBK", "report.zip", lambda: pack_gbk("报告.txt", REPORT.encode())),
    Input("Archive", "a path that leads outside", "report.zip", lambda: pack({"../a.txt": REPORT.encode()})),
    Input("Archive", "a link", "report.zip", pack_link),
    Input("Archive", "with a password", "report.zip", lock_archive),
    Input("Archive", "archives in archives, six deep", "report.zip", pack_deep),
    Input("Archive", "nothing that is read", "report.zip", lambda: pack({"a.exe": b"MZ\x90\0"})),
    Input("Archive", "a member of 300 MB of noughts", "report.zip", lambda: pack({"a.txt": bytes(300 * 2**20)})),
    Input("PDF", "a text layer", "report.pdf", lambda: pdf([draw()])),
    Input("PDF", "a ruled table", "report.pdf", lambda: pdf([draw_table()])),
    Input(
        "PDF", "a page turned by 90°", "report.pdf", lambda: pdf([PdfPage(rotate=90).text(72, 700, "全年支出5万元。")])
    ),
    Input("PDF", "a table on its side beside the text", "report.pdf", lambda: pdf([draw_sideways()])),
    Input("PDF", "a portfolio: a statement in it", "report.pdf", lambda: pdf([draw()], carried={"表.csv": CARRIED})),
    Input(
        "PDF",
        "a statement pinned to a page",
        "report.pdf",
        lambda: pdf([draw()], carried={"表.csv": CARRIED}, pinned=True),
    ),
    Input("PDF", "with a password", "report.pdf", lambda: pdf([draw()], encrypt=True)),
    Input("PDF", "cut off in the middle", "report.pdf", lambda: pdf([draw()])[:700]),
    Input("PDF", "a header and nothing else", "report.pdf", b"%PDF-1.7\n".__bytes__),
    Input("Other", "a picture (PNG)", "report.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".__bytes__),
    Input("Other", "a picture (JPEG)", "report.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".__bytes__),
    Input("Other", "slides (.pptx)", "report.pptx", lambda: pack({"ppt/presentation.xml": b"<p/>"})),
    Input("Other", "RAR", "report.rar", b"Rar!\x1a\x07\0\0\0\0".__bytes__),
    Input("Other", "7z", "report.7z", b"7z\xbc\xaf\x27\x1c\0\0\0\0".__bytes__),
    Input("Other", "gzip", "report.gz", b"\x1f\x8b\x08\0\0\0\0\0".__bytes__),
)
