"""One batch from its files to its summary: what is done already is passed over, the rest is read and kept."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from extractor import messages
from extractor.batch import engines, items, work
from extractor.batch.asked import Request, Tally
from extractor.batch.items import Item
from extractor.batch.plan import Plan
from extractor.batch.progress import Progress
from extractor.batch.store import Store, opened
from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError, Notice
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import say
from extractor.runs.outcome import Outcome, attempt


def read_batch(request: Request) -> Outcome:
    """Reads what is asked for; the outcome says whether all was done, some failed, or the batch could not run."""
    return attempt(partial(_read_batch, request, Tally()), request.lang, items.shown(str(request.out)))


def _read_batch(request: Request, tally: Tally) -> Outcome:
    read = engines.chosen(request.engine, request.scheduler)
    found = _find_files(request, tally)
    if not found:
        raise InputError("batch.nothing")
    with opened(request.out, request.lang) as store:
        store.number(found)
        outcome = _read_files(found, read, store, request, tally)
        store.write_failures(tally.unmet)
        lost = _tabulate(request) if outcome != Outcome.INTERRUPTED else 0
    _conclude(request, tally)
    return Outcome.INCOMPLETE if (tally.failed or lost) and outcome == Outcome.DONE else outcome


def _find_files(request: Request, tally: Tally) -> list[Item]:
    """The files, and in ``tally`` what could not be looked at; each of these is told at once."""

    def complain(path: str, error: InputError) -> None:
        message = render(error.notice, request.lang)
        say(message)
        outcome = work.Outcome(path, "", "failed", error.notice.message.rpartition(".")[2], message)
        tally.unmet.append(outcome)
        tally.add(outcome)

    return list(
        items.find(
            request.paths, request.glob, request.recursive, request.limit,
            stdin=sys.stdin.buffer if "-" in request.paths else None, avoid=str(request.out), complain=complain,
        )
    )  # fmt: skip


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
    print(render(Notice("batch.summary.failures" if tally.failed else "batch.summary.path", facts), request.lang))


def rebuild_database(out: Path, lang: Lang) -> Outcome:
    """Makes the database of ``out`` anew from its results."""
    return attempt(partial(_rebuild, out, lang), lang, items.shown(str(out)))


def _rebuild(out: Path, lang: Lang) -> Outcome:
    from extractor.batch import database
    from extractor.batch.store import existing

    with existing(out, lang):
        made = database.build(out)
    lost = _tell_lost(made.pop("lost"), out, lang)
    print(render(Notice("batch.rebuilt", {"path": printable(items.shown(str(database.path(out)))), **made}), lang))
    return Outcome.INCOMPLETE if lost else Outcome.DONE
