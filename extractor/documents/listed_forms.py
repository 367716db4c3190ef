"""Forms such as the 绩效目标表 whose cells are a line each, and whose rows nothing parts: their labels tell these.

A form begins at the field that says which project it is for. A label opens a row up to the next one; below the heads of
indicators the name of a level does. Such a row has as many cells as there are heads, or fewer where its last ones are
missing; where another indicator of a level has no row of its own, its cells go on in that of the one above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.form_labels import HEADS, LONGEST, has_label, is_label, opens_field
from extractor.documents.lines import ends_sentence, is_number
from extractor.documents.model import Paragraph
from extractor.documents.tabular import PIECE

# A form's title stands so many cells above its first field at most, with the year between; the heads of its indicators
# so many below that.
TITLE = 3
NEAR = 60
# So many heads behind those that are known may have names of their own (整改措施), an empty cell among them.
OTHERS = 5
# Behind the name of a level stand so many cells at least; the next name of one stands within so many full rows.
SHORTEST = 2
FARTHEST = 4
# A label that stands twice, for the plan and for the outcome, each time with one cell at most.
SIDE = 2
LEVELS = ("first_level", "second_level")

# A cell of the lines, as their range; that of an empty cell holds none. A row of cells, by their numbers.
Cell = range
Numbers = Sequence[int | None]


class Form(Struct, frozen=True):
    """A form: the cell of its title, None where it has none, and its rows from the first field on."""

    title: Cell | None
    rows: list[list[Cell]]

    @property
    def lines(self) -> range:
        """The lines from the form's title to its last cell."""
        first = self.rows[0][0] if self.title is None else self.title
        return range(first.start, self.rows[-1][-1].stop)


def mark_cells(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, of which those that are the cells of such a form are of the kind ``cell``.

    >>> words = "项目名称 养护 一级指标 二级指标 三级指标 指标值 产出指标 数量指标 里程 9公里 如上。"
    >>> [one.kind for one in mark_cells([Paragraph(word, ((0, 0),)) for word in words.split()])][-3:]
    ['cell', 'cell', 'body']
    """
    marked = list(chain.from_iterable(map(_part_cells, paragraphs)))
    for form in find_forms(["" if one.kind == "row" else one.text for one in marked]):
        for at in form.lines:
            marked[at] = replace(marked[at], kind="cell") if marked[at].kind == "body" else marked[at]
    return marked


def _part_cells(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph that lost its line breaks, parted into the cells of the forms in it and what stands around them."""
    if paragraph.kind == "row" or len(paragraph.text) <= LONGEST or not has_label("third", paragraph.text):
        yield paragraph
        return
    words = list(PIECE.finditer(paragraph.text))
    at = 0
    for form in find_forms([word[0] for word in words]):
        own = words[form.lines.start : form.lines.stop]
        yield from _slice(paragraph, at, own[0].start())
        for word in own:
            yield from _slice(paragraph, *word.span())
        at = own[-1].end()
    yield from _slice(paragraph, at, len(paragraph.text))


def _slice(paragraph: Paragraph, start: int, end: int) -> Iterator[Paragraph]:
    if paragraph.text[start:end].strip():
        yield paragraph.slice(start, end)


def find_forms(lines: Sequence[str]) -> list[Form]:
    """The forms that some lines are, each a cell; a line without print is an empty one."""
    if not any(is_label("third", line) for line in lines):
        return []
    cells = list(_join_labels([line.strip() for line in lines]))
    words = ["".join(lines[at].strip() for at in cell) for cell in cells]
    found: list[Form] = []
    stop = 0
    for at in _list_heads(words):
        rows = _find_rows(words, range(max(stop, at - NEAR), at))
        if rows:
            stop = 1 + max(filter(None, rows[-1]))
            title = _find_title(words, rows[0][0] or 0)
            found.append(Form(None if title is None else cells[title], [_place_row(cells, row) for row in rows]))
    return found


def _join_labels(lines: Sequence[str]) -> Iterator[Cell]:
    """The cells of lines, of which two may be one label: 生态效益 指标."""
    at = 0
    while at < len(lines):
        width = 1 + _is_broken(*lines[at : at + 2])
        yield range(at, at + width)
        at += width


def _is_broken(line: str, below: str = "") -> bool:
    """Whether a line is the beginning of a label whose rest stands below it."""
    whole = line + below
    if not line or not below:
        return False
    if not _tell_level(below):
        return _tell_level(whole) > 0 or (_is_head(whole) and not _is_head(below))
    return not _tell_level(line) and _tell_level(whole) > 0


def _is_head(word: str) -> bool:
    return is_label("head", word)


def _tell_level(word: str) -> int:
    """The level of indicators that a word names, from 1 on; 0 where it names none."""
    return next((level for level, name in enumerate(LEVELS, 1) if is_label(name, word)), 0)


def _list_heads(words: Sequence[str]) -> Iterator[int]:
    """Where the heads of indicators begin: names of columns, of which one is that of the indicators themselves."""
    start = 0
    for at, word in enumerate([*words, ""]):
        if _is_head(word):
            continue
        if at - start > HEADS and any(is_label("third", head) for head in words[start:at]):
            yield start
        start = at + 1


def _find_title(words: Sequence[str], top: int) -> int | None:
    """The cell of the title above the first field of a form."""
    above = range(top - 1, max(0, top - TITLE) - 1, -1)
    return next((at for at in above if is_label("title", words[at])), None)


def _place_row(cells: Sequence[Cell], row: Numbers) -> list[Cell]:
    """The cells of a row; an empty one stands behind the one in front of it."""
    placed: list[Cell] = []
    for number in row:
        placed.append(range(placed[-1].stop, placed[-1].stop) if number is None else cells[number])
    return placed


def _find_rows(words: Sequence[str], above: range) -> list[Numbers]:
    """The rows of the form whose indicators' heads stand behind some cells; none where its cells fit no rows."""
    heads = range(above.stop, _find_indicators(words, above.stop))
    width = sum(map(bool, words[heads.start : heads.stop]))
    top = next((at for at in reversed(above) if is_label("opens", words[at])), None)
    rows = list(_cut_indicators(words, heads.stop, width)) if top is not None else []
    if top is None or not rows or not all(rows):
        return []
    first = heads.start - is_label("block", words[heads.start - 1])
    named = _strip(words, range(first, heads.stop))
    return [*_cut_fields(words, range(top, first)), named, *rows]


def _find_indicators(words: Sequence[str], heads: int) -> int:
    """Where the name of a level opens the first row below heads; where these begin if none does, or sentences do."""
    known = _count_heads(words, heads)
    for at in range(heads + known, min(heads + known + OTHERS, len(words))):
        if _tell_level(words[at]):
            return at
        if ends_sentence(words[at]):
            break
    return heads


def _count_heads(words: Sequence[str], start: int) -> int:
    return sum(1 for _ in takewhile(_is_head, words[start:]))


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────


def _cut_fields(words: Sequence[str], above: range) -> Iterator[Numbers]:
    """The rows of the fields and blocks above the indicators: each begins with its label."""
    labels = [at for at in above if opens_field(words[at])]
    for label, stop in pairwise([*labels, above.stop]):
        width = _count_heads(words, label + 1)
        if width < HEADS:
            yield from _cut_field(words, range(label, stop))
            continue
        below = [at for at in range(label + 1 + width, stop) if words[at]]
        yield list(range(label, label + 1 + width))
        yield from (list(below[at : at + width]) for at in range(0, len(below), width))


def _cut_field(words: Sequence[str], cells: range) -> Iterator[Numbers]:
    """The row of a field, and below it those of labels that stand there twice, each time with what it holds."""
    sides = list(_list_sides(words, cells[1:]))
    own = cells[: sides[0][0].start - cells.start] if sides else cells
    yield [at for at in own if words[at]]
    for pair in sides:
        yield [number for side in pair for number in (side.start, next(filter(words.__getitem__, side[1:]), None))]


def _list_sides(words: Sequence[str], cells: range) -> Iterator[tuple[range, range]]:
    """The labels that stand twice, with the cell behind each of them or without."""
    at = cells.start
    while at < cells.stop:
        again = _find_again(words, range(at, cells.stop))
        stop = min(again + again - at, cells.stop)
        if again:
            yield range(at, again), range(again, stop)
        at = stop if again else at + 1


def _find_again(words: Sequence[str], cells: range) -> int:
    """Where the first of some cells stands again right behind it or behind one other, 0 for none; numbers do not."""
    label = words[cells.start]
    if not label or is_number(label):
        return 0
    return next((at for at in cells[1 : 1 + SIDE] if words[at] == label), 0)


# ── indicators ───────────────────────────────────────────────────────────────────────────────────────────


def _cut_indicators(words: Sequence[str], start: int, width: int) -> Iterator[Numbers]:
    """The rows below the heads of indicators; an empty one where cells fit no row."""
    starts = list(_list_rows(words, start, width)) if width else []
    for at, below in pairwise(starts):
        yield from _part_row(words, range(at, below), width)
    for at in starts[-1:]:
        fields = (below for below in range(at, at + width) if opens_field("".join(words[below : below + 1])))
        stop = min(next(fields, at + width), len(words))
        yield _strip(words, range(at, stop)[: _count_cells(words[at], width)])


def _list_rows(words: Sequence[str], start: int, width: int) -> Iterator[int]:
    """Where rows of indicators begin, up to a field or other heads: at the name of a level, the first one at once."""
    last, least = start, 0
    for at in range(start, len(words)):
        if at - last > FARTHEST * width or opens_field(words[at]) or is_label("third", words[at]):
            return
        level = _tell_level(words[at])
        if level and at - last >= least:
            yield at
            has_both = level == 1 and _tell_level("".join(words[at + 1 : at + 2]))
            last, least = at, SHORTEST + (has_both > 0)


def _part_row(words: Sequence[str], cells: range, width: int) -> Iterator[Numbers]:
    """A row, and behind it those of indicators whose levels stand in it; an empty one where cells are left."""
    first = _strip(words, cells)
    own, other = _count_cells(words[cells.start], width), width - len(LEVELS)
    yield first[:own]
    rest = first[own:]
    if len(rest) % other:
        yield []
    yield from (rest[at : at + other] for at in range(0, len(rest), other))


def _count_cells(word: str, width: int) -> int:
    """How many cells a row has that begins with the name of a level."""
    return width - (_tell_level(word) == len(LEVELS))


def _strip(words: Sequence[str], cells: range) -> Numbers:
    """The cells of a row up to the last one that holds anything."""
    return list(range(cells.start, max(at for at in cells if words[at]) + 1))
