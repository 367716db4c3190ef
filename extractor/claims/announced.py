"""What a block announces of those behind it in its section: their time, their tasks, a budget that comes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec
import regex

from extractor import patterns
from extractor.claims.context import YEAR, Context, enter_block
from extractor.claims.opening_periods import find_announced, find_opening, find_part
from extractor.claims.sentences import load_marks
from extractor.model import Period
from extractor.sections.model import Block

# A year that opens a paragraph (2024年，…; 截至2024年底…) ends within this many characters of its start.
OPENING = 12
# Behind the year of an ISO day stand those that a whole year begins and ends on.
WHOLE_YEAR = ("-01-01", "-12-31")
# What a document tells above its first heading, among the years that sections were told.
OPENING_WORDS = ""
# What announces tasks ends within so many characters of its block's end.
ANNOUNCED = 90


def tell_year(context: Context, block: Block) -> Context:
    """The context with the time that opens or announces a block: it governs what follows in its section and below."""
    if block.paragraph.kind != "body":
        return context
    text, year = block.paragraph.text, context.source.year
    told = find_opening(text, block.start, _measure_opening(text, block.start), year)
    if told and not block.section and not text[block.start :].lstrip().startswith(told.text):
        told = None
    told = told or find_announced(text, block.start, block.end, year) or _find_part(context, block)
    if not told:
        return context
    return msgspec.structs.replace(context, years=context.years.put(block.section or OPENING_WORDS, told))


def _find_part(context: Context, block: Block) -> Period | None:
    """The part of a year that a block begins with, in a document of no whole year or right below a heading."""
    found = find_part(block.paragraph.text, block.start, context.source.year)
    if not found or (is_of_year(context.source.period) and not opens_section(context, block)):
        return None
    within = enter_block(context, block)
    is_dated = any(named or context.years.get(section) for section, named in within.headings.chain)
    return None if is_dated and is_of_year(found) else found


def is_of_year(period: Period | None) -> bool:
    """Whether a period is a whole year."""
    if not period or not period.start or not period.end:
        return False
    return (period.start[YEAR:], period.end[YEAR:]) == WHOLE_YEAR and period.start[:YEAR] == period.end[:YEAR]


def opens_section(context: Context, block: Block) -> bool:
    """Whether nothing stands between a block and the heading of its section."""
    section = context.source.sections.get(block.section or "")
    if not section:
        return False
    text, start = context.source.document.text, section.start + len(section.heading)
    return not text[start : block.paragraph.offset(block.start)].strip()


def tell_tasks(context: Context, block: Block) -> Context:
    """The context with the tasks or the budget that a block announces: they govern what follows in its section."""
    if block.paragraph.kind != "body":
        return context
    text = block.paragraph.text
    tasks = compile_announced("announced").search(text, max(block.start, block.end - ANNOUNCED), block.end)
    found = tasks or compile_announced("drafting").search(text, block.start, block.end)
    if not found:
        return context
    return msgspec.structs.replace(context, tasks=context.tasks.put(block.section or OPENING_WORDS, found[0]))


@cache
def compile_announced(name: str) -> regex.Pattern[str]:
    """What announces plans: the end of a passage that says what is to be done, or that a budget comes."""
    return patterns.compiled(f"claims/roles.{name}", f"{{{name}}}", patterns.lexicon("claims/roles"))


def list_headings(context: Context) -> Iterator[str]:
    """The headings over a number from the top down, each followed by what was announced below it."""
    sections = [section for section, _ in reversed(context.headings.chain)]
    told = [context.tasks.get(section) for section in (OPENING_WORDS, *sections)]
    for heading, announced in zip(("", *context.headings.path), told, strict=True):
        yield from filter(None, (heading, announced))


def _measure_opening(text: str, start: int) -> int:
    """How many characters may open a block: of its first sentence, and no more than a year takes."""
    ends = (text.find(mark, start, start + OPENING) for mark in load_marks()["sentence"])
    return min((end - start for end in ends if end >= 0), default=OPENING)
