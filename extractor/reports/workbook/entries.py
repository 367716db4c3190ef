"""The rows of the checks and of their inputs: formulas over linked cells, so that each check is computed anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.amounts.amount import write_number
from extractor.messages import Lang
from extractor.model import Check
from extractor.reports.labels import label_rule, name_reason
from extractor.reports.printable import printable
from extractor.reports.standing import say_check
from extractor.reports.suspects import find_known
from extractor.reports.workbook.book import Cell, Columns, Formula, Shown, is_lossless, name_cell, read_number
from extractor.reports.workbook.cells import (
    AMOUNTS,
    describe_place,
    find_unit,
    list_amounts,
    name_severity,
    name_status,
    show_gap,
    write_count,
)
from extractor.reports.workbook.expressions import Expression, write_constant
from extractor.reports.workbook.inputs import LAST, VALUE, Input
from extractor.reports.workbook.live import Between, Live
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import STATUSES, Papers

ENDS = (
    "stated_low", "stated_high", "computed_low", "computed_high", "stated_cut_low", "stated_cut_high",
    "computed_cut_low", "computed_cut_high",
)  # fmt: skip
# What ``Between`` refers to by its place.
PLACES = (*ENDS, "stated", "computed")
CHECKS: Columns = (
    ("number", 6), ("rule", 10), ("status", 11), ("severity", 7), ("message", 58), ("stated", 14), ("computed", 14),
    ("difference", 16), ("unit", 7), ("verdict", 11), ("mark", 6), ("page", 6), ("section", 24), ("operand", 16),
    ("operands", 8), ("reason", 16), ("finding", 8), ("computation", 40), *((name, 14) for name in ENDS),
    ("power", 8), ("check", 22),
)  # fmt: skip
INPUTS: Columns = (
    ("input", 7), ("page", 6), ("source", 44), ("raw", 18), ("unit", 9), ("factor", 12), ("value", 18), ("last", 10),
    ("least", 18), ("most", 18),
)  # fmt: skip
# The decimals of what lies between printed digits.
END_DECIMALS = 12


def list_checks(papers: Papers) -> Iterator[list[Cell]]:
    """Every check, rule by rule, what does not hold first; computed anew where a spreadsheet can."""
    for row, check in enumerate(papers.checks, 1):
        known = {
            "number": Decimal(row),
            "rule": label_rule(check.rule, papers.lang),
            "status": name_status(check.status, papers.lang),
            "severity": name_severity(check, papers.lang) if check.status == "fails" else None,
            "message": say_check(check, papers.lang),
            "unit": _find_unit(check, papers),
            "operand": papers.link(check.operands[0]) if check.operands else None,
            "operands": Decimal(len(check.operands)),
            "reason": _name_reason(check, papers.lang),
            "finding": papers.finding([check]),
            "computation": papers.computed.get(check.id),
            "power": _tell_power(check),
            "check": check.id,
            **describe_place(find_known(papers.book, check.operands), papers),
            **list_amounts(check, papers),
            **_compute(check, row, papers),
        }
        known["difference"] = show_gap(known.get("difference"), known["unit"], papers.lang)
        yield [known.get(name) for name, _ in CHECKS]


def _find_unit(check: Check, papers: Papers) -> str | None:
    """The unit of the number in question, where one is stated or computed."""
    if check.stated is None and check.id not in papers.live:
        return None
    return next((unit for operand in check.operands if (unit := find_unit(operand, papers))), None)


def _name_reason(check: Check, lang: Lang) -> str | None:
    """Why a check is unclear; one of which nobody says why is just that."""
    if check.status != "unclear":
        return None
    return name_reason(check, lang) or name_status("unclear", lang)


def _tell_power(check: Check) -> Cell:
    """The share of wrong digits that the check would notice; nothing where it tells nothing."""
    return Shown(Decimal(str(check.power)), {"num_format": "0%"}) if check.status.startswith("holds") else None


# ── computed anew ────────────────────────────────────────────────────────────────────────────────────────────────────


def _compute(check: Check, row: int, papers: Papers) -> dict[str, Cell]:
    """The cells of a check that the spreadsheet computes; what it cannot is told by its status alone."""
    live = papers.live.get(check.id)
    if live is None:
        return {"verdict": get_phrase("not-computed", papers.lang)}
    ends: dict[str, Cell] = {
        name: _write_end(end) for name, end in zip(ENDS, live.ends, strict=True) if end is not None
    }
    status = name_status(check.status, papers.lang)
    mark = get_phrase(f"mark.{check.status}", papers.lang)
    return ends | _write_amounts(check, live, row) | {
        "verdict": Formula(_write_verdict(live, row, papers.lang), status),
        "mark": Shown(Formula(_write_mark(row, papers.lang), mark), {"align": "center"}),
    }  # fmt: skip


def _write_amounts(check: Check, live: Live, row: int) -> dict[str, Cell]:
    """The number in question, the one computed and the gap; of a bound both sides, and the gap where it is not kept."""
    if live.decimals is None:
        sides: dict[str, Cell] = {"stated": _write_end(live.stated), "computed": _write_end(live.computed)}
        gap = live.stated.value - live.computed.value
        return sides | ({"difference": _subtract(live, gap, live.sure, row)} if check.status == "fails" else {})
    computed = _round(live.computed.text, live.computed.value, live.decimals, live)
    gap = live.stated.value - live.computed.value
    stated = Formula(live.stated.text, read_number(check.stated) or Decimal(0))
    return {"stated": stated, "computed": computed, "difference": _subtract(live, gap, live.decimals, row)}


def _subtract(live: Live, gap: Fraction, decimals: int, row: int) -> Formula:
    """The gap by the cells of the row; by the whole formula where rounding it first would round it otherwise."""
    stated, computed = (name_cell(CHECKS, name, row) for name in AMOUNTS[:2])
    rounded = _decide(gap, decimals)
    by_cells = live.stated.value - Fraction(_decide(live.computed.value, decimals))
    other = computed if by_cells == Fraction(rounded) else f"({live.computed.text})"
    return _round(f"{stated}-{other}", gap, decimals, live)


def _round(text: str, value: Fraction, decimals: int, live: Live) -> Formula:
    """A number to so many decimals; one that lies between two of them is first freed of what floats add to it."""
    halves = value * 2 * Fraction(10) ** decimals
    is_halfway = halves.denominator == 1 and halves.numerator % 2 == 1
    inner = f"ROUND({text},{live.sure})" if is_halfway and live.sure > decimals else text
    return Formula(f"ROUND({inner},{decimals})", _decide(value, decimals))


def _decide(number: Fraction, decimals: int) -> Decimal:
    return Decimal(write_number(number, decimals))


def _write_end(end: Expression) -> Formula:
    return Formula(end.text, _decide(end.value, END_DECIMALS))


def _write_verdict(live: Live, row: int, lang: Lang) -> str:
    """Unclear for its reason; else holds, holds truncated or fails by the ends of both numbers."""
    unclear, holds, cut, fails = (_quote(name_status(name, lang)) for name in _ORDER)
    otherwise = fails
    if live.cut:
        groups = ",".join(_write_conditions(live, group, row) for group in live.cut)
        otherwise = f"IF(OR({groups}),{cut},{fails})"
    reason = name_cell(CHECKS, "reason", row)
    return f'IF({reason}<>"",{unclear},IF({_write_conditions(live, live.rounded, row)},{holds},{otherwise}))'


_ORDER = ("unclear", "holds", "holds_truncated", "fails")


def _write_conditions(live: Live, asked: Sequence[Between], row: int) -> str:
    """That all of what is asked is kept; what has no end keeps it anyway."""
    known = (*live.ends, live.stated, live.computed)
    parts = [_compare(live, one, row) for one in asked if known[one.one] and known[one.other]]
    return f"AND({','.join(parts)})" if parts else "TRUE"


def _compare(live: Live, asked: Between, row: int) -> str:
    one, other = (name_cell(CHECKS, PLACES[place], row) for place in (asked.one, asked.other))
    return f"ROUND({one}-{other},{live.sure}){'<' if asked.is_strict else '<='}0"


def _write_mark(row: int, lang: Lang) -> str:
    """The tick mark of the verdict."""
    verdict, rest = name_cell(CHECKS, "verdict", row), _quote(get_phrase("mark.unclear", lang))
    for name in STATUSES:
        if name != "unclear":
            told, mark = _quote(name_status(name, lang)), _quote(get_phrase(f"mark.{name}", lang))
            rest = f"IF({verdict}={told},{mark},{rest})"
    return rest


def _quote(words: str) -> str:
    """Words of this program within a formula."""
    return '"' + words.replace('"', '""') + '"'


# ── inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def list_inputs(papers: Papers) -> Iterator[list[Cell]]:
    """Every number that a check computes with, once, with what its digits allow."""
    for row, one in enumerate(papers.inputs.values(), 1):
        amount = one.amount
        known: dict[str, Cell] = {
            "input": Decimal(row),
            "page": write_count(amount.page),
            "source": printable(" / ".join(filter(None, (amount.heading, amount.label)))),
            "raw": papers.link(amount.operand),
            "unit": printable(amount.unit),
            "factor": _write_factor(amount.factor),
            "value": amount.value if is_lossless(amount.value) else format(amount.value, "f"),
            "last": _write_number(one.last),
            "least": _write_input_end(one, one.low, papers.lang),
            "most": _write_input_end(one, one.high, papers.lang),
        }
        yield [known[name] for name, _ in INPUTS]


def _write_factor(factor: Fraction) -> Cell:
    """What takes the number to its base unit; 2000/3 as a quotient."""
    written = write_constant(factor)
    return Formula(written.text, _decide(factor, END_DECIMALS)) if "/" in written.text else Decimal(written.text)


def _write_number(number: Fraction) -> Cell:
    written = write_constant(number).text
    return Formula(written, _decide(number, END_DECIMALS)) if "/" in written else Decimal(written)


def _write_input_end(one: Input, end: Fraction | None, lang: Lang) -> Cell:
    """The number less or more half a unit of its last digit; what words say otherwise as a step of its own."""
    if end is None:
        return get_phrase("open-end", lang)
    value, step = one.cell.row, end - one.value
    text = f"{VALUE}{value}"
    if step and abs(step) * 2 == one.last:
        text += f"{'+' if step > 0 else '-'}{LAST}{value}/2"
    elif step:
        text += f"{'+' if step > 0 else '-'}{write_constant(abs(step)).text}"
    return Formula(text, _decide(end, END_DECIMALS))
