"""The help and the usage errors in Chinese: the texts are data, the layout counts the columns that characters take.

The English texts stand with the commands; their examples are laid out here. Nothing heavy is loaded: whoever asks for
help waits for it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

from typer import Context
from typer._click import exceptions

# Columns that the names of options take at most, those of a line at most, and what stands in front of both.
NAMES, WIDEST, INDENT = 26, 80, 2
HERE = Path(__file__).resolve()
# A run of letters with the marks in it, white space, or one character.
ATOM = re.compile(r"[!-~]+|\s+|.")
# What the library says of a command line that is wrong, as far as there are other words for it.
EXTRA = re.compile(r"extra arguments?(?:\(s\))? \((.*)\)")
CHOICES = re.compile(r"'(.*?)' is not one of (.*)")
LEAST = re.compile(r"greater than or equal to (\S+?)\.?$")
NUMBER = re.compile(r"valid (?:number|integer)")
# What the help of a command ends with, and the mark with which the library keeps the lines behind it apart.
EXAMPLES, KEPT = re.compile(r"^(Examples?:) (.+)\Z", re.DOTALL | re.MULTILINE), "\b"
NEVER_FIRST = ("Pe", "Pf", "Po")


@dataclass(frozen=True)
class Help:
    """A text of the help by its id."""

    zh: str


@cache
def load_texts() -> dict[str, str]:
    """The texts of ``patterns/help`` by their ids, without what reading patterns otherwise takes."""
    folders = (HERE.parents[1] / "_patterns" / "help", HERE.parents[2] / "patterns" / "help")
    folder = next(folder for folder in folders if folder.is_dir())
    tables = (tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml")))
    return {entry["id"]: entry["zh"] for table in tables for entry in table["pattern"]}


def find_text(command: str, parameter: str) -> str | None:
    """What a parameter of a command is; None where there are no words for it."""
    texts = load_texts()
    return texts.get(f"{command}.{parameter}", texts.get(f"any.{parameter}"))


def write_help(command: Any, arguments: Sequence[str]) -> str:
    """The help of the command that the arguments name, in Chinese; in English where there is none in Chinese."""
    names = ["extract"]
    while names[1:] != arguments[: len(names)] and arguments[len(names) - 1] in getattr(command, "commands", ()):
        names.append(arguments[len(names) - 1])
        command = command.commands[names[-1]]
    shown, name = " ".join(names), ".".join(names[1:] or names)
    context, texts = Context(command, info_name=shown), load_texts()
    if name not in texts:
        return str(command.get_help(context))
    width = min(WIDEST, get_terminal_size().columns) - 1
    pieces = " ".join(command.collect_usage_pieces(context))
    parts = [f"{say('usage')}: {shown} {pieces}", *_write_text(texts[name], width)]
    found = command.get_params(context)
    for title, is_option in (("arguments", False), ("options", True)):
        rows = [row for one in found if (row := _describe(name, one, context)) and _is_option(one) == is_option]
        parts += ["", f"{say(title)}:", *_write_rows(rows, width)] if rows else []
    if rows := [(one, texts.get(f"{name}.{one}", "").partition("\n")[0]) for one in getattr(command, "commands", ())]:
        parts += ["", f"{say('commands')}:", *_write_rows(rows, width)]
    epilog = texts.get(f"{name}.epilog")
    return "\n".join([*parts, *(["", *epilog.split("\n")] if epilog else [])])


def part_examples(command: Any) -> Any:
    """A command with the examples of its English help, and of the commands below it, on lines of their own."""
    command.help = EXAMPLES.sub(_part_examples, command.help or "")
    for other in getattr(command, "commands", {}).values():
        part_examples(other)
    return command


def _part_examples(found: re.Match[str]) -> str:
    r"""Some examples, a line each.

    >>> _part_examples(EXAMPLES.search("Examples: extract a.pdf;\nextract b.pdf -q"))
    '\x08\nExamples:\n  extract a.pdf\n  extract b.pdf -q'
    """
    examples = re.split(r";\s+", found[2].strip())
    return "\n  ".join([f"{KEPT}\n{found[1]}", *(" ".join(one.split()) for one in examples)])


def say(word: str, **facts: str) -> str:
    """A word of the help, with its facts."""
    return load_texts()[f"word.{word}"].format(**facts)


def _write_text(text: str, width: int) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield ""
        for line in paragraph.split("\n"):
            indent = INDENT + len(line) - len(line.lstrip())
            yield from (" " * indent + part for part in wrap(line.lstrip(), width - indent))


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _describe(command: str, parameter: Any, context: Context) -> tuple[str, str] | None:
    """What is typed for a parameter, and what it is; None for one that is hidden."""
    record = parameter.get_help_record(context)
    if record is None:
        return None
    told, english = record
    is_help = parameter.name == "help" and _is_option(parameter)
    said = say("help") if is_help else find_text(command, parameter.name or "")
    return told.split(" <list[", 1)[0].split(" <Path", 1)[0].split(" <str", 1)[0], (said or english) + _tell_default(
        parameter
    )


def _tell_default(parameter: Any) -> str:
    """What holds where nothing is given, in brackets; an argument that has to be given says so."""
    if parameter.required:
        return f"[{say('required')}]"
    is_told = getattr(parameter, "show_default", True) and not isinstance(parameter.default, bool)
    if not is_told or parameter.default in (None, ()):
        return ""
    return f"[{say('default', value=str(parameter.default))}]"


def _write_rows(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Two columns; where the first is too wide, the second begins on a line of its own."""
    column = min(NAMES, max(measure(told) for told, _ in rows)) + 2 * INDENT
    for told, said in rows:
        lines = wrap(said, width - column)
        first = " " * INDENT + told
        fits = measure(first) + INDENT <= column
        yield first + " " * (column - measure(first)) + lines.pop(0) if fits and lines else first
        yield from (" " * column + line for line in lines)


def measure(text: str) -> int:
    """The columns that a text takes on a terminal.

    >>> measure("--lang 中文")
    11
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text; words stay whole, and no line begins with a closing mark.

    >>> wrap("提取中文报告，列出全部 claims。", 12)
    ['提取中文报', '告，列出全部', 'claims。']
    """
    lines, line = [], ""
    for atom in _cut_atoms(text):
        if line and measure(line + atom.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += atom if line or not atom.isspace() else ""
    return [*lines, line] if line else lines


def _cut_atoms(text: str) -> Iterator[str]:
    held = ""
    for atom in ATOM.findall(text):
        if held and not (len(atom) == 1 and unicodedata.category(atom) in NEVER_FIRST):
            yield held
            held = ""
        held += atom
    if held:
        yield held


def name_command(error: exceptions.ClickException) -> str:
    """The command that an error is about, as it is typed."""
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context else "extract"


def word_usage_error(error: exceptions.ClickException) -> str:
    """What is wrong with a command line, without what to do."""
    name = _name_parameter(error)
    if isinstance(error, exceptions.MissingParameter):
        return say("no_argument", name=name)
    if isinstance(error, exceptions.NoSuchOption):
        meant = "、".join(sorted(error.possibilities or ()))
        return say("no_option", name=error.option_name) + (say("possible", names=meant) if meant else "")
    if isinstance(error, exceptions.BadOptionUsage):
        return say("no_value", name=error.option_name)
    if isinstance(error, exceptions.BadParameter):
        return _word_bad_value(error, name)
    given = EXTRA.search(error.message)
    return say("extra", names=given[1]) if given else error.format_message().rstrip(".")


def _name_parameter(error: exceptions.ClickException) -> str:
    """What is typed for the parameter that an error is about."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(parameter.opts[-1] if _is_option(parameter) else parameter.metavar or parameter.name)


def _word_bad_value(error: exceptions.BadParameter, name: str) -> str:
    if found := CHOICES.search(error.message):
        return say("choice", name=name, value=found[1], names=found[2].replace("'", "").replace(", ", "、").rstrip("."))
    if found := LEAST.search(error.message):
        return say("bad_value", name=name, reason=say("least", least=found[1]))
    reason = say("number") if NUMBER.search(error.message) else error.message.rstrip(".")
    return say("bad_value", name=name, reason=reason)
