"""Tables of published reports without lines between rows, or without any, that were compared with their pages by eye.

Their words stay outside of the repository: a table is known by its page, its size and a fingerprint of its cells.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from extractor import documents

REAL = Path(__file__).resolve().parents[3] / "shared" / "corpus"
# Of each file, the page, the rows and columns, and the fingerprint of the cells of each table.
TABLES: dict[str, list[str]] = {
    "panel/o_guangdong_2025_budget_attachment_3": [
        "11 25x5 8109aabe3fb2",
        "13 25x6 58206fb07bd0",
        "126 26x2 1de62cdbabcb",
    ],
    "panel/o_guangzhou_2025_budget_report": [
        "15 25x5 af4e84688a75",
    ],
    "panel/s_changdu_2025_statistical_bulletin": [
        "6 7x3 4ae7c63cf3d5",
        "8 7x5 62783734db1a",
    ],
    "panel/s_handan_2025_rating_report": [
        "5 16x5 4e2fdf27e66f",
        "5 9x5 18d2ca6e42de",
        "14 7x3 817c1d4bd34b",
        "18 9x3 0059d97433d7",
    ],
    "panel/s_ningde_2025_rating_report": [
        "6 5x7 2487f681353c",
        "9 12x7 ec9d79ddf26d",
        "9 9x4 2a45edabd1ae",
        "14 13x7 e73a3a7128f0",
    ],
    "panel/s_shaanxi_2024_city_fiscal_rating_report": [
        "10 12x4 3b7259d0bd13",
        "11 7x3 b08c248aa82b",
        "12 7x4 9f7977ddb3fa",
        "13 5x4 e39ffae2c5b2",
    ],
    "panel/s_guangxi_2024_city_fiscal_rating_report": [
        "8 10x6 f45158a81d43",
        "3 13x5 fd63767f55d4",
        "8 8x7 94c047c9657e",
        "9 5x4 ef0f44ba68d9",
        "9 9x10 7e70f0eb02de",
    ],
    "panel/s_hubei_2024_city_fiscal_rating_report": [
        "3 13x4 33ff311b408c",
        "7 9x6 20977eb51976",
        "12 8x5 a68f1637f964",
        "12 14x5 2e025219a183",
    ],
    "panel/s_yunnan_2024_city_fiscal_rating_report": [
        "9 11x6 67e6b6e3ffa8",
    ],
    "company_annual_report_2020": [
        "85 17x3 22aa324da2a5",
    ],
}


def describe(file: Path) -> set[str]:
    """The tables of a report as they are listed here."""
    document = documents.read(str(file))
    found = set()
    for table in document.ruled:
        cells = [[document.text[cell.start : cell.end] for cell in row] for row in table.rows]
        fingerprint = sha256(repr(cells).encode()).hexdigest()[:12]
        found.add(f"{table.page} {len(cells)}x{len(cells[0])} {fingerprint}")
    return found


@pytest.mark.parametrize("name", TABLES)
def test_tables_without_lines_are_as_printed(name: str) -> None:
    file = REAL / f"{name}.pdf"
    if not file.is_file():
        pytest.skip(f"the real reports ({REAL.name} beside the checkout) are not here")
    assert set(TABLES[name]) <= describe(file)


def test_twenty_tables_were_compared() -> None:
    assert sum(map(len, TABLES.values())) >= 20
