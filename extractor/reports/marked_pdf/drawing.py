"""Pages of text as a PDF draws them: lines broken to a width, in the colours and fonts that every viewer has.

No font is embedded: Chinese is set in the standard font of Adobe's collection GB1, for which every viewer of Chinese
documents has a font of its own; digits and Latin letters are set in Helvetica, which every viewer has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

Colour = tuple[int, int, int]
BLACK: Colour = (31, 35, 40)
SOFT: Colour = (90, 96, 104)
GREY: Colour = (150, 154, 160)

# ISO A4 in points.
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 48.0
# Helvetica's widths in thousandths of its size, by groups of characters; what is in none is as wide as a digit.
WIDTHS = {"iljI.,:;'|!": 250, " /\\[]()-ftr": 300, "mMW@%": 880, "ABCDEFGHKNOPQRSTUVXYZw&+<>=~": 700}
DIGIT, FULL = 556, 1000
BY_CHARACTER = {char: width for group, width in WIDTHS.items() for char in group}
# Runs of what is set in Helvetica, which is as wide as a digit or so, and of all else.
RUNS = re.compile(r"[ -~·×÷±•]+|[^ -~·×÷±•]+")
LATIN = re.compile(r"[ -~·×÷±•]")
# A line breaks between Chinese characters, and never inside a number or a word; marks stay with what they open or end.
OPENING, CLOSING = "（「《“", "，。；：、）」》”"
PIECES = re.compile(rf"[{OPENING}]*(?:[0-9A-Za-z.,%+\-]+[,.;:]*|.)[{CLOSING}]*", re.DOTALL)


def measure(text: str, size: float) -> float:
    """About how wide a text is, in points.

    >>> measure("万元12", 10)
    31.12
    """
    return sum(BY_CHARACTER.get(char, DIGIT) if LATIN.match(char) else FULL for char in text) * size / 1000


def break_lines(text: str, width: float, size: float) -> list[str]:
    """The lines of a text that has so much room.

    >>> break_lines("相差12.89万元。", 45, 10)
    ['相差12.89', '万元。']
    >>> break_lines("收入（万元）", 30, 10)
    ['收入', '（万', '元）']
    """
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1] and measure(lines[-1] + piece, size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


class Link(Struct, frozen=True):
    """A rectangle of a page (x0, bottom, x1, top) that leads to an entry."""

    rect: tuple[float, float, float, float]
    entry: int


class Sheet(Struct):
    """A page while it is drawn, from its top down: ``y`` is where the next line begins."""

    y: float = HEIGHT - MARGIN
    drawn: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def write(self, x: float, size: float, text: str, colour: Colour = BLACK, bold: bool = False) -> None:
        """Writes a line of text with its baseline at ``y``."""
        weight = f"2 Tr {size / 40:.2f} w" if bold else "0 Tr"
        ink = _set_colour(colour)
        self.drawn.append(f"BT {ink} rg {ink} RG {weight} {x:.1f} {self.y:.1f} Td {_show(text, size)} ET")

    def fill(self, x: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """Fills a rectangle."""
        self.drawn.append(f"{_set_colour(colour)} rg {x:.1f} {bottom:.1f} {width:.1f} {height:.1f} re f")

    def rule(self, colour: Colour = (222, 218, 209)) -> None:
        """Draws a line across the page at ``y``."""
        self.fill(MARGIN, self.y, WIDTH - 2 * MARGIN, 0.6, colour)

    @property
    def content(self) -> bytes:
        """What the page draws, as its stream."""
        return "\n".join(self.drawn).encode("ascii")


def _set_colour(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)


def _show(text: str, size: float) -> str:
    """Operators that show a text, each run in its font."""
    return " ".join(_show_runs(text, size))


def _show_runs(text: str, size: float) -> Iterator[str]:
    for run in RUNS.findall(text):
        name, code = ("/L", run.encode("cp1252")) if LATIN.match(run) else ("/C", _encode_wide(run))
        yield f"{name} {size:.1f} Tf <{code.hex().upper()}> Tj"


def _encode_wide(text: str) -> bytes:
    """UCS-2, in which the standard fonts are addressed; a character beyond it is a box.

    >>> _encode_wide("元\U00020bb7").hex()
    '514325a1'
    """
    return "".join(char if ord(char) < 0x10000 else "□" for char in text).encode("utf-16-be", "replace")
