"""Totals with the parts that a text gives them, and how complete such a list claims to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total as added
from extractor.checks.relations.clauses import is_origin
from extractor.claims.vocabulary import entries
from extractor.model import Claim

# A total stands among this many amounts in front of its first part.
NEAREST = 8
# Parts of a division that is told across clauses stand within so many claims of one another.
TOGETHER = 12


class Complement(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that divide a whole without a rest."""

    words: list[str]


class Group(Struct, frozen=True):
    """A total and its parts; ``complete`` says that nothing is left beside them, ``bound`` that the text links them."""

    whole: Claim
    parts: tuple[Claim, ...]
    complete: bool
    bound: bool
    pattern: str

    @property
    def linked(self) -> bool:
        """Whether words of the text, not only names, make the parts those of the total."""
        return self.pattern in ("checks/sums.linked", "checks/sums.listed")


@cache
def _complements() -> tuple[tuple[str, ...], ...]:
    """The sets of words that divide a whole without a rest."""
    return tuple(tuple(entry.words) for entry in patterns.load("checks/sums", Complement).values())


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns.lexicon("checks/sums")[name])


_expression = partial(patterns.fragment, "checks/sums")
"""One of the fragments."""


def groups(book: Book) -> tuple[Group, ...]:
    """Every total with parts: linked by the words of the text, by words that divide a whole, and by years."""
    return book.view(_groups)


def _groups(book: Book) -> tuple[Group, ...]:
    return tuple(_each(book))


def _each(book: Book) -> Iterator[Group]:
    linked = list(_linked(book))
    yield from linked
    yield from _leaves(linked)
    yield from _listed(book)
    yield from _divided(book)
    yield from _by_year(book, linked)
    yield from _composed(book)
    yield from _shared(book)


# ── linked by 其中, 包括, 分别为 ─────────────────────────────────────────────────────────────────────────────────────


def _linked(book: Book) -> Iterator[Group]:
    members: dict[str, list[Claim]] = {}
    for claim in book.claims:
        if claim.part_of and claim.kind == "level" and not is_origin(book, claim):
            members.setdefault(claim.part_of, []).append(claim)
    for whole_id, parts in members.items():
        whole = book.claim[whole_id]
        if is_average(whole):
            continue
        for number, division in enumerate(_divisions(book, _of_one_role(whole, parts))):
            complete = number == 0 and (_ends_in_rest(division) or _is_complete(book, whole, division))
            complete = (complete or divide(division)) and not _is_narrower(whole, division)
            yield Group(whole, tuple(division), complete, True, "checks/sums.linked")
            yield from _interleaved(book, whole, division)


def _is_narrower(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts are of one kind only, named in brackets: 城镇（限额以上企业）."""
    kinds = [set(_expression("bracket").findall(part.metric or "")) for part in parts]
    return bool(set.intersection(*kinds) - {*_expression("bracket").findall(whole.metric or "")})


def _interleaved(book: Book, whole: Claim, parts: Sequence[Claim]) -> Iterator[Group]:
    """Parts of two totals in turn: 收入9亿元，支出1亿元；收入2亿元，支出3亿元, with both totals in front."""
    beside = book.before(whole, 1)
    if beside and len(parts) > 2 and len(parts) % 2 == 0 and beside[0].sentence == whole.sentence:
        for host, share in ((beside[0], parts[0::2]), (whole, parts[1::2])):
            yield Group(host, tuple(share), False, False, "checks/sums.interleaved")


def is_average(claim: Claim) -> bool:
    """Whether a number is an average or a rate, of which parts do not add up."""
    return any(word in (claim.metric or "") for word in _words("average"))


def _of_one_role(whole: Claim, parts: list[Claim]) -> list[Claim]:
    """The parts that are planned, budgeted or done as the whole is; all of them where none is."""
    same = [part for part in parts if part.role == whole.role]
    return same or parts


def _divisions(book: Book, parts: list[Claim]) -> Iterator[list[Claim]]:
    """The parts, divided anew where the text says so (按用途分)."""
    current: list[Claim] = []
    for part in parts:
        told = book.claims[max(0, book.at(part) - 1)].end
        if current and _expression("division").search(_outside(book.text[told : part.start])):
            yield current
            current = []
        current.append(part)
    if current:
        yield current


def _outside(words: str) -> str:
    """Words without what stands in brackets."""
    return str(_expression("aside").sub("", words))


def _ends_in_rest(parts: Sequence[Claim]) -> bool:
    """Whether a list ends in what is left: 其他收入."""
    return len(parts) > 1 and (parts[-1].metric or "").startswith(_words("rest"))


def _is_complete(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the words that open a list, or the shares of its parts, say that it is complete."""
    if len(parts) < 2:
        return False
    opener = book.text[whole.end : parts[0].start]
    return any(word in opener for word in _words("complete")) or _shares_add_up(book, whole, parts)


def _shares_add_up(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether every part has a share of the whole, and the shares make it up."""
    shares = [claim for claim in book.shares.get(whole.id, ()) if parts[0].start < claim.start]
    named = {claim.metric for claim in shares}
    if not all(part.metric in named for part in parts):
        return False
    return added(book.amount(claim).rounded for claim in shares).may_be(1)


def divide(parts: Sequence[Claim]) -> bool:
    """Whether the parts are the sides of one division: 货物, 工程 and 服务."""
    return any(len(words) == len(parts) and _sides(words, parts) for words in _complements())


def divides(parts: Sequence[Claim]) -> bool:
    """Whether the parts are the sides of one division, none narrower: 城镇人口, 农村人口, not 农村低保人口."""
    return any(
        len(words) == len(parts)
        and _sides(words, parts)
        and all(_bare(words, parts[0]).endswith(_bare(words, part)) for part in parts)
        for words in _complements()
    )


def _side(words: tuple[str, ...], claim: Claim) -> str | None:
    """The dividing word of a metric: the one that stands first, the longer of two; 非税 is not 税收.

    A metric with two of the words is no side but the whole: 购置及运行费.
    """
    metric = _apart(claim)
    found = [(metric.find(word), -len(word), word) for word in words if word in metric]
    side = min(found)[2] if found else None
    both = side and any(word != side and word in metric.replace(side, "", 1) for word in words)
    return None if both else side


def _apart(claim: Claim) -> str:
    """A metric without the words that name both sides of a division at once: 出入境."""
    return str(_expression("both").sub("", claim.metric or ""))


def _sides(words: tuple[str, ...], parts: Sequence[Claim]) -> bool:
    """Whether each part has a dividing word of its own, in any order."""
    named = [_side(words, part) for part in parts]
    return None not in named and len(set(named)) == len(parts)


def _leaves(linked: list[Group]) -> Iterator[Group]:
    """Totals whose parts have parts of their own, with those in their place."""
    below = {group.whole.id: group for group in linked if group.complete}
    for group in linked:
        if any(part.id in below for part in group.parts):
            leaves = [leaf for part in group.parts for leaf in (below[part.id].parts if part.id in below else (part,))]
            yield Group(group.whole, tuple(leaves), False, False, "checks/sums.leaves")


# ── the items of a list under a number ───────────────────────────────────────────────────────────────────────────────


def _listed(book: Book) -> Iterator[Group]:
    """A number that ends its paragraph with 其中, and the first number of its unit in each item below."""
    for claim in book.claims:
        if claim.kind != "level" or is_average(claim):
            continue
        end = _line_end(book.text, claim.end)
        if _expression("hands_on").search(book.text, claim.end, end):
            parts = _items(book, claim, end)
            if divide(parts):
                yield Group(claim, tuple(parts), True, True, "checks/sums.listed")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _items(book: Book, whole: Claim, at: int) -> list[Claim]:
    """The first level of the whole's unit in each item of the list that begins behind ``at``."""
    parts: list[Claim] = []
    for start, end in _lines(book.text, at):
        if not _expression("item").match(book.text, start, end):
            break
        inside = book.between(start, end)
        part = next((one for one in inside if one.kind == "level" and one.base_unit == whole.base_unit), None)
        if part is None or part.role != whole.role:
            break
        parts.append(part)
    return parts


def _lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The lines behind ``at`` that are not blank."""
    while at < len(text):
        start = at + 1
        at = _line_end(text, start)
        if text[start:at].strip():
            yield start, at


# ── linked by what they are called ───────────────────────────────────────────────────────────────────────────────────


def _divided(book: Book) -> Iterator[Group]:
    """Amounts that stand together and are the sides of one division, with a total in front of them."""
    led = {claim.part_of for claim in book.claims} - {None}
    for levels in book.levels.values():
        for at, claim in enumerate(levels):
            first = claim.part_of is None or claim.part_of in led
            led.discard(claim.part_of)
            for words in _complements() if first and not is_average(claim) else ():
                if _side(words, claim):
                    yield from _with_total(book, levels, at, words)


def _with_total(book: Book, levels: Sequence[Claim], at: int, words: tuple[str, ...]) -> Iterator[Group]:
    parts = _others(levels, at, words)
    whole = (_linked_total(book, parts) or _total(levels, at, words)) if parts else None
    if parts and whole and not all(part.part_of == whole.id for part in parts):
        alike = all(part.sentence == parts[0].sentence or _is_like(words, part, parts[0]) for part in parts)
        yield Group(whole, tuple(parts), True, alike and _names(words, parts[0], whole), "checks/sums.divided")


def _others(levels: Sequence[Claim], at: int, words: tuple[str, ...]) -> list[Claim] | None:
    """The sides of a division that begins with ``levels[at]``: metrics alike but for the dividing words."""
    parts = [levels[at]]
    for claim in levels[at + 1 : at + TOGETHER]:
        alike = parts[0].part_of is not None or _is_like(words, claim, parts[0])
        if alike and claim.role == parts[0].role and _sides(words, [*parts, claim]):
            parts.append(claim)
        if len(parts) == len(words):
            return parts
    return None


def _is_like(words: tuple[str, ...], one: Claim, two: Claim) -> bool:
    """Whether two metrics end alike without their dividing words."""
    return _bare(words, one)[-2:] == _bare(words, two)[-2:]


def _bare(words: tuple[str, ...], claim: Claim) -> str:
    """A metric without its dividing word."""
    return (claim.metric or "").replace(_side(words, claim) or "", "", 1)


def _linked_total(book: Book, parts: Sequence[Claim]) -> Claim | None:
    """The total that the text gives one of the sides."""
    linked = (part.part_of for part in parts if part.part_of)
    return next((book.claim[whole] for whole in linked), None)


def _total(levels: Sequence[Claim], at: int, words: tuple[str, ...]) -> Claim | None:
    """The nearest amount in front that may be the whole: planned or done alike, not itself a side."""
    for claim in reversed(levels[max(0, at - NEAREST) : at]):
        sides = sum(word in _apart(claim) for word in words)
        if claim.role == levels[at].role and sides in (0, len(words)):
            return claim
    return None


def _names(words: tuple[str, ...], part: Claim, whole: Claim) -> bool:
    """Whether the total is called what its parts are called without the dividing words, or names all of them."""
    metric = whole.metric or ""
    return metric.endswith(_bare(words, part)) or all(word in metric for word in words)


# ── linked by years ──────────────────────────────────────────────────────────────────────────────────────────────────


def _by_year(book: Book, linked: list[Group]) -> Iterator[Group]:
    """Parts of several years: a list that begins with one year's part goes on in the sentences behind it."""
    for group in linked:
        first = group.parts[0]
        if len(group.parts) > 1 or not _year(first) or _year(first) == _year(group.whole):
            continue
        at = book.at(first) + 1
        later = [claim for claim in book.claims[at : at + TOGETHER] if claim.section == first.section]
        others = [claim for claim in later if _continues(first, claim)]
        if others:
            yield Group(group.whole, (first, *others), False, True, "checks/sums.by_year")


def _year(claim: Claim) -> str | None:
    period = claim.period
    whole = period and period.start and period.end and period.start[:4] == period.end[:4]
    return period.start[:4] if whole and period and period.start and period.start[:4] in period.text else None


def _continues(first: Claim, claim: Claim) -> bool:
    """Whether a claim is another year's part: planned or done as the first, of one unit, named alike."""
    same = claim.kind == "level" and claim.role == first.role and claim.base_unit == first.base_unit
    alike = (claim.metric or "")[:2] == (first.metric or "")[:2] and not claim.part_of
    return same and alike and _year(claim) not in (None, _year(first))


# ── linked by the vocabulary ─────────────────────────────────────────────────────────────────────────────────────────


def _composed(book: Book) -> Iterator[Group]:
    """Metrics that the vocabulary knows to be the sum of others, with the nearest statement of each of those."""
    for identifier, entry in entries().items():
        for whole in book.by_id.get(identifier, ()) if entry.parts else ():
            parts = [part for name in entry.parts if (part := _near(book, whole, name))]
            if len(parts) > 1 and not all(part.part_of == whole.id for part in parts):
                yield Group(whole, tuple(parts), len(parts) == len(entry.parts), True, "metrics.parts")


def _near(book: Book, whole: Claim, name: str) -> Claim | None:
    """The statement of a metric that stands nearest to another claim, of its section first, done or planned alike."""
    fitting = [one for one in book.by_id.get(name, ()) if one.role == whole.role and one.base_unit == whole.base_unit]
    return min(fitting, key=lambda one: (one.section != whole.section, abs(one.start - whole.start)), default=None)


# ── linked by their shares ───────────────────────────────────────────────────────────────────────────────────────────


def _shared(book: Book) -> Iterator[Group]:
    """Amounts of one sentence that end in what is left (其他收入), the first of which is told as a share of a whole."""
    for sentence in book.sentences:
        shares = [claim for claim in sentence if claim.share_of]
        whole = book.claim[shares[0].share_of] if len({claim.share_of for claim in shares}) == 1 else None  # type: ignore[index]
        parts = [claim for claim in sentence if whole and _is_part(book, whole, claim)]
        if whole and len(parts) > 2 and _ends_in_rest(parts) and parts[0].metric == shares[0].metric:
            yield Group(whole, tuple(parts), True, True, "checks/sums.shared")


def _is_part(book: Book, whole: Claim, claim: Claim) -> bool:
    alike = claim.kind == "level" and claim.base_unit == whole.base_unit and claim.role == whole.role
    return alike and claim.id != whole.id and claim.part_of in (None, whole.id) and not is_origin(book, claim)


def amounts(book: Book, group: Group) -> tuple[Amount, list[Amount]]:
    """The amounts of a group: its total and its parts."""
    return book.amount(group.whole), [book.amount(part) for part in group.parts]


def adds_up(book: Book, group: Group) -> bool:
    """Whether the parts are the total, as far as their digits tell."""
    whole, parts = amounts(book, group)
    return whole.rounded.meets(added(part.rounded for part in parts))
