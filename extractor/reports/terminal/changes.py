"""What changed between two versions beside their numbers, and what became of their findings, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from extractor.messages import Lang, render, speak
from extractor.model import Change, Diff, Notice
from extractor.reports.comparison.cells import count_cells, head_cells, order_cells, say_cells
from extractor.reports.comparison.changes import count_findings, cut_change, order_findings, say_finding
from extractor.reports.comparison.rows import get_phrase
from extractor.reports.comparison.sentences import write_plain
from extractor.reports.printable import printable
from extractor.reports.terminal.wrapping import wrap_text

INDENT, DEEPER = 2, 4
HEADING = 12
"""The characters of a heading that are shown."""
MOVED = 10
"""So many numbers of tables that moved on from one year to the next are shown, the largest rates."""
CELL_STYLES = {"different": "bold red", "different_period": ""}
STYLES = {"fixed": "green", "new": "bold red", "changed": "yellow", "dismissed": "dim", "unchanged": ""}


def draw_changes(diff: Diff, lang: Lang, every: bool) -> Iterator[RenderableType]:
    """The changes in their order, a line each; with ``every`` their sentences too."""
    if not diff.changes:
        return
    yield Text("\n" + get_phrase("changes", lang, count=len(diff.changes)), style="bold")
    for change in diff.changes:
        yield _indent(_say_change(change, lang), INDENT)
        for sentence in dict.fromkeys(map(write_plain, cut_change(change) if every else ())):
            yield _indent(sentence, DEEPER, "dim")


def _say_change(change: Change, lang: Lang) -> str:
    """The sentence of a change with where it is: the page, and the beginning of the heading above it."""
    place = change.left or change.right
    assert place, "a change stands on one side at least"
    heading = printable(place.heading or "")
    shown = heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"
    where = shown if place.page is None else render(Notice("diffs.paged", {"page": place.page, "heading": shown}), lang)
    said = printable(speak(change.message, lang))
    return f"{said} [{where}]" if where else said


def draw_cells(diff: Diff, lang: Lang, every: bool) -> Iterator[RenderableType]:
    """The numbers of tables that are not the same: all that contradict, and the largest of those that moved on."""
    pairs = order_cells(diff)
    if not pairs:
        return
    yield Text("\n" + head_cells(diff, lang), style="bold")
    shown = pairs if every else pairs[: int(count_cells(diff)["different"]) + MOVED]
    yield from (_indent(say_cells(pair, lang), INDENT, CELL_STYLES[pair.relation]) for pair in shown)
    if left := len(pairs) - len(shown):
        yield _indent(get_phrase("cells-more", lang, count=left), INDENT, "dim")


def draw_findings(diff: Diff, lang: Lang) -> Iterator[RenderableType]:
    """How the findings of the later version differ from those of the earlier one; those that stayed are counted."""
    if not diff.findings:
        return
    yield Text("\n" + get_phrase("findings", lang, **count_findings(diff)), style="bold")
    for finding in (one for one in order_findings(diff) if one.status != "unchanged"):
        said = f"{get_phrase(f'finding.{finding.status}', lang)}: {say_finding(finding, lang)}"
        yield _indent(said, INDENT, STYLES[finding.status])


def _indent(said: str, columns: int, style: str = "") -> RenderableType:
    lines = wrap_text(said, Console().width - columns)
    return Padding(Text("\n".join(lines), style=style), (0, 0, 0, columns))
