"""Shares that are of one whole: those of a sentence, each of a part of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.interval import exact, total
from extractor.checks.relations.groups import Group, split_list
from extractor.checks.relations.shares import Share, find_share
from extractor.model import Claim


class JointShares(Struct, frozen=True):
    """The shares of a sentence that are of one whole, each of a part of its own."""

    shares: tuple[Share, ...]
    are_whole: bool
    """Whether the shares make up 100 %, as far as their digits tell."""
    are_listed: bool
    """Whether the parts are those of one list, or of none."""

    @property
    def parts(self) -> list[Claim]:
        """What the shares are said of."""
        return [share.part for share in self.shares if share.part]


def find_joint_shares(book: Book) -> tuple[JointShares, ...]:
    """The shares of each sentence, where they are several of one whole; those of each division that they make up."""
    return book.view(_find_joint_shares)


def _find_joint_shares(book: Book) -> tuple[JointShares, ...]:
    return tuple(_list_joint_shares(book))


def _list_joint_shares(book: Book) -> Iterator[JointShares]:
    for sentence in book.sentences:
        claims = [claim for claim in sentence if claim.kind == "share"]
        shares = tuple(find_share(book, claim) for claim in claims)
        if len(shares) > 1 and _are_of_one_whole(shares):
            yield from (_join(book, division) for division in _divide(book, shares))


def list_shares_of_parts(book: Book, group: Group) -> list[Claim]:
    """The shares that are told right behind each part of a total: 1.教育支出5万元，占20%；2.…; none where one lacks."""
    behind = (book.claims[book.find_index(part) + 1 :][:1] for part in group.parts)
    shares = [one for part, told in zip(group.parts, behind, strict=True) for one in told if _is_share_of(part, one)]
    return shares if len(shares) == len(group.parts) > 1 else []


def _is_share_of(part: Claim, share: Claim) -> bool:
    """Whether a number is a share that is told of a part."""
    return share.kind == "share" and (share.metric, share.sentence) == (part.metric, part.sentence)


def _divide(book: Book, shares: tuple[Share, ...]) -> list[tuple[Share, ...]]:
    """Shares as the divisions that each are a whole (分性质看，…；分级次看，…), one by one; else all of them."""
    divisions, are_all = split_list(exact(1), [book.amount(share.claim).rounded for share in shares])
    return [shares[division] for division in divisions] if are_all else [shares]


def _join(book: Book, shares: tuple[Share, ...]) -> JointShares:
    """Shares of one whole, and whether they make it up and are of one list."""
    joint = total(book.amount(share.claim).rounded for share in shares)
    are_whole = joint.may_be(1)
    lists = {share.part.part_of for share in shares if share.part}
    are_listed = len(lists) == 1
    return JointShares(shares, are_whole, are_listed)


def _are_of_one_whole(shares: Sequence[Share]) -> bool:
    wholes = {share.claim.share_of for share in shares}
    named = {share.whole.id for share in shares if share.whole and share.binding == "words"}
    if len(wholes) != 1 or len(named) > 1:
        return False
    parts = {share.part.id for share in shares if share.part}
    # What was done of one thing at two times is no two parts of it: 投资3亿元，占30%，累计投资7亿元，占77%.
    names = {share.part.metric or share.part.id for share in shares if share.part}
    return len(parts) == len(names) == len(shares)
