import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pdfs
import pytest
import words
import workbooks

import extractor
from extractor.documents import archives, read
from extractor.documents.archives import Archive
from extractor.model import InputError

REPORT = "某局2024年决算说明\n一、支出\n全年支出1436.50万元。".encode()


def pack(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return out.getvalue()


def pack_gbk(path: str, content: bytes) -> bytes:
    """An archive whose names are in GBK without a word of it, as the programs of offices write them."""
    raw = path.encode("gbk")
    plain = "x" * len(raw)
    return pack({plain: content}).replace(plain.encode(), raw)


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read(data, "a.zip")
    return error.value.notice.message


def test_an_archive_is_one_report_with_parts() -> None:
    data = pack(
        {
            "附件10 支出决算表.xlsx": workbooks.make_xlsx(change=workbooks.finish),
            "附件2 补充.docx": words.make_paragraphs("补助群众3200人次。"),
            "龙泉局2024年决算说明.txt": REPORT,
            "__MACOSX/._龙泉局.txt": b"\0\1",
            "图.png": bytes.fromhex("89504e470d0a1a0a00"),
        }
    )
    result = extractor.extract(data, name="a.zip")
    headings = [section.heading for section in result.sections if section.heading.startswith("附件")]
    assert (result.document.title, headings) == ("龙泉局2024年决算说明", ["附件2 补充", "附件10 支出决算表"])
    assert [claim.raw for claim in result.claims] == ["1436.50万元", "3200人次"]
    assert all(result.text[claim.start : claim.end] == claim.raw for claim in result.claims)
    assert result.tables[0].rows[2][1].value == "1436.50"
    assert ["图.png" in warning for warning in result.document.warnings] == [True]


def test_names_in_gbk_and_archives_in_archives() -> None:
    inner = pack_gbk("附件/说明.txt", REPORT)
    document = read(pack({"内.zip": inner}), "a.zip")
    assert document.text.startswith("说明\n某局2024年决算说明")
    for _ in range(3):
        inner = pack({"a.zip": inner})
    assert refusal(inner) == "input.too_deep"


def test_pages_are_counted_through_all_parts() -> None:
    page = pdfs.pdf([pdfs.PdfPage().text(90, 700, "全年支出12.50万元。")])
    document = read(pack({"1.pdf": page, "2.txt": REPORT, "3.pdf": page}), "a.zip")
    assert [one.number for one in document.pages] == [1, 2]
    assert document.page(document.text.index("1436")) is None
    assert document.page(document.text.rindex("12.50")) == 2


@pytest.mark.parametrize("path", ["../a.txt", "/etc/a.txt", "C:/a.txt", "b/../../a.txt"])
def test_paths_that_lead_outside_are_refused(path: str) -> None:
    assert refusal(pack({path: REPORT})) == "input.leads_outside"


def test_links_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(out.getvalue()) == "input.no_plain_file"


def test_bombs_cost_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_IN_MEMBER", 2**20)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 50)
    assert refusal(pack({"a.txt": b"0" * 2**22})) == "input.too_large"
    assert refusal(pack({f"{n}.txt": b"" for n in range(51)})) == "input.too_many_members"
    monkeypatch.setattr(archives, "MOST_BYTES", 2**21)
    assert refusal(pack({f"{n}.txt": b"0" * 2**20 for n in range(3)})) == "input.too_large"


def test_encrypted_and_damaged_members() -> None:
    data = bytearray(pack({"a.txt": REPORT}))
    with pytest.raises(InputError) as error:
        Archive(bytes(data[:40]), "a.zip")
    assert error.value.notice.message == "input.damaged_file"
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refusal(bytes(data)) == "input.encrypted_file"


def test_a_member_without_a_name() -> None:
    data = pack({"x": REPORT}).replace(b"PK\x01\x02", b"PK\x01\x02", 1)
    place = data.rindex(b"PK\x01\x02") + 28
    nameless = data[:place] + b"\0\0" + data[place + 2 : place + 18] + data[place + 19 :]
    assert refusal(nameless) in ("input.damaged_file", "input.no_parts")


def test_a_folder_is_one_report_with_parts(tmp_path: Path) -> None:
    (tmp_path / "附件").mkdir()
    (tmp_path / "1.txt").write_bytes(REPORT)
    (tmp_path / "附件" / "表.csv").write_bytes("项目,金额\n基本支出,3\n".encode())
    document = read(tmp_path)
    assert (document.format, len(document.ruled)) == ("folder", 1)
    assert document.text.startswith("1\n某局2024年决算说明")
    (tmp_path / "b.txt").symlink_to("/etc/passwd")
    with pytest.raises(InputError) as error:
        read(tmp_path)
    assert error.value.notice.message == "input.no_plain_file"


def test_statements_in_another_file(tmp_path: Path) -> None:
    report, statements = tmp_path / "report.docx", tmp_path / "statements.xlsx"
    report.write_bytes(
        words.make_paragraphs("某局2024年决算说明", "一、支出", "全年支出1436.50万元，其中基本支出1312.60万元。")
    )
    statements.write_bytes(workbooks.make_xlsx(change=workbooks.finish))
    alone = extractor.extract(report)
    result = extractor.extract(report, tables=[statements])
    assert (result.document.name, result.document.format) == ("report.docx", "docx")
    assert result.text.startswith(alone.text + "\nstatements.xlsx\n")
    assert [(claim.start, claim.raw) for claim in result.claims] == [(claim.start, claim.raw) for claim in alone.claims]
    assert result.tables[0].rows[2][1].value == "1436.50"
