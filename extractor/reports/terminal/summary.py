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
from extractor.reports.terminal.wrapping import wrap_text
from extractor.reports.warned import tell_warnings

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
        for part in _draw_parts(result, written, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The summary's word or phrase of this name."""
    return render(Notice(f"summary.{name}", facts), lang)


def describe_extent(result: Result, lang: Lang) -> list[str]:
    """How much was found: ``42 节``, ``246 条量化表述`` and, if there are any, tables and checks."""
    counts = {
        "sections": len(result.sections),
        "claims": len(result.claims),
        "tables": len(result.tables),
        "checks": len(result.checks),
    }
    shown = {name: count for name, count in counts.items() if count or name in ("sections", "claims")}
    return [get_phrase(f"extent.{name}", lang, count=count) for name, count in shown.items()]


def describe_source(result: Result, lang: Lang) -> list[str]:
    """What was read: the format, the encoding of a text, the number of pages."""
    info = result.document
    pages = get_phrase("pages", lang, count=info.page_count) if info.page_count is not None else None
    return [printable(fact) for fact in (info.format, info.encoding, pages) if fact]


def _draw_parts(result: Result, written: Path, lang: Lang, every: bool) -> Iterator[RenderableType]:
    if result.document.title:
        yield Text(printable(result.document.title), style="bold")
    yield _draw_facts(result, lang)
    if result.sections and result.claims:
        yield Padding(_draw_outline(result, lang), (1, 0, 0, 0))
    if result.claims:
        yield Padding(_draw_claims(result, lang, every), (1, 0, 0, 0))
        if not every and (left := len(result.claims) - CLAIMS) > 0:
            yield Text(get_phrase("more-claims", lang, count=left), style="dim")
    else:
        yield Text("\n" + get_phrase("no-claims", lang))
    yield Padding(_draw_closing(result, written, lang), (1, 0, 0, 0))


def _draw_facts(result: Result, lang: Lang) -> Table:
    info, grid = result.document, _make_grid()
    grid.add_row(get_phrase("file", lang), _join_words([printable(info.name), *describe_source(result, lang)]))
    if info.entity:
        grid.add_row(get_phrase("entity", lang), printable(info.entity))
    if info.year is not None:
        grid.add_row(get_phrase("year", lang), str(info.year))
    grid.add_row(get_phrase("extent", lang), _join_words(describe_extent(result, lang)))
    if result.checks:
        grid.add_row(findings.get_phrase("checks", lang), findings.describe_extent(result, lang))
    for name, counts in (("kind", _count_kinds(result)), ("dimension", _count_dimensions(result))):
        if counts:
            grid.add_row(get_phrase(f"by-{name}", lang), _draw_counts(name, counts, lang))
    return grid


def _make_grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _join_words(words: list[str]) -> Text:
    return Text("  ".join(words), overflow="fold")


def _count_kinds(result: Result) -> Counter[str]:
    return Counter(claim.kind for claim in result.claims)


def _count_dimensions(result: Result) -> Counter[str]:
    return Counter(claim.dimension for claim in result.claims)


def _draw_counts(name: str, counts: Counter[str], lang: Lang) -> Columns:
    words = [
        Text.assemble(_name_value(name, value, lang), " ", (str(count), "bold"), no_wrap=True)
        for value, count in counts.most_common()
    ]
    return Columns(words, padding=(0, 3))


def _name_value(name: str, value: str, lang: Lang) -> str:
    return render(Notice(f"names.{name}.{value}"), lang)


def _draw_outline(result: Result, lang: Lang) -> Table:
    counts = _count_with_descendants(result)
    table = _make_table()
    table.add_column(get_phrase("section", lang), overflow="fold")
    table.add_column(get_phrase("claims", lang), justify="right", no_wrap=True)
    shown = _choose_sections(
        tuple(section for section in result.sections if counts[section.id] or not section.parent), counts
    )
    for section in result.sections:
        if section.id in shown:
            table.add_row(_indent_heading(section, 2 * shown[section.id]), str(counts[section.id]))
    if outside := counts[None]:
        table.add_row(get_phrase("outside", lang), str(outside))
    if left := len(result.sections) - len(shown):
        table.add_row(Text(get_phrase("more-sections", lang, count=left), style="dim"))
    return table


def _indent_heading(section: Section, indent: int) -> Padding:
    """A heading on as many lines as it takes, each under the first."""
    lines = wrap_text(printable(section.heading), max(NARROWEST, Console().width - indent - COUNT))
    return Padding(Text("\n".join(lines)), (0, 0, 0, indent))


def _count_with_descendants(result: Result) -> Counter[str | None]:
    """The number of claims under each section and everything below it; under None those outside."""
    counts: Counter[str | None] = Counter(claim.section for claim in result.claims)
    for section in reversed(result.sections):
        if section.parent is not None:
            counts[section.parent] += counts[section.id]
    return counts


def _choose_sections(sections: tuple[Section, ...], counts: Counter[str | None]) -> dict[str, int]:
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


def _draw_claims(result: Result, lang: Lang, every: bool) -> Table:
    table, paged = _make_table(), any(claim.page is not None for claim in result.claims)
    if paged:
        table.add_column(get_phrase("page", lang), justify="right", no_wrap=True)
    table.add_column(get_phrase("metric", lang), overflow="fold", ratio=5)
    table.add_column(get_phrase("value", lang), overflow="fold", justify="right", style="bold", min_width=8)
    table.add_column(get_phrase("by-kind", lang), no_wrap=True)
    table.add_column(get_phrase("section", lang), overflow="fold", ratio=4, style="dim")
    path: tuple[str, ...] | None = None
    for claim in result.claims if every else result.claims[:CLAIMS]:
        place = get_phrase("same", lang) if claim.path and claim.path == path else _name_place(claim)
        table.add_row(*([str(claim.page or "")] if paged else []), *_fill_cells(claim, lang), place)
        path = claim.path
    return table


def _make_table() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")


def _fill_cells(claim: Claim, lang: Lang) -> tuple[str, str, str]:
    raw, kind = claim.raw, _name_value("kind", claim.kind, lang)
    if claim.unit_implied:
        raw = get_phrase("implied", lang, raw=raw, unit=claim.unit_implied)
    if claim.role != "actual":
        kind = get_phrase("typed", lang, kind=kind, role=get_phrase(f"role.{claim.role}", lang))
    return printable(claim.metric or ""), _draw_arrow(claim) + printable(raw), kind


def _draw_arrow(claim: Claim) -> str:
    return {"increase": "↑ ", "decrease": "↓ ", "flat": "→ ", None: ""}[claim.direction]


def _name_place(claim: Claim) -> str:
    heading = printable(claim.path[-1]) if claim.path else ""
    return heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"


def _draw_closing(result: Result, written: Path, lang: Lang) -> Table:
    grid = _make_grid()
    for warning in tell_warnings(result.document.warnings, lang):
        grid.add_row(Text(get_phrase("warning", lang), style="yellow"), warning)
    grid.add_row(get_phrase("written", lang), Text(printable(str(written)), style="green"))
    return grid
