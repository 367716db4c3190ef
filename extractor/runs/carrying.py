"""What is said of decisions that were made on another version of a document."""

from __future__ import annotations

from pathlib import Path

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.decisions import Carried
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import say


def tell_carried(found: Carried, path: Path, lang: Lang) -> None:
    """Says how many decisions on another version were taken over, and names those of findings that are gone.

    Nothing where they are on this document.
    """
    from extractor.reports.terminal.gone import name_gone

    counts = {name: len(getattr(found, name)) for name in ("kept", "changed", "fixed", "new")}
    if any(counts.values()):
        say(render(Notice("report.carried", {"name": printable(path.name), **counts}), lang))
    if found.fixed:
        say(render(Notice("report.gone", {"names": name_gone(found.fixed, lang), "count": len(found.fixed)}), lang))
