"""The computation of a check written out: 678.46 ÷ 814.37 = 83.311%, stated 82.83%.

What is written is the check's own formula with its numbers put in; a check without one has no computation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import truediv
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from extractor.amounts.amount import PARTS, Amount, tell_in_sign, write_number
from extractor.amounts.book import Book
from extractor.amounts.interval import exact as only
from extractor.checks.engine.bounds import is_kept
from extractor.checks.engine.compute import EXACTLY, compute, find_point
from extractor.checks.engine.forms import takes_all
from extractor.checks.engine.formula import Call, Formula, Node, parse
from extractor.checks.engine.written import write_out
from extractor.messages import POINTS, Lang, gap, render
from extractor.model import Check, Notice, Operand
from extractor.reports.printable import escape_invisible

T = TypeVar("T")
Token = str | list[str]
"""An operator, or a number with the name of what it is: ``number``, ``result``, ``stated``, ``due``, ``gap``."""
Line = list[Token]

# The sign of a relation that does not hold, for each that a formula may ask for.
OPPOSITES = {"≥": "<", "≤": ">", ">": "≤", "<": "≥", "=": "≠"}
# The sign between two numbers of which it could not be said whether they are the same.
UNSETTLED = "≟"
# The sign in front of by how much two numbers differ.
GAP = "Δ"
# The sign in front of what is stated for a formula that gives no number: 0 by 0.
TOLD_AS = "→"
# How exact numbers are computed with where 0 by 0 is no number either.
STRICTLY = replace(EXACTLY, divide=truediv)
# The digits of a number with its sign, as keyboards of both widths write them.
NUMBER = re.compile(r"[-−+－＋]?[0-9０-９][0-9０-９,，.．]*")
# The signs around what only whole numbers count of, and the decimals that tell a broken number.
WHOLE, BROKEN_DIGITS = ("[", "]"), 3
# A sum of more numbers than this is told by how many it has where there is one line for all of it.
MOST_NUMBERS = 8


class Printed(Struct, frozen=True):
    """A number as the document prints it, its unit, the sign of computed numbers of its kind, and what it is of."""

    raw: str
    unit: str = ""
    sign: str = ""
    amount: Amount | None = None

    @property
    def full(self) -> str:
        """The number with its unit, once."""
        return self.raw if set(self.unit) <= set(self.raw) else self.raw + self.unit

    @property
    def bare(self) -> str | None:
        """The number without the unit behind it; None where other words belong to it: 20余万元, 百分之五."""
        close = "".join(self.raw.split())
        number = NUMBER.match(close)
        if number is None or any(char.isalpha() and char not in self.unit for char in close[number.end() :]):
            return None
        return number[0]


class Written(Struct, frozen=True):
    """The formula of a check with its numbers put in, and what it needs to be told.

    ``sign`` is the unit of computed numbers, ``first`` the number in question. ``value`` is what the formula gives in
    the base unit, a bound's left side: None where it divides by nothing; ``is_known`` says that no part of a mention,
    which has no number of its own, is in it; ``is_broken`` that its numbers do not keep its bound.
    """

    check: Check
    numbers: list[Token]
    pieces: Line
    sign: str
    first: Amount | None
    value: Fraction | None = None
    is_known: bool = False
    is_broken: bool = False


def write_lines(check: Check, book: Book, lang: Lang) -> list[Line] | None:
    """The lines of the computation; None where the check has no formula, or a place of it is not in the result."""
    written = _write(check, book)
    if written is None:
        return None
    if written.pieces[0] == WHOLE[0] and check.status == "fails":
        return _refuse_broken(written, lang)
    if any(piece in OPPOSITES for piece in written.pieces if isinstance(piece, str)):
        pieces = _tell_limit(parse(check.formula or ""), written)
        lines = [[_turn(piece, written.is_broken) for piece in pieces]]
    elif check.computed is None or check.stated is None:
        return [written.pieces]
    else:
        lines = _face(written) if len(written.pieces) == 1 else _compute(written)
    return [*lines, *_write_gap(written, lang)]


def write_plainly(check: Check, book: Book, lang: Lang) -> str | None:
    """The computation in one line of plain text; None where there is none.

    A long sum is told by how many numbers it has.
    """
    lines = write_lines(check, book, lang)
    return None if lines is None else " ".join(_flatten(lines))


def compute_all(book: Book, lang: Lang) -> dict[str, str]:
    """The computations of a result's checks, each in a line of plain text, by the check's id."""
    found = ((check.id, write_plainly(check, book, lang)) for check in book.result.checks)
    return {identity: line for identity, line in found if line}


def find_amount(book: Book, operand: Operand) -> Amount | None:
    """The number that an operand refers to; None for a stretch of text, and where a result by another hand has none."""
    if operand.text is not None:
        return None
    known, place = book.view(_start_amounts), (operand.claim, operand.table, operand.row, operand.column)
    if place not in known:
        known[place] = _read_amount(book, operand)
    return known[place]


def _start_amounts(_: Book) -> dict[tuple[str | None, str | None, int | None, int | None], Amount | None]:
    """The numbers that were read already: most are in several checks, and are told on several sheets."""
    return {}


def _read_amount(book: Book, operand: Operand) -> Amount | None:
    try:
        return _read_claim(book, operand.claim) if operand.claim is not None else _read_cell(book, operand)
    except (ArithmeticError, ValueError):
        return None


def _read_claim(book: Book, identity: str) -> Amount | None:
    claim = book.claim.get(identity)
    return book.amount(claim) if claim else None


def _read_cell(book: Book, operand: Operand) -> Amount | None:
    table, row, column = book.table.get(operand.table or ""), operand.row, operand.column
    if table is None or row is None or column is None:
        return None
    if row >= len(table.rows) or column >= len(table.rows[row]):
        return None
    return book.cell(table, row, column) or book.read_empty(table, row, column)


def _find_printed(book: Book, operand: Operand) -> Printed | None:
    """What is printed of an operand; None where the result has no such place."""
    if operand.text is not None:
        return Printed(escape_invisible(book.text[operand.text.start : operand.text.end]))
    amount = find_amount(book, operand)
    if amount is None:
        return None
    unit = escape_invisible(amount.unit)
    return Printed(escape_invisible(amount.raw), unit, escape_invisible(amount.sign), amount)


def _write(check: Check, book: Book) -> Written | None:
    """The formula with its numbers; the one in question is in it only where the formula takes all."""
    printed = [_find_printed(book, operand) for operand in check.operands]
    known = [one for one in printed if one is not None]
    if check.formula is None or len(known) < len(printed):
        return None
    formula = parse(check.formula)
    first = 0 if takes_all(check.rule, formula) else 1
    operands, used = check.operands[first:], known[first:]
    # A sum is in the unit of what is stated, so that its numbers are bare only where they are in that unit too.
    numbers = _write_numbers(used if formula.coefficients is None else known)
    pieces = write_out(formula, _sort_by_role(operands, numbers[-len(used) :]))
    exact = [one.amount.exact for one in used if one.amount]
    if len(exact) < len(used):
        return Written(check, numbers, pieces, known[0].sign, known[0].amount, is_broken=check.status == "fails")
    values = _sort_by_role(operands, exact)
    is_broken, value = _is_broken(check, formula, values), _evaluate(formula, values)
    sign = known[0].sign or _find_sign(check, value)
    return Written(check, numbers, pieces, sign, known[0].amount, value, True, is_broken)


def _strip_whole(node: Node) -> Node:
    """An expression of which only the whole numbers count, with all its numbers."""
    return node.body if isinstance(node, Call) and node.function == "whole" else node


def _evaluate(formula: Formula, values: Mapping[str, Sequence[Fraction]]) -> Fraction | None:
    """The value of a formula, of a bound that of its left side; None where it divides by nothing, be it 0 by 0."""
    try:
        return compute(_strip_whole(formula.left), values, STRICTLY)
    except ZeroDivisionError:
        return None


def _sort_by_role(operands: Sequence[Operand], found: Sequence[T]) -> dict[str, list[T]]:
    """What was found for each operand, by the roles of these."""
    by_role: dict[str, list[T]] = {}
    for operand, one in zip(operands, found, strict=True):
        by_role.setdefault(operand.role, []).append(one)
    return by_role


def _find_sign(check: Check, value: Fraction | None) -> str:
    """The sign of a part that is printed without one, as in 11.1:43.0:45.9, by what was computed for it."""
    if not value or not check.computed or not Decimal(check.computed):
        return ""
    scale = value / Fraction(check.computed)
    return next((sign for part, sign in PARTS.items() if abs(scale - part) * 10 < part), "")


def _write_numbers(printed: Sequence[Printed]) -> list[Token]:
    """The numbers as printed; without their unit where all have the same, but for shares and rates."""
    units, bare = {one.unit for one in printed}, [one.bare for one in printed]
    if len(units) > 1 or not units.isdisjoint(POINTS) or None in bare:
        bare = [one.full for one in printed]
    return [["number", word or ""] for word in bare]


def _is_broken(check: Check, formula: Formula, values: Mapping[str, Sequence[Fraction]]) -> bool:
    """Whether a bound is not kept: of what is unclear the printed numbers themselves tell."""
    if check.status != "unclear" or formula.bound is None:
        return check.status == "fails"
    gap = find_point(formula, values)
    return gap is not None and not is_kept(formula.bound, only(gap))


def _turn(piece: Token, is_broken: bool) -> Token:
    """The sign of a bound as it is: the opposite one where the bound is not kept."""
    return OPPOSITES.get(str(piece), piece) if is_broken and isinstance(piece, str) else piece


def _tell_limit(formula: Formula, written: Written) -> Line:
    """A bound; a rate is held to a limit of the formula's own in percent: 914.02% ≤ 100%."""
    at = next(at for at, piece in enumerate(written.pieces) if isinstance(piece, str) and piece in OPPOSITES)
    is_own = all(isinstance(piece, str) for piece in written.pieces[at + 1 :])
    if formula.right is None or written.first is None or written.sign not in POINTS or not is_own:
        return written.pieces
    limit = compute(formula.right, {}, STRICTLY) / written.first.factor
    return [*written.pieces[: at + 1], ["number", _tell_beside(written, write_number(limit, BROKEN_DIGITS))]]


def _refuse_broken(written: Written, lang: Lang) -> list[Line]:
    """What a formula gives where a whole number is due, as people and households are."""
    inner = written.pieces[1 : written.pieces.index(WHOLE[1])]
    due: Token = ["due", render(Notice("page.whole-number"), lang)]
    if written.value is None:
        return [[*inner, "≠", due]]
    return [[*inner, "=", ["result", write_number(written.value, BROKEN_DIGITS)]], ["≠", due]]


def _face(written: Written) -> list[Line]:
    """Two numbers that should be the same; one that is told with fewer digits (29975元, 3万元) is nearly the other."""
    sign = _choose_sign(written.check)
    return [[written.numbers[0], "≈" if sign == "=" and _is_rounded(written) else sign, *written.pieces]]


def _is_rounded(written: Written) -> bool:
    """Whether the number in question is another one than its formula gives, as far as both are known."""
    return written.first is not None and written.value not in (None, written.first.exact)


def _compute(written: Written) -> list[Line]:
    """What the formula gives, and what is stated; what parts must add up to is due, for it is stated nowhere."""
    check = written.check
    kind = "due" if takes_all(check.rule, parse(check.formula or "")) else "stated"
    stated: Token = [kind, _tell_beside(written, check.stated or "")]
    if written.is_known and written.value is None:
        return [[*written.pieces, TOLD_AS, stated]]
    result: Token = ["result", _tell_beside(written, check.computed or "")]
    return [[*written.pieces, "=", result], [_choose_sign(check), stated]]


def _choose_sign(check: Check) -> str:
    """The sign between what is stated and what was computed."""
    if check.status in ("fails", "unclear"):
        return "≠" if check.status == "fails" else UNSETTLED
    return "≈" if _has_gap(check) else "="


def _has_gap(check: Check) -> bool:
    return check.difference is not None and Decimal(check.difference) != 0


def _write_gap(written: Written, lang: Lang) -> list[Line]:
    """By how much the two numbers differ; nothing where they do not."""
    check, sign = written.check, written.sign
    if check.difference is None or not _has_gap(check):
        return []
    number = check.difference.lstrip("-")
    if sign not in POINTS:
        return [[GAP, ["gap", _tell_beside(written, number)]]]
    return [[GAP, ["gap", gap(_scale(written, number), sign, lang)]]]


def _tell_beside(written: Written, number: str) -> str:
    """A number in the unit of the one in question as the page tells it."""
    told, sign = _scale(written, number), written.sign
    return f"{told}{sign}" if sign in POINTS else f"{told} {sign}".strip()


def _scale(written: Written, number: str) -> str:
    return tell_in_sign(number, written.first) if written.first else number


def _flatten(lines: Sequence[Line]) -> Iterator[str]:
    """The words of the lines in a row; of a long sum its ends."""
    for line in lines:
        words = [token if isinstance(token, str) else token[1] for token in line]
        yield from words if len(words) <= 2 * MOST_NUMBERS else [*words[:MOST_NUMBERS], "…", *words[-4:]]
