"""Other readings of a relation that does not hold: one of the numbers around it may be what is meant.

A list of parts goes on by the next ones, the nearest two are taken, each number is exchanged for those of its unit and
kind around it, of a sum parts are left out or taken in, and last any two are exchanged at once. A reading counts only
if it hardly holds by chance: how likely each trial is to hold is added up over all that were made before. So a report
is said to be wrong only if no reading of it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, chain, pairwise, product

import msgspec
from msgspec import Struct

from extractor.amounts.amount import Amount, write_number
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval
from extractor.amounts.misprints import are_miswritten
from extractor.amounts.names import normalize_name
from extractor.checks.engine.around import find_claims, list_around
from extractor.checks.engine.compute import find_range
from extractor.checks.engine.formula import Role
from extractor.checks.engine.gaps import is_gap_told
from extractor.checks.engine.inverse import Rests, find_allowed
from extractor.checks.engine.judge import OTHER_READING, Case, Judgement, judge, read_case
from extractor.checks.engine.rule import NAMED, Operands
from extractor.checks.engine.settled import is_settled
from extractor.checks.engine.signs import holds_by_size
from extractor.checks.engine.slips import is_other_wrong, is_stated_wrong, list_slips
from extractor.model import Claim

# By chance another reading holds in one case of so many; in fewer where a slip of the pen explains the failure as well.
LIKELY, UNLIKELY = Fraction(1, 10), Fraction(1, 50)
# Two or three numbers of a unit stand in the clause of a rate.
NEAREST = 3
# A list may go on by so many numbers behind where words end it.
FURTHER = 3
# Decimals of an amount that are told: 0.0001万元 is one 元.
PRECISE = 6
SUM = "sum(part)"

# The base unit of a number and what it is: a level, a change.
Kind = tuple[str, str]


class Trial(Struct, frozen=True):
    """Whether a relation holds with some other numbers, by role, and how likely it does so by chance."""

    holds: bool
    chance: Fraction
    others: Operands = ()
    """The numbers, where they are told: all of them but the one in question."""


class Question(Struct, frozen=True):
    """A failing relation that is read again: its case, the stated number, and what may stand for those of each role."""

    case: Case
    stated: Amount
    subject_role: str
    kinds: Mapping[str, Kind]
    around: Mapping[str, Sequence[Amount]]

    @property
    def hulls(self) -> dict[str, list[Interval]]:
        """What the digits of the other numbers allow, by role."""
        return {role: [one.rounded for one in amounts] for role, amounts in self.case.others.items()}

    @property
    def others(self) -> list[tuple[str, Amount]]:
        """The numbers beside the one in question, by role."""
        return [(role, amount) for role, amounts in self.case.others.items() for amount in amounts]


def read_all_otherwise(book: Book, judgements: Sequence[Judgement]) -> list[Judgement]:
    """Judgements; what fails while another reading of it holds is that, or unclear."""
    return [_read_otherwise(book, one) if _is_loud(one) else one for one in judgements]


def list_trials(book: Book, judgement: Judgement) -> list[Trial]:
    """Every other reading of a relation, for those who ask why it was told; none of what is not read again."""
    question = _ask(book, judgement)
    return [] if question is None else [trial for read in READINGS for trial in read(question)]


def _is_loud(judgement: Judgement) -> bool:
    return judgement.status == "fails" and judgement.severity != "info"


def _read_otherwise(book: Book, judgement: Judgement) -> Judgement:
    """A failing relation as it is; as it holds with other numbers; or unclear, where these may be chance or a slip."""
    is_named = judgement.relation.link == NAMED
    if is_gap_told(book, judgement) or (not is_named and holds_by_size(judgement)):
        return _doubt(judgement)
    question = _ask(book, judgement)
    if question is None or is_named:
        return judgement
    has_slip = is_stated_wrong(question.case) or is_other_wrong(question.case)
    met = _find_met(question, UNLIKELY if has_slip else LIKELY)
    if met is None:
        return judgement
    meant = _exchange(judgement, met) if met.others and met.chance <= UNLIKELY and not has_slip else None
    return meant or _doubt(judgement)


def _doubt(judgement: Judgement) -> Judgement:
    return msgspec.structs.replace(judgement, status="unclear", severity=None, reason=OTHER_READING)


def _exchange(judgement: Judgement, met: Trial) -> Judgement | None:
    """A relation of other numbers, where it holds."""
    operands = (judgement.relation.operands[0], *met.others)
    found = judge(msgspec.structs.replace(judgement.relation, operands=operands, binding="structure"))
    return found if found and found.status == "holds" else None


def _find_met(question: Question, limit: Fraction) -> Trial | None:
    """The first reading that holds, with the chance of all tried so far; None where that is more than a limit."""
    chance = Fraction(0)
    for trial in chain.from_iterable(read(question) for read in READINGS):
        chance += trial.chance
        if chance > limit:
            return None
        if trial.holds:
            return msgspec.structs.replace(trial, chance=chance)
    return None


def _ask(book: Book, judgement: Judgement) -> Question | None:
    """A relation as it is read again; None for bounds, what is told twice, and cells."""
    formula = judgement.form.parsed
    if formula is None or formula.bound or formula.is_stepped or isinstance(formula.left, Role):
        return None
    claims = find_claims(book, judgement.relation)
    case = read_case(judgement.relation, judgement.form, formula)
    if not claims or case.stated is None or not case.stated.raw:
        return None
    roles = [role for role, _ in judgement.relation.operands]
    kinds = {role: (claim.base_unit, claim.kind) for role, claim in zip(roles, claims, strict=True)}
    near = [one for one in list_around(book, claims) if not any(_is_misprint_of(book, one, claim) for claim in claims)]
    if formula.text == SUM:
        own = frozenset(one.id for one in claims)
        near = [one for one in near if not is_settled(book, one, own)]
    around = {role: [book.amount(one) for one in near if (one.base_unit, one.kind) == kinds[role]] for role in kinds}
    return Question(case, case.stated, roles[0], kinds, around)


def _is_misprint_of(book: Book, one: Claim, claim: Claim) -> bool:
    """Whether two numbers are one figure told twice, once with a misprint: that is no other reading."""
    if not claim.metric or one.id == claim.id or (one.base_unit, one.kind) != (claim.base_unit, claim.kind):
        return False
    if normalize_name(one.metric or "") != normalize_name(claim.metric) or one.period != claim.period:
        return False
    return are_miswritten(book.amount(one), book.amount(claim))


# ── ways to read a relation ──────────────────────────────────────────────────────────────────────────────────────────


def _exchange_stated(question: Question) -> Iterator[Trial]:
    """Another number in question; a rate is what its words say, so that only sums and differences may be another's."""
    if question.case.formula.coefficients is None:
        return
    wanted = find_range(question.case.formula, question.hulls)
    for one in _leave_out_slips(question.stated, question.around[question.subject_role]):
        yield Trial(one.rounded.meets(wanted), _measure_chance(one, wanted))


def _exchange_one(question: Question) -> Iterator[Trial]:
    """Another number for each of the others."""
    counts: Counter[str] = Counter()
    told, hulls, rests = question.others, question.hulls, Rests()
    for at, (role, amount) in enumerate(told):
        wanted = _solve(question, hulls, role, counts[role], rests)
        counts[role] += 1
        for one in _leave_out_slips(amount, question.around[role]):
            others = (*told[:at], (role, one), *told[at + 1 :])
            yield Trial(one.rounded.meets(wanted), _measure_chance(one, wanted), others)


def _solve(
    question: Question, hulls: Mapping[str, Sequence[Interval]], role: str, at: int, rests: Rests | None = None
) -> Interval:
    """What a number would have to be."""
    formula = question.case.formula
    return find_allowed(formula, question.stated.rounded, (role, at), hulls, rests)


def _leave_out_slips(amount: Amount, candidates: Iterable[Amount]) -> Iterator[Amount]:
    """Some numbers without those that a slip of the pen makes of another."""
    slips = {slip.as_integer_ratio() for slip in list_slips(amount)}
    return (one for one in candidates if (one.exact / amount.factor).as_integer_ratio() not in slips)


def _measure_chance(one: Amount, wanted: Interval) -> Fraction:
    """How likely a number of the size of one lies in an interval by chance: its width by their size."""
    if wanted.low is None or wanted.high is None or not one.exact:
        return Fraction(1)
    width = wanted.high - wanted.low + _measure_width(one)
    return min(Fraction(1), width / abs(one.exact))


def _measure_width(one: Amount) -> Fraction:
    """How wide the digits of a number leave it."""
    if one.rounded.low is None or one.rounded.high is None:
        return abs(one.exact)
    return one.rounded.high - one.rounded.low


def _take_nearest(question: Question) -> Iterator[Trial]:
    """The last numbers in front of a rate, one for each role, in any order: those of its own clause."""
    yield from _take_two(question, lambda role: _list_nearest(question, role))


def _list_nearest(question: Question, role: str) -> list[Amount]:
    in_front = (amount for amount in _list_pool(question, role) if amount.start < question.stated.start)
    return sorted(in_front, key=lambda amount: -amount.start)[:NEAREST]


def _take_any(question: Question) -> Iterator[Trial]:
    """Any two numbers around."""
    yield from _take_two(question, lambda role: _list_pool(question, role))


def _list_pool(question: Question, role: str) -> list[Amount]:
    """The numbers that may be of a role: those of the relation of its kind, and those around it that are no slips."""
    told = [amount for one, amount in question.others if question.kinds[one] == question.kinds[role]]
    near: Iterable[Amount] = question.around[role]
    for amount in told:
        near = _leave_out_slips(amount, near)
    return list({amount.start: amount for amount in (*told, *near)}.values())


def _take_two(question: Question, pool: Callable[[str], list[Amount]]) -> Iterator[Trial]:
    """Two numbers of the pools of their roles, where the formula has two."""
    pair = _find_pair(question)
    if pair is None:
        return
    (one, first), (two, second) = pair
    for left, right in product(pool(one), pool(two)):
        if left.start != right.start and (left, right) != (first, second):
            wanted = _solve(question, {one: [left.rounded], two: [second.rounded]}, two, 0)
            yield Trial(right.rounded.meets(wanted), _measure_chance(right, wanted), ((one, left), (two, right)))


def _find_pair(question: Question) -> list[tuple[str, Amount]] | None:
    """The two numbers of a formula that has two of one unit, by role."""
    told = question.others
    if len(told) != 2 or told[0][0] == told[1][0] or told[0][1].base != told[1][1].base:
        return None
    return told


def _go_on(question: Question) -> Iterator[Trial]:
    """The next numbers behind the parts of a sum, as far as the list may go on: it is where a list was cut short."""
    if question.case.formula.text != SUM:
        return
    told = question.others
    end = max(amount.start for _, amount in told)
    behind = sorted((one for one in question.around["part"] if one.start > end), key=lambda one: one.start)
    gap = question.stated.exact - sum(amount.exact for _, amount in told)
    for length in range(1, min(len(behind), FURTHER) + 1):
        taken = behind[:length]
        slack = sum(map(_measure_width, (question.stated, *(amount for _, amount in told), *taken)))
        holds = 2 * abs(gap - sum(one.exact for one in taken)) <= slack
        chance = _measure_gap_chance(gap / question.stated.factor, slack / question.stated.factor)
        # A round number with its decimals (80.0) is as telling as another.
        chance = min(chance, slack / abs(gap)) if slack and gap else chance
        yield Trial(holds, chance, (*told, *(("part", one) for one in taken)))


def _change_parts(question: Question) -> Iterator[Trial]:
    """Fewer parts of a sum (one, two neighbours, its first or last ones), or one more."""
    if question.case.formula.text != SUM:
        return
    parts = [one.exact for one in question.case.others["part"]]
    left_out = [*parts, *(one + two for one, two in pairwise(parts)), *accumulate(parts), *accumulate(reversed(parts))]
    taken_in = [one.exact for one in question.around.get("part", ())]
    yield from _try_changes(question, [*(-one for one in left_out), *taken_in])


def _replace_parts(question: Question) -> Iterator[Trial]:
    """Another number for one of the parts of a sum, of whatever size."""
    if question.case.formula.text == SUM:
        taken_in = [one.exact for one in question.around.get("part", ())]
        parts = [one.exact for one in question.case.others["part"]]
        yield from _try_changes(question, [one - part for one in taken_in for part in parts])


def _try_changes(question: Question, changes: Sequence[Fraction]) -> Iterator[Trial]:
    """Each of some changes of a sum, by how much it would have to change."""
    parts = question.case.others["part"]
    gap = question.stated.exact - sum(one.exact for one in parts)
    slack = _measure_width(question.stated) + sum(map(_measure_width, parts))
    chance = _measure_gap_chance(gap / question.stated.factor, slack / question.stated.factor)
    for change in changes:
        yield Trial(2 * abs(gap - change) <= slack, chance)


def _measure_gap_chance(gap: Fraction, slack: Fraction) -> Fraction:
    """How likely a number is a gap by chance; round numbers meet round gaps: 100 is one of nine, 126 one of 900."""
    if not gap:
        return Fraction(1)
    digits = write_number(abs(gap), PRECISE).replace(".", "").strip("0")
    return min(Fraction(1), max(slack / abs(gap), Fraction(1, int(digits))))


# The surest ones first.
READINGS: Sequence[Callable[[Question], Iterator[Trial]]] = (
    _go_on,
    _take_nearest,
    _exchange_stated,
    _exchange_one,
    _change_parts,
    _take_any,
    _replace_parts,
)
