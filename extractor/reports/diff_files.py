"""A comparison as a file for people: CSV, a workbook, or one self-contained page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Literal

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports import diff_csv, diff_html, diff_xlsx
from extractor.reports.targets import replacing

Form = Literal["csv", "xlsx", "html"]
FORMS: dict[Form, Callable[[Diff, Lang], bytes]] = {
    "csv": diff_csv.data,
    "xlsx": diff_xlsx.data,
    "html": diff_html.data,
}


def write(diff: Diff, form: Form, target: Path | BinaryIO, lang: Lang = "zh") -> None:
    """Writes the comparison to a file, which is replaced as a whole, or to a stream. Raises ``OutputError``."""
    made = FORMS[form](diff, lang)
    if not isinstance(target, Path):
        target.write(made)
        return
    with replacing(target) as file:
        file.write(made)
