"""The command ``extract``: its arguments and options, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from extractor.cli import annotation, batches, documents, probing, single
from extractor.cli.apps import commands, extraction
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, run_process

LANGUAGE = "--lang"
"""The one option with a value that people write in front of a command."""
__all__ = ["annotation", "batches", "commands", "documents", "extraction", "main", "probing", "run", "single"]


def main() -> None:
    """The console entry point: the first argument names a command, or the extraction is meant."""
    sys.exit(run_process(run, sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs the command line ``arguments`` and gives its exit code."""
    names = {command.callback.__name__ for command in commands.registered_commands if command.callback}
    arguments = _put_command_first(arguments, names)
    app = commands if arguments[:1] and arguments[0] in names else extraction
    if app is extraction and (meant := _guess_command(arguments[:1], names)):
        print(f"extract: {arguments[0]} is no command and no file; did you mean {meant}?", file=sys.stderr)
        return Outcome.FAILED
    try:
        return int(app([*arguments], prog_name="extract", standalone_mode=False) or 0)
    except typer.TyperException as error:
        print(f"extract: {printable(error.format_message()).rstrip('.')}; see extract --help.", file=sys.stderr)
        return Outcome.FAILED
    except (KeyboardInterrupt, typer.Abort):
        return Outcome.INTERRUPTED
    except SystemExit:
        # Without its standalone mode typer leaves so in one case only: the reader of the output went away.
        return Outcome.CUT_OFF


def _put_command_first(arguments: Sequence[str], names: set[str]) -> Sequence[str]:
    """The command in front of options that were written before it.

    >>> _put_command_first(["--lang", "en", "diff", "--help"], {"diff"})
    ['diff', '--lang', 'en', '--help']
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] == LANGUAGE else 1
    if at < len(arguments) and arguments[at] in names:
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]
    return arguments


def _guess_command(first: Sequence[str], names: set[str]) -> str | None:
    """The command that a word is nearly, where it is no file and does not look like one."""
    # Unlike that of Path this raises nothing where a name is too long.
    if not first or not first[0].isalpha() or os.path.exists(first[0]):  # noqa: PTH110
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(first[0], names, 1, 0.7)), None)
