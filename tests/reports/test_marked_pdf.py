"""A marked PDF: the marks stand on the words they are about, whatever the page's turn, and the original stays."""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from pdfs import PdfPage, lock, pdf

from extractor.model import Check, InputError, Message, Operand, Result
from extractor.pipeline import extract
from extractor.reports.decisions import Decision, Decisions
from extractor.reports.marked_pdf import pdf as marked
from extractor.reports.marked_pdf.notes import COLOURS, Mark

WORDS = "全年发放救助金100.50万元。"
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script>", '=HYPERLINK("http://x.example","x")', "\x1b[31mred\x1b]0;t\x07",
    "a\u202eb\u2066c", "\x00\x0b", "𠮷", "(paren) \\ <<>>",
]  # fmt: skip
ROTATIONS = (0, 90, 180, 270)
# What poppler says where it is installed without the data for Chinese fonts.
NO_DATA = b"Missing language pack"


def drawn(rotate: int = 0, box: str = "") -> bytes:
    """A page with one sentence, upright as displayed, and perhaps a crop box."""
    places = {
        0: (72, 700, "1 0 0 1"),
        90: (200, 72, "0 1 -1 0"),
        180: (500, 300, "-1 0 0 -1"),
        270: (400, 700, "0 -1 1 0"),
    }
    x, y, turn = places[rotate]
    data = pdf([PdfPage(rotate=rotate).text(x, y, WORDS, turn=turn)])
    return data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 842]" + box.encode()) if box else data


def check(status: str, *claims: str, identity: str = "sum-1", said: str = "两处不一致。", **fields: Any) -> Check:
    operands = (*(Operand("part", claim=one) for one in claims), *fields.pop("more", ()))
    severity = fields.pop("severity", "error" if status == "fails" else None)
    return Check(identity, "sum", status, severity, operands, "1", "2", "-1", Message(said, "They differ."), **fields)


def result(data: bytes, *checks: Check, standing: str = "unverified") -> Result:
    found = extract(data, name="report.pdf")
    ids = tuple(claim.id for claim in found.claims)
    groups = {"verified": (), "contradicted": (), "unverified": ()} | {standing: ids}
    verification = msgspec.structs.replace(found.verification, **groups)
    return msgspec.structs.replace(found, checks=checks, verification=verification)


def annotations(data: bytes) -> list[dict[str, Any]]:
    """The annotations of all pages, as the library reads them."""
    import pypdfium2.raw as pdfium

    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
            one = pdfium.FPDFPage_GetAnnot(page, at)
            texts = {key: _text(one, key) for key in ("Contents", "Subj", "T")}
            colour = [ctypes.c_uint(0) for _ in range(4)]
            pdfium.FPDFAnnot_GetColor(one, pdfium.FPDFANNOT_COLORTYPE_Color, *colour)
            found.append({
                "page": number, "kind": pdfium.FPDFAnnot_GetSubtype(one), **texts,
                "quads": pdfium.FPDFAnnot_CountAttachmentPoints(one), "colour": tuple(c.value for c in colour[:3]),
            })  # fmt: skip
    return found


def _text(annotation: Any, key: str) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key.encode(), buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def highlights(data: bytes) -> list[dict[str, Any]]:
    import pypdfium2.raw as pdfium

    return [one for one in annotations(data) if one["kind"] == pdfium.FPDF_ANNOT_HIGHLIGHT]


def body(data: bytes) -> Any:
    """The pages of a document without those of findings in front of it."""
    document = pypdfium2.PdfDocument(data)
    return [page for at, page in enumerate(document) if not document.get_page_label(at).startswith("问题")]


def changed(before: bytes, after: bytes) -> list[float]:
    """The rectangle of the page as displayed, in points, that looks different."""
    from PIL import ImageChops

    drawn = [body(one)[0].render(scale=4, may_draw_forms=True).to_pil().convert("RGB")
             for one in (before, after)]  # fmt: skip
    found = ImageChops.difference(*drawn)
    box = found.getbbox()
    assert box
    return [edge / 4 for edge in box]


@pytest.mark.parametrize("box", ["", "/CropBox[40 30 560 800]"])
@pytest.mark.parametrize("rotate", ROTATIONS)
def test_a_mark_stands_on_its_words_whatever_the_pages_turn(rotate: int, box: str) -> None:
    pytest.importorskip("PIL")
    data = drawn(rotate, box)
    found = result(data)
    (claim,) = found.claims
    assert changed(data, marked.encode(found, data)) == pytest.approx(claim.boxes[0], abs=1)


def test_the_original_is_the_beginning_of_the_marked_file() -> None:
    data = drawn()
    assert marked.encode(result(data), data).startswith(data)


@pytest.mark.parametrize(
    ("standing", "checks", "look", "words"),
    [
        ("verified", [check("holds", "c1")], "verified", "【相符】合计与分项：两处不一致。"),
        ("contradicted", [check("holds", "c1", identity="b"), check("fails", "c1")], "error", "【错误】"),
        ("contradicted", [check("fails", "c1", severity="warning")], "warning", "【疑点】"),
        ("unverified", [check("unclear", "c1", reason="no_power")], "unverified", "【无法核对】"),
        ("unverified", [], "unverified", "未能核对"),
    ],
)
def test_colour_and_note_tell_how_a_claim_stands(standing: str, checks: list[Check], look: Any, words: str) -> None:
    data = drawn()
    (mark,) = highlights(marked.encode(result(data, *checks, standing=standing), data))
    assert mark["colour"] == COLOURS[look]
    assert words in mark["Contents"]
    assert mark["Subj"].endswith("100.50万元")


def test_a_finding_comes_before_what_holds_and_carries_the_decision() -> None:
    data = drawn()
    found = result(data, check("holds", "c1", identity="b"), check("fails", "c1"), standing="contradicted")
    known = Decisions("extractor-decisions/1", found.document.sha256, {"sum-1": Decision("confirmed", "已与财务核实")})
    lines = highlights(marked.encode(found, data, "zh", known))[0]["Contents"].split("\n")
    assert [line[:4] for line in lines] == ["有错误", "【错误】", "→ 处理", "【相符】"]
    assert lines[2].endswith("属实：已与财务核实")


def test_a_claim_over_two_lines_has_two_rectangles() -> None:
    data = pdf([PdfPage().text(72, 700, "一" * 35 + "发放救助金100.5").text(72, 680, "0万元，比上年多。" + "一" * 30)])
    assert [one["quads"] for one in highlights(marked.encode(result(data), data))] == [2]


def test_cells_of_a_failing_check_are_marked() -> None:
    page = PdfPage()
    for x in (72, 200, 330):
        page.line(x, 600, x, 700)
    for y in (600, 650, 700):
        page.line(72, y, 330, y)
    for x, y, words in ((80, 670, "项目"), (210, 670, "金额"), (80, 620, "合计"), (210, 620, "88.00")):
        page.text(x, y, words)
    data = pdf([PdfPage().text(72, 700, WORDS), page])
    found = extract(data, name="report.pdf")
    at = Operand("total", table=found.tables[0].id, row=1, column=1)
    made = marked.encode(result(data, check("fails", more=(at,))), data)
    (mark,) = [one for one in highlights(made) if one["page"] == 3]
    assert (mark["colour"], mark["Subj"]) == (COLOURS["error"], "有错误 · 88.00")


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_a_document_stays_text(words: str) -> None:
    data = drawn()
    found = result(data, check("fails", "c1", said=words), standing="contradicted")
    known = Decisions("extractor-decisions/1", found.document.sha256, {"sum-1": Decision("dismissed", words)})
    made = marked.encode(found, data, "zh", known)
    (mark,) = highlights(made)
    assert all(char.isprintable() or char == "\n" for char in mark["Contents"])
    if words.isprintable():
        assert mark["Contents"].count(words) == 2
    assert not re.search(rb"/(URI|JavaScript|JS|Launch|OpenAction|AA|RC)\b", made[len(data) :])


def test_only_the_pdf_of_the_result_is_marked() -> None:
    data, other = drawn(), drawn(90)
    with pytest.raises(InputError) as error:
        marked.encode(result(data), other)
    assert error.value.notice.message == "report.not-the-pdf"


@pytest.mark.parametrize("rotate", ROTATIONS)
def test_poppler_reads_it_without_complaint(rotate: int, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed: on Debian and Ubuntu run apt-get install poppler-utils poppler-data")
    data, target = drawn(rotate), tmp_path / "marked.pdf"
    marked.write(result(data), data, target)
    for command in (
        ["pdftotext", str(target), "-"],
        ["pdftoppm", "-r", "20", "-png", str(target), str(tmp_path / "x")],
    ):
        done = subprocess.run(command, capture_output=True, check=True)
        if NO_DATA in done.stderr:
            pytest.skip("poppler lacks its data for Chinese: on Debian and Ubuntu run apt-get install poppler-data")
        assert done.stderr == b""


def test_it_goes_to_a_stream_too() -> None:
    data, out = drawn(), io.BytesIO()
    marked.write(result(data), data, out)
    assert hashlib.sha256(out.getvalue()[: len(data)]).digest() == hashlib.sha256(data).digest()


@pytest.mark.parametrize("kind", ["plain", "named", "locked"])
def test_one_input_gives_the_same_bytes_every_time(kind: str) -> None:
    data = drawn()
    if kind == "named":
        data = data.replace(b"trailer<<", f"trailer<</ID[<{'0A' * 16}><{'0b' * 16}>]".encode())
    if kind == "locked":
        data = lock(data)
    made = {marked.encode(result(data), data) for _ in range(3)}
    assert len(made) == 1
    (one,) = made
    assert one.startswith(data)
    (mark,) = highlights(one)
    assert mark["Contents"].startswith("未能核对")


def test_marks_are_objects_of_their_own_with_a_window() -> None:
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject

    data = drawn()
    page = PdfReader(io.BytesIO(marked.encode(result(data), data))).pages[1]
    found = list(page["/Annots"])  # type: ignore[call-overload]
    assert all(isinstance(one, IndirectObject) for one in found)
    notes = [one.get_object() for one in found if "/Contents" in one.get_object()]
    assert [note["/Subtype"] for note in notes] == ["/Highlight"]
    for note in notes:
        window = note["/Popup"].get_object()
        assert window["/Subtype"] == "/Popup"
        assert window["/Parent"].get_object() == note
        assert window["/Open"].value is False


def test_a_damaged_file_is_marked_and_nothing_is_said_of_it(capfd: pytest.CaptureFixture[str]) -> None:
    data = re.sub(rb"startxref\s*\d+", b"startxref\n12345", drawn())
    made = marked.encode(result(data), data)
    assert made.startswith(data)
    assert len(highlights(made)) == 1
    assert capfd.readouterr().err == ""


def streamed(data: bytes) -> bytes:
    """The PDF with its table of objects as a stream, as most programs write it today."""
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    places = [0, *(int(one) for one in re.findall(rb"(\d{10}) \d{5} n", data[start:])), start]
    rows = b"".join(bytes([at > 0]) + place.to_bytes(4, "big") + b"\0" for at, place in enumerate(places))
    table = b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % (
        len(places) - 1, len(places), len(rows),
    )  # fmt: skip
    return data[:start] + table + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def test_a_file_whose_table_is_a_stream_has_its_findings_in_front(tmp_path: Path) -> None:
    from pypdf import PdfReader

    data, target = streamed(drawn()), tmp_path / "marked.pdf"
    marked.write(with_finding(data), data, target)
    made = target.read_bytes()
    assert made.startswith(data)
    assert [PdfReader(io.BytesIO(made), strict=True).page_labels, len(highlights(made))] == [["问题1", "1"], 1]
    assert "两处不一致。" in read_front(made)
    for program in (["pdftotext", str(target), "-"], ["mutool", "draw", "-q", "-F", "txt", str(target)]):
        if shutil.which(program[0]):
            done = subprocess.run(program, capture_output=True, check=True)
            assert "两处不一致" in done.stdout.decode() or NO_DATA in done.stderr


@pytest.mark.parametrize("table", [b"<</W[0 4 1]/Index[5 1]>>", b"<</W[0 4 1] /Type /XRef>>"])
def test_a_table_is_given_its_type_where_it_has_none(table: bytes) -> None:
    data = b"%PDF-1.5\n7 0 obj " + table + b"stream\n\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    named = marked.name_table(data)
    assert (named.count(b"/XRef"), named.replace(b"/Type/XRef", b"")) == (1, data.replace(b"/Type/XRef", b""))
    assert (named == data) == (b"/XRef" in data)


# ── the pages of findings in front ───────────────────────────────────────────────────────────────────────


def with_finding(data: bytes) -> Result:
    return result(data, check("fails", "c1", said="第1页救助金100.50万元，两处不一致。"), standing="contradicted")


def decide(found: Result, state: Any, note: str = "") -> Decisions:
    return Decisions("extractor-decisions/1", found.document.sha256, {"sum-1": Decision(state, note)})


def read_front(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_the_findings_stand_in_front_with_links_and_bookmarks() -> None:
    from pypdf import PdfReader

    data = drawn()
    made = marked.encode(with_finding(data), data)
    reader = PdfReader(io.BytesIO(made))
    assert [len(reader.pages), reader.page_labels] == [2, ["问题1", "1"]]
    text = read_front(made)
    for words in ("救助金 100.50万元", "第1页", "两处不一致。", "错误 1 项"):
        assert words in text
    [link] = [one.get_object() for one in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert link["/Dest"][0].get_object() == reader.pages[1]
    [top, inner] = reader.outline
    assert top["/Title"] == "数据核对"  # type: ignore[call-overload, index]
    assert "发放救助金 100.50万元（第1页）" in str(inner)
    assert reader.get_destination_page_number(inner[1][0]) == 1  # type: ignore[index]


def test_a_dismissed_finding_is_grey() -> None:
    data = drawn()
    found = with_finding(data)
    made = marked.encode(found, data, "zh", decide(found, "dismissed", "口径不同"))
    (mark,) = highlights(made)
    assert mark["colour"] == COLOURS["dismissed"]
    assert mark["Subj"] == "已排除 · 100.50万元"
    assert "口径不同" in read_front(made)


def test_what_could_not_be_checked_says_why() -> None:
    data = drawn()
    made = marked.encode(result(data), data)
    (mark,) = highlights(made)
    assert mark["Contents"].split("\n") == ["未能核对", "未核对的原因：文中没有可以与它核对的数"]
    assert "文中没有可以与它核对的数" in read_front(made)


def test_many_findings_take_as_many_pages_as_they_need() -> None:
    data = drawn()
    checks = [check("fails", "c1", identity=f"sum-{at}", said=f"第{at}处不一致。" * 9) for at in range(30)]
    made = marked.encode(result(data, *checks, standing="contradicted"), data)
    document = pypdfium2.PdfDocument(made)
    assert len(document) > 3
    text = "".join(document[at].get_textpage().get_text_range() for at in range(len(document) - 1))
    assert all(f"第{at}处不一致" in text for at in range(30))


def test_the_mark_of_a_cell_is_as_high_as_its_digits() -> None:
    mark = Mark(1, ((70.0, 100.0, 300.0, 160.0),), "error", "", "", is_cell=True)
    glyphs = [
        ("8", (200.0, 120.0, 210.0, 132.0)),
        ("9", (210.0, 120.0, 220.0, 132.0)),
        ("1", (310.0, 120.0, 320.0, 132.0)),
    ]
    assert marked.tighten(mark, glyphs).boxes == ((200.0, 120.0, 220.0, 132.0),)
    assert marked.tighten(mark, []) == mark


@pytest.mark.parametrize("kind", ["plain", "locked"])
def test_mupdf_reads_it_without_complaint(kind: str, tmp_path: Path) -> None:
    if not shutil.which("mutool"):
        pytest.skip("MuPDF is not installed: on Debian and Ubuntu run apt-get install mupdf-tools")
    data, target = drawn(), tmp_path / "marked.pdf"
    data = lock(data) if kind == "locked" else data
    target.write_bytes(marked.encode(with_finding(data), data))
    done = subprocess.run(["mutool", "draw", "-q", "-r", "40", "-o", str(tmp_path / "%d.png"), str(target)],
                          capture_output=True, check=True)  # fmt: skip
    complaints = [line for line in done.stderr.splitlines() if b"ICC support" not in line]
    assert complaints == []
    shown = subprocess.run(["mutool", "draw", "-q", "-F", "txt", str(target), "1"], capture_output=True, check=True)
    assert (kind == "plain") == ("两处不一致" in shown.stdout.decode())


PDFJS = """
import { getDocument } from 'PLACE/legacy/build/pdf.mjs';
import { readFileSync } from 'node:fs';
const data = new Uint8Array(readFileSync(process.argv[2]));
const file = await getDocument({ data, cMapUrl: 'PLACE/cmaps/', cMapPacked: true, verbosity: 0 }).promise;
const page = await file.getPage(1);
const content = await page.getTextContent();
const links = await page.getAnnotations();
const marks = await (await file.getPage(2)).getAnnotations();
console.log(JSON.stringify({
  pages: file.numPages, text: content.items.map((one) => one.str).join(''),
  links: links.map((one) => one.subtype), marks: marks.map((one) => one.subtype),
  outline: (await file.getOutline()).map((one) => one.title), labels: await file.getPageLabels(),
}));
"""


def test_pdf_js_reads_it(tmp_path: Path) -> None:
    place = os.environ.get("PDFJS_DIST", "")
    if not (place and shutil.which("node")):
        pytest.skip("name the folder of pdf.js in PDFJS_DIST: npm install pdfjs-dist, with node beside it")
    data, target, script = drawn(), tmp_path / "marked.pdf", tmp_path / "read.mjs"
    marked.write(with_finding(data), data, target)
    script.write_text(PDFJS.replace("PLACE", place), encoding="utf-8")
    done = subprocess.run(["node", str(script), str(target)], capture_output=True, check=True)
    seen = json.loads(done.stdout)
    assert "第1页救助金100.50万元，两处不一致。" in seen.pop("text")
    assert seen.pop("labels") == ["问题1", "1"]
    assert seen == {"pages": 2, "links": ["Link"], "marks": ["Highlight", "Popup"], "outline": ["数据核对"]}
