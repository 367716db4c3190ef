"""What a number is told against in its sentence: 比上年80万元增加20万元; 由100万元降到80万元; 高于上年的80万元."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import dropwhile, pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import measure_likeness
from extractor.amounts.once import once_a_claim
from extractor.checks.relations.clauses import is_origin, is_result, name_with_lead, read_lead, read_since
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

CHANGES = ("change_amount", "change_rate")
# What a change may lie between: levels, and what each has of something (3.10人 in a household).
SIZES = ("level", "rate")
# What a level grew to stands among so many levels in front of the one that it is held against.
NEAREST = 4
# What a change may be against.
BASES = ("plan", "when")


WORDS = "relations/bases"
expression = partial(patterns.fragment, WORDS)


def list_times() -> Collection[str]:
    """The units of a growth in multiples of its base."""
    return patterns.lexicon(WORDS)["times"]


def list_doublings() -> Collection[str]:
    """The units of a growth in doublings: 番."""
    return patterns.lexicon(WORDS)["doublings"]


class Ends(Struct, frozen=True):
    """A level and the one that it grew from; ``is_named`` where words say which is which."""

    current: Claim
    base: Claim
    is_named: bool


class Held(Struct, frozen=True):
    """A number and the one that ``words`` hold it against, which say whether it is above that."""

    current: Claim
    base: Claim
    words: str
    is_above: bool


@once_a_claim
def is_compared(book: Book, level: Claim) -> bool:
    """Whether a level is one that another is held against: 比上年80万元."""
    if not _is_size(level):
        return False
    return bool(expression("compared").search(read_since(book, level)))


def find_compared(book: Book, change: Claim) -> Claim | None:
    """The level that a change is held against right in front of it, or of the changes that it follows."""
    if change.cell or is_yearly(book, change):
        return None
    last = next(iter(_list_before(book, change)), None)
    return last if last and is_compared(book, last) else None


def have_other_bases(book: Book, one: Claim, other: Claim) -> bool:
    """Whether one change is against a plan and another against a time: 比预算减少2万元，比上年增长8%."""
    bases = {_tell_base(book, one), _tell_base(book, other)}
    return bases == set(BASES)


def _tell_base(book: Book, change: Claim) -> str:
    """Whether a change says that it is against a plan, or a time; empty where it does not say."""
    held = find_compared(book, change)
    told = read_since(book, held) if held else (change.baseline or read_lead(book, change))
    return next((base for base in BASES if expression(base).search(told)), "")


def find_told_ends(book: Book, change: Claim) -> list[Ends]:
    """The two ends of a change that its sentence tells, the likeliest first."""
    if change.cell or is_yearly(book, change):
        return []
    before = _list_before(book, change)
    enclosed = list(_read_enclosed(book, change, before))
    return enclosed or list(_read_front(book, change, before)) or list(_read_behind(book, change))


def _list_before(book: Book, change: Claim) -> list[Claim]:
    """The claims of a sentence in front of a change, the nearest first, without the changes that it follows."""
    before = reversed(book.find_between(change.sentence.start, change.start))
    return list(dropwhile(partial(_is_same_change, change), before))


def _is_same_change(change: Claim, one: Claim) -> bool:
    """Whether a claim is a change the same way, which the one in question follows: 增加20万元，增长20%."""
    return one.kind in CHANGES and one.direction == change.direction


def find_told_points(book: Book, change: Claim) -> list[Ends]:
    """The two rates that points lie between, the nearest first: 阅读率为59.9%，较上年的59.8%提高0.1个百分点."""
    if change.kind != "change_amount" or change.dimension != "percentage_point" or change.cell:
        return []
    base, *before = _list_before(book, change) or [change]
    if base.dimension != "percent" or not expression("compared").search(read_since(book, base)):
        return []
    alike = [one for one in before if (one.kind, one.dimension) == (base.kind, base.dimension)]
    return [Ends(one, base, True) for one in alike[:NEAREST]] if alike and _are_of_same(base, alike[0]) else []


def find_held(book: Book) -> Iterator[Held]:
    """Every number that words hold against an earlier one of the same thing, which stands right behind it."""
    for current, base in pairwise(book.claims):
        if not base.cell and base.sentence == current.sentence and _are_of_same(base, current):
            found = expression("held").search(read_since(book, base))
            if found:
                yield Held(current, base, found[0], found["above"] is not None)


def _are_of_same(one: Claim, other: Claim) -> bool:
    """Whether two numbers measure one thing, in one unit, and none is how that changed."""
    if one.metric != other.metric or one.kind in CHANGES or other.kind in CHANGES:
        return False
    return (one.kind, one.base_unit, one.dimension) == (other.kind, other.base_unit, other.dimension)


@once_a_claim
def is_yearly(book: Book, change: Claim) -> bool:
    """Whether a change is one of each year, or of a mean one of several: 年均增长5%."""
    return bool(expression("yearly").search(read_lead(book, change)))


# ── levels in front ──────────────────────────────────────────────────────────────────────────────────────────────────


def _read_front(book: Book, change: Claim, before: Sequence[Claim]) -> Iterator[Ends]:
    """The ends of a change right behind them; ``before`` has the nearest claim first."""
    if not before or not _is_size(before[0]):
        return
    # What another number was held against is none that changed: 较预算45万元节约6万元，比上年的41万元下降5%.
    last, levels = before[0], [one for one in before[1:] if _is_alike(one, before[0]) and not is_compared(book, one)]
    alike = levels[:NEAREST]
    if is_compared(book, last):
        yield from (Ends(one, last, True) for one in _list_of_same(last, levels)[:NEAREST])
    elif alike and alike[0] is before[1] and not is_origin(book, alike[0]):
        yield from _order(book, change, last, alike[0])
    elif alike and alike[0] is before[1] and is_result(book, last) and not change.baseline and _is_of(change, last):
        yield Ends(last, alike[0], change.base_unit in list_times())


def _list_of_same(base: Claim, alike: Sequence[Claim]) -> Sequence[Claim]:
    """The levels of what a base is of; of all where none has its name: 收入80万元（其中：契税2万元），比上年70万元…."""
    return [one for one in alike if one.metric == base.metric] or alike


def _is_of(change: Claim, level: Claim) -> bool:
    """Whether a change is of what a level is of: 单位由36个减少到27个，内设科室精简四分之一 is of something else."""
    return change.metric in (None, level.metric) or bool(measure_likeness(change, level))


def _is_size(one: Claim) -> bool:
    """Whether a number is a level, or a rate with a unit of its own, and no share of something."""
    return one.kind in SIZES and (one.kind == "level" or one.dimension != "percent")


def _is_alike(one: Claim, other: Claim) -> bool:
    return _is_size(one) and (one.kind, one.base_unit) == (other.kind, other.base_unit)


def _order(book: Book, change: Claim, last: Claim, first: Claim) -> Iterator[Ends]:
    """Two neighbouring levels, of which words or times say that one is the earlier one."""
    if expression("previous").search(read_lead(book, last)) and not is_earlier(first, last):
        yield Ends(first, last, True)
    elif change.baseline and _names(book, change.baseline, first):
        yield Ends(last, first, True)
    elif measure_likeness(first, last):
        yield from (Ends(one, two, False) for one, two in ((first, last), (last, first)) if is_earlier(two, one))


def _names(book: Book, baseline: str, level: Claim) -> bool:
    """Whether a level is what a change says that it is compared with."""
    year = level.period.text if level.period else ""
    return baseline in (year, year + (level.metric or "")) or baseline in name_with_lead(book, level)


def is_earlier(one: Claim, other: Claim) -> bool:
    """Whether a claim is of an earlier year than another, as far as both tell."""
    first, second = _read_year(one), _read_year(other)
    return bool(first and second and first < second)


def _read_year(claim: Claim) -> str | None:
    end = read_dates(claim)[1]
    return end[:4] if end else None


# ── a base in a bracket, a movement behind ───────────────────────────────────────────────────────────────────────────


def _read_enclosed(book: Book, change: Claim, before: Sequence[Claim]) -> Iterator[Ends]:
    """The level in front of a change and the one in a bracket right behind it: 支出20亿元，增长5%（上年19亿元）."""
    base = next(iter(book.find_between(change.end, change.sentence.end)), None)
    if base is None or not expression("enclosed").fullmatch(book.text, change.end, base.start):
        return
    levels = [one for one in before if _is_alike(one, base)]
    named = [one for one in levels if one.metric == change.metric] or levels[:1]
    yield from (Ends(one, base, True) for one in named[:1] if _is_of(change, one))


def _read_behind(book: Book, change: Claim) -> Iterator[Ends]:
    """The ends of a movement right behind a change of the same thing: 下降10%，由100万元降到80万元."""
    behind = book.find_between(change.end, change.sentence.end)[:2]
    for origin, result in pairwise(behind):
        if _is_alike(origin, result) and is_origin(book, origin) and is_result(book, result):
            yield from (Ends(result, origin, True) for _ in range(result.metric == change.metric))
