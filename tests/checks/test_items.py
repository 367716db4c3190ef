"""The items that a narrative lists against the totals that it states, with statements and without."""

from __future__ import annotations

import pytest
from documents import ACCOUNTS, BUDGET, of_rule, result

from extractor.model import Check

NARRATIVE = ACCOUNTS.partition("第三部分")[0]


def sums(text: str, *changes: tuple[str, str]) -> list[Check]:
    """The sums over items of accounts, by their messages."""
    return [check for check in of_rule(result(text, *changes).checks, "sum") if "（项）" in check.message.zh]


@pytest.mark.parametrize("text", [ACCOUNTS, NARRATIVE, BUDGET])
def test_items_add_up(text: str) -> None:
    assert sums(text)
    assert {check.status for check in sums(text)} == {"holds"}


def test_a_class_that_its_items_contradict_is_found_without_statements() -> None:
    wrong = [check for check in sums(NARRATIVE, ("（类）60.00", "（类）64.00")) if check.status == "fails"]
    assert [(check.stated, check.computed, check.severity) for check in wrong] == [("64", "60", "error")]


def test_an_item_that_its_cell_contradicts_is_told_once() -> None:
    wrong = [check for check in sums(ACCOUNTS, ("支出决算为20.00", "支出决算为28.00")) if check.status == "fails"]
    assert wrong
    assert {check.severity for check in wrong} == {"info"}


def test_a_list_that_leaves_out_items_is_not_added_up() -> None:
    rest = "2.农林水支出（类）水利（款）行政运行（项）：年初预算为34.00万元，支出决算为30.00万元。\n"
    last = "3.农林水支出（类）水利（款）水土保持（项）：年初预算为30.00万元，支出决算为30.00万元。\n"
    assert not [check for check in sums(NARRATIVE, (rest, ""), (last, "")) if check.status != "holds"]
    assert not [check for check in sums(ACCOUNTS, (rest, "")) if check.status != "holds"]


def test_items_are_added_up_against_the_classes_of_a_statement() -> None:
    made = of_rule(result(BUDGET).checks, "table_sum")
    joined = [check for check in made if sum(operand.claim is not None for operand in check.operands) == 2]
    assert {check.stated for check in joined} == {"700000"}
    assert {check.status for check in joined} == {"holds"}
