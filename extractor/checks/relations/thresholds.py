"""Numbers with the threshold that words say they passed, or the norm that they are said to keep to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim

# What is compared with a norm; a change is larger than one by so much, and not than so much.
MEASURED = ("level", "rate", "share", "completion")
# Words behind a number that end its clause, or name it a norm, are found within so many characters.
AHEAD = 24

_expression = partial(patterns.fragment, "checks/threshold")


class Threshold(Struct, frozen=True):
    """A number, its threshold, the relation that words say to be between them, and these words."""

    actual: Claim
    limit: Claim
    form: str
    words: str


class Reached(Struct, frozen=True):
    """A completion, and the words behind it that say how much of the plan that is."""

    rate: Claim
    form: str
    words: str


def find_exact(book: Book, level: Claim) -> Claim:
    """The number that passed a threshold, where a level is no more than that: 实现21070.5亿元，首次突破2万亿元."""
    at = book.find_index(level)
    if not at or None not in level.interval:
        return level
    before = book.claims[at - 1]
    is_same = (before.metric, before.sentence) == (level.metric, level.sentence)
    return before if is_same and _is_alike(before, level) else level


def find_thresholds(book: Book) -> Iterator[Threshold]:
    """Every number of the narrative that is told with its threshold or its norm in one sentence."""
    for claims in book.sentences:
        for at in range(1, len(claims)):
            found = None if claims[at].cell else _find_threshold(book, claims, at)
            if found:
                yield found


def _find_threshold(book: Book, claims: Sequence[Claim], at: int) -> Threshold | None:
    """A number as the threshold of one in front, or as what passed the one in front, or as a norm."""
    before, claim = claims[at - 1], claims[at]
    if _find_side(claim):
        return _read_behind(book, claims[:at], claim) or _read_normed(book, before, claim)
    if _find_side(before):
        return _read_then(book, before, claim)
    return _read_normed(book, before, claim) or _read_beside(book, before, claim)


def _find_side(claim: Claim) -> str | None:
    """What words leave open of a number: all above it, or all below."""
    low, high = claim.interval
    if claim.approximation is None or (low is None) == (high is None):
        return None
    return "kept" if low is None else "passed"


# ── thresholds ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_behind(book: Book, before: Sequence[Claim], limit: Claim) -> Threshold | None:
    """A threshold in a clause of its own behind the number of the same thing: 达50012亿元，首次突破5万亿元."""
    alike = (one for one in reversed(before) if one.base_unit == limit.base_unit and one.kind == limit.kind)
    actual = next(alike, None)
    if actual is None or actual.metric != limit.metric or not _is_alike(actual, limit):
        return None
    lead = book.text[actual.end : limit.start].removesuffix(limit.approximation or "")
    match = _expression("behind").search(lead)
    ended = _expression("ends").match(book.text, limit.end, limit.end + AHEAD)
    return _name(book, actual, limit, actual.end + match.start() + 1) if match and ended else None


def _read_then(book: Book, limit: Claim, actual: Claim) -> Threshold | None:
    """A threshold with its number right behind it: 突破5万亿元大关，达到50012亿元."""
    if not _is_alike(actual, limit) or not _expression("then").fullmatch(book.text, limit.end, actual.start):
        return None
    start = limit.start - len(limit.approximation or "")
    return _name(book, actual, limit, start if book.text[start : limit.start] == limit.approximation else limit.start)


def _name(book: Book, actual: Claim, limit: Claim, start: int) -> Threshold:
    form = _find_side(limit) or ""
    return Threshold(actual, limit, form, book.text[start : limit.end])


def _is_alike(actual: Claim, limit: Claim) -> bool:
    """Whether an exact number is of the kind of a threshold, and of its time."""
    if actual.approximation or not actual.is_one_told:
        return False
    kind, other = ((one.kind, one.base_unit, one.direction, one.role) for one in (actual, limit))
    return kind == other and has_same_time(actual, limit)


# ── norms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_normed(book: Book, actual: Claim, limit: Claim) -> Threshold | None:
    """A number with what it is compared with, whose number is told of its norm: 8.23%，高于7.5%的监管底线."""
    if not _is_measured(actual, limit) or not _expression("of_norm").match(book.text, limit.end, limit.end + AHEAD):
        return None
    match = _expression("compared").fullmatch(book.text, actual.end, limit.start)
    if match is None:
        return None
    return _compare(book, actual, limit, match, "above" if match["larger"] else "below")


def _read_beside(book: Book, actual: Claim, limit: Claim) -> Threshold | None:
    """A number with the norm that it is above: 62%，远超省定标准50%; what is far less is by how much it is above."""
    if not _is_measured(actual, limit):
        return None
    match = _expression("beside").fullmatch(book.text, actual.end, limit.start)
    if match is None or book.amount(limit).exact * 2 < book.amount(actual).exact:
        return None
    return _compare(book, actual, limit, match, "above")


def _compare(book: Book, actual: Claim, limit: Claim, match: regex.Match[str], form: str) -> Threshold:
    return Threshold(actual, limit, form, book.text[match.start() : limit.end].lstrip("，,（("))


def _is_measured(actual: Claim, limit: Claim) -> bool:
    """Whether a number may be held against a norm in its unit; points are what it is above it by."""
    if actual.approximation or actual.cell or actual.kind not in MEASURED:
        return False
    return actual.base_unit == limit.base_unit and limit.dimension == actual.dimension


# ── completions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def find_reached(book: Book) -> Iterator[Reached]:
    """Every completion behind which words say that half of the plan was reached, or more than all of it."""
    for claim in book.claims:
        if claim.kind == "completion" and claim.dimension == "percent" and not claim.cell:
            yield from _read_reached(book, claim)


def _read_reached(book: Book, rate: Claim) -> Iterator[Reached]:
    for form in ("half", "whole"):
        match = _expression(form).match(book.text, rate.end, rate.sentence.end)
        if match:
            yield Reached(rate, form, match[0].lstrip("，,"))
