"""Runs of `extract patterns`: what patterns there are, a first file to begin with, and whether a folder is in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.layers import EXAMPLES, PatternError, find_own
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt

if TYPE_CHECKING:
    from extractor.own.lint import Checked, Problem
    from extractor.own.listing import Entry

# So many characters of what an entry says fit in a line.
WIDTH = 72
# Where a folder of one's own is made if none is named.
DEFAULT = Path("patterns")


def list_patterns(words: Sequence[str], lang: Lang) -> Outcome:
    """Prints the files of patterns, or with ``words`` the entries that have all of them."""
    return attempt(partial(_list, " ".join(words), lang), lang, "patterns")


def _list(words: str, lang: Lang) -> Outcome:
    from extractor.own import listing

    lines = [_word_entry(entry, lang) for entry in listing.search(words)] if words else list(_list_files(lang))
    if not lines:
        print(render(Notice("own.none", {"words": printable(words)}), lang))
        return Outcome.FOUND
    print("\n".join(lines))
    return Outcome.DONE


def _word_entry(entry: Entry, lang: Lang) -> str:
    says = entry.says if len(entry.says) <= WIDTH else f"{entry.says[: WIDTH - 1]}…"
    facts: dict[str, str | int] = {"name": entry.name, "says": printable(says), "file": _shorten(entry.own)}
    return render(Notice("own.own-entry" if entry.own else "own.entry", facts), lang)


def _list_files(lang: Lang) -> Iterator[str]:
    """A line for each file with the number of its entries."""
    from extractor.own import listing

    for place, entries in groupby(listing.list_all(), attrgetter("place")):
        sources = Counter(map(attrgetter("own"), entries))
        own = next(filter(None, sources), None)
        facts: dict[str, str | int] = {
            "name": place,
            "count": sources.total(),
            "own": sources[own],
            "file": _shorten(own),
        }
        yield render(Notice("own.own-file" if own else "own.file", facts), lang)


def _shorten(file: Path | None) -> str:
    """A file as it is reached from the working folder."""
    here = Path.cwd()
    return str(file.relative_to(here) if file and file.is_relative_to(here) else file)


def write_stub(kind: str, name: str, folder: Path | None, lang: Lang) -> Outcome:
    """Writes a first file of a kind and its examples into a folder of one's own."""
    return attempt(partial(_write_stub, kind, name, folder or find_own() or DEFAULT, lang), lang, name)


def _write_stub(kind: str, name: str, folder: Path, lang: Lang) -> Outcome:
    from extractor.own import stubs

    file, examples = stubs.write_stub(kind, name, folder)
    facts: dict[str, str | int] = {"file": str(file), "examples": str(examples), "folder": str(folder)}
    print(render(Notice("own.written", facts), lang))
    return Outcome.DONE


def check_patterns(folder: Path, lang: Lang) -> Outcome:
    """Prints what is wrong in a folder of patterns of one's own, or that it is in order."""
    return attempt(partial(_check, folder, lang), lang, str(folder))


def _check(folder: Path, lang: Lang) -> Outcome:
    from extractor.own import lint

    checked = lint.check_folder(folder)
    print("\n".join(_word_checked(checked, folder, lang)))
    return Outcome.FOUND if checked.problems else Outcome.DONE


def _word_checked(checked: Checked, folder: Path, lang: Lang) -> Iterator[str]:
    """A line for each problem and each entry without an example, and one for all."""
    yield from (_word_problem(problem, lang) for problem in checked.problems)
    for name in checked.unshown:
        file = folder / EXAMPLES / f"{name.partition('.')[0]}.txt"
        yield render(Notice("own.unshown", {"name": name, "file": str(file)}), lang)
    facts: dict[str, str | int] = {"folder": str(folder), "files": checked.files, "entries": checked.entries}
    facts |= {"examples": checked.examples, "problems": len(checked.problems)}
    yield render(Notice("own.not-in-order" if checked.problems else "own.in-order", facts), lang)


def _word_problem(problem: Problem, lang: Lang) -> str:
    if isinstance(problem.notice, PatternError):
        return printable(problem.notice.say(lang))
    told = render(problem.notice, lang)
    return printable(render(Notice("own.problem", {"place": problem.place, "problem": told}), lang))
