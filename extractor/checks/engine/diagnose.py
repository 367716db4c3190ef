"""One mistake, one finding: failing relations that share a number are told together, by the number to suspect.

Of the numbers of a group the suspect is the one of which another value mends most and breaks least. All failing
relations that it stands in are its finding, but for those that a slip in another number explains and the other value
does not mend: these tell of that number. What is left of the group is looked at again, so that one number that is wrong
does not hide another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec
from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.checks.engine.judge import Judgement
from extractor.checks.engine.lapses import Lapses
from extractor.checks.engine.prefer import SEVERITIES
from extractor.checks.engine.proposals import Proposal, choose_value, find_best, list_proposals
from extractor.checks.engine.solving import Spot, find_spot, list_spots, put

# Of a relation between more numbers only the one in question is suspected, and those that break another one too.
MOST_NUMBERS = 40
# A unit is rare beside one that stands so many times as often in what is checked.
RARE = 2

Touching = Mapping[Spot, Sequence[int]]
"""The numbers with the relations that they stand in, by their places in a list of judgements."""


class Diagnosis(Struct, frozen=True):
    """A number to suspect, the failing relations that it stands in, and what may have been meant, if anything.

    ``beside`` is another number that must be mended too for the relations to hold.
    """

    suspect: Amount
    failing: tuple[Judgement, ...]
    proposal: Proposal | None
    beside: Proposal | None = None


def diagnose(judgements: Sequence[Judgement], lapses: Lapses) -> list[Diagnosis]:
    """The mistakes that the failing relations show, in the order of the numbers to suspect."""
    failing = [at for at, one in enumerate(judgements) if is_told(one)]
    doctor = Doctor(judgements, failing, lapses)
    found = list(chain.from_iterable(map(doctor.part, doctor.group(failing))))
    return sorted(found, key=lambda one: find_spot(one.suspect))


def is_told(judgement: Judgement) -> bool:
    """Whether a relation fails and is no mere remark."""
    return judgement.status == "fails" and judgement.severity != "info"


class Doctor:
    """The judgements of a document by their numbers, and what was found out about each number."""

    def __init__(self, judgements: Sequence[Judgement], failing: Sequence[int], lapses: Lapses) -> None:
        self._judgements, self._lapses = judgements, lapses
        self._spots = {at: list_spots(judgements[at]) for at in failing}
        self._holding = self._find_holding(set(chain.from_iterable(self._spots.values())))
        told = {find_spot(amount): amount.unit for one in judgements for _, amount in one.relation.operands}
        self._units = Counter(told.values())
        self._best: dict[tuple[Spot, tuple[int, ...]], Proposal | None] = {}

    def _find_holding(self, suspects: set[Spot]) -> Mapping[Spot, list[Judgement]]:
        """The relations that hold, by those of their numbers that also stand in one that fails."""
        found: defaultdict[Spot, list[Judgement]] = defaultdict(list)
        for one in self._judgements:
            if one.status.startswith("holds"):
                for spot in suspects.intersection(list_spots(one)):
                    found[spot].append(one)
        return found

    def group(self, failing: Iterable[int]) -> Iterator[list[int]]:
        """Failing relations that share numbers with one another, in their order."""
        left = list(failing)
        touching = self._touch(left)
        seen: set[int] = set()
        for at in left:
            if at not in seen:
                group = self._reach(at, touching)
                seen |= group
                yield sorted(group)

    def _touch(self, failing: Iterable[int]) -> Touching:
        found: defaultdict[Spot, list[int]] = defaultdict(list)
        for at in failing:
            for spot in self._spots[at]:
                found[spot].append(at)
        return found

    def _reach(self, first: int, touching: Touching) -> set[int]:
        """All relations that are tied to one by numbers, and by numbers of these."""
        reached, ahead = {first}, [first]
        while ahead:
            near = set(chain.from_iterable(touching[spot] for spot in self._spots[ahead.pop()])) - reached
            reached |= near
            ahead += near
        return reached

    def part(self, group: list[int]) -> Iterator[Diagnosis]:
        """The mistakes of a group, those that explain most first."""
        ahead = [group]
        while ahead:
            left = ahead.pop()
            found = self._suspect(left)
            yield from self._set_apart(found, self._touch(left))
            told = set(map(id, found.failing))
            ahead += self.group(at for at in left if id(self._judgements[at]) not in told)

    def _set_apart(self, found: Diagnosis, touching: Touching) -> Iterator[Diagnosis]:
        """A mistake without the relations that tell of another number, what is mended first, and what those tell."""
        proposal = found.proposal
        if proposal is None:
            yield found
            return
        mended = {*map(id, proposal.mends)}
        left = [one for one in found.failing if id(one) not in mended]
        blamed = [] if proposal.breaks else [self._blame_another(one, proposal, touching) for one in left]
        others = [one for one in blamed if one]
        apart = {id(other.failing[0]) for other in others}
        failing = (*proposal.mends, *(one for one in left if id(one) not in apart))
        yield msgspec.structs.replace(found, failing=failing)
        yield from others

    def _blame_another(self, one: Judgement, mended: Proposal, touching: Touching) -> Diagnosis | None:
        """The only slip that mends a relation in another number of it: with the mended one as printed, or as meant."""
        spot = find_spot(mended.amount)
        for read, beside in ((one, None), (put(one, spot, mended.value), mended)):
            slips = [slip for other in list_spots(one) if other != spot for slip in self._list_slips(other, read)]
            if len(slips) == 1 and len(touching[find_spot(slips[0].amount)]) == 1:
                slip = msgspec.structs.replace(slips[0], mends=() if beside else (one,))
                return Diagnosis(slip.amount, (one,), slip, beside)
        return None

    def _list_slips(self, spot: Spot, judgement: Judgement) -> Iterator[Proposal]:
        """The slips of one number that mend a relation and break none."""
        amount = next(amount for _, amount in judgement.relation.operands if find_spot(amount) == spot)
        found = list_proposals(amount, [judgement], self._holding[spot])
        return (one for one in found if one.is_slip and not one.breaks)

    def _suspect(self, group: Sequence[int]) -> Diagnosis:
        """The number of a group to suspect: the one that another value mends best, else the one that breaks most."""
        touching = self._touch(group)
        spots = dict.fromkeys(chain.from_iterable(self._list_suspects(at, touching) for at in group))
        found = [one for spot in spots if (one := self._propose(spot, tuple(touching[spot])))]
        free = [one for one in found if not one.breaks]
        most = max((one.gain for one in free), default=0)
        best = find_best(free) or self._find_oddest(free) or find_best(one for one in found if one.gain > most)
        suspect = best.amount if best else self._find_unconfirmed(self._find_loudest(group, touching), touching)
        failing = tuple(self._judgements[at] for at in touching[find_spot(suspect)])
        return Diagnosis(suspect, failing, best)

    def _list_suspects(self, at: int, touching: Touching) -> list[Spot]:
        spots = self._spots[at]
        if len(spots) <= MOST_NUMBERS:
            return spots
        return [spots[0], *(spot for spot in spots[1:] if len(touching[spot]) > 1)]

    def _propose(self, spot: Spot, failing: tuple[int, ...]) -> Proposal | None:
        """The best other value of a number, sought once."""
        key = spot, failing
        if key not in self._best:
            self._best[key] = None
            with self._lapses.spare(self._judgements[failing[0]].relation.rule):
                self._best[key] = self._seek(spot, [self._judgements[at] for at in failing])
        return self._best[key]

    def _seek(self, spot: Spot, failing: Sequence[Judgement]) -> Proposal | None:
        amount = next(one for _, one in failing[0].relation.operands if find_spot(one) == spot)
        return choose_value(list_proposals(amount, failing, self._holding[spot]))

    def _find_oddest(self, found: Sequence[Proposal]) -> Proposal | None:
        """Of numbers of which each may be a slip in its unit the one whose unit is rare here: 元 among 万元."""
        slips = [one for one in found if one.is_slip]
        counts = [self._units[one.amount.unit] for one in slips]
        rarest = min(counts, default=0)
        odd = [one for one, count in zip(slips, counts, strict=True) if count == rarest]
        return odd[0] if len(odd) == 1 and rarest * RARE <= max(counts) else None

    def _find_loudest(self, group: Sequence[int], touching: Touching) -> Judgement:
        """The relation whose number in question breaks most relations, of these the loudest."""
        subjects = [self._judgements[at] for at in group]
        return max(subjects, key=lambda one: (len(touching[find_spot(one.relation.subject)]), rank_severity(one)))

    def _find_unconfirmed(self, judgement: Judgement, touching: Touching) -> Amount:
        """The number of a relation whose mending would break least of what holds; of several that in question."""
        subject = judgement.relation.subject
        told = {find_spot(amount): amount for _, amount in judgement.relation.operands}
        if len(told) > MOST_NUMBERS:
            return subject
        costs = {spot: self._measure_cost(amount, touching[spot]) for spot, amount in told.items()}
        known = {spot: cost for spot, cost in costs.items() if cost is not None}
        own = known.get(find_spot(subject))
        best = min(known, key=known.__getitem__, default=None)
        return subject if own is None or best is None or known[best] == own else told[best]

    def _measure_cost(self, amount: Amount, failing: Sequence[int]) -> tuple[int, int] | None:
        """How many equations and bounds would not hold with another number that mends something; None without one."""
        found = list_proposals(amount, [self._judgements[at] for at in failing], self._holding[find_spot(amount)])
        return min(map(_count_broken, found), default=None)


def _count_broken(proposal: Proposal) -> tuple[int, int]:
    """How many equations a proposal breaks, and how many bounds."""
    bounds = sum(map(_is_bound, proposal.breaks))
    return len(proposal.breaks) - bounds, bounds


def _is_bound(judgement: Judgement) -> bool:
    formula = judgement.form.parsed
    return formula is not None and formula.bound is not None


def rank_severity(judgement: Judgement) -> int:
    """How loud a failing relation is told."""
    return SEVERITIES.index(judgement.severity or SEVERITIES[0])
