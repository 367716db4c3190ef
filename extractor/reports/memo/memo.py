"""A memo of one page as a Word file, set as offices in China set their letters: A4, a font for each kind of line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from extractor.messages import Lang
from extractor.model import InputError, Result
from extractor.reports.decisions import Decisions, make_empty
from extractor.reports.memo.content import Memo, Part, compose, get_phrase
from extractor.reports.printable import printable
from extractor.reports.workbook.head import Head, complete_head, label_field

# The margins of an official letter (GB/T 9704): top, right, bottom and left, in millimetres, on A4.
PAGE, MARGINS = (210, 297), (37, 26, 35, 28)
# The kinds of lines that have fonts of their own, and the font of Latin letters.
KINDS, LATIN = ("title", "head", "text"), "Times New Roman"
# Sizes in points, the height of a line of text, and how far its first line is moved in: two characters.
TITLE_SIZE, TEXT_SIZE, LINE = 22, 12, 19
INDENT = 2 * TEXT_SIZE
# The lines of the head, side by side, and those that are signed.
HEAD_LINES, SIGNED = (("entity", "index"), ("project", "period")), ("prepared", "reviewed", "date")
# No clock: the same result makes the same memo.
MADE, EARLIEST = datetime(2000, 1, 1), (1980, 1, 1, 0, 0, 0)
FONT_TABLE = "/word/fontTable.xml"


def encode(result: Result, lang: Lang = "zh", decisions: Decisions | None = None, head: Head | None = None) -> bytes:
    """The memo as a .docx; the same for the same result, decisions, head and language. Raises ``InputError``."""
    decisions = decisions or make_empty(result)
    head = complete_head(head or Head(), result, decisions, lang)
    sheet = _Sheet(_open(printable(result.document.name)), lang)
    sheet.write(compose(result, decisions, lang, head.index), head)
    return sheet.save()


def _open(name: str) -> Any:
    """An empty document of Word. Raises ``InputError`` where the package that makes it is not installed."""
    try:
        from docx import Document
    except ImportError as error:
        raise InputError("report.no-docx", name=name) from error
    return Document()


class _Sheet:
    """The one page, written from top to bottom."""

    def __init__(self, document: Any, lang: Lang) -> None:
        from docx.shared import Mm

        self._document, self._lang = document, lang
        section = document.sections[0]
        section.page_width, section.page_height = (Mm(size) for size in PAGE)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGINS)
        document.core_properties.created = document.core_properties.modified = MADE
        document.core_properties.author = ""

    def write(self, memo: Memo, head: Head) -> None:
        """Title, head, what was checked, the findings, and the lines that are signed."""
        self._write_title()
        for pair in HEAD_LINES:
            self._write_pair(pair, head)
        self._leave_room()
        self._write_heading(get_phrase("checked", self._lang))
        self._write_text(memo.extent)
        for part in memo.parts:
            self._write_part(part)
        self._leave_room()
        self._write_pair(SIGNED, head)

    def _write_part(self, part: Part) -> None:
        """Findings under their heading, numbered."""
        self._write_heading(part.heading)
        items = (f"{number}. {item}" for number, item in enumerate(part.items, 1))
        for words in filter(None, (part.remark, *items, part.left)):
            self._write_text(words)

    def save(self) -> bytes:
        """The file, without the hour at which it was made, and with the fonts to take where one is not there."""
        for part in self._document.part.package.iter_parts():
            if str(part.partname) == FONT_TABLE:
                part._blob = self._add_alternatives(part.blob)
        made, packed = io.BytesIO(), io.BytesIO()
        self._document.save(made)
        with zipfile.ZipFile(made) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as taken:
            for entry in given.infolist():
                taken.writestr(zipfile.ZipInfo(entry.filename, EARLIEST), given.read(entry), zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def _write_title(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._fill(paragraph, get_phrase("title", self._lang), "title", TITLE_SIZE, 2 * LINE)

    def _write_pair(self, names: Sequence[str], head: Head) -> None:
        """Lines of the head side by side; what nobody tells is filled in by hand."""
        cells = self._document.add_table(rows=1, cols=len(names)).rows[0].cells
        colon = get_phrase("colon", self._lang)
        for cell, name in zip(cells, names, strict=True):
            words = f"{label_field(name, self._lang)}{colon}{getattr(head, name)}"
            self._fill(cell.paragraphs[0], words, "text", TEXT_SIZE)

    def _leave_room(self) -> None:
        self._fill(self._document.add_paragraph(), "", "text", TEXT_SIZE, LINE / 2)

    def _write_heading(self, words: str) -> None:
        self._write_indented(words, "head")

    def _write_text(self, words: str) -> None:
        self._write_indented(words, "text")

    def _write_indented(self, words: str, kind: str) -> None:
        """A paragraph of which the first line is moved in."""
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(INDENT)
        self._fill(paragraph, words, kind, TEXT_SIZE)

    def _fill(self, paragraph: Any, words: str, kind: str, size: int, line: float = LINE) -> None:
        """Words in the font of a kind of line, on lines of one height."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(line)
        run = paragraph.add_run(words)
        run.font.name, run.font.size = LATIN, Pt(size)
        run._element.rPr.rFonts.set(qn("w:eastAsia"), get_phrase(f"font.{kind}", self._lang))

    def _add_alternatives(self, table: bytes) -> bytes:
        """The table of fonts with what to take for those that a machine lacks."""
        fonts = {get_phrase(f"font.{kind}", self._lang): get_phrase(f"font.{kind}.other", self._lang) for kind in KINDS}
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in fonts.items()
        )
        return table.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")
