"""The head of the working papers: whose report it is, who prepared and reviewed them, when, and under which index.

What a file says of it comes first; the result and its decisions tell the rest, and what nobody tells stays empty, to
be filled in by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Struct

from extractor import saved
from extractor.messages import Lang
from extractor.model import InputError, Result
from extractor.reports.decisions import Decisions
from extractor.reports.printable import printable
from extractor.reports.workbook.phrases import get_phrase

# The bytes that a head may have, and the characters of a line of it.
LARGEST, LONGEST = 2**16, 200
# The characters of an ISO date, as that of a time begins.
DATE = 10


class Head(Struct, frozen=True):
    """What stands at the head of the working papers, each a line of text."""

    entity: str = ""
    project: str = ""
    period: str = ""
    index: str = ""
    prepared: str = ""
    reviewed: str = ""
    date: str = ""


FIELDS = tuple(field.name for field in msgspec.structs.fields(Head))


def complete_head(head: Head, result: Result, decisions: Decisions, lang: Lang) -> Head:
    """A head with what the result and the decisions say of what it leaves open."""
    info = result.document
    known = {
        "entity": info.entity,
        "project": info.title,
        "period": None if info.year is None else get_phrase("year-of", lang, year=info.year),
        "prepared": decisions.reviewer,
        "date": decisions.saved[:DATE],
    }
    told = {name: printable(fact) for name, fact in known.items() if fact and not getattr(head, name)}
    return msgspec.structs.replace(head, **told)


def label_field(name: str, lang: Lang) -> str:
    """What a line of the head is called: 被审计单位."""
    return get_phrase(f"head.{name}", lang)


def load_head(path: Path, lang: Lang) -> Head:
    """The head that a TOML or JSON file gives, by the names of its lines in either language. Raises ``InputError``."""
    name = printable(path.name)
    given = _decode(saved.read_bytes(path, LARGEST), path.suffix.lower(), name, lang)
    names = {
        _fold(label): field for field in FIELDS for label in (field, *(label_field(field, to) for to in get_args(Lang)))
    }
    found: dict[str, str] = {}
    for key, value in given.items():
        field = names.get(_fold(key))
        if field is None or field in found:
            raise _refuse(name, "head-field", lang, field=printable(key))
        found[field] = _read_line(key, value, name, lang)
    return Head(**found)


def _decode(data: bytes, suffix: str, name: str, lang: Lang) -> Mapping[str, Any]:
    """The table that a file holds: JSON where its name says so, else TOML."""
    try:
        text = data.decode("utf-8-sig")
        given = json.loads(text) if suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refuse(name, "head-file", lang, reason=printable(str(error))) from error
    if not isinstance(given, dict):
        raise _refuse(name, "head-table", lang)
    return given


def _read_line(key: str, value: object, name: str, lang: Lang) -> str:
    """A line of the head: text, a date, or a whole number."""
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise _refuse(name, "head-value", lang, field=printable(key))
    line = value.isoformat() if isinstance(value, date) else printable(str(value)).strip()
    if len(line) > LONGEST:
        raise _refuse(name, "head-long", lang, field=printable(key), longest=LONGEST)
    return line


def _fold(name: str) -> str:
    return name.strip().casefold()


def _refuse(name: str, why: str, lang: Lang, **facts: str | int) -> InputError:
    """The error of a head that cannot be used: why, and which lines there are."""
    labels = [label_field(field, lang) for field in FIELDS]
    separator = get_phrase("head-separator", lang)
    return InputError(f"report.{why}", name=name, accepted=separator.join(labels), **facts)
