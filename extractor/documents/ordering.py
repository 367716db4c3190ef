"""The lines and tables of pages in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from extractor.documents import joining
from extractor.documents.content import PageContent
from extractor.documents.frame import Frame
from extractor.documents.grids import Grid
from extractor.documents.joining import Margins, Placed
from extractor.documents.layout import Line
from extractor.documents.rows import Row
from extractor.model import Box


class Tabled(NamedTuple):
    """A table and its rows, and the page it is printed on (from 0)."""

    grid: Grid
    rows: Sequence[Row]
    page: int


Item = Placed | Tabled


def order_pages(pages: Sequence[PageContent], kept: Sequence[Sequence[Line]]) -> Iterator[Item]:
    """What stands on all pages; ``kept`` are the lines of each that are of its text.

    What stands at a right angle to the text of a page is set as if on a page of its own, behind the last one.
    """
    margins = _find_margins(pages, kept)
    further = count(len(pages))
    for number, page in enumerate(pages):
        items = list(_order_items(page, kept[number], number, margins[number]))
        for own in page.turned:
            turned = list(_order_items(own, own.lines, next(further), *_find_margins([own], [own.lines])))
            at = _find_place(items, turned, page.frame, own.frame)
            items[at:at] = turned
        yield from items


def _find_margins(pages: Sequence[PageContent], kept: Sequence[Sequence[Line]]) -> list[Margins]:
    across = [[line for line in own if not line.column] for own in kept]
    widths = [page.frame.reading_size[0] for page in pages]
    return joining.find_margins(list(zip(widths, across, strict=True)))


def _order_items(page: PageContent, kept: Sequence[Line], number: int, margins: Margins) -> Iterator[Item]:
    """Lines and tables of a page from top to bottom."""
    tables = list(page.tables)
    for line in kept:
        above = [table for table in tables if table[0].ys[0] < line.middle and _is_in_column(table[0], line)]
        yield from (Tabled(*table, number) for table in above)
        tables = [table for table in tables if table not in above] if above else tables
        yield Placed(line, number, Margins(*line.column) if line.column else margins)
    yield from (Tabled(*table, number) for table in tables)


def _is_in_column(grid: Grid, line: Line) -> bool:
    """Whether a table stands in the column of a line, or the line in none."""
    return not line.column or (grid.xs[0] < line.column[1] and line.column[0] < grid.xs[-1])


# ── what stands at a right angle to the text ─────────────────────────────────────────────────────────────


def _find_place(items: Sequence[Item], turned: Sequence[Item], page: Frame, own: Frame) -> int:
    """Where it is read among the items of its page: behind all that stands above its foot, text beside it included."""
    foot = max(own.to_display(_find_box(item))[3] for item in turned)
    heights = (page.to_display(_find_box(item)) for item in items)
    return max((at for at, box in enumerate(heights, 1) if (box[1] + box[3]) / 2 < foot), default=0)


def _find_box(item: Item) -> Box:
    if isinstance(item, Tabled):
        return item.grid.box
    return (item.line.x0, item.line.top, item.line.x1, item.line.bottom)
