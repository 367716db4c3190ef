"""Changes of a section that are the sum of changes told right behind them: found by arithmetic, as runs of levels are.

支出比上年增加105.77万元，主要是基本支出增加39.77万元，项目支出增加66万元: what grew is added, what fell is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import lcm

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks.narrative.walks import is_near
from extractor.checks.relations.completions import find_budgets
from extractor.checks.relations.part_changes import read_base
from extractor.model import Claim

# Points are of rates, which nothing adds up.
POINTS = "percentage_point"
SIGNS = {"increase": 1, "decrease": -1}
# So many last digits of a total are no chance in the run right behind it; in one that begins further on, or is of more
# changes than ``FEW``, more.
TELLING, CERTAIN, FEW = 100, 1000, 4
# A run begins at most so many changes behind its total, and has so many at most.
FARTHEST, LONGEST = 2, 14


class Term(Struct, frozen=True):
    """A change with its sign as whole steps of its line, and what the last digit of it is in them."""

    claim: Claim
    value: int
    step: int


class MovingRun(Struct, frozen=True):
    """The change of a total, the changes behind it that went along with it, and those against it."""

    whole: Claim
    along: tuple[Claim, ...]
    against: tuple[Claim, ...]


Owned = set[str]
"""The changes that are parts of another."""


def find_moving_runs(book: Book) -> Iterator[MovingRun]:
    """Every change of the narrative that changes behind it in its section add up to, all against one base."""
    for line in _sort_lines(book).values():
        owned: Owned = set()
        for at in reversed(range(len(line))):
            parts = _find_parts(line, at, owned)
            if parts:
                owned |= {part.claim.id for part in parts}
                yield _part_ways(line[at], parts)


def _sort_lines(book: Book) -> Mapping[object, Sequence[Term]]:
    """The exact changes of the narrative by section, unit and base; without one it has that of the one before."""
    lines: dict[object, list[Claim]] = {}
    bases: dict[object, str] = {}
    for claim in filter(lambda one: _is_told(book, one), book.claims):
        place = claim.section, claim.base_unit
        bases[place] = base = _name_base(claim) if claim.baseline else bases.get(place, "")
        lines.setdefault((*place, base), []).append(claim)
    return {key: list(_read_line(book, claims)) for key, claims in lines.items()}


def _read_line(book: Book, claims: Sequence[Claim]) -> Iterator[Term]:
    """Changes in steps of which all of them are whole numbers."""
    amounts = list(map(book.amount, claims))
    scale = lcm(*(amount.step.denominator for amount in amounts))
    for claim, amount in zip(claims, amounts, strict=True):
        yield Term(claim, SIGNS[claim.direction or ""] * int(amount.exact * scale), int(amount.step * scale))


def _name_base(change: Claim) -> str:
    """What a change is against, however it is said: a budget, a year that is named, or the year before."""
    budget = "-".join(sorted(find_budgets(change.baseline or "")))
    base = read_base(change)
    return budget or (base if base[:1].isdigit() else "")


def _is_told(book: Book, claim: Claim) -> bool:
    """Whether a claim is one exact amount by which something grew or fell."""
    if claim.kind != "change_amount" or not claim.is_one_told or claim.dimension == POINTS:
        return False
    return claim.direction in SIGNS and not book.amount(claim).vague


def _find_parts(line: Sequence[Term], at: int, owned: Owned) -> list[Term] | None:
    """The run behind a change that is its sum: of all changes, else of those that are no parts of others."""
    behind = [line[place] for place in range(at + 1, min(len(line), at + 1 + FARTHEST + LONGEST))]
    others = (line[place] for place in range(at + 1, len(line)) if line[place].claim.id not in owned)
    tops = list(islice(others, FARTHEST + LONGEST))
    for skipped, beside in product(range(FARTHEST + 1), (behind, tops)):
        parts = _add_up(line[at], beside[skipped : skipped + LONGEST])
        if parts and _is_telling(line[at], parts, CERTAIN if skipped or len(parts) > FEW else TELLING):
            return parts
    return None


def _is_telling(total: Term, parts: Sequence[Term], least: int) -> bool:
    """Whether the largest number of a run is so many of the last digits of its total."""
    return max(abs(one.value) for one in (total, *parts)) >= least * total.step


def _add_up(total: Term, beside: Iterable[Term]) -> list[Term] | None:
    """The changes up to the one with which they are the total, more than one of them."""
    value, step = 0, 0
    used: list[Term] = []
    for one in beside:
        value, step = value + one.value, step + one.step
        used.append(one)
        if len(used) > 1 and one.value and is_near(total.value, total.step, value, step):
            return used
    return None


def _part_ways(total: Term, parts: Sequence[Term]) -> MovingRun:
    along = tuple(one.claim for one in parts if one.value * total.value >= 0)
    against = tuple(one.claim for one in parts if one.value * total.value < 0)
    return MovingRun(total.claim, along, against)
