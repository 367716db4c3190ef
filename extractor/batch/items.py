"""The files that a batch is to read: from files, folders, globs and lists, every one once, in one order."""

from __future__ import annotations

import errno
import fnmatch
import glob as globs
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from extractor import endings
from extractor.batch import remote, wildcards
from extractor.model import InputError

DOCUMENTS = tuple(f"*{ending}" for ending in (*endings.DOCUMENTS, *endings.OTHERS))
"""What is taken from a folder where nothing else is asked for."""
REASONS = {errno.ENOENT: "batch.missing", errno.EACCES: "batch.permission", errno.ELOOP: "batch.loop"}

TICK = 0.5
"""Seconds within which a system may give two changes of a file the same time, with a margin: its clock has ticks."""

Complain = Callable[[str, InputError], None]
"""Takes a path that could not be looked at, and why; the rest goes on."""
PassOver = Callable[[str, str], None]
"""Takes a path in a folder that is not meant, and why: its ``ending``, or that it is the ``store`` of a batch."""
STORE = frozenset(("index.jsonl", "results"))
"""What is in the folder of a batch."""


class Item(Struct, frozen=True):
    """A file to read: where it is, how large, and what it looked like when it was found.

    ``seen`` is empty where that cannot tell this content from another: of addresses, and of what was written just now.
    """

    path: str
    size: int
    seen: str = ""


def find(
    paths: Sequence[str],
    glob: str | Sequence[str] = DOCUMENTS,
    recursive: bool = True,
    limit: int | None = None,
    *,
    stdin: BinaryIO | None = None,
    avoid: Iterable[str] = (),
    complain: Complain = lambda _path, _error: None,
    pass_over: PassOver = lambda _path, _reason: None,
) -> Iterator[Item]:
    """The files at ``paths``, ``limit`` of them at most: in the order of the paths, within a folder in that of names.

    A path is a file, a folder, a pattern such as ``reports/*.pdf``, or ``-`` for a list on ``stdin``, a path a line or
    separated by NUL. ``glob`` chooses among the files of folders. A path that is named twice counts once; a folder is
    entered once, whatever links lead to it, and the folders and files to ``avoid`` never, nor a folder that a batch
    wrote to. ``complain`` hears of what is not there or may not be read, ``pass_over`` of what is not chosen.
    """
    walk = Walk([glob] if isinstance(glob, str) else glob, recursive, complain, pass_over)
    for place in avoid:
        walk.avoid(place)
    return islice((item for path in _listed(paths, stdin) for item in walk.at(path)), limit)


def _listed(paths: Sequence[str], stdin: BinaryIO | None) -> Iterator[str]:
    for path in paths:
        if path != "-":
            yield path
        elif stdin:
            lines = stdin.read().removeprefix(b"\xef\xbb\xbf")
            mark = b"\0" if b"\0" in lines else b"\n"
            yield from (
                os.fsdecode(line.rstrip(b"\r") if mark == b"\n" else line) for line in lines.split(mark) if line
            )


class Walk:
    """One walk over paths and folders; it knows where it has been."""

    def __init__(self, chosen: Sequence[str], recursive: bool, complain: Complain, pass_over: PassOver) -> None:
        self._chosen = [pattern.lower() for pattern in chosen]
        self._recursive, self._complain, self._pass_over = recursive, complain, pass_over
        self._files: set[str] = set()
        self._folders: set[tuple[int, int]] = set()

    def avoid(self, place: str) -> None:
        """Never enters a folder, such as the one that the results go to, and takes no file for a document."""
        if os.path.isdir(place):  # noqa: PTH112
            self._first(Path(place).stat())
        else:
            self._files.add(str(Path(place).absolute()))

    def at(self, path: str) -> Iterator[Item]:
        """The files at one path; a path that is there is never taken for a pattern."""
        if remote.is_url(path):
            yield from self._remote(path)
            return
        pattern = globs.has_magic(path) and not os.path.lexists(path)
        for match in self._matches(path) if pattern else [path]:
            absolute = Path(match).absolute()
            # Unlike that of Path this raises nothing where a folder may not be entered or a name is too long.
            is_folder = os.path.isdir(absolute)  # noqa: PTH112
            yield from self._inside(absolute) if is_folder else self._one(absolute)

    def _matches(self, pattern: str) -> list[str]:
        try:
            matches = wildcards.expand(pattern)
        except OSError as error:
            self._complain(pattern, _reason(pattern, error))
            return []
        except InputError as error:
            self._complain(pattern, error)
            return []
        if not matches:
            self._complain(pattern, InputError("batch.no-match", path=shown(pattern)))
        return matches

    def _inside(self, folder: Path) -> Iterator[Item]:
        """The files of a folder that are chosen, then those of its folders."""
        root = os.path.realpath(folder)
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            files, folders = self._entries(here)
            for name in files:
                if self._is_meant(here / name) and self._leads_within(here / name, root):
                    yield from self._one(here / name)
            if self._recursive:
                waiting += [here / name for name in reversed(folders) if self._leads_within(here / name, root)]

    def _is_meant(self, file: Path) -> bool:
        """Whether a file of a folder is chosen; one that is not is told, unless it is no document anyway."""
        meant = any(fnmatch.fnmatchcase(file.name.lower(), pattern) for pattern in self._chosen)
        if not meant and str(file) not in self._files:
            self._pass_over(str(file), "ending")
        return meant

    def _leads_within(self, path: Path, root: str) -> bool:
        """Whether what was found in a folder is no link, or one that stays in that folder; others are told."""
        # Unlike those of Path these two raise nothing where a folder may not be entered, which is told elsewhere.
        is_link = os.path.islink(path) and os.path.exists(path)  # noqa: PTH110, PTH114
        if not is_link or Path(os.path.realpath(path)).is_relative_to(root):
            return True
        self._complain(str(path), InputError("batch.link", path=shown(str(path))))
        return False

    def _entries(self, folder: Path) -> tuple[list[str], list[str]]:
        """The names of a folder's files and of its folders; none where it was entered before or may not be."""
        try:
            if not self._first(folder.stat()):
                return [], []
            with os.scandir(folder) as entries:
                found = sorted((os.fsencode(entry.name), _is_folder(entry)) for entry in entries)
        except OSError as error:
            self._complain(str(folder), _reason(folder, error))
            return [], []
        names = [(os.fsdecode(name), is_folder) for name, is_folder in found if not name.startswith(b".")]
        if {name for name, _ in names} >= STORE:
            self._pass_over(str(folder), "store")
            return [], []
        return [name for name, is_folder in names if not is_folder], [name for name, is_folder in names if is_folder]

    def _one(self, path: Path) -> Iterator[Item]:
        try:
            status = path.stat()
        except OSError as error:
            self._complain(str(path), _reason(path, error))
            return
        if not stat.S_ISREG(status.st_mode):
            self._complain(str(path), InputError("batch.no-file", path=shown(str(path))))
        elif str(path) not in self._files:
            self._files.add(str(path))
            yield Item(str(path), status.st_size, _look(status))

    def _remote(self, url: str) -> Iterator[Item]:
        """The files at a URL; of what cannot be reached, the reason is told."""
        found = False
        try:
            for there, size in remote.find(url, self._chosen, self._recursive):
                found = True
                if there not in self._files:
                    self._files.add(there)
                    yield Item(there, size)
        except OSError as error:
            self._complain(url, _reason(url, error))
        except InputError as error:
            self._complain(url, error)
        else:
            if not found:
                self._complain(url, InputError("batch.no-match", path=shown(url)))

    def _first(self, folder: os.stat_result) -> bool:
        """Whether this folder is met for the first time."""
        key = (folder.st_dev, folder.st_ino)
        known = key in self._folders
        self._folders.add(key)
        return not known


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder or leads to one; a link that cannot be followed is left to be met as a file."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _look(status: os.stat_result) -> str:
    """What tells a file that was changed from one that was not; empty while a change could still look the same."""
    changed = max(status.st_mtime, status.st_ctime)
    if time.time() - changed < TICK:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def shown(path: str) -> str:
    r"""A path as text that any encoding can hold: bytes that are no Unicode are shown as escapes.

    >>> shown("a/\udcff报告.pdf")
    'a/\\xff报告.pdf'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _reason(path: Path | str, error: OSError) -> InputError:
    message = REASONS.get(error.errno or 0, "batch.unreadable")
    return InputError(message, path=shown(str(path)), reason=error.strerror or str(error))
