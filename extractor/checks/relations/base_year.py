"""Growth against the level of an earlier year that the document prints somewhere: its base is not implied but told."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from itertools import chain
from operator import attrgetter

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import exact
from extractor.amounts.names import Facets, find_scope, is_disjoint, normalize_name, sort_letters
from extractor.checks.relations.clauses import is_origin, read_since
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

# A name this short, in characters, is too common to tell that two numbers are of one thing.
TELLING = 4
# The noun at the end of a name, in characters.
HEAD = 2
# A base is one of so many levels of one thing and time, or in front: more than any report at hand prints.
MOST_BASES = 16
# What a level is of: unit, the characters of its name, scope, and a year, the words of a period, or None for any time.
Thing = tuple[str, str, Facets, int | str | None]


_expression = partial(patterns.fragment, "checks/change")


def find_bases(book: Book, rate: Claim, level: Claim) -> list[Claim]:
    """The levels of the same thing in the year that the rate names, or in the one before; one a value."""
    letters = sort_letters(level.metric or "")
    if len(letters) < TELLING or book.amount(level).vague:
        return []
    found: dict[str | None, Claim] = {}
    for one in _list_candidates(book, rate, level, letters):
        if one is not level and _is_base(rate, level, one):
            found.setdefault(one.base_value, one)
    return list(found.values()) or _find_called_otherwise(book, rate, level)


def find_less_told(book: Book, rate: Claim, level: Claim) -> list[Claim]:
    """The level of the year before that a rate gives and of whose scope the text tells less, or more, than here."""
    year, letters = _find_year(level), sort_letters(level.metric or "")
    if year is None or (_names_base(rate) and _read_time(rate) != year - 1):
        return []
    alike = book.view(_group_by_year).get((level.base_unit, letters, year - 1), [])[:MOST_BASES]
    may_be = [one for one in alike if one is not level and not is_disjoint(find_scope(one), find_scope(level))]
    return [one for one in may_be if _gives(book, rate, level, one)][:1]


def _group_by_year(book: Book) -> dict[tuple[str, str, int], list[Claim]]:
    """The plain levels of the narrative by unit, name and year, whatever their scope."""
    found: dict[tuple[str, str, int], list[Claim]] = {}
    for (unit, letters, _, time), levels in book.view(_group_plain).items():
        if isinstance(time, int):
            found.setdefault((unit, letters, time), []).extend(levels)
    return found


# ── under another name ───────────────────────────────────────────────────────────────────────────────────────────────


def _find_called_otherwise(book: Book, rate: Claim, level: Claim) -> list[Claim]:
    """The level of the year before that a rate gives, which the vocabulary or all words of one name call the same.

    Where none does, it is the only one of the vocabulary.
    """
    known, year = book.view(_group_by_end), _find_year(level)
    if year is None or (_names_base(rate) and _read_time(rate) != year - 1):
        return []
    alike = known.get((level.base_unit, _read_end(level), find_scope(level), year - 1), [])[:MOST_BASES]
    called = [one for one in alike if _is_called_otherwise(level, one)]
    same = [one for one in called if level.metric_id and one.metric_id == level.metric_id]
    fitting = [one for one in called if _gives(book, rate, level, one)]
    return fitting[:1] or (same if len(same) == 1 else [])


def _group_by_end(book: Book) -> dict[Thing, list[Claim]]:
    """The plain levels of the narrative by unit, scope, year and the end of their names, in document order."""
    found: dict[Thing, list[Claim]] = {}
    for one in chain.from_iterable(book.by_letters.values()):
        year = _find_year(one) if _is_plain(book, one) else None
        if year is not None:
            found.setdefault((one.base_unit, _read_end(one), find_scope(one), year), []).append(one)
    return found


def _read_end(claim: Claim) -> str:
    return normalize_name(claim.metric or "")[-HEAD:]


def _is_called_otherwise(level: Claim, one: Claim) -> bool:
    """Whether two levels are of one metric of the vocabulary, or all words of one name stand in the other in order."""
    if level.metric_id and level.metric_id == one.metric_id:
        return True
    short, long = sorted((normalize_name(level.metric or ""), normalize_name(one.metric or "")), key=len)
    rest = iter(long)
    return len(short) >= TELLING and all(char in rest for char in short)


def _gives(book: Book, rate: Claim, level: Claim, base: Claim) -> bool:
    """Whether a rate is how a level differs from a base."""
    quotient = book.amount(level).rounded / book.amount(base).rounded
    change = book.amount(rate).rounded
    return quotient.meets(exact(1) - change if rate.direction == "decrease" else exact(1) + change)


# ── under the same name ──────────────────────────────────────────────────────────────────────────────────────────────


def _list_candidates(book: Book, rate: Claim, level: Claim, letters: str) -> list[Claim]:
    """The levels of the same thing that may be the base of a rate, in document order: by their time, or in front."""
    known, thing = book.view(_group_plain), (level.base_unit, letters, find_scope(level))
    if _names_base(rate):
        return known.get((*thing, _read_time(rate)), [])[:MOST_BASES]
    year = _find_year(level)
    told = known.get((*thing, year - 1), [])[:MOST_BASES] if year else []
    if rate.role != "target" or rate.baseline:
        return told
    alike = known.get((*thing, None), [])
    at = bisect_left(alike, level.start, key=attrgetter("start"))
    either = {one.start: one for one in (*told, *alike[max(0, at - MOST_BASES) : at])}
    return [either[start] for start in sorted(either)]


def _group_plain(book: Book) -> dict[Thing, list[Claim]]:
    """The plain levels of the narrative by unit, name, scope and time, in document order.

    Each is found by the year that it is of, by the words of its period, and by None.
    """
    found: dict[Thing, list[Claim]] = {}
    for (unit, letters), levels in book.by_letters.items():
        for one in filter(partial(_is_plain, book), levels if len(letters) >= TELLING else ()):
            period, scope = one.period.text if one.period else None, find_scope(one)
            for time in {_find_year(one), period, None}:
                found.setdefault((unit, letters, scope, time), []).append(one)
    return found


def _is_plain(book: Book, one: Claim) -> bool:
    """Whether a level was reached, is given as it stands and is something."""
    if one.role != "actual":
        return False
    amount = book.amount(one)
    if amount.vague or not amount.exact:
        return False
    return not is_origin(book, one)


def _is_base(rate: Claim, level: Claim, one: Claim) -> bool:
    """Whether a level is of the year that a rate is compared with; a plan is compared with what was done."""
    if find_scope(one) != find_scope(level):
        return False
    if _names_base(rate):
        return one.period is not None and _read_time(rate) in (one.period.text, _find_year(one))
    mine, year = _find_year(level), _find_year(one)
    if mine and year == mine - 1:
        return True
    if rate.role != "target" or rate.baseline:
        return False
    return one.start < level.start and year != mine


def _names_base(rate: Claim) -> bool:
    """Whether a rate says what it is compared with, and this is not just the year before."""
    baseline = rate.baseline
    if not baseline:
        return False
    return not _expression("year_before").search(baseline)


def _read_time(rate: Claim) -> int | str:
    """The year that a baseline begins with (2025年预算执行数), else all of it."""
    found = _expression("base_year").search(rate.baseline or "")
    return int(found[0]) if found else rate.baseline or ""


def _find_year(claim: Claim) -> int | None:
    """The year that a number is of, or at the end of."""
    first, last = read_dates(claim)
    if first is None or last is None:
        return None
    year = last[:4]
    is_whole = first[:4] == year and last[5:] == "12-31"
    return int(year) if is_whole else None


def is_comparable(book: Book, rate: Claim) -> bool:
    """Whether the words around a growth say that it is one of comparable prices or definitions."""
    at = book.find_index(rate)
    start, end = rate.sentence.start, rate.sentence.end
    if at:
        start = max(start, book.claims[at - 1].end)
    if at + 1 < len(book.claims):
        end = min(end, book.claims[at + 1].start)
    words = book.text[start:end]
    return bool(_expression("comparable").search(words))


def has_own_definition(book: Book, rate: Claim, level: Claim) -> bool:
    """Whether a growth may be of other prices or definitions than the levels that are printed."""
    if is_comparable(book, rate) or _expression("at_prices").search(level.metric or ""):
        return True
    words = read_since(book, level) + (level.metric or "") + (rate.metric or "")
    return bool(_expression("own_scope").search(words))
