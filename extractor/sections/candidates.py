"""Which paragraphs may be headings, and which of them are: by their shape and by that of their siblings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractor.model import Paragraph
from extractor.sections import markers, styles
from extractor.sections.markers import Marker
from extractor.sections.styles import Reading

# A run of items whose first sentences are longer than this at the median is a list of sentences.
SHORT = 38
# The share of items in a run that state claims, run on, or name duties from which the run is a list.
LONG_SHARE = 0.34
DUTY_SHARE = 0.5
# Shapes that take up their whole paragraph.
WHOLE = ("alone", "alone_sentence", "sentence", "document")


class Candidate(NamedTuple):
    """A stretch of a paragraph that may be a heading: ``start..end`` of its text, white space aside.

    ``paragraph`` is an index. ``joined`` says that the whole next paragraph belongs to the
    heading as well; ``before`` is the ordinal of the sibling in front of it, be that a heading or not.
    """

    paragraph: int
    start: int
    end: int
    marker: Marker | None
    reading: Reading
    shape: str
    joined: bool = False
    before: int = 0


def numbered(paragraph: Paragraph, index: int) -> Candidate | None:
    """The candidate that a paragraph with a marker in front makes, else None."""
    found = markers.at_start(paragraph.text)
    return None if found is None else shaped(paragraph.text, index, found, len(paragraph.text))


def shaped(text: str, index: int, marker: Marker, stop: int) -> Candidate:
    """The candidate at ``marker`` in ``text``, which goes no further than ``stop``."""
    behind = text[marker.end : stop]
    for name, shape, expression in styles.shapes():
        match = expression.match(behind)
        if match and len(match[0].strip()) <= shape.limit:
            end = marker.end + len(match[0].rstrip())
            return Candidate(index, marker.start, end, marker, shape.reading, name)
    if not behind.strip():
        return Candidate(index, marker.start, marker.start + len(marker.text), marker, "item", "bare")
    return Candidate(index, marker.start, stop, marker, "item", "sentence")


def headings(candidates: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """The candidates that are headings, judged a run of siblings at a time."""
    continued = {item.paragraph for item in candidates if item.marker and item.marker.ordinal > 1}
    kept: list[Candidate] = []
    for run in runs(candidates):
        before = {item: _ordinal(previous) for previous, item in pairwise(run)}
        kept += (item._replace(before=before.get(item, 0)) for item in _kept(run, paragraphs, continued))
    return sorted(kept, key=position)


def position(candidate: Candidate) -> tuple[int, int]:
    """Where a candidate stands in its document, for sorting."""
    return candidate.paragraph, candidate.start


def _ordinal(candidate: Candidate) -> int:
    return candidate.marker.ordinal if candidate.marker else 0


def runs(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates of one family that count up, as they nest: an outer marker ends the runs inside it."""
    opened: dict[str, list[Candidate]] = {}
    for item in candidates:
        if item.marker is None:
            continue
        family = item.marker.family
        run = opened.get(family)
        while opened and family in opened and next(reversed(opened)) != family:
            yield opened.popitem()[1]
        if run and run[-1].marker and run[-1].marker.ordinal < item.marker.ordinal:
            run.append(item)
            continue
        if run:
            yield opened.pop(family)
        opened[family] = [item]
    yield from opened.values()


def _kept(run: list[Candidate], paragraphs: Sequence[Paragraph], continued: set[int]) -> list[Candidate]:
    possible = [item for item in run if item.reading != "item"]
    if _is_named(run[0]):
        return possible
    if _is_list(run, continued):
        return []
    if _are_short(run, paragraphs):
        return possible
    certain = [item for item in possible if item.reading == "heading"]
    return [item for item in certain if item.shape == "label" or len(certain) * 2 > len(run)]


def _is_named(item: Candidate) -> bool:
    """Whether the marker itself says that it heads a section: 第一章, 附件1."""
    family = styles.families()[item.marker.family] if item.marker else None
    return family is not None and (family.attachment or family.rank is not None)


def _is_list(run: list[Candidate], continued: set[int]) -> bool:
    """Whether nothing stands between the items: a list of names, not of sections."""
    if any(item.shape not in WHOLE for item in run):
        return False
    if len(run) == 1:
        return run[0].shape == "alone_sentence" and run[0].paragraph + 1 in continued
    return all(after.paragraph == item.paragraph + 1 for item, after in pairwise(run))


def _are_short(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the items of a run begin with titles rather than with the sentences of a list."""
    long = sum(item.reading == "item" for item in run)
    duties = sum(_is_duty(item, paragraphs) for item in run)
    middle = median(item.end - item.start for item in run)
    return long < LONG_SHARE * len(run) and duties < DUTY_SHARE * len(run) and middle <= SHORT


def _is_duty(item: Candidate, paragraphs: Sequence[Paragraph]) -> bool:
    assert item.marker is not None
    duty = styles.spellings("headings/shapes", "duty")
    return item.shape != "alone" and duty.match(paragraphs[item.paragraph].text, item.marker.end) is not None
