"""Citations on the terminal: how many numbers the reports support, and each that they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from extractor.cite.answer import Citation, Citations
from extractor.cite.wording import flatten
from extractor.messages import Lang
from extractor.model import DocumentInfo
from extractor.reports.citations.rows import get_phrase
from extractor.reports.printable import printable

# The longest metric and heading shown, in characters.
METRIC, HEADING = 24, 16
STYLES = {"contradicted": "bold red", "not_found": "yellow", "supported": "green"}
ORDER = ("contradicted", "not_found", "supported")


def show(found: Citations, lang: Lang = "zh", every: bool = False) -> None:
    """Prints the answer on the standard output; ``every`` adds the numbers that are supported."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _draw_parts(found, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def _draw_parts(found: Citations, lang: Lang, every: bool) -> Iterator[RenderableType]:
    yield _draw_facts(found, lang)
    shown = [one for one in found.citations if every or one.status != "supported" or is_doubted(one)]
    if shown:
        yield Text()
        yield _draw_table(sorted(shown, key=lambda one: (ORDER.index(one.status), one.start)), found.reports, lang)
    if left := len(found.citations) - len(shown):
        yield Text("\n" + get_phrase("shown", lang, count=left) if shown else "", style="dim")
    yield _draw_verdict(found, lang)
    if doubted := sum(map(is_doubted, found.citations)):
        yield Text(get_phrase("verdict.doubted", lang, count=doubted), style="yellow")


def is_doubted(citation: Citation) -> bool:
    """Whether the number that a citation rests on is one that its own report calls in question."""
    return bool(citation.sources and citation.sources[0].finding)


def _draw_verdict(found: Citations, lang: Lang) -> Text:
    wrong, missing = found.count("contradicted"), found.count("not_found")
    if wrong:
        return Text("\n" + get_phrase("verdict.contradicted", lang, count=wrong), style="bold")
    name = "verdict.none" if missing else "verdict.all"
    return Text("\n" + get_phrase(name, lang, count=missing), style="" if missing else "green")


def _draw_facts(found: Citations, lang: Lang) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    told = get_phrase("article.told", lang, name=printable(found.article.name), count=len(found.citations))
    grid.add_row(get_phrase("article", lang), told)
    for number, report in enumerate(found.reports, 1):
        mark = f" {number}" if len(found.reports) > 1 else ""
        grid.add_row(get_phrase("report", lang) + mark, _describe(report, lang))
    counts = {status: found.count(status) for status in ("supported", "contradicted", "not_found")}
    grid.add_row(get_phrase("counts", lang), get_phrase("counts.told", lang, **counts))
    return grid


def _describe(report: DocumentInfo, lang: Lang) -> str:
    unknown = get_phrase("unknown", lang)
    facts = {"entity": printable(report.entity or unknown), "year": report.year or unknown}
    return get_phrase("report.told", lang, name=printable(report.name), **facts)


def _draw_table(citations: Sequence[Citation], reports: Sequence[DocumentInfo], lang: Lang) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(get_phrase("column.status", lang), no_wrap=True)
    table.add_column(get_phrase("head.line", lang), justify="right", overflow="fold")
    for name in ("metric", "match", "source", "place"):
        table.add_column(get_phrase(f"head.{name}", lang), overflow="fold", style="dim" if name == "place" else "")
    for one in citations:
        status = Text(get_phrase(f"status.{one.status}", lang), style=STYLES[one.status])
        metric = _shorten(printable(one.metric or ""), METRIC)
        table.add_row(status, printable(flatten(one.raw)), metric, *_draw_source(one, reports, lang))
    return table


def _draw_source(citation: Citation, reports: Sequence[DocumentInfo], lang: Lang) -> tuple[str, str, str]:
    """How the best source relates, what it says, and where; the number of the report where there are several."""
    first = citation.nearest or next(iter(citation.sources), None)
    if first is None:
        return "", "", ""
    anchor = first.anchor
    match = get_phrase("match.nearest" if citation.nearest else f"match.{first.match}", lang)
    notes = ("digits",) * (first.basis == "digits") + ("doubted",) * bool(first.finding)
    match += "".join(f" ({get_phrase(name, lang)})" for name in notes)
    heading = _shorten(printable(anchor.section[-1]), HEADING) if anchor.section else ""
    place = heading if anchor.page is None else get_phrase("paged", lang, page=anchor.page, heading=heading)
    if len(reports) > 1:
        number = [report.sha256 for report in reports].index(anchor.sha256) + 1
        place = get_phrase("of-report", lang, number=number, place=place)
    return match, printable(flatten(anchor.quote)), place


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
