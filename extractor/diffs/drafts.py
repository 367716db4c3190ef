"""A pair while it is made: what was found, and what there is to say of it beside the relation."""

from __future__ import annotations

from msgspec import Struct

from extractor.model import Likeness, Relation
from extractor.passages.items import Item


class Note(Struct, frozen=True):
    """Something to point out about a pair: the id of a sentence behind ``diffs.note-`` and the facts it names."""

    message: str
    facts: dict[str, str | int] = {}


class Draft(Struct, frozen=True):
    """Claims of both sides that are of one thing, one or several on each."""

    left: tuple[Item, ...]
    right: tuple[Item, ...]
    relation: Relation
    likeness: Likeness
    notes: tuple[Note, ...] = ()
    sentence: str = ""
    """The id of the sentence behind ``diffs.``; that of the relation by default."""
    facts: dict[str, str | int] = {}
