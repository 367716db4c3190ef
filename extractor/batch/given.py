"""What one gives with the documents: names of one's own for bodies, and lists of files with what is known of them.

Both are kept in the folder of the batch, so that its database can be made anew without them: OUT/aliases.json and
OUT/files.json. What a document says of itself counts more than what a list says of it.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from extractor.batch import contents, remote
from extractor.batch.items import shown
from extractor.facts import read_day
from extractor.model import InputError
from extractor.reports.files.targets import replacing

T = TypeVar("T")

ALIASES, FILES, BESIDE = "aliases.json", "files.json", "metadata.csv"
ALIAS_COLUMNS = ("alias", "name")
COLUMNS = ("path", "url", "title", "publisher", "date")
ENCODINGS = ("utf-8-sig", "gb18030")


class File(Struct, frozen=True):
    """A file as a list has it: where it is, and what is known of it; ``date`` is an ISO day."""

    path: str
    url: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""


def read_aliases(file: Path) -> dict[str, str]:
    """The names in a list of aliases, each with the name that is meant. Raises ``InputError``."""
    rows = _read_rows(file, ALIAS_COLUMNS, ALIAS_COLUMNS)
    return {row["alias"]: row["name"] for row in rows if row["alias"] and row["name"]}


def read_files(file: Path) -> list[File]:
    """The files of a list, their paths from its folder; of one without a path, its address. Raises ``InputError``."""
    rows = _read_rows(file, COLUMNS, ())
    folder = file.absolute().parent
    return [_make_file(file, folder, row) for row in rows if row["path"] or row["url"]]


def is_list(file: Path) -> bool:
    """Whether a file is a list of files, by its first line."""
    with suppress(InputError), _failures(file):
        return file.is_file() and bool(_open_list(file, COLUMNS, ()))
    return False


def find_beside(paths: Iterable[str]) -> list[Path]:
    """The lists that stand in the folders at these paths, or beside them."""
    folders = [Path(path).absolute() for path in paths if path != "-" and not remote.is_url(path)]
    # Unlike that of Path this raises nothing where a name is too long.
    present = [folder for folder in folders if os.path.isdir(folder)]  # noqa: PTH112
    named = (place / BESIDE for folder in present for place in (folder.parent, folder))
    return [file for file in dict.fromkeys(named) if is_list(file)]


def keep_aliases(out: Path, aliases: Mapping[str, str]) -> None:
    """Keeps names of one's own in the folder of a batch, in place of those that are there."""
    _keep(out / ALIASES, dict(sorted(aliases.items())))


def keep_files(out: Path, files: Iterable[File]) -> None:
    """Keeps what is known of files in the folder of a batch, beside what is known of others."""
    known = {file.path: file for file in (*load_files(out), *files)}
    _keep(out / FILES, [file for _, file in sorted(known.items())])


def load_aliases(out: Path) -> dict[str, str]:
    """The names of one's own that a batch keeps."""
    return _load(out / ALIASES, dict[str, str]) or {}


def load_files(out: Path) -> list[File]:
    """What a batch keeps of its files."""
    return _load(out / FILES, list[File]) or []


def _keep(target: Path, what: object) -> None:
    data = msgspec.json.encode(what)
    if not target.is_file() or target.read_bytes() != data:
        with replacing(target) as file:
            file.write(data)


def _load(file: Path, kind: type[T]) -> T | None:
    """What was kept; None where nothing was, or what is there is damaged and has to be given again."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(file.read_bytes(), type=kind)
    return None


def _make_file(source: Path, folder: Path, row: Mapping[str, str]) -> File:
    path = row["path"] or row["url"]
    day = read_day(row["date"]) if row["date"] else ""
    if day is None:
        raise InputError("batch.list-date", path=shown(str(source)), file=path, date=row["date"])
    place = path if remote.is_url(path) else shown(str(folder / path))
    return File(place, row["url"], row["title"], row["publisher"], day)


def _read_rows(file: Path, columns: Sequence[str], needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a list by the names of its columns; those that it has not are empty."""
    with _failures(file):
        reader, names = _open_list(file, columns, needed)
        return [{column: (row.get(names.get(column, "")) or "").strip() for column in columns} for row in reader]


@contextmanager
def _failures(file: Path) -> Iterator[None]:
    """What keeps a list from being read, in one sentence."""
    try:
        yield
    except (OSError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("batch.unreadable-list", path=shown(str(file)), reason=reason) from error


def _open_list(
    file: Path, columns: Sequence[str], needed: Sequence[str]
) -> tuple[csv.DictReader[str], Mapping[str, str]]:
    """The rows of a list, and what it calls its columns. Raises ``InputError`` where its first line names none."""
    data = contents.read_file(str(file))
    reader = csv.DictReader(io.StringIO(_decode(file, data), newline=""))
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    if not set(needed) <= names.keys() or not names.keys() & {*columns[:2]}:
        raise InputError("batch.list-columns", path=shown(str(file)), columns=", ".join(columns))
    return reader, names


def _decode(file: Path, data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise InputError("batch.list-columns", path=shown(str(file)), columns=", ".join(COLUMNS))
