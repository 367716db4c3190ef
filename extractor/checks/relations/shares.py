"""Shares with what they are taken of: the part that a share is said of, and its whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import find_nearest, find_scope, is_cut_of, is_disjoint
from extractor.checks.relations.called_loosely import find_loosely
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.common_wholes import Told, find_common_wholes
from extractor.checks.relations.measured import find_measured
from extractor.checks.relations.thresholds import find_exact
from extractor.checks.relations.times import has_same_year
from extractor.checks.relations.wholes import (
    find_giving_whole,
    find_named_whole,
    find_usual_whole,
    gives,
    gives_beside,
    is_quotient,
    may_be_whole,
)
from extractor.model import Binding, Claim

WORDS = "checks/share"
# A whole that a share does not name stands among this many levels in front.
NEAREST = 12
# A part and its total that a share calls otherwise stand among so many claims in front of it.
BESIDE = 6
# A share of so many digits is hardly given by two numbers by chance.
TELLING = 3
# The noun at the end of a name, in characters.
HEAD = 2


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
    """A share with its part and its whole; where the text names them so that none is found, two that give it."""
    share = _find_told(book, claim)
    if share.whole or _expression("moved_on").match(book.text, claim.end):
        return share
    loose = find_loosely(book, claim)
    return Share(claim, *loose, "structure") if loose else share


def _find_told(book: Book, claim: Claim) -> Share:
    """A share with its part and its whole; one that moved on to another (从2.5%提高到3.3%) has none."""
    measured = find_measured(book, claim)
    if measured:
        return Share(claim, *measured, "words")
    part = _find_part(book, claim)
    if _expression("moved_on").match(book.text, claim.end):
        return Share(claim, part, None, "guess")
    if part is None:
        alike = _find_called_alike(book, claim) or _find_with_total(book, claim)
        return alike or Share(claim, None, None, "guess")
    whole = _find_whole(book, claim, part)
    if whole is not None:
        return Share(claim, part, find_exact(book, whole), "words")
    other = _find_whole_in_front(book, claim, part) or find_usual_whole(book, claim, part)
    return Share(claim, part, other or book.view(_find_common).get(claim.id), "structure")


def _find_common(book: Book) -> dict[str, Claim]:
    """The wholes of shares that point at none, by their digits together."""
    bare = (claim for claim in book.claims if claim.kind == "share" and not claim.cell and _is_bare(book, claim))
    pairs = ((claim, _find_part(book, claim)) for claim in bare)
    return find_common_wholes(book, [Told(claim, part) for claim, part in pairs if part])


def _is_bare(book: Book, claim: Claim) -> bool:
    """Whether a share names no whole."""
    return bool(_expression("bare").search(read_lead(book, claim)))


def _find_part(book: Book, claim: Claim) -> Claim | None:
    """The level that a share is said of: the one of its place in a series, else the last in front with its metric.

    Where its sentence has none, it is one that sentences right in front told of the same time.
    """
    listed = _find_in_turn(book, claim)
    if listed:
        return listed
    for one in reversed(book.find_between(claim.sentence.start, claim.start)):
        if one.kind == "level" and one.metric == claim.metric:
            return one
    return _find_part_in_front(book, claim)


def _find_part_in_front(book: Book, claim: Claim) -> Claim | None:
    """The last of the levels near in front that have a share's metric, role, section and time."""
    at = book.find_index(claim)
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.kind == "level" and one.metric == claim.metric and one.section == claim.section and not one.cell:
            is_alike = one.role == claim.role and not is_disjoint(find_scope(one), find_scope(claim))
            return one if is_alike and has_same_year(one, claim) else None
    return None


def _find_called_alike(book: Book, claim: Claim) -> Share | None:
    """A share by a part that is called a little otherwise, where that and the whole that is named give it.

    城镇常住人口61.8万人，城镇人口占常住人口的46.5%.
    """
    at = book.find_index(claim)
    if count_digits(claim.value) < TELLING:
        return None
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.kind == "level" and one.section == claim.section and is_cut_of(one.metric or "", claim.metric or ""):
            whole = find_named_whole(book, claim, one)
            if whole and gives(book, claim, one, whole):
                return Share(claim, one, whole, "words")
    return None


def _find_with_total(book: Book, claim: Claim) -> Share | None:
    """A share by the part and its total in front that give it, whatever the share calls them.

    人均消费支出13867元，其中食品支出4621元；食品消费支出占家庭总消费支出的比重为33.3%.
    """
    at = book.find_index(claim)
    if count_digits(claim.value) < TELLING:
        return None
    for one in reversed(book.claims[max(0, at - BESIDE) : at]):
        if one.kind == "level" and one.part_of and one.section == claim.section and _is_named_like(one, claim):
            wholes = (book.claim[one.part_of], *book.find_levels_before(one, 1))
            whole = next((whole for whole in wholes if gives(book, claim, one, whole)), None)
            if whole:
                return Share(claim, one, whole, "structure")
    return None


def _is_named_like(one: Claim, claim: Claim) -> bool:
    """Whether the word that the name of a share begins with stands in its part's, and both end alike.

    居民食品支出, 食品消费支出.
    """
    name, other = one.metric or "", claim.metric or ""
    return bool(other) and other[:HEAD] in name and name[-HEAD:] == other[-HEAD:]


def _find_in_turn(book: Book, claim: Claim) -> Claim | None:
    """The level of a share's place, where as many levels stand in front of a series of shares: A、B，分别占a、b."""
    at = book.find_index(claim)
    first, last = _find_series(book, at)
    count = last - first
    levels = book.claims[max(0, first - count) : first]
    if count < 2 or len(levels) < count:
        return None
    are_levels = all(_is_level(one, claim) for one in levels)
    return levels[at - first] if are_levels else None


def _find_series(book: Book, at: int) -> tuple[int, int]:
    """Where the shares begin and end that stand in a row around one, in its sentence; the end is behind the last."""
    first, end = at, at + 1
    claim = book.claims[at]
    while first and _is_share(book.claims[first - 1], claim):
        first -= 1
    while end < len(book.claims) and _is_share(book.claims[end], claim):
        end += 1
    return first, end


def _is_share(one: Claim, like: Claim) -> bool:
    return one.kind == "share" and one.sentence == like.sentence


def _is_level(one: Claim, share: Claim) -> bool:
    if one.kind != "level":
        return False
    return one.sentence == share.sentence and one.role == share.role


def _find_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level that a share is taken of: the one it points at, or one that its sentence names in front."""
    pointed = book.claim[claim.share_of] if claim.share_of else None
    if pointed and may_be_whole(pointed, part):
        return find_giving_whole(book, claim, part, pointed) or _find_common_whole(book, claim, part, pointed)
    if part.part_of:
        return book.claim[part.part_of]
    around = find_named_whole(book, claim, part) or _find_whole_around(book, claim, part)
    return around or _find_whole_before(book, claim, part)


def _find_whole_before(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The whole of the share in front of it in its sentence that names its own by the same words."""
    name = read_whole(book, claim)
    for one in reversed(book.find_between(claim.sentence.start, claim.start) if name else ()):
        if one.kind == "share" and read_whole(book, one) == name:
            whole = find_share(book, one).whole
            return whole if whole and may_be_whole(whole, part) else None
    return None


def read_whole(book: Book, claim: Claim) -> str | None:
    """What the words in front of a share call its whole."""
    found = _expression("whole").search(read_lead(book, claim))
    return found["whole"] if found else None


def _find_common_whole(book: Book, claim: Claim, part: Claim, pointed: Claim) -> Claim:
    """The whole that a share has together with others, where it does not fit what it points at; else that."""
    if gives(book, claim, part, pointed) or gives_beside(book, claim, pointed):
        return pointed
    owned = book.claim[part.part_of] if part.part_of else None
    others = filter(None, (find_named_whole(book, claim, part), owned))
    joint = next((one for one in others if gives_beside(book, claim, one)), None)
    return joint or book.view(_find_common).get(claim.id) or pointed


def _find_whole_around(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level that a sentence or the shares in front are about; where that does not give the share, one that does."""
    around = _find_opening_whole(book, claim, part) or _find_standing_whole(book, claim, part)
    if around is None or is_quotient(book, claim, part, around):
        return around
    common = book.view(_find_common).get(claim.id)
    others = filter(None, (common, find_usual_whole(book, claim, part)))
    return next((one for one in others if is_quotient(book, claim, part, one)), common or around)


def _find_opening_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level in front of the sentence that the sentence names before its first number."""
    first = book.find_between(claim.sentence.start, claim.sentence.end)[0]
    at = book.find_index(first)
    words = book.text[claim.sentence.start : first.start]
    meant: list[Claim] = []
    for one in book.claims[max(0, at - NEAREST) : at]:
        if one.kind != "level" or one.base_unit != part.base_unit:
            continue
        if one.metric and one.metric in words and not _is_told_anew(first, one):
            meant.append(one)
    if not meant:
        return None
    return find_nearest(meant[-1], meant)


def _is_told_anew(first: Claim, one: Claim) -> bool:
    """Whether the first number of a sentence is another figure of what one in front of it measures."""
    return first.kind == "level" and first.metric == one.metric


def _find_standing_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The whole of the last share in front that names one, in a section where shares go on without naming it."""
    at = book.find_index(claim)
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section != claim.section or one.kind != "share":
            continue
        if one.share_of:
            whole = book.claim[one.share_of]
            return whole if may_be_whole(whole, part) else None
    return None


def _find_whole_in_front(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The number right in front of a part whose words make it some of that: 仍有2亿元未支出，占25%.

    Heads are some of those counted by their visits: 培训624人次，取证397人，占64%. Any other number is the whole only
    where the share fits it.
    """
    at = book.find_index(claim)
    if at < 2 or book.claims[at - 1] is not part:
        return None
    whole = book.claims[at - 2]
    if whole.kind != "level" or whole.sentence != claim.sentence:
        return None
    if whole.base_unit != part.base_unit:
        return None
    if not _expression("bare").search(read_lead(book, claim)):
        return None
    is_some_of = _is_told_of(book, claim, part, whole) or _fits(book, claim, part, whole)
    return whole if is_some_of else None


def _is_told_of(book: Book, claim: Claim, part: Claim, whole: Claim) -> bool:
    """Whether words make a part some of a whole: they say that it is left, or count heads by their visits."""
    if whole.dimension == "person" and whole.unit != part.unit:
        return True
    return bool(_expression("rest_of").search(book.text, whole.end, claim.start))


def _fits(book: Book, claim: Claim, part: Claim, whole: Claim) -> bool:
    """Whether a share with decimals is what two numbers give."""
    share = book.amount(claim)
    if not share.value % 1:
        return False
    quotient = book.amount(part).rounded / book.amount(whole).rounded
    return share.rounded.meets(quotient)
