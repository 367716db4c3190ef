"""Files become annotations: JSON Lines, brat's standoff, Label Studio's JSON, results, and reports themselves."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor import saved
from extractor.evaluation import annotation, brat, labelstudio
from extractor.evaluation.annotation import MALFORMED, Annotation, Meta
from extractor.messages import Lang
from extractor.model import InputError


class Source(Struct, frozen=True):
    """What a file holds; ``by_hand`` where it is an annotation, not what the tool found."""

    annotations: list[Annotation]
    by_hand: bool


def read(path: Path, text: Path | None = None, lang: Lang = "zh") -> Source:
    """What ``path`` holds, told by its ending and content; a file of another kind is a report, which is extracted.

    ``text`` names the file that an annotation is about; without it, that is the one its ``.meta.json`` names, or
    the one beside it that ends in ``.txt``. Raises ``InputError``.
    """
    # Unlike those of Path these raise nothing where a folder may not be entered or a name is too long.
    if os.path.isdir(path):  # noqa: PTH112
        raise InputError("input.directory", name=path.name)
    ending = path.suffix.lower()
    if ending == ".ann":
        return Source([_brat(path, text)], by_hand=True)
    if ending not in (".json", ".jsonl"):
        from extractor.pipeline import extract

        return Source([annotation.of_result(extract(path, lang=lang))], by_hand=False)
    data = saved.read_bytes(path)
    if _is_result(data, ending):
        return Source(_results(data, path.name, ending), by_hand=False)
    if ending == ".json":
        return Source(labelstudio.decode(data, path.name), by_hand=True)
    return Source([_lines(path, data, text)], by_hand=True)


def gold(path: Path, got: Annotation, text: Path | None = None) -> Annotation:
    """The annotation by hand in ``path`` that is about the document of ``got``. Raises ``InputError``."""
    source = read(path, text)
    if not source.by_hand:
        raise InputError("annotation.no-gold", name=path.name)
    if len(source.annotations) == 1:
        return source.annotations[0]
    wanted = Path(got.name).stem
    found = [one for one in source.annotations if Path(one.name).stem == wanted]
    if len(found) != 1:
        raise InputError("annotation.no-task", name=path.name, count=len(source.annotations), wanted=wanted)
    return found[0]


def single(path: Path, lang: Lang = "zh") -> Annotation:
    """The one annotation, result or report in ``path``. Raises ``InputError`` where there are none or several."""
    found = read(path, lang=lang).annotations
    if len(found) != 1:
        raise InputError("annotation.several", name=path.name, count=len(found))
    return found[0]


def _is_result(data: bytes, ending: str) -> bool:
    """Whether the JSON, or its first line, says that it is a result."""
    first = data.lstrip().partition(b"\n")[0] if ending == ".jsonl" else data
    try:
        return bool(msgspec.json.decode(first, type=dict[str, msgspec.Raw]).get("schema"))
    except MALFORMED:
        return False


def _results(data: bytes, name: str, ending: str) -> list[Annotation]:
    lines = [line for line in data.splitlines() if line.strip()] if ending == ".jsonl" else [data]
    return [annotation.of_result(saved.decode_result(line, name)) for line in lines]


def _lines(path: Path, data: bytes, text: Path | None) -> Annotation:
    meta = _meta(path)
    beside = _beside(path, text, meta)
    words = _text(beside) if beside else None
    return Annotation(beside.name if beside else path.name, annotation.decode(data, path.name), words, meta.ranges)


def _brat(path: Path, text: Path | None) -> Annotation:
    data, meta = saved.read_bytes(path), _meta(path)
    beside = _beside(path, text, meta) or path.with_suffix(".txt")
    words = _text(beside)
    return Annotation(beside.name, brat.decode(data, words, path.name), words, meta.ranges)


def _beside(path: Path, text: Path | None, meta: Meta) -> Path | None:
    """The file of the annotated text: the one named, the one of the meta file, or the one of the same name."""
    if text:
        return text
    # A name and no path: what an annotation says of its text reaches no file elsewhere.
    candidates = [path.with_name(meta.text)] if meta.text and Path(meta.text).name == meta.text else []
    # Unlike Path.is_file, this one takes a name that no file can have for an absent file.
    return next((file for file in (*candidates, path.with_suffix(".txt")) if os.path.isfile(file)), None)  # noqa: PTH113


def _text(path: Path) -> str:
    from extractor.documents.encoding import decode

    found = decode(saved.read_bytes(path))
    if found is None:
        raise InputError("input.undecodable", name=path.name)
    return found[0]


def _meta(path: Path) -> Meta:
    """What ``NAME.meta.json`` says; nothing where there is none."""
    beside = path.with_suffix(".meta.json")
    if not os.path.isfile(beside):  # noqa: PTH113
        return Meta()
    return saved.decode(saved.read_bytes(beside), Meta, "annotation.meta", beside.name)
