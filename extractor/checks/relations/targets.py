"""Plans told twice: a list of what is to be done, and the plans beside the results of another section.

Two sections tell of the same plans where they agree on several of them; what else they call alike is then meant to be
one plan, in whatever order the words stand (新建公厕19座, 公厕计划新建19座).
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks.relations.clauses import find_namesakes, is_origin
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim

# Two sections tell of the same plans where so many are equal, beside the one in question: one may be so by chance.
AGREED = 2
Sections = frozenset[str | None]


class PlanPair(Struct, frozen=True):
    """A plan and what another section says of the same thing."""

    plan: Claim
    other: Claim

    @property
    def sections(self) -> Sections:
        """The sections of the two."""
        return frozenset((self.plan.section, self.other.section))

    @property
    def equal(self) -> bool:
        """Whether both are the same number."""
        return self.plan.base_value == self.other.base_value


def find_plan_pairs(book: Book) -> tuple[PlanPair, ...]:
    """Each plan with the one number of another section that has its name."""
    return book.view(_find_pairs)


def _find_pairs(book: Book) -> tuple[PlanPair, ...]:
    pairs = (_pair_plan(book, claim) for claim in book.claims if _is_plan(claim))
    return tuple(filter(None, pairs))


def _is_plan(claim: Claim) -> bool:
    """Whether a claim of the narrative is the named level of a plan."""
    if claim.cell or not claim.metric:
        return False
    if claim.role != "target":
        return False
    return claim.kind == "level"


def _pair_plan(book: Book, plan: Claim) -> PlanPair | None:
    """A plan with the one number elsewhere that has its name and its time."""
    others = [one for one in find_namesakes(book, plan) if not is_origin(book, one)]
    if len(others) != 1:
        return None
    other = others[0]
    return PlanPair(plan, other) if has_same_time(plan, other) else None


def has_agreement(book: Book, sections: Sections) -> bool:
    """Whether two sections tell of the same plans."""
    return book.view(_count_agreed)[sections] >= AGREED


def _count_agreed(book: Book) -> Counter[Sections]:
    """How many equal plans each two sections have in common."""
    equal = (pair for pair in find_plan_pairs(book) if pair.equal)
    return Counter(pair.sections for pair in equal)
