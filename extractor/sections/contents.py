"""The table of contents: where it stands, and what it lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from operator import eq
from typing import NamedTuple

from extractor.model import Paragraph
from extractor.sections import markers, styles
from extractor.sections.levels import Open, Stack
from extractor.sections.markers import Marker

# Longer lines without a leader are body text.
LONGEST = 60
# So many headings in a row that all return later are a table of contents without its title.
FEWEST = 4
# The body begins again with one of so many first entries.
FIRST = 3
# By so many characters at its end a body line finds its entry, whatever entity it names in front.
TAIL = 4
# The share of two titles that must agree at their end if they name the entity in different words.
ALIKE = 0.7


class Entry(NamedTuple):
    """A line of the table of contents: its title without marker, leader and page; ``parent`` is an index."""

    title: str
    marker: Marker | None
    parent: int | None


class Contents:
    """The entries of a document's table of contents, and the paragraphs that it takes up."""

    def __init__(self, paragraphs: Sequence[Paragraph], taken: range) -> None:
        self.taken = taken
        self.entries = list(_read_entries(paragraphs[index].text for index in taken))
        self._keys = [make_key(entry.title) for entry in self.entries]
        self._tails: dict[str, list[int]] = {}
        for index, key in enumerate(self._keys):
            self._tails.setdefault(key[-TAIL:], []).append(index)
        self._used: set[int] = set()
        self._last = -1

    def claim(self, title: str) -> int | None:
        """The entry that ``title`` stands for, which no other title has yet; its place in the list counts."""
        later = (index for index in self._find_entries(title) if index > self._last)
        found = next(later, None)
        if found is not None:
            self._used.add(found)
            self._last = found
        return found

    def has_entry(self, title: str) -> bool:
        """Whether an entry stands for ``title`` that no other title has yet."""
        return bool(self._find_entries(title))

    def find_ancestors(self, index: int) -> set[int]:
        """The entries under which entry ``index`` stands."""
        above: set[int] = set()
        parent = self.entries[index].parent
        while parent is not None:
            above.add(parent)
            parent = self.entries[parent].parent
        return above

    def _find_entries(self, title: str) -> list[int]:
        """The free entries that end as ``title`` does; those that say the same first."""
        wanted = make_key(title)
        exact: list[int] = []
        alike: list[int] = []
        for index in self._tails.get(wanted[-TAIL:], ()):
            if index in self._used:
                continue
            if self._keys[index] == wanted:
                exact.append(index)
            elif _ends_alike(self._keys[index], wanted):
                alike.append(index)
        return exact or alike


def _ends_alike(listed: str, wanted: str) -> bool:
    """Whether one title ends in the other, or they differ in how they name the entity in front."""
    short, long = sorted((listed, wanted), key=len)
    if len(short) < TAIL:
        return False
    same = map(eq, reversed(short), reversed(long))
    common: int = sum(takewhile(bool, same))
    return common == len(short) or common >= ALIKE * len(long)


def make_key(title: str) -> str:
    """A title as it is compared: no white space, no closing mark, no general word for the entity.

    >>> make_key("部门机构设置"), make_key("某市某局（部门） 机构设置。")
    ('机构设置', '某市某局机构设置')
    """
    entity = styles.load_expression("headings/contents", "entity")
    return str(entity.sub("", "".join(title.split()).rstrip("。：:")))


def find_contents(paragraphs: Sequence[Paragraph]) -> Contents:
    """The table of contents of a document; an empty one if it has none."""
    opening = styles.load_expression("headings/contents", "heading")
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) <= LONGEST and opening.fullmatch(paragraph.text):
            return Contents(paragraphs, range(index, _find_end(paragraphs, index + 1)))
    return Contents(paragraphs, _find_unannounced(paragraphs))


# ── where the entries stop ───────────────────────────────────────────────────────────────────────────────


def _find_end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where the entries stop: at body text, or where the first titles come back."""
    seen: list[str] = []
    leaders = 0
    for index in range(start, len(paragraphs)):
        paragraph = paragraphs[index]
        line = _drop_page(paragraph.text)
        if line == paragraph.text:
            has_leaders = leaders * 2 > index - start
            if _is_body(paragraph, has_leaders):
                return index
        else:
            leaders += 1
        if _returns(line, seen):
            return index
        seen.append(line)
    return len(paragraphs)


def _is_body(paragraph: Paragraph, has_leaders: bool) -> bool:
    """Whether a line without a leader is no entry; where most have one, an entry without must have a marker."""
    if _is_long(paragraph) or paragraph.text.endswith("。"):
        return True
    return has_leaders and markers.read_marker(paragraph.text) is None


def _is_long(paragraph: Paragraph) -> bool:
    """Whether a paragraph is longer than an entry, or part of a table."""
    return paragraph.kind != "body" or len(paragraph.text) > LONGEST


def _returns(line: str, seen: Sequence[str]) -> bool:
    """Whether a line repeats one of the first entries, or names the entity in front of one's title."""
    key, title = make_key(line), make_key(_read_title(line))
    return any(_is_repeated(key, title, entry) for entry in seen[:FIRST])


def _is_repeated(key: str, title: str, entry: str) -> bool:
    if key == make_key(entry):
        return True
    listed = make_key(_read_title(entry))
    return len(listed) >= TAIL and title.endswith(listed)


# ── without a title ──────────────────────────────────────────────────────────────────────────────────────


def _find_unannounced(paragraphs: Sequence[Paragraph]) -> range:
    """A run of short numbered lines whose titles all come back as lines of their own."""
    keys = list(map(_read_key, paragraphs))
    last = {key: index for index, key in enumerate(keys)}
    comes_back = [key is not None and last[key] > index for index, key in enumerate(keys)]
    start = 0
    for is_entry, run in groupby(comes_back):
        end = start + len(list(run))
        if is_entry and end - start >= FEWEST:
            return range(start, end)
        start = end
    return range(0)


def _read_key(paragraph: Paragraph) -> str | None:
    """The key of a line that may be an entry: short, and with a marker in front."""
    if _is_long(paragraph) or markers.read_marker(paragraph.text) is None:
        return None
    return make_key(paragraph.text) or None


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────


def _drop_page(line: str) -> str:
    """A line without its leader and the number of the page behind it."""
    leader = styles.load_expression("headings/contents", "leader").search(line)
    return line[: leader.start()] if leader else line


def _read_title(line: str) -> str:
    """The title of a line, without marker, leader and page."""
    line = _drop_page(line)
    marker = markers.read_marker(line)
    return line[marker.end :].strip() if marker else line.strip()


def _read_entries(lines: Iterator[str]) -> Iterator[Entry]:
    stack = Stack()
    for index, line in enumerate(lines):
        marker, title = markers.read_marker(line), _read_title(line)
        if marker is None:
            yield Entry(title, None, None)
            continue
        stack.make_place(marker)
        yield Entry(title, marker, stack.top.node if stack.top else None)
        stack.push(Open(index, title, marker.family, marker.ordinal))
