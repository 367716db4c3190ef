"""Annotations become files, together with what the tools that read them need beside."""

from __future__ import annotations

from pathlib import Path

import msgspec

from extractor.evaluation import annotation as lines
from extractor.evaluation import brat, labelstudio
from extractor.evaluation.annotation import Annotation, Meta, verify
from extractor.evaluation.formats import DEFAULT, FORMATS, tell_format
from extractor.messages import Lang, render
from extractor.model import InputError, Notice
from extractor.reports.files.targets import OutputError, replacing, writing
from extractor.reports.printable import printable


def write(annotation: Annotation, output: str, format_: str | None = None, lang: Lang = "zh") -> list[Path]:
    """Writes the annotation and what belongs beside it, and gives the files, the annotation first.

    ``output`` is a folder (one that exists, or with a final slash) or the annotation's own name, whose ending tells the
    format where none is given. No file is replaced by another content, for it may hold somebody's work. Raises
    ``OutputError``, and ``InputError`` for an annotation without its text.
    """
    if annotation.text is None:
        raise InputError("annotation.no-text", name=annotation.name)
    verify(annotation, annotation.text)
    target, format_ = _target(Path(annotation.name).stem, output, format_)
    files = _files(annotation, annotation.text, target, format_, lang)
    for path, data in files.items():
        _spare(path, data)
    for path, data in files.items():
        with replacing(path) as file:
            file.write(data)
    return list(files)


def tell(annotation: Annotation, files: list[Path], lang: Lang) -> None:
    """Says on the standard output how much was written, and where."""
    facts: dict[str, str | int] = {
        "count": len(annotation.mentions),
        "path": ", ".join(printable(str(file)) for file in files),
    }
    print(render(Notice("evaluation.annotated", facts), lang), flush=True)


def _target(stem: str, output: str, format_: str | None) -> tuple[Path, str]:
    """The annotation's file and its format; a file's ending must be the one of its format, for it is read by that."""
    with writing(Path(output)):
        folder = output.endswith("/") or Path(output).is_dir()
    if folder:
        format_ = format_ or DEFAULT
        return Path(output, stem + FORMATS[format_].in_folder), format_
    told = tell_format(Path(output).suffix)
    if told is None or format_ not in (None, told):
        raise OutputError("annotation.ending", path=printable(output), format=format_ or "")
    return Path(output), told


def _files(annotation: Annotation, text: str, target: Path, format_: str, lang: Lang) -> dict[Path, bytes]:
    """The content of every file of a format."""
    if format_ == "labelstudio":
        interface = target.with_name("labelstudio.xml")
        return {target: labelstudio.encode(annotation, text), interface: labelstudio.interface(lang)}
    words = target.with_suffix(".txt")
    beside = {
        words: text.encode(),
        target.with_suffix(".meta.json"): msgspec.json.encode(Meta(words.name, annotation.ranges)) + b"\n",
    }
    if format_ == "jsonl":
        return {target: lines.encode(annotation.mentions)} | beside
    configuration = {
        target.with_name("annotation.conf"): brat.annotation_conf(),
        target.with_name("visual.conf"): brat.visual_conf(lang),
    }
    return {target: brat.encode(annotation.mentions, text)} | beside | configuration


def _spare(path: Path, data: bytes) -> None:
    with writing(path):
        if path.exists() and path.read_bytes() != data:
            raise OutputError("annotation.exists", path=printable(str(path)))
