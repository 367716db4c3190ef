"""Results and decisions that were saved as JSON, by this program or by anybody: read within bounds, and validated.

This is the only place where such files are decoded; what it lets through can be shown, compared and computed with.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TypeVar

import msgspec

from extractor.model import InputError, Result
from extractor.saved.validate import verify

T = TypeVar("T")
LARGEST = 2**29
"""The bytes that a file of JSON may have: ten times what the longest of a thousand published reports gives."""
MALFORMED = (ValueError, RecursionError)
"""What is raised for JSON that is none, is of other types, is no Unicode, contradicts itself, or is nested too deep."""
REASONS = {
    FileNotFoundError: "input.missing",
    PermissionError: "input.permission",
    IsADirectoryError: "input.directory",
}  # fmt: skip


def load_result(path: Path) -> Result:
    """The result that was saved in ``path``. Raises ``InputError``."""
    return decode_result(read_bytes(path), path.name)


def decode_result(data: bytes, name: str) -> Result:
    """The result in ``data``, which is called ``name``; nothing in it contradicts itself. Raises ``InputError``."""
    found = decode(data, Result, "annotation.result", name)
    try:
        verify(found)
    except MALFORMED as error:
        raise InputError("annotation.result", name=name, reason=str(error)) from error
    return found


def decode(data: bytes, wanted: type[T], message: str, name: str) -> T:
    """JSON of a type. Raises ``InputError`` with the ``message`` that names ``name`` and says why it is none."""
    try:
        return msgspec.json.decode(data, type=wanted)
    except MALFORMED as error:
        raise InputError(message, name=name, reason=str(error)) from error


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """What is in a file that was saved: a regular one, of ``largest`` bytes at most. Raises ``InputError``."""
    name = path.name or str(path)
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            kind = os.fstat(file.fileno())
            if not stat.S_ISREG(kind.st_mode):
                raise InputError("input.directory" if stat.S_ISDIR(kind.st_mode) else "saved.no-file", name=name)
            data = file.read(largest + 1)
    except OSError as error:
        message = REASONS.get(type(error), "input.unreadable")
        raise InputError(message, name=name, reason=error.strerror or str(error)) from error
    if len(data) > largest:
        raise InputError("saved.too-large", name=name, size=largest // 2**20)
    return data


def _open_at_once(path: str, flags: int) -> int:
    """Opens without waiting for who writes to a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
