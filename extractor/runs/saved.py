"""A result from a file: one that was saved as JSON, or a report, which is extracted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from extractor.messages import Lang
from extractor.model import InputError, Result
from extractor.pipeline import extract


def load(path: Path, name: str | None = None, lang: Lang = "zh", tables: Sequence[Path] = ()) -> Result:
    """The result that ``path`` holds as JSON, or that of the report in it with its ``tables`` behind it.

    Raises ``InputError``: what cannot be read, and JSON that is no result.
    """
    if path.suffix.lower() != ".json":
        return extract(path, name=name, lang=lang, tables=tables)
    if tables:
        raise InputError("input.saved_with_tables", name=path.name)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Result)
    except FileNotFoundError:
        raise InputError("input.missing", name=path.name) from None
    except PermissionError:
        raise InputError("input.permission", name=path.name) from None
    except IsADirectoryError:
        raise InputError("input.directory", name=path.name) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError("annotation.result", name=path.name, reason=str(error)) from error
