"""Completion: how much of the budget or target that is named was reached."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, permutations, product
from operator import attrgetter

import msgspec

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import is_disjoint, measure_likeness, normalize_name
from extractor.checks.engine.judge import find_fitting, has_failed
from extractor.checks.engine.rule import NAMED, SILENT, TOLD, Operands, Relation
from extractor.checks.narrative.again import TERM, has_common
from extractor.checks.narrative.chains import Sides, find_sides
from extractor.checks.narrative.growing_runs import GrowingRun, find_growing_runs
from extractor.checks.narrative.summed import find_summed
from extractor.checks.relations.clauses import find_namesakes
from extractor.checks.relations.completions import (
    Completed,
    are_of_one_plan,
    find_budgets,
    find_completed,
    find_completion,
    is_beyond,
    is_completion,
)
from extractor.checks.relations.measured import find_measured
from extractor.checks.relations.restated_rates import RatedPair, find_rated_pairs
from extractor.checks.relations.targets import has_agreement
from extractor.checks.relations.times import has_same_year
from extractor.checks.statements.planned import find_planned_cells
from extractor.checks.statements.projects import ToldProject, find_told_projects
from extractor.model import Claim

RULE = "completion"
# The amounts of a completion stand among so many claims in front of it: the sentence before, and its own.
NEAREST = 6
# Numbers of fewer digits give a rate by chance.
TELLING = 3
# One of so many further in front gives a rate of so many digits by no chance.
FAR, CERTAIN = 24, 4
# The words that call a number a plan are so many characters in front of it: 全年调整后的预算数为.
CALLING = 12


def find(book: Book) -> Iterator[Relation]:
    """Each completion with what was done and the budget or target that it names, then those that belong together."""
    for at, claim in enumerate(book.claims):
        if is_completion(claim):
            found = _read_otherwise(book, at, claim, _propose(book, at, claim))
            yield found
            yield from _propose_misnamed(book, at, claim, found)
    for pair in find_rated_pairs(book):
        yield from _propose_same_target(book, pair)
    yield from (_propose_total(book, completed) for completed in find_completed(book, find_summed(book)))
    for told in find_told_projects(book):
        yield from _propose_sheet(book, told)
    for run in find_growing_runs(book):
        yield from _propose_run(book, run)
    for sides in find_sides(book):
        yield from _propose_sides(book, sides)


def _propose_sheet(book: Book, told: ToldProject) -> Iterator[Relation]:
    """The completion that the narrative tells of a project, by the amounts of its sheet: its head, its costs."""
    rate = None if told.is_budget else find_completion(book, told.claim)
    if rate is None:
        return
    project = told.project
    aimed, reached = project.costs
    for spent, budget in chain(((project.spent, project.budget),), product(reached, aimed)):
        if spent and budget:
            operands = (("rate", book.amount(rate)), ("actual", spent), ("budget", budget))
            yield Relation(RULE, "sheet", operands)


def _propose(book: Book, at: int, rate: Claim) -> Relation:
    """A completion of the nearest result, or of what that is a part of: 完成37.9亿元（其中本级5.9亿元）."""
    measured = find_measured(book, rate)
    if measured:
        return Relation(RULE, _choose_form(book, rate), _list_operands(book, rate, *measured))
    around = _find_in_front(book, at, rate)
    done = _find_done(around, rate)
    if done is None:
        return Relation(RULE, "unknown", (("rate", book.amount(rate)),), reason="no_budget")
    relation = _propose_done(book, around, rate, done)
    whole = next((one for one in around if one.id == done.part_of), None)
    if whole and (relation.reason or has_failed(relation)):
        wider = _propose_done(book, around, rate, whole)
        return wider if _is_better(around, relation, wider) else relation
    return relation


def _is_better(around: Sequence[Claim], relation: Relation, wider: Relation) -> bool:
    """Whether a whole is done as its rate says, or its plan is told with the same part: 预算9亿元（其中…）."""
    wholes = _list_wholes(around)
    are_alike = all(amount.operand.claim in wholes for role, amount in wider.operands if role != "rate")
    return not wider.reason and (not has_failed(wider) or (bool(relation.reason) and are_alike))


def _list_wholes(around: Sequence[Claim]) -> set[str | None]:
    """The numbers of which others around them are parts."""
    return {one.part_of for one in around}


def _propose_done(book: Book, around: Sequence[Claim], rate: Claim, done: Claim) -> Relation:
    """A completion by the plan in front of it, else by one of another section; unclear where none is told."""
    planned = list(filter(partial(_is_plan_of, book, done), around))
    if done.id in _list_wholes(around):
        planned = [one for one in planned if one.part_of is None] or planned
    if not planned:
        beyond = _propose_elsewhere(book, rate, done) or _propose_in_table(book, rate, done)
        return beyond or _leave_open(book, rate, done, "no_budget")
    plan = next(filter(partial(_is_meant, book, rate), planned), None)
    if plan is None:
        return _leave_open(book, rate, done, "other_budget")
    return Relation(RULE, _choose_form(book, rate), _list_operands(book, rate, done, plan))


def _read_otherwise(book: Book, at: int, rate: Claim, relation: Relation) -> Relation:
    """A relation; where it does not hold, the two numbers in front, one of its own sentence, that give the rate.

    A plan further in front gives by chance no rate of many digits.
    """
    is_telling = count_digits(rate.value) >= TELLING
    if not is_telling or not (relation.reason or has_failed(relation)):
        return relation
    around = [one for one in _find_in_front(book, at, rate) if count_digits(one.value) >= TELLING]
    pairs = [pair for pair in permutations(around, 2) if _may_be_rated(rate, *pair)]
    form = _choose_form(book, rate)
    read = (Relation(RULE, form, _list_operands(book, rate, *pair), binding="structure") for pair in pairs)
    return find_fitting(read) or find_fitting(_list_far(book, at, rate, form)) or relation


def _propose_misnamed(book: Book, at: int, rate: Claim, found: Relation) -> Iterator[Relation]:
    """A rate that calls its plan by one budget of its sentence and is that of the other: 完成年初预算的95%."""
    named = find_budgets(rate.baseline or "")
    told = [book.claim.get(amount.operand.claim or "") for amount in found.others]
    if not named or found.reason or has_failed(found) or len(told) != len(("actual", "budget")):
        return
    actual, plan = told
    used = _read_budgets(book, plan) if plan else set()
    if actual is None or not used or named & used:
        return
    for other in _find_in_front(book, at, rate):
        if other.sentence == rate.sentence and named & _read_budgets(book, other):
            relation = Relation(RULE, "misnamed", _list_operands(book, rate, actual, other), link=NAMED)
            if has_failed(relation):
                yield relation


def _read_budgets(book: Book, plan: Claim) -> set[str]:
    """Which of a year's budgets the words in front of a number say that it is."""
    first = max(plan.sentence.start, plan.start - CALLING)
    return find_budgets((plan.metric or "") + book.text[first : plan.start])


def _list_far(book: Book, at: int, rate: Claim, form: str) -> Iterator[Relation]:
    """A rate of many digits by the last number in front of it and each of its plans that are told further off."""
    done = next((one for one in _find_in_front(book, at, rate) if one.sentence == rate.sentence), None)
    if done is None or count_digits(rate.value) < CERTAIN or count_digits(done.value) < CERTAIN:
        return
    levels = book.told_levels.get(done.base_unit, [])
    end = bisect_left(levels, done.start, key=attrgetter("start"))
    for plan in reversed(levels[max(0, end - FAR) : end]):
        if _may_be_planned(book, done, plan):
            yield Relation(RULE, form, _list_operands(book, rate, done, plan), binding="identity")


def _may_be_planned(book: Book, done: Claim, plan: Claim) -> bool:
    """Whether a number may be the plan of what was done: of its side, year and scope, by a name like its own."""
    if plan.base_value == done.base_value or _is_of_other_side(book, done, plan) or not has_same_year(done, plan):
        return False
    names = normalize_name(done.metric or ""), normalize_name(plan.metric or "")
    return has_common(*names, TERM) and not is_disjoint(book.amount(done).scope, book.amount(plan).scope)


def _may_be_rated(rate: Claim, done: Claim, plan: Claim) -> bool:
    """Whether two numbers of one unit may be what was done, as a rate's sentence tells, and what it was to be."""
    return done.sentence == rate.sentence and done.base_unit == plan.base_unit and plan.start < done.start


def _leave_open(book: Book, rate: Claim, done: Claim, reason: str) -> Relation:
    """A completion whose plan is not told, and why."""
    return Relation(RULE, "given", _list_operands(book, rate, done), reason=reason)


def _find_done(around: Sequence[Claim], rate: Claim) -> Claim | None:
    """The nearest result of what a rate tells of."""
    for one in around:
        if one.role == "actual" and _is_of(one, rate):
            return one
    return None


def _is_plan_of(book: Book, done: Claim, one: Claim) -> bool:
    """Whether a number is planned in the unit, on the side of what was done, not for that of which this is a part."""
    if one.role == "actual" or one.base_unit != done.base_unit or _is_of_other_side(book, done, one):
        return False
    return done.part_of is None or one.start > book.claim[done.part_of].start


def _is_of_other_side(book: Book, done: Claim, one: Claim) -> bool:
    """Whether what was done is income and a number, or what that is a part of, expenditure, or the other way round."""
    sides = {_read_side(book, done), _read_side(book, one)} - {None}
    return len(sides) > 1


def _read_side(book: Book, claim: Claim) -> str | None:
    """The side of an account that a number is of, by its own words or by those of its total."""
    whole = book.claim.get(claim.part_of or "")
    side = claim.scope.side or (whole.scope.side if whole else None)
    return side.value if side else None


def _list_operands(book: Book, *claims: Claim) -> Operands:
    """The rate, what was done, and the plan where it is told."""
    roles = ("rate", "actual", "budget")[: len(claims)]
    return tuple((role, book.amount(claim)) for role, claim in zip(roles, claims, strict=True))


def _propose_elsewhere(book: Book, rate: Claim, done: Claim) -> Relation | None:
    """What was done by what another section says is to be done: a rate fails where the two tell of the same plans."""
    others = list(filter(partial(_is_before, done), find_namesakes(book, done)))
    if len(others) != 1 or find_budgets(rate.baseline or ""):
        return None
    plan = others[0]
    operands = _list_operands(book, rate, done, plan)
    form = "beyond_elsewhere" if is_beyond(book, rate) else "elsewhere"
    if has_agreement(book, frozenset((done.section, plan.section))):
        return Relation(RULE, form, operands, otherwise=TOLD)
    relation = Relation(RULE, form, operands, otherwise=SILENT)
    return None if has_failed(relation) else relation


def _propose_in_table(book: Book, rate: Claim, done: Claim) -> Relation | None:
    """What was done by what the statements have as its plan; of another of the year's budgets it is only confirmed."""
    cells = find_planned_cells(book, done)
    if len(cells) != 1:
        return None
    stage, plan = cells[0]
    named, told = find_budgets(rate.baseline or ""), find_budgets(stage)
    operands = (*_list_operands(book, rate, done), ("budget", plan))
    form = "beyond_elsewhere" if is_beyond(book, rate) else "elsewhere"
    relation = Relation(RULE, form, operands, otherwise=TOLD if named == told else SILENT)
    return None if relation.otherwise == SILENT and has_failed(relation) else relation


def _is_before(done: Claim, one: Claim) -> bool:
    """Whether a number stands in front of what was done and is another one."""
    if one.start >= done.start:
        return False
    return one.base_value != done.base_value


def _find_in_front(book: Book, at: int, rate: Claim) -> list[Claim]:
    """The levels in front of a rate in its section, the nearest first; none beyond another completion."""
    found: list[Claim] = []
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section != rate.section:
            break
        if one.kind == "completion" and found:
            break
        if _is_amount(one):
            found.append(one)
    return found


def _is_amount(claim: Claim) -> bool:
    """Whether a claim is a level that is no percentage."""
    if claim.kind != "level":
        return False
    return claim.dimension != "percent"


def _is_of(done: Claim, rate: Claim) -> bool:
    """Whether what was done is what the rate tells of; a sentence of its own may leave the metric out."""
    if done.sentence == rate.sentence or not rate.metric:
        return True
    return measure_likeness(done, rate) > 0


def _is_meant(book: Book, rate: Claim, plan: Claim) -> bool:
    """Whether a budget is the one that the rate names: 年初预算 is no 调整预算, and 预算 is any."""
    named = find_budgets(rate.baseline or "")
    told = _read_budgets(book, plan)
    if not named or not told:
        return True
    return bool(named & told)


def _choose_form(book: Book, rate: Claim) -> str:
    """Whether a rate is of the plan or of what was done beyond it."""
    return "beyond" if is_beyond(book, rate) else "given"


def _propose_same_target(book: Book, pair: RatedPair) -> Iterator[Relation]:
    """Two completions of one target whose amounts and rates imply different ones."""
    one, two = pair.first, pair.second
    if one.rate.raw == two.rate.raw or not _has_one_target(one.rate, two.rate):
        return
    claims = {"rate": two.rate, "actual": two.level, "earlier_rate": one.rate, "earlier_actual": one.level}
    operands = tuple((role, book.amount(claim)) for role, claim in claims.items())
    relation = Relation(RULE, "same_target", operands)
    if has_failed(relation):
        yield relation


def _has_one_target(one: Claim, two: Claim) -> bool:
    """Whether two rates are completions of what is called the same."""
    if not one.kind == two.kind == "completion":
        return False
    return one.baseline == two.baseline


def _propose_run(book: Book, run: GrowingRun) -> Iterator[Relation]:
    """The completion of a total by those of the levels that its digits and its growth say are its parts."""
    rate, *rates = (find_completion(book, one.level) for one in (run.total, *run.parts))
    parts = tuple((one.level, each) for one, each in zip(run.parts, rates, strict=True) if each)
    if rate and len(parts) == len(rates):
        completed = Completed(run.total.level, rate, parts, is_whole=False)
        yield msgspec.structs.replace(_propose_total(book, completed), otherwise=SILENT)


def _propose_total(book: Book, completed: Completed) -> Relation:
    """The completion of a total by the plans that it and its parts imply; 0 % done does not say of how much."""
    operands = [("rate", book.amount(completed.rate)), ("total", book.amount(completed.whole))]
    for part, rate in completed.parts:
        operands += [("part", book.amount(part)), ("part_rate", book.amount(rate))]
    is_told = completed.is_whole and all(book.amount(rate).exact for _, rate in completed.parts)
    return Relation(RULE, "of_total", tuple(operands), otherwise=TOLD if is_told else "other_budget")


def _propose_sides(book: Book, sides: Sides) -> Iterator[Relation]:
    """The completions of both totals of an account, which is balanced in its budget as in what was done."""
    income, outgo = find_completion(book, sides.income), find_completion(book, sides.expenditure)
    if not income or not outgo or not are_of_one_plan(income, outgo):
        return
    if book.amount(sides.income).exact == book.amount(sides.expenditure).exact:
        yield Relation(RULE, "sides", (("rate", book.amount(outgo)), ("earlier_rate", book.amount(income))))
