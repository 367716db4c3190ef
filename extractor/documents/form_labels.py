"""The labels of forms such as the 绩效目标表: of their columns, blocks and fields, and the names of levels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.sought import Sought

# So many names of columns in a row head those below it: one alone (单位, 备注) may be a field's label.
HEADS = 2
# Labels are short; what is longer is a statement. One cell of words in twenty is, of 34,894 in the tables at hand.
LONGEST = 60
# So many cells are remembered: those of some pages. Labels come again and again.
CELLS = 8192
FILE = "tables/labels"


class Expression(Struct, frozen=True, forbid_unknown_fields=True):
    """One regular expression of a pattern file."""

    expression: str


@cache
def _load_expression(name: str) -> regex.Pattern[str]:
    key = f"{FILE}.{name}"
    return patterns.compiled(key, patterns.load(FILE, Expression)[key].expression, patterns.lexicon(FILE))


@lru_cache(CELLS)
def is_label(name: str, cell: str) -> bool:
    """Whether a cell is a label of this kind in ``patterns/tables/labels.toml``, white space aside.

    >>> is_label("head", "预期指标值"), is_label("head", "发放救助金"), is_label("block", "年度目标")
    (True, False, True)
    """
    return len(cell) <= LONGEST and _load_expression(name).fullmatch("".join(cell.split())) is not None


def is_head(cells: Sequence[str]) -> bool:
    """Whether the cells of a row name the columns of those below it.

    >>> is_head(["一级指标", "二级指标", "年度指标值"]), is_head(["项目名称", "救助金发放"])
    (True, False)
    """
    return sum(is_label("head", cell) for cell in cells) >= HEADS


def opens_field(cell: str) -> bool:
    """Whether a cell opens a block by its own words, or is the label of a field.

    >>> opens_field("年度目标"), opens_field("项目名称"), opens_field("一级指标")
    (True, True, False)
    """
    return is_label("block", cell) or is_label("field", cell)


def has_label(name: str, text: str) -> bool:
    """Whether a label of this kind stands anywhere in a text.

    >>> has_label("third", "一级指标 二级指标 三级指标 年度指标值"), has_label("third", "年度指标值")
    (True, False)
    """
    return _seek_label(name).search(text) is not None


@cache
def _seek_label(name: str) -> Sought:
    return Sought(_load_expression(name))
