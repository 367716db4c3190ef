"""Where paragraphs end: at a line break that no sentence goes on behind."""

from __future__ import annotations

from extractor import extract
from extractor.amounts.book import Book

WRAPPED = "全年收入合计54.59亿元，其中税收收入\n53.71亿元，非税收入0.88亿元。\n全年支出54.20亿元。"


def test_a_line_break_within_a_sentence_is_no_border() -> None:
    book = Book(extract(WRAPPED.encode(), name="x.txt"))
    first, part, _, last = book.claims
    assert not book.has_border(first.end, part.start)
    assert book.has_border(part.end, last.start)


def test_borders_beside_an_offset() -> None:
    book = Book(extract(WRAPPED.encode(), name="x.txt"))
    end = WRAPPED.rindex("\n")
    assert (book.find_border(0), book.find_border(end + 1)) == (end, len(WRAPPED))
    assert (book.find_border_before(end), book.find_border_before(end + 1)) == (-1, end)
