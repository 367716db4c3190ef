"""One run of `extract evaluate` or `extract annotate`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.evaluation import figures, scores, sources, targets
from extractor.messages import Lang
from extractor.reports.files.targets import standard_output
from extractor.runs.outcome import Outcome, attempt


class Request(Struct, frozen=True):
    """How an evaluation is told: with so many misses of each kind, on the terminal or as JSON."""

    misses: int = 15
    as_json: bool = False
    lang: Lang = "zh"


def evaluate_result(gold: Path, result: Path, text: Path | None, request: Request) -> Outcome:
    """Tells what an annotation by hand says of a result; ``text`` is what the annotation is about."""
    return attempt(partial(_evaluate, gold, result, text, request), request.lang, result.name)


def _evaluate(gold: Path, result: Path, text: Path | None, request: Request) -> Outcome:
    got = sources.single(result, request.lang)
    found = scores.evaluate(sources.gold(gold, got, text), got)
    if request.as_json:
        with standard_output() as out:
            out.write(figures.encode(found, request.misses))
    else:
        from extractor.evaluation.terminal import show

        show(found, request.lang, request.misses)
    return Outcome.DONE


def annotate_source(source: Path, output: str, form: str | None, lang: Lang) -> Outcome:
    """Writes a result as the beginning of an annotation, or an annotation in another format."""
    return attempt(partial(_annotate, source, output, form, lang), lang, source.name)


def _annotate(source: Path, output: str, form: str | None, lang: Lang) -> Outcome:
    found = sources.single(source, lang)
    targets.tell(found, targets.write(found, output, form, lang), lang)
    return Outcome.DONE
