"""The reports with a PDF: their files say the same; the sample's figures disagree only where an error was planted."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "reports"
NAME = "liulin_final_accounts_2024"
TEXT = (FOLDER / f"{NAME}.txt").read_text(encoding="utf-8")
CLAIMS: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER / f"{NAME}.jsonl").read_text(encoding="utf-8").splitlines()
]
ERRORS: list[dict[str, Any]] = json.loads((FOLDER / f"{NAME}.errors.json").read_text(encoding="utf-8"))


class Lines(HTMLParser):
    """The lines of the report's HTML: a paragraph or heading a line, a table row a line with tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.skip = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self.skip = False
        elif tag in ("p", "tr") or re.fullmatch("h[1-6]", tag):
            self.lines.append("")
        elif tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] += "\t"
        elif tag in ("td", "th"):
            self.lines[-1] = "\0"

    def handle_data(self, data: str) -> None:
        if not self.skip and data.strip():
            self.lines[-1] += data


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


class Printed(NamedTuple):
    """A report as text, HTML and PDF; its narrative stands between two lines, the running header over it."""

    name: str
    header: str
    first: str
    behind: str
    entries: int

    @property
    def text(self) -> str:
        return (FOLDER / f"{self.name}.txt").read_text(encoding="utf-8")

    def pages(self) -> list[str]:
        pypdfium2 = pytest.importorskip("pypdfium2")
        with pypdfium2.PdfDocument(FOLDER / f"{self.name}.pdf") as pdf:
            return [squeeze(page.get_textpage().get_text_range()) for page in pdf]


REPORTS = [
    Printed(NAME, "云溪市青石区柳林街道办事处2024年度部门决算", "一、主要职能", "项目绩效目标完成情况表", 26),
    Printed(
        "jinxi_housing_budget_2026", "云浦市锦溪区住房保障和房屋管理局2026年部门预算",
        "一、单位主要职责", "七、2026年部门预算表", 15,
    ),
]  # fmt: skip
every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return REPORTS[0].pages()


@every_report
def test_text_is_the_html_line_by_line(report: Printed) -> None:
    reader = Lines()
    reader.feed((FOLDER / f"{report.name}.html").read_text(encoding="utf-8"))
    assert [line.replace("\0", "") for line in reader.lines] == report.text.splitlines()


@every_report
def test_pdf_holds_every_paragraph_of_the_text(report: Printed) -> None:
    body = re.sub(rf"{squeeze(report.header)}|—\d+—", "", "".join(report.pages()[2:]))
    narrative = report.text[report.text.index(f"{report.first}\n") : report.text.index(f"{report.behind}\n")]
    assert len(narrative) > 2000
    assert [line for line in narrative.splitlines() if squeeze(line) not in body] == []


@every_report
def test_contents_give_the_pages_of_the_pdf(report: Printed) -> None:
    pages = report.pages()
    entries = re.findall(r"^(.+?)\.{4,}(\d+)$", report.text, re.MULTILINE)
    assert len(entries) == report.entries
    assert [title for title, number in entries if squeeze(title) not in pages[int(number) - 1]] == []


def test_gold_stands_where_it_says_in_order() -> None:
    assert all(TEXT[claim["start"] : claim["end"]] == claim["raw"] for claim in CLAIMS)
    assert all(one["end"] <= two["start"] for one, two in pairwise(CLAIMS))


def test_gold_sections_are_headings_of_the_text() -> None:
    lines = {line.split("\t")[-1] for line in TEXT.splitlines()}
    for heading in {heading for claim in CLAIMS for heading in claim["section"]}:
        assert heading in lines or f"\n{heading}" in TEXT


def test_planted_errors_stand_where_they_say(pages: list[str]) -> None:
    for error in ERRORS:
        assert TEXT[error["start"] : error["end"]] == error["raw"]
        assert error["raw"] in pages[error["page"] - 1]
        assert all(TEXT[part["start"] : part["end"]] == part["raw"] for part in error["operands"])


def statement(title: str, columns: int) -> dict[str, list[Decimal]]:
    """The rows of a statement by their function code; an empty cell is 0."""
    part = TEXT[TEXT.rindex(f"{title}\n单位：万元") :].split("\n注：")[0]
    rows = [line.split("\t") for line in part.splitlines()]
    return {
        row[0]: [Decimal(cell or 0) for cell in row[2 : 2 + columns]]
        for row in rows
        if len(row) >= 2 + columns and (row[0].isdigit() or row[1] == "合计")
    }


def wrong_sums(rows: dict[str, list[Decimal]]) -> list[tuple[str, int]]:
    """(code, column) of every row that is not the sum of the rows one level below it."""
    below = {"": 3, **{code: len(code) + 2 for code in rows if code}}
    found = []
    for code, values in rows.items():
        parts = [row for other, row in rows.items() if other.startswith(code) and len(other) == below[code]]
        sums = [sum(column) for column in zip(*parts, strict=True)]
        found += [(code, at) for at, total in enumerate(sums) if total != values[at]]
    return found


def test_general_statement_adds_up() -> None:
    assert wrong_sums(statement("五、一般公共预算财政拨款支出决算表", 3)) == []


def test_spending_statement_adds_up_but_for_the_planted_subtotal() -> None:
    # The false subtotal of 21201 is wrong against its item below and against its class above.
    assert wrong_sums(statement("三、支出决算表", 3)) == [("212", 2), ("21201", 2)]


def test_classes_have_exact_shares_and_exceed_their_total_by_the_planted_amount() -> None:
    total = Decimal("2461.85")
    found = re.findall(r"（类）(\d+\.\d+)万元，占(\d+\.\d+)%", TEXT)
    classes = [(Decimal(amount), Decimal(share)) for amount, share in found]
    assert all(abs(amount * 100 / total - share) <= Decimal("0.005") for amount, share in classes)
    assert sum(amount for amount, _ in classes) - total == Decimal("205.42") - Decimal("205.24")
