"""The claims of a result as xBRL-JSON 1.0 of the Open Information Model, for programs that read XBRL."""

from __future__ import annotations

from extractor.model import Result
from extractor.reports.files.indented import indent
from extractor.reports.oim.report import make_report
from extractor.reports.oim.taxonomy import make_taxonomy


def encode(result: Result, beside: str = "claims.xsd") -> bytes:
    """The report in UTF-8, indented; ``beside`` is the name of the file that holds its taxonomy."""
    return indent(make_report(result, beside))


def encode_beside(result: Result) -> bytes:
    """The taxonomy that the report needs, in UTF-8."""
    return make_taxonomy(result).encode()
