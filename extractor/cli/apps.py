"""The two Typer applications: the extraction, and the commands beside it."""

from __future__ import annotations

import typer

HELP = {"help_option_names": ["-h", "--help"]}
extraction = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP
)
commands = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP
)


@commands.callback()
def _commands() -> None:
    """What the tool offers beside the extraction."""
