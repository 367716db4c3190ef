"""Shares against the part and the whole, and the shares of one whole against 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

import msgspec
import regex

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, rounded, total
from extractor.amounts.names import find_nearest, normalize_name
from extractor.checks.drafts import Draft, Severity, judged, verdict
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.parts import find_groups, has_full_sum
from extractor.model import Claim

RULE = "share"
_NUMBER = regex.compile(r"[0-9]+(?:\.[0-9]+)?")
# A whole that a share does not name stands among this many levels in front.
NEAREST = 12
# A name this long, in characters, tells what a whole is, whatever stands in front of it.
TELLING = 4


_expression = partial(patterns.fragment, "checks/shares")


def find(book: Book) -> Iterator[Draft]:
    """Each share with its part and its whole, then the shares of each sentence together, then ratios."""
    for claim in book.claims:
        if claim.kind == "share":
            yield _share(book, claim)
    for sentence in book.sentences:
        yield from _together(book, [claim for claim in sentence if claim.kind == "share"])
    yield from _structures(book)


def _share(book: Book, claim: Claim) -> Draft:
    part = _part(book, claim)
    whole = _whole(book, claim, part)
    share = book.amount(claim)
    severity: Severity = "error" if whole else "warning"
    whole = whole or (_whole_in_front(book, claim, part) if part else None)
    if not part or not whole or _is_left_behind(book, claim):
        known = [("share", share)] + ([("part", book.amount(part))] if part else [])
        return Draft(RULE, "unclear", tuple(known), RULE, reason="no_denominator")
    share = msgspec.structs.replace(share, rounded=rounded(share.value, share.factor)) if not share.vague else share
    operands = [("share", share), ("part", book.amount(part)), ("base", book.amount(whole))]
    return judged(RULE, operands, _quotient, severity=severity, evidence=("checks/shares",))


def _is_left_behind(book: Book, claim: Claim) -> bool:
    """Whether a share is one that moved on to another: 从2.5%提高到3.3%."""
    return bool(_expression("moved_on").match(book.text, claim.end))


def _quotient(amounts: Sequence[Interval]) -> Interval:
    part, whole = amounts
    return exact(0) if part == whole == exact(0) else part / whole


def _part(book: Book, claim: Claim) -> Claim | None:
    """The level that a share is said of: the one of its place in a series, else the last in front with its metric."""
    listed = _in_turn(book, claim)
    if listed:
        return listed
    before = [one for one in book.find_between(claim.sentence.start, claim.start) if one.kind == "level"]
    alike = [one for one in before if one.metric == claim.metric]
    return alike[-1] if alike else None


def _in_turn(book: Book, claim: Claim) -> Claim | None:
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


def _whole(book: Book, claim: Claim, part: Claim | None) -> Claim | None:
    """The level that a share is taken of: the one it points at, or one that its sentence names in front."""
    if not part:
        return None
    pointed = book.claim[claim.share_of] if claim.share_of else None
    if pointed and pointed.base_unit == part.base_unit and pointed.id != part.id:
        return pointed
    if part.part_of:
        return book.claim[part.part_of]
    named = _named_whole(book, claim, part)
    if named:
        return named
    first = book.find_between(claim.sentence.start, claim.sentence.end)[0]
    words = book.text[claim.sentence.start : first.start]
    before = [
        one
        for one in book.claims[max(0, book.find_index(first) - NEAREST) : book.find_index(first)]
        if one.kind == "level"
    ]
    meant = [one for one in before if one.metric and one.metric in words and one.base_unit == part.base_unit]
    return find_nearest(meant[-1], meant) if meant else _standing_whole(book, claim, part)


def _standing_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The whole of the last share in front that names one, in a section where shares go on without naming it."""
    at = book.find_index(claim)
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section == claim.section and one.kind == "share" and one.share_of:
            whole = book.claim[one.share_of]
            return whole if whole.base_unit == part.base_unit and whole.id != part.id else None
    return None


def _whole_in_front(book: Book, claim: Claim, part: Claim) -> Claim | None:
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
    if visits or _expression("rest_of").search(book.text, whole.end, claim.start):
        return whole
    share = book.amount(claim)
    fits = verdict(share, [book.amount(part), book.amount(whole)], _quotient) == "holds"
    return whole if fits and share.value % 1 else None


def _named_whole(book: Book, claim: Claim, part: Claim) -> Claim | None:
    """The level of the document that the words in front of a share call its whole: 占GDP比重25.9%."""
    found = _expression("whole").search(book.text, claim.sentence.start, claim.start)
    if not found:
        return None
    wanted = {normalize_name(found["whole"]), normalize_name(found["whole"] + (found["more"] or ""))}
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


# ── shares of one whole ──────────────────────────────────────────────────────────────────────────────────────────────


def _together(book: Book, shares: list[Claim]) -> Iterator[Draft]:
    """The shares of a sentence add up to 100 % where their parts add up to the whole, and never exceed it."""
    wholes = {claim.share_of for claim in shares}
    parts = [_part(book, claim) for claim in shares]
    if len(shares) < 2 or len(wholes) > 1 or not all(parts) or len({part.id for part in parts if part}) < len(parts):
        return
    hundred = hundred_percent(book.amount(shares[0]))
    amounts = [book.amount(claim) for claim in shares]
    summed = judged(
        "share_total",
        [("total", hundred), *(("share", amount) for amount in amounts)],
        total,
        evidence=("checks/shares",),
    )
    one_list = len({part.part_of for part in parts if part}) == 1
    above = one_list and summed.computed is not None and summed.computed > 1
    yield from _whole_sum(book, shares, [part for part in parts if part], summed)
    if summed.status == "holds" or above or _are_all(book, [part for part in parts if part]):
        yield msgspec.structs.replace(summed, operands=summed.operands[1:])


def _whole_sum(book: Book, shares: Sequence[Claim], parts: Sequence[Claim], summed: Draft) -> Iterator[Draft]:
    """Parts whose shares make up the whole make it up themselves, where no words say that they are its parts."""
    whole = _whole(book, shares[0], parts[0])
    if whole and summed.status == "holds" and not parts[0].part_of:
        operands = [("total", book.amount(whole)), *(("part", book.amount(part)) for part in parts)]
        yield judged("sum", operands, total, evidence=("checks/shares",))


def _are_all(book: Book, parts: Sequence[Claim]) -> bool:
    """Whether the amounts make up their total."""
    whole = parts[0].part_of
    if not whole or any(part.part_of != whole for part in parts):
        return False
    return book.amount(book.claim[whole]).rounded.meets(total(book.amount(part).rounded for part in parts))


def hundred_percent(like: Amount) -> Amount:
    """The number 100 %, which nobody prints."""
    return msgspec.structs.replace(like, value=Decimal(100), rounded=exact(1), cut=exact(1), factor=Fraction(1, 100))


# ── ratios of more than two parts: 12.7:28.5:58.8 ────────────────────────────────────────────────────────────────────


def _structures(book: Book) -> Iterator[Draft]:
    """Ratios whose parts are shares of 100, on their own and against the amounts that they are of."""
    sums = [group for group in find_groups(book) if has_full_sum(book, group)]
    for claim in book.claims:
        ratio = _ratio(claim)
        if len(ratio) < 2 or not (
            total(rounded(value) for value in ratio).may_be(100) or _is_structure(book, claim, ratio)
        ):
            continue
        yield _ofhundred_percent(book, claim, ratio)
        fitting = next((g for g in reversed(sums) if g.whole.start < claim.start and len(g.parts) == len(ratio)), None)
        if fitting and fitting.whole.section == claim.section:
            yield from _against(book, claim, ratio, fitting.whole, fitting.parts)


def _is_structure(book: Book, claim: Claim, ratio: list[Decimal]) -> bool:
    """Whether words call a ratio the structure of a whole, and its numbers are percentages."""
    called = _expression("structure").search(book.text, claim.sentence.start, claim.start)
    return bool(called) and len(ratio) > 2 and sum(ratio) > len(ratio) * 10 and any(value % 1 for value in ratio)


def _ofhundred_percent(book: Book, claim: Claim, ratio: list[Decimal]) -> Draft:
    """The parts of a ratio against 100."""
    amount = msgspec.structs.replace(book.amount(claim), value=Decimal(100), rounded=exact(100), cut=exact(100))
    holds = total(rounded(value) for value in ratio).may_be(100)
    return Draft(
        "share_total", "holds" if holds else "fails", (("share", amount),),
        "share-structure" if holds else "share-structure-off", severity=None if holds else "error",
        facts={"sum": f"{sum(ratio):f}"}, evidence=("checks/shares.ratio",),
    )  # fmt: skip


def _ratio(claim: Claim) -> list[Decimal]:
    """The numbers of a ratio."""
    parts = (claim.value + claim.unit).replace("：", ":").replace("∶", ":").split(":")
    return [Decimal(part) for part in parts] if len(parts) > 1 and all(map(_NUMBER.fullmatch, parts)) else []


def _against(book: Book, claim: Claim, ratio: list[Decimal], whole: Claim, parts: Sequence[Claim]) -> Iterator[Draft]:
    """The numbers of a ratio as the shares of amounts in their order, where the first one is."""
    drafts = []
    for value, part in zip(ratio, parts, strict=True):
        share = msgspec.structs.replace(
            book.amount(claim), value=value, factor=Fraction(1, 100), rounded=rounded(value, Fraction(1, 100)),
            cut=rounded(value, Fraction(1, 100)), raw=str(value), unit="%",
        )  # fmt: skip
        operands = [("share", share), ("part", book.amount(part)), ("base", book.amount(whole))]
        drafts.append(judged(RULE, operands, _quotient, evidence=("checks/shares.ratio",)))
    if any(draft.status == "holds" for draft in drafts):
        yield from drafts
