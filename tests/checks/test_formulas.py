"""Formulas over intervals against brute force, what divides by nothing, and what no formula is."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.amounts.interval import ANY, Interval, exact, make_fraction
from extractor.checks.engine.compute import EXACTLY, compute, find_point, find_range
from extractor.checks.engine.formula import FormulaError, parse
from extractor.checks.engine.inverse import find_allowed
from extractor.checks.engine.written import write_out

FORMULAS = [
    "part / whole",
    "current / base - 1",
    "change / (current - change)",
    "change / (current + change)",
    "(result - origin) / origin",
    "part / (base - change / 2)",
    "(1 + numerator) / (1 + denominator) - 1",
    "rate * full",
    "base * (1 + rate) ** 3",
    "one - two - one / 2",
    "total / (part / (1 + rate)) - 1",
]
Ends = tuple[Fraction, Fraction]


@st.composite
def boxes(draw: st.DrawFn, count: int) -> list[Ends]:
    """So many intervals of small fractions, some of them single numbers."""
    lows = [Fraction(draw(st.integers(-40, 400)), 10) for _ in range(count)]
    return [(low, low + Fraction(draw(st.integers(0, 20)), 10)) for low in lows]


@pytest.mark.parametrize("text", FORMULAS)
@settings(deadline=None)
@given(data=st.data())
def test_the_range_is_what_trying_every_corner_gives(text: str, data: st.DataObject) -> None:
    formula = parse(text)
    names = sorted(formula.roles)
    ends = data.draw(boxes(len(names)))
    intervals = {name: [Interval(*pair)] for name, pair in zip(names, ends, strict=True)}
    try:
        found = find_range(formula, intervals)
    except ZeroDivisionError:
        return
    grid = [[low + (high - low) * Fraction(at, 4) for at in range(5)] for low, high in ends]
    tried = (value(text, dict(zip(names, point, strict=True))) for point in product(*grid))
    known = [one for one in tried if one is not None]
    assert found == ANY or not known or (min(known), max(known)) == (found.low, found.high)


def value(text: str, point: dict[str, Fraction]) -> Fraction | None:
    """A formula as Python itself computes it."""
    try:
        made = eval(text, {"__builtins__": {}}, dict(point))
    except ZeroDivisionError:
        return None
    return Fraction(made)


def test_a_divisor_that_may_be_nothing_leaves_the_value_open() -> None:
    around = Interval(Fraction(-1, 2), Fraction(1, 2))
    assert find_range(parse("part / whole"), {"part": [exact(3)], "whole": [around]}) == ANY


def test_nothing_of_nothing_is_nothing_and_all_else_of_nothing_has_no_value() -> None:
    formula = parse("part / whole")
    assert find_range(formula, {"part": [exact(0)], "whole": [exact(0)]}) == exact(0)
    assert find_point(formula, {"part": [Fraction(3)], "whole": [Fraction(0)]}) is None
    with pytest.raises(ZeroDivisionError):
        find_range(formula, {"part": [exact(3)], "whole": [exact(0)]})


def test_a_sum_goes_through_its_roles_in_step() -> None:
    values = {"part": [Fraction(110), Fraction(90)], "rate": [Fraction(1, 10), Fraction(-1, 10)]}
    assert compute(parse("sum(part / (1 + rate))").left, values, EXACTLY) == 200


def test_a_power_is_computed_and_solved_for_what_is_raised() -> None:
    formula, half = parse("base * (1 + rate) ** 3"), Fraction(1, 2)
    values = {"base": [exact(8)], "rate": [exact(half)]}
    assert find_range(formula, values) == exact(27)
    found = find_allowed(formula, exact(27), ("rate", 0), values)
    assert found.low is not None
    assert abs(found.low - half) < Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("part /", "no formula"),
        ("part ** whole", "stand in a formula"),
        ("part ** 2 - part", "power higher than one"),
        ("abs(part)", "stand in a formula"),
        ("part * 1.5", "stand in a formula"),
        ("part * part", "power higher than one"),
        ("sum(part) - part", "stands once"),
    ],
)
def test_what_no_formula_is_refused(text: str, said: str) -> None:
    with pytest.raises(FormulaError, match=said):
        parse(text)


@pytest.mark.parametrize(
    ("text", "operands", "written"),
    [
        ("part / base", {"part": ["a"], "base": ["b"]}, "a ÷ b"),
        ("current / base - 1", {"current": ["a"], "base": ["b"]}, "a ÷ b − 1"),
        ("(result - origin) / origin", {"result": ["a"], "origin": ["b"]}, "( a − b ) ÷ b"),
        ("sum(part) - sum(minus)", {"part": ["a", "b"], "minus": ["c", "d"]}, "a + b − ( c + d )"),
        ("sum(part) - sum(minus)", {"part": ["a", "b"]}, "a + b"),
        ("max(part) <= total", {"part": ["a", "b"], "total": ["t"]}, "max( a , b ) ≤ t"),
        (
            "total / sum(part / (1 + rate)) - 1",
            {"total": ["t"], "part": ["a"], "rate": ["r"]},
            "t ÷ ( a ÷ ( 1 + r ) ) − 1",
        ),
    ],
)
def test_a_formula_is_written_with_its_numbers(text: str, operands: dict[str, list[str]], written: str) -> None:
    assert " ".join(write_out(parse(text), operands)) == written


@given(st.integers(), st.integers(min_value=1))
def test_a_fraction_of_whole_numbers_is_what_fraction_makes(above: int, below: int) -> None:
    made, wanted = make_fraction(above, below), Fraction(above, below)
    assert (made, hash(made), repr(made)) == (wanted, hash(wanted), repr(wanted))
    assert made + wanted == 2 * wanted
