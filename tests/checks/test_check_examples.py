"""Walks corpus/examples/checks: every rule fires and stays silent as its examples say, and no rule lacks them."""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import iter_modules

import pytest

from extractor import extract
from extractor.checks import rules
from extractor.checks.engine.forms import is_pattern
from extractor.own.checks import Example, check, read

# A place in a table, which is evidence too.
PLACE = re.compile(r"t\d+:r\d+(c\d+)?")
FOLDER = Path(__file__).resolve().parents[2] / "corpus/examples/checks"


def everything() -> list[Example]:
    return [
        example
        for file in sorted(FOLDER.glob("*.txt"))
        for example in read(file.read_text(encoding="utf-8"), f"checks/{file.stem}")
    ]


@pytest.mark.parametrize("example", everything(), ids=lambda example: example.place)
def test_example(example: Example) -> None:
    assert list(check(example)) == []


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_evidence_of_examples_names_patterns_that_exist(file: Path) -> None:
    for example in read(file.read_text(encoding="utf-8"), f"checks/{file.stem}"):
        named = {one for made in extract(example.text.encode(), name="x.txt").checks for one in made.evidence}
        assert [one for one in named if not is_pattern(one) and not PLACE.fullmatch(one)] == [], example.text


@pytest.mark.parametrize("name", sorted(module.name for module in iter_modules(rules.__path__)))
def test_every_rule_has_an_example_that_fires_and_one_that_stays_silent(name: str) -> None:
    own = [example for example in everything() if example.rule == name]
    firing = [example for example in own if any(" fails " in one.partition("|")[0] for one in example.expected)]
    assert firing
    assert len(firing) < len(own)


def test_messages_of_a_finding_say_what_is_wrong_in_both_languages() -> None:
    text = "一、救助\n全年发放救助金10.0万元，其中：城镇低保4.0万元，农村低保5.0万元，其他救助0.5万元。"
    (check,) = [one for one in extract(text.encode(), name="x.txt").checks if one.status == "fails"]
    assert (check.stated, check.computed, check.difference) == ("10", "9.5", "0.5")
    for fact in ("一、救助", "10.0万元", "9.5万元", "0.5万元"):
        assert fact in check.message.zh
        assert fact in check.message.en


def test_ids_stay_when_the_text_around_changes() -> None:
    text = "发放救助金10.0万元，其中：城镇4.0万元，农村5.0万元，其他救助0.5万元。"
    (one,) = [c.id for c in extract(text.encode(), name="x.txt").checks if c.status == "fails"]
    (two,) = [c.id for c in extract(f"走访农户30户。\n{text}".encode(), name="x.txt").checks if c.status == "fails"]
    assert one == two
