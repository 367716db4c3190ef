"""A department and one of its units: the unit's numbers are in the department's, and what cannot be so is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extractor.diffs.drafts import Draft, Note
from extractor.diffs.halves import Half
from extractor.diffs.kinds import is_department_of
from extractor.diffs.stale import count_digits, find_base_years
from extractor.passages.items import Item
from extractor.passages.similarity import has_same_period

# What adds up over the units of a department.
ADDITIVE = ("money", "person", "household", "count", "area")
# A total of fewer significant digits may be that of the department by chance.
DIGITS = 4


def contain(left: Half, right: Half, drafts: Sequence[Draft]) -> list[Draft]:
    """The pairs of a department and a unit: numbers that differ are contained, or cannot be what they say."""
    is_left = not is_department_of(right.document, left.document)
    found = [kept for draft in drafts for kept in _contain(draft, is_left)]
    smaller = {draft.left[0].claim.part_of for draft in found if draft.relation == "contained"}
    return [_add_note(draft, "department-figure") if _is_borrowed(draft, smaller) else draft for draft in found]


def _contain(draft: Draft, is_left: bool) -> Iterator[Draft]:
    """A pair as that of a department and its unit; none where nothing can be said of it."""
    if draft.relation != "different":
        yield draft
        return
    department, unit = (draft.left[0], draft.right[0]) if is_left else (draft.right[0], draft.left[0])
    facts: dict[str, str | int] = {"department": department.claim.raw, "unit": unit.claim.raw}
    notes = (Note("other-base", base),) if (base := find_base_years(department, unit)) else ()
    if not _is_additive(department, unit):
        yield msgspec.structs.replace(draft, relation="contained", sentence="unit-own", facts=facts, notes=notes)
    elif unit.exact <= department.exact:
        yield msgspec.structs.replace(draft, relation="contained", facts=facts, notes=notes)
    elif _is_surely_one(department, unit):
        yield msgspec.structs.replace(draft, sentence="unit-larger", facts=facts, notes=())


def _is_additive(department: Item, unit: Item) -> bool:
    """Whether a number of the department is the sum of those of its units."""
    claims = department.claim, unit.claim
    return all(claim.kind == "level" and claim.dimension in ADDITIVE and not claim.scope.measure for claim in claims)


def _is_surely_one(department: Item, unit: Item) -> bool:
    """Whether two numbers are called the same and of one time: only then is one larger than its whole."""
    return department.named == unit.named and has_same_period(department, unit)


def _is_borrowed(draft: Draft, smaller: set[str | None]) -> bool:
    """Whether a unit's total is the department's though its parts are smaller."""
    total = draft.left[0]
    return draft.relation == "equal" and total.claim.id in smaller and count_digits(total) >= DIGITS


def _add_note(draft: Draft, message: str) -> Draft:
    return msgspec.structs.replace(draft, notes=(*draft.notes, Note(message)))
