"""The findings of a result on the terminal: what does not hold, the worst first, and how much was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.amounts.book import Book
from extractor.diffs.parts import find_attachments
from extractor.messages import Lang
from extractor.model import Check, Result
from extractor.reports.computation import compute_all
from extractor.reports.decisions import STATES, Decisions
from extractor.reports.findings.selecting import Listing, describe_left_out
from extractor.reports.labels import label_rule, name_reason
from extractor.reports.printable import printable
from extractor.reports.standing import is_finding, is_judged, list_mistakes
from extractor.reports.standing import say_check as tell
from extractor.reports.terminal.cards import GAP, NARROWEST, STYLES, draw_card, get_phrase
from extractor.reports.terminal.gone import name_gone
from extractor.reports.terminal.wrapping import wrap_text
from extractor.reports.warned import tell_warnings

__all__ = ["describe_extent", "describe_verification", "get_phrase", "show"]


def show(listing: Listing, lang: Lang = "zh", every: bool = False) -> None:
    """Prints the findings on the standard output; ``every`` adds remarks and what could not be checked."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _draw_parts(listing, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def describe_extent(result: Result, lang: Lang) -> str:
    """How the checks of a result ended, in one line."""
    status = Counter(check.status for check in result.checks)
    facts = {
        "checks": len(result.checks),
        "holding": status["holds"] + status["holds_truncated"],
        "failing": sum(map(is_finding, result.checks)),
        "unclear": status["unclear"],
    }
    remarks = status["fails"] - facts["failing"]
    return get_phrase("extent", lang, **facts) + (get_phrase("remarks", lang, count=remarks) if remarks else "")


def describe_decisions(result: Result, decisions: Decisions, lang: Lang) -> str:
    """How many findings are in each state, in one line."""
    states = Counter(decisions.of_mistake(mistake).state for mistake in list_mistakes(result))
    return get_phrase("decided", lang, **{name: states[name] for name in STATES})


def describe_verification(result: Result, lang: Lang) -> str:
    """How many claims are verified, contradicted and neither, in one line."""
    found = result.verification
    counts = {"verified": found.verified, "contradicted": found.contradicted, "unverified": found.unverified}
    return get_phrase("verified", lang, **{name: len(ids) for name, ids in counts.items()})


def _draw_parts(listing: Listing, lang: Lang, every: bool) -> Iterator[RenderableType]:
    result = listing.result
    yield Text(printable(result.document.title or result.document.name), style="bold")
    yield _draw_facts(result, lang)
    for number, row in enumerate(listing.rows, 1):
        yield Padding(draw_card(number, row, lang, every), (1, 0, 0, 0))
    if every:
        yield from _draw_remarks(result, compute_all(Book(result), lang), lang)
    yield from _draw_end(listing, lang)


def _draw_end(listing: Listing, lang: Lang) -> Iterator[RenderableType]:
    """How many findings there are, how many were left out, and what else there is to do."""
    name = _name_verdict(listing)
    said = get_phrase(name, lang, **_count_severities(listing))
    yield Text("\n" + said, style="green" if name == "none" else "")
    asides = [describe_left_out(listing, lang)]
    if listing.fixed:
        gone = [one.say(lang) for one in listing.fixed]
        asides.append(get_phrase("fixed", lang, count=len(gone), names=name_gone(gone, lang)))
    if count := len(find_attachments(listing.result)):
        asides.append(get_phrase("attachments", lang, count=count, file=printable(listing.result.document.name)))
    for aside in filter(None, asides):
        yield Text("\n".join(wrap_text(aside, Console().width - 1)), style="dim")


def _name_verdict(listing: Listing) -> str:
    """The sentence that the findings end with: where some are left out, it does not say that there are none."""
    if listing.rows:
        return "some"
    if listing.left_out:
        return "none-left"
    return "none" if any(map(is_judged, listing.result.checks)) else "nothing"


def _count_severities(listing: Listing) -> dict[str, int]:
    severity = Counter(row.mistake.severity for row in listing.rows)
    return {"errors": severity["error"], "warnings": severity["warning"]}


def _draw_facts(result: Result, lang: Lang) -> Table:
    facts = [*_list_facts(result, lang)]
    indent = max(cell_len(name) for name, _ in facts) + GAP
    grid = Table.grid(padding=(0, GAP))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(no_wrap=True)
    for name, said in facts:
        style = "yellow" if name == get_phrase("warning", lang) else ""
        grid.add_row(Text(name, style=style), "\n".join(_wrap(said, indent)))
    return grid


def _list_facts(result: Result, lang: Lang) -> Iterator[tuple[str, str]]:
    """What is told of a document in front of its findings, by what it is called."""
    yield get_phrase("checks", lang), describe_extent(result, lang)
    yield get_phrase("claims", lang), describe_verification(result, lang)
    reasons = Counter(name_reason(check, lang) for check in result.checks if check.status == "unclear" and check.reason)
    if reasons:
        words = [f"{reason} {count}" for reason, count in reasons.most_common()]
        yield get_phrase("unclear", lang), get_phrase("separator", lang).join(words)
    for warning in tell_warnings(result.document.warnings, lang):
        yield get_phrase("warning", lang), warning


def _draw_check(check: Check, computation: str | None, lang: Lang) -> RenderableType:
    """One check: its severity beside its sentence; its computation, its rule and id below."""
    mark = get_phrase(f"severity.{check.severity or check.status}", lang)
    return _draw_body(check, computation, (mark, STYLES[check.severity]), lang)


def _draw_body(check: Check, computation: str | None, mark: tuple[str, str], lang: Lang) -> Text:
    text, indent = _draw_sentence(mark, tell(check, lang)), cell_len(mark[0]) + GAP
    for line in _wrap(computation or "", indent):
        text.append(f"\n{' ' * indent}{line}", "cyan")
    text.append(f"\n{' ' * indent}{label_rule(check.rule, lang)}  {check.id}", "dim")
    return text


def _draw_sentence(mark: tuple[str, str], said: str) -> Text:
    """A sentence on as many lines as it takes, behind a word in a style of its own."""
    word, style = mark
    indent = cell_len(word) + GAP
    text = Text(no_wrap=True, overflow="ignore").append(word + " " * GAP, style)
    return text.append(f"\n{' ' * indent}".join(_wrap(said, indent)))


def _wrap(said: str, indent: int) -> list[str]:
    return wrap_text(said, max(NARROWEST, Console().width - indent - 1)) if said else []


def _draw_remarks(result: Result, computed: Mapping[str, str], lang: Lang) -> Iterator[RenderableType]:
    """What is told on request: failing checks that are only remarks, numbers that were cut, and what is unclear."""
    groups = {
        "remarks": [check for check in result.checks if check.status == "fails" and check.severity == "info"],
        "truncated": [check for check in result.checks if check.status == "holds_truncated"],
        "unclear": [check for check in result.checks if check.status == "unclear"],
    }
    for name, checks in groups.items():
        if checks:
            yield Text("\n" + get_phrase(f"more.{name}", lang, count=len(checks)), style="bold")
            for check in checks:
                yield Padding(_draw_check(check, computed.get(check.id), lang), (1, 0, 0, 0))
