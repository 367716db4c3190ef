import io
import zipfile

import pytest

import extractor
from extractor.documents import read
from extractor.model import InputError

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x: float, y: float, words: str, more: str = "") -> str:
    """A line of text of 4 mm whose baseline begins at a point."""
    step = f"g {len(words) - 1} 4" if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - 4} {4 * len(words)} 5" Font="7" Size="4" {more}>'
        f'<ofd:TextCode X="0" Y="4" DeltaX="{step}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def make(*pages: str, template: str = "") -> bytes:
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    parts = {
        "OFD.xml": f"<ofd:OFD {NAMES}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMES}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID='90' BaseLoc='Tpls/T.xml'/></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/T.xml": f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content>"
        "</ofd:Page>",
    }
    for at, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f"<ofd:Page {NAMES}><ofd:Template TemplateID='90'/><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content>"
            "</ofd:Page>"
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def test_text_and_ruled_tables() -> None:
    rows = [("项目", "金额"), ("基本支出", "312.60"), ("项目支出", "123.90")]
    drawn = text(30, 30, "一、收支情况") + text(38, 40, "全年支出436.50万元。")
    for at, row in enumerate(rows):
        drawn += text(31, 60 + 10 * at, row[0]) + text(81, 60 + 10 * at, row[1])
    drawn += "".join(line(30, 53 + 10 * at, 130, 53 + 10 * at) for at in range(4))
    drawn += "".join(line(x, 53, x, 83) for x in (30, 80, 130))
    drawn += text(90, 200, "内部资料", 'CTM="0.7 0.7 -0.7 0.7 0 0"') + text(30, 150, "隐去9户", 'Visible="false"')
    result = extractor.extract(make(drawn, text(30, 30, "第二页共有3户。")), name="a.bin")
    assert (result.document.format, result.document.page_count) == ("ofd", 2)
    assert [claim.raw for claim in result.claims] == ["436.50万元", "3户"]
    assert [[cell.value for cell in row] for row in result.tables[0].rows[1:]] == [[None, "312.60"], [None, "123.90"]]
    claim = result.claims[0]
    assert claim.section == result.sections[0].id
    x0, top, x1, bottom = claim.boxes[0]
    assert (round(x0), x1 > x0, top < 40 * 72 / 25.4 < bottom) == (round((38 + 16) * 72 / 25.4), True, True)
    assert "内部资料" not in result.text


def test_templates_and_files_without_text() -> None:
    assert "全年3户" in read(make("", template=text(30, 30, "全年3户")), "a.ofd").text
    for data, message in ((make(""), "input.office_pictures"), (make(), "input.damaged_file")):
        with pytest.raises(InputError) as error:
            read(data, "a.ofd")
        assert error.value.notice.message == message


@pytest.mark.parametrize("place", ["1e308", "-1e308", "1e999", "nan"])
def test_places_beyond_any_page_lose_no_other_text(place: str) -> None:
    away = text(30, 40, "支出9户").replace('Boundary="', f'CTM="{place} 0 0 {place} 0 {place}" Boundary="')
    away = away.replace('Boundary="30', f'Boundary="{place}')
    assert "支出3户。" in read(make(text(30, 30, "支出3户。") + away), "a.ofd").text
