"""The formats of an annotation, with what their files end in."""

from __future__ import annotations

from msgspec import Struct


class Format(Struct, frozen=True):
    """What a file of the format ends in, and what is added to a document's name in a folder."""

    ending: str
    in_folder: str


FORMATS = {
    "jsonl": Format(".jsonl", ".jsonl"),
    "brat": Format(".ann", ".ann"),
    # In a folder the tasks must not take the place of a result, which is NAME.json.
    "labelstudio": Format(".json", ".tasks.json"),
}
DEFAULT = "jsonl"


def tell_format(ending: str) -> str | None:
    """The format that a file's ending says.

    >>> tell_format(".ann"), tell_format(".txt")
    ('brat', None)
    """
    return next((name for name, format_ in FORMATS.items() if format_.ending == ending), None)
