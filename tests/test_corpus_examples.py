"""Walks corpus/examples: every example holds, every pattern has one that fires, every file one that stays silent."""

from __future__ import annotations

from functools import cache

import examples
import pytest

from extractor import messages, patterns
from extractor.layers import PatternError
from extractor.own.examples import Example, check, find_claims, read
from extractor.quantities import scan
from extractor.scope import find_facets

# Headings have a notation of their own; messages and documents are no patterns of a text, and a
# list that is delivered empty finds nothing.
ELSEWHERE = (
    "accounts/",
    "amounts/",
    "checks/",
    "cite/",
    "relations/",
    "passages/",
    "headings/",
    "help/",
    "lint/",
    "messages/",
    "documents/",
    "data_set/",
    "entities/",
    "own_words",
    "panel",
    "report_kinds",
    "standard_units",
    "tables/",
    "statements/",
    "vocabulary/numbering",
)
SENTENCE = "某镇发放救助金20余万元，其中低保15万元。"


@cache
def everything() -> tuple[Example, ...]:
    return tuple(examples.all_examples())


def pattern_files() -> list[str]:
    names = [patterns.name(file) for file in sorted(patterns.root().rglob("*.toml"))]
    return [name for name in names if not name.startswith(ELSEWHERE)]


def identifiers(name: str) -> list[str]:
    file = patterns.root() / f"{name}.toml"
    return [f"{name}.{entry['id']}" for entry in patterns.read(file).get("pattern", [])]


def fired(example: Example) -> set[str]:
    """The evidence of every claim of an example, the facets of its lines, and the guard of each dropped number."""
    evidence = {name for claim in find_claims(example) for name in claim.evidence}
    facets = {found.pattern for line in example.text.splitlines() for found in find_facets(line)}
    return evidence | facets | {quantity.dropped for quantity in scan(example.text) if quantity.dropped}


@pytest.mark.parametrize("example", everything(), ids=lambda example: example.place)
def test_example(example: Example, request: pytest.FixtureRequest) -> None:
    if example.known_failure:
        request.applymarker(pytest.mark.xfail(strict=True, reason="a known failure of the tool"))
    assert [messages.render(one, "en") for one in check(example)] == [], example.text


def test_every_pattern_file_has_a_mirror_and_every_mirror_a_pattern_file() -> None:
    assert sorted(examples.name(file) for file in examples.files()) == sorted(pattern_files())


@pytest.mark.parametrize("name", pattern_files())
def test_every_pattern_fires_in_its_own_examples(name: str) -> None:
    holding = [one for one in everything() if one.file == name and not one.known_failure]
    names = {name for one in holding for name in fired(one)}
    assert [identifier for identifier in identifiers(name) if identifier not in names] == []


@pytest.mark.parametrize("name", pattern_files())
def test_every_file_has_an_example_that_fires_and_one_that_stays_silent(name: str) -> None:
    holding = [one for one in everything() if one.file == name and not one.known_failure]
    assert any(one.claims for one in holding) or all(one.dropped for one in holding)
    assert any(one.dropped or not one.claims for one in holding)


def failures(*lines: str) -> list[str]:
    (example,) = read("\n".join([f"= {SENTENCE}", *lines]), "made/up")
    return [messages.render(one, "en") for one in check(example)]


def test_checker_is_content_with_what_is_right() -> None:
    assert failures("  20余万元 | value 20 | interval 200000..", "  15万元 | part_of 20余万元") == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("  20余万元", "  15万元", "  3人"), "missing claim: 3人"),
        (("  20余万元",), "extra claim: 15万元 (其中低保; units/money.yuan)"),
        (("  20余万元 | value 21", "  15万元"), "20余万元: value is 20, expected 21"),
        (("  20余万元 | by units/money.jiao", "  15万元"), "20余万元: pattern units/money.jiao did not fire"),
        (("  20余万元 | not units/money.yuan", "  15万元"), "20余万元: pattern units/money.yuan must not fire"),
        (("  20余万元", "  15万元", "  ! 20 words"), "20: dropped by nothing, expected words"),
        (("  20余万元", "  15万元", "  ! 镇 words"), "no number starts in '镇'"),
    ],
)
def test_each_way_to_fail_has_its_own_message(lines: tuple[str, ...], message: str) -> None:
    (found,) = failures(*lines)
    assert found.startswith(message.partition(" (")[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 支出3元。\n  3元 | colour red", "unknown attribute colour (known: value, "),
        ("= 支出3元。\n  3元 | value", "attribute value has no value"),
        ("= 支出3元。\n  ! 3元", "`! RAW GUARD`"),
        ("= 支出3元。\n", "expects claims, or `-`"),
        ("= 支出3元。\n  -\n  3元", "expects claims, or `-`"),
        ("支出3元。", "a line begins with"),
    ],
)
def test_notation_errors_name_the_line(text: str, message: str) -> None:
    with pytest.raises(PatternError) as error:
        read(text, "made/up")
    assert str(error.value).startswith("made/up:")
    assert message in str(error.value)


def test_lines_below_belong_to_the_same_document() -> None:
    (example,) = read("? 一、概况\n| 共3人。\n  3人\n", "made/up")
    assert (example.text, example.known_failure) == ("一、概况\n共3人。", True)
