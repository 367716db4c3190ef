"""The vocabulary of metrics: which canonical metric the words of a claim mean, what it is made up of, where it stands.

The entries are data, ``patterns/metrics``: the full name of a pattern behind the folder's is the ``metric_id``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import add

import regex
from msgspec import Struct

from extractor import patterns
from extractor.kept import compile_expression
from extractor.model import Dimension
from extractor.needed import Asked, find_needed

FOLDER = "metrics"
# What has an expression matched from the end of the words.
BACKWARDS = "(?r)"
# So many different names are remembered: a report has some hundreds.
NAMES = 4096
Expression = tuple[regex.Pattern[str], str]


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

    en: str
    zh: str = ""
    called: list[str] = []
    names: str = ""
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
    zh: str
    en: str
    called: tuple[str, ...]
    names: regex.Pattern[str] | None
    short: regex.Pattern[str] | None
    heading: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None
    dimension: Dimension
    parts: tuple[str, ...]
    stands: tuple[Stand, ...]


@cache
def load_metrics() -> Mapping[str, Entry]:
    """Every metric by its id, in the order written; in front those of one's own, which are meant rather."""
    found = dict(sorted(patterns.load(FOLDER, MetricPattern).items(), key=_is_of_package))
    return {name.removeprefix(f"{FOLDER}/"): _make_entry(name, pattern) for name, pattern in found.items()}


def _is_of_package(named: tuple[str, MetricPattern]) -> bool:
    return not patterns.is_own(named[0])


def _make_entry(name: str, pattern: MetricPattern) -> Entry:
    """A pattern with its expressions compiled."""
    assert pattern.names or pattern.called, f"{name}: a metric has names"
    return Entry(
        id=name.removeprefix(f"{FOLDER}/"),
        zh=pattern.zh or pattern.called[0],
        en=pattern.en,
        called=tuple(pattern.called),
        names=_compile_part(name, "names", _read_backwards(pattern.names)),
        short=_compile_part(name, "short", _read_backwards(pattern.short)),
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


def _read_backwards(expression: str) -> str:
    """An expression that is matched from the end of the words: names differ in their head noun, which stands there."""
    return expression and BACKWARDS + expression


def _compile_part(name: str, part: str, expression: str) -> regex.Pattern[str] | None:
    """An expression of a pattern, with the lists of its file; None where it has none."""
    file = name.partition(".")[0]
    return patterns.compiled(f"{name}.{part}", expression, patterns.lexicon(file)) if expression else None


@cache
def _compile_marks() -> regex.Pattern[str]:
    return patterns.compiled("accounts/words.marks", str(patterns.lexicon("accounts/words")["marks"]))


@lru_cache(NAMES)
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
    >>> identify_metric("本年支出合计", ["2024年云川省政府性基金预算支出执行情况表"]), identify_metric("本年支出合计")
    ('budget.fund.expenditure', 'fiscal.expenditure.current')
    """
    if not metric:
        return None
    words = _simplify(metric)
    found = _find_meant(words, path, dimension)
    return found or (None if dimension else _find_meant(_strip("growth", words), path, None))


def identify_growth(metric: str, path: Sequence[str] = ()) -> str | None:
    """The id of the metric whose growth is called by these words: the growth of a sum of money is told in per cent.

    >>> identify_growth("GDP增速（%）"), identify_growth("增速"), identify_growth("GDP")
    ('economy.gdp.total', None, None)
    """
    words = _simplify(metric)
    bare = _strip("growth", words)
    return None if bare == words else _find_meant(bare, path, None)


def _find_meant(words: str, path: Sequence[str], dimension: Dimension | None) -> str | None:
    """The id of the first metric of this dimension that words mean under these headings."""
    for entry in _list_named(words):
        if dimension in (None, entry.dimension) and _is_meant(entry, words, path):
            return entry.id
    return None


# Plain names are looked up by so many characters at their beginning: none is shorter.
OPENING = 2


@lru_cache(NAMES)
def _list_named(words: str) -> tuple[Entry, ...]:
    """The metrics that words may mean, under whatever headings, in the order written; those with plain names last."""
    by_names = dict.fromkeys(identifier for one, identifier in _list_possible(words) if one.fullmatch(words))
    called = _list_called(words) if _has_called(words) else ()
    return (*map(load_metrics().__getitem__, by_names), *called)


def _list_possible(words: str) -> tuple[Expression, ...]:
    """The names and short names of metrics that words may be, each with its id, by what each of them needs."""
    return _load_asked().list_possible(words)


@cache
def _load_asked() -> Asked[Expression]:
    return Asked((named, find_needed(_read_forwards(named))) for named in _list_expressions())


def _read_forwards(named: Expression) -> str:
    return str(named[0].pattern).removeprefix(BACKWARDS)


@cache
def _list_expressions() -> tuple[Expression, ...]:
    """The names and short names of all metrics, each with its id, in the order written."""
    entries = load_metrics().values()
    return tuple((one, entry.id) for entry in entries for one in (entry.names, entry.short) if one)


def _list_called(words: str) -> Iterator[Entry]:
    """The metrics whose plain names words are."""
    return filter(None, map(_load_called().get, _list_spellings(words)))


@cache
def _load_called() -> Mapping[str, Entry]:
    """The metrics by their plain names."""
    return {name: entry for entry in reversed([*load_metrics().values()]) for name in entry.called}


def _has_called(words: str) -> bool:
    """Whether one of the plain names stands in words; in most not even its first characters do."""
    openings = _list_openings()
    if openings.keys().isdisjoint(map(add, words, words[1:])):
        return False
    return any(words.startswith(openings.get(words[at : at + OPENING], ()), at) for at in range(len(words)))


@cache
def _list_openings() -> Mapping[str, tuple[str, ...]]:
    """The plain names by how they begin."""
    openings: dict[str, tuple[str, ...]] = {}
    for name in _load_called():
        openings[name[:OPENING]] = (*openings.get(name[:OPENING], ()), name)
    return openings


def _list_spellings(words: str) -> tuple[str, ...]:
    """Words as they stand, and without what plain names have in front of them or behind: 全市民用汽车保有总量.

    >>> _list_spellings("全市教育支出执行数")
    ('全市教育支出执行数', '教育支出执行数', '全市教育支出', '教育支出')
    """
    front, back = _strip("front", words), _strip_back(words)
    return tuple(dict.fromkeys((words, front, back, _strip_back(front))))


def _strip_back(words: str) -> str:
    """Words without what plain names have behind them; those that end in another character are not searched."""
    return _strip("back", words) if _may_end(words[-1:]) else words


@cache
def _may_end(character: str) -> bool:
    """Whether what plain names have behind them may end in a character."""
    back = compile_expression(_read_backwards(patterns.fragment("accounts/words", "back").pattern))
    return back.fullmatch(character, partial=True) is not None


def _is_meant(entry: Entry, words: str, path: Sequence[str]) -> bool:
    """Whether words under headings mean a metric; its short name, where it has one, only under its own heading."""
    if _has_heading(entry.unless, path):
        return False
    anywhere = entry.short and entry.names and entry.names.fullmatch(words)
    if anywhere or not entry.heading:
        return True
    return _has_heading(entry.heading, path)


def _has_heading(expression: regex.Pattern[str] | None, path: Sequence[str]) -> bool:
    """Whether an expression is found in one of the headings."""
    if not expression:
        return False
    return any(expression.search(heading) for heading in path)


@lru_cache(NAMES)
def _simplify(metric: str) -> str:
    """A metric as the names of the vocabulary are compared: without its year and a remark in brackets behind it."""
    return _strip("remark", _strip("year", normalize_name(metric)))


def _strip(part: str, words: str) -> str:
    """Words without a part of them that no name has, unless nothing else is there."""
    return str(patterns.fragment("accounts/words", part).sub("", words, count=1)) or words
