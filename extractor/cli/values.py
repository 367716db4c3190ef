"""Values of the command line that plainly are what they should be; all others are read, or refused, by typer.

It asks pydantic of each value, whose import alone takes as long as a report of a dozen pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

# What typer would ask of a path beside whether it can be read.
ASKED_OF_PATHS = ("exists", "writable", "resolve_path", "allow_dash", "path_type")


class NotPlainError(Exception):
    """A value that typer has to read."""


class Reader:
    """Reads the values of a parameter, in place of what typer makes for it when it is first asked."""

    def __init__(self, parameter: Any, make_own: Callable[[], Any]) -> None:
        self._parameter, self._make_own = parameter, make_own

    def coerce(self, value: Any, **where: Any) -> Any:
        """A value as one of the parameter's type. Raises what typer raises for it."""
        try:
            return read_plainly(self._parameter, value)
        except NotPlainError:
            return self._make_own().coerce(value, **where)


def ease_values(command: Any) -> Any:
    """A command whose values, and those of the commands in it, are read plainly where that can be."""
    list_parameters = command.get_params
    command.get_params = lambda context: [*map(_ease, list_parameters(context))]
    for other in getattr(command, "commands", {}).values():
        ease_values(other)
    return command


def _ease(parameter: Any) -> Any:
    """A parameter, the option for help as well, whose values are read plainly where that can be."""
    make_own = parameter.get_runtime_param
    if not isinstance(make_own, partial):
        parameter.get_runtime_param = partial(Reader, parameter, make_own)
    return parameter


def read_plainly(parameter: Any, value: Any) -> Any:
    """A value that is, or plainly says, one of its parameter's type. Raises ``NotPlainError``."""
    kind, asked = parameter.type_descriptor.annotation, parameter.type_descriptor.parameter_info
    if asked.parser is not None:
        raise NotPlainError
    if parameter.multiple or parameter.nargs == -1:
        return _read_several(kind, asked, value)
    if value is None:
        return None
    # A number may have limits, which the default of its own option keeps.
    if kind in (int, float) and value == parameter.default and not isinstance(value, str):
        return kind(value)
    return _read_one(kind, asked, value)


def _read_several(kind: Any, asked: Any, values: Any) -> Any:
    """Values of a parameter that takes any number of them."""
    if values is None:
        return ()
    if get_origin(kind) is not list or not isinstance(values, (list, tuple)):
        raise NotPlainError
    return [_read_one(get_args(kind)[0], asked, value) for value in values]


def _read_one(kind: Any, asked: Any, value: Any) -> Any:
    """A word, a word of a few, or a path, from what stands on the command line."""
    if not isinstance(value, (str, Path)):
        raise NotPlainError
    if kind is Path:
        return _read_path(asked, Path(value))
    is_word = kind is str and isinstance(value, str)
    if is_word or (get_origin(kind) is Literal and value in get_args(kind)):
        return value
    raise NotPlainError


def _read_path(asked: Any, path: Path) -> Path:
    """A path where nothing is, or to what can be read."""
    is_asked = any(getattr(asked, name) for name in ASKED_OF_PATHS)
    is_any = asked.file_okay and asked.dir_okay
    if is_asked or not is_any or not (os.access(path, os.R_OK) or not os.path.exists(path)):  # noqa: PTH110
        raise NotPlainError
    return path
