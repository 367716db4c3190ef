"""How the text of a PDF page is drawn: how light, whether at all, and whether in a layer."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, repeat

from msgspec import Struct

from extractor.documents import native
from extractor.documents.objects import DEEPEST, Objects, list_form

# As light as this (0 black, 1 white) text may not be seen; text that is lighter than ``PALE`` may be a watermark.
WHITE = 0.9
PALE = 0.55
# The mark of content that belongs to a layer; content is marked no more often than this.
MOST_MARKS = 8
LAYER = "OC"
# A file with layers lists them in its catalog, which may be packed among other objects, in streams of a type. Of each
# of these so much is looked through: it has some hundred objects, of some hundred bytes.
LISTED, PACKED = b"/OCProperties", re.compile(rb"/ObjStm")
STREAM, ENDED, MOST_PACKED = re.compile(rb"stream\r?\n"), b"endstream", 200_000
# The dictionary of a stream is no longer than this around its type.
DICTIONARY = 500
# A file with more of such streams is asked for its layers.
MOST_STREAMS = 2000
# The parts of a colour (0 to 255) that are plainly dark.
DARK = bytes(part for part in range(256) if part <= 255 * PALE)


class Look(Struct, frozen=True):
    """How a text object is drawn: ``layer`` if it belongs to one, ``painted`` if at all, how light (0 to 1)."""

    layer: bool
    painted: bool
    light: float

    @property
    def is_doubtful(self) -> bool:
        """Whether the object may be one that is not seen."""
        return self.layer or not self.painted or self.light > WHITE


def may_have_layers(data: bytes) -> bool:
    r"""Whether a file, by its bytes, may have layers: few do, and each object of these is asked for its own.

    >>> may_have_layers(b"<</Type /Catalog /OCProperties 8 0 R>>"), may_have_layers(b"<</Type /Catalog>>")
    (True, False)
    >>> packed = b"1 0 obj <</Type /ObjStm>> stream\n%s\nendstream"
    >>> may_have_layers(packed % zlib.compress(b"<</Type /Catalog>>")), may_have_layers(packed % b"encrypted")
    (False, True)
    """
    streams = list(islice(PACKED.finditer(data), MOST_STREAMS))
    if LISTED in data or len(streams) == MOST_STREAMS:
        return True
    return any(LISTED in (_unpack(data, found.start()) or LISTED) for found in streams)


def _unpack(data: bytes, at: int) -> bytes:
    """The objects of a stream that has its type at a place; empty where they are packed otherwise than most."""
    begun = data.rfind(b"obj", max(0, at - DICTIONARY), at)
    found = STREAM.search(data, at, at + DICTIONARY)
    if begun < 0 or not found or b"/Predictor" in data[begun : found.end()]:
        return b""
    unpacker, start = zlib.decompressobj(), found.end()
    end = data.find(ENDED, start, start + MOST_PACKED)
    try:
        objects = unpacker.decompress(data[start : max(start, end)], MOST_PACKED)
    except zlib.error:
        return b""
    return objects if unpacker.eof else b""


def list_looks(drawn: Objects, has_layers: bool) -> dict[int, Look]:
    """The text objects of a page that are not plainly dark, those inside of forms too."""
    return dict(_list_members(drawn, has_layers, False, 0))


def _list_members(drawn: Objects, has_layers: bool, layer: bool, depth: int) -> Iterator[tuple[int, Look]]:
    import pypdfium2_raw as pdfium

    items = drawn.of(pdfium.FPDF_PAGEOBJ_TEXT)
    layered = set(items) if layer else _find_in_layers(items) if has_layers else set[int]()
    yield from _read_looks(items, layered)
    if depth < DEEPEST:
        for form in drawn.of(pdfium.FPDF_PAGEOBJ_FORM):
            is_layer = layer or (has_layers and form in _find_in_layers([form]))
            yield from _list_members(list_form(form), has_layers, is_layer, depth + 1)


def _read_looks(items: Sequence[int], layered: set[int]) -> Iterator[tuple[int, Look]]:
    """The text objects among some that are not plainly dark; those ``layered`` belong to layers."""
    import pypdfium2_raw as pdfium

    modes = list(map(native.function("FPDFTextObj_GetTextRenderMode", "ip"), items))
    known, parts = native.ask_colours(native.function("FPDFPageObj_GetFillColor", "ip"), items)
    colours = bytes(parts)
    if not layered and pdfium.FPDF_TEXTRENDERMODE_INVISIBLE not in modes and _are_dark(known, colours):
        return
    lights = list(_read_lights(known, colours))
    stroked = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    for item, mode, light in zip(items, modes, lights, strict=True):
        painted = mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        look = Look(item in layered, painted, 0.0 if mode in stroked else light)
        if look.is_doubtful or look.light > PALE:
            yield item, look


def _are_dark(known: list[int], colours: bytes) -> bool:
    """Whether all objects are filled with plainly dark colours, told by the lightest part of any.

    >>> _are_dark([1, 1], bytes([0, 0, 0, 255, 139, 0, 0, 255])), _are_dark([1], bytes([0, 255, 0, 255]))
    (True, False)
    """
    is_opaque = not colours[3::4].strip(b"\xff")
    return all(known) and is_opaque and not any(colours[part::4].translate(None, DARK) for part in range(3))


def _read_lights(known: list[int], colours: bytes) -> Iterator[float]:
    """How light each object is filled on white paper."""
    four = iter(colours)
    for is_known, colour in zip(known, zip(four, four, four, four, strict=True), strict=True):
        yield _measure_light(*colour) if is_known else 0.0


@cache
def _measure_light(red: int, green: int, blue: int, alpha: int) -> float:
    """How light a colour (parts 0 to 255) is on white paper, as the eye weighs its parts.

    >>> _measure_light(0, 0, 0, 255), _measure_light(0, 0, 0, 0), round(_measure_light(255, 0, 0, 255), 2)
    (0.0, 1.0, 0.3)
    """
    return 1 - (1 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255) * alpha / 255


def _find_in_layers(items: Sequence[int]) -> set[int]:
    """The objects that are marked as content of a layer, which may be switched off."""
    get = native.function("FPDFPageObj_GetMark", "pp")
    found: set[int] = set()
    names: dict[int | None, str] = {None: ""}
    for at in range(MOST_MARKS):
        marks = list(map(get, items, repeat(at)))
        if not any(marks):
            break
        names.update((mark, _read_name(mark)) for mark in set(marks) - names.keys())
        found.update(item for item, mark in zip(items, marks, strict=True) if names[mark] == LAYER)
    return found


def _read_name(mark: int) -> str:
    """The name of a mark; empty where it is longer than any that matters."""
    name, size = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
    read = native.function("FPDFPageObjMark_GetName", "ip")
    if not read(mark, name, ctypes.sizeof(name), ctypes.byref(size)):
        return ""
    return bytes(name)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
