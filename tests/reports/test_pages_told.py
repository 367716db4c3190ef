"""Every output tells of a finding the same page: that of the number to suspect."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec import structs

from extractor import extract
from extractor.amounts.book import Book
from extractor.model import Result
from extractor.reports.decisions import Decision, Decisions, make_empty
from extractor.reports.findings.rows import Row
from extractor.reports.marked_pdf.entries import list_entries
from extractor.reports.memo.content import compose
from extractor.reports.review_page.payload import make_payload
from extractor.reports.standing import list_mistakes
from extractor.reports.workbook import papers

REPORT = Path(__file__).parents[2] / "corpus/reports/liulin_final_accounts_2024.pdf"


@pytest.fixture(scope="module")
def found() -> Result:
    """A result in which the number to suspect is the last of its check."""
    result = extract(REPORT)
    last = {one.id: one.checks[0].operands[-1] for one in list_mistakes(result)}
    turned = tuple(structs.replace(one, suspect=last[one.id]) for one in result.findings)
    return structs.replace(result, findings=turned)


def list_told(result: Result) -> list[int | None]:
    """The pages as check tells them, on the terminal and in its files."""
    spots = [Row(Book(result), mistake).find_spot() for mistake in list_mistakes(result)]
    return [spot.page if spot else None for spot in spots]


def find_card_page(payload: dict[str, Any], card: dict[str, Any]) -> int | None:
    """The page that the script writes on a card."""
    checks = {check["id"]: check for check in payload["checks"]}
    suspect = checks[card["id"]]["o"][card["u"]]
    stated = payload["claims"][suspect["c"]] if "c" in suspect else payload["cells"][suspect["i"]]
    page: int | None = stated["g"]
    return page


def test_the_page_of_a_finding_is_the_same_everywhere(found: Result) -> None:
    pages = list_told(found)
    assert None not in pages
    sheet = openpyxl.load_workbook(io.BytesIO(papers.encode(found)))["问题清单"]
    head = [cell.value for cell in sheet[1]]
    assert [row[head.index("页码")].value for row in sheet.iter_rows(min_row=2)] == pages
    entries = list_entries(found, "zh", make_empty(found))
    assert [entry.spot.page if entry.spot else None for entry in entries] == pages
    payload = make_payload(found, "zh", {}, {})
    assert [find_card_page(payload, card) for card in payload["findings"][: len(pages)]] == pages


def test_the_memo_tells_that_page_too(found: Result) -> None:
    for mistake, page in zip(list_mistakes(found), list_told(found), strict=True):
        made = {mistake.checks[0].id: Decision("confirmed")}
        memo = compose(found, Decisions("extractor-decisions/1", found.document.sha256, made), "zh")
        told = memo.parts[0].items[0]
        assert told.startswith(f"第{page}页")
        assert f"第{page}页第{page}页" not in told
