"""Reads the pattern files: data in TOML under ``patterns/``, found in a checkout and in an installed wheel.

A stage asks for a folder or a file with the type its entries must have: ``load("units", Unit)``. Every file is a
list of ``[[pattern]]`` tables with an ``id``, over the ``[defaults]`` of the file; ``folder/file.id`` is the full name
of a pattern. A file that does not fit says which file, which pattern and field, and what would be accepted.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import regex

from extractor.model import ExtractorError

T = TypeVar("T")
ID = regex.compile("[A-Za-z0-9]+(?:[_.-][A-Za-z0-9]+)*")
NAME = regex.compile(r"\{([a-z_]+)\}")


class PatternError(ExtractorError):
    """A pattern file that cannot be used: names the file, the pattern, the field and what is accepted."""


@cache
def root() -> Path:
    """The folder of the pattern files: the wheel's own copy, else the checkout's."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_patterns", here.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError("No pattern files found: reinstall the package, or run from a complete checkout.")


def files(path: str) -> list[Path]:
    """The pattern files at ``path`` (a folder or a file without its ending), in the order of their names."""
    folder = root() / path
    return sorted(folder.rglob("*.toml")) if folder.is_dir() else [folder.with_name(folder.name + ".toml")]


@cache
def read(file: Path) -> dict[str, Any]:
    """One file's tables as plain values."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PatternError(f"{name(file)}: not valid TOML: {error}.") from error


def name(file: Path) -> str:
    """A file's name below ``patterns/``, without its ending: ``units/money``."""
    return file.relative_to(root()).with_suffix("").as_posix()


def load(path: str, entry: type[T]) -> dict[str, T]:
    """Every ``[[pattern]]`` at ``path`` as an ``entry``, by full name, in the order written."""
    found: dict[str, T] = {}
    for file in files(path):
        table = read(file)
        for raw in table.get("pattern", []):
            key = f"{name(file)}.{identifier(file, raw)}"
            if key in found:
                raise PatternError(f"{key}: the id stands twice in the file; ids are unique.")
            fields = table.get("defaults", {}) | {k: v for k, v in raw.items() if k != "id"}
            found[key] = convert(key, fields, entry)
    return found


def identifier(file: Path, raw: dict[str, Any]) -> str:
    """The id of one ``[[pattern]]``: letters and digits, joined by ``_``, ``.`` or ``-``."""
    found = raw.get("id")
    if not isinstance(found, str) or not ID.fullmatch(found):
        raise PatternError(f"{name(file)}: the id {found!r} is none; every [[pattern]] has one, such as more_inside.")
    return found


def convert(key: str, raw: Any, entry: type[T]) -> T:
    """``raw`` as an ``entry``, or an error that names the pattern and the field."""
    try:
        return msgspec.convert(raw, entry)
    except msgspec.ValidationError as error:
        accepted = ", ".join(f.encode_name for f in msgspec.structs.fields(entry))  # type: ignore[arg-type]
        raise PatternError(f"{key}: {error} (fields: {accepted}).") from error


@cache
def lexicon(path: str) -> dict[str, list[str] | str]:
    """The ``[words]`` (lists) and ``[fragments]`` (expressions) of a file, which its expressions use as ``{name}``."""
    table: dict[str, list[str] | str] = {}
    for file in files(path):
        raw = read(file)
        table |= raw.get("fragments", {}) | raw.get("words", {})
    return table


@cache
def fragment(path: str, name: str) -> regex.Pattern[str]:
    """One of the fragments of the file at ``path``, compiled with the names of that file."""
    return compiled(f"{path}.{name}", "{" + name + "}", lexicon(path))


def compiled(key: str, expression: str, names: dict[str, list[str] | str] | None = None) -> regex.Pattern[str]:
    """``expression`` compiled; ``{name}`` stands for a fragment, or for any word of a list, longest first."""
    complete = expanded(expression, names or {})
    unknown = NAME.search(complete)
    if unknown:
        accepted = ", ".join(names or {}) or "none"
        raise PatternError(f"{key}: {unknown[0]} is no list or fragment of its file (known: {accepted}).")
    try:
        return regex.compile(complete)
    except regex.error as error:
        raise PatternError(f"{key}: not a valid expression: {error}.") from error


def expanded(expression: str, names: dict[str, list[str] | str]) -> str:
    """``expression`` with its names put in; a fragment may hold the names of lists and of fragments above it."""
    fragments = {name: text for name, text in names.items() if isinstance(text, str)}
    groups = {name: alternation(entries) for name, entries in names.items() if not isinstance(entries, str)}
    for name, text in [*reversed(fragments.items()), *groups.items()]:
        expression = expression.replace("{" + name + "}", text)
    return expression


def alternation(spellings: list[str]) -> str:
    """A group that matches any of the words, the longest that fits."""
    ordered = sorted(spellings, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word, literal_spaces=True) for word in ordered) + ")"
