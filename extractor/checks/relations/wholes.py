"""The whole of a share that stands elsewhere: as the words of the share call it, or as such shares are of as a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from heapq import nsmallest
from itertools import chain

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, is_disjoint, normalize_name
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.forecasts import stands_with
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

WORDS = "checks/share"
# A name this long, in characters, tells what a whole is, whatever stands in front of it.
TELLING = 4
# So many other shares that call their whole so are asked which number gives them.
JOINT = 8

_expression = partial(patterns.fragment, WORDS)


class UsualWhole(Struct, frozen=True, forbid_unknown_fields=True):
    """What shares are of as a rule: by the metric of their part and the words in front of them, the whole's metric."""

    part: str
    called: str
    whole: str


def may_be_whole(whole: Claim, part: Claim) -> bool:
    """Whether a level may be the whole of a part: another one of its unit."""
    if whole.id == part.id:
        return False
    return whole.base_unit == part.base_unit


def find_named_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level of the document that the words in front of a share call its whole: 占GDP比重25.9%."""
    found = _expression("whole").search(book.text, claim.sentence.start, claim.start)
    if not found:
        return None
    wanted = _name_whole(found)
    is_of_year = bool(_expression("of_year").search(found[0]))
    called = (one for one in _list_called(book, wanted, found["whole"]) if may_be_whole(one, part))
    alike = [one for one in called if _is_told_so_far(book, one, part, is_of_year) and has_same_year(one, part)]
    given = [one for one in alike if len(alike) > 1 and gives_beside(book, claim, one)]
    shared = book.view(_group_called).get(found["whole"], ())
    beside = (one for one in shared if one.id != claim.id and one.section == claim.section)
    others = nsmallest(JOINT, beside, key=lambda one: abs(one.start - claim.start))
    return max(given or alike, key=partial(_rank_whole, book, claim, part, wanted, others), default=None)


def find_called(book: Book, claim: Claim) -> str | None:
    """What the words in front of a share call its whole."""
    found = _expression("whole").search(book.text, claim.sentence.start, claim.start)
    return found["whole"] if found else None


def _group_called(book: Book) -> dict[str, list[Claim]]:
    """The shares of a document by what they call their whole."""
    shares = (one for one in book.claims if one.kind == "share" and not one.cell)
    called = ((_expression("whole").search(book.text, one.sentence.start, one.start), one) for one in shares)
    found: dict[str, list[Claim]] = {}
    for words, one in called:
        if words:
            found.setdefault(words["whole"], []).append(one)
    return found


def gives_beside(book: Book, claim: Claim, one: Claim) -> bool:
    """Whether a level gives another share of a sentence with the part that has the name of that."""
    sentence = book.find_between(claim.sentence.start, claim.sentence.end)
    others = (share for share in sentence if share.kind == "share" and share.id != claim.id)
    return any(gives_told(book, share, one) for share in others)


def _is_told_so_far(book: Book, one: Claim, part: Claim, is_of_year: bool) -> bool:
    """Whether a whole is of the role of its part, or a forecast beside it; one of the year may be what was done."""
    return stands_with(book, one, part) or (is_of_year and one.role == "actual")


def find_giving_whole(book: Book, claim: Claim, part: Claim, pointed: Claim) -> Claim | None:
    """Another level that a share names and that gives it, where the one that it points at elsewhere does not."""
    if pointed.sentence == claim.sentence or gives(book, claim, part, pointed):
        return None
    owned = book.claim[part.part_of] if part.part_of else None
    others = filter(None, (find_named_whole(book, claim, part), owned))
    return next((one for one in others if gives(book, claim, part, one)), None)


def _name_whole(found: regex.Match[str]) -> set[str]:
    """What words may call a whole: its name alone, with the words behind it, and as the total that it is."""
    name = found["whole"]
    longer = (name + more for more in (found["more"] or "", *patterns.lexicon("claims/metrics")["summed"]))
    return {normalize_name(name), *map(normalize_name, longer)}


def _list_called(book: Book, wanted: set[str], words: str) -> Iterator[Claim]:
    """The levels whose metrics are what a whole is called, or the end of it with the rest told in front of them."""
    for name in book.find_names_ending_like(wanted):
        named = book.by_key[name]
        if _is_called(name, wanted):
            yield from named
        elif _is_cut(name, wanted):
            yield from (one for one in named if read_lead(book, one).endswith(words))


def _rank_whole(
    book: Book, claim: Claim, part: Claim, wanted: set[str], others: Sequence[Claim], one: Claim
) -> tuple[bool | int, ...]:
    """How well a level may be the whole of a share.

    It fits, gives other shares that call their whole so, is called just so, stands in front of the share, is the last.
    """
    is_named = normalize_name(one.metric or "") in wanted
    is_joint = any(gives_told(book, other, one) for other in others)
    return gives(book, claim, part, one), is_joint, is_named, one.start < claim.start, one.start


def gives_told(book: Book, share: Claim, one: Claim) -> bool:
    """Whether a level gives a share with the last level in front of it that has its name."""
    before = reversed(book.find_between(share.sentence.start, share.start))
    part = next((level for level in before if level.kind == "level" and level.metric == share.metric), None)
    return part is not None and may_be_whole(one, part) and gives(book, share, part, one)


def gives(book: Book, claim: Claim, part: Claim, one: Claim) -> bool:
    """Whether a share is what its part and a whole give, which are not of two things."""
    return not is_disjoint(find_scope(one), find_scope(part)) and is_quotient(book, claim, part, one)


def is_quotient(book: Book, claim: Claim, part: Claim, one: Claim) -> bool:
    """Whether a share is what its part and a number of its year give, whatever that is of."""
    if not book.amount(one).exact or not has_same_year(one, part):
        return False
    quotient = book.amount(part).rounded / book.amount(one).rounded
    return book.amount(claim).rounded.meets(quotient)


def _is_called(name: str, wanted: set[str]) -> bool:
    """Whether a metric is what a whole is called, with other words in front: 实现营业收入."""
    if name in wanted:
        return True
    telling = tuple(one for one in wanted if len(one) >= TELLING)
    return name.endswith(telling)


def _is_cut(name: str, wanted: set[str]) -> bool:
    """Whether a metric is the end of what a whole is called, so that the text must tell the rest."""
    if len(name) < TELLING:
        return False
    return any(one.endswith(name) for one in wanted)


# ── wholes that no words name ────────────────────────────────────────────────────────────────────────────────────────


@cache
def _load_usual() -> tuple[UsualWhole, ...]:
    return tuple(patterns.load(WORDS, UsualWhole).values())


def find_usual_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level that such a share is of as a rule, of its part's year and scope: the only number, or one that fits."""
    lead = read_lead(book, claim)
    usual = (one for one in _load_usual() if _is_told_so(one, part, lead))
    named = chain.from_iterable(book.view(_group_by_id).get(one.whole, ()) for one in usual)
    alike = [one for one in named if _is_alike(book, part, one)]
    fitting = [one for one in alike if gives(book, claim, part, one)]
    is_single = len({one.base_value for one in alike}) == 1
    return next(reversed(fitting or (alike if is_single else [])), None)


def _is_told_so(usual: UsualWhole, part: Claim, lead: str) -> bool:
    is_part = patterns.compiled(WORDS, usual.part).search(part.metric_id or "")
    return bool(is_part) and bool(patterns.compiled(WORDS, usual.called).search(lead))


def _group_by_id(book: Book) -> dict[str, list[Claim]]:
    """The levels of the narrative by what they are of in the vocabulary, in document order."""
    found: dict[str, list[Claim]] = {}
    for one in chain.from_iterable(book.levels.values()):
        if one.metric_id and not one.cell:
            found.setdefault(one.metric_id, []).append(one)
    return found


def _is_alike(book: Book, part: Claim, one: Claim) -> bool:
    """Whether a level is one of the year, the role and the scope of a part."""
    if not may_be_whole(one, part) or not stands_with(book, one, part) or not has_same_year(one, part):
        return False
    return not is_disjoint(find_scope(one), find_scope(part))
