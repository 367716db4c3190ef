"""Growth a year over several: 由2015年的2007万元增加到2020年的2468万元，年均增长4.2%.

One that the two ends do not give may be of other prices, or of the years of a plan that began with another, unless a
slip of the pen makes it of what they give.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import takewhile

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits, is_miswritten
from extractor.checks.engine.inverse import find_root
from extractor.checks.engine.judge import find_fitting
from extractor.checks.engine.rule import TOLD, Relation
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.movements import Movement, find_movements
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

RULE = "compound"
DEFINITION = "definition"
# Over fewer years a rate is no mean; longer times are told by no report at hand without counting them otherwise.
FEWEST, MOST = 2, 10
# Rates of fewer digits are a slip from one another by chance.
TELLING = 3
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
    operands = {role: book.amount(claim) for role, claim in told.items()}
    way = "fall" if rate.direction == "decrease" else "growth"
    otherwise = TOLD if _is_misprinted(**operands, years=years) else DEFINITION
    return Relation(RULE, f"{way}_{years}", tuple(operands.items()), otherwise=otherwise)


def _is_misprinted(current: Amount, base: Amount, rate: Amount, years: int) -> bool:
    """Whether a rate of enough digits is that which the ends give but for one digit, or two exchanged ones."""
    if count_digits(f"{rate.value:f}") < TELLING or base.exact <= 0 or current.exact <= 0:
        return False
    given = abs(find_root(current.exact / base.exact, Fraction(years)) - 1) / Fraction(rate.factor)
    return is_miswritten(rate, round(given, -min(rate.exponent, 0)) * rate.factor)
