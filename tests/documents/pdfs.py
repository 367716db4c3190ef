"""Writes small PDF files for tests: Chinese text at given places, lines, rotation, no embedded font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<<"
    b"/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


@dataclass
class PdfPage:
    """One page, drawn in its own coordinates: y grows upwards from the bottom."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    content: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 12, turn: str = "1 0 0 1") -> PdfPage:
        codes = words.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf {turn} {x} {y} Tm <{codes}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.content.append(f"{x0} {y0} m {x1} {y1} l S")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.content.append(f"{x0} {y0} {x1 - x0} {y1 - y0} re S")
        return self

    def image(self) -> PdfPage:
        self.content.append("q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
        return self


def pdf(pages: Sequence[PdfPage], encrypt: bool = False) -> bytes:
    """The bytes of a PDF with these pages."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        FONT,
    ]
    for at, page in enumerate(pages):
        stream = "\n".join(page.content).encode("latin-1")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]/Rotate {page.rotate}"
            f"/Contents {5 + 2 * at} 0 R/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(f"<</Length {len(stream)}>>stream\n".encode() + stream + b"\nendstream")
    trailer = f"/Size {len(objects) + 1}/Root 1 0 R" + (LOCK if encrypt else "")
    return _file(objects, trailer)


# A standard handler whose check values fit no password.
LOCK = f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    body = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + item + b"\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    body += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return bytes(body + f"trailer<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
