"""Which paragraphs may be headings, and which of them are: by their shape and by that of their siblings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.model import Paragraph
from extractor.sections import markers, styles
from extractor.sections.markers import Marker
from extractor.sections.styles import Reading

# A run of items whose first sentences are longer than this at the median is a list of sentences.
SHORT = 38
# A title beside shorter ones is no longer.
LONGEST = 62
# The share of items in a run that state claims, run on, or name duties from which the run is a list.
LONG_SHARE = 0.34
DUTY_SHARE = 0.5
# Shapes that take up their whole paragraph.
WHOLE = ("alone", "alone_sentence", "sentence", "document", "told")
# The shape of titles that say what came of it (（四）投资突破60亿元。), which items of a list have too.
TOLD = "told"
# The shape of titles that end in a colon.
LABEL = "label"
# The shape of an item that heads no section and ends the one of its sibling: 11.教育：… behind which 12. is a sentence.
CLOSING = "closing"
# Shapes of titles whose numbers are claims.
STATING = (TOLD, "fault")
# So many of them, most over a body of so many characters, are titles.
FEWEST_TOLD, BODY = 2, 24


class Candidate(Struct, frozen=True):
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


def read_candidate(paragraph: Paragraph, index: int) -> Candidate | None:
    """The candidate that a paragraph with a marker in front makes, else None."""
    found = markers.read_marker(paragraph.text)
    if found is None:
        return None
    shaped = shape_candidate(paragraph.text, index, found, len(paragraph.text))
    return None if styles.load_families()[found.family].alone and shaped.shape != "alone" else shaped


def shape_candidate(text: str, index: int, marker: Marker, stop: int) -> Candidate:
    """The candidate at ``marker`` in ``text``, which goes no further than ``stop``."""
    behind = text[marker.end : stop]
    for name, shape, expression in styles.load_shapes():
        match = expression.match(behind)
        if match and len(match[0].strip()) <= shape.limit:
            end = marker.end + len(match[0].rstrip())
            return Candidate(index, marker.start, end, marker, shape.reading, name)
    if not behind.strip():
        return Candidate(index, marker.start, marker.start + len(marker.text), marker, "item", "bare")
    return Candidate(index, marker.start, stop, marker, "item", "sentence")


def choose_headings(candidates: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """The candidates that are headings, judged a run of siblings at a time."""
    continued = {item.paragraph for item in candidates if item.marker and item.marker.ordinal > 1}
    kept: list[Candidate] = []
    closing: list[Candidate] = []
    for run in (_judge(run, paragraphs) for run in split_runs(candidates)):
        before = {item: _read_ordinal(previous) for previous, item in pairwise(run)}
        chosen = _choose_items(run, paragraphs, continued)
        kept += [replace(item, before=before.get(item, 0)) for item in chosen]
        closing += _find_closing(run, chosen)
    kept += _find_repeated(candidates, kept, paragraphs)
    places = set(map(find_position, kept))
    return sorted([*kept, *(item for item in closing if find_position(item) not in places)], key=find_position)


def _find_closing(run: Sequence[Candidate], chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """The items right behind a heading of their run that are none themselves, and so end its section."""
    for heading, item in pairwise(run):
        if heading in chosen and item not in chosen:
            yield replace(item, shape=CLOSING, before=_read_ordinal(heading))


def _find_repeated(
    candidates: Sequence[Candidate], kept: Sequence[Candidate], paragraphs: Sequence[Paragraph]
) -> Iterator[Candidate]:
    """The lines over a body that print a heading once more, for another level or fund: the last ones of an excerpt."""
    printed = {_read_line(item, paragraphs) for item in kept if item.shape == "alone"}
    places = {find_position(item) for item in kept}
    for item in candidates:
        is_left = item.shape == "alone" and find_position(item) not in places
        if is_left and _read_line(item, paragraphs) in printed and _has_text(item, paragraphs):
            yield item


def _read_line(item: Candidate, paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    """The style of a heading's number and its words."""
    family = item.marker.family if item.marker else ""
    return family, paragraphs[item.paragraph].text[item.start : item.end]


def find_position(candidate: Candidate) -> tuple[int, int]:
    """Where a candidate stands in its document, for sorting."""
    return candidate.paragraph, candidate.start


def _read_ordinal(candidate: Candidate) -> int:
    return candidate.marker.ordinal if candidate.marker else 0


def split_runs(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates of one family that count up, as they nest: an outer marker ends the runs inside it."""
    opened: dict[str, list[Candidate]] = {}
    for item in candidates:
        if item.marker is None:
            continue
        family = item.marker.family
        run = opened.get(family, [])
        while run and next(reversed(opened)) != family:
            yield opened.popitem()[1]
        if run and _read_ordinal(run[-1]) < item.marker.ordinal:
            run.append(item)
            continue
        if run:
            yield opened.pop(family)
        opened[family] = [item]
    yield from opened.values()


# ── one run ──────────────────────────────────────────────────────────────────────────────────────────────


def _judge(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """A run with those of its items as titles that their siblings show to be some."""
    return _judge_long(_judge_told(_judge_labels(run, paragraphs), paragraphs), paragraphs)


def _judge_long(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """A run with its long lines as titles, where most are titles that take up a line, over bodies as the others."""
    titled = [item for item in run if item.shape in WHOLE[:2] and _has_text(item, paragraphs)]
    if _is_of_items(run[0]) or len(titled) * 2 <= len(run):
        return run
    return [_take_long(item, paragraphs) for item in run]


def _take_long(item: Candidate, paragraphs: Sequence[Paragraph]) -> Candidate:
    """An item of one long sentence over a body, as the title that it is among others; any other as it is."""
    line = paragraphs[item.paragraph].text[item.start : item.end].strip()
    is_one = styles.load_expression("headings/boundaries", "sentences").search(line[:-1]) is None
    is_title = item.shape == "sentence" and is_one and len(line) <= LONGEST and _has_text(item, paragraphs)
    return replace(item, reading="likely", shape="alone_sentence") if is_title else item


def _judge_told(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """A run with what states a number as titles, where most of its lines stand over bodies of their own."""
    whole = [_take_told(item, paragraphs[item.paragraph].text) for item in run]
    titled = [item for item in whole if item.shape in WHOLE and _has_text(item, paragraphs)]
    is_titled = len(run) >= FEWEST_TOLD and len(titled) * 2 > len(run)
    return whole if is_titled and not _is_of_items(run[0]) else run


def _take_told(item: Candidate, text: str) -> Candidate:
    """An item that states a number, as the title that its whole paragraph would be; any other as it is."""
    line = text[item.marker.end :].strip() if item.marker and item.shape == "amount" else ""
    if not line or not styles.load_expression("headings/boundaries", "told").fullmatch(line):
        return item
    return replace(item, reading="likely", shape=TOLD, end=len(text.rstrip()))


def _judge_labels(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """A run with the labels that name an amount (1.年产2万吨饲料项目：…), where most of its items have a label."""
    if sum(item.shape == LABEL for item in run) * 2 <= len(run):
        return run
    return [_take_label(item, paragraphs[item.paragraph].text) for item in run]


def _take_label(item: Candidate, text: str) -> Candidate:
    """An item that names an amount in front of its colon, as the label that it would be; any other as it is."""
    if item.marker is None or item.shape != "amount":
        return item
    found = styles.load_expression("headings/boundaries", "sized_label").match(text, item.marker.end)
    return replace(item, reading="heading", shape=LABEL, end=found.end()) if found else item


def _is_of_items(item: Candidate) -> bool:
    """Whether a printed line that begins with such a marker is an item rather than a paragraph of its own: 1."""
    return item.marker is None or styles.load_families()[item.marker.family].line != "opens"


def _has_text(item: Candidate, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether sentences without a marker stand below a line."""
    below = paragraphs[item.paragraph + 1 : item.paragraph + 2]
    return any(one.kind == "body" and len(one.text) >= BODY and not markers.read_marker(one.text) for one in below)


def _choose_items(run: list[Candidate], paragraphs: Sequence[Paragraph], continued: set[int]) -> list[Candidate]:
    """The items of a run that are headings; ``continued`` are the paragraphs whose numbers go on with another."""
    possible = [item for item in run if item.reading != "item"]
    if is_named(run[0]):
        return possible
    if _opens_sentences(run[0]) and not _counts_titles(run, paragraphs):
        return []
    if _is_list(run, continued) or _is_announced(run, paragraphs):
        return []
    if _has_titles(run, paragraphs):
        return possible
    return _choose_certain(run)


def _choose_certain(run: list[Candidate]) -> list[Candidate]:
    """The items that are headings by their own shape: most of a run, or those that a colon makes labels."""
    certain = [item for item in run if item.reading == "heading"]
    if len(certain) * 2 > len(run):
        return certain
    return [item for item in certain if item.shape == LABEL]


def is_named(item: Candidate) -> bool:
    """Whether the marker itself says that it heads a section: 第一章, 附件1."""
    if item.marker is None:
        return False
    family = styles.load_families()[item.marker.family]
    return family.attachment or family.rank is not None


def _opens_sentences(item: Candidate) -> bool:
    """Whether sentences begin with such a marker: 一是."""
    return item.marker is not None and styles.load_families()[item.marker.family].alone


def _counts_titles(run: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether several items count up from one without a gap, and are not one line that runs along numbered pages.

    One line over a body is enough where its mark says so.
    """
    if len(run) == 1 and run[0].marker and styles.load_families()[run[0].marker.family].single:
        return _has_text(run[0], paragraphs)
    printed = {_read_line(item, paragraphs)[1][len(item.marker.text) :] for item in run if item.marker}
    return len(printed) > 1 and [_read_ordinal(item) for item in run] == list(range(1, len(run) + 1))


def _may_be_note(item: Candidate) -> bool:
    """Whether the marker may be that of a note."""
    return item.marker is not None and styles.load_families()[item.marker.family].note


def _is_list(run: list[Candidate], continued: set[int]) -> bool:
    """Whether nothing stands between the items: a list of names, not of sections."""
    first = run[0]
    if len(run) == 1 and _may_be_note(first):
        return True
    if any(item.shape not in WHOLE for item in run):
        return False
    if len(run) == 1:
        return first.shape == "alone_sentence" and first.paragraph + 1 in continued
    return all(after.paragraph == item.paragraph + 1 for item, after in pairwise(run))


def _is_announced(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the only item of a list takes up its line behind a sentence that announces it."""
    first = run[0]
    if len(run) > 1 or first.shape != "alone" or first.marker is None or not first.paragraph:
        return False
    if styles.load_families()[first.marker.family].line != "item":
        return False
    announces = styles.load_expression("headings/boundaries", "announces")
    return announces.search(paragraphs[first.paragraph - 1].text) is not None


def _has_titles(run: list[Candidate], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the items of a run begin with titles rather than with the sentences of a list."""
    long = sum(item.reading == "item" for item in run)
    if long >= LONG_SHARE * len(run):
        return False
    duties = sum(_is_told_duty(item, paragraphs, is_last=item is run[-1] and len(run) > 1) for item in run)
    if duties >= DUTY_SHARE * len(run):
        return False
    return median(item.end - item.start for item in run) <= SHORT


def _is_told_duty(item: Candidate, paragraphs: Sequence[Paragraph], is_last: bool) -> bool:
    """Whether an item is a duty of a list: one that a body follows is a title, whatever verb it begins with.

    Behind the last one of several stands what follows the list. A body that states amounts is none of a duty.
    """
    text, behind = paragraphs[item.paragraph].text, paragraphs[item.paragraph + 1 : item.paragraph + 2]
    has_body = bool(behind) and not markers.read_marker(behind[0].text)
    is_title = has_body and not is_last and item.end == len(text.rstrip())
    return not is_title and is_duty(item, text) and not _states_amount(text, item.end)


def _states_amount(text: str, start: int) -> bool:
    """Whether what follows on a line states an amount."""
    return styles.load_expression("headings/boundaries", "amount").search(text, start) is not None


def is_duty(item: Candidate, text: str) -> bool:
    """Whether an item of a paragraph with this ``text`` begins with a verb of duty (负责…), which tells of no noun."""
    if item.marker is None or item.shape == "alone":
        return False
    if styles.load_expression("headings/boundaries", "noun_phrase").match(text, item.marker.end, item.end):
        return False
    return styles.load_words("headings/shapes", "duty").match(text, item.marker.end) is not None
