"""Chinese fonts that a PDF names without holding them."""

from __future__ import annotations

from io import BytesIO

import pytest
from pdfs import FONT, PdfPage, pdf
from PIL import ImageFont

from extractor import documents
from extractor.documents.fonts import EM, make_font

WORDS = "契税收入，123.5万元。"
NAMED = FONT.replace(b"/FontFile2 4 0 R", b"").replace(b"/CIDToGIDMap 5 0 R", b"")


def scatter() -> PdfPage:
    """A page that draws each character by itself, as most programs do where they space them."""
    page = PdfPage()
    for at, character in enumerate(WORDS):
        page.text(60 + 12 * at, 700, character)
    return page


@pytest.mark.parametrize("font", [b"AAAAAA+Box", b"FZSSJW--GB1-0", b"STSong-Light", b"MSung-Light"])
def test_characters_of_a_font_that_is_not_there_are_read(font: bytes) -> None:
    content = pdf([scatter()]).replace(FONT, NAMED.replace(b"AAAAAA+Box", font))
    assert documents.read(content, "示例.pdf").text == WORDS


def test_every_character_is_a_box_of_one_em() -> None:
    font = ImageFont.truetype(BytesIO(make_font()), EM)
    left, top, right, bottom = font.getbbox("中")
    assert {font.getbbox(character) for character in "，a𠀀"} == {(left, top, right, bottom)}
    assert font.getlength("中，a") == 3 * EM
    assert right - left > 0.8 * EM
    assert bottom - top > 0.8 * EM
