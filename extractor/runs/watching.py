"""The line of a terminal that tells how far the work on a document is, where that takes longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from extractor.apart.limits import Sign
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import clear_progress, show_progress

# The seconds for which nobody asks how far it is.
MOMENT = 1.0


class Line:
    """One line, shown in ``lang`` on a terminal; never where ``is_quiet``. ``place`` stands in front: 2/5."""

    def __init__(self, lang: Lang = "zh", is_quiet: bool = False) -> None:
        self.place = ""
        self._lang, self._is_quiet = lang, is_quiet
        self._name, self._started, self._is_shown = "", 0.0, False

    @contextmanager
    def about(self, name: str) -> Iterator[None]:
        """Within this the work is on what is called ``name``."""
        self._name, self._started = f"{self.place} {printable(name)}".strip(), time.monotonic()
        try:
            yield
        finally:
            self._clear()

    def hear(self, sign: Sign) -> None:
        """Tells with how many pages something is done; when it is with all, that the work goes on."""
        if self._is_due:
            self._show(sign.what if sign.at < sign.of else "other", at=min(sign.at + 1, sign.of), of=sign.of)

    def wait(self) -> None:
        """Tells what is worked on where there was nothing to hear of it."""
        if self._is_due and not self._is_shown:
            self._show("other")

    @property
    def _is_due(self) -> bool:
        return not self._is_quiet and time.monotonic() - self._started >= MOMENT

    def _show(self, what: str, **facts: str | int) -> None:
        show_progress(render(Notice(f"progress.{what}", {"name": self._name, **facts}), self._lang))
        self._is_shown = True

    def _clear(self) -> None:
        if self._is_shown:
            clear_progress()
        self._is_shown = False
