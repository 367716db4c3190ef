"""Cells of tables that state quantities in words, as those of 绩效目标表 do; labels and bare numbers do not."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.sections import markers, styles

# So many Chinese characters besides the number, its unit and a list marker make a statement.
FEWEST = 4
# From this share of numbers among its other cells on, a row is one of a data table, and its words are labels.
DATA_SHARE = 0.5

PATH = "headings/cells"


def narrative(row: str) -> Iterator[tuple[int, int]]:
    r"""The cells of a table's row that state quantities, as ``start..end`` of the row's text, white space aside.

    >>> row = "质量指标\t合格率\t验收合格率100%\t≥95%"
    >>> [row[start:end] for start, end in narrative(row)]
    ['验收合格率100%']
    >>> list(narrative("301\t80岁以上老人津贴\t12.50\t13.00"))
    []
    """
    spans = [(start, end) for start, end in _cells(row) if end > start]
    data = sum(_matches("data", row[start:end]) for start, end in spans)
    labels = len(spans) > 1 and data >= DATA_SHARE * (len(spans) - 1)
    for start, end in spans:
        stated = not labels or styles.one(PATH, "goal").search(row, start, end)
        if stated and is_statement(row[start:end]):
            yield start, end


def is_statement(cell: str) -> bool:
    """Whether the words of one cell state a quantity.

    >>> [is_statement(cell) for cell in ("组织居民议事会不少于100次", "其中：5年以上", "302 商品和服务支出", "≥95%")]
    [True, False, False, False]
    """
    marker = markers.at_start(cell)
    words = cell[marker.end :] if marker else cell
    if not styles.one(PATH, "quantity").search(words) or _matches("label", words.strip()):
        return False
    rest = styles.one(PATH, "quantity").sub("", styles.one(PATH, "date").sub("", words))
    return len(styles.one(PATH, "word").findall(rest)) >= FEWEST


def _matches(pattern: str, cell: str) -> bool:
    return styles.one(PATH, pattern).fullmatch(cell) is not None


def _cells(row: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cell in row.split("\t"):
        left = start + len(cell) - len(cell.lstrip())
        yield left, left + len(cell.strip())
        start += len(cell) + 1
