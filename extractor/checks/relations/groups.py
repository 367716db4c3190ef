"""What a total with its parts is, and what the words of a list say of how complete it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.model import Binding, Claim

WORDS = "relations/parts"
NOTHING = exact(0)
# The patterns of words that open a list of parts, and of those that hand a total on to the items below it.
OPENER, HANDS_ON, HEADED = "claims/links.opener", f"{WORDS}.hands_on", f"{WORDS}.headed"
# The pattern of a last part that takes in whatever is left.
REST = f"{WORDS}.rest"
# What no words tie together but arithmetic.
RUN = "checks/sum.run"
# A total stands among so many amounts of its section in front of its first part: the two sentences before.
NEAREST = 8
# Parts of a division that is told across clauses stand within so many claims of one another: a paragraph of them.
TOGETHER = 12


class Group(Struct, frozen=True):
    """A total and its parts; ``complete`` says that nothing is left beside them, ``bound`` that the text links them.

    ``binding`` is ``words`` where words open the list, ``structure`` where it stands below its total or goes on behind
    it, ``identity`` where the names of total and parts say so. ``pattern`` is the one by which they were found.
    """

    whole: Claim
    parts: tuple[Claim, ...]
    complete: bool
    bound: bool
    binding: Binding
    pattern: str
    linked: bool = False
    """Whether words of the text, not only names, make the parts those of the total."""
    is_usual: bool = False
    """Whether such parts leave nothing out in most reports."""


expression = partial(patterns.fragment, WORDS)
"""One of the fragments of ``patterns/relations/parts``."""


@cache
def list_words(name: str) -> tuple[str, ...]:
    """One of the lists of words of ``patterns/relations/parts``."""
    return tuple(patterns.lexicon(WORDS)[name])


def is_average(claim: Claim) -> bool:
    """Whether a number is an average or a rate, of which parts do not add up."""
    metric = claim.metric or ""
    return any(map(metric.__contains__, list_words("average")))


def has_rest(parts: Sequence[Claim]) -> bool:
    """Whether a list ends in what is left: 其他收入, 基础设施及其他用地."""
    if len(parts) < 2:
        return False
    last = parts[-1].metric or ""
    return last.startswith(list_words("rest")) or bool(expression("rest_within").search(last))


def has_all_grades(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether parts are what a total has in each of the grades that its name takes in: 省级以上公园，国家级、省级."""
    found = expression("from_grade").search(whole.metric or "")
    if found is None:
        return False
    grades = list_words("grades")
    wanted = grades[: grades.index(found["grade"]) + 1]
    return sorted(part.metric or "" for part in parts) == sorted(grade + found["what"] for grade in wanted)


def has_complete_words(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the words that open a list, or the shares of its parts, say that it is complete."""
    if len(parts) < 2:
        return False
    opener = book.text[whole.end : parts[0].start]
    if any(map(opener.__contains__, list_words("complete"))) or expression("divides_all").search(opener):
        return True
    return _has_all_shares(book, whole, parts)


def _has_all_shares(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether every part has a share of the whole, and the shares make it up."""
    start = parts[0].start
    shares = [claim for claim in book.shares.get(whole.id, ()) if claim.start > start]
    shared = {claim.metric for claim in shares}
    if any(part.metric not in shared for part in parts):
        return False
    amounts = [book.amount(claim).rounded for claim in shares]
    return total(amounts).may_be(1)


def read_amounts(book: Book, group: Group) -> tuple[Amount, list[Amount]]:
    """The amounts of a group: its total and its parts."""
    return book.amount(group.whole), [book.amount(part) for part in group.parts]


def has_full_sum(book: Book, group: Group) -> bool:
    """Whether the parts are the total, as far as their digits tell."""
    whole, parts = read_amounts(book, group)
    return whole.rounded.meets(total(part.rounded for part in parts))


def split_list(whole: Interval, parts: Sequence[Interval]) -> tuple[list[slice], bool]:
    """Where the lists stand, one behind the other, that each make a total up: 男5、女4；党员6、团员3; and if all do."""
    found: list[slice] = []
    start, summed = 0, NOTHING
    for end, part in enumerate(parts, 1):
        summed += part
        if end - start > 1 and whole.meets(summed):
            found.append(slice(start, end))
            start, summed = end, NOTHING
    return found, start == len(parts)
