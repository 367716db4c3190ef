"""A data set of many reports from Python: read as `extract batch` does, asked, and taken as frames."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from extractor.batch import asking, engines, items, work
from extractor.batch.asked import Request
from extractor.frames import Library, load_library
from extractor.messages import Lang
from extractor.model import ExtractorError
from extractor.runs.batch import read_batch
from extractor.runs.outcome import Outcome

Source = str | os.PathLike[str]


class DataSet(Struct, frozen=True):
    """The data set of a batch in the folder ``path``; ``is_complete`` says that no document failed."""

    path: Path
    is_complete: bool = True

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The rows of an answer, each by the names of its columns; what SQL may name, `extract query --schema` tells.

        Raises ``ExtractorError`` for a question that is refused, and where there is no data set.
        """
        names, rows = self._ask(sql)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def to_frame(self, sql: str = "SELECT * FROM claims", library: Library = "pandas") -> Any:
        """An answer as a frame of pandas or polars. Raises ``ImportError`` where the library is not installed."""
        module = load_library(library)
        names, rows = self._ask(sql)
        return module.DataFrame({name: [row[at] for row in rows] for at, name in enumerate(names)})

    def _ask(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns of an answer, and its rows."""
        with asking.reading(self.path) as connection:
            found = connection.execute(sql)
            return [column[0] for column in found.description or ()], found.fetchall()


def read_data_set(
    paths: Source | Sequence[Source],
    out: Source,
    *,
    lang: Lang = "zh",
    jobs: int = 0,
    timeout: float = 120.0,
    memory: int = 2048,
    quiet: bool = True,
) -> DataSet:
    """Reads files and folders into the data set in ``out``; what was read already is not read again.

    Every document is read by a process of its own, for ``timeout`` seconds and in ``memory`` MB at most (0: no limit),
    ``jobs`` at a time (0: one a processor). What goes wrong is told on the standard error; documents that fail stand in
    ``out/failures.csv``. On systems that start processes anew, call it from under ``if __name__ == "__main__"``.
    """
    named = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    request = Request(
        paths=[os.fspath(path) for path in named],
        out=Path(out),
        options=work.options(timeout, memory, lang),
        glob=items.DOCUMENTS,
        jobs=jobs or engines.processors(),
        quiet=quiet,
    )
    outcome = read_batch(request)
    if outcome in (Outcome.FAILED, Outcome.INTERRUPTED):
        raise ExtractorError(f"{out}: no data set was made; what is wrong was told on the standard error.")
    return DataSet(Path(out), is_complete=outcome == Outcome.DONE)
