"""The vocabulary of metrics: which canonical metric the words of a claim mean, what it is made up of, where it stands.

The entries are data, ``patterns/metrics``: the full name of a pattern behind the folder's is the ``metric_id``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.model import Dimension

FOLDER = "metrics"


class StandPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A place of a metric in a statement, as its pattern has it; the legend of the file says what the fields mean."""

    kind: str
    side: str = ""
    row: str = ""
    column: str = ""
    level: bool = True
    mirror: bool = False


class MetricPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A metric as its pattern has it."""

    names: str
    short: str = ""
    heading: str = ""
    unless: str = ""
    dimension: Dimension = "money"
    parts: list[str] = []
    stands: list[StandPattern] = []


class Stand(Struct, frozen=True):
    """A place of a metric in a statement: no ``row`` or ``column`` is the one of the total."""

    kind: str
    side: str
    row: regex.Pattern[str] | None
    column: regex.Pattern[str] | None
    level: bool
    mirror: bool


class Entry(Struct, frozen=True):
    """A metric: its names and the headings it stands under, the metrics whose sum it is, its places in statements."""

    id: str
    names: regex.Pattern[str]
    short: regex.Pattern[str] | None
    heading: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None
    dimension: Dimension
    parts: tuple[str, ...]
    stands: tuple[Stand, ...]


@cache
def load_metrics() -> Mapping[str, Entry]:
    """Every metric by its id, in the order written."""
    found = patterns.load(FOLDER, MetricPattern)
    return {name.removeprefix(f"{FOLDER}/"): _make_entry(name, pattern) for name, pattern in found.items()}


def _make_entry(name: str, pattern: MetricPattern) -> Entry:
    """A pattern with its expressions compiled."""
    names = _compile_part(name, "names", pattern.names)
    assert names, f"{name}: a metric has names"
    return Entry(
        id=name.removeprefix(f"{FOLDER}/"),
        names=names,
        short=_compile_part(name, "short", pattern.short),
        heading=_compile_part(name, "heading", pattern.heading),
        unless=_compile_part(name, "unless", pattern.unless),
        dimension=pattern.dimension,
        parts=tuple(pattern.parts),
        stands=tuple(
            Stand(
                kind=stand.kind,
                side=stand.side,
                row=_compile_part(name, "row", stand.row),
                column=_compile_part(name, "column", stand.column),
                level=stand.level,
                mirror=stand.mirror,
            )
            for stand in pattern.stands
        ),
    )


def _compile_part(name: str, part: str, expression: str) -> regex.Pattern[str] | None:
    """An expression of a pattern, with the lists of its file; None where it has none."""
    file = name.partition(".")[0]
    return patterns.compiled(f"{name}.{part}", expression, patterns.lexicon(file)) if expression else None


@cache
def _compile_marks() -> regex.Pattern[str]:
    return patterns.compiled("accounts/words.marks", str(patterns.lexicon("accounts/words")["marks"]))


def normalize_name(words: str) -> str:
    """Words without spaces and quotation marks, with full-width brackets: as the names of metrics are written.

    >>> normalize_name("2025年 “三公”经费"), normalize_name("因公出国(境)费")
    ('2025年三公经费', '因公出国（境）费')
    """
    return str(_compile_marks().sub("", words)).replace("(", "（").replace(")", "）")


def identify_metric(metric: str | None, path: Sequence[str] = (), dimension: Dimension | None = "money") -> str | None:
    """The id of the metric that these words mean under these headings; None for words that the vocabulary lacks.

    ``dimension`` is that of the number: a metric is measured in one. None is that of a change, a share or a rate.

    >>> identify_metric("财政拨款“三公”经费支出决算"), identify_metric("发放慰问金")
    ('fiscal.three_public.total', None)
    """
    if not metric:
        return None
    for entry in _list_named(_simplify(metric)):
        if dimension in (None, entry.dimension) and _is_meant(entry, metric, path):
            return entry.id
    return None


# So many different names are remembered: a report has some hundreds.
NAMES = 4096


@lru_cache(NAMES)
def _list_named(words: str) -> tuple[Entry, ...]:
    """The metrics that words may mean, under whatever headings, in the order written."""
    return tuple(entry for entry in load_metrics().values() if _is_name(entry, words))


def _is_name(entry: Entry, words: str) -> bool:
    """Whether words are a name of a metric or its short name."""
    if entry.names.fullmatch(words):
        return True
    return bool(entry.short and entry.short.fullmatch(words))


def _is_meant(entry: Entry, metric: str, path: Sequence[str]) -> bool:
    """Whether words under headings mean a metric; its short name, where it has one, only under its own heading."""
    named = bool(entry.names.fullmatch(_simplify(metric)))
    if _has_heading(entry.unless, path):
        return False
    anywhere = named and entry.short
    if anywhere or not entry.heading:
        return True
    return _has_heading(entry.heading, path)


def _has_heading(expression: regex.Pattern[str] | None, path: Sequence[str]) -> bool:
    """Whether an expression is found in one of the headings."""
    if not expression:
        return False
    return any(expression.search(heading) for heading in path)


def _simplify(metric: str) -> str:
    """A metric as the names of the vocabulary are compared: without its year and a remark in brackets behind it."""
    words = _strip_year(normalize_name(metric))
    return str(_compile_remark().sub("", words)) or words


@cache
def _compile_remark() -> regex.Pattern[str]:
    return patterns.fragment("accounts/words", "remark")


@cache
def _compile_year() -> regex.Pattern[str]:
    return patterns.compiled("accounts/words.year", str(patterns.lexicon("accounts/words")["year"]))


def _strip_year(words: str) -> str:
    """Words without the year in front."""
    return str(_compile_year().sub("", words, count=1))
