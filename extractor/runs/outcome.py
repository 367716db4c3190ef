"""How a run ends: one outcome, and the one place where what goes wrong becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.messages import Lang

DEBUG = "EXTRACT_DEBUG"
"""The variable of the environment that asks for the place in the program where something unexpected happened."""


class Outcome(IntEnum):
    """How a run ended. The value is the exit code of the command; of several files the greatest counts."""

    DONE = 0
    FOUND = 1
    """Something does not hold, or differs."""
    FAILED = 2
    """An input that cannot be read, an output that cannot be written, or wrong use."""
    INCOMPLETE = 3
    """A batch was done, but for documents that failed."""
    INTERRUPTED = 130
    CUT_OFF = 141
    """The reader of the standard output went away."""


def attempt(work: Callable[[], Outcome], lang: Lang, name: str) -> Outcome:
    """Does ``work`` on what is called ``name``; whatever goes wrong is one sentence on the standard error.

    A reader of the output that went away, and an interruption, end the whole command: they are passed on.
    """
    try:
        return work()
    except BrokenPipeError:
        raise
    except Exception as error:
        report_failure(error, lang, name)
    return Outcome.FAILED


def report_failure(error: Exception, lang: Lang, name: str) -> None:
    """Says what went wrong with ``name``: the error's own sentence, or that the program did not expect it."""
    from extractor.messages import render
    from extractor.model import ExtractorError, Notice
    from extractor.reports.terminal.speech import say, word_error

    if isinstance(error, ExtractorError):
        say(word_error(error, lang))
    else:
        say(render(Notice("cli.unexpected", {"name": name, "reason": f"{type(error).__name__}: {error}"}), lang))
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)


def run_process(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """The exit code of a whole command; nothing it wrote is lost without a word."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard()
        return Outcome.CUT_OFF
    except OSError as error:
        from extractor.reports.files.targets import explain_unwritable

        _discard()
        report_failure(explain_unwritable(Path("stdout"), error), "zh", "stdout")
        return Outcome.FAILED
    return code


def _discard() -> None:
    from extractor.reports.files.targets import discard_output

    discard_output()
