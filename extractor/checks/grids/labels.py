"""What the rows and columns of a table are called."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache

from extractor.amounts.layout import split_number
from extractor.claims.vocabulary import normalize_name
from extractor.model import Table, TableCell

# So many labels are remembered: those of one document.
REMEMBERED = 4096
# A shorter name says nothing, nor does a shorter code.
SHORTEST, CODE = 2, 5


def read_label(table: Table, row: int, numbers: Container[int]) -> str:
    """The first words beside the numbers of a row; its code where there are no other words."""
    return clean_label(read_words(cell for column, cell in enumerate(table.rows[row]) if column not in numbers))


def read_first(table: Table, row: int) -> str:
    """The first words of a row that hold no number."""
    return next((cell.text for cell in table.rows[row] if cell.text and cell.value is None), "")


def read_words(cells: Iterable[TableCell]) -> str:
    """The first words of some cells, a code if there are no others."""
    texts = [cell.text for cell in cells if cell.text]
    return next((text for text in texts if _is_worded(text)), next(iter(texts), ""))


def read_code(table: Table, row: int, numbers: Container[int]) -> str:
    """What stands in front of the words of a row: its code. A shorter number only says which row it is."""
    texts = (cell.text for column, cell in enumerate(table.rows[row]) if column not in numbers and cell.text)
    first = next(texts, "")
    return "" if _is_worded(first) or len(first) < CODE else first


def _is_worded(text: str) -> bool:
    return any(map(str.isalpha, text))


def read_heads(table: Table) -> dict[int, str]:
    """The lowest label over each column, a number that counts the columns left aside where there are words."""
    heads: dict[int, str] = {}
    for row in table.rows[: table.header_rows]:
        heads |= {
            column: clean_label(cell.text)
            for column, cell in enumerate(row)
            if cell.text and (_is_worded(cell.text) or column not in heads)
        }
    return heads


@lru_cache(REMEMBERED)
def clean_label(words: str) -> str:
    """A label as it is compared: without its number, its unit in brackets and white space.

    >>> clean_label("一、税收收入（亿元）"), clean_label("其中：增值税")
    ('税收收入', '增值税')
    """
    return split_number(normalize_name(words))[0].partition("(")[0].partition("（")[0]
