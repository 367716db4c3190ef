"""Ratios that tell the structure of a whole, 2.4:36.7:60.9: their numbers are shares of 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from operator import itemgetter

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, rounded, total
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.groups import Group
from extractor.kept import compile_expression
from extractor.model import Claim, Operand, Span

WORDS = "checks/share"
NUMBER = compile_expression(r"[0-9]+(?:\.[0-9]+)?")
# The colons of a ratio: the western, the full and the mathematical one.
RATIO = compile_expression("[:：∶︰]")
PERCENT = Fraction(1, 100)
HALF = Fraction(1, 2)
# Two numbers are a ratio of any kind; a structure that words do not call one has more.
FEWEST = 3
# Shares of a hundred are more than this in the mean while there are fewer than ten of them.
LEAST_MEAN = 10
Pair = tuple[Amount, Amount]
"""A share as it was and as it is."""
SIGNS = {"increase": 1, "decrease": -1}
# A ratio is of one of so many totals in front of it.
NEAREST = 6


class Structure(Struct, frozen=True):
    """The numbers of a ratio as shares, and the total with as many parts in front of it; None where there is none."""

    numbers: tuple[Amount, ...]
    group: Group | None


def find_structures(book: Book, sums: Sequence[Group]) -> Iterator[Structure]:
    """Every ratio whose numbers make 100, or that words call a structure and whose numbers are percentages.

    ``sums`` are the totals that their parts make up.
    """
    for claim in book.claims:
        numbers = read_numbers(book, claim)
        if len(numbers) < 2:
            continue
        if _make_whole(numbers) or _is_called_structure(book, claim, numbers):
            group = None if is_origin(book, claim) else _find_group(book, claim, numbers, sums)
            yield Structure(numbers, group)


# ── structures that moved ────────────────────────────────────────────────────────────────────────────────────────────


class Moved(Struct, frozen=True):
    """The points by which a share of a structure rose or fell, and what it was before and is now."""

    change: Claim
    before: Amount
    after: Amount


def find_moved(book: Book) -> Iterator[Moved]:
    """The points that are told of the shares of a structure: 由10:30:60调整为9:32:59，第一产业比重下降1个百分点."""
    told = ((claim, read_numbers(book, claim)) for claim in book.claims)
    ratios = [(claim, numbers) for claim, numbers in told if len(numbers) > 1]
    for (one, before), (two, after) in pairwise(ratios):
        if one.sentence == two.sentence and len(before) == len(after) and is_origin(book, one):
            behind = book.find_between(two.end, two.sentence.end)
            points = [claim for claim in behind if claim.dimension == "percentage_point" and claim.direction in SIGNS]
            yield from _match_points(book, points, list(zip(_name(before), _name(after), strict=True)))


def _name(numbers: Sequence[Amount]) -> list[Amount]:
    """Shares as a sentence names them among points: with the sign that a ratio leaves out."""
    return [msgspec.structs.replace(number, raw=number.raw + number.unit) for number in numbers]


def _match_points(book: Book, points: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[Moved]:
    """Points with the shares in their turn, where all but one are told so; else with the one share that each gives."""
    in_turn = [_is_move(book, *one) for one in zip(points, pairs, strict=False)]
    if len(points) == len(pairs) and sum(in_turn) >= max(2, len(pairs) - 1):
        yield from (Moved(change, *pair) for change, pair in zip(points, pairs, strict=True))
        return
    giving = [[pair for pair in pairs if _is_move(book, change, pair)] for change in points]
    if all(len(found) == 1 for found in giving):
        yield from (Moved(change, *found[0]) for change, found in zip(points, giving, strict=True))


def _is_move(book: Book, change: Claim, pair: Pair) -> bool:
    before, after = pair
    return after.value - before.value == SIGNS[change.direction or ""] * book.amount(change).value


# ── numbers of ratios ────────────────────────────────────────────────────────────────────────────────────────────────


def read_numbers(book: Book, claim: Claim) -> tuple[Amount, ...]:
    """The numbers of a ratio, each at its place in the text; none where the claim is no ratio."""
    marks = RATIO.split(claim.value + claim.unit)
    if len(marks) < 2 or not all(map(NUMBER.fullmatch, marks)):
        return ()
    places = list(NUMBER.finditer(book.text, claim.start, claim.end))
    if len(places) != len(marks):
        return ()
    return tuple(_read_share(book, claim, place) for place in places)


def _read_share(book: Book, claim: Claim, place: regex.Match[str]) -> Amount:
    """One number of a ratio as a share in percent; it is rounded and never cut."""
    value = Decimal(place[0])
    allowed = rounded(value, PERCENT)
    assert book.text[place.start() : place.end()] == place[0]
    return msgspec.structs.replace(
        book.amount(claim),
        operand=Operand(role="", claim=claim.id, text=Span(place.start(), place.end())),
        start=place.start(),
        end=place.end(),
        raw=place[0],
        value=value,
        unit="%",
        factor=PERCENT,
        rounded=allowed,
        cut=allowed,
    )


def balance_numbers(book: Book, numbers: Sequence[Amount], group: Group) -> tuple[Amount, ...]:
    """The numbers of a structure as they may be printed so that they make 100 where rounding alone does not.

    Each may then be one of its last digit above (below) what it rounds to; numbers that do not make 100 stay.
    """
    whole = book.amount(group.whole).exact
    shares = [book.amount(part).exact / whole for part in group.parts]
    gap = 1 - sum(_round_to(share, number.step) for share, number in zip(shares, numbers, strict=True))
    if not gap or sum(number.exact for number in numbers) != 1:
        return tuple(numbers)
    return tuple(_widen(number, -number.step if gap > 0 else number.step) for number in numbers)


def _round_to(number: Fraction, step: Fraction) -> Fraction:
    return floor(number / step + HALF) * step


def _widen(number: Amount, by: Fraction) -> Amount:
    """A number that may also be what stands for ``by`` more."""
    nothing = Fraction(0)
    return msgspec.structs.replace(number, cut=number.rounded + Interval(min(by, nothing), max(by, nothing)))


def _make_whole(numbers: Sequence[Amount]) -> bool:
    allowed = [number.rounded for number in numbers]
    return total(allowed).may_be(1)


def _is_called_structure(book: Book, claim: Claim, numbers: Sequence[Amount]) -> bool:
    """Whether words call a ratio the structure of a whole, and its numbers are percentages."""
    values = [number.value for number in numbers]
    if len(values) < FEWEST:
        return False
    if sum(values) <= len(values) * LEAST_MEAN or not any(value % 1 for value in values):
        return False
    called = patterns.fragment(WORDS, "structure").search(book.text, claim.sentence.start, claim.start)
    return bool(called)


def _find_group(book: Book, claim: Claim, numbers: Sequence[Amount], sums: Sequence[Group]) -> Group | None:
    """The last total of the section in front with as many parts; one of the last with just these shares comes first."""
    before = [group for group in sums if _is_in_front(group, claim) and len(group.parts) == len(numbers)]
    last = sorted(before, key=lambda group: group.parts[-1].start)[-NEAREST:]
    giving = filter(None, (_match(book, group, numbers) for group in reversed(last)))
    return next(giving, last[-1] if last and (last[-1].bound or _is_near(book, last[-1], numbers)) else None)


def _is_near(book: Book, group: Group, numbers: Sequence[Amount]) -> bool:
    """Whether the shares of a group are those that a ratio tells, but for one."""
    told = (_is_share(book, part, group, one) for part, one in zip(group.parts, numbers, strict=True))
    return sum(told) >= len(numbers) - 1


def _is_share(book: Book, part: Claim, group: Group, number: Amount) -> bool:
    whole = book.amount(group.whole).exact
    return bool(whole) and abs(book.amount(part).exact / whole - number.exact) <= number.step


def _is_in_front(group: Group, claim: Claim) -> bool:
    """Whether the total of a group stands in front of a ratio, and it or its parts in the ratio's section."""
    return group.whole.start < claim.start and claim.section in (group.whole.section, group.parts[-1].section)


def _match(book: Book, group: Group, numbers: Sequence[Amount]) -> Group | None:
    """A group whose shares a ratio tells, with its parts in the order of the ratio: 1.1:2.2:3.3 of 一、三、二产业."""
    ranked = sorted(group.parts, key=lambda part: book.amount(part).exact)
    order = sorted(range(len(numbers)), key=lambda place: numbers[place].exact)
    parts = tuple(part for _, part in sorted(zip(order, ranked, strict=True), key=itemgetter(0)))
    are_told = all(_is_share(book, part, group, one) for part, one in zip(parts, numbers, strict=True))
    return msgspec.structs.replace(group, parts=parts) if are_told else None
