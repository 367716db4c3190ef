"""Which characters of a PDF page a reader sees.

A file may hold text that its page does not show: what a scanner recognised behind a picture, layers that are switched
off, white words on white paper, what lies outside of the visible rectangle. Few pages have any; on these the page is
drawn without that text, and what is as light as the paper beneath it, or changes no point of the picture, is not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain, product, repeat
from typing import Any

from msgspec import Struct

from extractor.documents import native, picture
from extractor.documents.frame import Frame
from extractor.documents.inks import PALE, WHITE, Look
from extractor.documents.picture import Picture
from extractor.model import Box

# The share of a page's unseen characters that stand on seen ones if they repeat them, and the share of an object's
# characters that must have ink beneath if they say what a picture shows.
REPEATED = 0.5
INKED = 0.6
# The share of a watermark's characters that stand on those of the text.
OVER_TEXT = 0.25
# Text that is looked up by place is kept in squares this wide (points).
SQUARE = 16.0

# Characters by their numbers, in the order of the file.
Numbers = list[int]
Boxes = Sequence[Box | None]
Places = Mapping[tuple[int, int], Sequence[Box]]


class Unseen(Struct, frozen=True):
    """Characters to leave out: those not seen, of which ``told`` say what nothing else says, and ``pale`` ones."""

    hidden: Numbers
    told: int
    pale: Numbers


SEEN = Unseen([], 0, [])


class Sight(Struct, frozen=True):
    """A page on which some text is not plainly dark: the objects of it, the characters of each, and all boxes.

    ``find_places`` tells where other text stands; few pages are asked.
    """

    looks: Mapping[int, Look]
    owned: Mapping[int, Numbers]
    boxes: Boxes
    find_places: Callable[[], Places]

    def list_boxes(self, item: int) -> list[Box]:
        """The boxes of an object's characters."""
        return [box for at in self.owned[item] if (box := self.boxes[at])]


def find_unseen(
    page: Any, text: Any, boxes: Boxes, frame: Frame, looks: Mapping[int, Look], beyond: bool = True
) -> Unseen:
    """The characters of a page that are not of its text, by the library's page and text handles.

    ``boxes`` stand with the text upright, as ``frame`` says; None for a character without a place. ``looks`` are those
    of the text objects that are not plainly dark. ``beyond`` is whether any character may reach beyond the page.
    """
    inside, outside = _sort_inside(boxes, frame.reading_size) if beyond else (boxes, [])
    if not looks:
        return Unseen(outside, len(outside), [])
    owned = _group_numbers(text, inside, looks)
    sight = Sight(looks, owned, inside, cache(partial(_index_places, inside, owned)))
    unseen = _find_objects(page, frame, sight)
    marks = [at for item in owned if item not in unseen and _is_watermark(item, sight) for at in owned[item]]
    told = len(outside) + sum(len(owned[item]) for item, is_told in unseen.items() if is_told)
    return Unseen([*outside, *(at for item in unseen for at in owned[item])], told, marks)


def _sort_inside(boxes: Boxes, size: tuple[float, float]) -> tuple[Boxes, Numbers]:
    """The characters on a page, None for any other, and the numbers of those that stand outside of it."""
    inside = [box if box and _is_inside(box, size) else None for box in boxes]
    return inside, [at for at, box in enumerate(boxes) if box and not inside[at]]


def _is_inside(box: Box, size: tuple[float, float]) -> bool:
    """Whether a character stands on a page, and is no larger than it."""
    x, y = _find_middle(box)
    is_on = 0 <= x <= size[0] and 0 <= y <= size[1]
    return is_on and box[2] - box[0] <= size[0] and box[3] - box[1] <= size[1]


def _group_numbers(text: Any, boxes: Boxes, looks: Mapping[int, Look]) -> dict[int, Numbers]:
    """The characters of each of the objects, those that have a place."""
    items = map(native.function("FPDFText_GetTextObject", "p"), repeat(text), range(len(boxes)))
    owned: dict[int, Numbers] = defaultdict(list)
    for at, item in enumerate(items):
        if item in looks and boxes[at]:
            owned[item].append(at)
    return owned


# ── what is not seen ─────────────────────────────────────────────────────────────────────────────────────


def _find_objects(page: Any, frame: Frame, sight: Sight) -> dict[int, bool]:
    """The objects that are not seen; True for those that say what nothing else on the page says."""
    doubtful = [item for item in sight.owned if sight.looks[item].is_doubtful]
    if not doubtful:
        return {}
    within = list(chain.from_iterable(map(sight.list_boxes, doubtful)))
    without = picture.draw_without(page, frame, doubtful, within)
    whole = picture.draw(page, frame, within) if any(sight.looks[item].layer for item in doubtful) else without
    unseen = [item for item in doubtful if not _is_seen(item, sight, whole, without)]
    every = [box for item in unseen for box in sight.list_boxes(item)]
    if every and _measure_over(every, sight.find_places()) > REPEATED:
        return dict.fromkeys(unseen, False)
    return dict.fromkeys((item for item in unseen if not _is_recognised(item, sight, without)), True)


def _is_seen(item: int, sight: Sight, whole: Picture, without: Picture) -> bool:
    """Whether an object is drawn, and in another grey than what is beneath."""
    look, boxes = sight.looks[item], sight.list_boxes(item)
    if not look.painted:
        return False
    if look.layer and all(whole.cut(box) == without.cut(box) for box in boxes):
        return False
    return look.light <= WHITE or any(without.is_apart(box, look.light) for box in boxes)


def _is_recognised(item: int, sight: Sight, without: Picture) -> bool:
    """Whether something else is drawn where most of an object's characters stand: what they were recognised in."""
    boxes = sight.list_boxes(item)
    return not sight.looks[item].layer and sum(map(without.has_ink, boxes)) >= INKED * len(boxes)


def _is_watermark(item: int, sight: Sight) -> bool:
    """Whether an object is pale and stands on other text."""
    look = sight.looks[item]
    return PALE < look.light <= WHITE and _measure_over(sight.list_boxes(item), sight.find_places()) >= OVER_TEXT


# ── what stands on other text ────────────────────────────────────────────────────────────────────────────


def _index_places(boxes: Boxes, owned: Mapping[int, Numbers]) -> Places:
    """The boxes of all other characters by the squares that their middles are in."""
    others = {at for own in owned.values() for at in own}
    places: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for at, box in enumerate(boxes):
        if box and at not in others:
            places[_find_square(*_find_middle(box))].append(box)
    return places


def _find_middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _find_square(x: float, y: float) -> tuple[int, int]:
    return int(x // SQUARE), int(y // SQUARE)


def _measure_over(boxes: Sequence[Box], places: Places) -> float:
    """The share of some characters that stand on other ones."""
    return sum(_is_over(box, places) for box in boxes) / max(len(boxes), 1)


def _is_over(box: Box, places: Places) -> bool:
    """Whether the middle of another character lies within a box."""
    return any(_covers(box, other) for square in _list_reached(box, places) for other in places.get(square, ()))


def _list_reached(box: Box, places: Places) -> Iterable[tuple[int, int]]:
    """The squares that a box touches; all that hold anything where these are fewer, as for one as large as its page."""
    low, high = _find_square(box[0], box[1]), _find_square(box[2], box[3])
    across, down = range(low[0], high[0] + 1), range(low[1], high[1] + 1)
    return product(across, down) if len(across) * len(down) <= len(places) else places


def _covers(box: Box, other: Box) -> bool:
    x, y = _find_middle(other)
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
