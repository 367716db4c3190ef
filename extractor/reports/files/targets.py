"""Where results are written: beside the target first, then renamed, so that nothing half-written is left."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from extractor import messages
from extractor.model import ExtractorError, Notice
from extractor.reports.files.parts import open_part
from extractor.reports.printable import printable


class OutputError(ExtractorError):
    """A target that cannot be used; ``notice`` says which, why and what to do, in the reader's language."""

    def __init__(self, message: str, **facts: str | int) -> None:
        super().__init__(message, facts)
        self.notice = Notice(message, facts)

    def __reduce__(self) -> tuple[partial[OutputError], tuple[()]]:
        """An error may come from another process."""
        return partial(type(self), self.notice.message, **self.notice.facts), ()


def name_stems(files: Sequence[Path]) -> list[str]:
    """A name for each file's result, without ending: its stem, and where two share that, more of the path.

    The names depend on the files alone and differ also where upper and lower case do not count.

    >>> name_stems([Path("决算.pdf"), Path("预算.pdf"), Path("预算.txt")])
    ['决算', '预算.pdf', '预算.txt']
    >>> name_stems([Path("/甲/x.pdf"), Path("/乙/x.pdf")])
    ['甲_x.pdf', '乙_x.pdf']
    """
    names: dict[int, str] = {}
    for depth in range(max(len(file.absolute().parts) for file in files)):
        left = {at: _name_stem(file, depth) for at, file in enumerate(files) if at not in names}
        taken = Counter(name.casefold() for name in (*names.values(), *left.values()))
        names |= {at: name for at, name in left.items() if taken[name.casefold()] == 1}
    return [names.get(at, f"{at + 1}_{file.name}") for at, file in enumerate(files)]


def _name_stem(file: Path, depth: int) -> str:
    """The file's stem at depth 0, its name at 1, and with one more folder for every further step."""
    return "_".join(file.absolute().parts[1:][-depth:]) if depth else file.stem


def spare_sources(targets: Iterable[Path], sources: Iterable[Path]) -> None:
    """Refuses to write over anything that is read, by whatever way it is named. Raises ``OutputError``."""
    read = {os.path.realpath(source) for source in sources}
    for target in targets:
        if os.path.realpath(target) in read:
            raise OutputError("cli.source", path=printable(str(target)))


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two names are those of one file, be it there or not."""
    return os.path.realpath(one) == os.path.realpath(other)


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``target`` when the block ends, and disappears if it fails.

    Links are followed; a device or a pipe is written to as it is. Raises ``OutputError``.
    """
    with writing(target), _opening(Path(os.path.realpath(target))) as file:
        yield file


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turns the system's errors into ``OutputError`` about ``target``; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise explain_unwritable(target, error) from error


@contextmanager
def _opening(target: Path) -> Iterator[BinaryIO]:
    if target.exists() and not (target.is_file() or target.is_dir()):
        with target.open("wb") as device:
            yield device
        return
    with open_part(target) as file:
        yield file


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """The standard output for bytes; flushed at the end of the block. Raises ``OutputError``."""
    try:
        with writing(Path("stdout")):
            yield sys.stdout.buffer
            sys.stdout.flush()
    except OutputError:
        discard_output()
        raise


def discard_output() -> None:
    """Sends what the standard output still holds to nowhere.

    The interpreter flushes it once more at its end, where nobody could catch the error.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def explain_unwritable(target: Path, error: OSError) -> OutputError:
    """Why ``target`` cannot be written, in the words there are for this reason, else in the system's."""
    reason = f"cli.unwritable-{errno.errorcode.get(error.errno or 0, '')}"
    known = f"messages/{reason}" in messages.sentences()
    facts = {"path": printable(str(target)), "reason": error.strerror or str(error)}
    return OutputError(reason if known else "cli.unwritable", **facts)
