"""The results of a batch, read from its folder: OUT/index.jsonl lists them, OUT/results/ab/KEY.json.zst holds them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.model import InputError, Result
from extractor.reports.printable import printable

INDEX, RESULTS = "index.jsonl", "results"
# A key names a file: it is digits and nothing else, whoever wrote the index.
_KEY = re.compile(r"[0-9a-f]{8,128}")


class Entry(Struct, frozen=True):
    """A line of the index: a file, and the key of its result or why there is none."""

    path: str
    key: str
    status: str
    message: str | None = None


def is_store(folder: Path) -> bool:
    """Whether a batch was written to the folder."""
    return (folder / INDEX).is_file()


def read_entries(folder: Path) -> list[Entry]:
    """The last line of each path, in the order of the index; lines that are none are passed over."""
    latest: dict[str, Entry] = {}
    with (folder / INDEX).open("rb") as index:
        for line in index:
            with suppress(msgspec.DecodeError):
                entry = msgspec.json.decode(line, type=Entry)
                latest[entry.path] = entry
    return list(latest.values())


def group_documents(listed: list[Entry]) -> Iterator[tuple[str, list[str]]]:
    """The key of each result with the paths of the files whose content it is of."""
    paths: dict[str, list[str]] = {}
    for entry in listed:
        if entry.status == "done" and _KEY.fullmatch(entry.key):
            paths.setdefault(entry.key, []).append(entry.path)
    yield from paths.items()


def load_result(folder: Path, key: str) -> Result:
    """The result of a key. Raises ``InputError``."""
    place = folder / RESULTS / key[:2]
    try:
        packed = place / f"{key}.json.zst"
        data = _unpack(packed) if packed.is_file() else gzip.decompress((place / f"{key}.json.gz").read_bytes())
        return msgspec.json.decode(data, type=Result)
    except OSError as error:
        raise InputError("input.unreadable", name=key, reason=error.strerror or str(error)) from error
    except (ValueError, EOFError) as error:
        raise InputError("annotation.result", name=key, reason=printable(str(error))) from error


def _unpack(path: Path) -> bytes:
    from zstandard import ZstdDecompressor, ZstdError

    try:
        return ZstdDecompressor().decompress(path.read_bytes())
    except ZstdError as error:
        raise ValueError(str(error)) from error
