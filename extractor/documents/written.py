"""What a result quotes, in the document's own characters: a text is read in others where it has some of their kinds.

Raw numbers, headings, titles and cells stand as they are written. Names that are made of the words (metrics, units,
labels) stay in the characters that they were read in, so that reports in either script can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from extractor.model import Claim, Result, Section, Table, TableCell

# Between two characters of a heading stand at most a line end, blank lines and what shows nothing.
REACH = 40


def quote_written(result: Result, text: str) -> Result:
    """The result of a document whose ``text`` was read in other characters, with its words as they are written."""
    if text == result.text:
        return result
    quotes = Quotes(result.text, text)
    sections = tuple(map(quotes.quote_section, result.sections))
    tables = tuple(map(quotes.quote_table, result.tables))
    told = {old.heading: new.heading for old, new in zip(result.sections, sections, strict=True)}
    told |= {old.title: new.title for old, new in zip(result.tables, tables, strict=True) if old.title and new.title}
    known = result.document
    return msgspec.structs.replace(
        result,
        text=text,
        document=msgspec.structs.replace(known, title=quotes.find(known.title), entity=quotes.find(known.entity)),
        sections=sections,
        tables=tables,
        claims=tuple(_quote_claim(claim, text, told) for claim in result.claims),
    )


def _quote_claim(claim: Claim, text: str, told: Mapping[str, str]) -> Claim:
    path = tuple(told.get(words, words) for words in claim.path)
    return msgspec.structs.replace(claim, raw=text[claim.start : claim.end], path=path)


class Quotes:
    """Finds in a text as it was ``read`` the words that stand in the same place of the text as it is ``written``."""

    def __init__(self, read: str, written: str) -> None:
        self._read, self._written = read, written

    def find(self, words: str | None, before: int | None = None) -> str | None:
        """Words as they are written where they first stand; with ``before``, where they last stand in front of it."""
        if words is None:
            return None
        at = self._read.find(words) if before is None else self._read.rfind(words, 0, before)
        return words if at < 0 else self._written[at : at + len(words)]

    def quote_section(self, section: Section) -> Section:
        """A section with its heading as it is written."""
        heading = self._follow(section.heading, section.start)
        number = heading[: len(section.number)] if section.number else section.number
        title = heading[len(heading) - len(section.title) :]
        return msgspec.structs.replace(section, heading=heading, number=number, title=title)

    def quote_table(self, table: Table) -> Table:
        """A table with its title and its cells as they are written."""
        rows = tuple(tuple(map(self._quote_cell, row)) for row in table.rows)
        return msgspec.structs.replace(table, rows=rows, title=self.find(table.title, table.end))

    def _quote_cell(self, cell: TableCell) -> TableCell:
        return msgspec.structs.replace(cell, text=self._follow(cell.text, cell.start))

    def _follow(self, words: str, at: int) -> str:
        """Words from ``at`` on, of which line ends and what shows nothing may have been taken out."""
        if self._read.startswith(words, at):
            return self._written[at : at + len(words)]
        found: list[str] = []
        for char in words:
            place = self._read.find(char, at, at + (1 if char.isspace() else REACH))
            found.append(char if place < 0 else self._written[place])
            at = at if place < 0 else place + 1
        return "".join(found)
