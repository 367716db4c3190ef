"""Settings of a folder: ``extract.toml``, else ``[tool.extract]`` of ``pyproject.toml``, for the commands run in it.

They are few and say what stands in front of every command: where one's own patterns are, the language, and the bounds
of the work on one document. What the command line says goes first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from extractor.model import InputError

FILE, PROJECT = "extract.toml", "pyproject.toml"


class Settings(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a file of settings may say; ``timeout`` in seconds and ``memory`` in MB, for one document (0: no limit)."""

    patterns: str | None = None
    lang: Literal["zh", "en"] | None = None
    timeout: Annotated[float, Meta(ge=0)] | None = None
    memory: Annotated[int, Meta(ge=0)] | None = None


class Found(Struct, frozen=True):
    """Settings, and the file that they are from."""

    file: Path
    settings: Settings

    @property
    def options(self) -> dict[str, Any]:
        """What is set, by the names of the options; the folder of patterns is looked for beside the file."""
        told: dict[str, Any] = msgspec.to_builtins(self.settings)
        if self.settings.patterns is not None:
            told["patterns"] = self.file.parent / self.settings.patterns
        return told


def find_settings(folder: Path) -> Found | None:
    """The settings of a folder; None where it has none. Raises ``InputError`` for what is no setting."""
    own = folder / FILE
    if own.is_file():
        return _read_settings(own, _read_toml(own))
    project = folder / PROJECT
    tool = _read_toml(project).get("tool") if project.is_file() else None
    table = tool.get("extract") if isinstance(tool, dict) else None
    return None if table is None else _read_settings(project, table)


def _read_toml(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("settings.toml", name=file.name, reason=str(error)) from error


def _read_settings(file: Path, table: Any) -> Found:
    accepted = Settings.__struct_fields__
    if isinstance(table, dict):
        for key in table:
            if key not in accepted:
                raise InputError("settings.unknown", name=file.name, key=key, accepted=", ".join(accepted))
    try:
        return Found(file, msgspec.convert(table, Settings))
    except msgspec.ValidationError as error:
        raise InputError("settings.wrong", name=file.name, reason=str(error)) from error
