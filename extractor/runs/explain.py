"""One run of `extract explain` or `extract schema`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from extractor.apart.limits import Limits
from extractor.messages import Lang
from extractor.model import Diff, Result
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader


def explain_quote(file: Path, quote: str, lang: Lang, limits: Limits) -> Outcome:
    """Shows why each number of the quoted words is a claim, or is none."""
    return attempt(partial(_explain, file, quote, lang, limits), lang, file.name)


def _explain(file: Path, quote: str, lang: Lang, limits: Limits) -> Outcome:
    from extractor.explain import explain
    from extractor.reports.terminal.explanation import show

    with Reader(limits) as reader:
        found = reader.call(file.name, explain, file, quote)
    show(found, lang)
    return Outcome.DONE


def print_schema(of_diff: bool) -> Outcome:
    """Prints the JSON Schema of a result, or of a diff."""
    return attempt(partial(_print_schema, of_diff), "zh", "stdout")


def _print_schema(of_diff: bool) -> Outcome:
    from extractor.reports.files.schema import make_schema
    from extractor.reports.files.targets import standard_output

    with standard_output() as out:
        out.write(make_schema(Diff if of_diff else Result))
    return Outcome.DONE
