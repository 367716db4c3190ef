"""How a run ends: one outcome, and the one place where what goes wrong becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.messages import Lang


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
    """Says what went wrong with ``name``: the error's own sentence, the system's, or that nobody expected it."""
    from extractor.apart.limits import UnexpectedError
    from extractor.messages import render
    from extractor.model import DEBUG, ExtractorError, Notice
    from extractor.reports.terminal.speech import say, word_error

    if isinstance(error, ExtractorError):
        say(word_error(error, lang))
    elif isinstance(error, OSError) and error.strerror:
        say(render(Notice("input.unreadable", {"name": name, "reason": error.strerror}), lang))
    else:
        reason = str(error) if isinstance(error, UnexpectedError) else f"{type(error).__name__}: {error}"
        say(render(Notice("cli.unexpected", {"name": name, "reason": reason}), lang))
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)


def run_process(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """The exit code of a whole command; nothing it wrote is lost without a word, and no crash looks like a finding."""
    _open_streams()
    try:
        code = command(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _discard_streams()
        return Outcome.CUT_OFF
    except KeyboardInterrupt:
        return Outcome.INTERRUPTED
    except Exception as error:
        _tell_last(error)
        return Outcome.FAILED


def _open_streams() -> None:
    """Readies the standard streams; in place of one that is closed stands one that nothing can be written to.

    A file that is opened would take its number otherwise, and what is said would go into it.
    """
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, mode), number)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _tell_last(error: Exception) -> None:
    """Says what nobody expected, where anybody can still hear it."""
    from extractor.reports.files.targets import explain_unwritable

    if isinstance(error, OSError) and error.filename is None:
        error = explain_unwritable(Path("stdout"), error)
    with suppress(OSError):
        report_failure(error, "zh", "extract")
    _discard_streams()


def _discard_streams() -> None:
    """Sends what the standard streams still hold to nowhere, as the interpreter writes it once more at its end."""
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
