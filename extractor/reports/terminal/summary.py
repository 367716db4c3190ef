"""The summary of a result on the terminal: what the document is, what was found, and where the JSON went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.messages import Lang, render
from extractor.model import Claim, Notice, Result, Section
from extractor.reports.printable import printable
from extractor.reports.terminal import findings
from extractor.reports.terminal.wrapping import wrap

SECTIONS = 15
# Cells for the number of claims beside a heading, and the fewest that a heading needs.
COUNT, NARROWEST = 10, 20
CLAIMS = 10
HEADING = 48
"""The longest heading shown beside a claim, in characters: a run-in heading can be a whole sentence."""


def show(result: Result, written: Path, lang: Lang = "zh", every: bool = False) -> None:
    """Prints the summary on the standard output; ``every`` lists all claims instead of the first ten."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _parts(result, written, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def named(name: str, lang: Lang, **facts: str | int) -> str:
    """The summary's word or phrase of this name."""
    return render(Notice(f"summary.{name}", facts), lang)


def extent(result: Result, lang: Lang) -> list[str]:
    """How much was found: ``42 节``, ``246 条量化表述`` and, if there are any, tables and checks."""
    counts = {
        "sections": len(result.sections),
        "claims": len(result.claims),
        "tables": len(result.tables),
        "checks": len(result.checks),
    }
    shown = {name: count for name, count in counts.items() if count or name in ("sections", "claims")}
    return [named(f"extent.{name}", lang, count=count) for name, count in shown.items()]


def source(result: Result, lang: Lang) -> list[str]:
    """What was read: the format, the encoding of a text, the number of pages."""
    info = result.document
    pages = named("pages", lang, count=info.page_count) if info.page_count is not None else None
    return [printable(fact) for fact in (info.format, info.encoding, pages) if fact]


def _parts(result: Result, written: Path, lang: Lang, every: bool) -> Iterator[RenderableType]:
    if result.document.title:
        yield Text(printable(result.document.title), style="bold")
    yield _facts(result, lang)
    if result.sections and result.claims:
        yield Padding(_outline(result, lang), (1, 0, 0, 0))
    if result.claims:
        yield Padding(_claims(result, lang, every), (1, 0, 0, 0))
        if not every and (left := len(result.claims) - CLAIMS) > 0:
            yield Text(named("more-claims", lang, count=left), style="dim")
    else:
        yield Text("\n" + named("no-claims", lang))
    yield Padding(_closing(result, written, lang), (1, 0, 0, 0))


def _facts(result: Result, lang: Lang) -> Table:
    info, grid = result.document, _grid()
    grid.add_row(named("file", lang), _apart([printable(info.name), *source(result, lang)]))
    if info.entity:
        grid.add_row(named("entity", lang), printable(info.entity))
    if info.year is not None:
        grid.add_row(named("year", lang), str(info.year))
    grid.add_row(named("extent", lang), _apart(extent(result, lang)))
    if result.checks:
        grid.add_row(findings.named("checks", lang), findings.extent(result, lang))
    for name, counts in (("kind", _kinds(result)), ("dimension", _dimensions(result))):
        if counts:
            grid.add_row(named(f"by-{name}", lang), _counted(name, counts, lang))
    return grid


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _apart(words: list[str]) -> Text:
    return Text("  ".join(words), overflow="fold")


def _kinds(result: Result) -> Counter[str]:
    return Counter(claim.kind for claim in result.claims)


def _dimensions(result: Result) -> Counter[str]:
    return Counter(claim.dimension for claim in result.claims)


def _counted(name: str, counts: Counter[str], lang: Lang) -> Columns:
    words = [
        Text.assemble(_name(name, value, lang), " ", (str(count), "bold"), no_wrap=True)
        for value, count in counts.most_common()
    ]
    return Columns(words, padding=(0, 3))


def _name(name: str, value: str, lang: Lang) -> str:
    return render(Notice(f"names.{name}.{value}"), lang)


def _outline(result: Result, lang: Lang) -> Table:
    counts = _with_descendants(result)
    table = _columns()
    table.add_column(named("section", lang), overflow="fold")
    table.add_column(named("claims", lang), justify="right", no_wrap=True)
    shown = _shown(tuple(section for section in result.sections if counts[section.id] or not section.parent), counts)
    for section in result.sections:
        if section.id in shown:
            table.add_row(_indented(section, 2 * shown[section.id]), str(counts[section.id]))
    if outside := counts[None]:
        table.add_row(named("outside", lang), str(outside))
    if left := len(result.sections) - len(shown):
        table.add_row(Text(named("more-sections", lang, count=left), style="dim"))
    return table


def _indented(section: Section, indent: int) -> Padding:
    """A heading on as many lines as it takes, each under the first."""
    lines = wrap(printable(section.heading), max(NARROWEST, Console().width - indent - COUNT))
    return Padding(Text("\n".join(lines)), (0, 0, 0, indent))


def _with_descendants(result: Result) -> Counter[str | None]:
    """The number of claims under each section and everything below it; under None those outside."""
    counts: Counter[str | None] = Counter(claim.section for claim in result.claims)
    for section in reversed(result.sections):
        if section.parent is not None:
            counts[section.parent] += counts[section.id]
    return counts


def _shown(sections: tuple[Section, ...], counts: Counter[str | None]) -> dict[str, int]:
    """The sections that the outline shows, with their depth.

    The top ones, then what stands below those with most claims, as long as there is room.
    """
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for section in sections:
        below[section.parent].append(section.id)
    shown = dict.fromkeys(below[None][:SECTIONS], 0)
    closed = list(shown)
    while closed:
        largest = max(closed, key=lambda section: counts[section])
        closed.remove(largest)
        if len(shown) + len(below[largest]) <= SECTIONS:
            shown |= dict.fromkeys(below[largest], shown[largest] + 1)
            closed += below[largest]
    return shown


def _claims(result: Result, lang: Lang, every: bool) -> Table:
    table, paged = _columns(), any(claim.page is not None for claim in result.claims)
    if paged:
        table.add_column(named("page", lang), justify="right", no_wrap=True)
    table.add_column(named("metric", lang), overflow="fold", ratio=5)
    table.add_column(named("value", lang), overflow="fold", justify="right", style="bold", min_width=8)
    table.add_column(named("by-kind", lang), no_wrap=True)
    table.add_column(named("section", lang), overflow="fold", ratio=4, style="dim")
    path: tuple[str, ...] | None = None
    for claim in result.claims if every else result.claims[:CLAIMS]:
        place = named("same", lang) if claim.path and claim.path == path else _place(claim)
        table.add_row(*([str(claim.page or "")] if paged else []), *_cells(claim, lang), place)
        path = claim.path
    return table


def _columns() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")


def _cells(claim: Claim, lang: Lang) -> tuple[str, str, str]:
    raw, kind = claim.raw, _name("kind", claim.kind, lang)
    if claim.unit_implied:
        raw = named("implied", lang, raw=raw, unit=claim.unit_implied)
    if claim.role != "actual":
        kind = named("typed", lang, kind=kind, role=named(f"role.{claim.role}", lang))
    return printable(claim.metric or ""), _arrow(claim) + printable(raw), kind


def _arrow(claim: Claim) -> str:
    return {"increase": "↑ ", "decrease": "↓ ", "flat": "→ ", None: ""}[claim.direction]


def _place(claim: Claim) -> str:
    heading = printable(claim.path[-1]) if claim.path else ""
    return heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"


def _closing(result: Result, written: Path, lang: Lang) -> Table:
    grid = _grid()
    for warning in result.document.warnings:
        grid.add_row(Text(named("warning", lang), style="yellow"), printable(warning))
    grid.add_row(named("written", lang), Text(printable(str(written)), style="green"))
    return grid
