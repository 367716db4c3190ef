"""Explanations on the terminal: for each number its place, what was made of it, and by which patterns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.explain import Explanation
from extractor.messages import Lang, render
from extractor.model import Claim, Notice
from extractor.reports.printable import printable

# The fields of a claim that say what the number means; its place is shown apart.
FIELDS = (
    "value", "value_high", "unit", "unit_implied", "dimension", "base_value", "base_unit", "approximation", "metric",
    "kind", "direction", "baseline", "period", "role", "part_of", "share_of",
)  # fmt: skip
# What the engine calls numbers that no guard of the pattern files drops.
DROPS = {"no unit": "explain.no_unit", "words": "explain.word"}


def show(explanations: Sequence[Explanation], lang: Lang = "zh", every: bool = False) -> None:
    """Prints the explanations, one below the other; ``every`` adds the guards that stayed silent."""
    console = Console(highlight=False, markup=False, emoji=False)
    for index, explanation in enumerate(explanations):
        if index:
            console.print()
        console.print(Text(printable(explanation.words), style="bold"))
        with console.capture() as drawn:
            console.print(_draw_grid(explanation, lang, every))
        print("\n".join(line.rstrip() for line in drawn.get().splitlines()))


def _draw_grid(explanation: Explanation, lang: Lang, every: bool) -> Table:
    """One explanation as a grid of names and texts."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in _list_rows(explanation, lang, every):
        grid.add_row(_get_phrase(name, lang), "\n".join(map(printable, text.split("\n"))))
    return grid


def _list_rows(explanation: Explanation, lang: Lang, every: bool) -> Iterator[tuple[str, str]]:
    """The names of the rows and their texts."""
    yield "section", " › ".join(explanation.path) or _get_phrase("no_section", lang)
    if explanation.page is not None:
        yield "page", str(explanation.page)
    yield "sentence", " ".join(explanation.sentence.split())
    yield "verdict", _word_verdict(explanation, lang)
    if explanation.claim:
        yield "fields", "\n".join(list_fields(explanation.claim, explanation.evidence))
        yield "fired", "\n".join(explanation.claim.evidence)
    fired = [guard for guard in explanation.guards if guard.covers is not None]
    covers = [_get_phrase("covers", lang, guard=guard.guard, covers=guard.covers or "") for guard in fired]
    silent = [_get_phrase("silent", lang, guards=_list_silent(explanation))] if every else []
    if covers or silent:
        yield "tried", "\n".join([*covers, *silent])


def _list_silent(explanation: Explanation) -> str:
    """The guards that stayed silent, by file: ``guards/dates: year, month; guards/names: title``."""
    names = (guard.guard.rpartition(".") for guard in explanation.guards if guard.covers is None)
    files = groupby(names, key=lambda parts: parts[0])
    return "; ".join(f"{file}: {', '.join(parts[2] for parts in found)}" for file, found in files)


def _word_verdict(explanation: Explanation, lang: Lang) -> str:
    """Whether the number is a claim, and if not, why."""
    if explanation.claim:
        return _get_phrase("claim", lang, id=explanation.claim.id)
    if explanation.dropped is None:
        return _get_phrase("outside", lang)
    if explanation.dropped in DROPS:
        return render(Notice(DROPS[explanation.dropped]), lang)
    return _get_phrase("dropped", lang, guard=explanation.dropped)


def list_fields(claim: Claim, evidence: Mapping[str, str]) -> Iterator[str]:
    """The claim's fields that hold something, as ``name: value ← the pattern it came from``."""
    values = msgspec.to_builtins(claim)
    for name in FIELDS:
        if values[name] not in (None, ""):
            text = values[name] if isinstance(values[name], str) else _write_period(values[name])
            yield f"{name}: {text}" + (f"  ← {evidence[name]}" if name in evidence else "")


def _write_period(period: dict[str, str | None]) -> str:
    """A period with its dates: ``2020年 (2020-01-01 – 2020-12-31)``."""
    dates = f" ({period['start'] or ''} – {period['end'] or ''})" if period["start"] or period["end"] else ""
    return f"{period['text']}{dates}"


def _get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or sentence of this name."""
    return render(Notice(f"explain.{name}", facts), lang)
