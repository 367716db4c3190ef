"""Walks corpus/examples/statements and corpus/examples/tables: what each pattern is about, and what it is not.

`= ` names a pattern of the mirrored file, two spaces a line that it is about, `! ` a line that it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor import patterns
from extractor.tables import kinds, lexicon

ROOT = Path(__file__).resolve().parents[2] / "corpus" / "examples"
FOLDERS = ("statements", "tables")
# Its examples are whole tables, with a test of their own.
WHOLE = "tables/labels"
# Found anywhere in a line; the others are about the whole of it.
SEARCHED = {"tables/titles.unit", "tables/titles.number", "tables/titles.continued", "tables/headers.brackets"}


class Example(NamedTuple):
    pattern: str
    text: str
    fires: bool


def examples() -> Iterator[Example]:
    for file in sorted(file for folder in FOLDERS for file in (ROOT / folder).glob("*.txt")):
        name = file.relative_to(ROOT).with_suffix("").as_posix()
        if name == WHOLE:
            continue
        pattern = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("= "):
                pattern = f"{name}.{line[2:]}"
            elif line.startswith(("  ", "! ")):
                yield Example(pattern, line[2:], line.startswith(" "))


def fires(example: Example) -> bool:
    file, _, name = example.pattern.partition(".")
    if file == "tables/" + file.removeprefix("tables/"):
        expression = lexicon.load_expression(file.removeprefix("tables/"), name)
        ask = expression.search if example.pattern in SEARCHED else expression.fullmatch
        return ask(example.text) is not None
    title, labels = (example.text, "") if file == "statements/titles" else (None, example.text)
    told = kinds.find_statement(title, labels)
    return told is not None and told.pattern == example.pattern


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: f"{example.pattern}: {example.text}")
def test_example(example: Example) -> None:
    assert fires(example) == example.fires


def test_every_pattern_has_an_example_that_fires_and_one_that_stays_silent() -> None:
    files = [file for folder in FOLDERS for file in patterns.files(folder)]
    mine = [file for file in files if patterns.name(file) != WHOLE]
    names = {f"{patterns.name(file)}.{entry['id']}" for file in mine for entry in patterns.read(file)["pattern"]}
    asked = list(examples())
    assert {one.pattern for one in asked if one.fires} == names
    assert {one.pattern for one in asked if not one.fires} == names
