"""The reports of a batch, in OUT/reports: a page for each document, and index.html over all of them."""

from __future__ import annotations

from pathlib import Path

from extractor.messages import Lang, render
from extractor.model import InputError, Notice
from extractor.reports import index_page, page, stored
from extractor.reports.delivery import clear, progress, say, sentence
from extractor.reports.index_page import Row
from extractor.reports.printable import printable
from extractor.reports.targets import replacing, standard_output

FOLDER, INDEX = "reports", "index.html"
WRITTEN, FAILED = 0, 2


def write(folder: Path, lang: Lang, quiet: bool) -> int:
    """Writes all pages; one result that cannot be read does not stop the others. 2 if there was one, else 0."""
    listed, rows, broken = stored.entries(folder), [], []
    found = [*stored.documents(listed)]
    for at, (key, paths) in enumerate(found, 1):
        if not quiet:
            facts: dict[str, str | int] = {"at": at, "documents": len(found), "title": printable(paths[0])}
            progress(render(Notice("batch_report.progress", facts), lang))
        try:
            rows.append(_one(folder, key, paths, lang))
        except InputError as error:
            broken.append(sentence(error, lang))
            say(broken[-1])
    clear()
    target = folder / FOLDER / INDEX
    with replacing(target) as file:
        file.write(index_page.data(rows, [*_failures(listed), *broken], lang))
    if not quiet:
        with standard_output():
            _tell(target, rows, lang)
    return FAILED if broken else WRITTEN


def _one(folder: Path, key: str, paths: list[str], lang: Lang) -> Row:
    """Writes the page of one result; what the index tells of it is all that is kept."""
    result = stored.load(folder, key)
    row = index_page.row(key, paths, result, lang)
    page.write(result, folder / FOLDER / row.page, lang, home=INDEX)
    return row


def _failures(listed: list[stored.Entry]) -> list[str]:
    return [entry.message or entry.path for entry in listed if entry.status == "failed"]


def _tell(target: Path, rows: list[Row], lang: Lang) -> None:
    errors, warnings = (sum(row.count(severity) for row in rows) for severity in ("error", "warning"))
    facts: dict[str, str | int] = {"path": printable(str(target)), "documents": len(rows)}
    facts |= {"errors": errors, "warnings": warnings}
    print(render(Notice("batch_report.written", facts), lang))
