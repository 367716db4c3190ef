"""One run of `extract prune`: what a data set holds and nobody needs is told, and removed where that is asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from extractor.batch.items import shown
from extractor.batch.pruning import Waste, find_waste, remove_waste
from extractor.batch.store import existing
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.files.targets import standard_output
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt


def prune_store(out: Path, remove: bool, lang: Lang) -> Outcome:
    """Says what of the store in ``out`` is of no use, and removes it where ``remove`` says so."""
    return attempt(partial(_prune, out, remove, lang), lang, shown(str(out)))


def _prune(out: Path, remove: bool, lang: Lang) -> Outcome:
    with existing(out, lang) as store:
        waste = find_waste(out)
        if remove:
            from extractor.batch import database

            remove_waste(store, waste)
            store.write_failures()
            database.update(out)
    with standard_output():
        _tell(waste, remove, lang)
    return Outcome.DONE


def _tell(waste: Waste, removed: bool, lang: Lang) -> None:
    for path in waste.paths:
        print(render(Notice("batch.prune.file", {"path": printable(shown(path))}), lang))
    if not waste.paths and not waste.results:
        print(render(Notice("batch.prune.nothing"), lang))
        return
    facts: dict[str, str | int] = {"files": len(waste.paths), "results": len(waste.results), "size": waste.megabytes}
    print(render(Notice("batch.prune.done" if removed else "batch.prune.would", facts), lang))
