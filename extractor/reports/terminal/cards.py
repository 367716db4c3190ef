"""A finding on the terminal: what it says and how much is at stake, the words it stands in, how it was computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from extractor.amounts.amount import find_base
from extractor.messages import Lang, render
from extractor.model import Check, Notice
from extractor.quantities import units
from extractor.reports.decisions import OPEN
from extractor.reports.findings.rows import Excerpt, Row, find_spot
from extractor.reports.labels import label_rule
from extractor.reports.printable import printable
from extractor.reports.standing import say_check
from extractor.reports.terminal.wrapping import wrap_text

# Cells between a name and what it names, and the fewest that a sentence needs.
GAP, NARROWEST = 2, 30
STYLES = {"error": "bold red", "warning": "yellow", "info": "dim", None: "green"}
# So many cells are shown of the words before a number and behind it: two lines of a terminal.
AROUND = 66
# So many checks of a finding are shown unless all are asked for.
MOST_CHECKS = 3
# So many numbers of a check are looked up for where they stand: those of a long sum share one table.
MOST_OPERANDS = 4
NAMES = ("amount", "quote", "computed", "finding", "standing", "note")
CUT, POINTER = "…", "^"


def draw_card(number: int, row: Row, lang: Lang, every: bool) -> Text:
    """One finding; ``every`` adds what each of its checks says, and the whole of its sentence."""
    mark = get_phrase(f"severity.{row.mistake.severity}", lang)
    head = f"{number} {mark}"
    text = Text(no_wrap=True, overflow="ignore").append(head, STYLES[row.mistake.severity])
    text.append(" " * GAP).append(_join(_wrap(row.say(lang), cell_len(head) + GAP), cell_len(head) + GAP))
    for name, lines in _list_facts(row, lang, every):
        _add_fact(text, get_phrase(f"card.{name}", lang), lines, _measure_names(lang))
    return text


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/findings``."""
    return render(Notice(f"findings.{name}", facts), lang)


def _measure_names(lang: Lang) -> int:
    """How far what is named stands in."""
    return 2 * GAP + max(cell_len(get_phrase(f"card.{name}", lang)) for name in NAMES)


def _list_facts(row: Row, lang: Lang, every: bool) -> Iterator[tuple[str, list[Text]]]:
    """The named lines below a finding."""
    indent = _measure_names(lang)
    if row.amount is not None:
        yield "amount", [Text(tell_amount(row.amount, row.find_unit(), lang))]
    spot = row.find_spot()
    if spot and spot.excerpt.number:
        yield "quote", _draw_excerpt(spot.excerpt if every else shorten(spot.excerpt), indent, row.mistake.severity)
    yield "computed", [*_draw_checks(row, lang, every, indent)]
    if row.standing:
        yield "standing", [Text(get_phrase(f"standing.{row.standing}", lang))]
    if row.decision != OPEN:
        state = get_phrase(f"state.{row.decision.state}", lang)
        yield "note", [Text(line) for line in _wrap(f"{state} {printable(row.decision.note)}".strip(), indent)]
    if row.mistake.finding:
        yield "finding", [Text(printable(row.mistake.id), "dim")]


def tell_amount(amount: str, unit: str, lang: Lang) -> str:
    """An amount of the base unit of money as people write it: in the unit of the report, if that is one of money.

    >>> tell_amount("64231800.5", "%", "zh"), tell_amount("10000000000", "亿元", "zh")
    ('64,231,800.5元', '100亿元')
    """
    written = Decimal(amount)
    if lang == "zh" and units.factor(unit) > 1 and find_base(unit) == units.first("money").base:
        return f"{(written / units.factor(unit)).normalize():,f}{unit}"
    return get_phrase("money", lang, amount=f"{written:,f}")


def _draw_checks(row: Row, lang: Lang, every: bool, indent: int) -> Iterator[Text]:
    """The checks of a finding, a computation each; those that the proposed number does not mend are told as such."""
    checks, lines = row.mistake.checks, row.compute(lang)
    shown = checks if every else checks[:MOST_CHECKS]
    for check in shown:
        said = [] if row.mistake.message == check.message else [say_check(check, lang)]
        computed = lines.get(check.id)
        if computed:
            yield from (Text(line, "cyan") for line in _wrap(computed, indent))
        if said and (every or not computed):
            yield from (Text(line) for line in _wrap(said[0], indent))
        yield from (Text(line, "dim") for line in _wrap(_name_check(row, check, lang), indent))
    if len(checks) > len(shown):
        yield Text(get_phrase("more.checks", lang, count=len(checks) - len(shown)), "dim")


def _name_check(row: Row, check: Check, lang: Lang) -> str:
    """The rule of a check and its id; of several that one number mends, which are not mended."""
    finding = row.mistake.finding
    left = finding is not None and bool(finding.mends) and check.id not in finding.mends
    remark = get_phrase("unmended", lang) if left else ""
    named = f"{label_rule(check.rule, lang)}{remark}  {printable(check.id)}"
    places = get_phrase("separator", lang).join(_list_places(row, check, lang))
    return f"{named}  {get_phrase('elsewhere', lang, places=places)}" if places else named


def _list_places(row: Row, check: Check, lang: Lang) -> list[str]:
    """Where else the numbers of a check stand, beside the place of the finding."""
    own = row.find_spot()
    spots = filter(None, (find_spot(row.book, operand) for operand in check.operands[:MOST_OPERANDS]))
    here = (own.page, own.heading) if own else None
    others = dict.fromkeys((spot.page, spot.heading) for spot in spots if (spot.page, spot.heading) != here)
    return [_name_place(page, heading, lang) for page, heading in others]


def _name_place(page: int | None, heading: str, lang: Lang) -> str:
    name = get_phrase("titled", lang, heading=heading) if heading else ""
    return name if page is None else get_phrase("paged", lang, page=page, heading=name)


def shorten(excerpt: Excerpt) -> Excerpt:
    """An excerpt with what is far from its number left out.

    >>> shorten(Excerpt("甲" * 50, "5万元", "。"))
    Excerpt(before='…甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲', number='5万元', after='。')
    """
    before = _cut(excerpt.before[::-1])[::-1]
    return Excerpt(before, excerpt.number, _cut(excerpt.after))


def _cut(text: str) -> str:
    """As much of the beginning of a text as is shown."""
    used, at = 0, 0
    while at < len(text) and used + cell_len(text[at]) <= AROUND:
        used += cell_len(text[at])
        at += 1
    return text if at == len(text) else text[:at] + CUT


def _draw_excerpt(excerpt: Excerpt, indent: int, severity: str) -> list[Text]:
    """The lines of an excerpt; below those that hold its number stands what points to it."""
    start, end = len(excerpt.before), len(excerpt.before) + len(excerpt.number)
    drawn, at = [], 0
    for line in _wrap(excerpt.text, indent):
        at = excerpt.text.index(line, at)
        low, high = max(start, at) - at, min(end, at + len(line)) - at
        drawn.append(_mark(line, low, high, STYLES[severity]))
        if low < high:
            pointed = " " * cell_len(line[:low]) + POINTER * cell_len(line[low:high])
            drawn.append(Text(pointed, STYLES[severity]))
        at += len(line)
    return drawn


def _mark(line: str, low: int, high: int, style: str) -> Text:
    text = Text(line)
    if low < high:
        text.stylize(style, low, high)
    return text


def _add_fact(text: Text, name: str, lines: Sequence[Text], indent: int) -> None:
    text.append(f"\n{' ' * GAP}").append(name, "dim").append(" " * (indent - GAP - cell_len(name)))
    for at, line in enumerate(lines):
        if at:
            text.append("\n" + " " * indent)
        text.append_text(line)


def _wrap(said: str, indent: int) -> list[str]:
    return wrap_text(said, max(NARROWEST, Console().width - indent - 1)) if said else []


def _join(lines: Sequence[str], indent: int) -> str:
    return f"\n{' ' * indent}".join(lines)
