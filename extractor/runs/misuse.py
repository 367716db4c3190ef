"""What people give in place of a report, or name in place of a result: told at once, with the command that is meant."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from extractor.model import InputError
from extractor.reports.files.targets import OutputError
from extractor.reports.formats import FINDINGS, RESULTS
from extractor.reports.markup import GENERATOR
from extractor.reports.printable import printable

# So many bytes tell what a file of this program is; a file of JSON that says so says it first.
HEAD = 4096
PAGES, PAPERS = (".html", ".htm"), ".xlsx"
SCHEMAS = {
    b'"extractor-baseline/': "misuse.baseline",
    b'"extractor-decisions/': "misuse.decisions",
    b'"extractor-diff/': "misuse.diff",
}
"""What files of JSON say that are no results."""
OTHERS: Mapping[str, str] = {
    **dict.fromkeys(PAGES, "misuse.as-page"),
    ".pdf": "misuse.as-pdf",
    **{f".{name}": "misuse.as-findings" for name in FINDINGS.names if name not in RESULTS.names},
    PAPERS: "misuse.as-workbook",
}  # fmt: skip
"""What a target's ending means that is no format of results, by the message that says how to get it."""


def refuse_misused(path: Path) -> None:
    """Refuses what is no report but made by this program, and a folder of saved results. Raises ``InputError``."""
    ending = path.suffix.lower()
    if _is_folder(path):
        return _refuse_folder(path)
    head = _read_head(path)
    name = printable(path.name)
    if ending in PAGES and GENERATOR.encode() in head:
        raise InputError("misuse.page", name=name)
    if ending == ".csv" and head.startswith(_list_heads()):
        raise InputError("misuse.table", name=name)
    for schema, message in SCHEMAS.items() if ending == ".json" else ():
        if schema in head[:200]:
            raise InputError(message, name=name)
    return None


def _is_folder(path: Path) -> bool:
    # Unlike that of Path this raises nothing where a folder may not be entered or a name is too long.
    return os.path.isdir(path)  # noqa: PTH112


def _refuse_folder(path: Path) -> None:
    """Refuses a folder that holds nothing but results."""
    names: list[str] = []
    with suppress(OSError):
        names = os.listdir(path)  # noqa: PTH208
    found = {Path(name).suffix.lower() for name in names if not name.startswith(".")}
    if found == {".json"}:
        raise InputError("misuse.results", name=printable(str(path)))


def _read_head(path: Path) -> bytes:
    """The beginning of an ordinary file; nothing of what cannot be read, which is told where it is read."""
    with suppress(OSError, ValueError):
        # A pipe would be waited for, and what is read of it is gone.
        if os.path.isfile(path):  # noqa: PTH113
            with path.open("rb") as file:
                return file.read(HEAD)
    return b""


def _list_heads() -> tuple[bytes, ...]:
    """What tables of findings begin with, in either language."""
    from extractor.reports.findings.tabular import name_columns

    return tuple(("\ufeff" + ",".join(name_columns(lang))).encode() for lang in ("zh", "en"))


def refuse_ending(output: str, form: str | None, files: Sequence[Path]) -> None:
    """Refuses a target of results that ends like something else, or like nothing. Raises ``OutputError``."""
    path, name = Path(output), printable(files[0].name)
    ending = path.suffix.lower()
    if form or output == "-" or output.endswith("/") or os.path.exists(output):  # noqa: PTH110
        return
    if ending in OTHERS:
        raise OutputError(OTHERS[ending], name=name, path=printable(output))
    if not ending and path.name:
        raise OutputError("misuse.no-ending", name=name, path=printable(output))
