"""Lines of a hard-wrapped text: where it was wrapped, once or twice, and which lines go on in the next one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents import lines as words
from extractor.documents.tabular import SHORT, Kind, Line

# Widths are in halves of a Chinese character. Below this a column is no column but a list of short entries.
NARROWEST = 30
# A line is cut short of the column by at most a closing mark and a number that did not fit.
RAGGED = 8
FEWEST = 4
# So few do where all that break off are of that width, and one of them does in a sentence.
FEWEST_OF_ALL = 2
# The first line of a paragraph is short of it by as much: what it was indented by is not always kept.
INDENT = 4
# So little of a line is no end of a paragraph: it was left over as the line was wrapped again, a little narrower.
SCRAP = 5
# The share of lines that may be longer than the column, as flattened rows of tables are.
OVERLONG = 0.25
# The same where lines were wrapped twice: such rows are in several pieces then.
OVERLONG_AGAIN = 0.5
# Between two lines stand so many characters at most, and more where a line was left out.
LINE_END = 2
# What parts lines that are searched as one text: neither white space nor a character of any marker.
APART = "\0"
# What stands between the pieces of a flattened text.
SPACES = (" ", "\u00a0", "\u3000")


class Column(Struct, frozen=True):
    """Where lines were wrapped: ``size`` halves of a character, or so many characters ``by_length``."""

    size: int
    by_length: bool

    @property
    def width(self) -> int:
        """How wide the lines are at most."""
        return self.size * 2 if self.by_length else self.size

    def is_full(self, line: Line, following: str = "") -> bool:
        """Whether a line takes up the column, or has no room for what the ``following`` one begins with, unparted."""
        if self.by_length:
            return line.end - line.start >= self.size - 1
        left = self.size - line.width
        if -2 <= left <= RAGGED or left < 0 or left > words.LEAD * 2 + INDENT:
            return -2 <= left <= RAGGED
        lead = words.measure_lead(following)
        return lead > 0 and left <= lead + INDENT

    def is_far(self, line: Line) -> bool:
        """Whether a line leaves more room than what is not parted takes up, be the line indented or not."""
        return not self.by_length and self.size - line.width > words.LEAD * 2 + 2 * INDENT


class Wrapping:
    """The paragraphs of a text's lines, each of a kind: what was wrapped is joined, and what was wrapped before that.

    A text that was copied out of wrapped lines and wrapped again has lines cut at two columns, of which the wider one
    shows once those of the narrower one are joined.
    """

    def __init__(self, text: str, lines: Sequence[Line], kinds: Sequence[Kind], is_flattened: bool) -> None:
        self._text = text
        self._is_flattened = is_flattened
        column = find_column(text, [line for line, kind in zip(lines, kinds, strict=True) if kind != "row"])
        groups = list(self._join(lines, kinds, column))
        if column is not None:
            groups = self._join_again(lines, kinds, groups, column)
        self._last = {group[0]: group[-1] for group in groups if len(group) > 1}

    def find_last(self, at: int) -> int:
        """The index of the line with which the paragraph that starts at line ``at`` ends."""
        return self._last.get(at, at)

    def _join_again(
        self, lines: Sequence[Line], kinds: Sequence[Kind], groups: list[range], column: Column
    ) -> list[range]:
        """The groups of lines, joined where those that were wrapped twice make up the lines of a wider column."""
        merged = [lines[one[0]] if len(one) == 1 else _merge(lines[one[0] : one[-1] + 1]) for one in groups]
        beyond = column.width + RAGGED
        is_wider = any(line.width > beyond for line in merged)
        wider = _find_width(merged, _list_cut(self._text, merged), beyond, OVERLONG_AGAIN) if is_wider else None
        if wider is None:
            return groups
        joined = self._join(merged, [kinds[group[0]] for group in groups], wider)
        return [range(groups[one[0]][0], groups[one[-1]][-1] + 1) for one in joined]

    def _join(self, lines: Sequence[Line], kinds: Sequence[Kind], column: Column | None) -> Iterator[range]:
        """The lines of each paragraph, by their indices."""
        at = 0
        while at < len(lines):
            last = self._find_last(lines, kinds, at, column) if kinds[at] == "body" else at
            yield range(at, last + 1)
            at = last + 1

    def _find_last(self, lines: Sequence[Line], kinds: Sequence[Kind], at: int, column: Column | None) -> int:
        first = at
        while lines[at].width:
            following = _find_next(self._text, lines, at)
            if following is None or kinds[following] == "row":
                break
            is_plain = at == first or lines[at].width > SCRAP
            if is_plain and self._are_apart(lines[at], lines[following], column):
                break
            if not self._goes_on(lines, (first, at, following), column):
                break
            at = following
        return at

    def _are_apart(self, line: Line, after: Line, column: Column | None) -> bool:
        """Whether two lines are plainly of two paragraphs, none of them a scrap: the cheap question for most."""
        is_near = after.start - line.end <= LINE_END
        if not is_near or not (column.is_far(line) if column else self._is_prose(line) and self._is_prose(after)):
            return False
        printed = self._text[line.start : line.end]
        if line.width <= SHORT and words.is_lone_number(printed):
            return False
        return after.indented or not words.may_meet(printed, self._text[after.start])

    def _goes_on(self, lines: Sequence[Line], places: tuple[int, int, int], column: Column | None) -> bool:
        """Whether a paragraph goes on, by the places of its first line, of its last one so far and of the next one."""
        first, at, following = places
        is_scrap = at > first and lines[at].width <= SCRAP
        if self._joins(lines[at], lines[following], column, is_scrap):
            return True
        if column is None:
            return self._surrounds(lines, first, at, following)
        return at == first and self._is_indented(lines[at], lines[following], column)

    def _joins(self, line: Line, after: Line, column: Column | None, is_scrap: bool) -> bool:
        """Whether a line that takes the whole column, or is a scrap of one, goes on in the next one.

        So it does around the mark of a note that was left out, where it is but the number of a heading or an item, and
        without a column, where no line can end.
        """
        printed, following = self._text[line.start : line.end], self._text[after.start : after.end]
        if line.width <= SHORT and words.is_lone_number(printed):
            return not words.opens_paragraph(following)
        if after.indented:
            return False
        between = self._text[line.end : after.start]
        if not between.isspace() and words.is_note_mark(between.strip()):
            return True
        if column is None:
            return words.is_cut(printed, following) or words.is_broken(printed, following)
        if not (is_scrap or column.is_full(line, following)):
            return words.is_cut(printed, following)
        if (is_scrap or "\f" in self._text[line.end : after.start]) and words.ends_sentence(printed):
            return False
        return words.may_join(printed, following, self._is_flattened)

    def _is_indented(self, line: Line, after: Line, column: Column) -> bool:
        """Whether the first line of a paragraph breaks off in a clause, short of the column by its indent.

        What shows that it is the first one is a marker, or the white space in front of it.
        """
        if after.indented or column.is_far(line):
            return False
        printed, following = self._print(line), self._print(after)
        if not words.breaks_clause(printed):
            return False
        if not line.indented and not words.has_marker(printed):
            return False
        room = max(INDENT // 2, line.start - self._text.rfind("\n", 0, line.start) - 1)
        full = column.is_full(replace(line, width=line.width + INDENT, end=line.end + room))
        return full and words.may_join(printed, following, self._is_flattened) and not words.has_marker(following)

    def _surrounds(self, lines: Sequence[Line], first: int, at: int, following: int) -> bool:
        """Whether one of two lines is a number that a page set on a line of its own in the middle of a sentence."""
        if self._is_number(lines[at]):
            return at > first and words.goes_on(self._print(lines[following]))
        if not self._is_number(lines[following]):
            return False
        behind = _find_next(self._text, lines, following)
        if behind is None or not words.has_open_clause(self._print(lines[at])):
            return False
        return words.goes_on(self._print(lines[behind]))

    def _is_prose(self, line: Line) -> bool:
        return not self._is_number(line)

    def _is_number(self, line: Line) -> bool:
        return line.width <= SHORT and words.is_number(self._print(line))

    def _print(self, line: Line) -> str:
        return self._text[line.start : line.end]


def measure_width(line: str) -> int:
    """The printed width in halves of a Chinese character, which is what GBK takes for it in bytes.

    >>> measure_width("收入5家")
    7
    """
    return len(line.encode("gbk", "replace"))


def measure_widths(lines: Iterable[str]) -> list[int]:
    """The same of lines without line ends, which takes half the time at once.

    >>> measure_widths(["收入5家", "", "支出"])
    [7, 0, 4]
    """
    return list(map(len, "\n".join(lines).encode("gbk", "replace").split(b"\n")))


def is_flattened(text: str, lines: Sequence[Line]) -> bool:
    """Whether the lines of a text were lost before it was wrapped: more headings stand inside lines than open one."""
    printed = [text[line.start : line.end] for line in lines]
    return words.has_more_inside(APART.join(printed), words.count_opening(printed))


def keep_spaces(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with the white space that a wrap left at their ends, which parts what was lines in a flattened text."""
    return [_widen(text, line) if line.width else line for line in lines]


def _widen(text: str, line: Line) -> Line:
    start = line.start - (text[line.start - 1 : line.start] in SPACES)
    end = line.end + (text[line.end : line.end + 1] in SPACES)
    return replace(line, start=start, end=end, indented=line.indented and start == line.start)


def _merge(group: Sequence[Line]) -> Line:
    """Lines as one."""
    return replace(group[0], end=group[-1].end, width=sum(line.width for line in group))


def _find_next(text: str, lines: Sequence[Line], at: int) -> int | None:
    """The next line; behind a form feed, the next one with something on it: a page break alone ends none."""
    if at + 1 < len(lines) and lines[at + 1].width:
        return at + 1
    for following in range(at + 1, len(lines)):
        if lines[following].width:
            return following
        behind = lines[following + 1].start if following + 1 < len(lines) else len(text)
        if "\f" not in text[lines[at].end : behind]:
            return None
    return None


# ── the column ───────────────────────────────────────────────────────────────────────────────────────────


def find_column(text: str, lines: list[Line]) -> Column | None:
    """The column in which a text was wrapped; None if a paragraph is a line."""
    cut = _list_cut(text, lines)
    return _find_length(text, lines, cut) or _find_width(lines, cut)


def _list_cut(text: str, lines: Sequence[Line]) -> list[Line]:
    """The long lines that break off above another one."""
    above = [line for line, after in pairwise(lines) if line.width >= NARROWEST and after.width and not line.tab]
    return [line for line in above if _is_cut(text[line.start : line.end])]


def _find_length(text: str, lines: Sequence[Line], cut: Sequence[Line]) -> Column | None:
    """The number of characters after which most lines break off, if no line is longer; one may be a space at an end."""
    longest = max((line.end - line.start for line in lines), default=0)
    full = sum(line.end - line.start >= longest - 1 for line in cut)
    enough = full >= FEWEST and full * 2 > len(cut)
    return Column(longest, True) if enough or _is_every(text, cut, full) else None


def _is_every(text: str, cut: Sequence[Line], full: int) -> bool:
    """Whether a few lines show a column: all that break off are ``full``, and one of them is of a sentence."""
    if not FEWEST_OF_ALL <= full == len(cut):
        return False
    return any(words.has_clause(text[line.start : line.end]) for line in cut)


def _find_width(
    lines: Sequence[Line], cut: Sequence[Line], beyond: int = 0, overlong: float = OVERLONG
) -> Column | None:
    """The width ``beyond`` another at which the text was wrapped by hand or by a converter; None if it was not."""
    widths = sorted(line.width for line in lines)
    ends = sorted(line.width for line in cut)
    wider = ends[bisect_right(ends, beyond) :]
    columns = [column for column in sorted(set(wider)) if _is_column(column, wider, widths, overlong)]
    best = max(columns, key=lambda column: _count_within(ends, column - RAGGED, column), default=None)
    return None if best is None else Column(best, False)


def _is_column(column: int, cut: list[int], widths: list[int], overlong: float) -> bool:
    """Whether most lines that break off end at ``column``, and few lines run beyond it."""
    full = _count_within(cut, column - RAGGED, column)
    if full < FEWEST or _count_within(cut, column + 1, widths[-1]) > full:
        return False
    longer = len(widths) - bisect_right(widths, column + 2)
    return longer <= overlong * full


def _is_cut(printed: str) -> bool:
    return not (words.ends_sentence(printed) or words.is_contents_entry(printed))


def _count_within(ordered: list[int], low: int, high: int) -> int:
    """How many of ascending numbers lie from ``low`` to ``high``."""
    return bisect_right(ordered, high) - bisect_left(ordered, low)
