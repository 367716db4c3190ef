"""One run of `extract query` or `extract export`: what a batch's database answers, and what leaves it as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from extractor.batch.asking import Bounds
from extractor.batch.export import export
from extractor.batch.items import shown
from extractor.batch.query import query
from extractor.messages import Lang, render
from extractor.model import InputError, Notice
from extractor.reports.formats import EXPORTS
from extractor.reports.terminal.speech import say
from extractor.runs.outcome import Outcome, attempt


def answer_query(out: Path, sql: str, form: str, lang: Lang, bounds: Bounds) -> Outcome:
    """Prints the answer to ``sql``, or says that it would take more than it may."""
    return attempt(partial(_answer, out, sql, form, lang, bounds), lang, shown(str(out)))


def _answer(out: Path, sql: str, form: str, lang: Lang, bounds: Bounds) -> Outcome:
    query(out, sql, form, lang, bounds)
    return Outcome.DONE


def export_table(out: Path, what: str, form: str | None, target: Path, lang: Lang) -> Outcome:
    """Writes what is asked for to ``target``, in the format asked for or the one that its name ends in."""
    return attempt(partial(_export, out, what, form, target, lang), lang, shown(str(out)))


def _export(out: Path, what: str, form: str | None, target: Path, lang: Lang) -> Outcome:
    if not form and target.suffix and not EXPORTS.is_ending(target):
        known = ", ".join(f".{name}" for name in EXPORTS.names)
        raise InputError("batch.no-format", path=shown(str(target)), ending=target.suffix, known=known)
    count = export(out, what, EXPORTS.choose(form, target), target, lang)
    say(render(Notice("batch.exported", {"path": shown(str(target)), "rows": count}), lang))
    return Outcome.DONE
