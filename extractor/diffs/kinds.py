"""What two sides are to each other, which decides how they are compared; told from what they say of themselves."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from extractor.diffs.halves import Half, are_strangers
from extractor.diffs.versions.aligning import Aligned
from extractor.messages import render
from extractor.model import Comparison, DocumentInfo, Message, Notice
from extractor.passages.words import compile_fragment

# Versions of one text share so much of it. Where the documents name two years or bodies nearly all must be the same,
# numbers too, so that only a name was mended: reports of one kind share their sentences, and hardly a number.
ALIKE, APART = 0.5, 0.8
# Files of two formats break their lines elsewhere; two reports of one kind have hardly a line in common.
LINES = 0.4


class Kind(Struct, frozen=True):
    """What the sides are to each other, and what that was told by: the id of a sentence and its facts."""

    comparison: Comparison
    reason: str
    facts: dict[str, str | int] = {}

    @property
    def why(self) -> Message:
        """What it was told by, for a reader."""
        notice = Notice(f"kinds.{self.reason}", self.facts)
        return Message(render(notice, "zh"), render(notice, "en"))


def recognise(left: Half, right: Half, align: Callable[[], Aligned]) -> Kind:
    """The kind of a comparison; ``align`` is asked where nothing that is said of the documents tells it."""
    one, two = left.document, right.document
    if left.result is right.result or (one.sha256 == two.sha256 and left.part != right.part):
        return Kind("attachment", "parts") if left.part or right.part else Kind("version", "same-text", {"share": 100})
    if is_department_of(one, two) or is_department_of(two, one):
        return Kind("unit", "unit", _name_entities(one, two))
    apart = _recognise_by_names(left, right)
    if apart and not has_common_lines(left, right):
        return apart
    aligned = align()
    if aligned.share >= (APART if apart else ALIKE) and (not apart or has_same_numbers(aligned)):
        return Kind("version", "same-text", {"share": int(aligned.share * 100)})
    return apart or Kind("attachment", "other-text")


def _recognise_by_names(left: Half, right: Half) -> Kind | None:
    """The kind of two sides that name two bodies, or two years; None where they do not."""
    one, two = left.document, right.document
    if are_strangers(left, right) or are_other_bodies(one, two):
        return Kind("peer", "bodies", _name_entities(one, two))
    if one.year and two.year and one.year != two.year:
        return Kind("year", "years", {"left": one.year, "right": two.year})
    return None


def has_common_lines(left: Half, right: Half) -> bool:
    """Whether enough lines are the same for versions of one text: so much is asked before sentences are aligned."""
    one, two = (set(half.result.text.split("\n")) for half in (left, right))
    return len(one & two) >= LINES * max(len(one), len(two))


def is_department_of(one: DocumentInfo, two: DocumentInfo) -> bool:
    """Whether the first document is the report of the department that the second one's unit belongs to.

    A name may have its city in front of it or not; what has more behind it is another unit of the same department.
    """
    if two.parent and one.entity and two.entity != one.entity:
        return one.entity.endswith(two.parent) or two.parent.endswith(one.entity)
    kinds = compile_fragment("of_department").search(one.kind or ""), compile_fragment("of_unit").search(two.kind or "")
    is_named = bool(one.entity) and (two.entity or "").startswith(one.entity or "")
    return all(kinds) and is_named


def are_other_bodies(one: DocumentInfo, two: DocumentInfo) -> bool:
    """Whether both documents name their bodies, and neither name holds the other; or they are of different places.

    A city's report and that of one of its districts are of two bodies, though one name begins with the other; a name
    without the city in front of it is of the same place.
    """
    first, second = one.entity, two.entity
    if first == second:
        return False
    if one.place and two.place and not (one.place.endswith(two.place) or two.place.endswith(one.place)):
        return True
    if not first or not second:
        return False
    return first not in second and second not in first


def has_same_numbers(aligned: Aligned) -> bool:
    """Whether nearly all numbers that stand at one place of one sentence are the same."""
    found = [one.exact == two.exact for one, two in aligned.list_pairs()]
    return sum(found) >= APART * len(found)


def _name_entities(one: DocumentInfo, two: DocumentInfo) -> dict[str, str | int]:
    return {"left": one.entity or one.name, "right": two.entity or two.name}
