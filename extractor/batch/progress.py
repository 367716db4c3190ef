"""How a batch is coming along: a bar on a terminal, now and then a line elsewhere; what failed is told at once."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

from extractor.batch.asked import Request, Tally
from extractor.batch.items import shown
from extractor.batch.local import Busy
from extractor.batch.work import Outcome, name
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import say

SLOW = 10.0
"""Seconds after which a file that is being read is named."""
EVERY = 5.0
"""Seconds between two lines where there is no terminal."""
REDRAW = 0.2


class Progress:
    """What is said while a batch runs; nothing but failures where it is to be quiet."""

    def __init__(self, total: int, tally: Tally, request: Request) -> None:
        self._total, self._tally = total, tally
        self._lang: Lang = request.lang
        self._quiet = request.quiet
        self._began = self._drawn = time.monotonic()
        self._slow: tuple[Busy, ...] = ()
        self._bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not self._quiet:
            self._bar = _bar(self._total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Draws a last time and leaves the terminal as it was."""
        if self._bar:
            self._draw()
            self._bar.stop()
            self._bar = None

    def watch(self, busy: list[Busy]) -> None:
        """Hears what is being read."""
        self._slow = tuple(file for file in busy if file[1] > SLOW)
        self.look()

    def look(self) -> None:
        """Draws where it is time to."""
        now = time.monotonic()
        if now - self._drawn >= (REDRAW if self._bar else EVERY):
            self._drawn = now
            self._draw()

    def told(self, outcome: Outcome) -> None:
        """Says what failed."""
        if outcome.status == "failed":
            self.tell(outcome.message or shown(outcome.path))

    def tell(self, text: str) -> None:
        """Says a sentence above the bar."""
        self._bar.console.print(f"extract: {printable(text)}") if self._bar else say(text)

    def _draw(self) -> None:
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._seen, words=self._words())
            self._bar.refresh()
        elif not self._quiet:
            say(self._words(place=True))

    @property
    def _seen(self) -> int:
        tally = self._tally
        return tally.done + tally.skipped + tally.same + tally.failed.total() - len(tally.unmet)

    def _words(self, place: bool = False) -> str:
        seconds = max(time.monotonic() - self._began, 1e-3)
        tally, worked = self._tally, self._tally.done + self._tally.failed.total() - len(self._tally.unmet)
        left = (self._total - self._seen) * seconds / worked if worked else 0
        facts: dict[str, str | int] = {
            "seen": self._seen, "total": self._total, "documents": f"{worked / seconds:.1f}",
            "pages": f"{tally.pages / seconds:.0f}", "claims": f"{tally.claims / seconds:.0f}",
            "left": _clock(left) if worked else "–", "failed": tally.failed.total(),
        }  # fmt: skip
        words = render(Notice("batch.progress-line" if place else "batch.progress", facts), self._lang)
        return " ".join([words, *(f"{printable(name(path))} {spent:.0f} s" for path, spent in self._slow)])


def _clock(seconds: float) -> str:
    """A duration as hours, minutes and seconds.

    >>> _clock(75), _clock(3723)
    ('1:15', '1:02:03')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _bar(total: int) -> Any:
    """A bar that draws when it is told to: a thread that draws would not survive the forking of workers."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    words = TextColumn("{task.fields[words]}", markup=False)
    bar = Bar(BarColumn(), MofNCompleteColumn(), words, console=console, auto_refresh=False)
    bar.add_task("", total=total, words="")
    return bar
