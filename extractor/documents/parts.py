"""Archives and folders of attachments become one report with parts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from extractor.documents import sniff
from extractor.documents.archives import Archive, Budget
from extractor.documents.bundle import Part, join_documents, order_path
from extractor.documents.model import Document
from extractor.documents.naming import decode_name
from extractor.model import InputError, Notice

# A report with more attachments than this is a collection of reports.
MOST_PARTS = 100
# Archives within archives.
DEEPEST = 3
# What programs and systems leave beside files.
LEFT_BEHIND = ("__MACOSX", "~$", ".", "Thumbs.db", "desktop.ini")
ARCHIVE = "ZIP"

Read = Callable[[bytes, str], Document]
"""Takes the content of a file and its name."""
Files = Sequence[tuple[str, bytes]]


def read_archive(data: bytes, name: str, read: Read) -> Document:
    """The document of an archive's files in the order of their names; what cannot be read is told as a warning.

    Raises ``InputError``: an archive that is damaged, encrypted, too large or too deep, that holds links or leads
    outside, and one without any document.
    """
    files = sorted(_unpack(Archive(data, name), name, 1), key=lambda file: order_path(file[0]))
    return _join(Document(name, hashlib.sha256(data).hexdigest(), "zip", "", ()), files, read)


def read_folder(folder: Path, name: str, read: Read) -> Document:
    """The document of a folder's files, as ``read_archive`` reads an archive's; links and devices are refused."""
    paths = sorted(_list_files(folder, name), key=order_path)
    if len(paths) > MOST_PARTS:
        raise InputError("input.too_many_parts", name=name, count=MOST_PARTS)
    budget = Budget(name)
    files = [(path, _load(folder / path, budget, name)) for path in paths]
    seal = hashlib.sha256()
    for path, data in files:
        seal.update(path.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(data).digest())
    named = [(decode_name(path), data) for path, data in files]
    return _join(Document(name, seal.hexdigest(), "folder", "", ()), named, read)


def _join(whole: Document, files: Files, read: Read) -> Document:
    """The documents in files as parts of one."""
    if len(files) > MOST_PARTS:
        raise InputError("input.too_many_parts", name=whole.name, count=MOST_PARTS)
    parts, warnings = read_parts(files, read)
    if not parts:
        raise InputError("input.no_parts", name=whole.name)
    joined = join_documents(whole, parts)
    return msgspec.structs.replace(joined, warnings=(*joined.warnings, *warnings))


def read_parts(files: Files, read: Read) -> tuple[list[Part], list[Notice]]:
    """The documents in files, and what is told of those that cannot be read."""
    parts: list[Part] = []
    warnings: list[Notice] = []
    for path, data in files:
        file = PurePosixPath(path)
        try:
            parts.append(Part(name_part(file.name), read(data, file.name)))
        except InputError as error:
            warnings.append(error.notice)
    return parts, warnings


def name_part(file: str) -> str:
    """The heading of a part: the name of its file without the ending.

    >>> name_part("附件1 支出表.v2.xlsx")
    '附件1 支出表.v2'
    """
    return " ".join(PurePosixPath(file).stem.split())


def _unpack(archive: Archive, name: str, depth: int) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, and of the archives within it, by their paths."""
    for path in archive.paths:
        if _is_left_behind(path):
            continue
        yield from open_file(path, archive.read(path), name, archive.budget, depth)


def open_file(path: str, data: bytes, name: str, budget: Budget, depth: int = 1) -> Iterator[tuple[str, bytes]]:
    """A file by its path; if it is an archive, the files within by theirs. It is itself in so many archives.

    Raises ``InputError`` as ``read_archive`` does.
    """
    known = sniff.find_signature(data)
    if known is None or known.type != ARCHIVE:
        yield path, data
    elif depth == DEEPEST:
        raise InputError("input.too_deep", name=name, count=DEEPEST)
    else:
        inner = _unpack(Archive(data, name, budget), name, depth + 1)
        yield from ((f"{path}/{one}", content) for one, content in inner)


def _is_left_behind(path: str) -> bool:
    """Whether a file is none of the author's."""
    return any(piece.startswith(LEFT_BEHIND) for piece in path.split("/"))


def _list_files(folder: Path, name: str) -> Iterator[str]:
    """The paths of the files in a folder and in those within it; refuses links and devices."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        for entry in _scan(here, name):
            path = Path(entry.path).relative_to(folder).as_posix()
            if _is_left_behind(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield path
            else:
                raise InputError("input.no_plain_file", name=name, path=path)


def _scan(folder: Path, name: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        raise InputError("input.unreadable", name=name, reason=error.strerror or str(error)) from None


def _load(path: Path, budget: Budget, name: str) -> bytes:
    """The content of a file of a folder, which must still be a plain one when it is opened."""
    try:
        with open(path, "rb", opener=_open_plainly) as file:
            return budget.take(file)
    except OSError as error:
        raise InputError("input.unreadable", name=name, reason=error.strerror or str(error)) from None


def _open_plainly(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
