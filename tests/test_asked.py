"""What is asked of numbers and names stays little however many there are: counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from extractor.checks.grids.grid import RATE, Number
from extractor.checks.grids.rates import NEAREST, SAMPLE, Sheet, find_rates
from extractor.claims.periods import compile_periods, find_periods
from extractor.claims.vocabulary import _list_possible as list_possible
from extractor.claims.vocabulary import load_metrics
from extractor.needed import Asked, find_needed

COLUMNS = 12
ASKED: Counter[str] = Counter()


class Line(dict[int, Number]):
    """A line of a table that counts how often a number of it is looked up."""

    def get(self, key: int, default: Any = None) -> Any:
        ASKED["numbers"] += 1
        return super().get(key, default)


def write_rows(count: int) -> list[Mapping[int, Number]]:
    """Rows of as many amounts as rates, which are of the amounts beside them and not of those in other rows."""
    amounts = range(COLUMNS)
    return [
        Line(
            {column: Number(997 * row + 31 * column + 5000, 1, 4, "元") for column in amounts}
            | {column + COLUMNS: Number(7 * row % 90 + column + 10, 1, 2, RATE) for column in amounts}
        )
        for row in range(count)
    ]


def count_asked(lines: Sequence[Mapping[int, Number]]) -> int:
    ASKED.clear()
    assert list(find_rates(Sheet(lines, 100, {}))) == []
    return ASKED["numbers"]


@pytest.mark.parametrize("count", [20, 40, 80])
def test_rates_without_amounts_in_their_lane_are_not_tried(count: int) -> None:
    assert count_asked(write_rows(count)) <= count * NEAREST * SAMPLE


def test_a_name_is_asked_of_few_metrics_and_of_all_that_it_may_mean() -> None:
    metrics = load_metrics().values()
    expressions = [(one, entry.id) for entry in metrics for one in (entry.names, entry.short) if one]
    names = [name for entry in metrics for name in (entry.zh, *entry.called)]
    asked = {name: list_possible(name) for name in names}
    for name, some in asked.items():
        assert [each for each in some if each[0].fullmatch(name)] == [
            each for each in expressions if each[0].fullmatch(name)
        ]
    assert sum(map(len, asked.values())) * 16 < len(names) * len(expressions)


def test_words_without_a_period_are_asked_of_few_patterns() -> None:
    asked = Asked((entry, find_needed(entry.expression.pattern)) for entry in compile_periods())
    assert find_periods("新建公厕三座", 2024) == []
    assert len(asked.list_possible("新建公厕三座")) * 4 < len(compile_periods())
