"""Plans told twice: a list of what is to be done, and the plans beside the results of another section.

Two sections tell of the same plans where they agree on several of them; what else they call alike is then meant to be
one plan, in whatever order the words stand (新建公厕19座, 公厕计划新建19座).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin, namesakes
from extractor.model import Claim

# So many equal plans make two sections tell of the same ones, beside the one in question.
AGREED = 2
Sections = frozenset[str | None]


class Pair(Struct, frozen=True):
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


def pairs(book: Book) -> tuple[Pair, ...]:
    """Each plan with the one number of another section that has its name."""
    return book.view(_pairs)


def _pairs(book: Book) -> tuple[Pair, ...]:
    return tuple(_each(book))


def _each(book: Book) -> Iterator[Pair]:
    for claim in book.claims:
        if claim.kind == "level" and claim.role == "target" and claim.metric and not claim.cell:
            others = [one for one in namesakes(book, claim) if not is_origin(book, one)]
            if len(others) == 1 and _same_time(claim, others[0]):
                yield Pair(claim, others[0])


def _same_time(one: Claim, two: Claim) -> bool:
    """Whether two claims speak of one time, as far as they tell."""
    first, second = ((claim.period.start, claim.period.end) if claim.period else (None, None) for claim in (one, two))
    return first == second or (None, None) in (first, second)


def agree(book: Book, sections: Sections) -> bool:
    """Whether two sections tell of the same plans."""
    return book.view(_agreed)[sections] >= AGREED


def _agreed(book: Book) -> Counter[Sections]:
    return Counter(pair.sections for pair in pairs(book) if pair.equal)
