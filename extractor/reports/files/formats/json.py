"""A result as JSON, for people who open the file and for programs that read one."""

from __future__ import annotations

from extractor.model import Result
from extractor.reports.files.records import lay_out


def encode(result: Result) -> bytes:
    """The result in UTF-8, each claim, check and cell on a few lines of its own, with a line break at the end."""
    return lay_out(result)
