"""The findings of a result on the terminal: what does not hold, the worst first, and how much was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.diffs.parts import find_attachments
from extractor.messages import Lang, render
from extractor.model import Check, Notice, Result
from extractor.reports.computation import compute_all
from extractor.reports.labels import label_rule, name_reason
from extractor.reports.printable import printable
from extractor.reports.standing import is_finding, rank_checks
from extractor.reports.standing import say_check as tell
from extractor.reports.terminal.wrapping import wrap_text

# Cells between a severity and its sentence, and the fewest that a sentence needs.
GAP, NARROWEST = 2, 30
STYLES = {"error": "bold red", "warning": "yellow", "info": "dim", None: "green"}


def list_findings(result: Result) -> list[Check]:
    """The checks that do not hold, errors before warnings, each in document order; remarks (``info``) are none."""
    return rank_checks(result, filter(is_finding, result.checks))


def show(result: Result, lang: Lang = "zh", every: bool = False) -> None:
    """Prints the findings on the standard output; ``every`` adds remarks and what could not be checked."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _draw_parts(result, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/findings``."""
    return render(Notice(f"findings.{name}", facts), lang)


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


def describe_verification(result: Result, lang: Lang) -> str:
    """How many claims are verified, contradicted and neither, in one line."""
    found = result.verification
    counts = {"verified": found.verified, "contradicted": found.contradicted, "unverified": found.unverified}
    return get_phrase("verified", lang, **{name: len(ids) for name, ids in counts.items()})


def _draw_parts(result: Result, lang: Lang, every: bool) -> Iterator[RenderableType]:
    found = list_findings(result)
    yield Text(printable(result.document.title or result.document.name), style="bold")
    yield _draw_facts(result, lang)
    computed = compute_all(result, lang) if every else {}
    for check in found:
        yield Padding(_draw_check(check, computed.get(check.id), lang), (1, 0, 0, 0))
    if every:
        yield from _draw_remarks(result, computed, lang)
    name, style = ("some", "") if found else ("none", "green")
    yield Text("\n" + get_phrase(name, lang, **_count_severities(found)), style=style)
    if count := len(find_attachments(result)):
        told = get_phrase("attachments", lang, count=count, file=printable(result.document.name))
        yield Text("\n".join(wrap_text(told, Console().width - 1)), style="dim")


def _count_severities(found: Sequence[Check]) -> dict[str, int]:
    severity = Counter(check.severity for check in found)
    return {"errors": severity["error"], "warnings": severity["warning"]}


def _draw_facts(result: Result, lang: Lang) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(get_phrase("checks", lang), describe_extent(result, lang))
    grid.add_row(get_phrase("claims", lang), describe_verification(result, lang))
    reasons = Counter(name_reason(check, lang) for check in result.checks if check.status == "unclear" and check.reason)
    if reasons:
        words = [f"{reason} {count}" for reason, count in reasons.most_common()]
        grid.add_row(get_phrase("unclear", lang), get_phrase("separator", lang).join(words))
    for warning in result.document.warnings:
        grid.add_row(Text(get_phrase("warning", lang), style="yellow"), printable(warning))
    return grid


def _draw_check(check: Check, computation: str | None, lang: Lang) -> RenderableType:
    """One finding: its severity beside its sentence; its computation, its rule and id below."""
    severity = get_phrase(f"severity.{check.severity or check.status}", lang)
    said = tell(check, lang)
    indent = cell_len(severity) + GAP
    lines = wrap_text(said, max(NARROWEST, Console().width - indent - 1))
    text = Text(no_wrap=True, overflow="ignore")
    for number, line in enumerate(lines):
        text.append(severity + " " * GAP if not number else " " * indent, STYLES[check.severity] if not number else "")
        text.append(line + "\n")
    for line in wrap_text(computation, max(NARROWEST, Console().width - indent - 1)) if computation else ():
        text.append(" " * indent + line + "\n", "cyan")
    text.append(" " * indent + f"{label_rule(check.rule, lang)}  {check.id}", "dim")
    return text


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
