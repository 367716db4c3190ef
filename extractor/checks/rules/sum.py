"""Parts against their total: complete lists add up to it, other lists do not exceed it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import accumulate

import msgspec

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import add_up
from extractor.amounts.misprints import (
    count_digits,
    is_digit_off,
    is_miswritten,
    is_one_digit_off,
    is_rounded_stroke,
    is_slip,
    is_stroke,
)
from extractor.amounts.names import normalize_name
from extractor.checks.engine.judge import find_fitting, has_failed
from extractor.checks.engine.remarks import soften
from extractor.checks.engine.rule import NAMED, SILENT, TOLD, Operands, Relation, Severity
from extractor.checks.engine.slips import measure_gap
from extractor.checks.narrative.adjusted import find_adjusted
from extractor.checks.narrative.chains import Chain, find_chains, is_called
from extractor.checks.narrative.closed_shares import find_closed_shares
from extractor.checks.narrative.counters import find_counted_otherwise
from extractor.checks.narrative.full_sides import is_full_side, is_of_side
from extractor.checks.narrative.growing_runs import find_growing_runs
from extractor.checks.narrative.level_sums import find_level_sums
from extractor.checks.narrative.moving import find_moving_runs
from extractor.checks.narrative.reckonings import find_reckonings
from extractor.checks.narrative.runs import find_runs
from extractor.checks.narrative.summed import find_summed, list_columns
from extractor.checks.relations.beginnings import take_beginning
from extractor.checks.relations.borne_out import is_borne_out
from extractor.checks.relations.budgets import Budget, find_budgets
from extractor.checks.relations.groups import NEAREST, Group, has_all_grades, read_amounts, split_list
from extractor.checks.relations.habits import Kind, name_list
from extractor.checks.relations.joint_shares import JointShares, find_joint_shares
from extractor.checks.relations.lists import ClosedList, find_lists
from extractor.checks.relations.nets import Net, read_net
from extractor.checks.relations.part_changes import PartChanges, find_part_changes
from extractor.checks.relations.parts import find_groups
from extractor.checks.relations.rests import (
    are_alike,
    are_all_whole,
    are_missing,
    are_of_accounts,
    is_even,
    is_large_rest,
    is_left_open,
    leaves_rest,
    may_be_rest,
)
from extractor.checks.relations.settlements import find_settlements
from extractor.checks.relations.unpadded import read_unpadded
from extractor.checks.statements.listed_totals import ListedTotal, find_listed_totals, mend_told
from extractor.model import Claim

RULE = "sum"
# A list that adds up so many times in a document leaves nothing out anywhere in it.
LISTED_OFTEN = 3
# Lists of all kinds are whole in a document in which so many add up, and all but the one in question.
MANY = 4
# Sides of a division that nothing ties to the number in front of them are one digit away from it by chance in one case
# of so many at most.
SELDOM = 200
# That no parts are more than their total needs no further sign: a slip may be met by chance in one case of so many.
CERTAIN = 8
# So many amounts in front of a list may be what it is of: more would be met by chance.
NEARER = 2
# Two numbers in front of a total may be parts of what is told of it.
FEWEST = 3
# Names with so many last characters in common are of one thing at any level: 资本经营支出.
HEAD = 6
# What a side lacks is little beside it.
LITTLE = Fraction(1, 100)
# A number of more digits than this is hardly the sum of some others by chance.
TELLING = 3
# A rest of fewer units of the last digit is met by a slip by chance: one of five numbers of two digits is.
LEAST_STEPS = 1000
# That a list is one digit of such a place off is so by chance in one case of so many, whatever it may leave out; where
# it leaves nothing out, a lower place says as much.
UNLIKELY, SELDOM_LEFT = 1000, 100
# Lists in front of a total that no words add up are meant so if so many are in a document.
HABIT = 2


def find(book: Book) -> Iterator[Relation]:
    """Every total with the parts that the text gives it, by each way in which it does."""
    for group in (*find_groups(book), *list_columns(book)):
        yield from propose_parts(book, group)
    yield from (_propose_list(book, closed) for closed in find_lists(book))
    for group in find_counted_otherwise(book):
        summed = msgspec.structs.replace(_propose_sum(book, group), otherwise=SILENT)
        yield _rename(summed, "within") if has_failed(summed) else summed
    for shared in find_closed_shares(book):
        operands = _add_up(book.amount(shared.whole), [book.amount(part) for part in shared.parts])
        yield Relation(RULE, "total", operands, severity="warning", binding="words", link=TOLD)
    yield from _propose_shared(book)
    yield from _propose_chains(book)
    for run in find_runs(book):
        parts = [book.amount(part) for part in run.parts]
        yield Relation(RULE, "run", _add_up(book.amount(run.total), parts), otherwise=SILENT)
    for grown in find_growing_runs(book):
        operands = _add_up(grown.total.amount, [part.amount for part in grown.parts])
        yield Relation(RULE, "run", operands, otherwise=SILENT)
    yield from _propose_moves(book)
    for listed in find_listed_totals(book):
        yield from _propose_items(book, listed)
    for levels in find_level_sums(book):
        operands = _add_up(book.amount(levels.whole), [book.amount(part) for part in levels.parts])
        yield Relation(RULE, "levels", operands, evidence=(levels.pattern,), otherwise=SILENT)
    for left in find_reckonings(book):
        operands = _sign(book, left.whole, left.added, left.taken)
        yield Relation(RULE, "reckoned", operands, otherwise=SILENT if left.is_open else TOLD)
    for found, settled in find_settlements(book):
        yield Relation(RULE, "settled", (("total", book.amount(found)), ("part", book.amount(settled))))


def _add_up(whole: Amount, parts: Sequence[Amount]) -> Operands:
    return (("total", whole), *(("part", part) for part in parts))


# ── lists that words, names or places make ───────────────────────────────────────────────────────────────────────────


def propose_parts(book: Book, group: Group) -> Iterator[Relation]:
    """A total as the sum of its parts; where they are not, what may be said of a list that may be incomplete."""
    summed = _propose_sum(book, group)
    net = read_net(book, group)
    first = take_beginning(book, group) if has_failed(summed) else None
    if not has_failed(summed):
        yield summed
    elif first:
        yield _propose_sum(book, first)
    elif net and (net.taken or has_failed(_rename(summed, "within"))):
        yield from _propose_net(book, group, net)
    elif group.bound:
        yield from _explain_gap(book, group, summed)
    elif _is_divided_but_for_slip(book, group):
        yield msgspec.structs.replace(_rename(summed, "slip", severity="warning"), binding="identity")


def _is_divided_but_for_slip(book: Book, group: Group) -> bool:
    """Whether one wrong digit explains that all sides of a division are not the number in front of them."""
    if not group.complete or len(group.parts) < 2 or is_left_open(book, group):
        return False
    whole, parts = read_amounts(book, group)
    return is_stroke(whole, parts, SELDOM) or is_one_digit_off(whole, parts, SELDOM_LEFT)


def _propose_sum(book: Book, group: Group) -> Relation:
    whole, parts = read_unpadded(book, group)
    return Relation(
        RULE,
        "total" if len(parts) > 1 else "only",
        _add_up(whole, parts),
        severity=_find_severity(group, whole, parts),
        binding=group.binding,
        evidence=(group.pattern,),
        link=_find_link(group, whole, parts),
    )


def _find_severity(group: Group, whole: Amount, parts: Sequence[Amount]) -> Severity:
    """How loud a list is that does not add up: what words hand on to it as an error, but if it is of other numbers."""
    vague = any(amount.vague for amount in (whole, *parts))
    return "error" if group.linked and not vague and not _are_named_far(group, whole, parts) else "warning"


def _find_link(group: Group, whole: Amount, parts: Sequence[Amount]) -> str | None:
    """How the parts of a whole list were found: by words; by words that name all sides that the figure has."""
    if not group.complete:
        return None
    if are_of_accounts(group):
        return NAMED
    if has_all_grades(group.whole, group.parts):
        return TOLD
    return TOLD if are_alike(whole, parts) else None


def _are_named_far(group: Group, whole: Amount, parts: Sequence[Amount]) -> bool:
    return are_of_accounts(group) and not are_alike(whole, parts)


def _propose_net(book: Book, group: Group, net: Net) -> Iterator[Relation]:
    """A total as one side less the other; what more sides do not give may leave some of them out."""
    if net.added and net.taken:
        operands = _sign(book, group.whole, net.added, net.taken)
        yield Relation(RULE, "net", operands, otherwise=TOLD if net.is_plain and group.bound else SILENT)


def _explain_gap(book: Book, group: Group, summed: Relation) -> Iterator[Relation]:
    """Why a list that the text binds to its total is not that: parts that are missing, a slip, or a list left open."""
    if is_left_open(book, group):
        yield from _propose_bound(book, group, summed)
    else:
        yield from _explain_whole(book, group, summed)


def _explain_whole(book: Book, group: Group, summed: Relation) -> Iterator[Relation]:
    """Why a list that no word leaves open is not its total."""
    whole, parts = read_amounts(book, group)
    several = len(parts) > 1
    is_near = several and is_slip(whole, parts) and _is_no_rest(book, group, whole, parts)
    nearer = _find_slipped(book, group, parts) if several and not is_near else None
    other = _find_fitting_total(book, group, summed) if several else None
    if is_full_side(book, group):
        yield msgspec.structs.replace(summed, binding="structure", severity="warning", link=TOLD)
    elif other:
        yield other
    elif several and are_missing(whole, parts):
        yield _rename(summed, "total", reason="parts_missing")
    elif nearer:
        yield _rename(msgspec.structs.replace(summed, operands=_add_up(nearer, parts)), "slip", severity="warning")
    elif group.complete:
        yield summed
    elif is_near or _is_likely_slip(book, group, whole, parts) or (several and is_borne_out(book, group)):
        link = TOLD if is_stroke(whole, parts) else None
        yield msgspec.structs.replace(_rename(summed, "slip", severity="warning"), link=link)
    elif several and (_has_wrong_digit(whole, parts) or _is_habit(book, group, may_be_rest=may_be_rest(whole, parts))):
        yield msgspec.structs.replace(summed, binding="structure", link=None)
    else:
        yield from _propose_bound(book, group, summed)


def _is_no_rest(book: Book, group: Group, whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a list that a slip explains leaves nothing out; a rest of a few last digits is met by chance."""
    if leaves_rest(book, group, whole, parts):
        return False
    rest = whole.exact - sum(part.exact for part in parts)
    is_little = 0 < rest < LEAST_STEPS * min(amount.step for amount in (whole, *parts))
    return not (is_little and group.linked) or _is_habit(book, group, may_be_rest=False)


def _is_habit(book: Book, group: Group, *, may_be_rest: bool) -> bool:
    """Whether a list adds up elsewhere in the document, often enough where it might leave something out here."""
    if patterns.fragment(f"checks/{RULE}", "from_grade").search(group.whole.metric or ""):
        return False
    return book.view(_count_habits)[name_list(group)] >= (LISTED_OFTEN if may_be_rest else 1)


def _count_habits(book: Book) -> Counter[Kind | None]:
    """How many lists of each kind add up, no more apart than one of their last digit."""
    lists = (group for group in find_groups(book) if len(group.parts) > 1 and group.bound)
    found = Counter(name_list(group) for group in lists if is_even(*read_amounts(book, group)))
    del found[None]
    return found


def _has_wrong_digit(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether parts are more than their total, which no list may be, and one digit explains it."""
    summed = sum(part.exact for part in parts)
    return summed > whole.exact and is_rounded_stroke(whole, parts, CERTAIN)


def _is_likely_slip(book: Book, group: Group, whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a misprint explains a list that leaves nothing out in most reports, or elsewhere in this one."""
    if len(parts) == 1:
        return book.view(_are_only_parts_whole) and is_stroke(whole, parts)
    if is_one_digit_off(whole, parts, UNLIKELY) and not is_large_rest(whole, parts):
        return True
    if group.is_usual or is_of_side(book, group):
        is_whole = _is_habit(book, group, may_be_rest=False) and is_digit_off(whole, parts)
        return is_whole or is_rounded_stroke(whole, parts, CERTAIN)
    is_whole = _is_habit(book, group, may_be_rest=False) or are_all_whole(book, group)
    is_whole = is_whole or book.view(_are_lists_whole)
    return is_whole and is_stroke(whole, parts)


def _are_lists_whole(book: Book) -> bool:
    """Whether all other lists of several parts add up, of whatever things they are."""
    return _are_all_even(book, [group for group in find_groups(book) if len(group.parts) > 1])


def _are_only_parts_whole(book: Book) -> bool:
    """Whether all other parts that are told alone are all of their totals."""
    return _are_all_even(book, [group for group in find_groups(book) if len(group.parts) == 1])


def _are_all_even(book: Book, groups: Sequence[Group]) -> bool:
    """Whether lists that words tie to their totals leave nothing out, though no words say so, but for one of them."""
    lists = (group for group in groups if group.bound and not group.complete and not group.whole.cell)
    even = [is_even(*read_amounts(book, group)) for group in lists]
    return sum(even) >= MANY and len(even) - sum(even) <= 1


def _find_slipped(book: Book, group: Group, parts: Sequence[Amount]) -> Amount | None:
    """A nearer total than the one that the list was tied to, of which the parts are one slip away."""
    before = book.find_levels_before(group.parts[0], NEARER)
    between = (book.amount(level) for level in reversed(before) if level.start > group.whole.start)
    fitting = (whole for whole in between if is_slip(whole, parts) and not may_be_rest(whole, parts))
    return next(fitting, None)


def _find_fitting_total(book: Book, group: Group, summed: Relation) -> Relation | None:
    """The parts as the sum of another number of the two sentences before, of which they hardly are by chance.

    Where their own total is but for one digit, another one is so to the last digit.
    """
    parts = summed.others
    is_near = is_one_digit_off(summed.subject, parts, SELDOM_LEFT)
    before = (book.amount(level) for level in reversed(book.find_levels_before(group.parts[0], NEAREST)))
    telling = (whole for whole in before if count_digits(f"{whole.value:f}") > TELLING)
    found = (_add_up(whole, parts) for whole in telling if not is_near or _is_just(whole, parts))
    return find_fitting(msgspec.structs.replace(summed, operands=operands, binding="guess") for operands in found)


def _is_just(whole: Amount, parts: Sequence[Amount]) -> bool:
    return whole.exact == add_up(part.exact for part in parts)


def _rename(relation: Relation, form: str, severity: Severity = "error", reason: str | None = None) -> Relation:
    """The same numbers in another relation."""
    return msgspec.structs.replace(relation, form=form, severity=severity, reason=reason)


def _propose_bound(book: Book, group: Group, summed: Relation) -> Iterator[Relation]:
    """What can be said of a list that may leave parts out: none of them exceeds the total, unless one is negative."""
    parts = summed.others
    if any(part.exact < 0 for part in parts):
        return
    single = (_take_part(summed, part) for part in parts)
    larger = next(filter(has_failed, single), None)
    if larger is not None:
        yield from _bind_front(summed, larger.others[0])
        if not _has_nearer_total(book, group, larger.others[0]):
            link = "told" if _opens_list(book, group, larger.others[0]) else None
            yield msgspec.structs.replace(larger, link=link)
    elif has_failed(_rename(summed, "overlap")):
        found = _divide_twice(summed) or _leave_out_nested(summed)
        yield from found or [_rename(summed, "overlap", reason="overlapping_parts")]
    else:
        yield _rename(summed, "within")


def _bind_front(summed: Relation, larger: Amount) -> Iterator[Relation]:
    """The parts in front of one that is more than their total, and where another list may begin, within it."""
    front = tuple(part for part in summed.others if part.start < larger.start)
    within = msgspec.structs.replace(_rename(summed, "within"), operands=_add_up(summed.subject, front))
    if front and not has_failed(within):
        yield within


def _divide_twice(summed: Relation) -> list[Relation]:
    """A list that is more than its total as the lists in it that each make it up; what is left is doubtful."""
    whole, parts = summed.subject, summed.others
    divisions, _ = split_list(whole.rounded, [part.rounded for part in parts])
    return [msgspec.structs.replace(summed, operands=_add_up(whole, parts[division])) for division in divisions]


def _leave_out_nested(summed: Relation) -> list[Relation]:
    """A list that is more than its total without what is in one of its parts: 甲3万元（乙1万元、丙2万元）；丁4万元."""
    others, nested = summed.others, set[int]()
    sums = [Fraction(), *accumulate(part.exact for part in others)]
    places = defaultdict[Fraction, list[int]](list)
    for at, told in enumerate(sums):
        places[told].append(at)
    for at, part in enumerate(others):
        ends = places[sums[at + 1] + part.exact]
        # One amount behind a part that is as much is a second one, not what is in it.
        end = bisect_left(ends, at + 3)
        nested |= set(range(at + 1, ends[end])) if end < len(ends) else set()
    parts = [part for at, part in enumerate(others) if at not in nested]
    relation = msgspec.structs.replace(summed, operands=_add_up(summed.subject, parts))
    return [relation] if len(parts) > 1 and not has_failed(relation) else []


def _take_part(relation: Relation, part: Amount) -> Relation:
    """One part that is no more than the total."""
    operands = _add_up(relation.subject, [part])
    return msgspec.structs.replace(relation, form="exceeds", operands=operands, severity="error", link=None)


def _opens_list(book: Book, group: Group, part: Amount) -> bool:
    """Whether words make a part one of its total, and nothing is told between the two."""
    if not group.linked or group.parts[0].sentence != group.whole.sentence:
        return False
    if patterns.fragment(f"checks/{RULE}", "apart").search(book.text, group.whole.end, group.parts[0].start):
        return False
    return book.find_index(group.parts[0]) - book.find_index(group.whole) == 1 and part.start == group.parts[0].start


def _has_nearer_total(book: Book, group: Group, part: Amount) -> bool:
    """Whether a nearer number in front could be what a part is of, so that the words do not tell."""
    first = group.parts[0]
    before = [level for level in book.find_levels_before(first, NEAREST) if level.id != group.whole.id]
    return any(
        level.sentence in (first.sentence, group.whole.sentence) and book.amount(level).exact >= part.exact
        for level in before
    )


def _propose_list(book: Book, closed: ClosedList) -> Relation:
    """A list that its words close; what tells the same people again need not add up, unless it is a slip."""
    whole = book.amount(closed.whole)
    parts = [book.amount(part) for part in closed.parts]
    is_repeated = _may_repeat(closed) and not is_slip(whole, parts)
    otherwise = SILENT if is_repeated else TOLD
    link = "told" if closed.is_bracket or _is_opened(book, closed) else "near"
    return Relation(RULE, "closed", _add_up(whole, parts), otherwise=otherwise, link=link)


def _is_opened(book: Book, closed: ClosedList) -> bool:
    """Whether a list opens right behind its total, and not behind words of another one: 558件，大专院校等分别为72件."""
    return bool(patterns.fragment(f"checks/{RULE}", "opened").match(book.text, closed.whole.end))


def _may_repeat(closed: ClosedList) -> bool:
    """Whether a bracket may tell people again by what they are: 男5人、女7人、党员3人."""
    if not closed.is_bracket:
        return False
    return closed.whole.dimension == "person"


def _propose_shared(book: Book) -> Iterator[Relation]:
    """Parts whose shares make up the whole make it up themselves, where no words say that they are its parts."""
    for joint in find_joint_shares(book):
        whole = joint.shares[0].whole
        if whole and _is_shared(joint, whole) and _is_of(book, joint, whole):
            parts = [book.amount(part) for part in joint.parts]
            otherwise = TOLD if joint.shares[0].binding == "words" else SILENT
            yield Relation(RULE, "shared", _add_up(book.amount(whole), parts), otherwise=otherwise)


def _is_shared(joint: JointShares, whole: Claim) -> bool:
    """Whether shares of one whole leave nothing of it out, and its parts are not told as such.

    Where no words name the whole, all shares have to be of it by their digits.
    """
    if not joint.are_whole or joint.parts[0].part_of:
        return False
    return joint.shares[0].binding == "words" or all(share.whole == whole for share in joint.shares)


def _is_of(book: Book, joint: JointShares, whole: Claim) -> bool:
    """Whether one share at least is what its part is of the whole; where none is, they are shares of another."""
    pairs = ((book.amount(share.claim).reach, book.amount(share.part).rounded) for share in joint.shares if share.part)
    return any(share.meets(part / book.amount(whole).rounded) for share, part in pairs)


def _propose_items(book: Book, listed: ListedTotal) -> Iterator[Relation]:
    """A total of the narrative as the sum of the items listed; a remark where an item differs from its own cell."""
    if listed.is_cell:
        return
    parts = [book.amount(item.claim) for item in listed.items]
    whole, *mended = mend_told(book, listed, [listed.total, *parts])
    form = "items" if len(parts) > 1 else "item"
    yield soften(Relation(RULE, form, _add_up(listed.total, parts)), _add_up(whole, mended), "follows")


# ── sides of a budget ────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_chains(book: Book) -> Iterator[Relation]:
    """Totals by what stands in front of them.

    A list that no words add up fails where such lists hold elsewhere, or where next to nothing is amiss; one whose
    words leave something out where such lists, all of them, leave out nothing elsewhere and one digit is amiss.
    """
    found = [(chain, [_relate_chain(book, chain, parts) for parts in chain.readings]) for chain in find_chains(book)]
    fitting = [find_fitting(relations) for _, relations in found]
    plain = [fits for (chain, _), fits in zip(found, fitting, strict=True) if fits and not chain.is_added]
    habit, lines = len(plain), {_find_line(book, fits.subject) for fits in plain if len(fits.others) >= FEWEST}
    is_whole = _leave_nothing_out([(chain, fits) for (chain, _), fits in zip(found, fitting, strict=True)])
    for (chain, relations), fits in zip(found, fitting, strict=True):
        if fits:
            yield fits
        elif chain.is_open:
            yield from (one for one in relations[:1] if is_whole and _is_amiss(one))
        elif chain.is_added or habit >= HABIT or _is_all_but(book, chain, relations[0], lines):
            yield relations[0]


def _leave_nothing_out(chains: Sequence[tuple[Chain, Relation | None]]) -> bool:
    """Whether several lists whose words leave something out are all of their totals, three of four at least."""
    told = [bool(fits) for chain, fits in chains if chain.is_open]
    return sum(told) >= FEWEST * max(1, len(told) - sum(told))


def _is_amiss(relation: Relation) -> bool:
    """Whether several numbers are more than their total, or one wrong digit explains why they are not just it."""
    whole, parts = relation.subject, relation.others
    if len(parts) < FEWEST or not has_failed(relation):
        return False
    return add_up(part.exact for part in parts) > whole.exact or is_digit_off(whole, parts)


def _is_all_but(book: Book, chain: Chain, relation: Relation, lines: Set[int]) -> bool:
    """Whether several numbers are all of a side but for one wrong digit, or nearly where such a list of its line is."""
    whole, parts = relation.subject, relation.others
    is_owned = any(part.part_of for part in chain.readings[0])
    if len(parts) < FEWEST and not is_owned:
        return _is_called_after(chain.readings[0][0], chain.total) and is_rounded_stroke(whole, parts, CERTAIN)
    if is_owned or not is_called(book, "whole", chain.total):
        return False
    is_near = measure_gap(whole.exact, add_up(part.exact for part in parts)) <= LITTLE
    return is_rounded_stroke(whole, parts, CERTAIN) or (is_near and _find_line(book, whole) in lines)


def _is_called_after(first: Claim, total: Claim) -> bool:
    """Whether a total is called all of what the first of its parts is: 支出9万元，调出资金3万元，支出合计12万元."""
    stem = patterns.fragment(f"checks/{RULE}", "in_all").split(normalize_name(total.metric or ""))[0]
    return len(stem) > 1 and normalize_name(first.metric or "").endswith(stem[-HEAD:])


def _find_line(book: Book, amount: Amount) -> int:
    return book.find_border_before(amount.start)


def _relate_chain(book: Book, chain: Chain, claims: Sequence[Claim]) -> Relation:
    whole, parts = book.amount(chain.total), [book.amount(claim) for claim in claims]
    summed = sum((part.exact for part in parts), Fraction(0))
    link = "told" if chain.is_added and (are_alike(whole, parts) or is_miswritten(whole, summed)) else None
    severity: Severity = "error" if chain.is_added and not chain.is_open else "warning"
    return Relation(RULE, "chain", _add_up(whole, parts), severity=severity, link=link)


# ── changes, and the budget of a year ────────────────────────────────────────────────────────────────────────────────


def _propose_moves(book: Book) -> Iterator[Relation]:
    """What changed, by the changes of its parts and by what was added and taken."""
    summed = find_summed(book)
    yield from (_propose_changes(book, changes) for changes in find_part_changes(book, summed))
    yield from (_propose_budget(book, budget) for budget in find_budgets(book))
    for one in find_adjusted(book):
        changes = ([one.base], [one.change]) if one.is_cut else ([one.base, one.change], [])
        yield Relation(RULE, "adjusted", _sign(book, one.whole, *changes))
    for moving in find_moving_runs(book):
        yield Relation(RULE, "moving", _sign(book, moving.whole, moving.along, moving.against), otherwise=SILENT)


def _propose_changes(book: Book, changes: PartChanges) -> Relation:
    """The change of a total as the changes of its parts, those that went the other way taken away."""
    operands = _sign(book, changes.whole, changes.along, changes.against)
    otherwise = TOLD if changes.is_definite else SILENT
    return Relation(RULE, "changes", operands, evidence=(changes.pattern,), otherwise=otherwise)


def _propose_budget(book: Book, budget: Budget) -> Relation:
    """全年预算: the budget at the beginning with what was added and without what was cut."""
    return Relation(RULE, "budget", _sign(book, budget.whole, [budget.base, *budget.added], budget.cut))


def _sign(book: Book, whole: Claim, parts: Sequence[Claim], minus: Sequence[Claim]) -> Operands:
    added = [("part", book.amount(part)) for part in parts]
    return (("total", book.amount(whole)), *added, *(("minus", book.amount(part)) for part in minus))
