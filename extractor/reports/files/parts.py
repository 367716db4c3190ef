"""What is being written stands beside its target, under a name of its own, until it is whole.

Whoever writes holds a lock on it, which the system lets go of however the process ends: what nobody holds was left by
one that was killed, and is taken away by the next that writes in that folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PREFIX, ENDING = ".extract-", ".part"
_SWEPT: set[str] = set()


def name_part(target: Path) -> Path:
    """Where what is to become ``target`` is written; links are followed."""
    return Path(os.path.realpath(target)).with_name(f"{PREFIX}{os.getpid()}{ENDING}")


def is_part(name: str) -> bool:
    """Whether a file of this name is one that is being written, or was."""
    return name.startswith(PREFIX) and name.endswith(ENDING)


@contextmanager
def open_part(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``target`` when the block ends, and disappears if it fails. Raises ``OSError``."""
    beside = name_part(target)
    beside.parent.mkdir(parents=True, exist_ok=True)
    _sweep(beside.parent)
    try:
        with _create(beside) as file:
            yield file
        beside.replace(os.path.realpath(target))
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _create(part: Path) -> BinaryIO:
    """The file, new and held, whatever bore its name; once more where another process took it away before it was."""
    part.unlink(missing_ok=True)
    file = part.open("xb")
    _hold(file)
    if os.fstat(file.fileno()).st_nlink:
        return file
    file.close()
    return _create(part)


def _sweep(folder: Path) -> None:
    """Takes away what killed processes left in ``folder``, once for each folder."""
    if str(folder) in _SWEPT:
        return
    _SWEPT.add(str(folder))
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_part(entry.name) and entry.is_file(follow_symlinks=False):
                _remove_abandoned(Path(entry.path))


def _remove_abandoned(part: Path) -> None:
    """Takes a file away unless somebody holds it; where files cannot be locked, none that is open can be removed."""
    with suppress(OSError):
        if sys.platform == "win32":
            part.unlink()
            return
        with part.open("rb+") as file:
            _lock(file, wait=False)
            part.unlink()


def _hold(file: BinaryIO) -> None:
    """Says that the file is being written, where the system of files has locks."""
    if sys.platform != "win32":
        with suppress(OSError):
            _lock(file, wait=True)


def _lock(file: BinaryIO, wait: bool) -> None:
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
