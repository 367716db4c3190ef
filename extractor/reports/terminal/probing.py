"""What came of planted errors on the terminal: figures by kind, rule and section, then the errors nobody saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.probe.figures import Planted, Probe, Rate, Stretch
from extractor.reports.labels import label_rule
from extractor.reports.printable import printable

# The longest heading and metric shown, in characters.
HEADING, METRIC = 34, 30


def show(found: Probe, lang: Lang = "zh", every: bool = False) -> None:
    """Prints the figures on the standard output; ``every`` adds the errors that were seen."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _draw_parts(found, lang, every):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or sentence of this name in ``messages/probe``."""
    return render(Notice(f"probe.{name}", facts), lang)


def _draw_parts(found: Probe, lang: Lang, every: bool) -> Iterator[RenderableType]:
    yield Text(printable(found.document.title or found.document.name), style="bold")
    yield _draw_facts(found, lang)
    yield Text()
    yield _draw_rates("place", found.places, lang)
    yield Text()
    yield _draw_rates("slip", found.slips, lang)
    if found.rules:
        yield Text()
        yield _draw_rules(found, lang)
    yield Text()
    yield _draw_sections(found.sections, lang)
    groups = {"missed": [error for error in found.errors if not error.seen]}
    if every:
        groups["caught"] = [error for error in found.errors if error.seen]
    for name, errors in groups.items():
        if errors:
            yield Text("\n" + get_phrase(name, lang, count=len(errors)), style="bold")
            yield _draw_errors(errors, lang)


def _draw_facts(found: Probe, lang: Lang) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    told = {"count": found.numbers, "watched": found.watched, "left": found.numbers - found.watched}
    grid.add_row(get_phrase("numbers", lang), get_phrase("numbers.told", lang, **told))
    grid.add_row(get_phrase("planted", lang), get_phrase("planted.told", lang, count=found.planted, seed=found.seed))
    percent = round(100 * found.seen / found.planted)
    seen = get_phrase("seen.told", lang, seen=found.seen, count=found.planted, percent=percent)
    grid.add_row(get_phrase("seen", lang), seen)
    if found.stray:
        grid.add_row(get_phrase("stray", lang), get_phrase("stray.told", lang, count=found.stray))
    return grid


def _make_table(lang: Lang, *names: str) -> Table:
    """A table of words and counts: the first column is words."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(get_phrase(f"head.{names[0]}", lang), overflow="fold")
    for name in names[1:]:
        table.add_column(get_phrase(f"head.{name}", lang), justify="right", no_wrap=True)
    return table


def _draw_rates(what: str, rates: Sequence[Rate], lang: Lang) -> Table:
    table = _make_table(lang, what, "planted", "seen")
    for one in rates:
        table.add_row(get_phrase(f"{what}.{one.name}", lang), str(one.planted), _draw_seen(one.seen, one.planted))
    return table


def _draw_rules(found: Probe, lang: Lang) -> Table:
    table = _make_table(lang, "rule", "seen", "alone")
    for sight in found.rules:
        table.add_row(label_rule(sight.rule, lang), str(sight.seen), str(sight.alone or ""))
    return table


def _draw_sections(sections: Sequence[Stretch], lang: Lang) -> Table:
    table = _make_table(lang, "section", "numbers", "watched", "planted", "seen")
    for one in sections:
        name = Text(_name_path(one.path, lang), style="" if one.place == "narrative" else "cyan")
        watched, seen = _draw_seen(one.watched, one.numbers), _draw_seen(one.seen, one.planted) if one.planted else ""
        table.add_row(name, str(one.numbers), watched, str(one.planted or ""), seen)
    return table


def _draw_seen(seen: int, planted: int) -> Text:
    """So many of so many; in red where it is none, in green where it is all."""
    return Text(str(seen), style="red" if not seen else "green" if seen == planted else "")


def _name_path(path: Sequence[str], lang: Lang) -> str:
    return _shorten(printable(path[-1]), HEADING) if path else get_phrase("no-heading", lang)


def _draw_errors(errors: Sequence[Planted], lang: Lang) -> Table:
    has_pages = any(error.page for error in errors)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    if has_pages:
        table.add_column(get_phrase("head.page", lang), justify="right", no_wrap=True)
    names = ["change", "slip", "label", *(["rule"] if any(error.seen for error in errors) else [])]
    for name in names:
        table.add_column(get_phrase(f"head.{name}", lang), overflow="fold")
    for error in errors:
        change = f"{printable(error.raw)} → {printable(error.planted)}"
        rules = render(Notice("findings.separator"), lang).join(label_rule(rule, lang) for rule in error.rules)
        cells = [change, get_phrase(f"slip.{error.slip}", lang), _shorten(printable(error.label), METRIC), rules]
        page = [str(error.page or "")] if has_pages else []
        table.add_row(*page, *cells[: len(names)])
    return table


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
