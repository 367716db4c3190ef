"""Zip archives, read within bounds: a file that unpacks to more than it could hold costs one sentence."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from typing import IO

from extractor.model import InputError

# A report with all its attachments and pictures is smaller, by far.
MOST_MEMBERS = 5_000
MOST_BYTES = 512 * 2**20
# The text of one part: a sheet with a million filled cells takes less.
MOST_IN_MEMBER = 96 * 2**20
# How members of office files and of ordinary archives are packed; other ways cost more memory than they save.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNIX = 3
# A path from the top, one that names a drive, and one with a character that ends it for some programs.
OUTSIDE = re.compile(r"/|.:|[^\0]*\0")
# What the library raises over bytes that are no archive.
DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError, IndexError,
)  # fmt: skip
# The flag of a member that is encrypted, and of one whose name is in UTF-8.
ENCRYPTED, UNICODE = 0x1, 0x800


class Budget:
    """How many bytes may still be read for the file ``name``."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = MOST_BYTES

    def take(self, stream: IO[bytes]) -> bytes:
        """All that a stream holds; what it holds is counted as it is read. Raises ``InputError`` for too much."""
        most = min(MOST_IN_MEMBER, self._left)
        data = stream.read(most + 1)
        if len(data) > most:
            raise InputError("input.too_large", name=self._name, size=most // 2**20)
        self._left -= len(data)
        return data


class Archive:
    """A zip archive: its members by their paths, which are decoded and lead nowhere outside of it.

    Raises ``InputError``: what is damaged, encrypted, or holds too much; links, devices and paths that lead outside.
    """

    def __init__(self, data: bytes, name: str, budget: Budget | None = None) -> None:
        self._name = name
        self.budget = budget or Budget(name)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGES:
            raise InputError("input.damaged_file", name=name) from None
        members = self._file.infolist()
        if len(members) > MOST_MEMBERS:
            raise InputError("input.too_many_members", name=name, count=MOST_MEMBERS)
        plain = (member for member in members if not member.filename.endswith("/"))
        self._members = {self._check_path(member): member for member in plain}

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the members, as the archive lists them."""
        return tuple(self._members)

    def read(self, path: str) -> bytes:
        """The content of a member. What it holds is counted as it is unpacked, whatever the archive says of it."""
        member = self._members[path]
        if member.flag_bits & ENCRYPTED:
            raise InputError("input.encrypted_file", name=self._name)
        if member.compress_type not in PACKED:
            raise InputError("input.damaged_file", name=self._name)
        try:
            with self._file.open(member) as stream:
                return self.budget.take(stream)
        except DAMAGES:
            raise InputError("input.damaged_file", name=self._name) from None

    def _check_path(self, member: zipfile.ZipInfo) -> str:
        """The path of a member; refuses those that lead out of the archive, and what is no plain file."""
        path = read_path(member)
        kind = stat.S_IFMT(member.external_attr >> 16) if member.create_system == UNIX else 0
        if kind not in (0, stat.S_IFREG):
            raise InputError("input.no_plain_file", name=self._name, path=path)
        if leads_outside(path):
            raise InputError("input.leads_outside", name=self._name, path=path)
        return path


def leads_outside(path: str) -> bool:
    """Whether a member's path leads out of the folder that the archive is unpacked to.

    >>> [leads_outside(path) for path in ("word/a.xml", "../a.txt", "a/../../b.txt", "/etc/x", "C:/x")]
    [False, True, True, True, True]
    """
    if OUTSIDE.match(path):
        return True
    return posixpath.normpath(path).split("/")[0] == ".."


def read_path(member: zipfile.ZipInfo) -> str:
    """A member's path with slashes; names without the flag for UTF-8 are read as UTF-8 or as GB18030 all the same."""
    path = member.filename
    if not member.flag_bits & UNICODE:
        path = _decode_name(path)
    return path.replace("\\", "/")


def _decode_name(name: str) -> str:
    """A name that was read as the standard's old code page, in the encoding that its bytes are in."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
