"""A diff on the terminal: what was compared, how it ended, and the pairs that are worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.diffs.wording import write_rate
from extractor.messages import Lang, render, speak
from extractor.model import Claim, Diff, Notice, Pair, Relation, Side, SideClaim
from extractor.reports.comparison.cells import list_relations
from extractor.reports.comparison.rows import get_phrase as get_file_phrase
from extractor.reports.comparison.rows import join_sentences, list_sentences, name_kind, weigh_pair
from extractor.reports.printable import printable
from extractor.reports.terminal.changes import draw_cells, draw_changes, draw_findings
from extractor.reports.terminal.wrapping import wrap_text

STYLES = {"different": "bold red", "different_period": "yellow", "truncated": "yellow"}
HEADING, METRIC = 8, 40
"""The longest heading and metric shown, in characters."""
NOTE, ASIDE = 18, 56
"""The columns that a metric and what there is to point out of it take at least, and those of all the rest."""
SAME = "〃"
COLUMNS = ("side.left", "relation", "side.right", "metric", "place.left", "place.right")
MOST = {"side.left": 18, "side.right": 18, "place.left": 20, "place.right": 20}
"""The columns of a terminal that a column of the table takes at most."""
GUTTER, INDENT = 2, 4
"""What parts the columns, and what sentences stand further in."""


def show(diff: Diff, lang: Lang = "zh", every: bool = False) -> None:
    """Prints the diff on the standard output; ``every`` adds equal pairs and what stands on one side only."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _draw_parts(diff, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def get_phrase(name: str, lang: Lang, /, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/diffs``."""
    return render(Notice(f"diffs.{name}", facts), lang)


def _draw_parts(diff: Diff, lang: Lang, every: bool) -> Iterator[RenderableType]:
    yield _draw_facts(diff, lang)
    shown = [pair for pair in diff.pairs if every or pair.relation != "equal" or pair.remarks]
    if diff.comparison == "year":
        shown.sort(key=lambda pair: (pair.relation != "different", weigh_pair(pair)))
    if shown:
        yield Text()
        yield from _draw_pairs(diff, shown, lang, every)
    if left := len(diff.pairs) - len(shown):
        yield Text(get_phrase("more", lang, count=left), style="dim")
    if every:
        yield from _draw_unpaired(diff, lang)
    yield from draw_cells(diff, lang, every)
    yield from draw_changes(diff, lang, every)
    yield from draw_findings(diff, lang)
    found = sum(relation == "different" for relation in list_relations(diff))
    verdict, style = _choose_verdict(diff, found)
    yield Text("\n" + get_phrase(verdict, lang, count=found), style=style)


def _choose_verdict(diff: Diff, found: int) -> tuple[str, str]:
    """The sentence that a diff ends with, and its style; what was not compared does not agree."""
    if not (diff.pairs or diff.cells or diff.cells_agreeing) and diff.comparison != "version":
        return "no-pairs", "yellow"
    return ("contradict", "bold") if found else ("agree", "green")


def _draw_facts(diff: Diff, lang: Lang) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    one = diff.left.document.sha256 == diff.right.document.sha256
    grid.add_row(get_phrase("side.left", lang), _describe_side(diff.left, "body" if one else "whole", lang))
    grid.add_row(get_phrase("side.right", lang), _describe_side(diff.right, "body" if one else "whole", lang))
    grid.add_row(get_file_phrase("as", lang), name_kind(diff, lang))
    grid.add_row(get_phrase("counts", lang), _describe_counts(diff, lang))
    only = get_phrase("only.counts", lang, left=len(diff.only_left), right=len(diff.only_right))
    grid.add_row(get_phrase("only", lang), only)
    return grid


def _describe_side(side: Side, whole: str, lang: Lang) -> str:
    part = _shorten(printable(side.part), METRIC) if side.part else get_phrase(whole, lang)
    return get_phrase("side", lang, name=printable(side.document.name), part=part, count=len(side.claims))


def _describe_counts(diff: Diff, lang: Lang) -> str:
    counts = Counter(pair.relation for pair in diff.pairs)
    words = [get_phrase(f"counts.{name}", lang, count=counts[name]) for name in get_args(Relation) if counts[name]]
    return "  ".join(words) or get_phrase("counts.none", lang)


class _Line(Struct, frozen=True):
    """A pair as it is drawn: its cells, and the sentences below them."""

    cells: tuple[str | Text, ...]
    sentences: tuple[str, ...]


def _draw_pairs(diff: Diff, pairs: Sequence[Pair], lang: Lang, every: bool) -> Iterator[RenderableType]:
    """The pairs as a table; with ``every`` each stands above its sentences, in columns of the same widths."""
    lines = list(_list_lines(diff, pairs, lang))
    if not every:
        yield _draw_table([line.cells for line in lines], lang, _measure_columns(lines, lang))
        return
    widths = _measure_columns(lines, lang)
    before: tuple[str, ...] = ()
    for at, line in enumerate(lines):
        yield _draw_table([line.cells], lang, widths, with_head=not at)
        if line.sentences != before:
            yield from (
                Padding("\n".join(wrap_text(one, Console().width - INDENT)), (0, 0, 0, INDENT), style="dim")
                for one in line.sentences
            )
        before = line.sentences


def _list_lines(diff: Diff, pairs: Sequence[Pair], lang: Lang) -> Iterator[_Line]:
    left, right = ({claim.id: claim for claim in side.claims} for side in (diff.left, diff.right))
    before = ("", "")
    for pair in pairs:
        first, second = _find_claims(pair.left, left), _find_claims(pair.right, right)
        relation = Text(get_phrase(f"relation.{pair.relation}", lang), style=STYLES.get(pair.relation, "green"))
        places = _name_place(first[0], lang), _name_place(second[0], lang)
        shown = [SAME if one and one == above else one for one, above in zip(places, before, strict=True)]
        cells: tuple[str | Text, ...] = (
            _join_numbers(first),
            relation,
            _join_numbers(second),
            _draw_metric(pair, lang),
            *shown,
        )
        yield _Line(cells, tuple(_list_sentences(first, second, lang)))
        before = places


def _draw_table(
    rows: Sequence[Sequence[str | Text]], lang: Lang, widths: Sequence[int], with_head: bool = True
) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", show_header=with_head)
    for name, width in zip(COLUMNS, widths, strict=True):
        is_place = name.startswith("place")
        table.add_column(
            get_phrase(name, lang),
            justify="right" if name == "side.left" else "left",
            overflow="fold",
            width=width,
            style="dim" if is_place else "",
        )
    for row in rows:
        table.add_row(*row)
    return table


def _measure_columns(lines: Sequence[_Line], lang: Lang) -> list[int]:
    """The widths of the columns: what they hold, within bounds, the metric's what is left at most."""
    widths = []
    for at, name in enumerate(COLUMNS):
        held = "\n".join(str(line.cells[at]) for line in lines)
        widest = max(map(cell_len, (get_phrase(name, lang), *held.splitlines())))
        widths.append(min(widest, MOST.get(name, widest)))
    metric = COLUMNS.index("metric")
    rest = sum(widths) - widths[metric] + GUTTER * (len(widths) - 1)
    widths[metric] = min(widths[metric], max(NOTE, Console().width - rest))
    return widths


def _find_claims(ids: str | Sequence[str], claims: dict[str, SideClaim]) -> list[SideClaim]:
    return [claims[one] for one in ((ids,) if isinstance(ids, str) else ids)]


def _join_numbers(claims: Sequence[Claim]) -> str:
    return " + ".join(printable("".join(claim.raw.split())) for claim in claims)


def _draw_metric(pair: Pair, lang: Lang) -> Text:
    """What the pair is of, and below it what there is to point out."""
    said = "" if pair.remarks is None else speak(pair.remarks, lang)
    text = Text(_shorten(printable(pair.metric or ""), METRIC))
    if pair.relation == "different_period" and pair.rate:
        text.append(f"\n{write_rate(pair.rate)}")
    return text.append("\n" + "\n".join(wrap_text(printable(said), _measure_note())), style="yellow") if said else text


def _list_sentences(left: Sequence[SideClaim], right: Sequence[SideClaim], lang: Lang) -> list[str]:
    """The sentences of a pair with their sides; one where both are the same."""
    found = [*map(join_sentences, list_sentences(left, right))]
    shown = dict.fromkeys(found)
    return [
        get_phrase(f"sentence.{side}", lang, sentence=one) for side, one in zip(("left", "right"), shown, strict=False)
    ]


def _measure_note() -> int:
    """The columns for remarks: half of what the terminal has left."""
    return max(NOTE, (Console().width - ASIDE) // 2)


def _name_place(claim: Claim, lang: Lang) -> str:
    heading = _shorten(printable(claim.path[-1]), HEADING) if claim.path else ""
    return heading if claim.page is None else get_phrase("paged", lang, page=claim.page, heading=heading)


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _draw_unpaired(diff: Diff, lang: Lang) -> Iterator[RenderableType]:
    """What stands on one side only."""
    for name, side, ids in (("left", diff.left, diff.only_left), ("right", diff.right, diff.only_right)):
        if not ids:
            continue
        yield Text("\n" + get_phrase(f"only.{name}", lang, count=len(ids)), style="bold")
        claims = {claim.id: claim for claim in side.claims}
        grid = Table.grid(padding=(0, 2))
        grid.add_column(justify="right", overflow="fold", max_width=18)
        grid.add_column(overflow="fold", ratio=5)
        grid.add_column(overflow="fold", ratio=4, style="dim")
        for one in ids:
            claim = claims[one]
            metric = _shorten(printable(claim.metric or ""), METRIC)
            grid.add_row(printable("".join(claim.raw.split())), metric, _name_place(claim, lang))
        yield grid
