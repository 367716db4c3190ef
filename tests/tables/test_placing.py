"""Words and numbers that are wider than their cells stay whole."""

from __future__ import annotations

import pytest
from drawn import document, table, tabulation
from hypothesis import given, settings
from hypothesis import strategies as some
from pdfs import PdfPage

HEAD = ("项目", "年初数", "年末数")
LEFT, WIDTH = 60.0, 90.0


def page(x: float, words: str, beside: str = "") -> PdfPage:
    """A ruled table whose second row has words drawn at a place of their own, and a third row."""
    drawn = table(PdfPage().text(60, 760, "第一部分", 9), [HEAD, ("固定资产", beside, ""), ("库存物资", "1.5", "2.5")])
    return drawn.text(x, 700 - 40 + 6, words, 9)


def row(drawn: PdfPage) -> list[str]:
    (found,) = tabulation(drawn).tables
    return [cell.text for cell in found.rows[1]]


def test_a_number_is_in_the_cell_that_most_of_it_stands_in() -> None:
    # Twelve characters of nine points in a cell of ninety.
    assert row(page(LEFT + 2 * WIDTH - 25, "3,456,789.12")) == ["固定资产", "", "3,456,789.12"]
    assert row(page(LEFT + WIDTH + 4, "3,456,789.12")) == ["固定资产", "3,456,789.12", ""]


def test_a_label_is_in_the_cell_where_it_begins() -> None:
    drawn = table(PdfPage(), [HEAD, ("", "", ""), ("库存物资", "1.5", "2.5")])
    drawn.text(LEFT + 4, 666, "一般公共预算财政拨款收入合计", 9)
    assert row(drawn) == ["一般公共预算财政拨款收入合计", "", ""]


def test_numbers_side_by_side_in_two_cells_stay_two() -> None:
    drawn = page(LEFT + 2 * WIDTH + 1, "200").text(LEFT + 2 * WIDTH - 28, 666, "100", 9)
    assert row(drawn) == ["固定资产", "100", "200"]


def test_a_label_beside_a_number_takes_none_of_its_digits() -> None:
    drawn = table(PdfPage(), [HEAD, ("", "", ""), ("库存物资", "1.5", "2.5")])
    drawn.text(LEFT + 4, 666, "固定资产和无形资产", 9).text(LEFT + 4 + 9 * 9, 666, "12.5", 9)
    assert row(drawn)[1:] == ["12.5", ""]


def test_two_numbers_drawn_into_one_another_have_no_value() -> None:
    drawn = page(LEFT + WIDTH + 30, "1,250.00123,456.78")
    found = tabulation(drawn)
    assert [cell.value for cell in found.tables[0].rows[1]] == [None, None, None]


@settings(max_examples=60, deadline=None)
@given(some.decimals(0, 10**9, places=2), some.integers(5, 170))
def test_no_number_is_cut_in_two(number: object, shift: int) -> None:
    words = f"{number:,}"
    drawn = page(LEFT + WIDTH + shift, words)
    found = row(drawn)
    assert words in found or words in document(drawn).text.split()
    assert "".join(found[1:]) in ("", words)


@pytest.mark.parametrize("shift", range(0, 90, 7))
def test_a_label_keeps_its_characters_together(shift: int) -> None:
    assert "税收返还和转移支付" in "".join(row(page(LEFT + WIDTH + shift, "税收返还和转移支付")))
