"""What a memo says: how far the report was checked, its confirmed findings, and those that are to be looked into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.messages import Lang, render, speak
from extractor.model import Notice, Result
from extractor.reports.computation import GAP, compute_all, find_amount
from extractor.reports.decisions import OPEN, STATES, Decisions, State, name_document
from extractor.reports.labels import advise
from extractor.reports.printable import printable
from extractor.reports.standing import Mistake, list_mistakes
from extractor.reports.suspects import find_known, find_page
from extractor.reports.workbook.book import measure_width

# The lines of the page that neither the title, the head, the headings nor the signatures take, the letters of Latin
# width in each, and those by which the first one of a paragraph is moved in.
LINES, WIDTH, INDENT = 23, 70, 4
# The lines that confirmed findings leave to those that are undecided: one finding, and how many more there are.
ROOM = 6
# What stands between a number and its unit on a line of its own.
UNIT_APART = re.compile(r"(?<=[0-9]) (?=[^\W\d_])")
# The states of which findings are told, in their order, and those that are counted.
TOLD: tuple[State, ...] = ("confirmed", "open")
COUNTED: tuple[State, ...] = (*TOLD, "dismissed")


class Context(Struct, frozen=True):
    """What findings are told from: decisions, the numbers of the result, and the computations by their checks.

    ``entries`` is where each finding stands in the working papers, by its id.
    """

    decisions: Decisions
    book: Book
    computed: Mapping[str, str]
    entries: Mapping[str, str]


class Part(Struct, frozen=True):
    """Findings under a heading: ``items`` are as many as the page holds, ``left`` says how many more there are."""

    heading: str
    remark: str
    items: Sequence[str]
    left: str


class Memo(Struct, frozen=True):
    """The paragraphs of a memo: how far the report was checked, then the confirmed and the undecided findings."""

    extent: str
    parts: Sequence[Part]


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The words of this name in ``messages/memo``."""
    return render(Notice(f"memo.{name}", facts), lang)


def compose(result: Result, decisions: Decisions, lang: Lang, index: str = "") -> Memo:
    """The memo of a result with what was decided of its findings; ``index`` is that of the working papers."""
    states = _sort_by_state(result, decisions)
    book = Book(result)
    context = Context(decisions, book, compute_all(book, lang), _name_entries(result, index, lang))
    told = {state: [_tell(one, context, lang) for one in states[state]] for state in TOLD if states[state]}
    extent = _tell_extent(result, states, lang)
    lines = LINES - _count_lines(extent) - max(0, len(told) - 1)
    parts: list[Part] = []
    for state, items in told.items():
        is_last = state == [*told][-1]
        part = _fill_part(state, items, lines if is_last else lines - ROOM, is_first=not parts, lang=lang)
        lines -= sum(map(_count_lines, (part.remark, *part.items, part.left)))
        parts.append(part)
    return Memo(extent, parts or [Part(get_phrase("none", lang), get_phrase("nothing", lang), (), "")])


def _name_entries(result: Result, index: str, lang: Lang) -> dict[str, str]:
    """Where each finding stands in the working papers."""
    name = "indexed" if index else "numbered"
    return {
        mistake.id: get_phrase(name, lang, index=printable(index), number=number)
        for number, mistake in enumerate(list_mistakes(result), 1)
    }


def _sort_by_state(result: Result, decisions: Decisions) -> dict[State, list[Mistake]]:
    """The findings by what was decided of them, of each in the order of all outputs."""
    found: dict[State, list[Mistake]] = {state: [] for state in STATES}
    for mistake in list_mistakes(result):
        found[decisions.of_mistake(mistake).state].append(mistake)
    return found


def _tell_extent(result: Result, states: Mapping[State, Sequence[Mistake]], lang: Lang) -> str:
    """How much was checked, how it came out, and how many findings are in each state."""
    counts = Counter(check.status for check in result.checks)
    holds = counts["holds"] + counts["holds_truncated"]
    facts = {"checks": counts.total(), "holds": holds, "fails": counts["fails"], "unclear": counts["unclear"]}
    decided = [get_phrase(f"count.{state}", lang, count=len(states[state])) for state in COUNTED if states[state]]
    findings = get_phrase("findings", lang, count=sum(map(len, states.values())))
    states_told = get_phrase("states", lang, states=get_phrase("comma", lang).join(decided)) if decided else ""
    told = findings + states_told
    return get_phrase("extent", lang, document=printable(name_document(result.document)), findings=told, **facts)


def _fill_part(state: State, items: Sequence[str], lines: int, is_first: bool, lang: Lang) -> Part:
    """As many findings of a state as fit into so many lines."""
    remark = get_phrase("none-confirmed", lang) if state == OPEN.state and is_first else ""
    count = _count_fitting(items, lines - _count_lines(remark))
    left = get_phrase("left", lang, count=len(items) - count) if count < len(items) else ""
    return Part(get_phrase(_name_heading(state, is_first), lang, count=len(items)), remark, items[:count], left)


def _name_heading(state: State, is_first: bool) -> str:
    if state == "confirmed":
        return state
    return "pending" if is_first else "pending-too"


def _tell(mistake: Mistake, papers: Context, lang: Lang) -> str:
    """A finding: where its number stands, what it should be, the computation, advice, the note, and its entry."""
    note = printable(papers.decisions.of_mistake(mistake).note).strip().rstrip(get_phrase("stops", lang))
    advice = advise(mistake.checks[0].rule, lang)
    noted = get_phrase("note", lang, note=note) if note else ""
    return _say(mistake, papers, lang) + advice + noted + papers.entries[mistake.id]


def _say(mistake: Mistake, papers: Context, lang: Lang) -> str:
    """What is wrong; a finding that only repeats its check is told by the number to suspect and the computation."""
    said = printable(speak(mistake.message, lang))
    computation = _compute(mistake, papers, lang)
    known = find_known(papers.book, mistake.places)
    amount = find_amount(papers.book, known) if known else None
    if amount is None:
        return said
    page = find_page(papers.book, known)
    place = get_phrase("on-page", lang, page=page) if page is not None else ""
    placed = said if said.startswith(place) else place + said
    if mistake.message != mistake.checks[0].message:
        told = get_phrase("computation", lang, computation=computation) if computation else ""
        return placed + told
    number = f"{amount.label}{amount.raw}" if lang == "zh" else f"{amount.label} {amount.raw}"
    facts = {"place": place, "heading": printable(amount.heading), "number": printable(number)}
    return get_phrase("computed", lang, computation=computation, **facts) if computation else placed


def _compute(mistake: Mistake, papers: Context, lang: Lang) -> str:
    """The first computation, and how many more checks there are."""
    lines = [papers.computed[check.id] for check in mistake.checks if check.id in papers.computed]
    if not lines:
        return ""
    more = len(mistake.checks) - 1
    return _tell_gap(lines[0], lang) + (get_phrase("more", lang, count=more) if more else "")


def _tell_gap(computation: str, lang: Lang) -> str:
    """A computation with its gap in words."""
    formula, sign, gap = computation.partition(f" {GAP} ")
    told = formula + get_phrase("gap", lang, gap=gap) if sign else formula
    # Within a sentence Chinese writes a number and its unit as one.
    return UNIT_APART.sub("", told) if lang == "zh" else told


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
