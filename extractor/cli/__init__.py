"""The command ``extract``: its arguments and options, and nothing else."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from extractor.cli import annotation, batches, citing, completing, documents, own, probing, single
from extractor.cli.apps import commands, extraction
from extractor.cli.defaults import LANGUAGE, find_language, read_settings
from extractor.cli.values import ease_values
from extractor.layers import keep_patterns
from extractor.model import ExtractorError
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, report_failure, run_process

if TYPE_CHECKING:
    from extractor.messages import Lang

ASKING = ("-h", "--help")
VALUED = (LANGUAGE, "-o", "--output", "--format", "--timeout", "--memory", "--patterns")
"""The options with a value that people write in front of a command."""
__all__ = [
    "annotation", "batches", "citing", "commands", "completing", "documents", "extraction", "main", "own", "probing",
    "run", "single",
]  # fmt: skip


def main() -> None:
    """The console entry point: the first argument names a command, or the extraction is meant."""
    # All that is held goes with the process: else the interpreter searches it for garbage once more, for 10 ms.
    atexit.register(gc.freeze)
    sys.exit(run_process(run, sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs the command line ``arguments`` and gives its exit code."""
    names = {command.callback.__name__ for command in commands.registered_commands if command.callback}
    names |= {group.name for group in commands.registered_groups if group.name}
    if completing.VARIABLE in os.environ:
        return completing.complete(names)
    arguments = _put_command_first(arguments, names)
    app = commands if arguments[:1] and arguments[0] in names else extraction
    if app is extraction and (meant := _guess_command(arguments[:1], names)):
        print(f"extract: {_word_unknown(arguments[0], meant, find_language(arguments))}", file=sys.stderr)
        return Outcome.FAILED
    arguments = _put_list_first(arguments)
    if _asks_for_help(arguments):
        if find_language(arguments) == "zh":
            from extractor.cli.help import write_help

            print(write_help(get_command(app), arguments))
            return Outcome.DONE
        return _run_app(app, _leave_out_language(arguments))
    with keep_patterns():
        return _run_app(app, arguments)


def _run_app(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Runs one of the applications with the settings of the working folder."""
    try:
        settings = read_settings(arguments, has_command=app is commands)
        command = ease_values(get_command(app))
        if _asks_for_help(arguments):
            from extractor.cli.help import part_examples

            part_examples(command)
        return int(command([*arguments], prog_name="extract", standalone_mode=False, default_map=settings) or 0)
    except ExtractorError as error:
        report_failure(error, find_language(arguments), "extract")
        return Outcome.FAILED
    except typer.TyperException as error:
        print(f"extract: {_word_error(error, find_language(arguments))}", file=sys.stderr)
        return Outcome.FAILED
    except (KeyboardInterrupt, typer.Abort):
        return Outcome.INTERRUPTED
    except SystemExit:
        # Without its standalone mode typer leaves so in one case only: the reader of the output went away.
        return Outcome.CUT_OFF


def _asks_for_help(arguments: Sequence[str]) -> bool:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return any(argument in ASKING for argument in before)


def _leave_out_language(arguments: Sequence[str]) -> Sequence[str]:
    """What asks for help without the option of the language, which some commands do not have.

    >>> _leave_out_language(["schema", "--lang", "en", "--help"]), _leave_out_language(["--lang=en", "-h"])
    (['schema', '--help'], ['-h'])
    """
    valued = {at + 1 for at, argument in enumerate(arguments) if argument == LANGUAGE}
    left = ((at, argument) for at, argument in enumerate(arguments) if at not in valued)
    return [argument for _, argument in left if argument.partition("=")[0] != LANGUAGE]


def _word_error(error: Any, lang: Lang) -> str:
    """What is wrong with a command line, and where its use is told."""
    from extractor.cli.help import name_command, say, word_usage_error

    command = name_command(error)
    if lang == "en":
        return f"{printable(error.format_message()).rstrip('.')}; see {command} --help."
    return say("see", said=printable(word_usage_error(error)), command=command)


def _word_unknown(given: str, meant: str, lang: Lang) -> str:
    if lang == "en":
        return f"{given} is no command and no file; did you mean {meant}?"
    from extractor.cli.help import say

    return say("command", name=given, meant=meant)


def _put_command_first(arguments: Sequence[str], names: set[str]) -> Sequence[str]:
    """The command in front of options that were written before it.

    >>> _put_command_first(["--lang", "en", "diff", "--help"], {"diff"})
    ['diff', '--lang', 'en', '--help']
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in VALUED else 1
    if at < len(arguments) and arguments[at] in names:
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]
    return arguments


def _put_list_first(arguments: Sequence[str]) -> Sequence[str]:
    """`extract patterns 营业收入` as `extract patterns list 营业收入`.

    >>> _put_list_first(["patterns", "营业收入"]), _put_list_first(["patterns", "check", "esg"])
    (['patterns', 'list', '营业收入'], ['patterns', 'check', 'esg'])
    """
    known = {
        "-h",
        "--help",
        *(
            command.name or str(command.callback.__name__)
            for command in own.own.registered_commands
            if command.callback
        ),
    }
    if arguments[:1] != ["patterns"] or known & set(arguments[1:2]):
        return arguments
    return [*arguments[:1], own.LIST, *arguments[1:]]


def _guess_command(first: Sequence[str], names: set[str]) -> str | None:
    """The command that a word is nearly, where it is no file and does not look like one."""
    # Unlike that of Path this raises nothing where a name is too long.
    if not first or not first[0].isalpha() or os.path.exists(first[0]):  # noqa: PTH110
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(first[0], names, 1, 0.7)), None)
