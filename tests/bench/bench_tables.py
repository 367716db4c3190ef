"""Times the reading of ruled tables of growing length: the time per cell should stand still.

    python tests/bench/bench_tables.py [ROWS ...]

Each table runs over pages of 40 rows and repeats its header on every page.
"""

from __future__ import annotations

import sys
import time

from extractor.documents.model import Document, Paragraph, RuledCell, RuledTable
from extractor.model import Page
from extractor.tables import tables

SIZES = ("5000", "10000", "20000")
PER_PAGE = 40
COLUMNS = 8
HEADER = ["科目编码", "科目名称", *(f"支出{number}" for number in range(COLUMNS - 2))]


def document(rows: int) -> Document:
    """A document that is one table of so many rows."""
    text: list[str] = []
    paragraphs, ruled, pages, at = [], [], [], 0
    for page in range(1, rows // PER_PAGE + 1):
        start, made = at, []
        for row in range(PER_PAGE + 1):
            cells = HEADER if row == 0 else cells_of(page * PER_PAGE + row)
            line = "\t".join(cells)
            paragraphs.append(Paragraph(line, ((0, at),), "row"))
            made.append(placed(cells, at, row))
            text.append(line)
            at += len(line) + 1
        ruled.append(RuledTable(page, (60.0, 50.0, 60.0 + 50 * COLUMNS, 50.0 + 10 * len(made)), tuple(made)))
        pages.append(Page(page, start, at, 595.0, 842.0))
    return Document("bench", "", "pdf", "\n".join(text), tuple(paragraphs), pages=tuple(pages), ruled=tuple(ruled))


def cells_of(number: int) -> list[str]:
    amounts = [f"{number % 900 + 1},{number % 1000:03}.{column:02}" for column in range(COLUMNS - 2)]
    return [f"2{number:06}", f"一般公共服务支出{number}", *amounts]


def placed(cells: list[str], start: int, row: int) -> tuple[RuledCell, ...]:
    found = []
    for column, text in enumerate(cells):
        box = (60.0 + 50 * column, 50.0 + 10 * row, 110.0 + 50 * column, 60.0 + 10 * row)
        found.append(RuledCell(start, start + len(text), box))
        start += len(text) + 1
    return tuple(found)


def main(sizes: tuple[str, ...]) -> None:
    for size in map(int, sizes):
        made = document(size)
        start = time.perf_counter()
        (table,) = tables(made, ()).tables
        seconds = time.perf_counter() - start
        cells = len(table.rows) * COLUMNS
        print(f"{len(table.rows):7} rows  {seconds:6.2f} s  {seconds / cells * 1e6:5.1f} µs a cell")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or SIZES)
