"""Headings inside paragraphs of reports that lost their line breaks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor.sections import markers, styles
from extractor.sections.candidates import Candidate, shape_candidate
from extractor.sections.markers import Marker

# Shorter paragraphs hold lists, not reports.
SHORTEST = 600
# A title that goes on longer than this is a sentence.
LONGEST = 45
# A repeated word of this many characters shows where the body takes up its title.
WORD = 2


def find_headings(text: str, index: int) -> list[Candidate]:
    """The headings inside a long paragraph, if its markers count through it.

    >>> body = "全年实现增加值3亿元，增长2%。" * 30
    >>> text = "一、农业" + body + "二、工业" + body
    >>> [text[heading.start : heading.end] for heading in find_headings(text, 0)]
    ['一、农业', '二、工业']
    """
    if len(text) < SHORTEST:
        return []
    found = list(_find_counting(text))
    families = [marker.family for marker in found]
    if not families or families[0] not in families[1:]:
        return []
    ends = [after.start for after in found[1:]] + [len(text)]
    headings = (_cut_heading(text, index, marker, end) for marker, end in zip(found, ends, strict=True))
    return list(filter(None, headings))


def _find_counting(text: str) -> Iterator[Marker]:
    """The markers that stand where a heading can and whose numbers follow each other as they nest."""
    counted: dict[str, int] = {}
    last: Marker | None = None
    for marker in markers.find_markers(text):
        follows = marker.ordinal == counted.get(marker.family, 0) + 1
        if not follows or not _has_place(text, marker, last):
            continue
        while marker.family in counted:
            counted.popitem()
        counted[marker.family] = marker.ordinal
        last = marker
        yield marker


def _has_place(text: str, marker: Marker, last: Marker | None) -> bool:
    """Whether a sentence has ended in front of the marker, or nothing but a title stands there."""
    ends = styles.load_expression("headings/boundaries", "sentence_end")
    if marker.start == 0 or ends.match(text, marker.start - 1):
        return True
    if last is None or not 0 < marker.start - last.end <= LONGEST:
        return False
    return ends.search(text, last.end, marker.start) is None


def _cut_heading(text: str, index: int, marker: Marker, stop: int) -> Candidate | None:
    """The heading at ``marker``: its shape's if that is plain, else up to where the body begins."""
    behind = text[marker.end : min(stop, marker.end + LONGEST * 2)]
    is_all = marker.end + len(behind) == stop
    length = min(_find_boundaries(behind, is_all), default=len(text))
    plain = shape_candidate(text, index, marker, stop)
    if plain.shape == "label" and marker.end + length >= plain.end:
        return plain
    if length > LONGEST:
        return None
    title = _drop_entity(behind[:length].rstrip())
    if not _is_title(title):
        return None
    return Candidate(index, marker.start, marker.end + len(title), marker, "heading", "flattened")


def _is_title(title: str) -> bool:
    """Whether words are left, and do not begin with an amount."""
    return bool(title) and not styles.load_expression("headings/shapes", "amount").match(title)


def _drop_entity(title: str) -> str:
    """A title without the entity's name, with which the body began (债务情况某县2019年)."""
    noun = styles.load_expression("headings/boundaries", "title_noun").search(title)
    return title[: noun.end()] if noun else title


# ── where the body may begin ─────────────────────────────────────────────────────────────────────────────


def _find_boundaries(behind: str, is_all: bool) -> Iterator[int]:
    """Every place where the body may begin; ``is_all`` says that the next marker stands behind ``behind``."""
    if is_all and len(behind) <= LONGEST:
        yield len(behind)
    for find in (_find_known, _find_space, _find_opener, _find_restated):
        place = find(behind)
        if place is not None:
            yield place


def _find_known(behind: str) -> int | None:
    """Behind a known title."""
    match = styles.load_expression("headings/boundaries", "communique_title").match(behind)
    return match.end() if match else None


def _find_space(behind: str) -> int | None:
    """At white space that does not merely space the letters of a short title."""
    pieces = styles.load_expression("headings/boundaries", "piece").finditer(behind)
    spans: list[tuple[int, int]] = [piece.span() for piece in pieces]
    so_far = 0
    for (start, end), (_, after) in pairwise(spans):
        so_far += end - start
        if so_far >= WORD and after - end > WORD:
            return end
    return None


def _find_opener(behind: str) -> int | None:
    """In front of the words with which bodies begin."""
    opener = styles.load_alternatives("headings/openers").search(behind, WORD)
    return opener.start() if opener else None


def _find_restated(behind: str) -> int | None:
    """Where the title's first word comes again (三、工业、建筑业工业生产稳定)."""
    word = behind.lstrip()[:WORD]
    if len(word) < WORD:
        return None
    again = behind.find(word, WORD * 2)
    return again if again > 0 else None
