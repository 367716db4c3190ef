"""The table of contents: where it stands, and what it lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from extractor.model import Paragraph
from extractor.sections import markers, styles
from extractor.sections.levels import Open, Stack
from extractor.sections.markers import Marker

# Longer lines without a leader are body text.
LONGEST = 60
# So many headings in a row that all return later are a table of contents without its title.
FEWEST = 4
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
        self.entries = list(_entries(paragraphs[index].text for index in taken))
        self._tails: dict[str, list[int]] = {}
        for index, entry in enumerate(self.entries):
            self._tails.setdefault(key(entry.title)[-TAIL:], []).append(index)
        self._used: set[int] = set()
        self._last = -1

    def claim(self, title: str) -> int | None:
        """The entry that ``title`` stands for, which no other title has yet; its place in the list counts."""
        found = next((index for index in self._fitting(title) if index > self._last), None)
        if found is not None:
            self._used.add(found)
            self._last = found
        return found

    def lists(self, title: str) -> bool:
        """Whether an entry stands for ``title`` that no other title has yet."""
        return bool(self._fitting(title))

    def ancestors(self, index: int | None) -> set[int]:
        """The entries under which entry ``index`` stands."""
        above: set[int] = set()
        while index is not None and (index := self.entries[index].parent) is not None:
            above.add(index)
        return above

    def _fitting(self, title: str) -> list[int]:
        """The free entries that end as ``title`` does; those that say the same first."""
        wanted = key(title)
        free = [index for index in self._tails.get(wanted[-TAIL:], ()) if index not in self._used]
        exact = [index for index in free if key(self.entries[index].title) == wanted]
        return exact or [index for index in free if _ends_alike(key(self.entries[index].title), wanted)]


def _ends_alike(listed: str, wanted: str) -> bool:
    """Whether one title ends in the other, or they differ in how they name the entity in front."""
    short, long = sorted((listed, wanted), key=len)
    if len(short) < TAIL:
        return False
    same = (one == other for one, other in zip(reversed(short), reversed(long), strict=False))
    common = sum(takewhile(bool, same))
    return common == len(short) or common >= ALIKE * len(long)


def key(title: str) -> str:
    """A title as it is compared: no white space, no closing mark, no general word for the entity.

    >>> key("部门机构设置"), key("某市某局（部门） 机构设置。")
    ('机构设置', '某市某局机构设置')
    """
    bare: str = styles.one("headings/contents", "entity").sub("", "".join(title.split()).rstrip("。：:"))
    return bare


def find(paragraphs: Sequence[Paragraph]) -> Contents:
    """The table of contents of a document; an empty one if it has none."""
    opening = styles.one("headings/contents", "heading")
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) <= LONGEST and opening.fullmatch(paragraph.text):
            return Contents(paragraphs, range(index, _end(paragraphs, index + 1)))
    return Contents(paragraphs, _unannounced(paragraphs))


def _end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where the entries stop: at body text, or where the first titles come back."""
    leader = styles.one("headings/contents", "leader")
    seen: list[str] = []
    led = 0
    for index in range(start, len(paragraphs)):
        paragraph = paragraphs[index]
        cut = leader.search(paragraph.text)
        led += bool(cut)
        line = paragraph.text[: cut.start()] if cut else paragraph.text
        if (not cut and _is_body(paragraph, led * 2 > index - start)) or _returns(line, seen):
            return index
        seen.append(line)
    return len(paragraphs)


def _is_body(paragraph: Paragraph, led: bool) -> bool:
    if paragraph.kind != "body" or len(paragraph.text) > LONGEST or paragraph.text.endswith("。"):
        return True
    return led and markers.at_start(paragraph.text) is None


def _returns(line: str, seen: list[str]) -> bool:
    """Whether a line repeats one of the first entries, or names the entity in front of one's title."""
    title = key(_title(line))
    first = [(key(entry), key(_title(entry))) for entry in seen[:3]]
    return any(key(line) == entry or (len(listed) >= TAIL and title.endswith(listed)) for entry, listed in first)


def _unannounced(paragraphs: Sequence[Paragraph]) -> range:
    """A run of short numbered lines whose titles all come back as lines of their own."""
    titles = [_listed(paragraph) for paragraph in paragraphs]
    last = {title: index for index, title in enumerate(titles) if title}
    start = 0
    for index in range(len(titles) + 1):
        again = index < len(titles) and titles[index] is not None and last[titles[index] or ""] > index
        if again:
            continue
        if index - start >= FEWEST:
            return range(start, index)
        start = index + 1
    return range(0)


def _listed(paragraph: Paragraph) -> str | None:
    if paragraph.kind != "body" or len(paragraph.text) > LONGEST or markers.at_start(paragraph.text) is None:
        return None
    return key(paragraph.text)


def _title(line: str) -> str:
    leader = styles.one("headings/contents", "leader").search(line)
    line = line[: leader.start()] if leader else line
    marker = markers.at_start(line)
    return line[marker.end :].strip() if marker else line.strip()


def _entries(lines: Iterator[str]) -> Iterator[Entry]:
    stack = Stack()
    for index, line in enumerate(lines):
        marker, title = markers.at_start(line), _title(line)
        if marker is None:
            yield Entry(title, None, None)
            continue
        stack.number(marker)
        yield Entry(title, marker, stack.top.node if stack.top else None)
        stack.push(Open(index, title, marker.family, marker.ordinal))
