"""What is in a file of a batch: a regular one, so large at most, opened without waiting for anybody."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from extractor.batch.items import shown
from extractor.model import InputError

LARGEST = 2**30
"""The bytes that a file may have: ten times the largest report that is known, and what a second is enough to hash."""
PIECE = 2**20


def hash_file(path: str) -> str:
    """The SHA-256 of a file, which is never held as a whole. Raises ``OSError``, or ``InputError``."""
    found = hashlib.sha256()
    for piece in _read_pieces(path):
        found.update(piece)
    return found.hexdigest()


def read_file(path: str) -> bytes:
    """The bytes of a file. Raises ``OSError``, or ``InputError``."""
    return b"".join(_read_pieces(path))


def _read_pieces(path: str) -> Iterator[bytes]:
    """The bytes of a file that is regular and stays within what is allowed, also while it grows."""
    _refuse(path, Path(path).stat())
    with open(path, "rb", buffering=0, opener=_open_at_once) as file:
        _refuse(path, os.fstat(file.fileno()))
        left = LARGEST + 1
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
    if not left:
        raise _explain_size(path)


def _open_at_once(path: str, flags: int) -> int:
    """Opens without waiting for a writer, where a pipe took the file's place since it was looked at."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse(path: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputError("batch.no-file", path=shown(path))
    if status.st_size > LARGEST:
        raise _explain_size(path)


def _explain_size(path: str) -> InputError:
    return InputError("batch.too-large", path=shown(path), size=LARGEST // 2**20)
