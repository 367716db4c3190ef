"""What a store holds and nobody needs: documents whose files are gone, results that no document has any more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from extractor.batch import remote
from extractor.batch.store import RESULTS, Store
from extractor.batch.stored import read_entries
from extractor.batch.whole import Entry
from extractor.batch.work import ENDING


class Waste(Struct, frozen=True):
    """The paths of documents whose files are gone, and the files of results that no other document has."""

    paths: tuple[str, ...]
    results: tuple[Path, ...]

    @property
    def megabytes(self) -> int:
        """What the results take, rounded up."""
        return -(-sum(map(_measure, self.results)) // 2**20)


def find_waste(out: Path) -> Waste:
    """What of a store is of no use. Of an address nobody knows whether the file is gone: it stays."""
    latest, _ = read_entries(out)
    gone = {entry.path: _find_path(entry) for entry in latest if entry.status != "removed" and _is_gone(entry)}
    kept = {entry.key for entry in latest if entry.status == "done" and entry.path not in gone}
    return Waste(tuple(gone.values()), tuple(_find_unneeded(out, kept)))


def remove_waste(store: Store, waste: Waste) -> None:
    """Removes it: first from the list, then from the disk, so that nothing is listed that is not there."""
    for path in waste.paths:
        store.remove(path)
    for file in waste.results:
        with suppress(OSError):
            file.unlink()


def _find_path(entry: Entry) -> str:
    return os.fsdecode(bytes.fromhex(entry.raw)) if entry.raw else entry.path


def _is_gone(entry: Entry) -> bool:
    return not remote.is_url(entry.path) and not Path(_find_path(entry)).is_file()


def _find_unneeded(out: Path, kept: set[str]) -> Iterator[Path]:
    """The files of results whose keys are not kept, those that were not finished among them."""
    for folder in sorted((out / RESULTS).iterdir()):
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.name.removesuffix(ENDING) not in kept:
                yield file


def _measure(file: Path) -> int:
    with suppress(OSError):
        return file.stat().st_size
    return 0
