"""OFD files (GB/T 33190) become Documents: pages of characters and lines with their places, as those of a PDF.

Read are the text and the paths of pages and of their templates; stamps and other annotations are set aside.
"""

from __future__ import annotations

import hashlib
import math
import posixpath
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from extractor.documents import pdf
from extractor.documents.content import PageContent
from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyph, Glyphs, clean_code
from extractor.documents.laying import lay_page
from extractor.documents.model import Document
from extractor.documents.ocr.layer import Layer
from extractor.documents.office.package import Element, Package, read_local, read_number
from extractor.documents.pieces import BOLD_WEIGHT, UPRIGHT
from extractor.documents.rulings import IDENTITY, SHORTEST, THICKEST, Matrix, Ruling, Rulings
from extractor.model import Box, InputError

# Points in a millimetre, which the format measures in.
POINTS = 72 / 25.4
# Above and below the baseline, in sizes of a character; and how wide a character is where nothing follows it.
ASCENT, DESCENT, NARROW = 0.88, 0.12, 0.5
USUAL_PAGE = (0.0, 0.0, 210.0, 297.0)
# Distances beyond these are of no character: a line has fewer.
MOST_REPEATED = 10_000
# No page is so many millimetres wide, and nothing on it is scaled so much.
LARGEST = 100_000.0
# Blocks within blocks.
DEEPEST = 8
NO = frozenset(("false", "0"))
# How many numbers stand behind each letter of a path, the last two of which are a point.
STEPS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Drawn(Struct, frozen=True):
    """What stands on a page, in points from its top left corner."""

    glyphs: list[Glyph]
    aslant: list[str]
    horizontal: list[Ruling]
    vertical: list[Ruling]
    images: list[Element]


def read(data: bytes, name: str) -> Document:
    """The Document of an OFD file's bytes, with the place of every character.

    Raises ``InputError``: a file that is damaged, declares entities, or has no text.
    """
    package = Package(data, name)
    bodies = _list_named(package.parse("OFD.xml"), "DocRoot")
    readers = [Reader(package, (body.text or "").strip().lstrip("/")) for body in bodies]
    pages = list(chain.from_iterable(reader.read() for reader in readers))
    if not pages:
        raise InputError("input.damaged_file", name=name)
    if not any(page.has_text for page in pages):
        raise InputError("input.office_pictures", name=name, type="OFD")
    return pdf.make_document(pages, pdf.Source(name, hashlib.sha256(data).hexdigest(), "ofd"), ())


class Reader:
    """Reads the pages of one document of a file."""

    def __init__(self, package: Package, path: str) -> None:
        self._package, self._folder = package, posixpath.dirname(path)
        self._root = package.parse(path)
        self._bold = set(self._list_bold())
        self._box = _read_box(self._root) or USUAL_PAGE

    def read(self) -> Iterator[PageContent]:
        """The pages in their order, with the text and the lines of their templates."""
        templates = {one.get("ID"): one.get("BaseLoc") for one in self._list("TemplatePage")}
        for page in self._list("Page"):
            content = self._parse(page.get("BaseLoc"))
            drawn = Drawn([], [], [], [], [])
            for used in _list_named(content, "Template"):
                self._draw(self._parse(templates.get(used.get("TemplateID"))), drawn)
            self._draw(content, drawn)
            yield self._lay(drawn, _read_box(content) or self._box)

    def _lay(self, drawn: Drawn, box: Box) -> PageContent:
        frame = Frame(0.0, 0.0, round(box[2] * POINTS, 2), round(box[3] * POINTS, 2))
        read = Glyphs(tuple(drawn.glyphs), "".join(drawn.aslant), 0, frame)
        lines = Rulings(tuple(drawn.horizontal), tuple(drawn.vertical))
        layer = Layer.NONE if drawn.images and not drawn.glyphs else Layer.GOOD
        return lay_page(read, lines, layer)

    def _list(self, name: str) -> list[Element]:
        return list(_list_named(self._root, name))

    def _parse(self, path: str | None) -> Element | None:
        """A part by its path from the document's folder, or from the top where it begins with a slash."""
        if not path:
            return None
        whole = path if path.startswith("/") else posixpath.join("/", self._folder, path)
        return self._package.parse(posixpath.normpath(whole).lstrip("/"))

    def _list_bold(self) -> Iterator[str | None]:
        """The fonts that are bold."""
        for name in ("PublicRes", "DocumentRes"):
            for entry in self._list(name):
                for font in _list_named(self._parse((entry.text or "").strip()), "Font"):
                    if font.get("Bold") == "true":
                        yield font.get("ID")

    def _draw(self, parent: Element | None, drawn: Drawn, depth: int = 0) -> None:
        """Add the objects of a page, in the order in which they are drawn."""
        if parent is None or depth > DEEPEST:
            return
        for element in parent:
            name = read_local(element)
            if name in ("Content", "Layer", "PageBlock"):
                self._draw(element, drawn, depth + 1)
            elif element.get("Visible") not in NO:
                self._draw_object(element, name, drawn)

    def _draw_object(self, element: Element, name: str, drawn: Drawn) -> None:
        if name == "TextObject":
            _draw_text(element, self._is_bold(element), drawn)
        elif name == "PathObject":
            _draw_path(element, drawn)
        elif name == "ImageObject":
            drawn.images.append(element)

    def _is_bold(self, element: Element) -> bool:
        weight = _read_numbers(element.get("Weight"))
        return element.get("Font") in self._bold or bool(weight and weight[0] >= BOLD_WEIGHT)


# ── numbers and places ───────────────────────────────────────────────────────────────────────────────────


def _list_named(parent: Element | None, name: str) -> Iterator[Element]:
    for element in () if parent is None else parent.iter():
        if read_local(element) == name:
            yield element


def _read_numbers(text: str | None) -> list[float]:
    """The numbers in an attribute; none where one of them is none of a page."""
    try:
        numbers = list(map(float, (text or "").split()))
    except ValueError:
        return []
    return numbers if all(abs(number) <= LARGEST for number in numbers) else []


def _read_box(parent: Element | None) -> Box | None:
    """The rectangle of a page, in millimetres."""
    for element in _list_named(parent, "PhysicalBox"):
        numbers = _read_numbers(element.text)
        if len(numbers) == 4 and min(numbers[2:]) > 0:
            return (numbers[0], numbers[1], numbers[2], numbers[3])
    return None


def read_deltas(text: str | None) -> list[float]:
    """Distances between characters; ``g 3 2.5`` stands for three of 2.5.

    >>> read_deltas("g 3 2.5 4")
    [2.5, 2.5, 2.5, 4.0]
    """
    words = iter((text or "").split())
    found: list[float] = []
    for word in words:
        count = 1
        if word == "g":
            count, word = min(read_number(next(words, "")) or 0, MOST_REPEATED), next(words, "")
        found += [_read_first(word)] * count
        if len(found) > MOST_REPEATED:
            break
    return found


def _read_first(word: str) -> float:
    numbers = _read_numbers(word)
    return numbers[0] if numbers else 0.0


class Placing(Struct, frozen=True):
    """How an object's own coordinates lie on its page: turned and scaled first, then moved."""

    matrix: Matrix
    left: float
    top: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the object on the page, in points."""
        a, b, c, d, e, f = self.matrix
        return (a * x + c * y + e + self.left) * POINTS, (b * x + d * y + f + self.top) * POINTS


def _read_placing(element: Element) -> Placing:
    boundary = _read_numbers(element.get("Boundary"))
    numbers = _read_numbers(element.get("CTM"))
    matrix = IDENTITY
    if len(numbers) == 6:
        matrix = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    left, top = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
    return Placing(matrix, left, top)


# ── objects ──────────────────────────────────────────────────────────────────────────────────────────────


def _draw_text(element: Element, bold: bool, drawn: Drawn) -> None:
    """Add the characters of a text object; those that stand at an angle are set aside."""
    placing = _read_placing(element)
    a, b = placing.matrix[:2]
    size = _read_first(element.get("Size", "")) or 1.0
    for code in _list_named(element, "TextCode"):
        if abs(math.atan2(b, a)) < UPRIGHT:
            drawn.glyphs.extend(_place_text(code, placing, size, bold))
        else:
            drawn.aslant.append(code.text or "")


def _place_text(code: Element, placing: Placing, size: float, bold: bool) -> Iterator[Glyph]:
    """The characters of a stretch of text, in points."""
    text = code.text or ""
    across, down = read_deltas(code.get("DeltaX")), read_deltas(code.get("DeltaY"))
    x, y = _read_first(code.get("X", "")), _read_first(code.get("Y", ""))
    spaced = False
    for at, char in enumerate(text):
        usual = size * (NARROW if char.isascii() else 1.0)
        width = across[at] if at < len(across) else usual
        printed = clean_code(ord(char))
        if printed:
            yield _make_glyph(printed, placing, (x, y, min(width, size) or usual, size), bold, spaced)
        spaced = char.isspace()
        x, y = x + width, y + (down[at] if at < len(down) else 0.0)


def _make_glyph(char: str, placing: Placing, place: Box, bold: bool, spaced: bool) -> Glyph:
    """A character whose baseline begins at a place, with its width and its size."""
    x, y, width, size = place
    left, top = placing.place(x, y - ASCENT * size)
    right, bottom = placing.place(x + width, y + DESCENT * size)
    base = placing.place(x, y)[1]
    return Glyph(base, (left, min(top, bottom), max(right, left), max(top, bottom)), char, bold, spaced)


def _draw_path(element: Element, drawn: Drawn) -> None:
    """Add the lines of a path: all of it where it is thin, else the straight segments that are stroked."""
    placing = _read_placing(element)
    data = next((one.text for one in _list_named(element, "AbbreviatedData")), None) or ""
    segments = list(_list_segments(data, placing))
    points = [point for segment in segments for point in segment]
    if not points:
        return
    xs, ys = zip(*points, strict=True)
    whole = (min(xs), min(ys)), (max(xs), max(ys))
    is_thin = min(whole[1][0] - whole[0][0], whole[1][1] - whole[0][1]) <= THICKEST
    if is_thin or element.get("Stroke") not in NO:
        for one, two in [whole] if is_thin else segments:
            _draw_line(one, two, drawn)


def _draw_line(one: tuple[float, float], two: tuple[float, float], drawn: Drawn) -> None:
    """Add a line that is level or upright; no other is one of a table."""
    width, height = abs(two[0] - one[0]), abs(two[1] - one[1])
    if height <= THICKEST and width > SHORTEST and width >= height:
        drawn.horizontal.append(Ruling((one[1] + two[1]) / 2, min(one[0], two[0]), max(one[0], two[0])))
    elif width <= THICKEST and height > SHORTEST:
        drawn.vertical.append(Ruling((one[0] + two[0]) / 2, min(one[1], two[1]), max(one[1], two[1])))


def _list_segments(data: str, placing: Placing) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The pieces of a path, each from one point to the next; curves count as what joins their ends."""
    words = iter(data.split())
    here = first = placing.place(0.0, 0.0)
    for letter in words:
        count = STEPS.get(letter)
        if count is None:
            continue
        numbers = [_read_first(next(words, "")) for _ in range(count)]
        there = placing.place(numbers[-2], numbers[-1]) if numbers else first
        if letter in "SM":
            first = there
        else:
            yield here, there
        here = there
