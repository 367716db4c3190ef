"""Scanned pages read like the pages that they were made of: words, numbers, places and tables, without any network."""

from __future__ import annotations

import socket
from collections import Counter

import numpy as np
import pytest
from scans import REPORT, scan

from extractor import extract, progress
from extractor.documents import ocr
from extractor.documents.ocr import engine, page
from extractor.model import Result
from extractor.reports.marked_pdf import pdf as marked

pytest.importorskip("rapidocr", reason='rapidocr is not installed: pip install "narrative-extractor[ocr]"')
pytest.importorskip("onnxruntime", reason='onnxruntime is not installed: pip install "narrative-extractor[ocr]"')

# A page of narrative and a ruled statement, laid on the glass not quite straight.
PAGES, SKEW = (6, 14), 0.8
# How far (points) a recognised number may stand from the printed one.
NEAR = 6.0


@pytest.fixture(scope="module")
def printed() -> Result:
    return extract(REPORT)


@pytest.fixture(scope="module")
def scanned() -> bytes:
    return scan(PAGES, SKEW)


@pytest.fixture(scope="module")
def told() -> list[tuple[str, int, int]]:
    return []


@pytest.fixture(scope="module")
def recognised(scanned: bytes, told: list[tuple[str, int, int]]) -> Result:
    """The result of the scan, read where no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(ocr.SWITCH)
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        with progress.watched(lambda stage, done, pages: told.append((stage, done, pages))):
            found = extract(scanned, name="扫描.pdf")
    return found


def test_pages_are_recognised_and_told(recognised: Result, told: list[tuple[str, int, int]]) -> None:
    assert [page.source for page in recognised.pages] == ["ocr", "ocr"]
    assert [warning for warning in recognised.document.warnings if "1-2" in warning and "OCR" in warning]
    assert told == [(stage, done, 2) for stage in ("read", "recognised") for done in range(3)]


def test_claims_are_those_of_the_printed_page(printed: Result, recognised: Result) -> None:
    numbers = Counter(claim.raw for claim in printed.claims if claim.page in PAGES)
    assert Counter(claim.raw for claim in recognised.claims) == numbers
    # A bracket may be read as one of the other width.
    wanted = Counter((claim.raw, claim.metric) for claim in printed.claims if claim.page in PAGES)
    found = Counter((claim.raw, claim.metric) for claim in recognised.claims)
    assert sum((wanted & found).values()) >= 0.9 * sum(wanted.values())
    for claim in recognised.claims:
        assert recognised.text[claim.start : claim.end] == claim.raw
        assert isinstance(claim.confidence, float)
        assert 0.5 < claim.confidence <= 1


def test_numbers_stand_where_they_are_on_the_skewed_page(scanned: bytes, recognised: Result, printed: Result) -> None:
    wanted = {claim.raw: claim for claim in printed.claims if claim.page == PAGES[0]}
    width, height = recognised.pages[0].width, recognised.pages[0].height
    for claim in recognised.claims:
        if claim.page != 1 or [one.raw for one in recognised.claims].count(claim.raw) > 1:
            continue
        there, (x0, top, x1, bottom) = wanted[claim.raw].boxes[0], claim.boxes[0]
        lean = SKEW * 3.1416 / 180
        x, y = (there[0] + there[2]) / 2, (there[1] + there[3]) / 2
        assert (x0 + x1) / 2 == pytest.approx(x - lean * (y - height / 2), abs=NEAR)
        assert (top + bottom) / 2 == pytest.approx(y + lean * (x - width / 2), abs=NEAR)


def test_a_ruled_table_is_rebuilt_cell_by_cell(printed: Result, recognised: Result) -> None:
    (wanted,) = (table for table in printed.tables if table.page == PAGES[1])
    (found,) = recognised.tables
    assert found.kind == wanted.kind
    assert [[cell.text for cell in row] for row in found.rows] == [[cell.text for cell in row] for row in wanted.rows]


def test_checks_and_the_marked_pdf_work_as_on_printed_pages(scanned: bytes, recognised: Result) -> None:
    verified = [check for check in recognised.checks if check.status == "holds" and check.power > 0.9]
    assert len(verified) > 10
    assert marked.encode(recognised, scanned).count(b"/Highlight") >= len(recognised.claims)


def test_a_page_on_its_side_is_read(monkeypatch: pytest.MonkeyPatch, printed: Result) -> None:
    monkeypatch.delenv(ocr.SWITCH)
    found = extract(scan(PAGES[:1], quarters=1), name="扫描.pdf")
    assert Counter(claim.raw for claim in found.claims) == Counter(
        claim.raw for claim in printed.claims if claim.page == PAGES[0]
    )


def draw_ink(width: int, *inked: tuple[int, int]) -> np.ndarray:
    """The ink of a line 40 pixels high, black between some columns."""
    ink: np.ndarray = np.zeros((40, width), np.uint8)
    for start, end in inked:
        ink[10:30, start:end] = 255
    return ink


def test_leaders_do_not_take_the_end_of_their_title() -> None:
    # The last character of the title ends at 95; both boxes reach over it.
    ink = draw_ink(300, (10, 50), (60, 95), (115, 120), (140, 145), (165, 170))
    title, leaders = page._widen_boxes([(5, 0, 110, 40), (88, 0, 180, 40)], ink)
    assert 95 <= title[2] == leaders[0] <= 110
    # Where all that two boxes share is printed, either keeps what it has.
    ink = draw_ink(300, (10, 290))
    title, leaders = page._widen_boxes([(5, 0, 110, 40), (88, 0, 180, 40)], ink)
    assert (title[2], leaders[0]) == (110, 88)


def read_line(text: str, middles: list[int]) -> str:
    """How a line 40 pixels high reads whose characters are 10 pixels wide around their middles, spaces marked."""
    ink = draw_ink(400, *((middle - 5, middle + 5) for middle in middles))
    chars = tuple(engine.Char(char, middle, 1.0) for char, middle in zip(text, middles, strict=True))
    line = engine.Recognised((0, 0, 400, 40), chars)
    return "".join(" " * char.spaced + char.char for char in page._space_markers(line, ink, 40.0))


def test_the_number_of_a_list_is_none_of_an_amount() -> None:
    assert read_line("5.2025", [20, 34, 70, 85, 100, 115]) == "5. 2025"
    assert read_line("43.83", [20, 35, 48, 70, 85]) == "43.83"
    # Digits that are set loosely: the point is no further from them than they are from one another.
    assert read_line("43.83", [20, 60, 90, 130, 170]) == "43.83"
