"""Totals that their parts make up, be it by the words and names of the text or by arithmetic alone.

What is told of such a total and of each of its parts goes together: growth, completion, change, structure.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.narrative.columns import find_columns
from extractor.checks.narrative.records import find_records
from extractor.checks.narrative.runs import Run, find_runs
from extractor.checks.relations.groups import RUN, Group, has_full_sum
from extractor.checks.relations.joint_shares import find_joint_shares
from extractor.checks.relations.parts import find_groups

# The pattern of words that divide a total told in front of them.
DIVIDES = "checks/sum.divides"
# The pattern of what a share is of.
SHARED = "checks/share.whole"


def find_summed(book: Book) -> tuple[Group, ...]:
    """Totals with parts that make them up: those of the text's words and names, and those of arithmetic alone."""
    return book.view(_find_summed)


def list_columns(book: Book) -> tuple[Group, ...]:
    """The columns of tables and of events that are told in words; read once a book."""
    return book.view(_find_columns)


def _find_columns(book: Book) -> tuple[Group, ...]:
    return *find_columns(book), *find_records(book)


def _find_summed(book: Book) -> tuple[Group, ...]:
    named = (*find_groups(book), *list_columns(book), *_list_shared(book))
    told = tuple(group for group in named if has_full_sum(book, group))
    known = {(group.whole.id, frozenset(part.id for part in group.parts)) for group in told}
    found = (run for run in find_runs(book) if (run.total.id, frozenset(part.id for part in run.parts)) not in known)
    return *told, *map(_make_group, found)


def _list_shared(book: Book) -> Iterator[Group]:
    """Totals that the shares of their parts make up."""
    for joint in find_joint_shares(book):
        whole = joint.shares[0].whole
        if whole and joint.are_whole and joint.shares[0].binding == "words":
            yield Group(whole, tuple(joint.parts), False, False, "structure", SHARED)


def _make_group(run: Run) -> Group:
    return Group(run.total, run.parts, False, False, "guess", DIVIDES if run.is_divided else RUN)
