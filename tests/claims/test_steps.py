"""Claims are made in one order, each step in a file of its own, and what is remembered never changes."""

from __future__ import annotations

import ast
import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor.claims as room
from extractor.claims import STEPS
from extractor.claims.blocks import read_blocks
from extractor.claims.context import MEMORY, open_context
from extractor.claims.memory import Chain, Map, walk_back
from extractor.claims.readings import CLAIM_FIELDS, LISTED, Reading, add_settled, map_evidence
from extractor.claims.steps import metric
from extractor.claims.trial import read_last
from extractor.documents import read
from extractor.model import Claim
from extractor.sections import outline

FOLDER = Path(room.__file__).parent
TEXT = """2024年工作总结
一、收支
2024年收入合计520万元，其中：财政拨款收入为500.00，占96.2%；其他收入为20.00。比上年增长5%，扣除价格因素，实际增长3%。
城镇、农村居民人均收入分别为5.1万元、3.2万元，增长4%、6%。
二、工作
组建5支应急队伍，预计惠及112户。
"""


def steps() -> list[str]:
    return [path.stem for path in sorted((FOLDER / "steps").glob("*.py")) if path.stem != "__init__"]


def test_every_step_is_a_file_and_stands_in_the_order() -> None:
    assert sorted(step.__module__.rpartition(".")[2] for step in STEPS.values()) == steps()
    assert [step.__module__.rpartition(".")[2] for step in STEPS.values()] == [
        "unit", "frame", "series", "parts", "metric", "period", "role", "scope", "baseline", "identity",
    ]  # fmt: skip


def test_every_field_of_a_reading_is_settled_by_one_step() -> None:
    assert [*STEPS] == [name for name in Reading.__struct_fields__ if name not in ("id", "evidence")]
    assert {*CLAIM_FIELDS} == {*STEPS} - {"series"}
    assert set(LISTED) <= set(STEPS)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_every_step_shows_what_it_does(step) -> None:
    assert ">>> " in (step.__doc__ or "")


@pytest.mark.parametrize("namer", [*metric.LEVEL_NAMERS, *metric.CHANGE_NAMERS], ids=lambda namer: namer.__name__)
def test_every_namer_shows_what_it_does(namer) -> None:
    assert ">>> " in (namer.__doc__ or "")


def test_no_other_file_asks_a_step() -> None:
    """Only the order asks them all; the unit asks the frame of a number, which may be one end of a move."""
    asking = {
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id.startswith("settle_")
    }
    assert asking == {"__init__.py", "steps/unit.py"}


def contexts(text: str) -> list:
    document = read(text.encode(), "report.txt")
    sections = outline(document)
    return list(read_blocks(open_context(document, sections, 2024, None, ()), sections.blocks, STEPS))


def shown(context) -> dict:
    """What a context remembers, with the chains as lists: two chains are never equal."""
    lists = {key: list(walk_back(value.levels, 99)) for layer in context.lists.layers for key, value in layer.items()}
    known = (context.told, context.years.layers, context.wholes.layers, context.count, len(context.antecedents))
    return {"lists": lists, "known": copy.deepcopy(known)}


class Asked:
    """A reading that tells when a step asks it for a field that no step has settled yet."""

    def __init__(self, reading: Reading, settled: list[str]) -> None:
        self._reading, self._settled = reading, settled

    def __getattr__(self, name: str):
        assert name not in STEPS or name in self._settled, f"{name} is not settled yet"
        return getattr(self._reading, name)


def test_a_step_needs_only_what_stands_above_it() -> None:
    for context, whole in contexts(TEXT):
        reading, settled = Reading(whole.id, whole.mention), ["mention"]
        for field, settle in STEPS.items():
            reading = add_settled(reading, field, settle(Asked(reading, settled), context))
            settled.append(field)
        assert reading.name == whole.name
        assert reading.role == whole.role


@pytest.mark.parametrize("first", range(1, 6))
def test_what_stands_behind_changes_nothing_in_front(first: int) -> None:
    lines = [line for line in TEXT.splitlines() if line]
    whole = [reading for _, reading in contexts(TEXT)]
    start = [reading for _, reading in contexts("\n".join(lines[:first]) + "\n")]
    assert [one.name for one in start] == [one.name for one in whole[: len(start)]]
    assert [(one.quantity, one.role, one.time) for one in start] == [
        (one.quantity, one.role, one.time) for one in whole[: len(start)]
    ]


def test_a_context_is_not_changed_by_those_made_from_it() -> None:
    document = read(TEXT.encode(), "report.txt")
    sections = outline(document)
    before = []
    for context, _ in read_blocks(open_context(document, sections, 2024, None, ()), sections.blocks, STEPS):
        before.append((context, shown(context)))
    assert len(before) == 12
    assert all(shown(context) == then for context, then in before)


def test_a_context_remembers_so_many_claims_of_a_paragraph_and_no_more() -> None:
    text = "".join(f"第{number}类支出{number}.5万元，" for number in range(1, 40))
    assert max(len(context.antecedents) for context, _ in contexts(text)) == MEMORY


def test_evidence_by_field_names_fields_of_a_claim() -> None:
    for _, reading in contexts(TEXT):
        assert set(map_evidence(reading)) <= set(Claim.__struct_fields__)


def test_bare_numbers_are_parts_in_the_unit_of_their_total() -> None:
    readings = [reading for _, reading in contexts(TEXT)]
    parts = [reading for reading in readings if reading.ties.total and reading.quantity.unit_implied]
    assert [(part.ties.total.id, part.quantity.unit_implied) for part in parts if part.ties.total] == [
        ("c1", "万元")
    ] * 2


@pytest.mark.parametrize(
    "text",
    ["投资692.39万元，容积由2.07下降为2.04，", "投资692.39万元，项目容积率为2.07，", "项目容积率为2.07，"],
)
def test_ratios_have_no_unit(text: str) -> None:
    assert read_last(text).quantity.unit_implied is None


@given(st.lists(st.tuples(st.integers(0, 20), st.integers()), max_size=200))
def test_a_map_is_a_dictionary_that_never_changes(entries: list[tuple[int, int]]) -> None:
    kept: list[tuple[Map[int, int], dict[int, int]]] = [(Map(), {})]
    for key, value in entries:
        known, plain = kept[-1]
        kept.append((known.put(key, value), {**plain, key: value}))
    for known, plain in kept:
        assert {key: known.get(key) for key in range(21)} == {key: plain.get(key) for key in range(21)}
        assert len(known.layers) <= 6


@given(st.lists(st.integers(), max_size=50), st.integers(0, 60))
def test_a_chain_is_a_list_read_from_its_end(items: list[int], limit: int) -> None:
    chain: Chain[int] | None = None
    for item in items:
        chain = Chain(item, chain)
    assert list(walk_back(chain, limit)) == items[::-1][:limit]
