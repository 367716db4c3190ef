"""Annotations in brat's standoff format: ``NAME.ann`` beside ``NAME.txt``, with the configuration brat needs.

The kind is the type of a text-bound annotation; role, direction, dimension and status are its attributes; the rest of
the fields stand in its note as one JSON object. A note that is no JSON is taken as the metric.
"""

from __future__ import annotations

import re
from typing import Any, get_args

import msgspec

from extractor.evaluation.annotation import MALFORMED, Mention, Status, ordered
from extractor.evaluation.drafts import complete
from extractor.messages import Lang, render
from extractor.model import Dimension, Direction, InputError, Kind, Notice, Role

ATTRIBUTES = {"Role": "role", "Direction": "direction", "Dimension": "dim", "Status": "status"}
VALUES = {"role": Role, "direction": Direction, "dim": Dimension, "status": Status}
APART = ("start", "end", "raw", "kind", *ATTRIBUTES.values())
# brat allows no line break inside a span: such a mention is a span of several pieces.
LINE = re.compile(r"[^\r\n]+")


def encode(mentions: tuple[Mention, ...], text: str) -> bytes:
    """The ``.ann`` of the mentions of ``text``."""
    lines: list[str] = []
    attributes = 0
    for number, mention in enumerate(mentions, start=1):
        values = msgspec.to_builtins(mention)
        lines.append(f"T{number}\t{mention.kind} {_pieces(mention, text)}\t{' '.join(LINE.findall(mention.raw))}")
        for attribute, name in ATTRIBUTES.items():
            if values[name] is not None:
                attributes += 1
                lines.append(f"A{attributes}\t{attribute} T{number} {values[name]}")
        rest = {name: value for name, value in values.items() if name not in APART and value not in (None, [])}
        lines.append(f"#{number}\tAnnotatorNotes T{number}\t{msgspec.json.encode(rest).decode()}")
    return "".join(f"{line}\n" for line in lines).encode()


def _pieces(mention: Mention, text: str) -> str:
    """The places of the mention's lines: ``12 15;16 18``."""
    return ";".join(f"{piece.start()} {piece.end()}" for piece in LINE.finditer(text, mention.start, mention.end))


def decode(data: bytes, text: str, name: str) -> tuple[Mention, ...]:
    r"""The mentions of an ``.ann`` file about ``text``; what brat adds beside them (relations, events) is left out.

    A mention without a note takes value and unit from its own words. Raises ``InputError`` that names the line.

    >>> decode("T1\tlevel 3 8\t6700元\n#1\tAnnotatorNotes T1\t慰问金".encode(), "慰问金6700元", "gold.ann")[0].metric
    '慰问金'
    """
    drafts: dict[str, dict[str, Any]] = {}
    for number, line in _mentions_first(data, name):
        try:
            _take(drafts, line.split("\t", 2), text)
        except (ValueError, IndexError, *MALFORMED) as error:
            raise InputError("annotation.line", name=name, line=number, reason=str(error)) from error
    return ordered([complete(draft, name) for draft in drafts.values()])


def _mentions_first(data: bytes, name: str) -> list[tuple[int, str]]:
    """The numbered lines, those of mentions before those that say something of a mention."""
    try:
        # Other line separators of Unicode may stand in a note; only these two end a line of brat's.
        lines = enumerate(re.split("\r?\n", data.decode("utf-8-sig")), start=1)
    except UnicodeDecodeError as error:
        raise InputError("input.undecodable", name=name) from error
    return sorted(lines, key=lambda numbered: not numbered[1].startswith("T"))


def _take(drafts: dict[str, dict[str, Any]], columns: list[str], text: str) -> None:
    """Reads one line: a mention, an attribute of one, or its note."""
    if columns[0].startswith("T"):
        drafts[columns[0]] = _bound(columns[1], text)
    elif columns[0].startswith(("A", "M", "#")):
        _add(drafts, columns)


def _bound(column: str, text: str) -> dict[str, Any]:
    """A text-bound annotation: its type is the kind, its first and last piece are the place."""
    kind, _, places = column.partition(" ")
    ends = [int(place) for place in re.split("[ ;]", places)]
    return {"start": ends[0], "end": ends[-1], "raw": text[ends[0] : ends[-1]], "kind": kind}


def _add(drafts: dict[str, dict[str, Any]], columns: list[str]) -> None:
    """Puts an attribute or a note to the mention it is about; those about other things are left."""
    kind, target, *value = columns[1].split(" ")
    if target not in drafts:
        return
    if kind in ATTRIBUTES and value:
        drafts[target][ATTRIBUTES[kind]] = value[0]
    elif kind == "AnnotatorNotes":
        drafts[target] |= _note(columns[2])


def _note(note: str) -> dict[str, Any]:
    if not note.startswith("{"):
        return {"metric": note.strip()}
    fields = msgspec.json.decode(note, type=dict[str, Any])
    return {name: value for name, value in fields.items() if name not in APART}


def annotation_conf() -> bytes:
    """The ``annotation.conf`` of brat: the kinds as types, and what may be said of each."""
    attributes = [
        f"{attribute}\tArg:<ENTITY>, Value:{'|'.join(get_args(VALUES[name]))}" for attribute, name in ATTRIBUTES.items()
    ]
    lines = ["[entities]", *get_args(Kind), "[relations]", "[events]", "[attributes]", *attributes]
    return "".join(f"{line}\n" for line in lines).encode()


def visual_conf(lang: Lang) -> bytes:
    """The ``visual.conf`` of brat: the kinds by their names in ``lang``."""
    labels = [f"{kind} | {render(Notice(f'names.kind.{kind}'), lang)}" for kind in get_args(Kind)]
    return "".join(f"{line}\n" for line in ["[labels]", *labels, "[drawing]"]).encode()
