"""The table of contents: where it stands, and what it lists."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, takewhile
from operator import eq

from msgspec import Struct

from extractor.documents.model import Paragraph
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
# A title that differs from its entry is one of so many next entries with its tail: more than any contents at hand has.
AHEAD = 200
# The share of two titles that must agree at their end if they name the entity in different words.
ALIKE = 0.7


class Entry(Struct, frozen=True):
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
        self._exact = _index(self._keys)
        self._tails = _index(key[-TAIL:] for key in self._keys)
        self._free = Counter(self._keys)
        self._last = -1

    def claim(self, title: str) -> int | None:
        """The entry that ``title`` stands for, which no other title has yet; its place in the list counts."""
        wanted = make_key(title)
        found = next(self._find_exact(wanted) if self._free[wanted] else self._find_alike(wanted), None)
        if found is not None:
            self._free[self._keys[found]] -= 1
            self._last = found
        return found

    def has_entry(self, title: str) -> bool:
        """Whether an entry stands for ``title``."""
        wanted = make_key(title)
        return wanted in self._exact or any(True for _ in self._find_alike(wanted))

    def find_ancestors(self, index: int) -> set[int]:
        """The entries under which entry ``index`` stands."""
        above: set[int] = set()
        parent = self.entries[index].parent
        while parent is not None:
            above.add(parent)
            parent = self.entries[parent].parent
        return above

    def _find_exact(self, wanted: str) -> Iterator[int]:
        """The entries behind the last one that was claimed that say just what is wanted."""
        return self._walk_behind(self._exact.get(wanted, ()))

    def _find_alike(self, wanted: str) -> Iterator[int]:
        """The entries behind the last one that was claimed that end as is wanted; only the next ``AHEAD`` are asked."""
        entries = islice(self._walk_behind(self._tails.get(wanted[-TAIL:], ())), AHEAD)
        return (index for index in entries if _ends_alike(self._keys[index], wanted))

    def _walk_behind(self, entries: Sequence[int]) -> Iterator[int]:
        """Those of some entries in their order that stand behind the last one that was claimed."""
        return (entries[at] for at in range(bisect_right(entries, self._last), len(entries)))


def _index(keys: Iterable[str]) -> dict[str, list[int]]:
    """Where each key stands."""
    found: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        found.setdefault(key, []).append(index)
    return found


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
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) <= LONGEST and _is_opening(paragraphs, index):
            end = _find_end(paragraphs, index + 1)
            return Contents(paragraphs, range(index, index + 1 if _is_descent(paragraphs[index + 1 : end]) else end))
    return Contents(paragraphs, _find_unannounced(paragraphs))


def _is_opening(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a line opens a table of contents: one that names more than that does where the first entry comes back."""
    text = paragraphs[index].text
    if styles.load_expression("headings/contents", "heading").fullmatch(text):
        return True
    if not styles.load_expression("headings/contents", "named").fullmatch(text):
        return False
    first, *later = [*map(_read_key, paragraphs[index + 1 :]), None]
    return first is not None and first in later


def _is_descent(lines: Sequence[Paragraph]) -> bool:
    """Whether lines are no entries but the first headings of a body whose contents were lost: each is inside the last.

    >>> lines = [Paragraph(text, ((0, 0),)) for text in ("第一部分 概况", "一、职能", "（一）主要职能", "二、机构")]
    >>> _is_descent(lines[:3]), _is_descent(lines)
    (True, False)
    """
    found = [marker for marker in (markers.read_marker(line.text) for line in lines) if marker]
    families = {marker.family for marker in found}
    return 1 < len(found) == len(lines) == len(families) and all(marker.ordinal == 1 for marker in found)


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
    return make_key(_drop_page(paragraph.text)) or None


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
