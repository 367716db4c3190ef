"""One batch from its files to its summary: what is done already is passed over, the rest is read and kept."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path

from extractor import messages
from extractor.batch import engines, given, items, work
from extractor.batch.asked import Request, Tally
from extractor.batch.items import Item
from extractor.batch.plan import Plan
from extractor.batch.progress import Progress
from extractor.batch.store import Store, existing, opened
from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError, Notice
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import say, word_error
from extractor.runs.outcome import Outcome, attempt

ENDINGS = 5
"""So many endings of files that were passed over are named."""
TOLD = 5
"""So many paths that could not be looked at for one reason are named; the others are counted."""
NAMELESS = """
SELECT count(*) FROM documents
WHERE status = 'done' AND same_as IS NULL AND near_to IS NULL AND entity IS NULL AND place IS NULL AND claims > 0
"""
"""How many documents name neither a body nor a place."""
Lists = Mapping[Path, Sequence[given.File]]
"""Lists of files, each with what it tells."""


def read_batch(request: Request) -> Outcome:
    """Reads what is asked for; the outcome says whether all was done, some failed, or the batch could not run."""
    return attempt(partial(_read_batch, request, Tally()), request.lang, items.shown(str(request.out)))


def _read_batch(request: Request, tally: Tally) -> Outcome:
    read = engines.chosen(request.engine, request.scheduler)
    lists = _read_lists(request)
    aliases = given.read_aliases(request.aliases) if request.aliases else None
    found = _find_files(request, tally, lists)
    if not found:
        raise InputError("batch.nothing")
    with opened(request.out, request.lang) as store:
        store.number(found)
        _keep_given(request.out, [*chain.from_iterable(lists.values())], aliases)
        outcome = _read_files(found, read, store, request, tally)
        store.write_failures(tally.unmet)
        store.write_passed_over(tally.passed_over, tally.unmet)
        lost = _tabulate(request) if outcome != Outcome.INTERRUPTED else 0
    _conclude(request, tally)
    return Outcome.INCOMPLETE if (tally.failed or lost) and outcome == Outcome.DONE else outcome


def _read_lists(request: Request) -> Lists:
    """The list of files that is named, and those beside the folders; what is wrong with one of these is said."""
    lists: dict[Path, list[given.File]] = {request.files: given.read_files(request.files)} if request.files else {}
    for source in given.find_beside(request.paths):
        try:
            lists[source] = given.read_files(source)
        except InputError as error:
            lists[source] = []
            say(word_error(error, request.lang))
    return lists


def _keep_given(out: Path, files: Sequence[given.File], aliases: Mapping[str, str] | None) -> None:
    if files:
        given.keep_files(out, files)
    if aliases is not None:
        given.keep_aliases(out, aliases)


def _find_files(request: Request, tally: Tally, lists: Lists) -> list[Item]:
    """The files, and in ``tally`` what could not be looked at; of these the first of each reason are told at once."""

    def complain(path: str, error: InputError) -> None:
        message = render(error.notice, request.lang)
        outcome = work.Outcome(path, "", "failed", error.notice.message.rpartition(".")[2], message)
        tally.unmet.append(outcome)
        tally.add(outcome)
        if tally.failed[outcome.reason or ""] <= TOLD:
            say(message)

    def pass_over(path: str, reason: str) -> None:
        tally.passed_over.append((path, reason))

    named = [file.path for file in lists[request.files]] if request.files else []
    avoid = [str(source) for source in (request.out, *lists, *filter(None, [request.aliases]))]
    found = list(
        items.find(
            [*request.paths, *named], request.glob, request.recursive, request.limit,
            stdin=sys.stdin.buffer if "-" in request.paths else None, avoid=avoid,
            complain=complain, pass_over=pass_over,
        )
    )  # fmt: skip
    for count in tally.failed.values():
        if count > TOLD:
            say(render(Notice("batch.more-like", {"count": count - TOLD}), request.lang))
    return found


def _read_files(found: Sequence[Item], read: engines.Read, store: Store, request: Request, tally: Tally) -> Outcome:
    with Progress(len(found), tally, request) as progress:
        plan = Plan(store, request, tally, progress)
        try:
            waiting: Sequence[Item] = found
            while waiting:
                for outcome in read(plan.todo(waiting), request.options, request.jobs, progress.watch):
                    for kept in plan.keep(outcome):
                        progress.told(kept)
                waiting = plan.left_over()
        except KeyboardInterrupt:
            return Outcome.INTERRUPTED
        except ExtractorError:
            progress.stop()
            if tally.done or tally.skipped or tally.same or tally.failed:
                _conclude(request, tally)
            raise
    return Outcome.DONE


def _tabulate(request: Request) -> int:
    """Brings the database up to what the index lists; how many results are lost."""
    from extractor.batch import database

    return _tell_lost(database.update(request.out).pop("lost"), request.out, request.lang)


def _tell_lost(count: int, out: Path, lang: Lang) -> int:
    """Says how many results are damaged, or gone, where there are such."""
    if count:
        say(render(Notice("batch.lost-results", {"path": items.shown(str(out)), "count": count}), lang))
    return count


def _conclude(request: Request, tally: Tally) -> None:
    """The summary: how many documents were done, passed over, and failed for which reason, and where all of it is."""
    if request.quiet:
        return
    facts: dict[str, str | int] = {
        "done": tally.done, "skipped": tally.skipped, "same": tally.same, "failed": tally.failed.total(),
        "pages": tally.pages, "claims": tally.claims, "path": printable(items.shown(str(request.out))),
    }  # fmt: skip
    print(render(Notice("batch.summary", facts), request.lang))
    for reason, count in tally.failed.most_common():
        known = reason if messages.known(f"batch.reason.{reason}") else "other"
        words = render(Notice(f"batch.reason.{known}"), request.lang)
        print(render(Notice("batch.summary.reason", {"reason": words, "count": count}), request.lang))
    if request.glob == items.DOCUMENTS:
        _tell_passed_over(tally, request.lang)
    _tell_nameless(request)
    print(render(Notice("batch.summary.failures" if tally.failed else "batch.summary.path", facts), request.lang))


def _tell_passed_over(tally: Tally, lang: Lang) -> None:
    """How many files of the folders were not read for what they are called, by their endings."""
    named = [Path(path).suffix.lower() or Path(path).name for path, reason in tally.passed_over if reason == "ending"]
    if named:
        kinds = ", ".join(f"{printable(ending)} {count}" for ending, count in Counter(named).most_common(ENDINGS))
        print(render(Notice("batch.summary.passed-over", {"count": len(named), "kinds": kinds}), lang))


def _tell_nameless(request: Request) -> None:
    """How many reports do not say whose they are, where there are such and a database to ask."""
    from extractor.batch import asking

    with suppress(ExtractorError), asking.reading(request.out) as connection:
        ((count,),) = connection.execute(NAMELESS).fetchall()
        if count:
            print(render(Notice("batch.summary.nameless", {"count": count}), request.lang))


def rebuild_database(out: Path, lang: Lang, aliases: Path | None = None, quiet: bool = False) -> Outcome:
    """Makes the database of ``out`` anew from its results, with the names of one's own in ``aliases``."""
    return attempt(partial(_rebuild, out, lang, aliases, quiet), lang, items.shown(str(out)))


def _rebuild(out: Path, lang: Lang, aliases: Path | None, quiet: bool) -> Outcome:
    from extractor.batch import database

    names = given.read_aliases(aliases) if aliases else None
    with existing(out, lang):
        _keep_given(out, (), names)
        made = database.build(out)
    lost = _tell_lost(made.pop("lost"), out, lang)
    if not quiet:
        print(render(Notice("batch.rebuilt", {"path": printable(items.shown(str(database.path(out)))), **made}), lang))
    return Outcome.INCOMPLETE if lost else Outcome.DONE
