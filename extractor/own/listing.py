"""What patterns there are: every entry with its file, what it says, and whether it is the package's or one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from extractor import patterns
from extractor.layers import LISTED, find_own, list_entries

NAMED = ("words", "fragments", "derived")
# The fields that say most of an entry, the first of them that it has.
TELLING = ("words", "zh", "called", "full", "names", "expression", "mask", "text", "title", "formula", "take")


class Entry(Struct, frozen=True):
    """One entry: its full name, what it says, and the file of one's own that it is from, or None."""

    name: str
    says: str
    fields: str
    own: Path | None

    @property
    def place(self) -> str:
        """The file that it stands in, without its ending."""
        return self.name.partition(".")[0]


def list_all() -> Iterator[Entry]:
    """Every entry of every file, the package's and one's own, in the order of the files."""
    return chain.from_iterable(map(_list_file, patterns.files("")))


def search(words: str) -> Iterator[Entry]:
    """The entries whose name or fields have all of the words.

    >>> [entry.name for entry in search("units 吨标准煤")]
    ['units/measures.standard_coal']
    """
    return filter(partial(_has_words, words.lower().split()), list_all())


def _has_words(words: list[str], entry: Entry) -> bool:
    text = f"{entry.name} {entry.fields}".lower()
    return all(word in text for word in words)


def _list_file(file: Path) -> Iterator[Entry]:
    name, table = patterns.name(file), patterns.read(file)
    values = [*chain.from_iterable(table.get(kind, []) for kind in LISTED)]
    values += [{"words": value} for kind in NAMED for value in table.get(kind, {}).values()]
    for key, value in zip(list_entries(name, table), values, strict=True):
        yield Entry(key, _tell(value), str(value), _find_source(key, name))


def _tell(fields: Mapping[str, Any]) -> str:
    """What an entry says, in a line."""
    said = next((fields[field] for field in TELLING if field in fields), "")
    if isinstance(said, dict):
        return " ".join(map(str, said.values()))
    return "、".join(map(str, said)) if isinstance(said, list) else str(said)


def _find_source(key: str, name: str) -> Path | None:
    """The file of one's own that an entry is from."""
    own = find_own()
    return own / f"{name}.toml" if own and patterns.is_own(key) else None
