"""A result from a file: one that was saved as JSON, or a report, which is extracted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.messages import Lang
from extractor.model import InputError, Result
from extractor.pipeline import extract
from extractor.saved import load_result


def load(path: Path, name: str | None = None, lang: Lang = "zh", tables: Sequence[Path] = ()) -> Result:
    """The result that ``path`` holds as JSON, or that of the report in it with its ``tables`` behind it.

    Raises ``InputError``: what cannot be read, and JSON that is no result.
    """
    if path.suffix.lower() != ".json":
        return extract(path, name=name, lang=lang, tables=tables)
    if tables:
        raise InputError("input.saved_with_tables", name=path.name)
    return load_result(path)
