"""Headings inside paragraphs of reports that lost their line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.sections import markers, styles
from extractor.sections.candidates import Candidate, shaped
from extractor.sections.markers import Marker

# Shorter paragraphs hold lists, not reports.
SHORTEST = 600
# A title that goes on longer than this is a sentence.
LONGEST = 45
# A repeated word of this many characters shows where the body takes up its title.
WORD = 2


def headings(text: str, index: int) -> list[Candidate]:
    """The headings inside a long paragraph, if its markers count through it.

    >>> body = "全年实现增加值3亿元，增长2%。" * 30
    >>> text = "一、农业" + body + "二、工业" + body
    >>> [text[heading.start : heading.end] for heading in headings(text, 0)]
    ['一、农业', '二、工业']
    """
    if len(text) < SHORTEST:
        return []
    found = list(_counting(text))
    if not any(marker.family == found[0].family for marker in found[1:]):
        return []
    ends = [after.start for after in found[1:]] + [len(text)]
    cut = (_cut(text, index, marker, end) for marker, end in zip(found, ends, strict=True))
    return [heading for heading in cut if heading]


def _counting(text: str) -> Iterator[Marker]:
    """The markers that stand where a heading can and whose numbers follow each other as they nest."""
    counted: dict[str, int] = {}
    last: Marker | None = None
    for marker in markers.inside(text):
        if marker.ordinal != counted.get(marker.family, 0) + 1 or not _may_stand(text, marker, last):
            continue
        while marker.family in counted:
            counted.popitem()
        counted[marker.family] = marker.ordinal
        last = marker
        yield marker


def _may_stand(text: str, marker: Marker, last: Marker | None) -> bool:
    """Whether a sentence has ended in front of the marker, or nothing but a title stands there."""
    ends = styles.one("headings/boundaries", "sentence_end")
    if marker.start == 0 or ends.match(text, marker.start - 1):
        return True
    follows_title = last is not None and last.end < marker.start <= last.end + LONGEST
    return follows_title and last is not None and not ends.search(text, last.end, marker.start)


def _cut(text: str, index: int, marker: Marker, stop: int) -> Candidate | None:
    """The heading at ``marker``: its shape's if that is plain, else up to where the body begins."""
    behind = text[marker.end : min(stop, marker.end + LONGEST * 2)]
    end = min(_boundaries(behind, complete=marker.end + len(behind) == stop), default=None)
    plain = shaped(text, index, marker, stop)
    if plain.shape == "label" and (end is None or marker.end + end >= plain.end):
        return plain
    if end is None or end > LONGEST:
        return None
    title = _without_entity(behind[:end].rstrip())
    amount = styles.one("headings/shapes", "amount")
    if not title or amount.match(title):
        return None
    return Candidate(index, marker.start, marker.end + len(title), marker, "heading", "flattened")


def _without_entity(title: str) -> str:
    """A title without the entity's name, with which the body began (债务情况某县2019年)."""
    noun = styles.one("headings/boundaries", "title_noun").search(title)
    return title[: noun.end()] if noun else title


def _boundaries(behind: str, complete: bool) -> Iterator[int]:
    """Every place where the body may begin."""
    if complete and len(behind) <= LONGEST:
        yield len(behind)
    yield from _known(behind)
    yield from _spaces(behind)
    opener = styles.any_of("headings/openers").search(behind, WORD)
    if opener:
        yield opener.start()
    yield from _restated(behind)


def _known(behind: str) -> Iterator[int]:
    """Behind a known title."""
    match = styles.one("headings/boundaries", "communique_title").match(behind)
    if match:
        yield match.end()


def _spaces(behind: str) -> Iterator[int]:
    """At white space that does not merely space the letters of a short title."""
    pieces = list(_pieces(behind))
    so_far = 0
    for (start, end), (_, after) in pairwise(pieces):
        so_far += end - start
        if so_far >= WORD and after - end > WORD:
            yield end
            return


def _pieces(behind: str) -> Sequence[tuple[int, int]]:
    return [match.span() for match in styles.one("headings/boundaries", "piece").finditer(behind)]


def _restated(behind: str) -> Iterator[int]:
    """Where the title's first word comes again (三、工业、建筑业工业生产稳定)."""
    word = behind.lstrip()[:WORD]
    again = behind.find(word, WORD * 2) if len(word) == WORD else -1
    if again > 0:
        yield again
