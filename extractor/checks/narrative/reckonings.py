"""Reckonings that a sentence writes out: 收入170万元，加上级补助526万元，减全年支出669万元，结余27万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin, read_lead, read_since
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/sum")


class Reckoning(Struct, frozen=True):
    """What is left in the end, what is added up, and what is taken away of that.

    It ``is_open`` where words say that something is added or taken away without its amount.
    """

    whole: Claim
    added: tuple[Claim, ...]
    taken: tuple[Claim, ...]
    is_open: bool


def find_reckonings(book: Book) -> tuple[Reckoning, ...]:
    """Every number that a sentence says is left, behind those of its unit that it adds up and takes away."""
    return book.view(_find_all)


def is_reckoned(book: Book, claim: Claim) -> bool:
    """Whether a sentence writes out how it comes to a number."""
    return claim.id in book.view(_list_reckoned)


def _list_reckoned(book: Book) -> frozenset[str]:
    return frozenset(found.whole.id for found in find_reckonings(book))


def _find_all(book: Book) -> tuple[Reckoning, ...]:
    return tuple(_walk_sentences(book))


def _walk_sentences(book: Book) -> Iterator[Reckoning]:
    for sentence in book.sentences:
        if any(_find_sign(book, one) == "less" for one in sentence):
            yield from _read_sentence(book, [one for one in sentence if _is_term(book, one)])


def _is_term(book: Book, claim: Claim) -> bool:
    """Whether a number is a level of its own: none that is told only as a part of the one in front."""
    return claim.kind == "level" and claim.is_one_told and not claim.part_of and not is_origin(book, claim)


def _find_sign(book: Book, claim: Claim) -> str:
    """Whether the words in front of a number add it ("more") or take it away ("less"), a colon behind them or none."""
    lead, since = read_lead(book, claim), read_since(book, claim)
    if _expression("more").search(lead) or _expression("more_of").search(since):
        return "more"
    return "less" if _expression("less").search(lead) or _expression("less_of").search(since) else ""


def _read_sentence(book: Book, terms: Sequence[Claim]) -> Iterator[Reckoning]:
    """The reckonings of a sentence; what has no sign of its own has that of the number in front."""
    added: list[Claim] = []
    taken: list[Claim] = []
    into = added
    for one in terms:
        sign = _find_sign(book, one)
        if taken and not sign and _expression("rest").search(read_lead(book, one)):
            is_open = bool(_expression("untold").search(book.text, terms[0].start, one.start))
            yield Reckoning(one, tuple(added), tuple(taken), is_open)
            return
        if added and one.base_unit != added[0].base_unit:
            return
        if sign:
            into = taken if sign == "less" else added
        elif _expression("in_all").search(one.metric or ""):
            # All that was added so far is in a total.
            added.clear()
        into.append(one)
