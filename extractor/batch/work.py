"""The work on one document, as a worker does it: bytes in, the compressed result out, and never an exception."""

from __future__ import annotations

import hashlib
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from extractor import __version__, patterns
from extractor.apart.limits import Limits
from extractor.batch import contents, remote
from extractor.batch.items import shown
from extractor.layers import find_own, list_own
from extractor.messages import Lang, render
from extractor.model import InputError, Notice, Result

ENDING = ".json.zst"
"""What the name of a stored result ends in: one line of JSON, compressed by Zstandard."""
LEVEL = 3


class Options(Struct, frozen=True):
    """How documents are read.

    ``timeout`` in seconds and ``memory_mb`` bound the work on one (0: no bound); they have no part in what a result
    says, unlike the others. ``recognises`` says that pages without a text layer are recognised.
    """

    timeout: float = 120.0
    memory_mb: int = 2048
    lang: Lang = "zh"
    version: str = __version__
    patterns_hash: str = ""
    recognises: bool = False

    @property
    def limits(self) -> Limits:
        """What the work on one document may take."""
        return Limits(self.timeout, self.memory_mb)


class Outcome(Struct, frozen=True):
    """How the work on the file at ``path`` ended; ``removed`` where there is no such file any more.

    ``key`` names the result and ``sha256`` the content; both are empty where the content could not be read. ``reason``
    is one word for what failed (``encrypted``, ``timeout``…), ``message`` a sentence. ``result`` is one line of JSON,
    compressed.
    """

    path: str
    key: str
    status: Literal["done", "failed", "removed"]
    reason: str | None = None
    message: str | None = None
    result: bytes | None = None
    pages: int = 0
    claims: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    sha256: str = ""


def options(timeout: float = 120.0, memory_mb: int = 2048, lang: Lang = "zh") -> Options:
    """Options for this version of the tool and of its patterns."""
    from extractor.documents import ocr

    return Options(timeout, memory_mb, lang, __version__, patterns_hash(), ocr.is_ready())


@cache
def patterns_hash() -> str:
    """One hash of all pattern files, the package's and those of one's own, their names and their bytes."""
    found, own = hashlib.sha256(), find_own()
    for file in (*sorted(patterns.root().rglob("*.toml")), *(list_own(own) if own else ())):
        content = hashlib.sha256(file.read_bytes()).digest()
        found.update(patterns.name(file).encode() + b"\0" + content)
    return found.hexdigest()


def key(sha256: str, options: Options) -> str:
    """The name of the result of a content: another for another version, other patterns, another language, or OCR."""
    parts = [sha256, options.version, options.patterns_hash, options.lang, *(["ocr"] if options.recognises else [])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def content(path: str) -> bytes:
    """The bytes of a file, or of a URL. Raises ``OSError``, or ``InputError`` for a URL of no known protocol."""
    if remote.is_url(path):
        return remote.content(path)
    return contents.read_file(path)


def content_hash(path: str) -> str:
    """The SHA-256 of what ``content`` gives; a file is read in pieces. Raises the same."""
    return hashlib.sha256(remote.content(path)).hexdigest() if remote.is_url(path) else contents.hash_file(path)


def one(path: str, options: Options) -> Outcome:
    """Reads, hashes and extracts the document at ``path``; whatever goes wrong is told by the outcome."""
    started, known, sha256 = time.perf_counter(), "", ""
    _forget_peak()
    try:
        data = content(path)
        sha256 = hashlib.sha256(data).hexdigest()
        known = key(sha256, options)
        made = _result(data, path, known, options)
    except Exception as error:
        made = failure(path, known, error, options.lang)
    named = msgspec.structs.replace(made, sha256=sha256)
    return measured(named, time.perf_counter() - started, peak_mb())


def _result(data: bytes, path: str, known: str, options: Options) -> Outcome:
    from extractor.pipeline import extract

    found = extract(data, name=name(path), lang=options.lang)
    return Outcome(
        path, known, "done", result=_packed(found), pages=len(found.pages), claims=len(found.claims)
    )  # fmt: skip


def _packed(result: Result) -> bytes:
    from zstandard import ZstdCompressor

    from extractor.reports.files.formats.jsonl import encode

    return ZstdCompressor(level=LEVEL, write_checksum=True).compress(encode(result))


def name(path: str) -> str:
    """The file's name as a result can hold it."""
    return shown(remote.name(path) if remote.is_url(path) else Path(path).name) or "-"


def failure(path: str, known: str, error: Exception, lang: Lang) -> Outcome:
    """What an exception means: a reason in one word and a sentence in ``lang``."""
    reason, notice = _explained(path, error)
    return Outcome(path, known, "failed", reason, render(notice, lang))


def failed(path: str, known: str, reason: str, lang: Lang, /, **facts: str | int) -> Outcome:
    """The outcome where a worker could not tell its own: ``timeout``, ``memory``, ``pages`` or ``crash``."""
    notice = Notice(f"limits.{reason}", {"name": name(path), **facts})
    return Outcome(path, known, "failed", reason, render(notice, lang))


def _explained(path: str, error: Exception) -> tuple[str, Notice]:
    facts: dict[str, str | int] = {"name": name(path)}
    if isinstance(error, InputError):
        return error.notice.message.rpartition(".")[2], error.notice
    if isinstance(error, FileNotFoundError):
        return "missing", Notice("input.missing", facts)
    if isinstance(error, PermissionError):
        return "permission", Notice("input.permission", facts)
    if isinstance(error, OSError):
        return "unreadable", Notice("input.unreadable", facts | {"reason": error.strerror or str(error)})
    if isinstance(error, MemoryError):
        return "memory", Notice("limits.memory", facts)
    return "error", Notice("batch.failed.error", facts | {"reason": f"{type(error).__name__}: {error}"})


def _forget_peak() -> None:
    """Has the system measure the peak of memory anew, where it can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_bytes(b"5")


def peak_mb() -> float:
    """The most memory this process has held since it last forgot, in MB."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def measured(made: Outcome, seconds: float, peak: float) -> Outcome:
    """The outcome with the time and the memory that it took."""
    return msgspec.structs.replace(made, seconds=round(seconds, 3), peak_mb=round(peak, 1))
