"""The assignment is the best one there is, as trying all of them shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.passages.assignment import assign

WEIGHTS = st.lists(
    st.dictionaries(st.integers(0, 4), st.sampled_from([0.1, 0.25, 0.5, 0.5, 0.7, 0.9]), max_size=5), max_size=5
)


def best(weights: list[dict[int, float]], used: frozenset[int] = frozenset()) -> float:
    if not weights:
        return 0.0
    alone = best(weights[1:], used)
    return max(
        [alone, *(w + best(weights[1:], used | {column}) for column, w in weights[0].items() if column not in used)]
    )


@given(WEIGHTS)
def test_no_other_assignment_weighs_more(weights: list[dict[int, float]]) -> None:
    found = assign(weights)
    assert len(set(found.values())) == len(found)
    assert abs(sum(weights[row][column] for row, column in found.items()) - best(weights)) < 1e-9
