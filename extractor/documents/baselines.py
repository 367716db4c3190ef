"""The rows of a band of cells: where its numbers stand on shared baselines, or where the lines beside it are joined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from extractor.documents import stacks
from extractor.documents.stacks import Entry

# In units of the character size. Lines whose middles are this near stand on one baseline; numbers of two rows are at
# least so far apart; a label that is printed around the baseline of its number reaches this far from it.
SAME_ROW = 0.4
APART = 0.9
AROUND = 0.9
# What belongs to one baseline is so many times further from the next one.
CLEARLY = 1.5
# Lines of one head, and of one label, are no further apart than this.
HEAD_GAP = 0.8
# Lines of a block of words are set as close as this.
BLOCK_GAP = 0.5
# So many numbers below one another, each with a word beside it, are rows; of two the words may be one label.
MANY = 3

Entries = list[Entry]
# The height of a line's middle on the page.
read_middle: Callable[[Entry], float] = attrgetter("middle")


def find_rows(cells: Sequence[Entries], find_edges: Callable[[], Sequence[float]]) -> list[Entries]:
    """The rows of a band from top to bottom; none where it is one row, or cannot be taken apart with certainty.

    ``cells`` are its cells, each as its lines; ``find_edges`` tells where its rows may be parted. A cell of words that
    stands beside several rows as a whole is in none.
    """
    if all(map(stacks.may_be_one, cells)):
        return []
    entries = list(chain.from_iterable(cells))
    return _part_rows(entries, find_edges()) or _find_lines(entries)


def _part_rows(entries: Entries, edges: Sequence[float]) -> list[Entries]:
    """The rows between some edges; none where these do not part the numbers."""
    rows: list[Entries] = [[] for _ in range(len(edges) + 1)]
    cut = {entry.cell for entry in entries if _is_cut(entry, edges)}
    for entry in entries:
        if entry.cell not in cut:
            rows[bisect_right(edges, entry.middle)].append(entry)
    has_shared = any(count > 1 for row in rows for count in _count_numbers(row).values())
    if has_shared or any(entry.is_number and entry.cell in cut for entry in entries):
        return []
    return list(filter(None, rows))


def _is_cut(entry: Entry, edges: Sequence[float]) -> bool:
    """Whether an edge goes through a line."""
    line, middle = entry.line, entry.middle
    inner = edges[bisect_right(edges, line.top) : bisect_left(edges, line.bottom)]
    return any(abs(edge - middle) < line.size / 4 for edge in inner)


def _count_numbers(row: Entries) -> Counter[int]:
    """How many numbers each cell of a row has."""
    return Counter(entry.cell for entry in row if entry.is_number)


def _find_lines(entries: Entries) -> list[Entries]:
    """The rows on the baselines of numbers; none where these do not tell them."""
    anchors = list(_group_baselines(entry for entry in entries if entry.is_number))
    if len(anchors) < 2 or not all(_are_apart(*pair) for pair in pairwise(anchors)):
        return []
    homes = _Homes(entries, anchors)
    rows = homes.list_rows() if homes.have_evidence() else []
    return rows if all(_is_above(*pair) for pair in pairwise(rows)) else []


def _group_baselines(entries: Iterable[Entry]) -> Iterator[Entries]:
    """Lines of one baseline together, from top to bottom."""
    group: Entries = []
    for entry in sorted(entries, key=read_middle):
        if group and entry.middle - group[0].middle > SAME_ROW * entry.line.size:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _are_apart(above: Entries, below: Entries) -> bool:
    """Whether two baselines are those of rows: neither reaches into the other."""
    return below[0].middle - above[-1].middle >= APART * below[0].line.size


def _is_beside(entry: Entry, anchor: float) -> bool:
    """Whether a line stands on a baseline."""
    return abs(entry.middle - anchor) <= SAME_ROW * entry.line.size


def _is_above(above: Entries, below: Entries) -> bool:
    """Whether a row lies above another one as a whole."""
    return max(map(read_middle, above)) < min(map(read_middle, below))


class _Homes:
    """To which row each line of a band belongs; ``rows[at]`` is the number of an anchor, None for no row yet."""

    def __init__(self, entries: Entries, anchors: Sequence[Entries]) -> None:
        self._entries = entries
        self._anchors = [anchor[0].middle for anchor in anchors]
        self._sorted = sorted((anchor, row) for row, anchor in enumerate(self._anchors))
        self._rows = [self._find_beside(entry, SAME_ROW) for entry in entries]
        self._take_digits()
        self._take_blocks()
        self._take_around()
        self._take_wrapped()

    def have_evidence(self) -> bool:
        """Whether the baselines are those of rows: several cells have numbers on them, or each has a label."""
        counts = _count_numbers(self._entries)
        if sum(count > 1 for count in counts.values()) > 1:
            return True
        labelled = {row for at, row in enumerate(self._rows) if self._opens_label(at)}
        return labelled >= set(range(len(self._anchors)))

    def list_rows(self) -> list[Entries]:
        """The rows from top to bottom."""
        rows: list[Entries] = [[] for _ in self._anchors]
        loose: Entries = []
        spanning = self._find_spanning()
        for entry, row in zip(self._entries, self._rows, strict=True):
            if row is not None:
                rows[row].append(entry)
            elif entry.cell not in spanning:
                loose.append(entry)
        rows += _join_heads(list(_group_baselines(loose)), self._anchors[0])
        return sorted(rows, key=lambda row: min(map(read_middle, row)))

    def _find_beside(self, entry: Entry, near: float) -> int | None:
        """The row whose baseline is nearest to a line, if it is as near as ``near``."""
        middle = entry.middle
        behind = bisect_left(self._sorted, (middle,))
        around = self._sorted[max(0, behind - 2) : behind + 2]
        (nearest, row), (second, _), *_ = sorted([(abs(middle - anchor), row) for anchor, row in around])
        return row if nearest <= near * entry.line.size and CLEARLY * nearest < second else None

    def _take_digits(self) -> None:
        """The further lines of a number stand in the row of its first one."""
        for at, entry in enumerate(self._entries):
            if entry.goes_on:
                self._rows[at] = self._rows[at - 1]

    def _take_blocks(self) -> None:
        """Lines set as a block beside one baseline of other cells stand in its row, be it with a number or without."""
        blocks = [block for block in _list_blocks(self._entries) if len(block) > 1]
        inner = set(chain.from_iterable(blocks))
        alone = [entry for at, entry in enumerate(self._entries) if at not in inner]
        baselines = list(_group_baselines(alone))
        for block in blocks:
            row = self._find_one([self._entries[at] for at in block], baselines)
            if row is not None:
                self._rows[block.start : block.stop] = [row] * len(block)

    def _find_one(self, block: Entries, baselines: Sequence[Entries]) -> int | None:
        """The row of the one baseline beside a block; None where there is none, or several."""
        top, bottom = block[0].line.top, block[-1].line.bottom
        beside = [row[0] for row in baselines if top < row[0].middle < bottom]
        return self._take_baseline(beside[0]) if len(beside) == 1 else None

    def _take_baseline(self, entry: Entry) -> int:
        """The row whose baseline an entry stands on; a new one where there is none."""
        known = [at for at, anchor in enumerate(self._anchors) if _is_beside(entry, anchor)]
        if known:
            return known[0]
        insort(self._sorted, (entry.middle, len(self._anchors)))
        self._anchors.append(entry.middle)
        for at, other in enumerate(self._entries):
            if self._rows[at] is None:
                self._rows[at] = self._find_beside(other, SAME_ROW)
        return len(self._anchors) - 1

    def _take_around(self) -> None:
        """Lines above and below the baseline of a number that has no line of their cell beside it are its label."""
        taken = {(entry.cell, row) for entry, row in zip(self._entries, self._rows, strict=True)}
        for at, entry in enumerate(self._entries):
            if self._rows[at] is None:
                row = self._find_beside(entry, AROUND)
                self._rows[at] = None if (entry.cell, row) in taken else row

    def _take_wrapped(self) -> None:
        """A line belongs to the row of the full line above it, and a full line to that of the line below it."""
        pairs = [(at, at + 1) for at in range(len(self._entries) - 1) if self._is_wrapped(at)]
        for above, below in pairs:
            if self._rows[below] is None:
                self._rows[below] = self._rows[above]
        for above, below in reversed(pairs):
            if self._rows[above] is None:
                self._rows[above] = self._rows[below]

    def _is_wrapped(self, at: int) -> bool:
        """Whether a line of words may go on in the next one."""
        above, below = self._entries[at], self._entries[at + 1]
        if above.cell != below.cell or not (_is_words(above) and _is_words(below)):
            return False
        return above.is_full and below.line.top - above.line.bottom < HEAD_GAP * below.line.size

    def _opens_label(self, at: int) -> bool:
        """Whether a line of words does not go on with the one above it; few go on from row to row."""
        is_inner = at > 0 and len(self._anchors) < MANY and self._is_wrapped(at - 1)
        return _is_words(self._entries[at]) and not is_inner

    def _find_spanning(self) -> set[int]:
        """The cells of words that stand beside several rows as a whole."""
        placed = {entry.cell for entry, row in zip(self._entries, self._rows, strict=True) if row is not None}
        first, last = min(self._anchors), max(self._anchors)
        within = Counter(entry.cell for entry in self._entries if first < entry.middle < last)
        return {cell for cell, count in within.items() if cell not in placed and count < len(self._anchors)}


def _list_blocks(entries: Entries) -> Iterator[range]:
    """The runs of lines of words of one cell that are set close to one another, as places in ``entries``."""
    start = 0
    for at in range(1, len(entries) + 1):
        if at == len(entries) or not _is_close(entries[at - 1], entries[at]):
            yield range(start, at)
            start = at


def _is_close(above: Entry, below: Entry) -> bool:
    """Whether two lines of words of a cell are set close to one another."""
    if above.cell != below.cell or not (_is_words(above) and _is_words(below)):
        return False
    return below.line.top - above.line.bottom < BLOCK_GAP * below.line.size


def _is_words(entry: Entry) -> bool:
    return not (entry.is_number or entry.goes_on)


def _join_heads(loose: list[Entries], first: float) -> list[Entries]:
    """Lines of words as rows; those above the ``first`` number that are printed close to one another are one head."""
    rows: list[Entries] = []
    for group in loose:
        if rows and group[0].middle < first and _is_one_head(rows[-1], group):
            rows[-1] = [*rows[-1], *group]
        else:
            rows.append(group)
    return rows


def _is_one_head(above: Entries, below: Entries) -> bool:
    """Whether two lines belong to heads of several columns that are set over several lines."""
    if len({entry.cell for entry in (*above, *below)}) < 2:
        return False
    gap = min(entry.line.top for entry in below) - max(entry.line.bottom for entry in above)
    return gap < HEAD_GAP * below[0].line.size
