"""A result as JSON, for people who open the file and for programs that read one."""

from __future__ import annotations

from extractor.model import Result
from extractor.reports.files.indented import indent


def encode(result: Result) -> bytes:
    """The result in UTF-8, indented by two spaces, a box on one line, with a line break at the end."""
    return indent(result)
