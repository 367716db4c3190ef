"""One run of `extract schema`: it needs the types of the format, and nothing that reads."""

from __future__ import annotations

from functools import partial

from extractor.model import Diff, Result
from extractor.reports.files.schema import make_schema
from extractor.reports.files.targets import standard_output
from extractor.runs.outcome import Outcome, attempt


def print_schema(of_diff: bool) -> Outcome:
    """Prints the JSON Schema of a result, or of a diff."""
    return attempt(partial(_print_schema, of_diff), "zh", "stdout")


def _print_schema(of_diff: bool) -> Outcome:
    with standard_output() as out:
        out.write(make_schema(Diff if of_diff else Result))
    return Outcome.DONE
