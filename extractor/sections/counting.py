"""Markers that count through a text whose lines were lost, and the runs of siblings that they make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from extractor.kept import compile_expression
from extractor.sections import lost, markers, styles
from extractor.sections.markers import Marker
from extractor.sections.title_ends import REACH, SURE, Ends, opens_chapter

# A title that goes on longer than this is a sentence.
LONGEST = 45
# What stands in front of a body is no longer.
FRONT = 160
# An amount is no longer, and what is longer need not be read for it.
AMOUNT = 24
# A caption is no longer.
CAPTION = 50
# So many numbers of a run may be missing.
WIDEST = 2
# What ends in front of a marker without a mark shows by so many signs of the title behind it.
TITLED = 4
# So many stretches are remembered: a marker is asked twice what stands behind it.
MOST_WEIGHED = 64
NUMBER = compile_expression(r"\d+")


class _Count:
    """The last number of every family that is open, outermost first, and that before its run began anew."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._before: dict[str, int] = {}
        self._outer: dict[str, tuple[int, ...]] = {}

    def take(self, marker: Marker, is_clear: bool, opens: bool = False) -> bool:
        """Whether ``marker`` is the next of its family, which is noted; ``is_clear`` lets numbers be missing.

        One that ``opens`` a run may be the first that an excerpt has.
        """
        if not self.may_take(marker, is_clear, opens):
            return False
        last = self._last.get(marker.family)
        self._outer[marker.family] = read_outer(marker)
        if last is not None and marker.ordinal == 1:
            self._before[marker.family] = last
        while marker.family in self._last:
            self._last.popitem()
        self._last[marker.family] = marker.ordinal
        return True

    def may_take(self, marker: Marker, is_clear: bool, opens: bool) -> bool:
        """Whether ``marker`` is the next of its family."""
        last = self._last.get(marker.family)
        return self._follows(marker, last, is_clear, opens) and self._is_inside(marker, read_outer(marker), is_clear)

    def _follows(self, marker: Marker, last: int | None, is_clear: bool, opens: bool) -> bool:
        if marker.ordinal == 1 or marker.ordinal == (last or 0) + 1:
            return True
        if last is None:
            # An excerpt begins somewhere.
            return not marker.start or (is_clear and opens)
        if marker.ordinal == self._before.get(marker.family, 0) + 1:
            return True
        return is_clear and last < marker.ordinal <= last + 1 + WIDEST

    def _is_inside(self, marker: Marker, outer: tuple[int, ...], is_clear: bool) -> bool:
        """Whether the numbers in front of a marker's own are those of its siblings, or it is the first under them."""
        before = self._outer.get(marker.family, (0,))
        if not outer or outer == before:
            return True
        is_next = not self._last or outer[-1] in (before[-1] + 1, *self._last.values())
        return is_clear and marker.ordinal == 1 and is_next


def read_outer(marker: Marker) -> tuple[int, ...]:
    """The numbers of the sections that a marker says it is inside: 3 and 1 of 3.1.2."""
    return tuple(map(int, NUMBER.findall(marker.text)[:-1]))


def find_counting(text: str, ended: Collection[int] = ()) -> Iterator[Marker]:
    """The markers that stand where a heading can and whose numbers follow each other as they nest.

    ``ended`` are places where a title is known to have ended.

    >>> [marker.text for marker in find_counting("一、农业（一）粮食产量3吨。按第一、第二类分。三、工业增长。")]
    ['一、', '（一）', '三、']
    >>> [marker.text for marker in find_counting("一、收入。全年收入3亿元二、支出。预算250,0003.其他。")]
    ['一、', '二、']
    """
    count = _Count()
    last: Marker | None = None
    families = styles.load_families()
    possible = [marker for marker in markers.find_markers(text) if not families[marker.family].alone]
    runs = {marker.start for marker in _find_run_openers(text, possible)}
    for marker, after in zip_longest(possible, possible[1:]):
        is_clear = marker.start in ended or _is_clear(text, marker) or (last is None and _is_behind_name(text, marker))
        opens = _opens_line(marker) or marker.start in runs
        is_sure = is_clear or (_opens_line(marker) and _stands_over(text, marker, after))
        # Where a heading can stand takes long to tell, and of most markers their numbers tell that they are none.
        may_be = count.may_take(marker, is_sure, opens) and (is_clear or _may_stand(text, marker, last, after))
        if may_be and count.take(marker, is_sure, opens):
            last = marker
            yield marker


def _find_run_openers(text: str, possible: Sequence[Marker]) -> Iterator[Marker]:
    """The first of each family, where it stands behind a sentence and so does the next number: what an excerpt has."""
    families: dict[str, list[Marker]] = {}
    for marker in possible:
        families.setdefault(marker.family, []).append(marker)
    for first, *behind in families.values():
        is_followed = bool(behind) and behind[0].ordinal == first.ordinal + 1 and _is_clear(text, behind[0])
        if is_followed and _is_clear(text, first):
            yield first


def _is_clear(text: str, marker: Marker) -> bool:
    """Whether a sentence or its introduction has ended in front of the marker."""
    ends = styles.load_expression("headings/boundaries", "sentence_end")
    return marker.start == 0 or ends.match(text, marker.start - 1) is not None


def _is_behind_name(text: str, marker: Marker) -> bool:
    """Whether nothing but the name of its document stands in front of an excerpt."""
    if marker.start > FRONT or not _opens_line(marker):
        return False
    front = text[: marker.start].strip()
    is_title = styles.load_expression("headings/document", "genre").fullmatch(front) is not None
    return is_title and styles.load_expression("headings/boundaries", "title_stop").search(front) is None


def _may_stand(text: str, marker: Marker, last: Marker | None, after: Marker | None) -> bool:
    """Whether a heading can stand where no sentence has ended with its mark."""
    if _is_behind_title(text, marker, last) or _is_behind_amount(text, marker) or _is_behind_known(text, marker):
        return True
    if _opens_line(marker):
        return _is_titled(text, marker, after) or _is_behind_figure(text, marker) or _names_chapter(text, marker)
    return _is_behind_unit(text, marker)


def _is_titled(text: str, marker: Marker, after: Marker | None) -> bool:
    """Whether many signs tell of a title behind the marker, or nothing but one stands in front of what is under it."""
    return _stands_over(text, marker, after) or _weigh_title(text, marker) >= TITLED


def _stands_over(text: str, marker: Marker, after: Marker | None) -> bool:
    """Whether nothing but a title that its noun ends stands between a marker and the first one under it."""
    if after is None or after.ordinal > 1 or after.start - marker.end > LONGEST:
        return False
    noun = styles.load_expression("headings/boundaries", "title_noun").search(text, marker.end, after.start)
    return noun is not None and noun["sure"] is not None


def _names_chapter(text: str, marker: Marker) -> bool:
    """Whether a later number has the name of a communiqué's chapter behind it, whatever a figure left in front."""
    behind = text[marker.end : marker.end + REACH]
    return marker.ordinal > 1 and opens_chapter(behind) and Ends(behind).find_chapter() > 0


def _is_behind_figure(text: str, marker: Marker) -> bool:
    """Whether a later number stands behind the last cell of a table or a caption, and a title behind it."""
    if marker.ordinal == 1 or not (_ends_in("cell_end", text, marker) or _is_behind_caption(text, marker)):
        return False
    return _weigh_title(text, marker) >= SURE


def _is_behind_caption(text: str, marker: Marker) -> bool:
    """Whether nothing but the caption of a figure stands between a sentence and a marker."""
    front = text[max(0, marker.start - CAPTION) : marker.start]
    return styles.load_expression("headings/boundaries", "caption_end").search(front) is not None


def _is_behind_unit(text: str, marker: Marker) -> bool:
    """Whether a later number stands behind the unit of a table that was left out, and surely a title behind it."""
    return marker.ordinal > 1 and _ends_in("unit_end", text, marker) and _weigh_title(text, marker) >= TITLED


def _ends_in(name: str, text: str, marker: Marker) -> bool:
    """Whether what stands in front of a marker ends as an expression says."""
    front = text[max(0, marker.start - AMOUNT) : marker.start]
    return styles.load_expression("headings/boundaries", name).search(front) is not None


def _weigh_title(text: str, marker: Marker) -> int:
    """How many signs tell of a title behind a marker."""
    return _weigh_behind(text[marker.end : marker.end + REACH])


@lru_cache(MOST_WEIGHED)
def _weigh_behind(behind: str) -> int:
    """The same by what stands behind it: a marker of one sort after the other has the same behind each."""
    return Ends(behind).find_best()[1]


def _is_behind_known(text: str, marker: Marker) -> bool:
    """Whether a first number stands behind nothing but a title of the genre."""
    if marker.ordinal != 1:
        return False
    front = text[max(0, marker.start - LONGEST) : marker.start]
    ended = styles.load_expression("headings/boundaries", "title_stop").finditer(front)
    start = max((stop.end() for stop in ended), default=0)
    return start > 0 and lost.name_title(front[start:]) is not None


def _opens_line(marker: Marker) -> bool:
    return styles.load_families()[marker.family].line == "opens"


def _is_behind_amount(text: str, marker: Marker) -> bool:
    """Whether a sentence may have ended in an amount, without its mark."""
    return _opens_line(marker) and _ends_in("amount_end", text, marker)


def _is_behind_title(text: str, marker: Marker, last: Marker | None) -> bool:
    """Whether nothing but a title stands between two markers."""
    if styles.load_families()[marker.family].note:
        return False
    if text[marker.start - 1 : marker.start + 1].isdecimal():
        # The digit is the last one of a number.
        return False
    if last is None:
        return marker.start <= LONGEST or _opens_body(text, marker)
    if not 0 < marker.start - last.end <= LONGEST:
        return False
    return styles.load_expression("headings/boundaries", "title_stop").search(text, last.end, marker.start) is None


def _opens_body(text: str, marker: Marker) -> bool:
    """Whether a first number stands behind nothing but a document's title and who gave it where."""
    if marker.ordinal != 1 or marker.start > FRONT or not _opens_line(marker):
        return False
    return styles.load_expression("headings/boundaries", "title_stop").search(text, 0, marker.start) is None


def group_runs(counting: Sequence[Marker]) -> list[list[int]]:
    """The places of markers of one family that count up under one heading, as lists of their indices."""
    runs: list[list[int]] = []
    opened: dict[str, list[int]] = {}
    for at, marker in enumerate(counting):
        run = opened.get(marker.family)
        while run is not None and next(reversed(opened)) != marker.family:
            opened.popitem()
        if run is None or counting[run[-1]].ordinal >= marker.ordinal:
            run = []
            runs.append(run)
        run.append(at)
        opened[marker.family] = run
    return runs
