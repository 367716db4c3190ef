"""Totals with the parts that the words of a text link to them: 其中, 包括, 分别为."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import UNSET, UnsetType

from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.closings import is_closing
from extractor.checks.relations.complements import adds_up_on_average, is_divided, is_usually_divided
from extractor.checks.relations.groups import (
    NEAREST,
    OPENER,
    Group,
    expression,
    has_all_grades,
    has_complete_words,
    has_rest,
    is_average,
    list_words,
)
from extractor.checks.relations.habits import is_named_after
from extractor.checks.relations.times import has_same_time
from extractor.checks.relations.told_bases import is_compared
from extractor.model import Claim, Scope

# Two parts beside a rest may be a total.
SEVERAL = 3
# Parts of two totals in turn are two of each at least.
IN_TURN = 4
# A division has so many sides at least.
SIDES = 2


def find_linked(book: Book) -> Iterator[Group]:
    """Each total with its linked parts, divided anew where the text begins another division."""
    for whole, parts in _list_linked(book):
        divisions = list(_divide(book, _drop_plans(_take_one_role(book, whole, parts))))
        has_sides = _has_both_sides(book, whole, divisions)
        for number, listed in enumerate(divisions):
            division = _drop_rest(book, whole, _drop_closing(book, listed))
            if is_average(whole) and not adds_up_on_average(division):
                continue
            is_whole = has_sides or len(listed) > len(division) > 1
            is_complete = is_whole or _is_complete(book, whole, division, is_first=number == 0)
            is_usual = is_usually_divided(division) or is_named_after(whole, division)
            yield Group(whole, tuple(division), is_complete, True, "words", OPENER, linked=True, is_usual=is_usual)
            yield from _find_interleaved(book, whole, division)


def _has_both_sides(book: Book, whole: Claim, divisions: Sequence[Sequence[Claim]]) -> bool:
    """Whether a total of both sides of an account, which are the same, is divided by the one and by the other."""
    if len(divisions) != len(list_words("opposed")):
        return False
    is_of_both = bool(expression("both_sides").search(whole.metric or ""))
    return is_of_both and bool(expression("of_side").search(_read_between(book, divisions[-1][0])))


def _is_complete(book: Book, whole: Claim, division: Sequence[Claim], *, is_first: bool) -> bool:
    """Whether a division leaves nothing of its total; words in front of the list speak of the first one alone."""
    if _is_narrower(whole, division):
        return False
    if is_divided(division) or _is_parted(book, division) or has_all_grades(whole, division):
        return True
    if not is_first:
        return False
    return has_rest(division) or has_complete_words(book, whole, division)


def _drop_closing(book: Book, parts: list[Claim]) -> list[Claim]:
    """Parts without the total that closes their list: 合计1182万元."""
    return parts[:-1] if is_closing(book, parts[-1]) else parts


def _drop_rest(book: Book, whole: Claim, parts: list[Claim]) -> list[Claim]:
    """Parts without what is left of another total: 共5亿元，已使用4亿元，其中还债3亿元、周转1亿元，剩余1亿元."""
    if len(parts) < SEVERAL or not expression("left").match(read_lead(book, parts[-1])):
        return parts
    told = total(book.amount(part).rounded for part in parts[:-1])
    return parts[:-1] if book.amount(whole).rounded.meets(told) else parts


def _is_parted(book: Book, parts: Sequence[Claim]) -> bool:
    """Whether the last part is called what is left of the others, or what the only other one is not: 已办结, 未办结."""
    if len(parts) < 2:
        return False
    first, last = read_lead(book, parts[0]), read_lead(book, parts[-1])
    undone = expression("undone").search(last)
    is_opposite = undone is not None and len(parts) == 2 and first.endswith(undone["what"])
    return is_opposite or bool(expression("left").match(last)) or _is_negated(parts[-1], parts[:-1])


def _is_negated(last: Claim, others: Sequence[Claim]) -> bool:
    """Whether the last part is called what another one is not: 合格项目, 不合格项目."""
    name = last.metric or ""
    return bool(name) and any(other.metric == expression("negated").sub("", name, count=1) != name for other in others)


def _find_linked(book: Book, part: Claim) -> Claim | None:
    """The total that the text links a part to; where that is of the other side of the account, the one in front.

    收入60亿元，支出72亿元。收入方面，分级次看，中央收入24亿元…: of the income.
    """
    linked = book.claim[part.part_of or ""]
    if not _is_opposed(linked, part):
        return linked
    before = reversed(book.find_levels_before(linked, NEAREST))
    return next((one for one in before if _is_counterpart(one, linked, part)), None)


def _is_counterpart(one: Claim, linked: Claim, part: Claim) -> bool:
    """Whether a level is that of the side that a part is of, and a whole that was told as another one was."""
    if one.part_of or one.role != linked.role or not has_same_time(one, linked):
        return False
    return _read_side(one.scope) == _read_side(part.scope)


def _find_whole(book: Book, part: Claim, linked: Claim) -> str:
    """The total that a part is one of: where another division begins with more than that, what that is a part of."""
    if linked.part_of is None or book.amount(part).exact <= book.amount(linked).exact:
        return linked.id
    return linked.part_of if _is_new_division(book, part) else linked.id


def _list_linked(book: Book) -> Iterator[tuple[Claim, list[Claim]]]:
    """The totals that have levels as parts, with those."""
    members: dict[str, list[Claim]] = {}
    moved: dict[str, str] = {}
    for claim in book.claims:
        linked = _find_linked(book, claim) if claim.part_of and _is_part(book, claim) else None
        if linked:
            whole_id = moved.setdefault(linked.id, _find_whole(book, claim, linked))
            members.setdefault(whole_id, []).append(claim)
    for whole_id, parts in members.items():
        yield book.claim[whole_id], list(_end_at_total(members, parts))


def _end_at_total(members: Mapping[str, Sequence[Claim]], parts: Sequence[Claim]) -> Iterator[Claim]:
    """The parts in front of one that is divided by the names that they have: 招生其中本科生…；在校生其中本科生…."""
    names: set[str | None] = set()
    for part in parts:
        if names & {one.metric for one in members.get(part.id, ())}:
            return
        names.add(part.metric)
        yield part


def _is_part(book: Book, claim: Claim) -> bool:
    """Whether a linked claim is an amount of its total's time; ages add up to nothing."""
    if claim.kind != "level" or claim.dimension == "age":
        return False
    return not is_origin(book, claim) and not is_compared(book, claim)


def _is_opposed(one: Claim, other: Claim) -> bool:
    """Whether two numbers are of the two sides of an account."""
    sides = {_read_side(one.scope), _read_side(other.scope)}
    return len(sides) > 1 and sides <= set(list_words("opposed"))


def _read_side(scope: Scope | UnsetType) -> str | None:
    """The side of an account that the words of a claim's own clause name."""
    found = None if scope is UNSET else scope.side
    return found.value if found and found.origin == "clause" else None


def _take_one_role(book: Book, whole: Claim, parts: list[Claim]) -> list[Claim]:
    """The parts that are planned, budgeted or done as the whole is; all of them where none is, or they make it up."""
    same = [part for part in parts if part.role == whole.role]
    if 1 < len(same) < len(parts) and book.amount(whole).rounded.meets(
        total(book.amount(part).rounded for part in parts)
    ):
        return parts
    return same or parts


def _drop_plans(parts: list[Claim]) -> list[Claim]:
    """Parts without what one of them was to be: 税收收入35万元，占年初预算80万元; several in turn are of two totals."""
    if len(parts) >= IN_TURN:
        return parts
    later = [two for one, two in pairwise(parts) if not _is_called_after(two, one)]
    return [*parts[:1], *later]


def _is_called_after(part: Claim, before: Claim) -> bool:
    """Whether a name begins with that of the part in front and goes on."""
    first, second = before.metric or "", part.metric or ""
    return bool(first) and first != second and second.startswith(first)


def _divide(book: Book, parts: list[Claim]) -> Iterator[list[Claim]]:
    """The parts, divided anew where the text says so (按用途分), and where they are the sides of a second division."""
    current: list[Claim] = []
    for at, part in enumerate(parts):
        if current and (_is_new_division(book, part) or _are_both_divided(current, parts[at:])):
            yield current
            current = []
        current.append(part)
    if current:
        yield current


def _are_both_divided(before: Sequence[Claim], behind: Sequence[Claim]) -> bool:
    """Whether parts are all sides of one division, and those behind them of others: 城镇, 农村; 男, 女."""
    return is_divided(before) and any(is_divided(behind[:size]) for size in range(SIDES, len(behind) + 1))


def _is_new_division(book: Book, part: Claim) -> bool:
    """Whether the words between a part and the claim in front of it begin a division."""
    return bool(expression("division").search(_read_between(book, part)))


def _read_between(book: Book, part: Claim) -> str:
    """The words between a part and the claim in front of it, brackets and blanks left aside."""
    before = book.claims[max(0, book.find_index(part) - 1)].end
    words = "".join(book.text[before : part.start].split())
    return str(expression("aside").sub("", words))


def _is_narrower(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts are of one kind only, named in brackets: 城镇（限额以上企业）."""
    common = set.intersection(*map(_find_brackets, parts))
    return bool(common - _find_brackets(whole))


def _find_brackets(claim: Claim) -> set[str]:
    """What a metric says in brackets."""
    return set(expression("bracket").findall(claim.metric or ""))


def _find_interleaved(book: Book, whole: Claim, parts: Sequence[Claim]) -> Iterator[Group]:
    """Parts of two totals in turn: 收入9亿元，支出1亿元；收入2亿元，支出3亿元, with both totals in front."""
    if len(parts) < IN_TURN or len(parts) % 2:
        return
    before = book.find_levels_before(whole, 1)
    if not before or before[0].sentence != whole.sentence:
        return
    yield Group(before[0], tuple(parts[0::2]), False, False, "guess", OPENER)
    yield Group(whole, tuple(parts[1::2]), False, False, "guess", OPENER)
