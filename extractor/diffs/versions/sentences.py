"""What became of the sentences and headings of a version: reworded, taken out, put in, moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from extractor import words
from extractor.diffs.drafts import Draft
from extractor.diffs.marks import Run, Stretch, align_tokens
from extractor.diffs.versions.aligning import LIKE, Aligned, match_units, rate_units
from extractor.diffs.versions.found import Found, Spot, spot_unit, spot_words
from extractor.diffs.versions.units import NUMBER, Script, Unit, write_key
from extractor.model import ChangeKind, Span
from extractor.passages.items import Item
from extractor.passages.words import compile_fragment

# A sentence in which more stretches than this changed, or more than this part of its characters, is told as a whole.
RUNS, CHANGED = 3, 0.5
# A sentence of fewer characters may stand anywhere: that it is found again elsewhere says nothing.
TELLING = 6
# So many lines of several cells are a table.
ROWS = 2
# A word of change stands so many characters in front of its number at most.
REACH = 12

Lone = tuple[Unit | None, Unit | None]
Token = tuple[str, Stretch]


class Told(Struct, frozen=True):
    """What the pairs of two versions say already: per claim of the left its pair's number, and likewise the right."""

    left: Mapping[str, int]
    right: Mapping[str, int]
    drafts: Sequence[Draft]


def list_told(drafts: Sequence[Draft]) -> Told:
    """The pairs by their claims."""
    left = {item.claim.id: at for at, draft in enumerate(drafts) for item in draft.left}
    right = {item.claim.id: at for at, draft in enumerate(drafts) for item in draft.right}
    return Told(left, right, drafts)


def compare_sentences(aligned: Aligned, told: Told) -> Iterator[Found]:
    """What changed outside the tables, in the order of the gaps."""
    alone: list[Lone] = []
    for gap in aligned.gaps:
        for one, two in match_units(gap):
            if one and two:
                yield from _compare_units(aligned, one, two, told)
            else:
                alone.append((one, two))
    lefts, rights = [one for one, _ in alone if one], [two for _, two in alone if two]
    yield from _tell_alone(aligned, lefts, rights, told)


def _link_by_pairs(lefts: Sequence[Unit], rights: Sequence[Unit], told: Told) -> Iterator[tuple[Unit, Unit]]:
    """Units that were reworded and stand elsewhere: the numbers of one are paired with those of the other."""
    places = {told.right[item.claim.id]: two for two in rights for item in two.items if item.claim.id in told.right}
    taken: set[int] = set()
    for one in lefts:
        numbers = (told.left[item.claim.id] for item in one.items if item.claim.id in told.left)
        two = next((places[number] for number in numbers if number in places), None)
        if two and two.start not in taken and rate_units(one, two) >= LIKE:
            taken.add(two.start)
            yield one, two


# ── units that were reworded ─────────────────────────────────────────────────────────────────────────────


def _compare_units(aligned: Aligned, one: Unit, two: Unit, told: Told) -> Iterator[Found]:
    """What changed in a unit: a heading is told as a whole, and so is a sentence that was written anew."""
    first, second = _cut(aligned.left, one, told.left), _cut(aligned.right, two, told.right)
    drafts = _list_drafts(one, two, told)
    runs = [run for run in align_tokens(first, second, gap=0) if not _is_told(aligned, run, drafts)]
    if not runs:
        return
    if one.is_heading or two.is_heading:
        yield Found("heading", spot_unit(aligned.left, one), spot_unit(aligned.right, two))
        return
    found = [_tell_run(aligned, run, one, two) for run in runs]
    in_words = [run for run, change in zip(runs, found, strict=True) if change.what == "word"]
    if _is_written_anew(in_words, one, two):
        found = [Found("sentence", spot_unit(aligned.left, one), spot_unit(aligned.right, two))]
    yield from found


def _tell_run(aligned: Aligned, run: Run, one: Unit, two: Unit) -> Found:
    left, right = spot_words(aligned.left, one, *run.left), spot_words(aligned.right, two, *run.right)
    what: ChangeKind = "date" if _is_date(left.key) and _is_date(right.key) else "word"
    return Found(what, left, right)


def _is_date(key: str) -> bool:
    """Whether words are a date and nothing else.

    >>> _is_date("2024年9月底"), _is_date("小于")
    (True, False)
    """
    return bool(compile_fragment("date").fullmatch(key))


def _is_written_anew(runs: Sequence[Run], one: Unit, two: Unit) -> bool:
    if len(runs) > RUNS:
        return True
    changed = sum(run.left[1] - run.left[0] + run.right[1] - run.right[0] for run in runs)
    return changed > CHANGED * (one.end - one.start + two.end - two.start)


def _cut(script: Script, unit: Unit, pairs: Mapping[str, int]) -> list[Token]:
    """The words of a unit with their places; a number that is in a pair is that pair."""
    tokens: list[Token] = []
    at = unit.start
    for item in unit.items:
        claim = item.claim
        tokens += _cut_words(script, at, claim.start)
        pair = pairs.get(claim.id)
        word = write_key(claim.raw) if pair is None else f"{NUMBER}{pair}"
        tokens.append((word, (claim.start, claim.end)))
        at = max(at, claim.end)
    return tokens + list(_cut_words(script, at, unit.end))


def _cut_words(script: Script, start: int, end: int) -> Iterator[Token]:
    """The words of a stretch, a date as one."""
    text = script.read(start, end)
    at = 0
    for date in compile_fragment("date").finditer(text):
        yield from _cut_plain(text[at : date.start()], start + at)
        yield write_key(date[0]), (start + date.start(), start + date.end())
        at = date.end()
    yield from _cut_plain(text[at:], start + at)


def _cut_plain(text: str, start: int) -> Iterator[Token]:
    for word in words.cut(text):
        if key := write_key(word.text):
            yield key, (start + word.start, start + word.end)


# ── what the pairs tell ──────────────────────────────────────────────────────────────────────────────────


def _is_told(aligned: Aligned, run: Run, drafts: Sequence[Draft]) -> bool:
    """Whether a difference is one of marks or white space alone, of paired numbers, or said with one of the pairs."""
    left, right = write_key(aligned.left.read(*run.left)), write_key(aligned.right.read(*run.right))
    if left == right or not any(char.isalnum() for char in left + right):
        return True
    return any(_tells(draft, run, (left, right)) for draft in drafts)


def _list_drafts(one: Unit, two: Unit, told: Told) -> list[Draft]:
    """The pairs with a claim in each of two units."""
    left = {told.left.get(item.claim.id) for item in one.items}
    right = {told.right.get(item.claim.id) for item in two.items}
    return [told.drafts[at] for at in sorted({at for at in left & right if at is not None})]


def _tells(draft: Draft, run: Run, keys: tuple[str, str]) -> bool:
    """Whether a pair says a difference itself: other numbers, a turn from growth to fall, a note that quotes both."""
    if all(_is_within(run_, items) for run_, items in ((run.left, draft.left), (run.right, draft.right))):
        return True
    if any(_quotes(note.facts, keys) for note in draft.notes):
        return True
    directions = {draft.left[0].claim.direction, draft.right[0].claim.direction}
    return directions == {"increase", "decrease"} and _is_in_front(run, draft)


def _is_within(run: Stretch, items: Sequence[Item]) -> bool:
    return any(item.claim.start <= run[0] and run[1] <= item.claim.end for item in items)


def _quotes(facts: Mapping[str, str | int], keys: tuple[str, str]) -> bool:
    """Whether a note names what stood there and what does."""
    quoted = write_key(str(facts.get("first", ""))), write_key(str(facts.get("second", "")))
    return all(key and key in quote for key, quote in zip(keys, quoted, strict=True))


def _is_in_front(run: Run, draft: Draft) -> bool:
    """Whether the words in front of a pair's number are what differs."""
    gaps = draft.left[0].claim.start - run.left[1], draft.right[0].claim.start - run.right[1]
    return all(0 <= gap <= REACH for gap in gaps)


# ── units of one side only ───────────────────────────────────────────────────────────────────────────────


def _tell_alone(aligned: Aligned, lefts: Sequence[Unit], rights: Sequence[Unit], told: Told) -> Iterator[Found]:
    """What has nothing in its place on the other side: it was moved, moved and reworded, taken out or put in."""
    moved = _find_moved(lefts, rights)
    for units in _group_neighbours(aligned.left, [one for one in lefts if one.start in moved]):
        right = [moved[one.start] for one in units]
        yield Found("sentence", _spot(aligned.left, units), _spot(aligned.right, right), "moved")
    lefts, rights = _leave_out(lefts, moved), _leave_out(rights, {two.start for two in moved.values()})
    linked = list(_link_by_pairs(lefts, rights, told))
    for one, two in linked:
        yield Found("sentence", spot_unit(aligned.left, one), spot_unit(aligned.right, two), "moved-reworded")
    yield from _tell_one_sided(aligned.left, _leave_out(lefts, {one.start for one, _ in linked}), True)
    yield from _tell_one_sided(aligned.right, _leave_out(rights, {two.start for _, two in linked}), False)


def _leave_out(units: Sequence[Unit], starts: Collection[int]) -> list[Unit]:
    return [unit for unit in units if unit.start not in starts]


def _tell_one_sided(script: Script, units: Sequence[Unit], is_left: bool) -> Iterator[Found]:
    """What one side alone has, neighbours as one."""
    for group in _group_neighbours(script, units):
        spot = _spot(script, group)
        yield Found(_name_kind(spot, group), spot if is_left else None, None if is_left else spot)


def _find_moved(lefts: Sequence[Unit], rights: Sequence[Unit]) -> dict[int, Unit]:
    """Where each unit of the left, by its place, stands on the right, of those that are the same."""
    places: defaultdict[str, list[Unit]] = defaultdict(list)
    for two in reversed(rights):
        places[two.key].append(two)
    found: dict[int, Unit] = {}
    for one in lefts:
        if len(one.key) >= TELLING and places[one.key]:
            found[one.start] = places[one.key].pop()
    return found


def _group_neighbours(script: Script, units: Sequence[Unit]) -> list[list[Unit]]:
    """Units of one section that follow each other, as one; a heading begins another group."""
    groups: list[list[Unit]] = []
    for unit in sorted(units, key=lambda unit: unit.start):
        if groups and _goes_on(script, groups[-1][-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _goes_on(script: Script, before: Unit, unit: Unit) -> bool:
    """Whether nothing but white space parts two units of one section."""
    is_of_one = before.section is unit.section and not unit.is_heading
    return is_of_one and not script.read(before.end, unit.start).strip()


def _spot(script: Script, units: Sequence[Unit]) -> Spot:
    span = Span(min(unit.start for unit in units), max(unit.end for unit in units))
    return Spot(script, span, span, units[0].section)


def _name_kind(spot: Spot, units: Sequence[Unit]) -> ChangeKind:
    """What stands on one side only: lines of cells are a table that was not read as one."""
    if sum(unit.is_row for unit in units) >= ROWS:
        return "table"
    return "heading" if units[0].is_heading else "sentence"
