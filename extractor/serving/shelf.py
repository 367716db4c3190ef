"""The folder that is served: files under it and nothing else, each read once as long as its content stays."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from threading import Lock

from extractor.endings import DOCUMENTS
from extractor.model import InputError, Result

Load = Callable[[Path], Result]
# So many results are kept, those that were asked for last: a long report takes some megabytes.
KEPT = 32
# What is hashed at a time, and the most files that a list names.
PIECE, LISTED = 2**20, 1000


class Shelf:
    """Files by their names relative to ``root``; ``load`` reads one, within its limits. One question at a time."""

    def __init__(self, root: Path, load: Load) -> None:
        self._root, self._load = Path(os.path.realpath(root)), load
        self._kept: OrderedDict[str, Result] = OrderedDict()
        self._lock = Lock()

    def read(self, name: str) -> Result:
        """The result of a file. Raises ``InputError``: what is outside of the folder, and what cannot be read."""
        path = self.find(name)
        with self._lock:
            digest = _hash_file(path, name)
            if digest not in self._kept:
                self._kept[digest] = self._load(path)
            self._kept.move_to_end(digest)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[digest]

    def find(self, name: str) -> Path:
        """Where a file really is. Raises ``InputError`` for what is not under the folder, links that lead out too."""
        parts = PurePosixPath(name).parts
        is_plain = bool(parts) and "\0" not in name and not PurePosixPath(name).is_absolute()
        if not is_plain or ".." in parts or any(part.startswith(".") for part in parts):
            raise InputError("serving.outside", name=name)
        path = Path(os.path.realpath(self._root / name))
        if not path.is_relative_to(self._root):
            raise InputError("serving.outside", name=name)
        if not path.is_file():
            raise InputError("input.missing", name=name)
        return path

    def list_names(self) -> Iterator[str]:
        """The documents under the folder, in order; links are left out."""
        count = 0
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for file in sorted(files):
                path = Path(folder, file)
                if path.suffix.lower() in DOCUMENTS and not file.startswith(".") and not path.is_symlink():
                    count += 1
                    if count > LISTED:
                        return
                    yield path.relative_to(self._root).as_posix()

    def find_content(self, sha256: str) -> Result | None:
        """The result of a file with this content: one that was read already, or any under the folder."""
        with self._lock:
            if sha256 in self._kept:
                return self._kept[sha256]
        for name in self.list_names():
            # A file that cannot be read, or is gone by now, says nothing about the others.
            with suppress(InputError):
                if _hash_file(self.find(name), name) == sha256:
                    return self.read(name)
        return None


def _hash_file(path: Path, name: str) -> str:
    """The SHA-256 of a regular file. Raises ``InputError``."""
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError("saved.no-file", name=name)
            digest = hashlib.sha256()
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError as error:
        raise InputError("input.unreadable", name=name, reason=error.strerror or str(error)) from error
    return digest.hexdigest()
