"""One document read twice: where the characters of one text stand in the other.

White space is left out on both sides. What both begin and end with is laid upon each other; of the rest, runs of
characters that occur once in each text, wherever they stand (tables and columns may have changed places). What lies
between two of them is searched again with shorter runs, and at last, where it is short, compared character by
character. No stretch is compared with more than a few times its own length, so the time grows with the texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

# Lengths of the runs: the longest are unique in a long report, the shortest in a paragraph.
RUNS = (24, 12, 6)
SLACK = 2000
# The longest stretch that is compared character by character.
CLOSE = 400
# A shorter match of characters alone is chance.
LEAST = 2
ABSENT = -1

Gap = tuple[int, int, int, int]


def counterparts(source: str, target: str) -> dict[int, int]:
    r"""For every character of ``source`` that was found again, its offset in ``target``.

    >>> counterparts("发放\n救助金", "共发放救助金")
    {0: 1, 1: 2, 3: 3, 4: 4, 5: 5}
    """
    sources, targets = _kept(source), _kept(target)
    s, t = "".join(source[at] for at in sources), "".join(target[at] for at in targets)
    return {sources[at]: targets[place] for at, place in enumerate(_places(s, t)) if place != ABSENT}


def _kept(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if not char.isspace()]


def _places(s: str, t: str) -> list[int]:
    """For every character of ``s`` its place in ``t``, or ABSENT."""
    places = [ABSENT] * len(s)
    _ends(s, t, places)
    for length in RUNS:
        for gap in list(_gaps(places, len(t))):
            if gap[1] - gap[0] >= length:
                _lay(s, t, gap, length, places)
    for gap in list(_gaps(places, len(t))):
        _compare(s, t, gap, places)
    return places


def _ends(s: str, t: str, places: list[int]) -> None:
    """Places what both begin with and what both end with: all there is to go by in a text that repeats itself."""
    least = min(len(s), len(t))
    same = next((at for at in range(least) if s[at] != t[at]), least)
    behind = next((at for at in range(least - same) if s[-1 - at] != t[-1 - at]), least - same)
    places[:same] = range(same)
    places[len(s) - behind :] = range(len(t) - behind, len(t))


def _gaps(places: list[int], size: int) -> Iterator[Gap]:
    """The stretches without a place, with what lies between the places of their neighbours.

    Behind something that moved the target may be long: then as much is searched as may well hold the stretch.
    """
    at, last = 0, ABSENT
    while at < len(places):
        if places[at] != ABSENT:
            last, at = places[at], at + 1
            continue
        end = next((later for later in range(at, len(places)) if places[later] != ABSENT), len(places))
        following = places[end] if end < len(places) else size
        whole = at == 0 and end == len(places)
        limit = size if whole else last + 1 + 4 * (end - at) + SLACK
        yield at, end, last + 1, min(following if following > last else size, limit)
        at = end


def _lay(s: str, t: str, gap: Gap, length: int, places: list[int]) -> None:
    """Places the runs that occur once on each side of the gap."""
    start, end, low, high = gap
    there = _once(t, low, high, length)
    for run, at in _once(s, start, end, length).items():
        place = there.get(run, ABSENT)
        if at != ABSENT and place != ABSENT:
            places[at : at + length] = range(place, place + length)


def _once(text: str, start: int, end: int, length: int) -> dict[str, int]:
    """The runs of ``text[start:end]`` and where each stands; ABSENT for those that stand more than once."""
    found: dict[str, int] = {}
    for at in range(start, end - length + 1):
        run = text[at : at + length]
        found[run] = ABSENT if run in found else at
    return found


def _compare(s: str, t: str, gap: Gap, places: list[int]) -> None:
    """Places the characters of a short gap one by one."""
    start, end, low, high = gap
    if end - start > CLOSE or not low < high <= low + CLOSE:
        return
    for block in SequenceMatcher(None, s[start:end], t[low:high], autojunk=False).get_matching_blocks():
        if block.size >= min(LEAST, end - start):
            places[start + block.a : start + block.a + block.size] = range(low + block.b, low + block.b + block.size)
