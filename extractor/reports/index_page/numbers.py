"""The numbers of a batch on its page: a ranking of bodies by a metric, its line over years, who published what when.

They are on the page once, as data that its script draws from; words of documents are data there and text when drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import msgspec
from msgspec import Struct

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.printable import printable

VIEWS = ("numbers", "map")
WORDS = ("published", "missing", "more-rows", "no-year", "contradicted", "actual", "budget", "target", "money")


BLANK: dict[str, str | int] = {"count": "{count}", "unit": "{unit}"}
"""What the script fills in."""


class Metric(Struct, frozen=True):
    """A metric that several reports tell: its id, its name in the page's language, its unit and its dimension."""

    id: str
    name: str
    unit: str | None
    dimension: str


class Value(Struct, frozen=True):
    """A number of a body and a year, exactly as the database has it; ``key`` is that of the result it stands in."""

    entity: str
    year: int
    metric: str
    role: str | None
    value: str
    contradicted: bool
    key: str


class Report(Struct, frozen=True):
    """A report of a body: of which year, where it tells, and of which kind."""

    entity: str
    year: int | None
    kind: str
    key: str


class Numbers(Struct, frozen=True):
    """What the page shows of the database of a batch."""

    metrics: Sequence[Metric]
    values: Sequence[Value]
    reports: Sequence[Report]


def write_numbers(numbers: Numbers, pages: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """The two views and their data; ``pages`` has the page of each result."""
    yield f'<section id="numbers"><h2>{_say("numbers", lang)}</h2><p class="choose">'
    yield f'<label>{_say("metric", lang)} <select id="metric"></select></label>'
    yield f'<label>{_say("role", lang)} <select id="role"></select></label>'
    yield f'<label>{_say("of-year", lang)} <select id="of-year"></select></label></p>'
    yield '<figure id="line"></figure><ol id="ranking" class="ranked bars"></ol></section>'
    yield f'<section id="map"><h2>{_say("map", lang)}</h2>'
    yield '<div class="wide" tabindex="0"><table></table></div></section>'
    yield f'<script type="application/json" id="data">{_encode(numbers, pages, lang)}</script>'


def _encode(numbers: Numbers, pages: Mapping[str, str], lang: Lang) -> str:
    """The data as JSON that ends no element: names and pages stand once, and are meant by their places."""
    shown = [value for value in numbers.values if value.key in pages]
    reports = [report for report in numbers.reports if report.key in pages]
    entities = _number([*(one.entity for one in shown), *(one.entity for one in reports)])
    places = _number([*(one.key for one in shown), *(one.key for one in reports)])
    metrics = _number(one.id for one in numbers.metrics)
    data = {
        "entities": [printable(name) for name in entities],
        "pages": [pages[key] for key in places],
        "metrics": [(printable(one.name), _name_unit(one.unit or "", lang), one.dimension) for one in numbers.metrics],
        "values": [
            (
                entities[one.entity],
                one.year,
                metrics[one.metric],
                one.role,
                one.value,
                one.contradicted,
                places[one.key],
            )
            for one in shown
        ],
        "reports": [(entities[one.entity], one.year, printable(one.kind), places[one.key]) for one in reports],
        "words": {word: render(Notice(f"batch_report.{word}", BLANK), lang) for word in WORDS},
    }
    return msgspec.json.encode(data).decode().replace("<", "\\u003c")


def _number(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(dict.fromkeys(names))}


def _name_unit(unit: str, lang: Lang) -> str:
    """A unit as readers of a language write it: that of money has a name in theirs, others stay as they are.

    >>> _name_unit("元", "en"), _name_unit("人", "en"), _name_unit("元", "zh")
    ('yuan', '人', '元')
    """
    yuan = Notice("batch_report.yuan")
    return render(yuan, lang) if unit == render(yuan, "zh") else unit


def _say(name: str, lang: Lang) -> str:
    return escape(render(Notice(f"batch_report.{name}"), lang))
