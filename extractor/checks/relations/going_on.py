"""Parts that go on behind the ones that words link to a total, in its sentence and under names that end as theirs.

贷款余额90亿元，其中，住户贷款余额30亿元；企业贷款余额60亿元: behind the mark most sentences tell another total;
where all of them are of one thing it may be the next part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.groups import OPENER, Group
from extractor.model import Claim

# Names of one thing have so many last characters in common.
HEAD = 4


def find_going_on(book: Book, linked: Iterable[Group]) -> Iterator[Group]:
    """Each total with its linked parts and those that go on behind them; nothing but arithmetic says that all are."""
    for group in linked:
        behind = [] if group.complete or group.whole.cell else list(_list_behind(book, group))
        if behind:
            yield Group(group.whole, (*group.parts, *behind), True, False, "identity", OPENER)


def _list_behind(book: Book, group: Group) -> Iterator[Claim]:
    """The levels right behind a list in its sentence that are called as it and its total are, and are of none."""
    last = group.parts[-1]
    behind = book.find_between(last.end, last.sentence.end)
    levels = (one for one in behind if one.kind == "level" and one.base_unit == last.base_unit)
    return takewhile(lambda one: _goes_on(book, group, one), levels)


def _goes_on(book: Book, group: Group, one: Claim) -> bool:
    if one.part_of or one.role != group.parts[-1].role or is_origin(book, one):
        return False
    return len({(claim.metric or "")[-HEAD:] for claim in (group.whole, *group.parts, one)}) == 1
