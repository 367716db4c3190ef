"""pdfplumber finds the same tables with the same cells, wherever it finds any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import documents

REPORTS = Path(__file__).resolve().parents[2] / "corpus" / "reports"
# Real reports that are not part of the project may stand beside the checkout.
REAL = Path(__file__).resolve().parents[3] / "shared" / "corpus"
NAMES = ("wanli_budget_2025", "putuo_planning_2024", "putuo_commerce_budget_2025", "final_accounts_template_blank")
FILES = [REPORTS / "liulin_final_accounts_2024.pdf", *(REAL / f"{name}.pdf" for name in NAMES)]

Tables = list[Counter[str]]


def ours(file: Path) -> dict[int, Tables]:
    """The cells of every table, page by page, without white space."""
    document = documents.read(str(file))
    found: dict[int, Tables] = {}
    for table in document.ruled:
        cells = (document.text[cell.start : cell.end] for row in table.rows for cell in row)
        found.setdefault(table.page, []).append(Counter(filter(None, map(bare, cells))))
    return found


def reference(file: Path) -> Iterator[tuple[int, Tables]]:
    """The same by pdfplumber, but for boxes of a single column, which are frames."""
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            tables = [table.extract() for table in page.find_tables()]
            rows = [[[bare(cell or "") for cell in row] for row in table] for table in tables if len(table[0]) > 1]
            yield page.page_number, [Counter(filter(None, (cell for row in one for cell in row))) for one in rows]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_same_tables_and_cells(file: Path) -> None:
    if not file.is_file():
        pytest.skip(f"the real reports ({REAL.name} beside the checkout) are not here")
    found = ours(file)
    for page, tables in reference(file):
        expected = [cells for cells in tables if cells]
        assert found.get(page, []) == expected, f"page {page}"
