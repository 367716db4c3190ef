"""One name for each body, whatever its reports call it; bodies of one name in two places stay two."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from extractor import patterns
from extractor.batch.entities import Document, Entity, find_entities
from extractor.batch.likeness import BINS, Version, find_versions, sketch
from extractor.batch.names import KINDS, SHORT, parse_name

EXAMPLES = Path(__file__).resolve().parents[2] / "corpus/examples/entities"


def lines(name: str) -> list[str]:
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def fields(line: str) -> list[str]:
    return [field.strip() for field in line.split("|")]


def find(*names: str, **said: tuple[str, ...]) -> tuple[list[Entity], list[int]]:
    documents = [Document(number, name, None, said.get(name, ())) for number, name in enumerate(names, 1)]
    made, owner = find_entities(documents, {})
    return made, [owner[one.id] for one in documents]


@pytest.mark.parametrize("line", lines("names"))
def test_names(line: str) -> None:
    names = fields(line[1:])
    for order in permutations(names):
        made, owners = find(*order)
        assert len(made) == (1 if line[0] == "=" else len(names)), [one.name for one in made]
        assert len(set(owners)) == len(made)


@pytest.mark.parametrize("line", lines("kinds"))
def test_kinds(line: str) -> None:
    name, kind, level = fields(line)
    parsed = parse_name(name)
    assert (parsed.kind or "-", parsed.level or "-") == (kind, level)


@pytest.mark.parametrize("line", lines("short_names"))
def test_short_names(line: str) -> None:
    short, full = fields(line)
    assert parse_name(short).body == full


def test_every_pattern_has_its_example() -> None:
    kinds = {parse_name(fields(line)[0]).kind for line in lines("kinds")}
    assert {entry["kind"] for _, entry in patterns.read_entries(KINDS)} <= kinds
    full = {fields(line)[1] for line in lines("short_names")}
    assert {entry["full"] for _, entry in patterns.read_entries(SHORT)} <= full


def test_a_document_says_which_place_is_meant() -> None:
    names = ("岭东市鼓楼区财政局", "岭西市鼓楼区财政局", "鼓楼区财政局")
    made, owners = find(*names, 鼓楼区财政局=("岭西市鼓楼区2024年决算",))
    assert owners == [1, 2, 2]
    assert made[1].aliases == ("鼓楼区财政局",)


def test_units_departments_and_governments() -> None:
    documents = [
        Document(1, "云溪区法律援助中心", "云溪区司法局"), Document(2, "云溪区教育局（本级）"),
        Document(3, "云溪区教育局"), Document(4, "云溪区人民政府"), Document(5, "岭东市人民政府"),
        Document(6, "云溪区教育局招生中心"), Document(7, "岭东市云溪区"),
    ]  # fmt: skip
    made, owner = find_entities(documents, {})
    above = {one.name: next((other.name for other in made if other.id == one.parent), None) for one in made}
    assert above == {
        "云溪区法律援助中心": "云溪区司法局", "云溪区司法局": None, "云溪区教育局（本级）": "云溪区教育局",
        "云溪区教育局": None, "云溪区人民政府": "岭东市人民政府", "岭东市人民政府": None,
        "云溪区教育局招生中心": "云溪区教育局",
    }  # fmt: skip
    assert owner[4] == owner[7]


def test_aliases_of_ones_own() -> None:
    documents = [Document(1, "市局"), Document(2, "岭东市公安局")]
    made, owner = find_entities(documents, {" 市局": "岭东市公安局"})
    assert [one.name for one in made] == ["岭东市公安局"]
    assert owner == {1: 1, 2: 1}


def text(*numbers: int) -> str:
    return "，".join(f"第{number}项工程投入资金{number * 7}万元" for number in numbers)


def version(number: int, words: str, about: str = "云溪区", draft: bool = False, claims: int = 9) -> Version:
    return Version(number, (about, 2024), sketch(words), draft, claims, "")


def test_drafts_and_copies_are_near_to_the_final_report() -> None:
    whole, changed = text(*range(60)), text(*range(8, 64))
    versions = [
        version(1, whole, draft=True, claims=20), version(2, changed), version(3, whole, "岭东市"),
        version(4, text(*range(100, 160))), version(5, whole.replace("资金", "资 金\n"), claims=8), version(6, "无"),
        version(7, "无"),
    ]  # fmt: skip
    assert find_versions(versions) == {1: 2, 5: 2}
    assert find_versions(reversed(versions)) == {1: 2, 5: 2}


def test_work_grows_with_the_documents_and_not_with_their_pairs() -> None:
    same = [
        Version(number, ("云溪区",), [1, 2, *range(number, number + BINS - 2)], False, 1, "") for number in range(900)
    ]
    assert len(find_versions(same)) < 900
