"""Shares that may be of another whole than the number that they were tied to, as the words call it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, rounded
from extractor.amounts.misprints import count_digits, list_misprints
from extractor.checks.relations.shares import HEAD, TELLING, WORDS, Share, find_share, read_whole
from extractor.checks.relations.wholes import gives_told
from extractor.model import Claim

# Two names of one whole differ by fewer characters that either has for itself.
APART = 2

_expression = partial(patterns.fragment, WORDS)


def is_called_otherwise(book: Book, share: Share) -> bool:
    """Whether a share names its whole by other words than the number has, or this one leaves something out of it."""
    found = _expression("whole").search(book.text, share.claim.sentence.start, share.claim.start)
    if not found or not share.whole or share.binding != "words":
        return False
    if _gives_another(book, share, share.whole, found["whole"]):
        return False
    name = share.whole.metric or ""
    if not set(found["whole"]) & set(name) or _expression("left_out").search(name):
        return True
    return min(map(len, _tell_apart(found["whole"], name))) >= APART


def _gives_another(book: Book, share: Share, whole: Claim, name: str) -> bool:
    """Whether another share of the sentence names its whole by the same words, and has this one, but for a digit."""
    beside = book.find_between(share.claim.sentence.start, share.claim.sentence.end)
    others = (one for one in beside if one.kind == "share" and one.id != share.claim.id)
    telling = [one for one in others if count_digits(one.value) >= TELLING and read_whole(book, one) == name]
    return any(gives_told(book, one, whole) for one in telling) or _is_misprinted(book, share, whole, telling)


def _is_misprinted(book: Book, share: Share, whole: Claim, others: Sequence[Claim]) -> bool:
    """Whether a share and all others have one whole by their parts, from which the number is one digit away."""
    found = [_divide(book, one, find_share(book, one).part) for one in others] if share.part else []
    own = _divide(book, share.claim, share.part)
    if not found or own is None or not all(one is not None and one.meets(own) for one in found):
        return False
    told = book.amount(whole)
    return any(rounded(Decimal(one), told.factor).meets(own) for one in list_misprints(f"{told.value:f}"))


def _divide(book: Book, share: Claim, part: Claim | None) -> Interval | None:
    """The whole of a part by its share."""
    amount = book.amount(share)
    return book.amount(part).rounded / amount.rounded if part and amount.exact else None


def _tell_apart(one: str, other: str) -> tuple[set[str], set[str]]:
    """The characters of each of two names that the other has not, but for those that any total may have.

    >>> [sorted(own) for own in _tell_apart("一般公共预算支出", "基本支出预算")]
    [['一', '公', '共', '般'], ['基', '本']]
    >>> [sorted(own) for own in _tell_apart("本年支出合计", "部门支出")]
    [[], ['部', '门']]
    """
    first, second = (set(_expression("general").sub("", name)) for name in (one, other))
    return first - second, second - first


def is_of_another(book: Book, share: Share) -> bool:
    """Whether a share names a whole that is none of the number's that its part is one of: 占公司总股本的14.5%."""
    found = _expression("whole").search(book.text, share.claim.sentence.start, share.claim.start)
    if not found or share.claim.share_of or not share.part or not share.whole:
        return False
    is_by_list = share.part.part_of == share.whole.id
    return is_by_list and found["whole"][-HEAD:] not in (share.whole.metric or "")
