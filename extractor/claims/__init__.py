"""Quantities become claims: what each number is of, of which kind, when, and how it stands to others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from extractor.claims import frames, implied, metrics, roles, series, vocabulary
from extractor.claims.cells import Cells, Stand
from extractor.claims.frames import Frame
from extractor.claims.links import Link, Links
from extractor.claims.metrics import Named
from extractor.claims.periods import Found, opening, periods
from extractor.claims.sentences import Mention, Sentence, mentions, run_in_label, sentences
from extractor.claims.series import Place
from extractor.model import Block, Claim, ClaimCell, Document, Outline, Period, Quantity, Role, Section, Table
from extractor.quantities import find

__all__ = ["claims"]

# How many earlier claims of a paragraph a metric may be carried from.
MEMORY = 12
# A year that opens a paragraph ends within this many characters of its start.
OPENING = 12


class Setting(Struct, frozen=True):
    """What stands above a block: the headings from the top down, the label of a run-in item, and the sections.

    ``chain`` holds the sections from the innermost out, each with the period that its heading names.
    """

    path: tuple[str, ...]
    chain: tuple[tuple[str, Period | None], ...]
    label: str | None


class Told(Struct, frozen=True):
    """An earlier mention of the paragraph and what was made of it."""

    mention: Mention
    frame: Frame
    named: Named
    role: Role


def claims(
    document: Document,
    outline: Outline,
    year: int | None,
    published: str | None = None,
    tables: Sequence[Table] = (),
) -> tuple[Claim, ...]:
    """Every quantity of the narrative as a claim, in document order.

    ``year`` is the document's own, ``published`` the ISO day of its publication; ``tables`` tell in which cells claims
    stand.
    """
    return tuple(_Reader(document, outline, year, published, Cells(tables)).read())


class _Reader:
    """Reads the blocks of one document in order, remembering what later claims take from earlier ones."""

    def __init__(
        self, document: Document, outline: Outline, year: int | None, published: str | None, cells: Cells
    ) -> None:
        self._document, self._outline, self._year, self._published = document, outline, year, published
        self._cells = cells
        self._sections: Mapping[str, Section] = {section.id: section for section in outline.sections}
        self._settings: dict[str | None, Setting] = {}
        self._title_period = next((found.period for found in periods(outline.title or "", year)), None)
        self._links: dict[tuple[str | None, ClaimCell | None], Links] = {}
        self._earlier: list[Told] = []
        self._names: list[str] | None = None
        self._series: Frame | None = None
        self._told: dict[str, Period] = {}
        self._known: dict[str, str] = {}
        self._unit = ""
        self._count = 0

    def read(self) -> Iterator[Claim]:
        """The claims of all blocks."""
        paragraph, quantities, found = None, [], []
        for block in self._outline.blocks:
            if block.heading:
                continue
            if block.paragraph is not paragraph:
                paragraph, self._earlier = block.paragraph, []
                quantities = implied.rates(paragraph.text, implied.amounts(find(paragraph.text)))
                found = periods(paragraph.text, self._year_of(block), self._published) if quantities else []
            self._tell(block)
            inside = quantities[_at(quantities, block.start) : _at(quantities, block.end)]
            for sentence in sentences(block, inside):
                self._names = None
                each = list(mentions(sentence))
                for mention, place in zip(each, series.places(each), strict=True):
                    yield self._claim(mention, place, found)

    def _claim(self, mention: Mention, place: Place, found: Sequence[Found]) -> Claim:
        """The claim that one mention makes."""
        self._count += 1
        identifier, quantity, sentence = f"c{self._count}", mention.quantity, mention.sentence
        setting, stand = self._setting(sentence.block), self._stand(sentence.block)
        frame = self._frame(mention, place)
        links = self._links.setdefault((sentence.block.section, stand.cell if stand else None), Links(self._known))
        total = links.total(mention, frame)
        named = self._named(mention, place, frame, total, setting)
        if stand and not named.metric:
            named = Named(stand.subject, "metrics.row_label")
        if frame.kind == "level":
            end = sentence.block.paragraph.offset(quantity.end - 1) + 1
            links.add(Link(identifier, named.metric, quantity.base_unit, total.id if total else None, end))
        governing = self._governing(mention, found)
        role, role_pattern = self._role(mention, frame, named, setting, governing, stand)
        period, period_pattern = self._period(mention, governing, setting)
        baseline = self._baseline(mention, frame)
        metric_id = _known(named.metric, setting.path, quantity) if frame.kind == "level" else None
        known = f"{vocabulary.FOLDER}/{metric_id}" if metric_id else None
        settled = msgspec.structs.replace(frame, baseline=baseline)
        self._earlier.append(Told(mention, settled, named, role))
        if quantity.unit and quantity.dimension == "money":
            self._unit = quantity.unit
        return self._assembled(
            identifier, mention, setting, frame, stand,
            metric=named.metric, metric_id=metric_id, baseline=baseline, period=period, role=role,
            part_of=total.id if total else None,
            share_of=links.whole(frame) if frame.kind == "share" else None,
            evidence=(
                *quantity.evidence, frame.pattern, named.rule, *filter(None, (role_pattern, period_pattern, known)),
            ),
        )  # fmt: skip

    def _assembled(
        self, identifier: str, mention: Mention, setting: Setting, frame: Frame, stand: Stand | None, *,
        metric: str | None, metric_id: str | None, baseline: str | None, period: Period | None, role: Role,
        part_of: str | None, share_of: str | None, evidence: tuple[str, ...],
    ) -> Claim:  # fmt: skip
        """The claim with its place in the document and its exact values."""
        paragraph, quantity = mention.sentence.block.paragraph, mention.quantity
        meant = implied.bare(quantity) and not frames.is_move(frame) and not implied.is_pure(metric)
        unit_implied = self._unit if self._unit and meant else None
        if unit_implied:
            quantity = implied.in_unit(quantity, unit_implied)
        unit_implied = unit_implied or implied.lost_sign(quantity)
        span = paragraph.span(quantity.start, quantity.end)
        raw = self._document.text[span.start : span.end]
        boxes = self._document.boxes
        return Claim(
            id=identifier,
            section=mention.sentence.block.section,
            path=stand.path(setting.path) if stand else setting.path,
            start=span.start,
            end=span.end,
            raw=raw,
            sentence=paragraph.span(*_trimmed(paragraph.text, mention.sentence.start, mention.sentence.end)),
            page=self._document.page(span.start),
            boxes=boxes.of(span.start, span.end) if boxes else (),
            value=_plain(quantity.value, written=True) or "0",
            value_high=_plain(quantity.value_high, written=True),
            unit=quantity.unit,
            unit_implied=unit_implied,
            dimension=quantity.dimension,
            base_value=_plain(quantity.value * quantity.factor),
            base_unit=quantity.base_unit,
            approximation=quantity.approximation,
            interval=(_plain(quantity.interval[0]), _plain(quantity.interval[1])),
            metric=metric,
            metric_id=metric_id,
            kind=frame.kind,
            direction=frame.direction,
            baseline=baseline,
            period=period,
            role=role,
            part_of=part_of,
            share_of=share_of,
            cell=stand.cell if stand else None,
            evidence=evidence,
        )

    def _frame(self, mention: Mention, place: Place) -> Frame:
        """The frame of a mention: its own, or that of the series it goes on; with its sign and the move before it."""
        if place.index:
            self._series = self._series or frames.frame(mention)
            return frames.signed(self._series, mention.quantity)
        self._series = frames.frame(mention)
        own = frames.signed(self._series, mention.quantity)
        return frames.moved(own, self._earlier[-1].frame) if self._earlier else own

    def _named(self, mention: Mention, place: Place, frame: Frame, total: Link | None, setting: Setting) -> Named:
        """The metric of a mention; the numbers of a series take the names of its list in turn."""
        if not place.index:
            named = metrics.name(
                mention, frame, self._before(mention.sentence), total.metric if total else None, setting.label
            )
            listed = series.names(named.metric, place.length) if named.metric else None
            if named.rule != metrics.CARRIED or len(self._names or ()) != place.length:
                self._names = listed or self._counted(mention, named, place.length)
            if place.length == 1:
                return named
        names = self._names or [""]
        return Named(names[place.index] or None, "metrics.series")

    def _before(self, sentence: Sentence) -> list[metrics.Before]:
        """The last claims of the paragraph, as far as their metrics may be carried."""
        return [
            metrics.Before(
                metric=told.named.metric,
                kind=told.frame.kind,
                base_unit=told.mention.quantity.base_unit,
                same_sentence=told.mention.sentence is sentence,
                behind=told.named.behind,
                derived=told.named.rule in (metrics.GROWTH_OF_GROWTH, metrics.COMPLETED),
            )
            for told in self._earlier[-MEMORY:]
        ]

    def _period(self, mention: Mention, governing: Found | None, setting: Setting) -> tuple[Period | None, str | None]:
        """The period that governs a mention, and its source: sentence, paragraph, headings, or the title."""
        if governing:
            here = governing.start >= mention.sentence.start
            return governing.period, governing.pattern if here else "period.paragraph"
        for section, named in setting.chain:
            if section in self._told or named:
                return self._told.get(section, named), "period.told" if section in self._told else "period.heading"
        return self._title_period, "period.title" if self._title_period else None

    def _counted(self, mention: Mention, named: Named, length: int) -> list[str]:
        """The names of the last numbers of the sentence, where as many follow without names; else one for all."""
        levels = [told for told in self._earlier if told.mention.sentence is mention.sentence]
        told = [one.named.metric or "" for one in levels if one.frame.kind == "level"][-length:]
        carried = named.rule == metrics.CARRIED and length > 1 and len(told) == length
        return told if carried else [named.metric or ""] * length

    def _role(
        self,
        mention: Mention,
        frame: Frame,
        named: Named,
        setting: Setting,
        governing: Found | None,
        stand: Stand | None,
    ) -> tuple[Role, str | None]:
        """The role of a mention; a share or a change of the amount in front of it has that one's."""
        past = bool(governing and governing.past)
        path = (*setting.path, stand.title) if stand and stand.title else setting.path
        label = stand.label if stand else ""
        role, pattern = roles.role(mention, path, self._outline.title, past, self._year, label)
        last = self._earlier[-1] if self._earlier else None
        if pattern or not last or frame.kind in ("level", "rate", "completion") or named.rule != metrics.CARRIED:
            return role, pattern
        return last.role, "role.carried" if last.role != "actual" else None

    def _baseline(self, mention: Mention, frame: Frame) -> str | None:
        """What a mention is measured against: named in its clause, by the growth it tells again, or in the sentence."""
        if frame.baseline or frame.kind not in ("change_amount", "change_rate"):
            return frame.baseline
        last = self._earlier[-1] if self._earlier else None
        if last and last.mention.sentence is mention.sentence and frames.told_again(mention):
            return last.frame.baseline
        return frames.standing_baseline(mention)

    def _governing(self, mention: Mention, found: Sequence[Found]) -> Found | None:
        """The last period in front of a mention; one that names no calendar time rules in its own sentence only."""
        block = mention.sentence.block
        index = bisect_right(found, mention.quantity.start, key=lambda entry: entry.start) - 1
        while index >= 0 and found[index].start < mention.sentence.start and not found[index].calendar:
            index -= 1
        outside = index < 0 or (block.paragraph.kind == "row" and found[index].start < block.start)
        return None if outside else found[index]

    def _year_of(self, block: Block) -> int | None:
        """The year that 全年 and 年末 mean in a block: the one its section was told of, a heading's, the document's."""
        for section, named in self._setting(block).chain:
            period = self._told.get(section, named)
            if period and period.start and period.end and period.start[:4] == period.end[:4]:
                return int(period.start[:4])
        return self._year

    def _tell(self, block: Block) -> None:
        """Remembers the year that opens a paragraph: it governs what follows in its section and below."""
        told = None
        if block.section and block.paragraph.kind == "body":
            told = opening(block.paragraph.text, block.start, OPENING, self._year)
        if told and block.section:
            self._told[block.section] = told

    def _stand(self, block: Block) -> Stand | None:
        """Where a block stands in a table."""
        if block.paragraph.kind == "body":
            return None
        return self._cells.at(block.paragraph.offset(block.start))

    def _setting(self, block: Block) -> Setting:
        """What stands above a block, worked out once per section."""
        if block.section not in self._settings:
            self._settings[block.section] = self._above(block.section)
        return self._settings[block.section]

    def _above(self, section: str | None) -> Setting:
        """The headings over a section, the nearest period among them, and the label of a run-in item."""
        chain: list[Section] = []
        while section:
            chain.append(self._sections[section])
            section = chain[-1].parent
        named = [next((found.period for found in periods(entry.heading, self._year)), None) for entry in chain]
        return Setting(
            path=tuple(entry.heading for entry in reversed(chain)),
            chain=tuple((entry.id, period) for entry, period in zip(chain, named, strict=True)),
            label=_label(chain[0]) if chain else None,
        )


def _known(metric: str | None, path: tuple[str, ...], quantity: Quantity) -> str | None:
    """The id of a level's metric in the vocabulary; a number without a unit may be one of money."""
    return vocabulary.identify(metric, path, "money" if implied.bare(quantity) else quantity.dimension)


def _label(section: Section) -> str | None:
    """The title of a run-in item that its text goes on from (9.文化…（项）：支出决算为…), less the mark behind it."""
    label = run_in_label().sub("", section.title, count=1)
    return label if run_in_label().search(section.title) else None


def _at(quantities: Sequence[Quantity], offset: int) -> int:
    """The index of the first quantity that starts at ``offset`` or later."""
    return bisect_left(quantities, offset, key=lambda quantity: quantity.start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``start..end`` without the white space at either end."""
    stripped = text[start:end]
    return start + len(stripped) - len(stripped.lstrip()), end - len(stripped) + len(stripped.rstrip())


def _plain(value: Decimal | None, written: bool = False) -> str | None:
    """A decimal as a plain string, without an exponent; ``written`` keeps the zeros that the document prints.

    >>> _plain(Decimal("1657100.00")), _plain(Decimal("1E+4")), _plain(Decimal("43.10"), written=True)
    ('1657100', '10000', '43.10')
    """
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text and not written else text
