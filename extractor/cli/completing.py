"""Completion in a shell: the script that a shell loads, and what it is answered while somebody types."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Annotated, Literal

import typer

from extractor.cli.apps import commands, extraction

PROGRAM, VARIABLE = "extract", "_EXTRACT_COMPLETE"
# Where the scripts of the shells put what was typed so far.
TYPED = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")


@commands.command()
def completion(
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(help="The shell.", show_default=False)],
) -> int:
    """Print the script with which a shell completes commands and options.

    Examples: extract completion bash >> ~/.bashrc; extract completion fish > ~/.config/fish/completions/extract.fish
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    print(get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=shell))
    return 0


def choose_app(environment: Mapping[str, str], names: Collection[str]) -> typer.Typer:
    """The application that completes what was typed: that of the commands, unless files or options come first."""
    typed = next(filter(None, map(environment.get, TYPED)), "").split()[1:2]
    is_command = not typed or any(name.startswith(typed[0]) for name in names)
    return commands if is_command else extraction


def complete(names: Collection[str]) -> int:
    """Prints what may stand where somebody types."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()
    with suppress(SystemExit):
        choose_app(os.environ, names)([], prog_name=PROGRAM, complete_var=VARIABLE)
    return 0
