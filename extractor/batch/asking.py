"""A store's database, opened to be asked: what is asked reaches no other file, no network and no setting.

The question may be anybody's, and so may the database, whose views can hold questions of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from extractor.batch.database import SILENT, build, is_current, path
from extractor.batch.items import shown
from extractor.batch.store import INDEX, existing
from extractor.messages import Lang, render
from extractor.model import InputError
from extractor.reports.files.targets import OutputError
from extractor.reports.terminal.speech import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Error

R = TypeVar("R")
CLOSED = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "max_temp_directory_size": "20GB",
}
"""How the database is opened: nothing is loaded, no variable of this program is a table, sorting fills no disk."""
LOCKS = (SILENT, "SET enable_external_access = false", "SET lock_configuration = true")
"""What closes it for good: files and addresses first, then every setting."""
TORN = ("Corrupt database file", "Could not read enough bytes")
"""What the database says of a file of its own that was damaged, when it comes upon the damage."""
BLOCKED = ("Could not set lock", "Cannot open file")
"""What it says of a file that is whole for all it knows, and not to be had now."""


class Bounds(Struct, frozen=True):
    """What an answer may take: seconds, and memory in MB; 0 is no bound."""

    timeout: float = 120.0
    memory_mb: int = 2048


FREE = Bounds(0, 0)


class DamagedError(InputError):
    """The database is of another version or damaged; ``opened``: found while it was asked, so that it may have told."""

    @property
    def opened(self) -> bool:
        """Whether the damage was met while it answered."""
        return bool(self.notice.facts["opened"])


def mended(out: Path, lang: Lang, ask: Callable[[], R]) -> R:
    """What ``ask`` gives; a database that is damaged is made anew, which is said, and asked where nothing was told yet.

    Raises what ``ask`` raises, and ``InputError`` where it has to be asked again by who asked.
    """
    try:
        return ask()
    except DamagedError as error:
        say(render(error.notice, lang))
        with existing(out, lang):
            build(out)
        if error.opened:
            raise InputError("batch.ask-again", path=shown(str(path(out)))) from error
    return ask()


@contextmanager
def reading(out: Path, bounds: Bounds = FREE, target: Path | None = None) -> Iterator[DuckDBPyConnection]:
    """The database, to be asked and not to be changed; ``target`` is the one file that it may write.

    Raises ``DamagedError``, ``OutputError`` where there is none, and ``InputError`` for what goes beyond the bounds or
    is refused.
    """
    if not path(out).is_file():
        raise OutputError("batch.no-database" if (out / INDEX).is_file() else "batch.no-store", path=shown(str(out)))
    with _connected(out, bounds) as connection:
        _lock(connection, target)
        with _bounded(connection, bounds), _explained(out, bounds):
            if not is_current(connection):
                raise DamagedError("batch.old-database", path=shown(str(path(out))), opened=False)
            yield connection


def _connected(out: Path, bounds: Bounds) -> DuckDBPyConnection:
    import duckdb

    try:
        return _connect(path(out), bounds)
    except duckdb.Error as error:
        if any(words in str(error) for words in BLOCKED):
            raise InputError("batch.unreadable-database", path=shown(str(path(out))), reason=_brief(error)) from error
        raise _damaged(out, opened=False) from error


def _damaged(out: Path, opened: bool) -> DamagedError:
    return DamagedError("batch.damaged-database", path=shown(str(path(out))), opened=opened)


def _connect(database: Path, bounds: Bounds) -> DuckDBPyConnection:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {**CLOSED}
    if bounds.memory_mb:
        config["memory_limit"] = f"{bounds.memory_mb}MiB"
    return duckdb.connect(str(database), read_only=True, config=config)


def _lock(connection: DuckDBPyConnection, target: Path | None) -> None:
    if target:
        allowed = str(target).replace("'", "''")
        connection.execute(f"SET allowed_paths = ['{allowed}']")
    for statement in LOCKS:
        connection.execute(statement)


@contextmanager
def _bounded(connection: DuckDBPyConnection, bounds: Bounds) -> Iterator[None]:
    """Interrupts what takes longer than it may."""
    if not bounds.timeout:
        yield
        return
    alarm = Timer(bounds.timeout, connection.interrupt)
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()


@contextmanager
def _explained(out: Path, bounds: Bounds) -> Iterator[None]:
    """What went beyond the bounds, is refused, or could not be read of the file, in a sentence of its own."""
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise InputError("batch.query-time", seconds=f"{bounds.timeout:g}") from error
    except duckdb.OutOfMemoryException as error:
        raise InputError("batch.query-memory", memory=bounds.memory_mb) from error
    except duckdb.Error as error:
        if _is_torn(error):
            raise _damaged(out, opened=True) from error
        if _is_refused(error):
            raise InputError("batch.query-refused", reason=_brief(error)) from error
        raise


def _is_torn(error: Error) -> bool:
    """Whether the database's own file turns out to be damaged."""
    import duckdb

    broken = (duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)
    return isinstance(error, broken) or any(words in str(error) for words in TORN)


def _is_refused(error: Error) -> bool:
    """Whether something was asked for that is closed: a file, an extension, a setting, a change."""
    import duckdb

    return isinstance(error, duckdb.PermissionException) or "configuration" in str(error) or "read-only" in str(error)


def _brief(error: Error) -> str:
    return str(error).splitlines()[0]
