"""The files that a batch is to read: from files, folders, globs and lists, every one once, in one order."""

from __future__ import annotations

import fnmatch
import glob as globs
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from msgspec import Struct

from extractor.model import InputError

Complain = Callable[[InputError], None]
"""Takes what could not be looked at; the rest goes on."""


class Item(Struct, frozen=True):
    """A file to read: where it is, and what it looked like when it was found."""

    path: str
    size: int
    mtime: float


def find(
    paths: Sequence[str],
    glob: str = "*",
    recursive: bool = True,
    limit: int | None = None,
    *,
    stdin: BinaryIO | None = None,
    complain: Complain = lambda _: None,
) -> Iterator[Item]:
    """The files at ``paths``, ``limit`` of them at most: in the order of the paths, within a folder in that of names.

    A path is a file, a folder, a pattern such as ``reports/*.pdf``, or ``-`` for a list on ``stdin``, a path a line or
    separated by NUL. ``glob`` chooses among the files of folders. A file that is reached by several ways counts once;
    a folder that links lead back to is entered once. ``complain`` hears of what is not there or may not be read.
    """
    seen: set[tuple[int, int]] = set()
    found = (item for path in _listed(paths, stdin) for item in _at(path, glob, recursive, seen, complain))
    return islice(found, limit)


def _listed(paths: Sequence[str], stdin: BinaryIO | None) -> Iterator[str]:
    for path in paths:
        if path != "-":
            yield path
        elif stdin:
            lines = stdin.read()
            mark = b"\0" if b"\0" in lines else b"\n"
            yield from (
                os.fsdecode(line.rstrip(b"\r") if mark == b"\n" else line) for line in lines.split(mark) if line
            )


def _at(path: str, glob: str, recursive: bool, seen: set[tuple[int, int]], complain: Complain) -> Iterator[Item]:
    """The files at one path; a path that is there is never taken for a pattern."""
    matches = [path] if os.path.lexists(path) or not globs.has_magic(path) else sorted(globs.glob(path, recursive=True))
    if not matches:
        complain(InputError("batch.no-match", path=path))
    for match in matches:
        if os.path.isdir(match):
            yield from _inside(os.path.abspath(match), glob, recursive, seen, complain)
        else:
            yield from _one(os.path.abspath(match), seen, complain)


def _inside(folder: str, glob: str, recursive: bool, seen: set[tuple[int, int]], complain: Complain) -> Iterator[Item]:
    """The files of a folder that ``glob`` chooses, then those of its folders; without recursion over their depth."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        names, folders = _entries(here, seen, complain)
        for name in names:
            if fnmatch.fnmatch(name, glob):
                yield from _one(os.path.join(here, name), seen, complain)
        if recursive:
            waiting += [os.path.join(here, name) for name in reversed(folders)]


def _entries(folder: str, seen: set[tuple[int, int]], complain: Complain) -> tuple[list[str], list[str]]:
    """The names of a folder's files and of its folders; none where it was entered before or may not be."""
    try:
        if not _first(os.stat(folder), seen):
            return [], []
        with os.scandir(folder) as entries:
            found = sorted((os.fsencode(entry.name), entry.is_dir()) for entry in entries)
    except OSError as error:
        complain(_reason(folder, error, "batch.folder"))
        return [], []
    names = [(os.fsdecode(name), is_folder) for name, is_folder in found]
    return [name for name, is_folder in names if not is_folder], [name for name, is_folder in names if is_folder]


def _one(path: str, seen: set[tuple[int, int]], complain: Complain) -> Iterator[Item]:
    try:
        status = os.stat(path)
    except OSError as error:
        complain(_reason(path, error, "batch.file"))
        return
    if not stat.S_ISREG(status.st_mode):
        complain(InputError("batch.no-file", path=path))
    elif _first(status, seen):
        yield Item(path, status.st_size, status.st_mtime)


def _first(status: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    """Whether this file or folder is met for the first time; a second name of the same file is no second document."""
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _reason(path: str, error: OSError, message: str) -> InputError:
    return InputError(message, path=path, reason=error.strerror or str(error))
