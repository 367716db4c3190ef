"""Twice the document is twice the work: calls of functions are counted, so that no other load matters."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from extractor import extract, sweeping
from extractor.sweeping import unswept

# Twice as many of something in a document take no more than so many times the calls.
MOST = 2.3


def write_equal(times: int) -> str:
    return "全市一般公共预算收入12.5亿元，" * times


def write_brackets(times: int) -> str:
    return "全市一般公共预算收入12.5亿元（其中：市级收入3亿元），" * times


def write_lines(times: int) -> str:
    return "全市一般公共预算收入12.5亿元，增长5.6%。\n" * times


def write_list(times: int) -> str:
    return "支出合计99999万元，其中：" + "；".join(f"第{at}项支出{100 + at * 7 % 991}万元" for at in range(times))


def write_rows(times: int) -> str:
    rows = (f"第{at}项支出\t{1000 + at * 7 % 991}\t{900 + at * 13 % 997}\n" for at in range(times))
    return "表1 支出表\n单位：万元\n项目\t预算数\t决算数\n" + "".join(rows)


def write_tables(times: int) -> str:
    rows = ("合计\t600\t500\n教育支出\t100\t90\n卫生支出\t200\t180\n农林支出\t300\t230\n",) * (times // 5)
    return "\n".join(f"表{at} 支出表\n单位：万元\n项目\t预算数\t决算数\n{row}" for at, row in enumerate(rows, 1))


CASES: dict[str, Callable[[int], str]] = {
    "equal claims of one sentence": write_equal,
    "brackets of one sentence": write_brackets,
    "equal claims of many lines": write_lines,
    "parts of a total that they do not make up": write_list,
    "rows of a table": write_rows,
    "tables that repeat each other": write_tables,
}


def count_calls(text: str) -> int:
    """How many functions are called for a text, those of the interpreter too."""
    counted = count()

    def tell(_: Any, event: str, __: Any) -> None:
        if event in ("call", "c_call"):
            next(counted)

    sys.setprofile(tell)
    try:
        extract(text.encode(), name="text.txt")
    finally:
        sys.setprofile(None)
    return next(counted)


@pytest.mark.parametrize("case", CASES)
def test_twice_as_many_take_twice_the_work(case: str) -> None:
    write = CASES[case]
    extract(write(300).encode(), name="text.txt")
    assert count_calls(write(300)) <= MOST * count_calls(write(150))


def test_markers_that_no_number_leads_to_are_not_read_as_headings() -> None:
    # Each was read with the ninety characters behind it: six thousand characters took as long as a report.
    for markers in ("（二）", "（一）", "（一）（二）", "2.1 ", "二、工作"):
        extract((markers * 50).encode(), name="text.txt")
        assert count_calls(markers * 500) <= 80 * len(markers * 500)


@pytest.mark.parametrize("case", CASES)
def test_what_a_document_leaves_goes_without_a_search_for_garbage(case: str) -> None:
    content = CASES[case](50).encode()
    extract(content, name="text.txt")
    gc.collect()
    gc.disable()
    try:
        extract(content, name="text.txt")
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_what_is_kept_of_a_document_is_not_walked_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # One in many is, which this one shall not be.
    monkeypatch.setattr(sweeping, "_counted", count(1))
    walked: list[str] = []
    gc.unfreeze()  # other tests of this process freeze what workers begin with
    gc.collect()
    gc.callbacks.append(lambda phase, _: walked.append(phase))
    try:
        with unswept():
            made = [[at] for at in range(10_000)]
        further = [[at] for at in range(10)]
    finally:
        gc.callbacks.pop()
    assert (len(made), len(further), walked) == (10_000, 10, [])
