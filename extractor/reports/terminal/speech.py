"""What a run says while it works: lines on the standard error, and one that shows how far it is."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

from extractor.layers import PatternError
from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError
from extractor.reports.files.targets import OutputError
from extractor.reports.printable import printable


def word_error(error: ExtractorError, lang: Lang) -> str:
    """What the error says, in ``lang`` where it has words for it."""
    if isinstance(error, PatternError):
        return error.say(lang)
    return render(error.notice, lang) if isinstance(error, InputError | OutputError) else str(error)


def say(text: str) -> None:
    """One line on the standard error, in place of the progress line where there is one."""
    clear_progress()
    print(f"extract: {printable(text)}", file=sys.stderr, flush=True)


def show_progress(text: str) -> None:
    """A line on a terminal that the next one replaces; nothing where there is no terminal."""
    if sys.stderr.isatty():
        from rich.cells import set_cell_size

        line = set_cell_size(text, get_terminal_size().columns - 1).rstrip()
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def clear_progress() -> None:
    """Takes the line of ``progress`` away."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
