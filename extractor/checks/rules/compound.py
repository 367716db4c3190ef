"""Growth a year over several: 由2015年的2007万元增加到2020年的2468万元，年均增长4.2%."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import takewhile

import msgspec

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.engine.judge import find_fitting
from extractor.checks.engine.rule import TOLD, Relation
from extractor.checks.relations.base_year import has_own_definition
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.movements import Movement, find_movements
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

RULE = "compound"
DEFINITION = "definition"
# Over fewer years a rate is no mean; longer times are told by no report at hand without counting them otherwise.
FEWEST, MOST = 2, 10
# Times are counted from the end of their first year, from its beginning, or to the year before their last.
COUNTS = (0, 1, -1)

_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Each movement between two years with the growth a year that its sentence tells behind it."""
    for movement in find_movements(book):
        years = _count_years(movement)
        rate = next(_list_yearly(book, movement.result), None) if years else None
        if rate:
            yield from _propose(book, movement, rate, years)


def _list_yearly(book: Book, result: Claim) -> Iterator[Claim]:
    """The growth a year behind the end of a movement in its sentence, up to the next level."""
    behind = takewhile(lambda one: one.kind != "level", book.find_between(result.end, result.sentence.end))
    return (one for one in behind if _is_yearly(book, one))


def _is_yearly(book: Book, claim: Claim) -> bool:
    if claim.kind != "change_rate" or claim.dimension != "percent":
        return False
    return bool(_expression("yearly").search(read_lead(book, claim)))


def _count_years(movement: Movement) -> int:
    """How many years lie between the ends of a movement; 0 where these are not known."""
    first, last = (read_dates(end)[1] for end in (movement.origin, movement.result))
    return int(last[:4]) - int(first[:4]) if first and last else 0


def _propose(book: Book, movement: Movement, rate: Claim, years: int) -> Iterator[Relation]:
    """The end by the beginning and the growth, over the years that fit; else over those between them."""
    counted = [years + more for more in COUNTS if FEWEST <= years + more <= MOST]
    relations = [_relate(book, movement, rate, count) for count in counted]
    yield from filter(None, [find_fitting(relations) or next(iter(relations), None)])


def _relate(book: Book, movement: Movement, rate: Claim, years: int) -> Relation:
    told = {"current": movement.result, "base": movement.origin, "rate": rate}
    operands = tuple((role, book.amount(claim)) for role, claim in told.items())
    way = "fall" if rate.direction == "decrease" else "growth"
    relation = Relation(RULE, f"{way}_{years}", operands)
    is_other = has_own_definition(book, rate, movement.result)
    return msgspec.structs.replace(relation, otherwise=DEFINITION if is_other else TOLD)
