"""Writes small PDF files for tests: Chinese text at given places, lines, rotation, and a font of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from struct import pack
from types import MappingProxyType
from zlib import compress

# One em of the font in its own units, and the box that every character of it is drawn as.
EM = 1000
BOX = (40, -120, 960, 860)
# What every character code of the font stands for: its second glyph, the box.
TO_BOX = bytes([0, 1]) * 0x10000
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Box/Encoding/UniGB-UCS2-H/DescendantFonts[<<"
    b"/Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Box/CIDToGIDMap 5 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Box/Flags 6/FontBBox[0 -120 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93/FontFile2 4 0 R>>>>]>>"
)


def font() -> bytes:
    """A TrueType font of two glyphs, nothing and a box, so that no font of the machine takes part in a test."""
    x0, y0, x1, y1 = BOX
    corners = ((x0, y0), (x0, y1), (x1, y1), (x1, y0))
    steps = list(zip(corners, ((0, 0), *corners), strict=False))
    glyph = pack(">hhhhhHH4B", 1, x0, y0, x1, y1, 3, 0, 1, 1, 1, 1)
    glyph += b"".join(pack(">h", one[axis] - last[axis]) for axis in (0, 1) for one, last in steps)
    tables = {
        b"glyf": glyph,
        b"head": pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, EM, 0, 0, x0, y0, x1, y1, 0, 8, 2, 0, 0),
        b"hhea": pack(">IhhhHhhhhhh8xhH", 0x10000, 880, -120, 0, EM, x0, EM - x1, x1, 1, 0, 0, 0, 2),
        b"hmtx": pack(">HhHh", EM, 0, EM, x0),
        b"loca": pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    head, body = pack(">IHHHH", 0x10000, len(tables), 64, 2, 32), b""
    start = 12 + 16 * len(tables)
    for name, table in tables.items():
        head += pack(">4sIII", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body


# Begins what stands in the layer that is switched off; how text is drawn that is not drawn at all.
OFF = "/OC /Off BDC"
INVISIBLE = "3 Tr"


@dataclass
class PdfPage:
    """One page, drawn in its own coordinates: y grows upwards from the bottom."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    content: list[str] = field(default_factory=list)
    crop: tuple[float, float, float, float] | None = None

    def text(self, x: float, y: float, words: str, size: float = 12, turn: str = "1 0 0 1", look: str = "") -> PdfPage:
        """``look`` are operators that say how it is drawn; ``OFF`` puts it into the layer that is switched off."""
        codes = words.encode("utf-16-be").hex()
        drawn = f"q BT {look.removeprefix(OFF)} /F1 {size} Tf {turn} {x} {y} Tm <{codes}> Tj ET Q"
        self.content.append(f"{OFF} {drawn} EMC" if look.startswith(OFF) else drawn)
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> PdfPage:
        self.content.append(f"q {grey} g {x0} {y0} {x1 - x0} {y1 - y0} re f Q")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.content.append(f"{x0} {y0} m {x1} {y1} l S")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.content.append(f"{x0} {y0} {x1 - x0} {y1 - y0} re S")
        return self

    def image(self, greys: bytes = b"\x00\xff" * 20, place: str = "100 0 0 100 50 50") -> PdfPage:
        """A picture of some greys beside one another; as many dark strokes as words have, if not told."""
        picture = f"BI /W {len(greys)} /H 1 /CS /G /BPC 8 /F /AHx ID {greys.hex()}> EI"
        self.content.append(f"q {place} cm {picture} Q")
        return self


def pdf(
    pages: Sequence[PdfPage],
    encrypt: bool = False,
    field: PdfPage | None = None,
    carried: Mapping[str, bytes] = MappingProxyType({}),
    relation: str = "Unspecified",
    pinned: bool = False,
) -> bytes:
    """The bytes of a PDF with these pages; ``field`` is shown in a form on the first one, files are ``carried``.

    ``relation`` is what they are to the pages; they are ``pinned`` to the first one if they are not of the whole.
    """
    behind = 7 + 2 * len(pages) + bool(field)
    kids = " ".join(f"{7 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
        + (
            b""
            if pinned or not carried
            else f"/Names<</EmbeddedFiles<</Names[{_list_carried(carried, behind, relation)}]>>>>".encode()
        )
        + b">>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        FONT,
        _stream(font()),
        _stream(TO_BOX),
        b"<</Type/OCG/Name(Off)>>",
    ]
    for at, page in enumerate(pages):
        stream = "\n".join(page.content).encode("latin-1")
        notes = _list_fields(7 + 2 * len(pages)) if field and at == 0 else ""
        notes = notes or (_pin(carried, behind, relation) if pinned and at == 0 else "")
        crop = f"/CropBox[{' '.join(map(str, page.crop))}]" if page.crop else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]{crop}{notes}/Rotate {page.rotate}"
            f"/Contents {8 + 2 * at} 0 R/Resources<</Font<</F1 3 0 R>>/Properties<</Off 6 0 R>>>>>>".encode()
        )
        objects.append(_stream(stream))
    if field:
        objects.append(_show_field("\n".join(field.content).encode("latin-1")))
    objects += [_stream(content, "/Type/EmbeddedFile") for content in carried.values()]
    trailer = f"/Size {len(objects) + 1}/Root 1 0 R" + (LOCK if encrypt else "")
    return _file(objects, trailer)


def _describe_files(files: Mapping[str, bytes], number: int, relation: str) -> Iterator[tuple[str, str]]:
    """The names and descriptions of carried files, the first of which is the object of this number."""
    for at, name in enumerate(files, number):
        text = f"<FEFF{name.encode('utf-16-be').hex()}>"
        yield text, f"<</Type/Filespec/F{text}/UF{text}/AFRelationship/{relation}/EF<</F {at} 0 R>>>>"


def _list_carried(files: Mapping[str, bytes], number: int, relation: str) -> str:
    return "".join(name + described for name, described in _describe_files(files, number, relation))


def _pin(files: Mapping[str, bytes], number: int, relation: str) -> str:
    notes = "<</Type/Annot/Subtype/FileAttachment/Rect[9 9 19 19]/FS{}>>"
    return f"/Annots[{''.join(notes.format(described) for _, described in _describe_files(files, number, relation))}]"


def _list_fields(number: int) -> str:
    """A field at (100, 500), 200 wide and 20 high, that looks as the object of this number says."""
    return f"/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[100 500 300 520]/AP<</N {number} 0 R>>>>]"


def _show_field(content: bytes) -> bytes:
    form = f"/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 3 0 R>>>>/Length {len(content)}"
    return f"<<{form}>>stream\n".encode() + content + b"\nendstream"


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = compress(data)
    return f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream"


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


def lock(data: bytes) -> bytes:
    """The PDF encrypted so that anyone may read it and nobody may change it."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password="", owner_password="secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
