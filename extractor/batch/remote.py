"""Files that are named by a URL, ``s3://bucket/2024/a.pdf``: listed and read through fsspec, on whichever machine asks.

Which protocols there are, and who one is to them, is fsspec's affair (its configuration, or the environment): nothing
of it travels with a batch, so the machines that read must be set up as the one that lists.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from extractor.model import InputError

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_MAGIC = re.compile(r"[*?[]")


def is_url(path: str) -> bool:
    """Whether a path is a URL; a drive's letter is no protocol.

    >>> is_url("s3://bucket/a.pdf"), is_url("reports/a.pdf"), is_url("c://a.pdf")
    (True, False, False)
    """
    return bool(_URL.match(path))


def name(url: str) -> str:
    """What the file is called: the last part of its path, as it is written.

    >>> name("s3://bucket/2024/a 50%.pdf"), name("https://example.org/%E9%A2%84%E7%AE%97.pdf?page=1")
    ('a 50%.pdf', '预算.pdf')
    """
    plain = unquote(urlsplit(url).path) if url.lower().startswith("http") else url
    return plain.rstrip("/").rpartition("/")[2]


def content(url: str) -> bytes:
    """The bytes of the file. Raises ``OSError``, or ``InputError`` where the protocol cannot be had."""
    files, path = _files(url)
    with _plainly(url):
        data: bytes = files.cat_file(path)
        return data


def find(url: str, chosen: Sequence[str], recursive: bool) -> Iterator[tuple[str, int]]:
    """The files at a URL and their sizes: itself, those of its folder that ``chosen`` takes, or those of its pattern.

    Raises what ``content`` raises.
    """
    files, path = _files(url)
    with _plainly(url):
        found = _listed(files, path, chosen, recursive)
    for there, facts in sorted(found.items()):
        yield files.unstrip_protocol(there), int(facts.get("size") or 0)


def _listed(files: Any, path: str, chosen: Sequence[str], recursive: bool) -> dict[str, dict[str, Any]]:
    if _MAGIC.search(path) and not files.exists(path):
        matches = files.glob(path, detail=True)
        return {there: facts for there, facts in matches.items() if facts.get("type") != "directory"}
    if not files.isdir(path):
        return {path: files.info(path)}
    inside = files.find(path, maxdepth=None if recursive else 1, detail=True)
    return {there: facts for there, facts in inside.items() if _taken(there[len(path) :], chosen)}


def _taken(below: str, chosen: Sequence[str]) -> bool:
    """Whether a file of a folder is meant: one that a pattern chooses and nothing hides."""
    *folders, last = below.strip("/").split("/")
    hidden = any(part.startswith(".") for part in (*folders, last))
    return not hidden and any(fnmatch.fnmatchcase(last.lower(), pattern) for pattern in chosen)


def _files(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError("batch.no-fsspec", path=url) from None
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError("batch.protocol", path=url, reason=_brief(error)) from error
    return files, path


@contextmanager
def _plainly(url: str) -> Iterator[None]:
    """Every protocol fails in its own way; here each is an ``OSError`` with the number a system would give it."""
    try:
        yield
    except OSError as error:
        kind = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES}.get(
            type(error), error.errno or errno.EIO
        )
        raise OSError(kind, os.strerror(kind) if kind != errno.EIO else _brief(error), url) from error
    except Exception as error:
        raise OSError(errno.EIO, _brief(error), url) from error


def _brief(error: Exception) -> str:
    said = str(error).strip() or type(error).__name__
    return said.splitlines()[0]
