"""Where the lines of a paragraph began that lost its line breaks: at its headings, and behind their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.sections import counting, listed_titles, lost, spaces, styles, unnumbered
from extractor.sections.candidates import Candidate, is_duty, shape_candidate
from extractor.sections.markers import Marker
from extractor.sections.title_ends import LONGEST, REACH, SLIGHT, SURE, Ends, Known

# A title that a short sentence begins with takes so many signs: the sentence may be the title itself.
PLAIN = 3
# A title alone in its run takes more than one sign.
ALONE = 3
# So many characters are a line rather than a letter-spaced word or a number.
WORDS = 5
# From so many siblings on, titles of one length tell that of another one.
FEWEST = 3

BOUNDARIES = "headings/boundaries"


class Item(Struct, frozen=True):
    """A marker with the text up to the next one, and where the title in that ends by its signs, which weigh so much.

    ``place`` is 0 for a title that takes up the whole text or ends in a mark of its own, and for a sentence, whose
    weight is 0. A ``closed`` title ends as sentences do, so that it may be one; ``inside`` it, a title may end in front
    of the sentence that opens the body. The name of a ``chapter`` ends at its place, 0 where none begins the text.
    """

    marker: Marker
    behind: str
    place: int
    weight: int
    closed: bool = False
    inside: int = 0
    chapter: int = 0

    @property
    def title(self) -> str:
        """The title without white space; empty where none was found."""
        title = self.behind[: self.place or None] if self.weight >= SURE and not self.closed else ""
        return "".join(title.split())


def find_breaks(text: str, opening: str, is_most: bool) -> list[int]:
    """Where the lines of a paragraph began that lost its line breaks; nowhere in one that did not."""
    places = _find_titles(text, opening, is_most)
    return sorted({*places, *unnumbered.find_openers(text)} - {0, len(text)}) if places or is_most else []


def _find_titles(text: str, opening: str, is_most: bool) -> list[int]:
    """Where the headings of such a paragraph began, and the bodies behind them."""
    ended = set(listed_titles.find_breaks(text))
    leaders = {place for start, end in listed_titles.find_leaders(text) for place in range(start, end)}
    found = [marker for marker in counting.find_counting(text, ended) if marker.start not in leaders]
    if not _is_flattened(found, is_most):
        return unnumbered.find_breaks(text) if is_most else []
    stretches = [text[one.end : after.start] for one, after in pairwise(found)] + [text[found[-1].end :]]
    has_spaces = spaces.has_spaces(text)
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
    runs = [_name_chapters([items[at] for at in run]) for run in counting.group_runs(found)]
    if not any(map(_has_titles, runs)):
        return unnumbered.find_breaks(text) if is_most else []
    places = set(_find_openings(text, found[0].start))
    apart = dict(_find_apart(text, items))
    for run in runs:
        places.update(_break_run(run, apart))
    places.update(ended)
    places.update(spaces.find_line_ends(text))
    places.update(unnumbered.find_captions(text))
    places.update(unnumbered.find_known(text, frozenset(places), {marker.start for marker in found}))
    if has_spaces:
        places.update(unnumbered.find_titles(text, {marker.end for marker in found}, found[0].start))
        places.update(unnumbered.find_told(text))
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


def _is_whole(stretch: str, has_spaces: bool) -> bool:
    """Whether nothing but a title stands between two markers."""
    if has_spaces and styles.load_expression(BOUNDARIES, "words_apart").search(stretch):
        return False
    if not 0 < len(stretch.strip()) <= LONGEST or "。" in stretch:
        return False
    return styles.load_expression(BOUNDARIES, "clause").search(stretch) is None


def _is_pair(stretch: str) -> bool:
    """Whether a stretch is a title of several clauses: no number is in it, and nothing opens a body."""
    pair, told = (styles.load_expression(BOUNDARIES, name) for name in ("pair", "not_titled"))
    is_pair = len(stretch) <= LONGEST and pair.fullmatch(stretch) is not None and not told.search(stretch)
    return is_pair and not styles.load_alternatives("headings/openers").search(stretch, 1)


def _is_inside(after: Marker, marker: Marker) -> bool:
    """Whether a marker begins to count under another one."""
    return after.ordinal == 1 and after.family != marker.family


def _read_item(marker: Marker, stretch: str, known: Known, enough: int, has_items: bool) -> Item:
    """What follows a marker; signs that weigh ``enough`` make a title of what a sentence may begin with.

    What stands between a marker and the first of the items under it ``has_items``, be it closed as sentences are.
    """
    if _is_whole(stretch.rstrip().rstrip("。") if has_items else stretch, known.has_spaces):
        return Item(marker, stretch, 0, ALONE)
    if has_items and _is_pair(stretch.strip()):
        return Item(marker, stretch, 0, ALONE)
    shape = shape_candidate(stretch, 0, replace(marker, start=0, end=0), len(stretch))
    if shape.shape == "account" or styles.load_expression(BOUNDARIES, "account_label").match(stretch):
        return Item(marker, stretch, 0, ALONE)
    ends = Ends(stretch[:REACH], known, marker.text)
    place, weight = ends.find_best()
    chapter = ends.find_chapter()
    if place and place == chapter and _is_closed(shape, stretch) and weight == PLAIN:
        # A sentence about what a chapter is called is a title as it is, unless its siblings are chapters.
        return Item(marker, stretch, 0, SURE, closed=True, chapter=chapter)
    if weight >= (enough if shape.reading == "item" else PLAIN):
        return Item(marker, stretch, place, max(weight, SURE), chapter=chapter)
    inside = place if weight >= SURE else 0
    closed = _is_closed(shape, stretch)
    weight = ALONE if closed and lost.name_title(stretch[: shape.end]) else SURE
    return Item(marker, stretch, 0, weight if closed or shape.reading == "heading" else 0, closed, inside, chapter)


def _is_closed(shape: Candidate, stretch: str) -> bool:
    """Whether a stretch begins with what may be a title though it ends as sentences do."""
    if shape.reading != "likely" or is_duty(shape, stretch):
        return False
    return shape.shape == "run_in" or lost.is_title_like(stretch)


def _find_openings(text: str, first: int) -> Iterator[int]:
    """Where what stands in front of the first heading ends, and where its table of contents is announced."""
    yield from unnumbered.find_front(text, first)
    yield from unnumbered.find_excerpt(text[:first])
    announced = styles.load_expression(BOUNDARIES, "announced").search(text, 0, first)
    if announced:
        yield from announced.span("line")


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
    is_inside = _end_inside(run)
    for item in run:
        place = item.place if item.weight and not item.closed else _find_usual(item, usual)
        place = place or item.inside * is_inside
        if place:
            yield item.marker.end + place


def _name_chapters(run: Sequence[Item]) -> Sequence[Item]:
    """A run of siblings; where most are chapters of a communiqué by all signs, their names are the titles."""
    chapters = [item for item in run if item.chapter]
    sure = sum(item.place == item.chapter or (item.weight <= SURE and not item.closed) for item in chapters)
    if len(chapters) * 2 <= len(run) or len(chapters) < FEWEST or not (sure >= FEWEST or _opens_all(run[0])):
        return run
    return [replace(item, place=item.chapter, weight=ALONE, closed=False) if item.chapter else item for item in run]


def _opens_all(item: Item) -> bool:
    """Whether an item is the first chapter of a communiqué, which sums all of them up."""
    opening = styles.load_expression(BOUNDARIES, "opening_chapter").match(item.behind)
    return opening is not None and item.marker.ordinal == 1


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


def _end_inside(run: Sequence[Item]) -> bool:
    """Whether most items of a run that end as sentences do are titles with the sentence behind them."""
    closed = [item for item in run if item.closed]
    inside = sum(item.inside > 0 for item in closed)
    return inside >= FEWEST and inside * 2 > len(closed)


def _find_usual(item: Item, usual: int | None) -> int:
    """Where the title of an item ends that has no other sign but the length of its siblings'; 0 for nowhere."""
    ends = Ends(item.behind[:REACH])
    is_end = usual in ends.places and ends.can_end(usual)
    return usual if is_end and usual else 0
