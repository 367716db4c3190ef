"""Shares with what they are taken of: the part that a share is said of, and its whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.names import find_nearest, normalize_name
from extractor.checks.relations.clauses import read_lead
from extractor.model import Binding, Claim

WORDS = "checks/share"
# A whole that a share does not name stands among this many levels in front.
NEAREST = 12
# A name this long, in characters, tells what a whole is, whatever stands in front of it.
TELLING = 4


_expression = partial(patterns.fragment, WORDS)


class Share(Struct, frozen=True):
    """A share, the part that it is said of, and the whole; None where the text does not tell.

    ``binding`` says whether words name the whole, or only the places of the numbers do.
    """

    claim: Claim
    part: Claim | None
    whole: Claim | None
    binding: Binding


def find_shares(book: Book) -> Iterator[Share]:
    """Every share of the document."""
    return (find_share(book, claim) for claim in book.claims if claim.kind == "share")


def find_share(book: Book, claim: Claim) -> Share:
    """A share with its part and its whole; one that moved on to another (从2.5%提高到3.3%) has none."""
    part = _find_part(book, claim)
    if part is None or _expression("moved_on").match(book.text, claim.end):
        return Share(claim, part, None, "guess")
    whole = _find_whole(book, claim, part)
    if whole is not None:
        return Share(claim, part, whole, "words")
    return Share(claim, part, _find_whole_in_front(book, claim, part), "structure")


def _find_part(book: Book, claim: Claim) -> Claim | None:
    """The level that a share is said of: the one of its place in a series, else the last in front with its metric."""
    listed = _find_in_turn(book, claim)
    if listed:
        return listed
    before = [one for one in book.find_between(claim.sentence.start, claim.start) if one.kind == "level"]
    alike = [one for one in before if one.metric == claim.metric]
    return alike[-1] if alike else None


def _find_in_turn(book: Book, claim: Claim) -> Claim | None:
    """The level of a share's place, where as many levels stand in front of a series of shares: A、B，分别占a、b."""
    at = book.find_index(claim)
    first, last = at, at
    while first and _is_share(book, first - 1, claim):
        first -= 1
    while last + 1 < len(book.claims) and _is_share(book, last + 1, claim):
        last += 1
    count = last - first + 1
    levels = book.claims[max(0, first - count) : first]
    fits = count > 1 and len(levels) == count and all(_is_level(one, claim) for one in levels)
    return levels[at - first] if fits else None


def _is_share(book: Book, at: int, like: Claim) -> bool:
    return book.claims[at].kind == "share" and book.claims[at].sentence == like.sentence


def _is_level(one: Claim, share: Claim) -> bool:
    return one.kind == "level" and one.sentence == share.sentence and one.role == share.role


def _find_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level that a share is taken of: the one it points at, or one that its sentence names in front."""
    pointed = book.claim[claim.share_of] if claim.share_of else None
    if pointed and _may_be_whole(pointed, part):
        return pointed
    if part.part_of:
        return book.claim[part.part_of]
    named = _find_named_whole(book, claim, part) or _find_opening_whole(book, claim, part)
    return named or _find_standing_whole(book, claim, part)


def _may_be_whole(whole: Claim, part: Claim) -> bool:
    return whole.base_unit == part.base_unit and whole.id != part.id


def _find_opening_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level in front of the sentence that the sentence names before its first number."""
    first = book.find_between(claim.sentence.start, claim.sentence.end)[0]
    words = book.text[claim.sentence.start : first.start]
    before = [
        one
        for one in book.claims[max(0, book.find_index(first) - NEAREST) : book.find_index(first)]
        if one.kind == "level"
    ]
    meant = [one for one in before if one.metric and one.metric in words and one.base_unit == part.base_unit]
    return find_nearest(meant[-1], meant) if meant else None


def _find_standing_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The whole of the last share in front that names one, in a section where shares go on without naming it."""
    at = book.find_index(claim)
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section == claim.section and one.kind == "share" and one.share_of:
            whole = book.claim[one.share_of]
            return whole if _may_be_whole(whole, part) else None
    return None


def _find_whole_in_front(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The number right in front of a part whose words make it some of that: 仍有2亿元未支出，占25%.

    Heads are some of those counted by their visits: 培训624人次，取证397人，占64%. Any other number is the whole only
    where the share fits it.
    """
    at = book.find_index(claim)
    if at < 2 or book.claims[at - 1] is not part or not _expression("bare").search(read_lead(book, claim)):
        return None
    whole = book.claims[at - 2]
    if whole.kind != "level" or whole.base_unit != part.base_unit or whole.sentence != claim.sentence:
        return None
    visits = whole.unit != part.unit and whole.dimension == "person"
    said = visits or _expression("rest_of").search(book.text, whole.end, claim.start)
    return whole if said or _fits(book, claim, part, whole) else None


def _fits(book: Book, claim: Claim, part: Claim, whole: Claim) -> bool:
    """Whether a share with decimals is what two numbers give."""
    share = book.amount(claim)
    return bool(share.value % 1) and share.rounded.meets(book.amount(part).rounded / book.amount(whole).rounded)


def _find_named_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level of the document that the words in front of a share call its whole: 占GDP比重25.9%."""
    found = _expression("whole").search(book.text, claim.sentence.start, claim.start)
    if not found:
        return None
    names = (found["whole"], found["whole"] + (found["more"] or ""))
    wanted = set(map(normalize_name, names))
    called = [
        one for name in book.find_names_ending_like(wanted) for one in book.by_key[name]
        if _is_called(name, wanted) or (_is_cut(name, wanted) and read_lead(book, one).endswith(found["whole"]))
    ]  # fmt: skip
    roles = ("actual", part.role) if _expression("of_year").search(found[0]) else (part.role,)
    alike = [one for one in called if one.base_unit == part.base_unit and one.role in roles and one.id != part.id]
    return max(
        alike,
        key=lambda one: (normalize_name(one.metric or "") in wanted, one.start < claim.start, one.start),
        default=None,
    )


def _is_called(name: str, wanted: set[str]) -> bool:
    """Whether a metric is what a whole is called, with other words in front: 实现营业收入."""
    return name in wanted or any(len(one) >= TELLING and name.endswith(one) for one in wanted)


def _is_cut(name: str, wanted: set[str]) -> bool:
    """Whether a metric is the end of what a whole is called, so that the text must tell the rest."""
    return len(name) >= TELLING and any(one.endswith(name) for one in wanted)


# ── shares of one whole ───────────────────────────────────────────────────────────────────────────────────────────────


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


def find_joint_shares(book: Book) -> Iterator[JointShares]:
    """The shares of each sentence, where they are several of one whole."""
    for sentence in book.sentences:
        shares = tuple(find_share(book, claim) for claim in sentence if claim.kind == "share")
        if len(shares) > 1 and _are_of_one_whole(shares):
            whole = total(book.amount(share.claim).rounded for share in shares).may_be(1)
            lists = {share.part.part_of for share in shares if share.part}
            yield JointShares(shares, whole, len(lists) == 1)


def _are_of_one_whole(shares: Sequence[Share]) -> bool:
    wholes = {share.claim.share_of for share in shares}
    parts = {share.part.id for share in shares if share.part}
    return len(wholes) == 1 and len(parts) == len(shares)
