"""No stage takes more than in proportion longer of a longer document, however many of one thing stand in it."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from extractor import Result, diff, extract
from extractor.checks import checks
from extractor.documents import read
from extractor.pipeline import find_claims, find_structure

# Four times the document in eight times the time is more than linear, however the machine is loaded; stages that take
# less than this are not told from noise.
FACTOR, RATIO, SECONDS = 4, 8, 0.05
TRIES = 3
KINDS = "甲乙丙丁戊己庚辛"


def repeat(line: str, count: int) -> str:
    """A line ``count`` times; ``{n}`` is its number, ``{a}``, ``{b}`` and ``{c}`` are others, ``{k}`` is a kind."""
    made = (
        line.format(n=n + 1, a=n % 977 + 100, b=n % 91 + 1, c=n % 83 + 1, k=KINDS[n % len(KINDS)]) for n in range(count)
    )
    return "".join(made)


def write_contents(count: int) -> str:
    entries = repeat("{n}.第{n}项工作完成情况……{b}\n", count)
    titles = repeat("{n}.第{n}项工作完成情况\n", count)
    return "目录\n" + entries + titles + "全年投入5万元。\n"


def write_table(count: int) -> str:
    return "表1 支出表\n单位：万元\n项目\t合计\t基本支出\n" + repeat("{k}\t{a}\t{b}\n", count)


def write_parts(line: str) -> Callable[[int], str]:
    return lambda count: "支出合计90000万元，其中：" + repeat(line, count)


def write_runs(count: int) -> str:
    runs = ("投入", "1," * count, "万元。", "十" * count, "元。", "A" * count, "5号。", "_" * count, "万元。")
    return "".join(runs)


def lines(line: str) -> Callable[[int], str]:
    return lambda count: repeat(line, count)


# What is made many of, how many of it in the shorter document, and the document.
CASES: dict[str, tuple[int, Callable[[int], str]]] = {
    "claims of one paragraph": (150, lines("项目{k}投入{a}万元，")),
    "paragraphs": (150, lines("全年发放补贴{a}万元。\n")),
    "entries of a table of contents": (200, write_contents),
    "sections": (100, lines("（{n}）第{n}批工作情况\n全年投入{a}万元，占{b}%。\n")),
    "words before a rate": (1000, lambda count: "工作" * count + "完成率5%。"),
    "rates of one clause": (150, lambda count: "工作" * 100 + repeat("完成率{b}%", count)),
    "shares and rates": (60, lines("收入合计{a}万元，其中：项目支出{b}万元，占{c}.3%，增长{c}.2%。")),
    "quotients": (60, lines("发放补贴{a}万元，惠及{b}人，人均{c}.3元。\n")),
    "means of a document": (40, lines("机关运行经费{a}万元，行政编制{b}人，人均机关运行经费{c}万元。\n")),
    "budgets": (60, lines("全年预算安排{a}万元，实际支出{b}万元，结余{c}万元，执行率{c}%。\n")),
    "parts of a total": (100, write_parts("{k}类支出{a}万元；")),
    "items of a list": (100, write_parts("\n{n}.{k}类支出{a}万元。")),
    "plans": (50, lines("（{n}）第{n}批\n计划新建公厕{a}座。\n新建公厕{b}座，完成计划的{c}%。\n")),
    "years": (60, lines("200{b}年补贴{a}万元，比上年增长{c}%。\n")),
    "rows of a table": (150, write_table),
    "brackets": (1000, lambda count: "（" * count + "5万元" + "）" * count + "。"),
    "runs of one character": (1000, write_runs),
    "spaces": (1000, lambda count: " " * count + "投入5万元" + " " * count + "，" + "\u3000" * count),
}


def write(count: int, make: Callable[[int], str]) -> bytes:
    return ("一、概况\n" + make(count)).encode()


def list_stages(content: bytes) -> dict[str, Callable[[], Any]]:
    """The stages of one document, each with what the stages before it have made."""
    document = read(content, "report.txt")
    structure = find_structure(document)
    # Changed evenly: with each 5 changed 500 to 599 would be one change of a hundred rows that shorter texts lack.
    changed = re.sub(rb"5(?![0-9])", b"6", content)
    found, other = extract(content, name="a.txt"), extract(changed, name="b.txt")
    return {
        "documents": lambda: read(content, "report.txt"),
        "sections and tables": lambda: find_structure(document),
        "claims": lambda: list(find_claims(document, structure)),
        "checks": lambda: checks(found),
        "diffs": lambda: compare(found, other),
    }


def compare(one: Result, two: Result) -> None:
    diff(one, two)


def measure(call: Callable[[], Any]) -> float:
    """The seconds of processor time that a call takes."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    try:
        call()
    finally:
        gc.enable()
    return time.process_time() - start


def is_superlinear(short: Callable[[], Any], long: Callable[[], Any]) -> bool:
    """Whether the longer call takes more than in proportion longer, each time that both are tried."""
    for _ in range(TRIES):
        taken = measure(long)
        if taken < SECONDS or taken < RATIO * measure(short):
            return False
    return True


@pytest.mark.parametrize("case", CASES)
def test_a_stage_takes_time_in_proportion(case: str) -> None:
    count, make = CASES[case]
    short, long = list_stages(write(count, make)), list_stages(write(count * FACTOR, make))
    assert [stage for stage in long if is_superlinear(short[stage], long[stage])] == []
