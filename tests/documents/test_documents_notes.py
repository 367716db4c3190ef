"""Notes at the foot of a page, where the text above them goes on overleaf."""

from __future__ import annotations

import pytest
from pdfs import PdfPage, pdf

from extractor import documents

FULL = "全区农林牧渔业总产值稳步增长，粮食产量三十二万吨，规模以上工业增加"
NEXT = "值12.6亿元，比上年增长6.3%。"
NOTE = "①总产值按现价计算。"


def read(above: str, note: str, size: float = 8) -> list[str]:
    """The paragraphs of two pages: a line under a heading with a note at the foot, and what follows overleaf."""
    first = PdfPage().text(72, 720, "一、综合").text(96, 700, FULL[:-2]).text(72, 680, FULL).text(72, 660, above)
    first.line(72, 120, 172, 120).text(72, 100, note, size)
    second = PdfPage().text(72, 720, NEXT).text(96, 700, "全年财政收入5亿元。").text(72, 680, FULL[:20])
    found = documents.read(pdf([first, second]), "示例.pdf")
    assert all(found.text[one.start : one.end] == one.text for one in found.paragraphs)
    assert [page.start for page in found.pages] == sorted(page.start for page in found.pages)
    return [paragraph.text for paragraph in found.paragraphs]


def test_a_note_within_a_sentence_is_read_before_its_paragraph() -> None:
    paragraphs = read(FULL, NOTE)
    assert paragraphs[:2] == ["一、综合", NOTE]
    assert paragraphs[2].endswith("规模以上工业增加值12.6亿元，比上年增长6.3%。")


@pytest.mark.parametrize(
    ("above", "note", "size"),
    [(FULL[:10] + "。", NOTE, 8), (FULL, NOTE[1:], 8), (FULL, NOTE, 12)],
    ids=["the sentence has ended", "no mark", "as large as the text"],
)
def test_other_lines_at_the_foot_stay_where_they_stand(above: str, note: str, size: float) -> None:
    paragraphs = read(above, note, size)
    at = next(at for at, paragraph in enumerate(paragraphs) if note in paragraph)
    assert any(FULL[:10] in paragraph for paragraph in paragraphs[: at + 1])
    assert NOTE not in paragraphs[:2]
