"""Decisions outlive the version they were made on: what is the same keeps them, what changed is to be decided anew."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from extractor import extract
from extractor.model import InputError, Result
from extractor.reports.decisions import Decision, Decisions, carry, mark_findings, read

NUMERALS = "一二三四五六七八九十"
NAMES = (
    "道路养护",
    "河道清淤",
    "校舍修缮",
    "农机补贴",
    "养老服务",
    "公园绿化",
    "路灯维护",
    "垃圾清运",
    "水库加固",
    "电梯改造",
)
"""Ten names, each used under five headings that differ by their numbers alone."""


def write_part(at: int, total: int, gap: int) -> str:
    """A heading for every ten; a total that is off by ``gap``, between two of the same form that are right."""
    part, name = at // len(NAMES), NAMES[at % len(NAMES)]
    heading = "" if at % len(NAMES) else f"（{NUMERALS[part]}）项目支出情况{part + 1}\n"
    said = ((f"{name}前期支出", total + 3, 0), (f"{name}支出", total, gap), (f"{name}后续支出", total + 9, 0))
    return heading + "".join(
        f"{what}{sum_ + off}万元，其中：人员经费{40 + at}万元，公用经费{sum_ - 40 - at}万元。\n"
        for what, sum_, off in said
    )


def write_report(parts: dict[int, tuple[int, int]], opening: str = "") -> Result:
    text = "第一部分 决算情况\n" + opening + "".join(write_part(at, *numbers) for at, numbers in parts.items())
    return extract(text.encode(), name="report.txt")


def decide(result: Result, state: str = "dismissed") -> Decisions:
    seen = mark_findings(result)
    made = {one.checks[0]: Decision(state, f"第{at}处", seen[one.id]) for at, one in enumerate(result.findings)}  # type: ignore[arg-type]
    return Decisions("extractor-decisions/1", result.document.sha256, made)


FIRST = {at: (200 + 7 * at, 30 + at) for at in range(50)}


def test_fifty_findings_of_one_version_in_the_next() -> None:
    before = write_report(FIRST)
    assert len(before.findings) == 50
    mended, changed = {3, 11, 13, 24, 37, 41}, {5, 15, 16, 28, 45, 49}
    parts = {
        at: (total, gap + 10 if at in changed else 0 if at in mended else gap) for at, (total, gap) in FIRST.items()
    }
    after = write_report({60: (900, 55), **parts}, "二、概况\n本年召开会议12次。\n")
    found = carry(decide(before), after)
    assert found is not None
    assert [len(one) for one in (found.kept, found.changed, found.fixed, found.new)] == [38, 6, 6, 1]
    notes = {after.findings[at].checks[0]: at for at in range(len(after.findings))}
    survivors = [at for at in parts if at not in mended]
    for check, decision in found.decisions.decisions.items():
        at = survivors[notes[check] - 1]
        assert decision.note == f"第{at}处"
        assert decision.state == ("open" if at in changed else "dismissed")


def test_one_that_is_mended_leaves_its_namesake_alone() -> None:
    before = write_report({0: FIRST[0], 10: FIRST[10]})
    after = write_report({0: (FIRST[0][0], 0), 10: FIRST[10]})
    found = carry(decide(before), after)
    assert found is not None
    assert [decision.note for decision in found.decisions.decisions.values()] == ["第1处"]
    assert len(found.kept) == len(found.fixed) == 1


def test_decisions_of_an_earlier_version_of_this_program_are_kept_by_their_checks() -> None:
    before = write_report({0: FIRST[0]})
    after = write_report({0: FIRST[0]}, "二、概况\n")
    made = decide(before)
    bare = {check: Decision(one.state, one.note) for check, one in made.decisions.items()}
    found = carry(msgspec.structs.replace(made, decisions=bare), after)
    assert found is not None
    assert [one.state for one in found.decisions.decisions.values()] == ["dismissed"]


def test_a_document_that_has_nothing_to_do_with_them_is_refused(tmp_path: Path) -> None:
    made = decide(write_report({0: FIRST[0]}))
    file = tmp_path / "decisions.json"
    file.write_bytes(msgspec.json.encode(made))
    other = write_report({2: FIRST[2]})
    with pytest.raises(InputError):
        read(file, other)
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(made, title="report.txt")))
    assert read(file, other).decisions == {}
