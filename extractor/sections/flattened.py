"""Where the lines of a paragraph began that lost its line breaks: at its headings, and behind their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.sections import counting, listed_titles, lost, styles
from extractor.sections.candidates import Candidate, is_duty, shape_candidate
from extractor.sections.markers import Marker
from extractor.sections.title_ends import LONGEST, REACH, SLIGHT, SURE, Ends, Known

# A title that a short sentence begins with takes so many signs: the sentence may be the title itself.
PLAIN = 3
# A piece between spaces that is as long is no cell of a table.
LONG = 20
# From so many such pieces on, spaces may stand where lines were cut.
CUT = 8
# A title alone in its run takes more than one sign.
ALONE = 3
# So many characters are a line rather than a letter-spaced word or a number.
WORDS = 5
# A known title is no shorter.
KNOWN = 4
# From so many siblings on, titles of one length tell that of another one.
FEWEST = 3
# Where white space parts paragraphs, no larger share of sentences has it behind it.
MOST = 0.7

BOUNDARIES = "headings/boundaries"


class Item(NamedTuple):
    """A marker with the text up to the next one, and where the title in that ends by its signs, which weigh so much.

    ``place`` is 0 for a title that takes up the whole text or ends in a mark of its own, and for a sentence, whose
    weight is 0. A ``closed`` title ends as sentences do, so that it may be one.
    """

    marker: Marker
    behind: str
    place: int
    weight: int
    closed: bool = False

    @property
    def title(self) -> str:
        """The title without white space; empty where none was found."""
        title = self.behind[: self.place or None] if self.weight >= SURE and not self.closed else ""
        return "".join(title.split())


def find_breaks(text: str, opening: str, is_most: bool) -> list[int]:
    """Where the lines of a paragraph began that lost its line breaks; nowhere in one that did not."""
    ended = set(listed_titles.find_breaks(text))
    leaders = {place for start, end in listed_titles.find_leaders(text) for place in range(start, end)}
    found = [marker for marker in counting.find_counting(text, ended) if marker.start not in leaders]
    if not _is_flattened(found, is_most):
        return _find_unnumbered(text) if is_most else []
    stretches = [text[one.end : after.start] for one, after in pairwise(found)] + [text[found[-1].end :]]
    has_spaces = _has_spaces(text)
    listed = {
        marker.text + "".join(stretch.split())
        for marker, stretch in zip(found[:-1], stretches, strict=False)
        if _is_whole(stretch, has_spaces)
    }
    known = Known(opening, listed, has_spaces)
    items = []
    for marker, stretch, after in zip(found, stretches, [*found[1:], None], strict=True):
        enough = SLIGHT if marker.family == found[0].family else SURE
        items.append(_read_item(marker, stretch, known, enough, bool(after and _is_inside(after, marker))))
    runs = [[items[at] for at in run] for run in counting.group_runs(found)]
    if not any(map(_has_titles, runs)):
        return _find_unnumbered(text) if is_most else []
    places = set(_find_openings(text, found[0].start))
    apart = dict(_find_apart(text, items))
    for run in runs:
        places.update(_break_run(run, apart))
    places.update(ended)
    places.update(_find_line_ends(text))
    places.update(_find_known(text, frozenset(places), {marker.start for marker in found}))
    if has_spaces:
        places.update(_find_titles(text, {marker.end for marker in found}, found[0].start))
    return sorted(places - leaders - {0, len(text)})


def _is_flattened(found: Sequence[Marker], is_most: bool) -> bool:
    """Whether the headings of a report count through a paragraph: those that open lines in any report.

    In what is most of a document, an excerpt, there may be but one of them.
    """
    families = styles.load_families()
    opening = [marker.family for marker in found if families[marker.family].line == "opens"]
    if is_most and opening:
        return True
    inside = [marker.family for marker in found] if is_most else opening
    return len(set(inside)) < len(inside)


def _find_unnumbered(text: str) -> list[int]:
    """Where lines began in a text without numbered headings."""
    return sorted({*_find_paragraphs(text), *_find_known(text)})


def _find_paragraphs(text: str) -> list[int]:
    """Where paragraphs began if white space parts them: it stands behind some sentences and not behind others."""
    ends = _find_line_ends(text)
    sentences = len(styles.load_expression(BOUNDARIES, "sentences").findall(text))
    if not FEWEST <= len(ends) <= MOST * sentences or not _has_spaces(text):
        return []
    return sorted({*_find_front(text), *_find_titles(text, ()), *ends} - {0, len(text)})


def _find_front(text: str) -> Iterator[int]:
    """Where the lines begin that stand in front of the first sentence, and the sentence itself."""
    pieces = styles.load_expression(BOUNDARIES, "piece").finditer(text)
    for before, piece in pairwise(pieces):
        if styles.load_expression(BOUNDARIES, "title_stop").search(before[0]):
            return
        if min(len(before[0]), len(piece[0])) >= WORDS:
            yield piece.start()


def _find_line_ends(text: str) -> list[int]:
    """Behind the sentences that white space follows."""
    return [match.end() for match in styles.load_expression(BOUNDARIES, "line_end").finditer(text)]


def _has_spaces(text: str) -> bool:
    """Whether spaces part lines: most long pieces between them end as sentences do, unlike lines that were cut."""
    long, finished = _count_long(text)
    return finished * 2 > long


def is_cut(text: str) -> bool:
    """Whether white space stands where lines were cut: behind many long pieces that do not end as sentences do."""
    long, finished = _count_long(text)
    return long >= CUT and finished * 2 <= long


def find_cuts(text: str) -> list[tuple[int, int]]:
    """The white space behind long pieces that parts no words."""
    return [cut.span() for cut in styles.load_expression(BOUNDARIES, "cut").finditer(text)]


def _count_long(text: str) -> tuple[int, int]:
    """How many long pieces stand between spaces, and how many of them end as sentences do."""
    ends = styles.load_expression(BOUNDARIES, "finished")
    pieces = styles.load_expression(BOUNDARIES, "long_piece").findall(text)
    long = [piece for piece in pieces[:-1] if len(piece) >= LONG]
    return len(long), sum(bool(ends.search(piece)) for piece in long)


def _is_whole(stretch: str, has_spaces: bool) -> bool:
    """Whether nothing but a title stands between two markers."""
    if has_spaces and styles.load_expression(BOUNDARIES, "words_apart").search(stretch):
        return False
    if not 0 < len(stretch.strip()) <= LONGEST or "。" in stretch:
        return False
    return styles.load_expression(BOUNDARIES, "clause").search(stretch) is None


def _is_inside(after: Marker, marker: Marker) -> bool:
    """Whether a marker begins to count under another one."""
    return after.ordinal == 1 and after.family != marker.family


def _read_item(marker: Marker, stretch: str, known: Known, enough: int, has_items: bool) -> Item:
    """What follows a marker; signs that weigh ``enough`` make a title of what a sentence may begin with.

    What stands between a marker and the first of the items under it ``has_items``, be it closed as sentences are.
    """
    if _is_whole(stretch.rstrip().rstrip("。") if has_items else stretch, known.has_spaces):
        return Item(marker, stretch, 0, ALONE)
    shape = shape_candidate(stretch, 0, marker._replace(start=0, end=0), len(stretch))
    if shape.shape == "account":
        return Item(marker, stretch, 0, SURE)
    place, weight = Ends(stretch[:REACH], known, marker.text).find_best()
    if weight >= (enough if shape.reading == "item" else PLAIN):
        return Item(marker, stretch, place, max(weight, SURE))
    closed = _is_closed(shape, stretch)
    weight = ALONE if closed and lost.name_title(stretch[: shape.end]) else SURE
    return Item(marker, stretch, 0, weight if closed or shape.reading == "heading" else 0, closed)


def _is_closed(shape: Candidate, stretch: str) -> bool:
    """Whether a stretch begins with what may be a title though it ends as sentences do."""
    if shape.reading != "likely" or is_duty(shape, stretch):
        return False
    return shape.shape == "run_in" or lost.is_title_like(stretch)


def _find_titles(text: str, behind: Collection[int], start: int = 0) -> Iterator[int]:
    """Around the known titles from ``start`` on that stand apart where spaces part lines, not ``behind`` markers."""
    before = 0
    for piece in styles.load_expression(BOUNDARIES, "piece").finditer(text, start):
        if lost.name_title(piece[0]):
            yield piece.end()
            if before not in behind:
                yield piece.start()
        before = piece.end()


def _find_known(text: str, titles: Collection[int] = (), starts: Collection[int] = ()) -> Iterator[int]:
    """Around the known titles that nothing parts from what ended in front and the body behind.

    ``titles`` are places where titles end, ``starts`` those where markers stand.

    >>> text = "请予审议。2023年工作回顾2023年增长5%。"
    >>> [text[place:] for place in _find_known(text)]
    ['2023年工作回顾2023年增长5%。', '2023年增长5%。']
    """
    openers = styles.load_alternatives("headings/openers")
    ahead = (ended.end() for ended in styles.load_expression(BOUNDARIES, "ahead").finditer(text))
    for start in sorted({*ahead, *titles}):
        opened = {opener.start() for opener in openers.finditer(text, start + KNOWN, start + LONGEST)}
        places = sorted(opened | {place for place in range(start + KNOWN, start + LONGEST) if place in starts})
        end = next((place for place in places if lost.name_title(text[start:place])), None)
        yield from () if end is None else (start, end)


def _find_openings(text: str, first: int) -> Iterator[int]:
    """Where the document's title ends in front of the first heading, and where its table of contents is announced."""
    for name in ("front", "announced"):
        match = styles.load_expression(BOUNDARIES, name).search(text, 0, first)
        if match:
            yield from match.span("line")


# ── a run of siblings ────────────────────────────────────────────────────────────────────────────────────


def _break_run(run: Sequence[Item], apart: Mapping[int, bool]) -> Iterator[int]:
    """Where the items of a run of siblings begin, and where their titles end if they have any."""
    has_titles = _has_titles(run)
    starts = [item.marker.start for item in run]
    if has_titles or _stand_apart(starts, apart):
        yield from starts
    if not has_titles:
        return
    usual = _find_length(run)
    for item in run:
        place = item.place if item.weight and not item.closed else _find_usual(item, usual)
        if place:
            yield item.marker.end + place


def _stand_apart(starts: Sequence[int], apart: Mapping[int, bool]) -> bool:
    """Whether most items of a list stand apart; where but white space is in front of one alone, it is of a table."""
    if len(starts) == 1:
        return apart.get(starts[0], False)
    return sum(start in apart for start in starts) * 2 > len(starts)


def _has_titles(run: Sequence[Item]) -> bool:
    """Whether most items of a run begin with titles; one alone with a decimal number is a row of a table."""
    if len(run) == 1:
        return run[0].weight >= ALONE and not counting.read_outer(run[0].marker)
    return sum(item.weight >= SURE for item in run) * 2 > len(run)


def _find_apart(text: str, items: Sequence[Item]) -> Iterator[tuple[int, bool]]:
    """Where the markers stand that come behind a sentence or a title, or apart, as no list inside a sentence does.

    With each, whether more than white space says so.
    """
    ends, stops = (styles.load_expression(BOUNDARIES, name) for name in ("line_before", "title_stop"))
    for before, item in zip([None, *items], items, strict=False):
        start = item.marker.start
        is_behind_title = before is not None and before.weight >= SURE and not before.place
        front = text[max(0, start - WORDS) : start].rstrip()
        if not start or is_behind_title or ends.match(text, start - 1):
            yield start, is_behind_title or stops.search(front[-1:]) is not None


def _find_length(run: Sequence[Item]) -> int | None:
    """How long the titles of a run are, if most are of one length."""
    lengths = Counter(len(item.title) for item in run if item.title)
    usual, count = lengths.most_common(1)[0] if lengths else (0, 0)
    return usual if FEWEST <= count > lengths.total() / 2 else None


def _find_usual(item: Item, usual: int | None) -> int:
    """Where the title of an item ends that has no other sign but the length of its siblings'; 0 for nowhere."""
    ends = Ends(item.behind[:REACH])
    is_end = usual in ends.places and ends.can_end(usual)
    return usual if is_end and usual else 0
