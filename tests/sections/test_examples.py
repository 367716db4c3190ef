"""Walks corpus/examples/headings and those of numbering: documents line by line, and the headings expected of them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import regex

from extractor.documents.model import Document, Paragraph
from extractor.sections import outline
from extractor.sections.model import Outline

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpus" / "examples" / "headings"
NUMBERING = ROOT / "corpus" / "examples" / "vocabulary" / "numbering.txt"
REPEATED = regex.compile("⟨(.*?)⟩×([0-9]+)")
# How a line is set, where the example says so: «14», «12 bold». All other lines are set like the body then.
LOOK = regex.compile("«([0-9]+)( bold)?»")
BODY = (10.0, False)


class Example(NamedTuple):
    place: str
    lines: list[str]
    expected: list[str]
    title: str | None
    cells: list[str]
    known_failure: bool


def example(file: Path, number: int, block: str) -> Example | None:
    kinds = [(line[:1], line[1:].removeprefix(" ").rstrip()) for line in block.splitlines()]
    lines = [REPEATED.sub(lambda m: m[1] * int(m[2]), text) for kind, text in kinds if kind == "|"]
    if not lines:
        return None
    expected = [text for kind, text in kinds if kind in ">?"]
    title = next((text for kind, text in kinds if kind == "="), None)
    cells = [text for kind, text in kinds if kind == "<"]
    known_failure = any(kind == "?" for kind, _ in kinds)
    expected = [] if expected == ["-"] else expected
    return Example(f"{file.stem}:{number}", lines, expected, title, cells, known_failure)


def examples() -> list[Example]:
    blocks = [
        example(file, number, block)
        for file in [*sorted(FOLDER.glob("*.txt")), NUMBERING]
        for number, block in enumerate(regex.split(r"\n\s*\n", file.read_text(encoding="utf-8")), 1)
    ]
    return [block for block in blocks if block]


def document(written: list[str]) -> Document:
    looks = list(map(LOOK.match, written))
    lines = [LOOK.sub("", line) for line in written]
    paragraphs, at = [], 0
    for line, look in zip(lines, looks, strict=True):
        kind = "cell" if line.startswith("\t") else "row" if "\t" in line else "body"
        start = at + len(line) - len(line.lstrip())
        set_as = (float(look[1]), bool(look[2])) if look else BODY if any(looks) else None
        large = set_as is not None and set_as > BODY
        paragraphs.append(Paragraph(line.strip(), ((0, start),), kind, large, False, set_as))
        at += len(line) + 1
    return Document("example", "", "text", "\n".join(lines), tuple(paragraphs))


def printed(made: Outline) -> list[str]:
    return ["  " * (section.level - 1) + section.heading for section in made.sections]


@pytest.mark.parametrize("one", examples(), ids=lambda one: one.place)
def test_headings_are_as_written(one: Example, request: pytest.FixtureRequest) -> None:
    if one.known_failure:
        request.applymarker(pytest.mark.xfail(strict=True))
    made = outline(document(one.lines))
    assert printed(made) == one.expected
    rows = [block for block in made.blocks if block.paragraph.kind == "row"]
    assert [block.paragraph.text[block.start : block.end] for block in rows] == one.cells
    if one.title is not None:
        assert made.title == (None if one.title == "-" else one.title)


def test_every_pattern_file_has_examples() -> None:
    patterns = {file.stem for file in (ROOT / "patterns" / "headings").glob("*.toml")}
    assert patterns == {file.stem for file in FOLDER.glob("*.txt")}
