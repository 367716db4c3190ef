"""On the page every computed check has its formula, with its own numbers, and what it shows is true."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from unicodedata import normalize

import msgspec
import pytest

import extractor
from extractor import pipeline
from extractor.amounts.book import Book
from extractor.model import Check, Finding, Message, Operand, Result
from extractor.quantities import scan
from extractor.reports.computation import OPPOSITES, Line, write_lines, write_plainly
from extractor.reports.suspects import write_proposed
from extractor.reports.workbook.places import write_all_proposed

ROOT = Path(__file__).resolve().parents[2]
OWN = sorted((ROOT / "corpus" / "reports").glob("*.*t*"))
PUBLISHED = sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
FILES = [file for file in (*OWN, *PUBLISHED) if file.suffix == ".txt"]
OPERATORS = {
    "×": "*",
    "÷": "/",
    "^": "**",
    "−": "-",
    "+": "+",
    "(": "(",
    ")": ")",
    "[": "round(",
    "]": ")",
    "max(": "largest(",
    ",": ",",
}
COMPARISONS = {"=": "==", "≠": "!=", "≥": ">=", "≤": "<=", "<": "<", ">": ">"}
NUMBER = re.compile(r"-?[0-9][0-9,，]*(?:\.[0-9]+)?")


@cache
def extract(file: Path) -> Result:
    return extractor.extract(file)


def checks_with_lines(file: Path) -> list[tuple[Check, list[Line]]]:
    result = extract(file)
    book = Book(result)
    found = [(check, write_lines(check, book, "zh")) for check in result.checks]
    return [(check, lines) for check, lines in found if lines]


def read(words: str) -> Fraction:
    """A number as the page shows it, in its base unit where it has one."""
    found = [one for one in scan(f"共{words}。") if one.dropped is None]
    if found and not NUMBER.fullmatch(words):
        return Fraction(found[0].value) * Fraction(found[0].factor)
    match = NUMBER.match(normalize("NFKC", words))
    assert match, words
    return Fraction(Decimal(match[0].replace(",", "").replace("，", "")))


def evaluate(pieces: Line) -> Fraction:
    """What a written formula gives."""
    written = [
        f"Fraction('{read(one[1])}')"
        if isinstance(one, list)
        else OPERATORS.get(one) or (one if one == "," else f"Fraction('{one}')")
        for one in pieces
    ]
    code = "".join(written)
    return Fraction(eval(code, {"Fraction": Fraction, "round": round, "largest": lambda *numbers: max(numbers)}))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_computed_check_has_its_formula(file: Path) -> None:
    result = extract(file)
    book = Book(result)
    computed = [check for check in result.checks if check.computed is not None]
    assert [check.id for check in computed if not write_lines(check, book, "zh")] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_formula_is_false(file: Path) -> None:
    wrong = [
        (check.id, lines)
        for check, lines in checks_with_lines(file)
        if is_in_digits(lines) and not is_true(check, lines)
    ]
    assert wrong == []


def is_in_digits(lines: list[Line]) -> bool:
    """Whether all numbers stand in digits, which the test can read (not 三十二斤), and none is one of an interval.

    That there is a whole number within what digits allow is more than the numbers themselves tell.
    """
    if "[" in lines[0]:
        return False
    return all(re.search("[0-9]", normalize("NFKC", one[1])) for one in lines[0] if isinstance(one, list))


def is_true(check: Check, lines: list[Line]) -> bool:
    """Whether what the page shows of a check can be computed from the numbers on it."""
    first = lines[0]
    signs = [at for at, one in enumerate(first) if isinstance(one, str) and one in {*COMPARISONS, "≈", "≟"}]
    if "→" in first:
        return check.computed is not None and any(read(one[1]) == 0 for one in first if isinstance(one, list))
    if len(signs) != 1:
        return check.computed is None and not signs
    left, sign, right = first[: signs[0]], first[signs[0]], first[signs[0] + 1 :]
    if right[0][0] == "result":
        return is_near(evaluate(left), str(right[0][1]), left)
    if sign in ("≈", "≟"):
        return True
    one, two = evaluate(left), evaluate(right)
    return bool(eval(f"one {COMPARISONS[str(sign)]} two", {"one": one, "two": two}))


def is_near(value: Fraction, result: str, pieces: Line) -> bool:
    """Whether a value is the result as far as that is written out."""
    match = NUMBER.match(result)
    assert match, result
    decimals = len(match[0].partition(".")[2])
    are_bare = all(NUMBER.fullmatch(one[1]) for one in pieces if isinstance(one, list))
    is_linear = not {"×", "÷", "^"} & {one for one in pieces if isinstance(one, str)}
    wanted = Fraction(Decimal(match[0])) if are_bare and is_linear else read(result)
    scale = abs(wanted / Fraction(Decimal(match[0]))) if Decimal(match[0]) else Fraction(1)
    return abs(value - wanted) <= scale * Fraction(1, 10**decimals)


def test_what_is_not_kept_is_told_by_the_opposite_sign() -> None:
    assert {OPPOSITES[OPPOSITES[sign]] for sign in ("≥", "≤", ">", "<")} == {"≥", "≤", ">", "<"}


def test_a_computation_in_one_line() -> None:
    result = extractor.extract("收入总计100万元，其中财政拨款70万元，其他收入20万元。".encode(), name="a.txt")
    check = next(check for check in result.checks if check.rule == "sum")
    assert write_plainly(check, Book(result), "zh") == "70 + 20 = 90 万元 ≠ 100 万元 Δ 10 万元"


def test_a_number_that_is_told_again_with_fewer_digits_is_nearly_the_other() -> None:
    text = "一、收入\n发放临时救助金30000012元。\n二、支出\n发放临时救助金3000万元。"
    result = extractor.extract(text.encode(), name="a.txt")
    (check,) = [one for one in result.checks if one.rule == "repeat"]
    assert check.status == "holds"
    assert "≈" in (write_plainly(check, Book(result), "zh") or "")


def test_a_proposed_number_in_another_unit_is_written_as_the_report_would_print_it() -> None:
    result = pipeline.extract(
        "一般公共预算收入95685元，其中：税收收入60000万元，非税收入35685万元。".encode(), name="report.txt"
    )
    (suspect,) = [claim for claim in result.claims if claim.raw == "95685元"]
    said = Message("", "")
    operand = Operand("total", claim=suspect.id)
    finding = Finding("f1", "error", operand, "95685", "956850000", (), (), (), None, said)
    book = Book(result)
    assert write_proposed(book, finding) == "95685万元"
    assert write_proposed(book, msgspec.structs.replace(finding, proposed="95686")) == "95686元"
    assert write_all_proposed(Book(msgspec.structs.replace(result, findings=(finding,)))) == {"f1": "95685万元"}


def test_a_limit_is_told_in_the_sign_of_the_rate_that_is_held_to_it() -> None:
    report = extractor.extract("一、质量\n全年产品抽查合格率914.02%，抽查686批次。".encode(), name="report.txt")
    (check,) = [one for one in report.checks if one.status == "fails"]
    assert write_plainly(check, Book(report), "zh") == "914.02% > 100%"
