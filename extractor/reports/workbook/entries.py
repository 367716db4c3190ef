"""The rows of the checks and of their inputs: formulas over linked cells, so that each check is computed anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from extractor.amounts.amount import Amount, write_number
from extractor.messages import Lang
from extractor.model import Check
from extractor.reports.computation import write_plainly
from extractor.reports.labels import label_rule, name_reason
from extractor.reports.printable import printable
from extractor.reports.standing import say_check
from extractor.reports.suspects import find_known, find_page, find_section
from extractor.reports.workbook.book import Cell, Columns, Formula, Shown, name_cell
from extractor.reports.workbook.cells import (
    AMOUNTS,
    list_amounts,
    mark_status,
    name_section,
    name_severity,
    name_status,
    show_gap,
    write_count,
)
from extractor.reports.workbook.expressions import Expression, combine, write_constant
from extractor.reports.workbook.inputs import LAST, VALUE, Input
from extractor.reports.workbook.live import Between, Live
from extractor.reports.workbook.numbers import is_lossless, pad
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import Papers

ENDS = (
    "stated_low", "stated_high", "computed_low", "computed_high", "stated_cut_low", "stated_cut_high",
    "computed_cut_low", "computed_cut_high",
)  # fmt: skip
# What ``Between`` refers to by its place.
PLACES = (*ENDS, "stated", "computed")
CHECKS: Columns = (
    ("check", 22), ("rule", 10), ("status", 13), ("severity", 7), ("message", 58), ("stated", 16), ("computed", 14),
    ("difference", 16), ("unit", 7), ("verdict", 13), ("page", 6), ("section", 26), ("computation", 44),
    ("reason", 16), ("finding", 8),
    *((name, 14) for name in ENDS), ("power", 8),
)  # fmt: skip
INPUTS: Columns = (
    ("page", 6), ("heading", 32), ("metric", 32), ("unit", 9), ("factor", 12), ("value", 18), ("last", 10),
    ("least", 18), ("most", 18),
)  # fmt: skip
SHARE = {"num_format": "0%"}
# The decimals of what lies between printed digits.
END_DECIMALS = 12


def list_checks(papers: Papers) -> Iterator[list[Cell]]:
    """Every check, rule by rule, what does not hold first; computed anew where a spreadsheet can."""
    for row, check in enumerate(papers.checks, 1):
        place = find_known(papers.book, check.operands)
        known = {
            "check": printable(check.id),
            "rule": label_rule(check.rule, papers.lang),
            "status": mark_status(check.status, papers.lang),
            "severity": name_severity(check, papers.lang) if check.status == "fails" else None,
            "message": say_check(check, papers.lang),
            "reason": _name_reason(check, papers.lang),
            "finding": papers.finding([check]),
            "power": _tell_power(check),
            "page": write_count(find_page(papers.book, place)),
            "section": name_section(find_section(papers.book, place), papers),
            "computation": _compute_plainly(check, papers),
            **(told := list_amounts(check, papers)),
            **_compute(check, row, told, papers),
        }
        known["stated"] = _link_stated(check, known["stated"], papers)
        known["difference"] = show_gap(known.get("difference"), known["unit"], papers.lang)
        yield [known.get(name) for name, _ in CHECKS]


def _compute_plainly(check: Check, papers: Papers) -> str | None:
    """The computation; none where a number is told again and is the same, which the amounts say."""
    is_told_again = check.status == "holds" and (check.formula or "").isidentifier()
    return None if is_told_again else write_plainly(check, papers.book, papers.lang)


def _link_stated(check: Check, stated: Cell, papers: Papers) -> Cell:
    """The number in question, or the first of a check without one, as the way to where that stands."""
    link = papers.link(check.operands[0]) if check.operands else None
    return stated if link is None else link if stated is None else msgspec.structs.replace(link, shown=stated)


def _name_reason(check: Check, lang: Lang) -> str | None:
    """Why a check is unclear; one of which nobody says why is just that."""
    if check.status != "unclear":
        return None
    return name_reason(check, lang) or name_status("unclear", lang)


def _tell_power(check: Check) -> Cell:
    """The share of wrong digits that the check would notice; nothing where it tells nothing."""
    return Shown(Decimal(f"{check.power:.2f}"), SHARE) if check.status.startswith("holds") else None


# ── computed anew ────────────────────────────────────────────────────────────────────────────────────────────────────


def _compute(check: Check, row: int, told: Mapping[str, Cell], papers: Papers) -> dict[str, Cell]:
    """The cells of a check that the spreadsheet computes; what it cannot is told by its status alone."""
    live = papers.live.get(check.id)
    if live is None:
        return {"verdict": get_phrase("not-computed", papers.lang)}
    ends: dict[str, Cell] = {
        name: _write_end(end) for name, end in zip(ENDS, live.ends, strict=True) if live.is_spread and end is not None
    }
    verdict = Formula(_write_verdict(check, live, row, papers.lang), mark_status(check.status, papers.lang))
    return ends | _write_amounts(check, live, row, told) | {"verdict": verdict}


def _write_amounts(check: Check, live: Live, row: int, told: Mapping[str, Cell]) -> dict[str, Cell]:
    """The number in question, the one computed and the gap; of a bound both sides, and the gap where it is not kept."""
    if live.decimals is None:
        sides: dict[str, Cell] = {"stated": _write_end(live.stated), "computed": _write_end(live.computed)}
        return sides | ({"difference": _subtract(live, live.sure, row)} if check.status == "fails" else {})
    number = told["stated"] if isinstance(told["stated"], Decimal) else Decimal(0)
    computed = _round(live.computed.text, live.computed.value, live.decimals, live)
    if isinstance(computed.value, Decimal):
        computed = msgspec.structs.replace(computed, value=pad(computed.value, number))
    return {
        "stated": Formula(live.stated.text, number),
        "computed": computed,
        "difference": _subtract(live, live.decimals, row),
    }


def _subtract(live: Live, decimals: int, row: int) -> Formula:
    """The gap by the cells of the row; by the whole formula where rounding it first would round it otherwise."""
    stated, computed = (name_cell(CHECKS, name, row) for name in AMOUNTS[:2])
    gap = live.stated.value - live.computed.value
    if _is_same_rounded(live, gap, decimals):
        return _round(f"{stated}-{computed}", gap, decimals, live, "by cells")
    return _round(f"{stated}-({live.computed.text})", gap, decimals, live)


def _is_same_rounded(live: Live, gap: Fraction, decimals: int) -> bool:
    """Whether a gap is the same where the computed number is rounded first."""
    if all(_has_decimals(one.value, decimals) for one in (live.stated, live.computed)):
        return True
    return live.stated.value - Fraction(_decide(live.computed.value, decimals)) == Fraction(_decide(gap, decimals))


def _has_decimals(number: Fraction, decimals: int) -> bool:
    """Whether so many decimals write a number in full."""
    return decimals >= 0 and not 10**decimals % number.denominator


def _round(text: str, value: Fraction, decimals: int, live: Live, family: str = "") -> Formula:
    """A number to so many decimals; one that lies between two of them is first freed of what floats add to it."""
    is_halfway = not _has_decimals(value, decimals) and _has_decimals(value * 2, decimals)
    steps = [live.sure, decimals] if is_halfway and live.sure > decimals else [decimals]
    for step in steps:
        text = f"ROUND({text},{step})"
    return Formula(text, _decide(value, decimals), family and f"{family} {steps}")


def _decide(number: Fraction, decimals: int) -> Decimal:
    return Decimal(write_number(number, decimals))


def _write_end(end: Expression) -> Formula:
    return Formula(end.text, _decide(end.value, END_DECIMALS))


def _write_verdict(check: Check, live: Live, row: int, lang: Lang) -> str:
    """Holds, holds truncated or fails by the ends of both numbers; what is unclear is so as long as a reason stands."""
    unclear, holds, cut, otherwise = (_quote(mark_status(name, lang)) for name in _ORDER)
    if live.cut:
        groups = ",".join(_write_conditions(live, group, row) for group in live.cut)
        otherwise = f"IF(OR({groups}),{cut},{otherwise})"
    verdict = f"IF({_write_conditions(live, live.rounded, row)},{holds},{otherwise})"
    reason = name_cell(CHECKS, "reason", row)
    return f'IF({reason}<>"",{unclear},{verdict})' if check.status == "unclear" else verdict


_ORDER = ("unclear", "holds", "holds_truncated", "fails")


def _write_conditions(live: Live, asked: Sequence[Between], row: int) -> str:
    """That all of what is asked is kept; what has no end keeps it anyway."""
    pairs = [(_find_end(live, each.one, row), _find_end(live, each.other, row)) for each in asked]
    signs = ["<" if each.is_strict else "<=" for each in asked]
    if signs == ["<=", "<="] and pairs[0] == pairs[1][::-1]:
        pairs, signs = pairs[:1], ["="]
    parts = [
        f"ROUND({combine('-', one, other).text},{live.sure}){sign}0"
        for (one, other), sign in zip(pairs, signs, strict=True) if one and other
    ]  # fmt: skip
    return parts[0] if len(parts) == 1 else f"AND({','.join(parts)})" if parts else "TRUE"


def _find_end(live: Live, place: int, row: int) -> Expression | None:
    """One of the ends, written out where it has no cell of its own."""
    end = live.places[place]
    if end is None or not (live.is_spread or place >= len(ENDS)):
        return end
    return Expression(name_cell(CHECKS, PLACES[place], row), end.value)


def _quote(words: str) -> str:
    """Words of this program within a formula."""
    return '"' + words.replace('"', '""') + '"'


# ── inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def list_inputs(papers: Papers) -> Iterator[list[Cell]]:
    """Every number that a check computes with, once, with what its digits allow."""
    for one in papers.inputs.values():
        amount = one.amount
        known: dict[str, Cell] = {
            "page": write_count(amount.page),
            "heading": printable(amount.heading or ""),
            "metric": printable(amount.label or ""),
            "unit": printable(amount.unit),
            "factor": _write_factor(amount.factor),
            "value": _link_value(amount, papers),
            "last": _write_number(one.last),
            "least": _write_input_end(one, one.low, papers.lang),
            "most": _write_input_end(one, one.high, papers.lang),
        }
        yield [known[name] for name, _ in INPUTS]


def _link_value(amount: Amount, papers: Papers) -> Cell:
    """The number as written, which leads to where it stands; as text where a spreadsheet drops digits."""
    number = amount.value if is_lossless(amount.value) else format(amount.value, "f")
    link = papers.link(amount.operand)
    return number if link is None else msgspec.structs.replace(link, shown=number)


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
    step = end - one.value
    sign = "" if not step else "+" if step > 0 else "-"
    size = "" if not step else f"{LAST}{one.cell.row}/2" if one.last else write_constant(abs(step)).text
    family = f"{sign}{LAST}" if one.last else ""
    return Formula(f"{VALUE}{one.cell.row}{sign}{size}", _decide(end, END_DECIMALS), family)
