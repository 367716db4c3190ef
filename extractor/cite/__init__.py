"""The numbers of a text held against reports: which of them these support, contradict, or do not have.

A number is supported where a report tells the same of the same thing, written out, converted or rounded. It is
contradicted only where a report that the text is about tells the very same metric, period, kind and scope otherwise,
and nothing in any report supports it. Everything else is not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from extractor import __version__
from extractor.cite.answer import Anchor, Citation, Citations, Match, Source, Status
from extractor.cite.bodies import Bodies
from extractor.cite.numbers import Numbers, Told, read_article
from extractor.cite.sameness import is_called_alike, is_probably_one, is_surely_one, is_told_by_digits, may_be_meant
from extractor.cite.times import is_told_alike, list_readings
from extractor.cite.values import count_telling, match_values
from extractor.cite.wording import write_message
from extractor.model import Claim, Period, Quote, Result, Tool
from extractor.passages.items import Item
from extractor.passages.numbers import relate_numbers
from extractor.passages.similarity import compare_metrics
from extractor.pipeline import DISTRIBUTION

__all__ = ["Anchor", "Citation", "Citations", "Source", "cite"]

# So many sources are named for one number.
SOURCES = 3
# How much a match says: what is equal comes before what is rounded, and that before what lies within bounds.
ORDER: tuple[Match, ...] = ("equal", "equal_converted", "rounded", "truncated", "within", "different")


def cite(article: Result, reports: Sequence[Result]) -> Citations:
    """Looks up every number of a text in reports."""
    desk = _Desk(article, reports)
    return Citations(
        schema="extractor-cite/1",
        tool=Tool(DISTRIBUTION, __version__),
        article=article.document,
        reports=tuple(report.document for report in reports),
        citations=tuple(map(desk.judge, range(len(desk.told)))),
    )


class _Found(Struct, frozen=True):
    """A source, how alike it is called, and whether its name is the cited one or has all its words."""

    source: Source
    likeness: float
    is_close: bool


class _Desk:
    """The text and the reports, read once; the text anew for each body that it may be about."""

    def __init__(self, article: Result, reports: Sequence[Result]) -> None:
        self._article, self._reports = article, reports
        self._numbers = [Numbers(report) for report in reports]
        self._bodies = Bodies(article, reports)
        self._cited = [read_article(article, report.document.entity) for report in reports]
        self.told = read_article(article, None)
        self._year = _find_year(article)

    def judge(self, at: int) -> Citation:
        """What the reports say of one number."""
        told = self.told[at]
        claim = told.item.claim
        found = sorted(self._find_support(at), key=_rank)
        against = self._find_same(at)
        if against and not any(one.is_close for one in found):
            # The very same thing is told: another one with this number is no support.
            found = against
        status: Status = "supported" if found and found is not against else "contradicted" if found else "not_found"
        sources = tuple(one.source for one in found[:SOURCES])
        nearest = None if found else self._find_nearest(at)
        return Citation(
            id=told.name,
            status=status,
            raw=claim.raw,
            start=claim.start,
            end=claim.end,
            page=claim.page,
            sentence=self._quote(claim),
            metric=claim.metric,
            period=claim.period.text if claim.period else None,
            sources=sources,
            message=write_message(claim, status, (nearest,) if nearest else sources),
            nearest=nearest,
        )

    def _quote(self, claim: Claim) -> Quote:
        start, end = claim.sentence.start, claim.sentence.end
        return Quote(start, end, self._article.text[start:end])

    def _find_support(self, at: int) -> Iterator[_Found]:
        """The numbers that say the same."""
        for number in self._bodies.list_possible(self.told[at].item.claim):
            for cited in self._list_readings(number, at):
                for told in self._numbers[number].find_near(cited):
                    if source := self._support(number, cited, told):
                        yield _Found(source, compare_metrics(cited, told.item), is_called_alike(cited, told.item))

    def _find_same(self, at: int) -> list[_Found]:
        """The numbers of the very same thing in the reports that the text is about there."""
        found: list[_Found] = []
        for number in sorted(self._bodies.find_meant(self.told[at].item.claim)):
            cited = self._cited[number][at].item
            same = self._find_meant(number, at)
            if any(match_values(told.item, cited) for told in same):
                # 20余万元 does not support 20.35万元, and does not contradict it.
                return []
            found += (_Found(self._make_source(number, told, "different"), 1.0, True) for told in same)
        return found

    def _find_meant(self, number: int, at: int) -> list[Told]:
        """The numbers of one report that are surely of one thing with a number, in whichever year it may be of."""
        readings = self._list_readings(number, at)
        called = self._numbers[number].find_called(readings[0])
        each = [[told for told in called if is_surely_one(cited, told, self._year)] for cited in readings]
        # Of a year that the report does not tell of, the number may be right.
        is_sure = all(each) or (each[0] and all(map(is_told_alike, each[0])))
        return [told for same in each for told in same] if is_sure else []

    def _list_readings(self, number: int, at: int) -> tuple[Item, ...]:
        """A number of the text as it may be meant where it is held against one report."""
        of_report = self._reports[number].document.year
        return list_readings(self._cited[number][at].item, self._article.document.year, of_report)

    def _find_nearest(self, at: int) -> Source | None:
        """The number of the same name, kind and scope that comes nearest, whatever its period."""
        alike: list[tuple[Fraction, int, Told]] = []
        for number in self._bodies.list_possible(self.told[at].item.claim):
            cited = self._cited[number][at].item
            called = self._numbers[number].find_called(cited)
            meant = (told for told in called if may_be_meant(cited, told))
            alike += ((abs(told.item.exact - cited.exact), number, told) for told in meant)
        return self._make_source(*min(alike, key=_take_gap)[1:], "different") if alike else None

    def _support(self, number: int, cited: Item, told: Told) -> Source | None:
        """A number of a report as a source that says the same; None where it does not."""
        match = match_values(cited, told.item)
        if not match:
            return None
        if is_probably_one(cited, told):
            return self._make_source(number, told, match)
        is_far = match == "within" and not relate_numbers(cited, told.item)
        if is_far or not is_told_by_digits(cited, told, count_telling(cited, told.item)):
            return None
        return self._make_source(number, told, match, "digits")

    def _make_source(self, number: int, told: Told, match: Match, basis: Literal["name", "digits"] = "name") -> Source:
        finding = self._numbers[number].doubts.get(told.name)
        return Source(told.anchor, told.item.claim.metric, match, basis, finding)


def _take_gap(one: tuple[Fraction, int, Told]) -> Fraction:
    return one[0]


def _find_year(article: Result) -> Period | None:
    """The year that a text is of, for numbers of which it tells no time."""
    year = article.document.year
    return Period(str(year), f"{year}-01-01", f"{year}-12-31") if year else None


def _rank(found: _Found) -> tuple[bool, bool, int, float]:
    """What is of one name comes first, then what is written out best, then what is called most alike."""
    source = found.source
    return not found.is_close, source.basis != "name", ORDER.index(source.match), -found.likeness
