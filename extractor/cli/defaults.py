"""The settings of the working folder as defaults of the options of every command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.models import TyperInfo

from extractor.cli.apps import commands

if TYPE_CHECKING:
    from extractor.messages import Lang

LANGUAGE, SPOKEN = "--lang", "EXTRACT_LANG"
"""The option that names the language, and the variable of the environment that does where no option is given."""
VERBOSE = frozenset(("-v", "--verbose"))
# What bounds an answer is none of what bounds the work on a document.
BOUNDS, ANSWERING = ("timeout", "memory"), "query"


def find_language(arguments: Sequence[str]) -> Lang:
    """The language that the arguments ask for, else that of the environment; Chinese without either."""
    joined = " ".join(arguments)
    if f"{LANGUAGE} en" in joined or f"{LANGUAGE}=en" in joined:
        return "en"
    is_named = LANGUAGE in joined
    return "en" if not is_named and os.environ.get(SPOKEN) == "en" else "zh"


def read_settings(arguments: Sequence[str], has_command: bool) -> dict[str, Any] | None:
    """The defaults of the options of every command, or of the extraction; None without settings. Raises ``InputError``.

    Whoever asks for more words is told which settings hold. The language of the environment goes before theirs.
    """
    from extractor.runs.settings import find_settings

    found = find_settings(Path())
    if found and VERBOSE & set(arguments):
        _tell(found.file, found.options, arguments)
    spoken = os.environ.get(SPOKEN)
    options = (found.options if found else {}) | ({"lang": spoken} if spoken in ("zh", "en") else {})
    if not options:
        return None
    return _spread(options) if has_command else options


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
