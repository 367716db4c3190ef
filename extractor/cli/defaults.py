"""The settings of the working folder as defaults of the options of every command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.models import TyperInfo

from extractor.cli.apps import commands

if TYPE_CHECKING:
    from extractor.messages import Lang

LANGUAGE = "--lang"
"""The one option with a value that people write in front of a command."""
VERBOSE = frozenset(("-v", "--verbose"))
# What bounds an answer is none of what bounds the work on a document.
BOUNDS, ANSWERING = ("timeout", "memory"), "query"


def find_language(arguments: Sequence[str]) -> Lang:
    """The language that the arguments ask for, in whatever way; Chinese where they ask for none."""
    joined = " ".join(arguments)
    return "en" if f"{LANGUAGE} en" in joined or f"{LANGUAGE}=en" in joined else "zh"


def read_settings(arguments: Sequence[str], has_command: bool) -> dict[str, Any] | None:
    """The defaults of the options of every command, or of the extraction; None without settings. Raises ``InputError``.

    Whoever asks for more words is told which settings hold.
    """
    from extractor.runs.settings import find_settings

    found = find_settings(Path())
    if found is None:
        return None
    if VERBOSE & set(arguments):
        _tell(found.file, found.options, arguments)
    return _spread(found.options) if has_command else found.options


def _spread(options: dict[str, Any]) -> dict[str, Any]:
    """The defaults of each command, by its name."""
    unbounded = {name: value for name, value in options.items() if name not in BOUNDS}
    names = [str(command.callback.__name__) for command in commands.registered_commands if command.callback]
    groups = {str(group.name): dict.fromkeys(_list_names(group), options) for group in commands.registered_groups}
    return {**dict.fromkeys(names, options), ANSWERING: unbounded, **groups}


def _list_names(group: TyperInfo) -> list[str]:
    """The names of the commands of a group."""
    found = group.typer_instance.registered_commands if group.typer_instance else []
    return [command.name or str(command.callback.__name__) for command in found if command.callback]


def _tell(file: Path, options: dict[str, Any], arguments: Sequence[str]) -> None:
    from extractor.messages import render
    from extractor.model import Notice

    lang = options.get("lang", find_language(arguments))
    settings = ", ".join(f"{name} = {value}" for name, value in options.items()) or "-"
    print(
        f"extract: {render(Notice('settings.used', {'file': str(file), 'settings': settings}), lang)}", file=sys.stderr
    )
