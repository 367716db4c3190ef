"""A relation that fails is read with the numbers around it, and a slip of the pen is still found."""

from __future__ import annotations

import pytest

from extractor import extract

OWN_CLAUSE = "1-4月，全县完成基金收入{done}万元，完成年初预算数18400万元的12.6%，比上年增收284万元，增长14.0%。"


def find_rates(text: str) -> set[tuple[str, str | None]]:
    """How the checks of growth by an amount ended, and why."""
    return {
        (check.status, check.reason) for check in extract(text.encode(), name="a.txt").checks if check.rule == "change"
    }


def test_numbers_of_another_clause_are_exchanged() -> None:
    """The plan in between is not what grew."""
    assert find_rates(OWN_CLAUSE.format(done=2316)) == {("holds", None)}


@pytest.mark.parametrize("done", [2816, 3216, 2361])
def test_a_slip_is_no_other_reading(done: int) -> None:
    """With a digit of the level changed nothing around gives the rate, and it fails or is doubted."""
    assert find_rates(OWN_CLAUSE.format(done=done)) != {("holds", None)}


def test_round_numbers_meet_by_chance() -> None:
    """That a sum is more by just one of its parts says little where all are round."""
    found = extract("项目建成住房420套，其中一居室100套、两居室200套、三居室220套。".encode(), name="a.txt")
    assert [check.status for check in found.checks if check.rule == "sum"] == ["fails"]
