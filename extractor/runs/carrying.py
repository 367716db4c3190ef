"""What is said of decisions that were made on another version of a document."""

from __future__ import annotations

from pathlib import Path

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.decisions import Carried
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import say


def tell_carried(found: Carried, path: Path, lang: Lang) -> None:
    """Says how many decisions on another version were taken over; nothing where they are on this document."""
    counts = {name: len(getattr(found, name)) for name in ("kept", "changed", "fixed", "new")}
    if any(counts.values()):
        say(render(Notice("report.carried", {"name": printable(path.name), **counts}), lang))
