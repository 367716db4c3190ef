"""The two sides of an account: income with what was carried in against expenditure with what is carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

import msgspec

from extractor.amounts.amount import Amount, negate
from extractor.amounts.book import Book
from extractor.amounts.misprints import is_miswritten, is_stroke
from extractor.checks.engine.judge import DOUBTED, find_fitting, has_failed
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.checks.grids.funds import Left, find_left
from extractor.checks.grids.openings import Ledger, find_ledgers
from extractor.checks.narrative.chains import Sides, find_sides, find_summed_sides
from extractor.checks.narrative.even_sides import find_even_sides
from extractor.checks.relations.balances import Account, find_accounts
from extractor.checks.relations.part_changes import find_level_change
from extractor.checks.relations.surpluses import Surplus, find_lacking, find_surpluses, is_net, is_of_year, is_set_off

RULE = "balance"
# What becomes of sides that are not equal, by what the pattern says that it means.
OTHERWISE = {"fails": TOLD, "unclear": "carried_over", "nothing": SILENT}
# What is left is hardly met by chance by numbers of so many digits.
TELLING = 3
# Both sides of so many accounts of a document that are the same say that they are meant to be.
HABIT = 2
# Where more are uneven, so many times as many that are even say so.
MOSTLY = 4
# What rates of exchange move what is owed by is no more than so much of it.
EXCHANGE = Fraction(1, 500)


def find(book: Book) -> Iterator[Relation]:
    """Each account whose two sides a narrative tells, and what is left of them."""
    surpluses = list(find_surpluses(book))
    told = (*(readings[0].left for readings in surpluses if readings), *find_lacking(book))
    left = list(map(book.amount, told))
    for account in find_accounts(book):
        relation = _propose(book, account)
        yield msgspec.structs.replace(relation, otherwise=SILENT) if _is_explained(relation, left) else relation
        yield from _propose_changes(book, account)
    for readings in surpluses:
        yield from _propose_left(book, readings)
    yield from _propose_all_sides(book, left)
    yield from _propose_ledgers(book)


def _propose_ledgers(book: Book) -> Iterator[Relation]:
    """What tables say there is, or is left: of accounts, of funds, of what is owed."""
    for funds in find_left(book):
        yield from _tell_ledgers(list(map(_relate_fund, funds)))
    ledgers = list(find_ledgers(book))
    for table in ledgers:
        yield from _tell_ledgers([_relate_ledger("ledger", one) for one in table if not one.is_debt])
    yield from _tell_owed([_relate_ledger("owed", one) for table in ledgers for one in table if one.is_debt])


def _relate_fund(fund: Left) -> Relation:
    """What is left as what came without what went, or with what was left before."""
    form = "all_years" if fund.others[0][0] == "opening" else "fund"
    return Relation(RULE, form, (("left", fund.left), *fund.others))


def _relate_ledger(form: str, ledger: Ledger) -> Relation:
    """What there is as what there was with what came and went."""
    others = (("opening", [ledger.opening]), ("added", ledger.added), ("taken", ledger.taken))
    told = ((role, amount) for role, amounts in others for amount in amounts if amount)
    return Relation(RULE, form, (("closing", ledger.closing), *told))


def _tell_ledgers(relations: Sequence[Relation]) -> Iterator[Relation]:
    """The ledgers of a table, told where more of them hold than fail; else its lines say something else.

    One that is alone in failing is told, too, where one wrong digit explains it.
    """
    failing = [one for one in relations if has_failed(one)]
    is_told = 2 * len(failing) < len(relations) or (len(failing) == 1 and _is_miscounted(failing[0]))
    yield from (msgspec.structs.replace(one, otherwise=TOLD if is_told else SILENT) for one in relations)


def _is_miscounted(relation: Relation) -> bool:
    """Whether one wrong digit explains that what there is by a ledger is not what came without what went."""
    parts = [negate(amount) if role in ("taken", "outgo") else amount for role, amount in relation.operands[1:]]
    return is_stroke(relation.subject, parts)


def _tell_owed(relations: Sequence[Relation]) -> Iterator[Relation]:
    """What is owed by all tables; where none of them adds up, something that they leave out came or went as well."""
    is_habit = any(not has_failed(one) for one in relations)
    for one in relations:
        otherwise = "exchange" if _is_exchanged(one) else TOLD if is_habit else DOUBTED
        yield msgspec.structs.replace(one, otherwise=otherwise)


def _is_exchanged(relation: Relation) -> bool:
    """Whether what is owed is off by no more than rates of exchange may move it."""
    signs = {"opening": 1, "added": 1, "taken": -1}
    computed = sum((signs[role] * amount.exact for role, amount in relation.operands[1:]), Fraction(0))
    return abs(relation.subject.exact - computed) <= EXCHANGE * abs(relation.subject.exact)


def _propose_all_sides(book: Book, left: Sequence[Amount]) -> Iterator[Relation]:
    """The totals of both sides of every account; where those of all others are even a wrong digit is told."""
    totals = _list_once(*find_summed_sides(book), *find_sides(book))
    uneven = [sides for sides in totals if sides.income.base_value != sides.expenditure.base_value]
    even = len(totals) - len(uneven)
    is_habit = even >= HABIT and (len(uneven) == 1 or even >= MOSTLY * len(uneven))
    for sides in _list_once(*find_even_sides(book), *totals):
        operands = (("total", book.amount(sides.income)), ("total", book.amount(sides.expenditure)))
        is_told = sides.are_balanced or _is_misprinted(book, sides, is_habit=is_habit)
        relation = Relation(RULE, "sides", operands, otherwise=TOLD if is_told else SILENT)
        yield msgspec.structs.replace(relation, otherwise=SILENT) if _is_explained(relation, left) else relation


def _list_once(*found: Sides) -> list[Sides]:
    """The sides of each account once, as they were found last."""
    return list({(sides.income.id, sides.expenditure.id): sides for sides in found}.values())


def _is_misprinted(book: Book, sides: Sides, *, is_habit: bool) -> bool:
    """Whether one wrong digit explains that both sides of a budget, which are the same, are not; or by habit."""
    is_even = is_habit or "actual" not in (sides.income.role, sides.expenditure.role)
    return is_even and is_stroke(book.amount(sides.income), [book.amount(sides.expenditure)])


def _is_explained(relation: Relation, left: Sequence[Amount]) -> bool:
    """Whether what two sides differ by is told to be left, or to be lacking (收支总量相抵，差额120亿元)."""
    first, other = relation.subject, relation.others[0]
    gaps = (first.rounded - other.rounded, other.rounded - first.rounded)
    return relation.form in ("equal", "sides") and any(
        one.base == first.base and any(map(one.rounded.meets, gaps)) for one in left
    )


def _propose_left(book: Book, readings: Sequence[Surplus]) -> Iterator[Relation]:
    """What is left by the reading that its sentence leaves, sides told as wholes first; else by one that gives it."""
    wholes = [reading for reading in readings if reading.is_whole]
    beside = [reading for reading in readings if _is_in_line(book, reading)]
    rows = [reading for reading in readings if _is_row(book, reading)]
    closing = [reading for reading in beside if reading.is_of_all and not is_of_year(book, reading.left)]
    definite = next(filter(partial(_is_definite, book), (wholes, rows, readings, beside, closing)), ())
    relations = [_relate_left(book, reading, wholes) for reading in definite]
    likely = readings if _is_once(readings) else filter(partial(_is_telling, book), readings)
    exact = (_relate_left(book, reading, wholes) for reading in likely if _is_exact(book, reading))
    chosen = find_fitting(relations) or next(exact, None) or next(iter(relations), None)
    yield from filter(None, [chosen])


def _is_telling(book: Book, reading: Surplus) -> bool:
    """Whether numbers that give what is left hardly do so by chance."""
    return reading.is_whole or len(book.amount(reading.left).value.as_tuple().digits) >= TELLING


def _is_exact(book: Book, reading: Surplus) -> bool:
    """Whether numbers give what is left to the last digit."""
    amounts = ((role, book.amount(claim).exact) for role, claim in (*reading.operands, *reading.more))
    net = sum((-amount if role == "outgo" else amount for role, amount in amounts), Fraction(0))
    return net == (-1 if reading.is_gap else 1) * book.amount(reading.left).exact


def _relate_left(book: Book, reading: Surplus, wholes: Sequence[Surplus]) -> Relation:
    """One reading; words tell it where its sides are called wholes."""
    told = (("left", reading.left), *reading.operands, *reading.more)
    operands = tuple((role, book.amount(claim)) for role, claim in told)
    is_told = reading in wholes or _is_of_sentence(book, reading)
    return Relation(RULE, reading.form, operands, link="told" if is_told else None)


def _is_of_sentence(book: Book, reading: Surplus) -> bool:
    """Whether a sentence tells both sides of a year and what is left of it."""
    places = {claim.sentence for _, claim in (*reading.operands, *reading.more)}
    return places == {reading.left.sentence} and is_of_year(book, reading.left)


def _is_once(readings: Sequence[Surplus]) -> bool:
    """Whether each side of an account is told by one number."""
    told = {(role, claim.id) for reading in readings for role, claim in reading.operands}
    return len(told) == len({role for role, _ in told})


def _is_definite(book: Book, readings: Sequence[Surplus]) -> bool:
    """Whether all of an account is told, each side once, in a sentence or in a line of what is left of the year."""
    if not readings or not _is_once(readings) or is_net(book, readings[0].left):
        return False
    left = readings[0].left
    told = [claim for reading in readings for _, claim in reading.operands]
    if all(one.sentence == left.sentence for one in told):
        return True
    if is_set_off(book, left) and all(reading.is_whole for reading in readings):
        return True
    is_told = is_of_year(book, left) or all(reading.is_of_all for reading in readings)
    return is_told and all(_is_in_line(book, reading) for reading in readings)


def _is_row(book: Book, reading: Surplus) -> bool:
    """Whether what was left before and what is left of the year stand right in front of what is left of both."""
    places = {book.find_index(claim) for _, claim in reading.operands}
    last = book.find_index(reading.left)
    return reading.form == "opening_surplus" and places == {last - 1, last - 2}


def _is_in_line(book: Book, reading: Surplus) -> bool:
    """Whether what is left stands in the line of what leaves it."""
    start = min(claim.start for _, claim in reading.operands)
    return not book.has_border(start, reading.left.start)


def _propose(book: Book, account: Account) -> Relation:
    """The first figure as the first of the other side, with what is added on that side, without what is on its own."""
    first, *taken = [book.amount(claim) for claim in account.left]
    other, *added = [book.amount(claim) for claim in account.right]
    operands = [("total", first), ("total", other)]
    operands += [("minus", amount) for amount in taken]
    operands += [("part", amount) for amount in added]
    return Relation(
        RULE,
        _choose_form(account),
        tuple(operands),
        evidence=(account.pattern,),
        otherwise=OTHERWISE[account.unequal],
    )


def _propose_changes(book: Book, account: Account) -> Iterator[Relation]:
    """The changes of two sides that are the same, told against one base: they are, too, or one is a slip away."""
    if len(account.left) > 1 or len(account.right) > 1:
        return
    sides = (account.left[0], account.right[0])
    changes = list(filter(None, (find_level_change(book, side) for side in sides)))
    told = {(one.baseline, one.direction, side.base_value) for one, side in zip(changes, sides, strict=False)}
    if len(changes) == len(sides) and len(told) == 1:
        yield _relate_changes(*map(book.amount, changes))


def _relate_changes(one: Amount, other: Amount) -> Relation:
    """The changes of both sides; far from one another they are not told: the year before may have had a rest."""
    operands = (("change", one), ("change", other))
    return Relation(RULE, "changes", operands, otherwise=TOLD if is_miswritten(one, other.exact) else SILENT)


def _choose_form(account: Account) -> str:
    """How the first figures of both sides are equal: as they stand, or with what each side tells behind its first."""
    if len(account.left) > 1:
        return "carried"
    if len(account.right) > 1:
        return "composed"
    return "equal"
