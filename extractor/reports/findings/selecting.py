"""Which findings are told: those that a reader did not set aside, and that are as heavy and of the kind asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.messages import Lang, render
from extractor.model import InputError, Notice, Result
from extractor.quantities import units
from extractor.quantities.scan import scan
from extractor.reports.decisions import Decisions, make_empty
from extractor.reports.findings.baselines import Baseline, KnownFinding, compare_known
from extractor.reports.findings.rows import Row
from extractor.reports.labels import list_rules
from extractor.reports.printable import printable
from extractor.reports.standing import list_mistakes

ONLY = ("new", "error", "amount")
"""What may be asked for alone: what a baseline does not know, errors, what is off by money."""
# Why a finding is not told, in the order in which it is asked: of what nobody asked for it does not matter what was
# decided.
REASONS = ("rule", "severity", "known", "amount", "dismissed")


class Wanted(Struct, frozen=True):
    """What is asked for: by how much money a finding is off at least, kinds of findings, and the rules' codes."""

    least: Decimal | None = None
    only: Collection[str] = ()
    rules: Collection[str] = ()


class Listing(Struct, frozen=True):
    """The findings of a document that are told, the heaviest first; how many are not, by why; and what is mended.

    ``dismissed`` are those that were asked for and that a reader set aside. ``path`` is how the document was named.
    """

    result: Result
    rows: tuple[Row, ...]
    left_out: Mapping[str, int] = {}
    dismissed: tuple[Row, ...] = ()
    fixed: tuple[KnownFinding, ...] = ()
    path: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether nothing is told that is not known already."""
        return all(row.standing == "unchanged" for row in self.rows)


def make_wanted(least: str | None, only: Sequence[str], rules: Sequence[str], has_baseline: bool) -> Wanted:
    """What is asked for on the command line. Raises ``InputError`` for what cannot be."""
    if "new" in only and not has_baseline:
        raise InputError("findings.new-without-baseline")
    _refuse_unknown("only", only, ONLY)
    _refuse_unknown("rule", rules, list_rules())
    return Wanted(None if least is None else read_amount(least), tuple(only), tuple(rules))


def _refuse_unknown(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            raise InputError("findings.unknown", option=f"--{option}", value=printable(value), known=", ".join(known))


def read_amount(text: str) -> Decimal:
    """An amount of money in the base unit, exactly. Raises ``InputError`` for anything else.

    >>> [int(read_amount(text)) for text in ("1000", "1万元", "0.5亿元", "1,000元")]
    [1000, 10000, 50000000, 1000]
    """
    close = "".join(text.split()).replace(",", "")
    try:
        found = Decimal(close) if close.isascii() else _read_money(close)
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or found < 0:
        raise InputError("findings.no-amount", text=printable(text))
    return found


def _read_money(text: str) -> Decimal | None:
    """The amount that the whole of a text states in the base unit of money; None where it states none."""
    base = units.first("money").base
    found = [one for one in scan(text) if (one.start, one.end, one.base_unit) == (0, len(text), base)]
    is_exact = len(found) == 1 and not (found[0].approximation or found[0].dropped or found[0].value_high)
    return found[0].value * found[0].factor if is_exact else None


def list_rows(
    result: Result, wanted: Wanted, decisions: Decisions | None, baseline: Baseline | None, is_alone: bool = True,
    path: str = "",
) -> Listing:  # fmt: skip
    """The findings of a result as they are asked for, each with what was decided and what it is to the baseline."""
    book, made = Book(result), decisions or make_empty(result)
    known = compare_known(baseline, result, is_alone, path) if baseline else None
    rows = [
        Row(book, mistake, made.of_mistake(mistake), known.standings.get(mistake.id, "new") if known else None)
        for mistake in list_mistakes(result)
    ]
    reasons = [_find_reason(row, wanted) for row in rows]
    told = tuple(row for row, reason in zip(rows, reasons, strict=True) if reason is None)
    dismissed = tuple(row for row, reason in zip(rows, reasons, strict=True) if reason == "dismissed")
    return Listing(result, told, Counter(filter(None, reasons)), dismissed, known.fixed if known else (), path)


def _find_reason(row: Row, wanted: Wanted) -> str | None:
    """Why a finding is not told; None for one that is."""
    return next((reason for reason in REASONS if IS_LEFT_OUT[reason](row, wanted)), None)


def _is_dismissed(row: Row, _: Wanted) -> bool:
    return row.decision.state == "dismissed"


def _is_of_other_rules(row: Row, wanted: Wanted) -> bool:
    return bool(wanted.rules) and not set(row.rules) & set(wanted.rules)


def _is_no_error(row: Row, wanted: Wanted) -> bool:
    return "error" in wanted.only and row.mistake.severity != "error"


def _is_known(row: Row, wanted: Wanted) -> bool:
    return "new" in wanted.only and row.standing == "unchanged"


def _is_too_light(row: Row, wanted: Wanted) -> bool:
    """Whether it is off by less money; one that is off by no money stays, unless money alone is asked for."""
    if row.amount is None:
        return "amount" in wanted.only
    return wanted.least is not None and Decimal(row.amount) < wanted.least


IS_LEFT_OUT: Mapping[str, Callable[[Row, Wanted], bool]] = {
    "rule": _is_of_other_rules,
    "severity": _is_no_error,
    "known": _is_known,
    "amount": _is_too_light,
    "dismissed": _is_dismissed,
}


def describe_left_out(listing: Listing, lang: Lang) -> str:
    """How many findings are not told and why; empty where all are."""
    counts = [
        render(Notice(f"findings.left-out.{reason}", {"count": listing.left_out[reason]}), lang)
        for reason in REASONS
        if listing.left_out.get(reason)
    ]
    if not counts:
        return ""
    separator = render(Notice("findings.separator"), lang)
    total = sum(listing.left_out.values())
    return render(Notice("findings.left-out", {"count": total, "reasons": separator.join(counts)}), lang)
