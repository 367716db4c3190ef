"""The context of a mention: what document, sections and paragraph have told so far.

A context never changes: a block, a paragraph and every reading make another one from it, which shares what stays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.attributes import is_dividing
from extractor.claims.cells import Cells, Stand
from extractor.claims.continuing import find_continued
from extractor.claims.drafts import find_draft
from extractor.claims.enclosures import Enclosures, find_enclosures
from extractor.claims.levels import Level, Lists, add_level
from extractor.claims.lists import is_aside
from extractor.claims.memory import Map
from extractor.claims.periods import (
    Found,
    compile_ahead,
    compile_undated,
    date_months,
    find_periods,
)
from extractor.claims.readings import Reading
from extractor.claims.sentences import Mention, Sentence, compile_item, compile_label, find_clause_start
from extractor.claims.subjects import Subject, find_subjects, is_measure
from extractor.documents.model import Document
from extractor.model import ClaimCell, Period, Section, Table
from extractor.quantities.model import Quantity
from extractor.scope import Found as Facet
from extractor.scope import find_facets
from extractor.sections.model import Block, Outline

# A metric, a role or a name of a series is carried from one of so many claims of the paragraph: in 122 reports with
# 31,000 claims it came from at most ten claims back (99 of 100 from the last), and a series had at most six numbers.
MEMORY = 12
# What a clause is about stands at most so many characters behind its beginning: a year and a level in front of it.
FRONT = 8
# An ISO day begins with the digits of its year.
YEAR = 4
# The section and the cell in which a list of parts stands.
Place = tuple[str | None, ClaimCell | None]


class Source(Struct, frozen=True):
    """What stays the same while a document is read: its ``year``, which is yet to come if ``ahead``, its ISO day.

    Of an ``undated`` document neither the title nor a sentence further up says when something was. ``told`` is what
    says what its amounts are: the title, else the heading of an excerpt that has lost it. ``latest`` is the last year
    that a document without one of its own looks back on.
    """

    document: Document
    title: str | None
    year: int | None
    published: str | None
    sections: Mapping[str, Section]
    cells: Cells
    period: Period | None
    ahead: bool = False
    undated: bool = False
    told: str = ""
    latest: int | None = None


class Headings(Struct, frozen=True):
    """What stands above a block: its section, the headings from the top down, and the label of a run-in item.

    ``chain`` holds the sections from the innermost out, each with the period that its heading names. ``account`` is the
    account that the innermost heading names and nothing else.
    """

    section: str | None = None
    path: tuple[str, ...] = ()
    chain: tuple[tuple[str, Period | None], ...] = ()
    label: str | None = None
    account: str = ""


class Context(Struct, frozen=True):
    """All that a step may know beside the mention itself.

    ``headings`` and ``stand`` are where ``block`` stands in sections and tables, ``periods`` and ``facets`` those
    that its paragraph names, ``governing`` those of the latter that go on behind their clause, by kind, ``lasting``
    those of these that go on behind their sentence, ``enclosures`` its brackets, ``subjects`` what it is about,
    ``items`` where its inline items begin (一是…二是…), ``antecedents`` its last readings, the last one last,
    ``divided`` those of the paragraph that this one divides, ``continued`` the last one of the paragraph whose sentence
    goes on in this one. ``told`` is the last amount of money with a unit of its own, ``years`` the years that sections
    were told, ``tasks`` the ends of passages that announce what is to be done in the sections behind them, ``wholes``
    the ids of the document's levels by metric, ``lists`` the lists of parts by section and cell, ``count`` the number
    of claims so far.
    """

    source: Source
    block: Block | None = None
    headings: Headings = Headings()
    stand: Stand | None = None
    periods: Sequence[Found] = ()
    enclosures: Enclosures = Enclosures()
    items: tuple[int, ...] = ()
    facets: tuple[Facet, ...] = ()
    governing: Mapping[str, Sequence[Facet]] = {}
    lasting: Mapping[str, Sequence[Facet]] = {}
    subjects: tuple[Subject, ...] = ()
    antecedents: tuple[Reading, ...] = ()
    divided: tuple[Reading, ...] = ()
    continued: Reading | None = None
    told: Quantity | None = None
    years: Map[str, Period] = Map()
    tasks: Map[str, str] = Map()
    wholes: Map[str, str] = Map()
    lists: Map[Place, Lists] = Map()
    count: int = 0

    @property
    def last(self) -> Reading | None:
        """The reading in front of this mention, in its paragraph."""
        return self.antecedents[-1] if self.antecedents else None

    @property
    def last_metric(self) -> str:
        """What the reading in front of this mention is of; empty where it has no metric."""
        return self.last.name.text if self.last else ""

    def last_in(self, sentence: Sentence) -> Reading | None:
        """The reading in front of a mention of this sentence, if it stands in the sentence too."""
        last = self.last
        if last and last.mention.sentence is sentence:
            return last
        return None

    def reaches(self, origin: int, at: int) -> bool:
        """Whether what stands at ``origin`` of the paragraph may be meant at ``at``.

        A bracket around it must not have closed in between, and it must stand in the same inline item or before all.
        """
        item = bisect_right(self.items, origin)
        same = not item or item == bisect_right(self.items, at)
        return same and self.enclosures.reaches(origin, at)

    @property
    def place(self) -> Place:
        """The section and the cell that lists of parts are kept of."""
        return self.headings.section, self.stand.cell if self.stand else None

    def after(self, reading: Reading) -> Context:
        """The context behind a reading, which later ones may point at."""
        quantity, lists, wholes = reading.quantity, reading.ties.lists, self.wholes
        if reading.frame.kind == "level" and not is_measure(reading.mention):
            level = _make_level(reading)
            lists = add_level(lists, level)
            wholes = wholes.put(level.metric, level.id) if level.metric else wholes
        return msgspec.structs.replace(
            self,
            antecedents=(*self.antecedents[1 - MEMORY :], reading),
            told=quantity if quantity.unit and quantity.dimension == "money" else self.told,
            wholes=wholes,
            lists=self.lists.put(self.place, lists),
            count=self.count + 1,
        )


def open_context(
    document: Document, outline: Outline, year: int | None, published: str | None, tables: Sequence[Table]
) -> Context:
    """The context at the start of a document."""
    title = outline.title or ""
    undated = bool(compile_undated().search(title))
    source = Source(
        document=document,
        title=outline.title,
        year=year,
        published=published,
        sections={section.id: section for section in outline.sections},
        cells=Cells(tables),
        period=None if undated else _find_period(title, year),
        ahead=bool(compile_ahead().search(title)),
        undated=undated,
        told=title or find_draft([section.heading for section in outline.sections]),
        latest=year or _find_latest(document),
    )
    return Context(source)


def _find_latest(document: Document) -> int | None:
    """The last year that a document tells of, those left aside that something is to reach (到2035年)."""
    named = patterns.fragment("claims/periods", "told")
    years = (int(found["year"]) for one in document.paragraphs for found in named.finditer(one.text))
    return max(years, default=None)


def enter_paragraph(context: Context, block: Block) -> Context:
    """The context at the start of a paragraph with numbers: nothing is carried, and its periods are known."""
    context = enter_block(context, block)
    text, source = block.paragraph.text, context.source
    facets = find_facets(text)
    governing = _find_governing(text, facets)
    return msgspec.structs.replace(
        context,
        antecedents=(),
        divided=_find_divided(context, text),
        continued=find_continued(context.last, block, source.document),
        periods=date_months(find_periods(text, find_year(context), source.published, source.ahead), source.period),
        enclosures=find_enclosures(text),
        facets=facets,
        governing=governing,
        lasting=_leave_parts(text, governing),
        subjects=find_subjects(text),
        items=tuple(match.start() for match in compile_item().finditer(text)),
    )


def _find_divided(context: Context, text: str) -> tuple[Reading, ...]:
    r"""What the paragraph in front told, where this one divides it (分门类看，…), or what that one divided.

    >>> from extractor.claims.trial import read_last
    >>> read_last("工业增加值增长6%。\n分门类看，采矿业增长4%，制造业增长8%。").name.metric
    '制造业增加值'
    """
    last = context.last
    if not last or not is_dividing(text) or last.mention.sentence.block.section != context.headings.section:
        return ()
    return context.divided or context.antecedents


def _find_governing(text: str, facets: Sequence[Facet]) -> dict[str, list[Facet]]:
    """The facets that go on behind their clause, by kind, in their order."""
    governing: dict[str, list[Facet]] = {}
    for one in facets:
        if one.carries and _opens_clause(text, one.start):
            governing.setdefault(one.facet, []).append(one)
    return governing


def _leave_parts(text: str, governing: Mapping[str, Sequence[Facet]]) -> Mapping[str, Sequence[Facet]]:
    """The facets without those of parts: what a list of parts names last is not what the next sentence is of."""
    lists = [match.span() for match in _compile_listed().finditer(text)]
    if not lists:
        return governing
    ends = [end for _, end in lists]

    def is_of_part(one: Facet) -> bool:
        at = bisect_right(ends, one.start)
        return at < len(lists) and lists[at][0] <= one.start

    return {kind: [one for one in found if not is_of_part(one)] for kind, found in governing.items()}


def _compile_listed() -> regex.Pattern[str]:
    return patterns.fragment("claims/links", "listed")


def _opens_clause(text: str, at: int) -> bool:
    """Whether what stands at an offset is what its clause is about: it stands at the front of it."""
    return at - find_clause_start(text, at, max(0, at - FRONT - 1)) <= FRONT


def leave_brackets(context: Context, mention: Mention) -> Context:
    """The context without what a bracket or an inline item told that ends before a mention."""
    if not (context.items or context.enclosures.places):
        return context
    at = mention.quantity.start
    antecedents = tuple(one for one in context.antecedents if context.reaches(one.quantity.start, at))
    if len(antecedents) == len(context.antecedents):
        return context
    return msgspec.structs.replace(context, antecedents=antecedents)


def enter_block(context: Context, block: Block) -> Context:
    """The context of a block that has numbers: the headings above it, and its cell."""
    if block is context.block:
        return context
    headings, stand = context.headings, None
    if block.section != headings.section:
        headings = _read_headings(context, block.section)
    if block.paragraph.kind != "body":
        stand = context.source.cells.at(block.paragraph.offset(block.start))
    return msgspec.structs.replace(context, block=block, headings=headings, stand=stand)


def find_year(context: Context) -> int | None:
    """The year that 全年 and 年末 mean: the one the section was told of, a heading's, the document's."""
    for section, named in context.headings.chain:
        period = context.years.get(section) or named
        year = _read_year(period) if period else None
        if year:
            return year
    return context.source.year


def _read_year(period: Period) -> int | None:
    """The year that a period lies in, if it lies in one."""
    first, last = (period.start or "")[:YEAR], (period.end or "")[:YEAR]
    if first != last or not first:
        return None
    return int(first)


def _make_level(reading: Reading) -> Level:
    """A level as later claims may point at it."""
    total, sentence = reading.ties.total, reading.mention.sentence
    paragraph = sentence.block.paragraph
    return Level(
        id=reading.id,
        metric=reading.name.metric,
        base_unit=reading.quantity.base_unit,
        parent=total.id if total else None,
        end=paragraph.offset(reading.quantity.end - 1) + 1,
        aside=bool(reading.frame.base) or is_aside(paragraph.text, reading.quantity.start),
        value=reading.quantity.value * reading.quantity.factor,
        sentence=paragraph.offset(sentence.start),
    )


def _read_headings(context: Context, section: str | None) -> Headings:
    """The headings over a section, the periods that they name, and the label of a run-in item."""
    known, chain = dict(context.headings.chain), []
    above = _list_sections(context.source.sections, section)
    for entry in above:
        if entry.id not in known:
            known[entry.id] = _find_period(entry.heading, context.source.year)
        chain.append((entry.id, known[entry.id]))
    return Headings(
        section=section,
        path=tuple(entry.heading for entry in reversed(above)),
        chain=tuple(chain),
        label=_find_label(above[0]) if above else None,
        account=_find_account(above[0]) if above else "",
    )


def _list_sections(sections: Mapping[str, Section], section: str | None) -> list[Section]:
    """A section and those that it stands in, from the innermost out."""
    above: list[Section] = []
    while section:
        above.append(sections[section])
        section = above[-1].parent
    return above


def _find_period(heading: str, year: int | None) -> Period | None:
    """The first period that a heading names."""
    found = find_periods(heading, year)
    return found[0].period if found else None


def _find_label(section: Section) -> str | None:
    """The title of a run-in item that its text goes on from (9.文化…（项）：支出决算为…), less the mark behind it."""
    mark = compile_label().search(section.title)
    return section.title[: mark.start()] if mark else None


def _find_account(section: Section) -> str:
    """The account that a heading names and nothing else (（二）公务接待费, 三、培训费支出情况); empty without one."""
    named = patterns.fragment("claims/sentences", "account").fullmatch(section.title)
    return named["what"] if named else ""
