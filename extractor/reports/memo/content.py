"""What a memo says: how far the report was checked, and its confirmed findings, or those that are to be looked into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.messages import Lang, render, speak
from extractor.model import Notice, Result
from extractor.reports.computation import GAP, compute_all, find_amount
from extractor.reports.decisions import Decisions
from extractor.reports.labels import advise
from extractor.reports.printable import printable
from extractor.reports.standing import SEVERITIES, Mistake, list_mistakes
from extractor.reports.workbook.book import measure_width, read_number

# The lines of the page that neither the title, the head, the headings nor the signatures take, the letters of Latin
# width in each, and those by which the first one of a paragraph is moved in.
LINES, WIDTH, INDENT = 23, 70, 4


class Context(Struct, frozen=True):
    """What findings are told from: decisions, the numbers of the result, and the computations by their checks."""

    decisions: Decisions
    book: Book
    computed: Mapping[str, str]


class Memo(Struct, frozen=True):
    """The paragraphs of a memo; ``items`` are as many findings as its page holds, ``left`` how many more there are."""

    extent: str
    heading: str
    remark: str
    items: Sequence[str]
    left: str


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The words of this name in ``messages/memo``."""
    return render(Notice(f"memo.{name}", facts), lang)


def compose(result: Result, decisions: Decisions, lang: Lang) -> Memo:
    """The memo of a result with what was decided of its findings."""
    found = list_mistakes(result)
    states = {mistake.id: decisions.of_mistake(mistake).state for mistake in found}
    confirmed = [mistake for mistake in found if states[mistake.id] == "confirmed"]
    pending = [mistake for mistake in found if states[mistake.id] == "open"]
    told = sorted(confirmed or pending, key=_weigh)
    context = Context(decisions, Book(result), compute_all(result, lang))
    items = [_tell(mistake, context, lang) for mistake in told]
    extent = _tell_extent(result, lang)
    remark = "" if confirmed else get_phrase("none-confirmed" if pending else "nothing", lang)
    count = _count_fitting(items, LINES - _count_lines(extent) - _count_lines(remark))
    return Memo(
        extent=extent,
        heading=get_phrase("confirmed" if confirmed else "pending", lang),
        remark=remark,
        items=items[:count],
        left=get_phrase("left", lang, count=len(items) - count) if count < len(items) else "",
    )


def _weigh(mistake: Mistake) -> tuple[int, Decimal]:
    """The worst first, and of those the one with the most money at stake."""
    amount = read_number(mistake.finding.amount) if mistake.finding else None
    return SEVERITIES.index(mistake.severity), -abs(amount or Decimal(0))


def _tell_extent(result: Result, lang: Lang) -> str:
    """How much was checked, and how it came out."""
    counts = Counter(check.status for check in result.checks)
    holds = counts["holds"] + counts["holds_truncated"]
    facts = {"checks": counts.total(), "holds": holds, "fails": counts["fails"], "unclear": counts["unclear"]}
    return get_phrase(
        "extent", lang, document=printable(result.document.name), findings=len(list_mistakes(result)), **facts
    )


def _tell(mistake: Mistake, papers: Context, lang: Lang) -> str:
    """A finding in a sentence: where it stands, its number, the computation; then the reader's note, or what to do."""
    note = printable(papers.decisions.of_mistake(mistake).note).strip().rstrip(get_phrase("stops", lang))
    check = mistake.checks[0]
    computation = papers.computed.get(check.id)
    said = printable(speak(check.message, lang))
    if computation and check.operands and (amount := find_amount(papers.book, check.operands[0])):
        place = get_phrase("on-page", lang, page=amount.page) if amount.page is not None else ""
        number = f"{amount.label}{amount.raw}" if lang == "zh" else f"{amount.label} {amount.raw}"
        facts = {"place": place, "heading": printable(amount.heading), "number": printable(number)}
        said = get_phrase("computed", lang, computation=_tell_gap(computation, lang), **facts)
    return f"{said}{get_phrase('note', lang, note=note) if note else advise(check.rule, lang)}"


def _tell_gap(computation: str, lang: Lang) -> str:
    """A computation with its gap in words."""
    formula, sign, gap = computation.partition(f" {GAP} ")
    return formula + get_phrase("gap", lang, gap=gap) if sign else formula


def _count_fitting(items: Sequence[str], lines: int) -> int:
    """How many items fit into so many lines: one at least."""
    for count, item in enumerate(items):
        lines -= _count_lines(item)
        if lines < 0:
            return max(1, count)
    return len(items)


def _count_lines(words: str) -> int:
    """About how many lines a paragraph takes."""
    return -(-(INDENT + measure_width(words)) // WIDTH) if words else 0
