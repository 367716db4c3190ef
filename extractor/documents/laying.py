"""The characters and lines of one page become its lines of text and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from extractor.documents import enclosures, grids, layout, placing, rows, sides, tiles, unruled
from extractor.documents import lines as words
from extractor.documents.content import SURE, PageContent
from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.grids import Grid
from extractor.documents.ocr.layer import Layer
from extractor.documents.rulings import Rulings
from extractor.model import Box

# A table between lines between columns has a head and so many rows at least.
FEWEST_ROWS = 2
# So far (points) the lines around a table stand from its words.
AROUND = 60.0
# So much of a table that stands sideways holds words, and so many digits that make up none are told.
FILLED = 0.5
FEWEST_DIGITS = 10


def lay_page(read: Glyphs, drawn: Rulings, layer: Layer, sureness: Mapping[Box, float] = SURE) -> PageContent:
    """The lines and tables that the characters of a page make up, and the lines drawn on it.

    ``sureness`` is, for characters that were recognised, how surely: from 0 to 1, by their boxes.
    """
    tables = grids.find_grids(drawn)
    tables = tuple(sorted((*tables, *tiles.find_tiled(drawn.filled, tables, read.upright)), key=grids.read_top))
    inside, outside = placing.sort_glyphs(tables, read.upright)
    lines = layout.build_lines(outside)
    columns = [grid for grid in enclosures.find_columns(lines, drawn.vertical) if _has_rows(grid, outside, drawn)]
    if columns:
        _, outside = placing.sort_glyphs(columns, outside)
        lines = layout.build_lines(outside)
    areas = sides.part_page(lines, outside, drawn)
    parted = [unruled.find(area.lines, area.drawn) for area in areas]
    bodies = tuple(chain.from_iterable(part.grids for part in parted))
    if columns or bodies:
        tables = tuple(grids.join_heads((*tables, *columns), bodies))
        inside, outside = placing.sort_glyphs(tables, read.upright)
    if bodies:
        areas = sides.part_page(layout.build_lines(outside), outside, drawn)
    lines = list(chain.from_iterable(area.lines for area in areas))
    filled = [rows.fill_grid(grid, own, drawn.vertical) for grid, own in zip(tables, inside, strict=True) if own]
    torn = sum(part.torn for part in parted)
    page = PageContent(read.frame, lines, filled, read.aslant, read.unmapped, layer, sureness)
    return replace(page, hidden=read.hidden, torn=torn)


def _has_rows(grid: Grid, found: Sequence[Glyph], drawn: Rulings) -> bool:
    """Whether what stands between lines between columns is a table: a head and rows."""
    (inside,), _ = placing.sort_glyphs([grid], found)
    return len(rows.fill_grid(grid, inside, drawn.vertical)[1]) > FEWEST_ROWS


# ── what stands at a right angle to the text ─────────────────────────────────────────────────────────────


def add_turned(page: PageContent, turned: Sequence[tuple[Glyphs, Rulings]]) -> PageContent:
    """A page with what stands at a right angle to its text: tables and sentences are read, the rest is set aside.

    ``turned`` are the characters of each direction, with the lines of the page as these see them.
    """
    for read, drawn in turned:
        content = _lay_turned(read, drawn, page.layer)
        if content:
            torn, unmapped = page.torn + content.torn, page.unmapped + content.unmapped
            page = replace(page, turned=(*page.turned, content), torn=torn, unmapped=unmapped)
        else:
            is_told = page.is_sideways or sum(map(str.isdecimal, read.aslant)) >= FEWEST_DIGITS
            page = replace(page, aslant=page.aslant + read.aslant, is_sideways=is_told)
    return page


def set_aside(page: PageContent, turned: Sequence[Glyphs]) -> PageContent:
    """A page without what stands at a right angle to its text, and so that it is told."""
    return replace(page, aslant=page.aslant + "".join(read.aslant for read in turned), is_sideways=True)


def _lay_turned(read: Glyphs, drawn: Rulings, layer: Layer) -> PageContent | None:
    """What characters make up if that is to be read."""
    if not read.upright:
        return None
    content = lay_page(read, _take_around(drawn, read.upright), layer)
    return content if _is_text(content) else None


def _is_text(content: PageContent) -> bool:
    """Whether characters make up tables or sentences: those beside the axes of a chart leave most of its grid empty."""
    if not content.tables:
        return any(words.ends_sentence(line.text) for line in content.lines)
    cells = [cell for _, found in content.tables for row in found for cell in row.cells.values()]
    return sum(map(bool, cells)) > len(cells) * FILLED


def _take_around(drawn: Rulings, found: Sequence[Glyph]) -> Rulings:
    """The lines that are drawn around and between some characters."""
    x0, top = (min(glyph.box[at] for glyph in found) - AROUND for at in (0, 1))
    x1, bottom = (max(glyph.box[at] for glyph in found) + AROUND for at in (2, 3))
    return Rulings(
        tuple(line for line in drawn.horizontal if top < line.at < bottom and line.start < x1 and line.end > x0),
        tuple(line for line in drawn.vertical if x0 < line.at < x1 and line.start < bottom and line.end > top),
        tuple(box for box in drawn.filled if box[0] < x1 and box[2] > x0 and box[1] < bottom and box[3] > top),
    )
