"""Walks corpus/examples/tables/lines: tables in text, the rows expected of them, and those that are given up."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import regex

from extractor.documents.model import Document
from extractor.documents.tabular import WIDEST
from extractor.documents.text import from_text
from extractor.model import Table
from extractor.tables import flattened, tables
from extractor.tables.heads import lay_heads
from extractor.tables.model import Tabulation

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "examples" / "tables" / "lines"


class Example(NamedTuple):
    place: str
    text: str
    expected: list[list[str]]
    given_up: list[str]


def example(place: str, block: str) -> Example | None:
    """One block of the file; each table is its title and then its rows."""
    lines = [(line[:1], line[2:]) for line in block.splitlines()]
    expected: list[list[str]] = []
    for mark, rest in lines:
        if mark == ">":
            expected.append([rest])
        elif mark == "<":
            expected[-1].append(rest)
    text = "\n".join(rest for mark, rest in lines if mark == "|").replace("⇥", "\t")
    return Example(place, text, expected, [rest for mark, rest in lines if mark == "!"]) if text else None


def examples() -> list[Example]:
    blocks = [
        example(f"{file.stem}:{number}", block)
        for file in sorted(FOLDER.glob("*.txt"))
        for number, block in enumerate(regex.split(r"\n\n", file.read_text(encoding="utf-8")), 1)
    ]
    return [block for block in blocks if block]


def read(text: str) -> tuple[Document, Tabulation]:
    document = from_text(text + "\n", "example")
    return document, tables(document, ())


def printed(table: Table) -> list[str]:
    """A table as the examples write it."""
    return [table.title or "-"] + [
        " | ".join(cell.text.replace("\n", "⏎") if cell.rowspan else "~" for cell in row) for row in table.rows
    ]


@pytest.mark.parametrize("one", examples(), ids=lambda one: one.place)
def test_tables_are_as_written(one: Example) -> None:
    document, found = read(one.text)
    assert len(found.tables) == len(one.expected)
    for table, expected in zip(found.tables, one.expected, strict=True):
        rows = printed(table)
        if expected[1:2] == ["..."]:
            expected[1:2] = rows[1 : len(rows) - len(expected) + 2]
        assert [row.rstrip() for row in rows] == [row.rstrip() for row in expected]
        assert {len(row) for row in table.rows} == {len(table.rows[0])}
        cells = [cell for row in table.rows for cell in row]
        assert [cell.text for cell in cells] == [document.text[cell.start : cell.end] for cell in cells]
        assert sum(cell.rowspan * cell.colspan for cell in cells) == len(cells)
    assert [
        notice.facts["cell"] for notice in found.warnings if notice.message == "tables.not_laid_out"
    ] == one.given_up


def test_a_narrative_has_no_tables() -> None:
    assert read("一、概况\n全年发放救助金20余万元。\n目录\t1")[1] == Tabulation()


@pytest.mark.parametrize("width", [WIDEST + 5, 400])
def test_rows_that_repeat_at_too_great_a_distance_are_given_up(width: int) -> None:
    rows = [["项目", *["数额"] * (width - 1)]] + [["支出", *["1.5"] * (width - 1)]] * 3
    text = "\n".join(f"\t{cell}" for row in rows for cell in row)
    assert read(text)[1].tables == ()


def test_wide_or_high_headers_are_not_laid_out() -> None:
    assert lay_heads([["收入", "支出"], ["甲"] * 100], 100) is None
    assert lay_heads([["甲", "乙"]] * 5, 4) is None


def test_flattened_cells_keep_their_places() -> None:
    text = "\t项目\n\t数额\n\t单价\n\n\t沙袋\n\t\n\t2.5\n\n\t水泵\n\t3\n\t"
    (grid,), warnings = flattened.find_grids(from_text(text, "example"))
    assert [[text[place.start : place.end] for place in row] for row in grid.rows] == [
        ["项目", "数额", "单价"],
        ["沙袋", "", "2.5"],
        ["水泵", "3", ""],
    ]
    assert warnings == []


def test_cells_without_tabs_are_rows_below_as_many_labels() -> None:
    text = "全市人口如下。\n指标\n人数\n比重\n城镇\n46.67\n63.61\n乡村\n26.70\n36.39\n合计\n73.37\n100\n此后为说明。\n"
    (grid,), warnings = flattened.find_grids(from_text(text, "example"))
    assert [[text[place.start : place.end] for place in row] for row in grid.rows] == [
        ["指标", "人数", "比重"],
        ["城镇", "46.67", "63.61"],
        ["乡村", "26.70", "36.39"],
        ["合计", "73.37", "100"],
    ]
    assert warnings == []


def test_cells_without_tabs_are_no_rows_below_sentences() -> None:
    text = "全市人口如下。\n人数。\n城镇\n46.67\n63.61\n乡村\n26.70\n36.39\n合计\n73.37\n100\n"
    assert flattened.find_grids(from_text(text, "example"))[0] == []
