"""Words that say how a thing went over several years (持续增长, 波动下降) against its numbers of these years."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import Relation
from extractor.checks.grids.courses import find_rows_of_years
from extractor.checks.relations.courses import Course, find_series, read_course

RULE = "course"


def find(book: Book) -> Iterator[Relation]:
    """Each step of a series, or of a row of years, of which words say how it went."""
    for series in find_series(book):
        yield from _relate(series)
    for amounts, match, is_sure in find_rows_of_years(book):
        course = read_course(amounts, match, is_sure)
        steps = list(_relate(course))
        if course.is_sure or not any(map(has_failed, steps)):
            yield from steps


def _relate(course: Course) -> Iterator[Relation]:
    for origin, result in course.steps:
        operands = (("result", result), ("origin", origin))
        yield Relation(RULE, course.way, operands, facts={"words": course.words})
