"""One run of `extract evaluate` or `extract annotate`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.evaluation import figures, scores, sources, targets
from extractor.messages import Lang
from extractor.reports.files.targets import standard_output
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader
from extractor.runs.watching import Line


class Request(Struct, frozen=True):
    """How an evaluation is told: with so many misses of each kind, on the terminal or as JSON."""

    misses: int = 15
    as_json: bool = False
    lang: Lang = "zh"
    limits: Limits = Limits()


def evaluate_result(gold: Path, result: Path, text: Path | None, request: Request) -> Outcome:
    """Tells what an annotation by hand says of a result; ``text`` is what the annotation is about."""
    return attempt(partial(_evaluate, gold, result, text, request), request.lang, result.name)


def _evaluate(gold: Path, result: Path, text: Path | None, request: Request) -> Outcome:
    with Reader(request.limits, Line(request.lang)) as reader:
        got = reader.call(result.name, sources.single, result, request.lang)
        by_hand = reader.call(gold.name, sources.gold, gold, got, text)
        found = reader.call(result.name, scores.evaluate, by_hand, got)
    if request.as_json:
        with standard_output() as out:
            out.write(figures.encode(found, request.misses))
    else:
        from extractor.evaluation.terminal import show

        show(found, request.lang, request.misses)
    return Outcome.DONE


def annotate_source(
    source: Path, output: str, form: str | None, lang: Lang, limits: Limits, quiet: bool = False
) -> Outcome:
    """Writes a result as the beginning of an annotation, or an annotation in another format."""
    return attempt(partial(_annotate, source, output, form, lang, limits, quiet), lang, source.name)


def _annotate(source: Path, output: str, form: str | None, lang: Lang, limits: Limits, quiet: bool) -> Outcome:
    with Reader(limits, Line(lang)) as reader:
        found = reader.call(source.name, sources.single, source, lang)
    written = targets.write(found, output, form, lang)
    if not quiet:
        targets.tell(found, written, lang)
    return Outcome.DONE
