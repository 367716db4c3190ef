"""Walks corpus/examples/checks: every rule fires and stays silent as its examples say, and no rule lacks them."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

import pytest

from extractor import Check, Operand, Result, extract
from extractor.checks import rules

FOLDER = Path(__file__).resolve().parents[2] / "corpus/examples/checks"


class Example(NamedTuple):
    """A small document and the checks expected of it; no others may fail."""

    place: str
    text: str
    expected: tuple[str, ...]

    @property
    def rule(self) -> str:
        return self.place.partition(":")[0]


def read(file: Path) -> list[Example]:
    """The examples of one file, in the notation of corpus/examples/README.md."""
    found: list[Example] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        mark, rest = line[:2], line[2:]
        if mark == "= ":
            found.append(Example(f"{file.stem}:{number}", rest, ()))
        elif mark == "| " or line == "|":
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{rest}".replace("⇥", "\t"))
        elif mark == "  " and rest.strip() != "-":
            found[-1] = found[-1]._replace(expected=(*found[-1].expected, " ".join(rest.split())))
        elif line.strip() and not line.startswith(("#", "  ")):
            raise ValueError(f"{file.name}:{number}: a line begins with `# `, `= `, `| ` or is indented")
    return found


def everything() -> list[Example]:
    return [example for file in sorted(FOLDER.glob("*.txt")) for example in read(file)]


def raw(operand: Operand, result: Result) -> str:
    """The words of an operand."""
    if operand.text:
        return result.text[operand.text.start : operand.text.end]
    if operand.claim:
        return next(claim.raw for claim in result.claims if claim.id == operand.claim).replace("\n", "")
    table = next(table for table in result.tables if table.id == operand.table)
    return table.rows[operand.row or 0][operand.column or 0].text


def shown(check: Check, result: Result) -> str:
    """A check as the notation writes it: `sum fails error | 10万元 | 4万元 | 5万元`."""
    words = " ".join(filter(None, (check.rule, check.status, check.severity if check.status == "fails" else None)))
    return " | ".join([words, *(raw(operand, result) for operand in check.operands)])


@pytest.mark.parametrize("example", everything(), ids=lambda example: example.place)
def test_example(example: Example) -> None:
    result = extract(example.text.encode(), name="example.txt")
    found = {shown(check, result) for check in result.checks}
    assert set(example.expected) - found == set(), "\n".join(sorted(found))
    assert {one for one in found if " fails " in one.partition("|")[0]} <= set(example.expected)


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
