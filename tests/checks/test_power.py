"""Power against brute force: how many one-digit changes a relation notices, and what it cannot tell at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Result, extract
from extractor.amounts.amount import Amount
from extractor.amounts.interval import ANY, cut, exact, rounded
from extractor.checks.engine.compute import find_range
from extractor.checks.engine.formula import parse
from extractor.checks.engine.judge import Case, find_status
from extractor.checks.engine.power import weigh
from extractor.model import Check, Operand

FORMULAS = {
    "sum(part)": ("part", "part", "part"),
    "base - part": ("base", "part"),
    "part / base": ("part", "base"),
    "current / base - 1": ("current", "base"),
    "change / (current - change)": ("change", "current"),
    "part * 100": ("part",),
    "part <= total": ("part", "total"),
    "result > origin": ("result", "origin"),
}


READINGS = (attrgetter("rounded"), attrgetter("cut"))


def amount(text: str) -> Amount:
    """A printed number without a unit; a printed nothing is that."""
    value = Decimal(text)
    allowed = (rounded(value), cut(value)) if value else (exact(0), exact(0))
    return Amount(Operand(role=""), 0, 0, text, value, "", "", Fraction(1), *allowed, label="", page=None, heading="")


def changed(text: str) -> list[str]:
    """The numbers that one other digit makes of a printed one; none begins with 0 where it did not."""
    found = [
        text[:at] + other + text[at + 1 :] for at, digit in enumerate(text) if digit != "." for other in "0123456789"
    ]
    whole = len(text.partition(".")[0]) > 1
    return [one for one in found if one != text and not (whole and one[0] == "0")]


def numbers() -> st.SearchStrategy[str]:
    return st.one_of(
        st.integers(1, 99999).map(str),
        st.integers(1, 9999).map(lambda number: f"{number / 10:.1f}"),
        st.integers(1, 999999).map(lambda number: f"{number / 100:.2f}"),
    )


def brute(text: str, stated: str | None, roles: tuple[str, ...], others: list[str]) -> tuple[int, int]:
    """How many changes there are, and how many of them break the relation, each judged on its own."""
    printed = [*([stated] if stated else []), *others]
    tried = [[*printed[:at], other, *printed[at + 1 :]] for at, one in enumerate(printed) for other in changed(one)]
    return len(tried), sum(is_noticed(text, one if stated else [None, *one], roles) for one in tried)  # type: ignore[list-item]


def is_noticed(text: str, printed: list[str | None], roles: tuple[str, ...]) -> bool:
    """Whether a relation no longer holds: it fails, or its value is open by rounded or by cut digits."""
    amounts = by_role(roles, [*filter(None, printed[1:])])
    read = [{role: [reading(one) for one in some] for role, some in amounts.items()} for reading in READINGS]
    return status(text, printed, roles) == "fails" or any(find_range(parse(text), values) == ANY for values in read)


def status(text: str, printed: list[str | None], roles: tuple[str, ...]) -> str:
    stated = amount(printed[0]) if printed[0] else None
    return find_status(Case(parse(text), stated, by_role(roles, [one for one in printed[1:] if one])))


def by_role(roles: tuple[str, ...], others: list[str]) -> dict[str, list[Amount]]:
    found: dict[str, list[Amount]] = {}
    for role, other in zip(roles, others, strict=True):
        found.setdefault(role, []).append(amount(other))
    return found


@pytest.mark.parametrize("text", FORMULAS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_holds_notices_as_many_changes_as_its_power_says(text: str, data: st.DataObject) -> None:
    """No change counted as noticed goes unnoticed; rounding and cutting together allow a little more than each."""
    roles = FORMULAS[text]
    others = [data.draw(numbers()) for _ in roles]
    case = parse(text)
    stated = None if case.bound else likely(text, roles, others)
    if stated == "" or status(text, [stated, *others], roles) == "fails":
        return
    weight = weigh(case, amount(stated) if stated else None, by_role(roles, others))
    if weight.power == 0:
        return
    changes, breaking = brute(text, stated, roles, others)
    assert weight.power <= Fraction(breaking, changes)
    assert Fraction(breaking, changes) - weight.power <= Fraction(1, 4)


def likely(text: str, roles: tuple[str, ...], others: list[str]) -> str:
    """What a formula gives, printed with two decimals; nothing where it gives nothing that is printed so."""
    values = {role: [one.value for one in amounts] for role, amounts in by_role(roles, others).items()}
    expression = text.replace("sum(part)", "summed")
    names = {role: found[0] for role, found in values.items()} | {"summed": sum(values.get("part", []))}
    try:
        made = Decimal(eval(expression, {"__builtins__": {}}, names))
    except ArithmeticError:
        return ""
    return f"{made:.2f}" if Decimal("0.01") <= made < 10**9 else ""


# ── what has none ────────────────────────────────────────────────────────────────────────────────────────────────────


def result(text: str) -> Result:
    return extract(text.encode(), name="x.txt")


def only(text: str, rule: str) -> Check:
    (found,) = [check for check in result(text).checks if check.rule == rule]
    return found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("全年培训2200人以上，包括党员6700人和群众7700人。", "sum"),
        ("全年支出4000亿元，其中慰问金20万元。", "sum"),
        ("台资企业1968件，比上年增长8.5%。", "change"),
    ],
)
def test_what_most_other_digits_would_leave_as_it_is_does_not_hold(text: str, rule: str) -> None:
    check = only(text, rule)
    assert (check.status, check.reason) == ("unclear", "no_power")


def test_a_completion_of_a_printed_nothing_that_is_not_nothing_fails() -> None:
    check = only("年初预算为0.00万元，支出决算为30.00万元，完成年初预算的100%。", "completion")
    assert (check.status, check.severity, check.computed) == ("fails", "error", None)


def test_counts_of_one_digit_are_equal_by_chance() -> None:
    one, other = (msgspec.structs.replace(amount("5"), rounded=exact(5), cut=exact(5), counted=True) for _ in range(2))
    assert weigh(parse("part"), one, {"part": [other]}).is_hollow


def test_only_power_verifies() -> None:
    found = result("全年支出839.19万元，其中：基本支出692.39万元，占82.5%；项目支出146.80万元，占17.5%。")
    strong = {operand.claim for check in found.checks if check.power >= 0.9 for operand in check.operands}
    assert set(found.verification.verified) <= strong
