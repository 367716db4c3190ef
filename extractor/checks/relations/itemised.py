"""Totals that a sentence hands on to a list (具体情况如下：), numbered or not, whose items begin with their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import msgspec
import regex

from extractor.amounts.book import Book
from extractor.amounts.misprints import is_digit_off, is_one_digit_off, is_rounded_stroke, is_stroke
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.complements import HEAD
from extractor.checks.relations.groups import (
    HEADED,
    Group,
    expression,
    has_full_sum,
    has_rest,
    is_average,
    read_amounts,
)
from extractor.model import Claim
from extractor.sections.markers import Marker, find_markers, read_marker

# A list of items with their reasons is no longer than this, and an item that is the last one is told within so much.
REACH, LAST = 6000, 160
# A list of two may be of anything; a total stands among so many numbers in front of its list.
FEWEST, NEAREST = 3, 8
# A list in a sentence is of so many; chance explains one by a wrong digit in one case of so many at most.
LONG, CERTAIN = 6, 8
# A list that differs by more from its total is one of something else.
LITTLE = Fraction(1, 5)
# What a list of main items leaves out is one digit of such a place by chance in one case of so many.
UNLIKELY = 1000

# Words that hand a total on reach so far around the one that all of them have.
BEFORE, BEHIND = 16, 80

Places = list[tuple[int, int]]


def find_itemised(book: Book) -> Iterator[Group]:
    """Each total with the first number of its unit in every item of the list that it is handed on to."""
    heads = [(match, _list_parted(book.text, match)) for match in _find_heads(book.text)]
    for match, items in heads:
        found = _find_fitting(book, match, items) if items else None
        if found:
            yield found
    yield from _find_told(book, [match for match, items in heads if match["called"] and not items])


def _list_parted(text: str, match: regex.Match[str]) -> Places:
    """Where the items are of a list that numbers or marks part."""
    return _list_items(text, match.end()) or _list_clauses(text, match)


def _find_heads(text: str) -> Iterator[regex.Match[str]]:
    """The words that hand a total on, looked for around those that all of them have."""
    search, behind = expression("headed").search, 0
    for handed in expression("handed").finditer(text):
        start = max(behind, handed.start() - BEFORE)
        match = search(text, start, handed.end() + BEHIND) if handed.start() >= behind else None
        if match:
            behind = match.end()
            yield match


def _list_items(text: str, at: int) -> Places:
    """Where the items of a numbered list are that begins at ``at``; none where no list does."""
    first = read_marker(text[at : at + LAST])
    if first is None or first.ordinal != 1:
        return []
    starts = [at + marker.start for marker in _count_up(find_markers(text[at : at + REACH]), first.family)]
    ends = [start for _, start in pairwise(starts)]
    return list(zip(starts, [*ends, starts[-1] + LAST], strict=True))


def _list_clauses(text: str, match: regex.Match[str]) -> Places:
    """The clauses that stand apart up to the end of a sentence, where words say that a list comes."""
    found = expression("clauses").match(text, match.end()) if match["some"] is None else None
    return found.spans("clause") if found else []


def _count_up(markers: Iterator[Marker], family: str) -> Iterator[Marker]:
    """The markers of a family from one on, up to the one that does not follow."""
    wanted = 1
    for marker in markers:
        if marker.family != family:
            continue
        if marker.ordinal != wanted:
            return
        wanted += 1
        yield marker


def _find_fitting(book: Book, match: regex.Match[str], items: Places) -> Group | None:
    """The one number in front that its list makes up; the only one where none is."""
    groups = [_make_group(match, whole, _find_parts(book, whole, items)) for whole in _list_totals(book, match.start())]
    listed = [group for group in groups if len(group.parts) == len(items) and _may_be_list(book, group, groups)]
    fitting = [group for group in listed if has_full_sum(book, group)]
    nearly = [group for group in listed if _may_be_whole(book, match, group) and _is_nearly(book, group)]
    return next(iter(fitting or (nearly if len(nearly) == 1 else ())), None)


# ── lists in a sentence ──────────────────────────────────────────────────────────────────────────────────────────────


def _find_told(book: Book, heads: Sequence[regex.Match[str]]) -> Iterator[Group]:
    """The totals that a long list makes up whose items stand one behind the other in a sentence.

    One that does not is wrong where a digit explains it, and it ends in what is left or others of its words make theirs
    up: 主要安排如下：….
    """
    groups = [(match[0], _list_groups(book, match)) for match in heads]
    fitting = [next((group for group in told if has_full_sum(book, group)), None) for _, told in groups]
    whole = {words for (words, _), fits in zip(groups, fitting, strict=True) if fits}
    for (words, told), fits in zip(groups, fitting, strict=True):
        wrong = (one for one in told if one.complete or words in whole)
        found = fits or next((one for one in wrong if _has_wrong_digit(book, one)), None)
        if found:
            yield found if fits else msgspec.structs.replace(found, complete=True)


def _list_groups(book: Book, match: regex.Match[str]) -> list[Group]:
    """The numbers in front of words that hand on, each with the amounts of the sentence behind them."""
    behind = book.claims[book.count_before(match.end()) :][:1]
    told = book.find_between(match.end(), behind[0].sentence.end) if behind else ()
    items = [(one.start, one.end) for one in told if one.kind == "level" and one.base_unit == behind[0].base_unit]
    groups = (_make_group(match, whole, _find_parts(book, whole, items)) for whole in _list_totals(book, match.start()))
    return [
        group
        for group in groups
        if len(group.parts) == len(items) >= LONG and group.whole.end > behind[0].sentence.start
    ]


def _has_wrong_digit(book: Book, group: Group) -> bool:
    whole, parts = read_amounts(book, group)
    return is_rounded_stroke(whole, parts, CERTAIN) or is_digit_off(whole, parts)


def _make_group(match: regex.Match[str], whole: Claim, parts: Sequence[Claim]) -> Group:
    """A list is whole where its head says nothing else, and of three items at least."""
    is_whole = match["some"] is None and not _tells_main(match) and len(parts) >= FEWEST
    return Group(whole, tuple(parts), is_whole or has_rest(parts), True, "structure", HEADED)


def _tells_main(match: regex.Match[str]) -> bool:
    """Whether a list is said to tell most of its total only."""
    return bool(expression("main").search(match["called"] or ""))


def _may_be_whole(book: Book, match: regex.Match[str], group: Group) -> bool:
    """Whether a list may be all of its total: one of main items by what it ends in, and but for one digit."""
    is_whole = has_rest(group.parts) and is_one_digit_off(*read_amounts(book, group), UNLIKELY)
    return is_whole or not _tells_main(match)


def _may_be_list(book: Book, group: Group, groups: Sequence[Group]) -> bool:
    """Whether items are amounts that make up a total; one amount alone is that of which several may tell again."""
    if sum(1 for part in group.parts if book.amount(part).exact) > 1:
        return True
    alike = [one for one in groups if len(groups) == 1 or _is_called_like(one.whole, one.parts)]
    return alike == [group] and group.whole.dimension == "money"


def _is_called_like(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the names of a total and of all its parts end in one word: 本年收入, 财政拨款收入, 其他收入."""
    return len({(one.metric or "")[-HEAD:] for one in (whole, *parts)}) == 1


def _is_nearly(book: Book, group: Group) -> bool:
    """Whether several parts are a total but for a little, or for a slip of the pen: a list that is whole, and wrong.

    What is a part itself is so only where its own parts give it, and what stands again among them is one of them.
    """
    whole, parts = read_amounts(book, group)
    amounts = [part.exact for part in parts]
    if len(amounts) < 2 or group.whole.part_of or whole.exact in amounts or not _is_of_one_kind(book, group):
        return False
    return abs(sum(amounts) - whole.exact) <= LITTLE * whole.exact or is_stroke(whole, parts)


def _is_of_one_kind(book: Book, group: Group) -> bool:
    """Whether a total and its parts are of one kind; what is counted by 个 is what stands behind: 6个市, 2个县."""
    if group.whole.dimension != "count":
        return True
    counted = {book.text[one.end : one.end + 1] for one in (group.whole, *group.parts)}
    return len(counted) == 1 or _is_called_like(group.whole, group.parts)


def _list_totals(book: Book, at: int) -> list[Claim]:
    """The levels of the last sentence with numbers in front of a place."""
    before = book.claims[max(0, book.count_before(at) - NEAREST) : book.count_before(at)]
    sentence = before[-1].sentence if before else None
    return [claim for claim in before if claim.sentence == sentence and _may_be_total(book, claim)]


def _may_be_total(book: Book, claim: Claim) -> bool:
    if claim.kind != "level" or claim.cell or claim.dimension == "percent":
        return False
    return not is_average(claim) and not is_origin(book, claim)


def _find_parts(book: Book, whole: Claim, items: Places) -> list[Claim]:
    """The first number of a total's unit in each item, of those that have one of its role."""
    found = (_find_part(book, whole, start, end) for start, end in items)
    return [part for part in found if part]


def _find_part(book: Book, whole: Claim, start: int, end: int) -> Claim | None:
    for one in book.find_between(start, end):
        if one.kind == "level" and one.base_unit == whole.base_unit and not is_origin(book, one):
            return one if one.role == whole.role and not one.cell else None
    return None
