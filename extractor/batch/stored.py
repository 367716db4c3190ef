"""The results of a batch, read from its folder: OUT/index.jsonl lists them, OUT/results/ab/KEY.json.zst holds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.batch.store import INDEX, place
from extractor.batch.whole import Entry, read_lines, unpack
from extractor.model import InputError, Result
from extractor.reports.printable import printable
from extractor.saved import decode_result, read_bytes


def is_store(folder: Path) -> bool:
    """Whether a batch was written to the folder."""
    return (folder / INDEX).is_file()


def read_entries(folder: Path) -> tuple[list[Entry], int]:
    """The last line of each path, in the order of the index, and how many lines are damaged."""
    latest: dict[str, Entry] = {}
    damaged = 0
    for _, entry in read_lines(folder / INDEX):
        if entry:
            latest[entry.path] = entry
        damaged += entry is None
    return list(latest.values()), damaged


def group_documents(listed: list[Entry]) -> Iterator[tuple[str, list[str]]]:
    """The key of each result with the paths of the files whose content it is of."""
    paths: dict[str, list[str]] = {}
    for entry in listed:
        if entry.status == "done" and entry.key:
            paths.setdefault(entry.key, []).append(entry.path)
    yield from paths.items()


def load_result(folder: Path, key: str) -> Result:
    """The result of a key. Raises ``InputError``."""
    packed = read_bytes(place(folder, key))
    try:
        data = unpack(packed)
    except ValueError as error:
        raise InputError("annotation.result", name=key, reason=printable(str(error))) from error
    return decode_result(data, key)
