"""The reports of a batch, in OUT/reports: a page for each document, and index.html over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.apart.limits import Limits
from extractor.batch import stored
from extractor.batch.numbers import read_numbers
from extractor.batch.whole import Entry
from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError, Notice
from extractor.reports.files.targets import replacing, standard_output
from extractor.reports.index_page import page as index_page
from extractor.reports.index_page.numbers import Numbers
from extractor.reports.index_page.page import Row
from extractor.reports.printable import printable
from extractor.reports.review_page import page
from extractor.reports.terminal.speech import clear_progress, say, show_progress, word_error
from extractor.runs.outcome import Outcome
from extractor.runs.reading import Reader
from extractor.runs.watching import Line

FOLDER, INDEX = "reports", "index.html"


def write_pages(folder: Path, lang: Lang, quiet: bool, limits: Limits) -> Outcome:
    """Writes all pages, each within ``limits``; one result that cannot be read does not stop the others."""
    listed, damaged = stored.read_entries(folder)
    rows, broken = [], _tell_damaged(folder, damaged, lang)
    found = [*stored.group_documents(listed)]
    with Reader(limits, Line(lang, is_quiet=True)) as reader:
        for at, (key, paths) in enumerate(found, 1):
            if not quiet:
                _tell_progress(at, len(found), paths[0], lang)
            try:
                rows.append(reader.call(printable(paths[0]), _write_page, folder, key, paths, lang))
            except InputError as error:
                broken.append(word_error(error, lang))
                say(broken[-1])
    clear_progress()
    target = folder / FOLDER / INDEX
    with replacing(target) as file:
        file.write(index_page.encode(rows, [*_list_failures(listed), *broken], lang, _read_numbers(folder, lang)))
    if not quiet:
        with standard_output():
            _tell(target, rows, lang)
    return Outcome.FAILED if broken else Outcome.DONE


def _read_numbers(folder: Path, lang: Lang) -> Numbers | None:
    """What the database has to show; what is wrong with it is said, and the page is made without."""
    try:
        return read_numbers(folder, lang)
    except ExtractorError as error:
        say(word_error(error, lang))
        return None


def _tell_damaged(folder: Path, count: int, lang: Lang) -> list[str]:
    """Says that lines of the index are damaged, and gives the sentence; none where all are whole."""
    if not count:
        return []
    facts: dict[str, str | int] = {"path": printable(str(folder)), "count": count}
    told = render(Notice("batch_report.damaged-index", facts), lang)
    say(told)
    return [told]


def _write_page(folder: Path, key: str, paths: list[str], lang: Lang) -> Row:
    """Writes the page of one result; what the index tells of it is all that is kept."""
    result = stored.load_result(folder, key)
    row = index_page.make_row(key, paths, result, lang)
    page.write(result, folder / FOLDER / row.page, lang, home=INDEX)
    return row


def _list_failures(listed: list[Entry]) -> list[str]:
    return [entry.message or entry.path for entry in listed if entry.status == "failed"]


def _tell_progress(at: int, documents: int, title: str, lang: Lang) -> None:
    facts: dict[str, str | int] = {"at": at, "documents": documents, "title": printable(title)}
    show_progress(render(Notice("batch_report.progress", facts), lang))


def _tell(target: Path, rows: Sequence[Row], lang: Lang) -> None:
    errors, warnings = (sum(row.count(severity) for row in rows) for severity in ("error", "warning"))
    facts: dict[str, str | int] = {"path": printable(str(target)), "documents": len(rows)}
    facts |= {"errors": errors, "warnings": warnings}
    print(render(Notice("batch_report.written", facts), lang))
