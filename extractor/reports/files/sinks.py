"""What takes the results of one run: the standard output, one file, or a file for each document."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from extractor.model import Result
from extractor.reports.files.targets import OutputError, name_stems, replacing, spare_sources, standard_output, writing
from extractor.reports.formats import RESULTS
from extractor.reports.printable import printable

# What holds one document: several of them do not fit in one file.
ALONE = frozenset((RESULTS.default, *RESULTS.beside))
Write = Callable[[Path, Result], Path | None]
"""Takes a document's file and its result; gives back where it went, None for the standard output."""


@contextmanager
def open_sink(files: Sequence[Path], output: str, format_: str) -> Iterator[Write]:
    """The place that ``output`` names for the results of ``files``.

    ``-`` is the standard output; a folder that exists, or a name with a final slash, takes one file for each
    document; any other name is one file. Raises ``OutputError``.
    """
    with writing(Path(output)):
        folder = output != "-" and (output.endswith("/") or Path(output).is_dir())
    if folder:
        yield _make_folder_writer(files, Path(output), format_)
        return
    if format_ in ALONE and len(files) > 1:
        raise OutputError("cli.one-target", path=printable(output), count=len(files))
    if output == "-":
        _refuse_pair(files, format_)
        yield _make_stream_writer(format_)
        return
    with _open_file(files, Path(output), format_) as write:
        yield write


def _refuse_pair(files: Sequence[Path], format_: str) -> None:
    if format_ in RESULTS.beside:
        raise OutputError("oim.no-stdout", name=printable(files[0].name))


def _encode(result: Result, format_: str, target: Path | None = None) -> bytes:
    """The result in its format; where a second file stands beside ``target``, that is written first."""
    module = RESULTS.load(format_)
    if target is None or format_ not in RESULTS.beside:
        data: bytes = module.encode(result)
        return data
    beside = _name_beside(target, format_)
    with replacing(beside) as out:
        out.write(module.encode_beside(result))
    paired: bytes = module.encode(result, quote(os.fsencode(beside.name)))
    return paired


def _name_beside(target: Path, format_: str) -> Path:
    beside = target.with_suffix(f".{RESULTS.beside[format_]}")
    return beside if beside != target else target.with_name(f"{target.name}{beside.suffix}")


def _make_stream_writer(format_: str) -> Write:
    def write(_: Path, result: Result) -> None:
        with standard_output() as out:
            out.write(_encode(result, format_))

    return write


def _make_folder_writer(files: Sequence[Path], folder: Path, format_: str) -> Write:
    targets = {
        file: folder / f"{stem}.{RESULTS.end(format_)}" for file, stem in zip(files, name_stems(files), strict=True)
    }
    spare_sources(targets.values(), files)

    def write(file: Path, result: Result) -> Path:
        data = _encode(result, format_, targets[file])
        with replacing(targets[file]) as out:
            out.write(data)
        return targets[file]

    return write


@contextmanager
def _open_file(files: Sequence[Path], target: Path, format_: str) -> Iterator[Write]:
    """All results in one file, which is opened with the first of them: without any, there is no file."""
    spare_sources([target], files)
    opened: list[BinaryIO] = []
    with ExitStack() as stack:

        def write(_: Path, result: Result) -> Path:
            data = _encode(result, format_, target)
            if not opened:
                opened.append(stack.enter_context(replacing(target)))
            with writing(target):
                opened[0].write(data)
            return target

        yield write
