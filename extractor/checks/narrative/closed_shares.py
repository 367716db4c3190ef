"""Shares of all parts of a whole: of a total that they make up, and of a list that ends in a rest of nothing.

答复申请806件。予以公开641件，占79.5%；不予公开165件，占20.5%；其他处理0件.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks.narrative.summed import find_summed
from extractor.checks.relations.groups import Group, list_words
from extractor.checks.relations.shares import Share, find_shares
from extractor.checks.relations.wholes import gives
from extractor.model import Claim

# Two parts may be a list of another kind; of three shares two that hold say what all of them are of.
FEWEST, TOLD = 3, 2


class ClosedShares(Struct, frozen=True):
    """A whole with its parts, each of which has its share."""

    whole: Claim
    parts: tuple[Claim, ...]
    shares: tuple[Claim, ...]


def find_closed_shares(book: Book) -> tuple[ClosedShares, ...]:
    """Every list of parts with their shares that a rest of nothing closes."""
    return book.view(_find_closed_shares)


def _find_closed_shares(book: Book) -> tuple[ClosedShares, ...]:
    told = book.view(_keep_shares)
    return tuple(closed for sentence in book.sentences for closed in _close(book, sentence, told))


def _close(book: Book, sentence: Sequence[Claim], told: Mapping[str, Share]) -> Iterator[ClosedShares]:
    """The list of a sentence of which each part but for the last one, which is nothing, has its share right behind."""
    parts = [claim for claim in sentence if claim.kind == "level"]
    if len(parts) <= FEWEST or not _is_rest_of_nothing(parts[-1]):
        return
    shares = [told[part.id] for part in parts[:-1] if part.id in told]
    wholes = Counter(share.whole.id for share in shares if share.whole and _is_given(book, share))
    is_listed = len(shares) == len(parts) - 1 == len(sentence) - len(parts)
    for whole, count in wholes.most_common(1) if is_listed else ():
        if count >= TOLD:
            yield ClosedShares(book.claim[whole], tuple(parts), tuple(share.claim for share in shares))


def _is_rest_of_nothing(claim: Claim) -> bool:
    return (claim.metric or "").startswith(list_words("rest")) and claim.value.strip("0.") == ""


def _is_given(book: Book, share: Share) -> bool:
    """Whether a share follows from its part and its whole."""
    return bool(share.part and share.whole and gives(book, share.claim, share.part, share.whole))


def _keep_shares(book: Book) -> Mapping[str, Share]:
    """The first share that is told of each part, by that."""
    return {share.part.id: share for share in reversed(list(find_shares(book))) if share.part}


def list_shares_of_sums(book: Book) -> Iterator[list[Claim]]:
    """The shares of a total that are told of all the parts that make it up, in sentences of their own."""
    told = book.view(_keep_shares)
    for group in find_summed(book):
        shares = [told.get(part.id) for part in group.parts]
        told_of_all = [share.claim for share in shares if share and _is_of(share, group)]
        if len(told_of_all) == len(group.parts) and len({claim.sentence.start for claim in told_of_all}) > 1:
            yield told_of_all


def _is_of(share: Share, group: Group) -> bool:
    """Whether words say that a share is of a total."""
    return share.binding == "words" and share.whole is not None and share.whole.id == group.whole.id
