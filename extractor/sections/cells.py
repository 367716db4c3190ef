"""Cells of tables that state quantities in words, as those of 绩效目标表 do; labels and bare numbers do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.sections import markers, styles

# So many Chinese characters besides the number, its unit and a list marker make a statement.
FEWEST = 4
# From this share of numbers among its other cells on, a row is one of a data table, and its words are labels.
DATA_SHARE = 0.5

PATH = "headings/cells"


def find_statements(row: str) -> Iterator[tuple[int, int]]:
    r"""The cells of a table's row that state quantities, as ``start..end`` of the row's text, white space aside.

    >>> row = "质量指标\t合格率\t验收合格率100%\t≥95%"
    >>> [row[start:end] for start, end in find_statements(row)]
    ['验收合格率100%']
    >>> list(find_statements("301\t80岁以上老人津贴\t12.50\t13.00"))
    []
    """
    spans = list(_find_cells(row))
    is_data = _is_data([row[start:end] for start, end in spans])
    for start, end in spans:
        if is_data and not styles.load_expression(PATH, "goal").search(row, start, end):
            continue
        if is_statement(row[start:end]):
            yield start, end


def _is_data(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are those of a data table: numbers, and the words that label them."""
    numbers = sum(_is_match("data", cell) for cell in cells)
    others = len(cells) - 1
    return others > 0 and numbers >= DATA_SHARE * others


def is_statement(cell: str) -> bool:
    """Whether the words of one cell state a quantity.

    >>> [is_statement(cell) for cell in ("组织居民议事会不少于100次", "其中：5年以上", "302 商品和服务支出", "≥95%")]
    [True, False, False, False]
    """
    marker = markers.read_marker(cell)
    words = cell[marker.end :] if marker else cell
    quantity = styles.load_expression(PATH, "quantity")
    if not quantity.search(words) or _is_match("label", words.strip()):
        return False
    undated = styles.load_expression(PATH, "date").sub("", words)
    rest = quantity.sub("", undated)
    return len(styles.load_expression(PATH, "word").findall(rest)) >= FEWEST


def _is_match(pattern: str, cell: str) -> bool:
    return styles.load_expression(PATH, pattern).fullmatch(cell) is not None


def _find_cells(row: str) -> Iterator[tuple[int, int]]:
    """The filled cells of a row without the white space around them."""
    start = 0
    for cell in row.split("\t"):
        left = start + len(cell) - len(cell.lstrip())
        words = cell.strip()
        if words:
            yield left, left + len(words)
        start += len(cell) + 1
