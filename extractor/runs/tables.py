"""One run of `extract query` or `extract export`: what a batch's database answers, and what leaves it as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from extractor.batch.asking import Bounds
from extractor.batch.export import export
from extractor.batch.items import shown
from extractor.batch.query import query, show
from extractor.batch.questions import load_questions
from extractor.batch.schema import HEADINGS, describe_store
from extractor.messages import Lang, render
from extractor.model import InputError, Notice
from extractor.reports.formats import EXPORTS
from extractor.reports.terminal.speech import say
from extractor.runs.outcome import Outcome, attempt

NAMED = ("question", "tells")
"""The columns of the list of questions."""


def answer_query(out: Path, asked: str | None, entity: str | None, form: str, lang: Lang, bounds: Bounds) -> Outcome:
    """Prints the answer to a question, or says why there is none; lists the questions where none is asked."""
    return attempt(partial(_answer, out, asked, entity, form, lang, bounds), lang, shown(str(out)))


def _answer(out: Path, asked: str | None, entity: str | None, form: str, lang: Lang, bounds: Bounds) -> Outcome:
    if asked is None:
        show(NAMED, ((one.names[lang], one.told[lang]) for one in load_questions()), form)
    else:
        query(out, asked, entity, form, lang, bounds)
    return Outcome.DONE


def print_schema(form: str, lang: Lang) -> Outcome:
    """Prints what may be asked for: the tables and views with their columns, and the metrics."""
    return attempt(partial(_print_schema, form, lang), lang, "")


def _print_schema(form: str, lang: Lang) -> Outcome:
    show(HEADINGS, describe_store(lang), form)
    return Outcome.DONE


def export_table(out: Path, what: str, form: str | None, target: Path, lang: Lang, quiet: bool = False) -> Outcome:
    """Writes what is asked for to ``target``, in the format asked for or the one that its name ends in."""
    return attempt(partial(_export, out, what, form, target, lang, quiet), lang, shown(str(out)))


def _export(out: Path, what: str, form: str | None, target: Path, lang: Lang, quiet: bool) -> Outcome:
    if not form and target.suffix and not EXPORTS.is_ending(target):
        known = ", ".join(f".{name}" for name in EXPORTS.names)
        raise InputError("batch.no-format", path=shown(str(target)), ending=target.suffix, known=known)
    count = export(out, what, EXPORTS.choose(form, target), target, lang)
    if not quiet:
        say(render(Notice("batch.exported", {"path": shown(str(target)), "rows": count}), lang))
    return Outcome.DONE
