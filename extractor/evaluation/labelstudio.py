"""Annotations as tasks of Label Studio, and the labelling interface for them.

The kind is the label of a region; role, direction, dimension and status are choices, the other fields text areas, all
of them per region. A section's headings and a metric's other readings are one line each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args
from xml.etree import ElementTree

import msgspec
from msgspec import Struct

from extractor import __version__
from extractor.evaluation.annotation import MALFORMED, Annotation, Mention, Ranges, Status, ordered
from extractor.evaluation.drafts import complete
from extractor.messages import Lang, render
from extractor.model import Dimension, Direction, InputError, Kind, Notice, Role

CHOICES = {"role": Role, "direction": Direction, "dim": Dimension, "status": Status}
LISTS = ("metric_alt", "section")
AREAS = (
    "metric", "metric_alt", "period", "baseline", "value", "value_high", "unit", "unit_implied", "approx", "section",
    "cell",
)  # fmt: skip
MODEL = f"narrative-extractor {__version__}"


class Data(Struct, frozen=True):
    """What a task is about."""

    text: str
    name: str = "-"
    ranges: Ranges | None = None


class Region(Struct, frozen=True):
    """One thing that was said of a region; all that share an ``id`` are about the same region.

    Relations between regions, which are of no use here, have neither name nor value.
    """

    id: str = ""
    from_name: str = ""
    to_name: str = ""
    type: str = ""
    value: dict[str, Any] = {}


class Entry(Struct, frozen=True):
    """What one annotator, or a program, said of a task."""

    result: tuple[Region, ...]
    was_cancelled: bool = False
    model_version: str | None = None


class Task(Struct, frozen=True):
    """One document with everything that was said of it."""

    data: Data
    annotations: tuple[Entry, ...] = ()
    predictions: tuple[Entry, ...] = ()


def encode(annotation: Annotation, text: str) -> bytes:
    """A list of one task, its mentions as predictions: what Label Studio imports."""
    regions = [
        region for number, mention in enumerate(annotation.mentions, 1) for region in _regions(f"m{number}", mention)
    ]
    data = {"text": text, "name": annotation.name, "ranges": annotation.ranges}
    task = {"data": data, "predictions": [{"model_version": MODEL, "result": regions}]}
    return msgspec.json.format(msgspec.json.encode([task]), indent=1) + b"\n"


def _regions(identity: str, mention: Mention) -> Iterator[Region]:
    """The mention's label, then its choices, then its texts."""
    values = msgspec.to_builtins(mention)
    place = {"start": mention.start, "end": mention.end, "text": mention.raw}
    yield Region(identity, "kind", "text", "labels", place | {"labels": [mention.kind]})
    for name in CHOICES:
        if values[name] is not None:
            yield Region(identity, name, "text", "choices", place | {"choices": [values[name]]})
    for name in AREAS:
        if values[name] not in (None, []):
            lines = values[name] if name in LISTS else [values[name]]
            yield Region(identity, name, "text", "textarea", place | {"text": lines})


def decode(data: bytes, name: str) -> list[Annotation]:
    """The annotations of an export, one for each task; of a task without any, its predictions.

    Of several annotators of one task the first is taken. Raises ``InputError``.
    """
    try:
        raw = msgspec.json.decode(data)
        tasks = msgspec.convert(raw if isinstance(raw, list) else [raw], list[Task])
    except MALFORMED as error:
        raise InputError("annotation.tasks", name=name, reason=str(error)) from error
    return [_annotation(task, name) for task in tasks]


def _annotation(task: Task, name: str) -> Annotation:
    entries = [entry for entry in (*task.annotations, *task.predictions) if not entry.was_cancelled]
    drafts: dict[str, dict[str, Any]] = {}
    for region in entries[0].result if entries else ():
        draft = drafts.setdefault(region.id, {})
        if region.type == "labels":
            draft |= _place(region, task.data.text, name)
        draft |= _said(region)
    mentions = [complete(draft, name) for draft in drafts.values() if "raw" in draft]
    return Annotation(task.data.name, ordered(mentions), task.data.text, task.data.ranges)


def _place(region: Region, text: str, name: str) -> dict[str, Any]:
    """Where a region stands: old versions count in units of UTF-16, which differ behind rare characters."""
    start, end = region.value.get("start"), region.value.get("end")
    words = str(region.value.get("text", ""))
    if isinstance(start, int) and isinstance(end, int):
        for low, high in ((start, end), (_points(text, start), _points(text, end))):
            if not words or _squeezed(words) == _squeezed(text[low:high]):
                return {"start": low, "end": high, "raw": text[low:high]}
    raise InputError("annotation.mention", name=name, raw=words or region.id, reason=f"start {start}, end {end}")


def _points(text: str, units: int) -> int:
    """How many code points the first ``units`` of UTF-16 are."""
    return len(text[:units].encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _squeezed(words: str) -> str:
    """The words without white space; a line break may be written as in a program."""
    return "".join(words.replace("\\n", " ").split())


def _said(region: Region) -> dict[str, Any]:
    """The field that a region's value fills."""
    said, name = region.value.get("text" if region.type == "textarea" else region.type), region.from_name
    said = [said] if isinstance(said, str) else said
    if name in LISTS:
        return {name: said}
    known = name == "kind" or name in CHOICES or name in AREAS
    return {name: said[0]} if known and isinstance(said, list) and said else {}


def interface(lang: Lang) -> bytes:
    """The labelling interface in XML, its words in ``lang``; results hold the codes of the format."""
    view = ElementTree.Element("View")
    labels = ElementTree.SubElement(view, "Labels", name="kind", toName="text")
    for kind in get_args(Kind):
        ElementTree.SubElement(labels, "Label", value=_named(f"names.kind.{kind}", lang), alias=kind)
    style = ElementTree.SubElement(view, "Style")
    style.text = ".htx-text { white-space: pre-wrap; }"
    ElementTree.SubElement(view, "Text", name="text", value="$text")
    for name, codes in CHOICES.items():
        _header(view, name, lang)
        choices = ElementTree.SubElement(view, "Choices", name=name, toName="text", perRegion="true", choice="single")
        for code in get_args(codes):
            ElementTree.SubElement(choices, "Choice", value=_choice(name, code, lang), alias=code)
    for name in AREAS:
        _header(view, name, lang)
        many = {} if name in LISTS else {"maxSubmissions": "1"}
        area = {"name": name, "toName": "text", "perRegion": "true", "editable": "true", **many}
        ElementTree.SubElement(view, "TextArea", area)
    ElementTree.indent(view)
    return f"{ElementTree.tostring(view, encoding='unicode')}\n".encode()


def _header(view: ElementTree.Element, name: str, lang: Lang) -> None:
    ElementTree.SubElement(view, "Header", value=_named(f"labelling.{name}", lang))


def _choice(name: str, code: str, lang: Lang) -> str:
    return _named(f"names.dimension.{code}" if name == "dim" else f"labelling.{name}.{code}", lang)


def _named(message: str, lang: Lang) -> str:
    return render(Notice(message), lang)
