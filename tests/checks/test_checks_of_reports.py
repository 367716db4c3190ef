"""What every check of this project's reports keeps: its formula gives what it says, and it holds with power only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import msgspec
import pytest

from extractor import Check, Result, extract
from extractor.amounts.amount import Amount, write_in_unit
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval
from extractor.checks import VERIFYING, load_rules
from extractor.checks.engine.compute import find_point, find_range
from extractor.checks.engine.forms import find_form, is_pattern, load, takes_all
from extractor.checks.engine.formula import parse
from extractor.checks.engine.judge import Judgement, find_status, judge, read_case
from extractor.checks.engine.power import find_unit, read_digits
from extractor.checks.engine.rule import Relation

REPORTS = sorted((Path(__file__).resolve().parents[2] / "corpus/reports").glob("*.txt"))
PLACE = r"t\d+:r\d+(c\d+)?"


@cache
def read(path: Path) -> Result:
    return extract(path)


@cache
def judge_all(path: Path) -> tuple[Judgement, ...]:
    """Every relation that the rules propose for a report, judged."""
    book = Book(read(path))
    proposed = (relation for find in load_rules() for relation in find(book))
    return tuple(found for relation in proposed if (found := judge(relation)))


def amounts_of(book: Book, check: Check) -> list[Amount]:
    """The numbers of a check, read anew from the result."""
    return [find_amount(book, check, at) for at in range(len(check.operands))]


def find_amount(book: Book, check: Check, at: int) -> Amount:
    operand = check.operands[at]
    if operand.text:
        raw = book.text[operand.text.start : operand.text.end]
        return next(one for one in list_text_amounts(book) if one.start == operand.text.start and one.raw == raw)
    if operand.claim:
        return book.amount(book.claim[operand.claim])
    table = book.table[operand.table or ""]
    row, column = operand.row or 0, operand.column or 0
    return book.cell(table, row, column) or book.read_empty(table, row, column)


def list_text_amounts(book: Book) -> Iterator[Amount]:
    from extractor.checks.narrative.summed import find_summed
    from extractor.checks.relations.structures import find_structures

    return (number for structure in find_structures(book, find_summed(book)) for number in structure.numbers)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_computed_check_has_its_formula_and_the_formula_gives_what_was_computed(path: Path) -> None:
    found = read(path)
    book = Book(found)
    for check in found.checks:
        if check.computed is None:
            continue
        assert check.formula, check.id
        formula = parse(check.formula)
        numbers = list(zip(check.operands, amounts_of(book, check), strict=True))
        used = numbers if takes_all(check.rule, formula) else numbers[1:]
        values: dict[str, list[Fraction]] = {}
        for operand, amount in used:
            values.setdefault(operand.role, []).append(amount.exact)
        point = find_point(formula, values)
        assert point is not None
        assert write_in_unit(point, numbers[0][1]) == check.computed, (check.id, check.formula)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_evidence_names_patterns_that_exist_and_roles_have_labels(path: Path) -> None:
    import re

    for check in read(path).checks:
        assert check.evidence, check.id
        assert [one for one in check.evidence if not is_pattern(one) and not re.fullmatch(PLACE, one)] == [], check.id
        assert {operand.role for operand in check.operands} <= load(check.rule).roles.keys()


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_nothing_unbounded_holds(path: Path) -> None:
    for judgement in judge_all(path):
        formula = judgement.form.parsed
        if judgement.status.startswith("holds") and formula is not None and formula.bound is None:
            case = read_case(judgement.relation, judgement.form, formula)
            found = find_range(formula, {role: [one.rounded for one in some] for role, some in case.others.items()})
            assert None not in (found.low, found.high), judgement.relation.rule


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_holds_with_power_fails_with_another_digit_in_as_many_places_as_it_says(path: Path) -> None:
    for judgement in judge_all(path):
        if judgement.status.startswith("holds") and judgement.power >= Fraction(9, 10):
            planted = [
                find_status(read_case(one, judgement.form, judgement.form.parsed)) for one in plant(judgement.relation)
            ]  # type: ignore[arg-type]
            assert Fraction(planted.count("fails"), len(planted)) >= judgement.power, judgement.relation.rule


def plant(relation: Relation) -> Iterator[Relation]:
    """The relation with another digit in each place of each number."""
    for at, (role, amount) in enumerate(relation.operands):
        for place in read_digits(amount).places():
            for digit in range(place.lowest, 10):
                if digit != place.digit:
                    other = (role, move(amount, (digit - place.digit) * place.weight * find_unit(amount)))
                    operands = (*relation.operands[:at], other, *relation.operands[at + 1 :])
                    yield msgspec.structs.replace(relation, operands=operands)


def move(amount: Amount, by: Fraction) -> Amount:
    """A number with another digit: it, and all that its digits allow, moved."""
    step = by / amount.factor
    value = amount.value + Decimal(step.numerator) / Decimal(step.denominator)
    rounded, cut = shift(amount.rounded, by), shift(amount.cut, by)
    return msgspec.structs.replace(amount, value=value, rounded=rounded, cut=cut)


def shift(interval: Interval, by: Fraction) -> Interval:
    low, high = (None if end is None else end + by for end in (interval.low, interval.high))
    return Interval(low, high, interval.below, interval.above)


def test_what_verifies_is_told() -> None:
    assert VERIFYING == 0.9
    assert find_form("sum", "total").binding == "words"
