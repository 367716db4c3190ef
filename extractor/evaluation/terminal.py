"""An evaluation on the terminal: the figures, then what was missed, found beside, and wrong in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.evaluation.annotation import Mention
from extractor.evaluation.scores import Evaluation, Pair, Score, Share
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.printable import printable

# How much of the text is shown before and behind a mention.
BEFORE, BEHIND = 18, 12
# The field of a mention that an attribute is about, where its name is another.
FIELDS = {"dimension": "dim", "approximation": "approx", "span": "raw"}


def show(evaluation: Evaluation, lang: Lang = "zh", misses: int = 15) -> None:
    """Prints the evaluation on the standard output, with at most ``misses`` of each kind of miss."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        for part in _parts(evaluation, lang, misses):
            console.print(part)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def _parts(evaluation: Evaluation, lang: Lang, misses: int) -> Iterator[RenderableType]:
    yield _scores(evaluation, lang)
    yield Text(_said("whole-means", lang), style="dim")
    if evaluation.lost:
        yield Text(_said("lost", lang, count=evaluation.lost), style="yellow")
    yield Padding(_attributes(evaluation.attributes, lang), (1, 0, 0, 0))
    if misses:
        text = evaluation.text
        yield from _list("missed", [*_lines(evaluation.missed[:misses], text)], len(evaluation.missed), lang)
        yield from _list("extra", [*_lines(evaluation.extra[:misses], text)], len(evaluation.extra), lang)
        pairs = [line for pair in evaluation.wrong[:misses] for line in _pair(pair, text, lang)]
        yield from _list("wrong", pairs, len(evaluation.wrong), lang)


def _scores(evaluation: Evaluation, lang: Lang) -> Table:
    """Precision, recall and F1 of the mentions, of whole claims, and of every kind that there is."""
    table = _columns(_said("title", lang))
    for name in ("precision", "recall", "f1", "gold", "got", "right"):
        table.add_column(_said(name, lang), justify="right", no_wrap=True)
    rows = {_said("mentions", lang): evaluation.mentions, _said("whole", lang): evaluation.whole}
    kinds = {f"  {_kind(kind, lang)}": score for kind, score in evaluation.kinds.items() if score.gold or score.got}
    for name, score in (rows | kinds).items():
        table.add_row(name, *_figures(score))
    return table


def _figures(score: Score) -> Iterator[str]:
    yield from map(_rate, (score.precision, score.recall, score.f1))
    yield from map(str, (score.gold, score.got, score.right))


def _attributes(attributes: dict[str, Share], lang: Lang) -> Table:
    table = _columns(_said("attribute", lang))
    for name in ("share", "of"):
        table.add_column(_said(name, lang), justify="right", no_wrap=True)
    for name, share in attributes.items():
        table.add_row(_said(f"attribute.{name}", lang), _rate(share.rate), str(share.of))
    return table


def _columns(first: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(first, no_wrap=True)
    return table


def _rate(rate: Fraction | None) -> str:
    return "-" if rate is None else f"{float(rate):.4f}"


def _list(name: str, lines: Sequence[Text], count: int, lang: Lang) -> Iterator[Text]:
    yield Text(f"\n{_said(name, lang, count=count)}", style="bold")
    yield from lines


def _lines(mentions: Sequence[Mention], text: str) -> Iterator[Text]:
    for mention in mentions:
        yield _around(mention, text).append(f"  {printable(mention.value)} {printable(mention.unit)}", style="dim")


def _around(mention: Mention, text: str) -> Text:
    """The mention among its neighbours, in brackets."""
    before, behind = text[max(0, mention.start - BEFORE) : mention.start], text[mention.end : mention.end + BEHIND]
    words = f"[{text[mention.start : mention.end]}]"
    return Text.assemble("  ", printable(before), (printable(words), "bold"), printable(behind))


def _pair(pair: Pair, text: str, lang: Lang) -> Iterator[Text]:
    """The place, and a line for every attribute that differs: gold and got side by side."""
    yield _around(pair.got, text)
    for name in pair.wrong:
        gold, got = (_value(mention, name) for mention in (pair.gold, pair.got))
        yield Text(_said("sides", lang, attribute=_said(f"attribute.{name}", lang), gold=gold, got=got), style="dim")


def _value(mention: Mention, name: str) -> str:
    value = getattr(mention, FIELDS.get(name, name))
    return printable(" › ".join(value) if isinstance(value, tuple) else value or "") or "-"


def _kind(kind: str, lang: Lang) -> str:
    return render(Notice(f"names.kind.{kind}"), lang)


def _said(name: str, lang: Lang, **facts: str | int) -> str:
    return render(Notice(f"evaluation.{name}", facts), lang)
