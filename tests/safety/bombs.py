"""Small PDFs that were made to harm: each has a page that takes more time or memory than any page of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zlib import compress

from msgspec import Struct

WORDS = b"BT /F1 12 Tf 50 700 Td (GDP 12.5%, 2024) Tj ET\n"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def list_plain(_: int) -> list[bytes]:
    return [HELVETICA]


class Page(Struct, frozen=True):
    """A page: its content, and how often the stream of it is named.

    ``list_objects`` gives, by the number of the first of them, the font ``/F1``, the form ``/X``, and what they need.
    """

    content: bytes
    list_objects: Callable[[int], list[bytes]] = list_plain
    times: int = 1


def make_pdf(*pages: Page) -> bytes:
    """The bytes of a PDF with these pages."""
    objects, kids = [b"<</Type/Catalog/Pages 2 0 R>>", b""], []
    for page in pages:
        first = len(objects) + 1
        objects += [*page.list_objects(first), make_stream(page.content)]
        content = b"%d 0 R " % len(objects) * page.times
        head = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources%s" % _name_resources(first, first + 1)
        objects.append(b"%s/Contents[%s]>>" % (head, content))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return join_objects(objects)


def make_stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def _name_resources(font: int, form: int) -> bytes:
    return b"<</Font<</F1 %d 0 R>>/XObject<</X %d 0 R>>>>" % (font, form)


def join_objects(objects: Sequence[bytes]) -> bytes:
    """A PDF file of objects, numbered from 1 on; the first is its catalog."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return bytes(made) + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def _make_form(content: bytes, font: int, form: int) -> bytes:
    return make_stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + _name_resources(font, form))


def _list_self(first: int) -> list[bytes]:
    return [HELVETICA, _make_form(b"/X Do /X Do " + WORDS, first, first + 1)]


def _list_fan(first: int) -> list[bytes]:
    """Ten forms, each of which draws the next one ten times."""
    forms = [_make_form(b"/X Do " * 10, first, first + 1 + at) for at in range(1, 10)]
    return [HELVETICA, *forms, _make_form(WORDS, first, first)]


def _list_picture(_: int) -> list[bytes]:
    """A picture of a million black points."""
    head = b"/Type/XObject/Subtype/Image/Width 1000/Height 1000/BitsPerComponent 8/ColorSpace/DeviceGray"
    return [HELVETICA, make_stream(bytes(1_000_000), head)]


def _list_long_code(first: int) -> list[bytes]:
    """A font one code of which stands for four thousand characters."""
    codes = (
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfchar <0001> <%s> endbfchar endcmap"
    )
    below = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[%d 0 R]>>"
    return [font % (first + 3, first + 2), b"null", below, make_stream(codes % (b"4E07" * 4000))]


def _write_baselines(count: int) -> bytes:
    """So many digits, each a little higher than the last."""
    lines = (b"1 0 0 1 %d %.4f Tm (1)Tj\n" % (7 * at % 590, at / 500) for at in range(count))
    return b"BT /F1 12 Tf " + b"".join(lines) + b"ET"


GOOD = Page(WORDS)
BOMBS = {
    "a form that draws itself": Page(WORDS + b"/X Do", _list_self),
    "forms in forms": Page(WORDS + b"/X Do", _list_fan),
    "marks that are never closed": Page(WORDS + b"/P <</MCID 0>> BDC " * 40_000),
    "a stream named a hundred thousand times": Page(b" " * 100_000, times=100_000),
    "an endless stream": Page(WORDS + b"q " * 25_000_000),
    "one code for thousands of characters": Page(
        b"BT /F1 12 Tf 50 700 Td <%s> Tj ET" % (b"0001" * 50_000), _list_long_code
    ),
    "a picture drawn thirty thousand times": Page(b"q 595 0 0 842 0 0 cm /X Do Q " * 30_000, _list_picture),
    "a hundred thousand baselines": Page(_write_baselines(100_000)),
}
