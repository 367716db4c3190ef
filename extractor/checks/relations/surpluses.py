"""What is left of an account, with the sides that leave it: 收入9亿元，支出7亿元，当年结余2亿元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, is_disjoint
from extractor.checks.relations.clauses import expression as clause
from extractor.checks.relations.clauses import read_lead, read_since
from extractor.checks.relations.groups import expression as list_expression
from extractor.model import Claim

# The sides of an account stand among so many levels in front of what they leave.
NEAREST = 12
# With the parts of these they stand among so many.
FARTHEST = 40
SIDES = ("income", "outgo")
BRACKETS = ("）", ")")

Operand = tuple[str, Claim]

expression = partial(patterns.fragment, "relations/surpluses")


class Surplus(Struct, frozen=True):
    """What is left, and one reading of what leaves it, by role; ``closing`` where what was left before is counted."""

    left: Claim
    operands: tuple[Operand, ...]

    is_whole: bool = False
    """Whether both sides are told as wholes."""

    is_of_all: bool = False
    """Whether income is told as a whole, which has within what was left before."""

    more: tuple[Operand, ...] = ()
    """What funds made up for, and what was shared out, by the side that it is counted on."""

    @property
    def is_gap(self) -> bool:
        """Whether it is what expenditure is more than income."""
        return self.operands[0][0] == "outgo"

    @property
    def form(self) -> str:
        """The name of the relation: by what is in it."""
        return "_".join(role for role, _ in self.operands)


def find_surpluses(book: Book) -> Iterator[list[Surplus]]:
    """What is left of each account of the narrative, by every reading of what leaves it, the fullest ones first."""
    for claim in book.claims:
        if is_surplus(book, claim):
            yield list(_read(book, claim))
        elif _is_gap(book, claim):
            yield list(_read_gap(book, claim))


def find_lacking(book: Book) -> Iterator[Claim]:
    """What the two sides of an account are told to lack when they are set off, whatever else was counted in."""
    lacking = expression("lacking")
    yield from (one for one in book.claims if _is_money(one) and lacking.search(read_since(book, one)))


def is_surplus(book: Book, claim: Claim) -> bool:
    """Whether a number is what is left of an account at its end."""
    if not _is_money(claim):
        return False
    is_called = bool(expression("surplus").search(read_words(book, claim)))
    return is_called and not is_opening(book, claim)


def is_opening(book: Book, claim: Claim) -> bool:
    """Whether words call a number what was left of the year before."""
    return bool(expression("opening").search(read_words(book, claim)))


def _is_gap(book: Book, claim: Claim) -> bool:
    """Whether a number is what is lacking of an account."""
    return _is_money(claim) and bool(expression("gap").search(read_words(book, claim)))


def _is_money(claim: Claim) -> bool:
    """Whether a claim of the narrative is a level of money."""
    return claim.kind == "level" and not claim.cell and claim.dimension == "money"


def read_words(book: Book, claim: Claim) -> str:
    """The words in front of a number, those in front of a bracket where it stands right behind one."""
    lead = read_lead(book, claim)
    if lead or not read_since(book, claim).endswith(BRACKETS):
        return lead
    return str(clause("mark").split(list_expression("aside").sub("", read_since(book, claim)))[-1])


def is_of_year(book: Book, claim: Claim) -> bool:
    """Whether words say that what is left is of one year."""
    return bool(expression("of_year").search(read_words(book, claim)))


def is_set_off(book: Book, claim: Claim) -> bool:
    """Whether words say that both sides were set off against each other: 收支相抵，结转2亿元."""
    return bool(expression("set_off").search(read_since(book, claim)))


def is_net(book: Book, claim: Claim) -> bool:
    """Whether words say that what is carried over for its purpose is taken off: 结转2亿元，净结余1亿元."""
    return bool(expression("net").search(read_words(book, claim)))


def _read_gap(book: Book, left: Claim) -> Iterator[Surplus]:
    for income, outgo in _pair_sides(book, _list_before(book, left)):
        yield _relate(book, left, (), outgo, income)


def _list_before(book: Book, left: Claim) -> list[Claim]:
    """The numbers in front of what is left that may be of its account, the nearest first.

    Lists of the parts of others do not count, however long they are.
    """
    told = book.find_levels_before(left, FARTHEST) or _list_apart(book, left)
    near, wholes = {one.id for one in told[-NEAREST:]}, {one.id for one in told}
    tops = [one for one in told if one.part_of not in wholes][-NEAREST:]
    found = [one for one in told if one.id in near or one in tops]
    return [one for one in reversed(found) if _may_belong(book, left, one)]


def _list_apart(book: Book, left: Claim) -> list[Claim]:
    """The numbers of the sections in front, where one of its own tells what the sides of a fund of a level leave."""
    is_of_sides = is_set_off(book, left) or expression("of_sides").search(read_words(book, left))
    if not is_of_sides or not _read_fund(left):
        return []
    told = book.told_levels.get(left.base_unit, ())
    alike = [one for one in told if one.start < left.start and _read_fund(one) == _read_fund(left)]
    return alike[-FARTHEST:]


def _read_fund(claim: Claim) -> tuple[str, str] | None:
    """The fund and the level of government of a number, where both are told."""
    fund, level = claim.scope.fund, claim.scope.level
    return (fund.value, level.value) if fund and level else None


def _read(book: Book, left: Claim) -> Iterator[Surplus]:
    before = _list_before(book, left)
    openings = _list_called(book, before, "opening")[:1]
    sides, more = _pair_sides(book, before), tuple(_list_more(book, before))
    surpluses = [one for one in before if is_surplus(book, one)][:1]
    for opening in openings:
        yield from (Surplus(left, (("opening", opening), ("surplus", one))) for one in surpluses)
        yield from (_relate(book, left, more, ("opening", opening), *pair) for pair in sides)
    is_cumulative = bool(expression("cumulative").search(read_words(book, left)))
    readings = (_relate(book, left, more, *pair) for pair in sides)
    yield from (reading for reading in readings if not is_cumulative or _has_all(book, reading))


def _has_all(book: Book, reading: Surplus) -> bool:
    """Whether two sides that were set off are told with all that was left before: 收入总计, 支出总计, 年终滚存结余."""
    return reading.is_whole and reading.is_of_all and is_set_off(book, reading.left)


def _relate(book: Book, left: Claim, more: tuple[Operand, ...], *operands: Operand) -> Surplus:
    sides = [claim for role, claim in operands if role in SIDES]
    is_whole = len(_list_called(book, sides, "whole")) == len(SIDES)
    is_of_all = any(expression("all_income").search(_name_side(book, claim)) for claim in sides)
    return Surplus(left, operands, is_whole, is_of_all, more)


def _may_belong(book: Book, left: Claim, one: Claim) -> bool:
    """Whether a number may be of the account of which something is left."""
    return _read_role(book, one) == _read_role(book, left) and not is_disjoint(find_scope(one), find_scope(left))


def _read_role(book: Book, claim: Claim) -> str:
    """Whether a number was done or planned; what is estimated of a year is told beside what was done in it."""
    return "actual" if expression("estimated").search(read_words(book, claim)) else claim.role


def _list_called(book: Book, claims: Sequence[Claim], name: str) -> list[Claim]:
    search = expression(name).search
    return [claim for claim in claims if search(read_words(book, claim))]


def _pair_sides(book: Book, before: Sequence[Claim]) -> list[tuple[Operand, Operand]]:
    """Every income with every expenditure, the nearest first; equal ones have within what is left."""
    plain = [one for one in before if not is_opening(book, one)]
    sides = product(*(_drop_parts(book, _list_side(book, plain, name)) for name in SIDES))
    return [(("income", one), ("outgo", two)) for one, two in sides if one.base_value != two.base_value]


def _list_side(book: Book, claims: Sequence[Claim], side: str) -> list[Claim]:
    """The numbers of a side by their words; by their name where these only say that it was done: 实际完成971714万元."""
    search = expression(side).search
    return [claim for claim in claims if search(_name_side(book, claim))]


def _name_side(book: Book, claim: Claim) -> str:
    words = read_words(book, claim)
    return claim.metric or words if expression("done").search(words) else words


def _list_more(book: Book, before: Sequence[Claim]) -> Iterator[Operand]:
    for side, name in (("income", "made_up"), ("outgo", "shared_out")):
        yield from ((side, claim) for claim in _list_called(book, before, name))


def _drop_parts(book: Book, claims: Sequence[Claim]) -> list[Claim]:
    """The numbers of a side that are no parts of another one of it; what is more than that is no part."""
    wholes = {claim.id: book.amount(claim).exact for claim in claims}
    return [
        claim for claim in claims if claim.part_of not in wholes or book.amount(claim).exact > wholes[claim.part_of]
    ]
