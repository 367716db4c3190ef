"""Amounts that stand together and are the sides of one division (税收收入, 非税收入), with their total."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.misprints import count_digits
from extractor.checks.relations.complements import (
    Words,
    count_sides,
    find_sides,
    has_same_head,
    has_sides,
    is_called_alike,
    is_called_whole,
    is_named_whole,
    is_narrower,
    name_complement,
    read_complement,
)
from extractor.checks.relations.forecasts import stands_with
from extractor.checks.relations.groups import NEAREST, TOGETHER, Group, is_average
from extractor.checks.relations.times import has_same_year
from extractor.model import Binding, Claim

# So many sides beside one another are no chance, whatever their total is called.
MANY = 4
# A name of so many characters says what its parts are, too.
TELLING = 4
# A number of so many digits is hardly the sum of two others by chance.
CERTAIN = 4
# So many amounts in front of the sides are asked where their section has no total.
FAR = 24


def find_divided(book: Book) -> Iterator[Group]:
    """Amounts that stand together and are the sides of one division, with a total in front of them."""
    led = {claim.part_of for claim in book.claims} - {None}
    for levels in book.levels.values():
        for at, claim in enumerate(levels):
            is_first = claim.part_of is None or claim.part_of in led
            led.discard(claim.part_of)
            if is_first:
                yield from _find_from(book, levels, at)


def _find_from(book: Book, levels: Sequence[Claim], at: int) -> Iterator[Group]:
    """The divisions whose first side is ``levels[at]``."""
    for words in find_sides(levels[at].metric or ""):
        is_summed = read_complement(words).additive or not (is_average(levels[at]) or is_narrower(words, levels[at]))
        parts = _list_sides(book, levels, at, words) if is_summed else None
        if parts is None:
            continue
        whole = _find_whole(book, levels, at, words, parts)
        if whole and (read_complement(words).additive or not is_average(whole)):
            yield _make_group(whole, parts, words)


def _make_group(whole: Claim, parts: Sequence[Claim], words: Words) -> Group:
    """A total with its sides; it is bound where these are called alike, and as the total or one is linked to it."""
    is_named = is_named_whole(words, parts[0], whole) and _is_of_one_kind(words, parts)
    is_linked = parts[0].part_of == whole.id and is_called_alike(words, parts)
    is_bound = is_named or is_linked or len(words) >= MANY or _are_kinds_of(whole, parts)
    binding: Binding = "identity" if is_bound else "guess"
    is_usual = read_complement(words).usual
    return Group(whole, tuple(parts), not is_usual, is_bound, binding, name_complement(words), is_usual=is_usual)


def _are_kinds_of(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether all parts are called what the total is called, with other words in front: 职工参保人数 of 参保人数."""
    name = whole.metric or ""
    return len(name) >= TELLING and all((part.metric or "").endswith(name) for part in parts)


def _find_whole(book: Book, levels: Sequence[Claim], at: int, words: Words, parts: Sequence[Claim]) -> Claim | None:
    """The total of the sides, unless the text links all of them to it already."""
    whole = _find_linked_total(book, parts) or _find_total(book, levels, at, words, parts)
    if whole is None:
        return None
    is_linked = {part.part_of for part in parts} == {whole.id}
    return None if is_linked else whole


def _list_sides(book: Book, levels: Sequence[Claim], at: int, words: Words) -> list[Claim] | None:
    """The sides of a division of which ``levels[at]`` is one: metrics alike but for the dividing words."""
    parts = [levels[at]]
    for claim in levels[at + 1 : at + TOGETHER]:
        if _is_next_side(book, words, parts, claim):
            parts.append(claim)
        if len(parts) == len(words):
            return parts
    return None


def _is_next_side(book: Book, words: Words, parts: Sequence[Claim], claim: Claim) -> bool:
    """Whether a claim is one more side, of the first one's role; linked sides need not be called alike."""
    first = parts[0]
    if not stands_with(book, claim, first):
        return False
    is_linked = first.part_of is not None
    if is_linked and claim.part_of not in (None, first.part_of):
        return False
    # What is a part of a total behind the first one is of another list.
    if claim.part_of and book.claim[claim.part_of].start > first.start:
        return False
    if not is_linked and not _are_called_alike(words, claim, first):
        return False
    return has_sides(words, [*parts, claim])


def _are_called_alike(words: Words, claim: Claim, first: Claim) -> bool:
    """Whether two sides end alike; those of a whole with a name of its own need not."""
    if read_complement(words).whole:
        return not is_narrower(words, claim)
    return has_same_head(words, claim, first)


def _is_of_one_kind(words: Words, parts: Sequence[Claim]) -> bool:
    """Whether the sides stand in one sentence or are called alike."""
    first = parts[0]
    others = (part for part in parts if part.sentence != first.sentence)
    return all(_are_called_alike(words, part, first) for part in others)


def _find_linked_total(book: Book, parts: Sequence[Claim]) -> Claim | None:
    """The total that the text gives one of the sides."""
    for part in parts:
        if part.part_of:
            return book.claim[part.part_of]
    return None


def _find_total(book: Book, levels: Sequence[Claim], at: int, words: Words, parts: Sequence[Claim]) -> Claim | None:
    """The amount in front that may be the whole and that the sides add up to by no chance, else the nearest one."""
    before = reversed(levels[max(0, at - NEAREST) : at])
    wholes = [claim for claim in before if _may_be_total(book, words, claim, parts[0])]
    return _find_giving(book, wholes, parts) or next(iter(wholes), None) or _find_far(book, words, parts)


def _find_giving(book: Book, wholes: Iterable[Claim], parts: Sequence[Claim]) -> Claim | None:
    """The first amount that sides add up to by no chance."""
    summed = total(book.amount(part).rounded for part in parts)
    giving = (one for one in wholes if count_digits(one.value) >= CERTAIN and book.amount(one).rounded.meets(summed))
    return next(giving, None)


def _find_far(book: Book, words: Words, parts: Sequence[Claim]) -> Claim | None:
    """An amount of a section in front, of the year of the sides, that these add up to by no chance."""
    levels = book.told_levels.get(parts[0].base_unit, [])
    end = bisect_left(levels, parts[0].start, key=attrgetter("start"))
    before = (one for one in reversed(levels[max(0, end - FAR) : end]) if has_same_year(one, parts[0]))
    return _find_giving(book, (one for one in before if _may_be_total(book, words, one, parts[0])), parts)


def _may_be_total(book: Book, words: Words, claim: Claim, side: Claim) -> bool:
    """Whether an amount may be the whole of a side: planned or done alike, not itself a side."""
    if not stands_with(book, claim, side):
        return False
    if read_complement(words).whole:
        return is_called_whole(words, claim)
    return count_sides(words, claim) in (0, len(words))
