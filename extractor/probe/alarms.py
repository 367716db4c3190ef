"""What the checks of a result say aloud: failing errors and warnings, by the places of their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from extractor.checks import is_verifying
from extractor.model import Check, Operand, Result
from extractor.probe.planting import Edit

Stretch = tuple[int, int]
Key = tuple[str, frozenset[Stretch]]
SAID = ("error", "warning")


class Alarm(Struct, frozen=True):
    """A failing check, and where its numbers and words stand."""

    check: Check
    spans: frozenset[Stretch]

    def touches(self, start: int, end: int) -> bool:
        """Whether it speaks of anything within a stretch."""
        return any(first < end and start < last for first, last in self.spans)


class Alarms(Struct, frozen=True):
    """All alarms of a result."""

    found: tuple[Alarm, ...]

    def touch(self, start: int, end: int) -> bool:
        """Whether any speaks of anything within a stretch."""
        return any(alarm.touches(start, end) for alarm in self.found)

    def list_fresh(self, before: Alarms, edit: Edit) -> list[Alarm]:
        """Those that were not there before an edit."""
        known = {(alarm.check.rule, alarm.spans) for alarm in before.found}
        return [alarm for alarm in self.found if _restore(alarm, edit) not in known]


def _restore(alarm: Alarm, edit: Edit) -> Key:
    """An alarm by the places that its numbers had before an edit."""
    return alarm.check.rule, frozenset((edit.restore(start), edit.restore(end)) for start, end in alarm.spans)


def list_alarms(result: Result) -> Alarms:
    """What a reader of the findings is told."""
    find = _Finder(result)
    failing = (check for check in result.checks if check.status == "fails" and check.severity in SAID)
    return Alarms(tuple(Alarm(check, frozenset(find.list_spans(check))) for check in failing))


def list_watched(result: Result) -> frozenset[int]:
    """Where the numbers begin that a holding check would not let change."""
    find = _Finder(result)
    strong = filter(is_verifying, result.checks)
    return frozenset(start for check in strong for start, _ in find.list_spans(check))


class _Finder:
    """The places of operands in the text of a result."""

    def __init__(self, result: Result) -> None:
        self._claims = {claim.id: (claim.start, claim.end) for claim in result.claims}
        self._tables = {table.id: table.rows for table in result.tables}

    def list_spans(self, check: Check) -> Iterator[Stretch]:
        return map(self._find, check.operands)

    def _find(self, operand: Operand) -> Stretch:
        if operand.text:
            return operand.text.start, operand.text.end
        if operand.claim:
            return self._claims[operand.claim]
        cell = self._tables[operand.table or ""][operand.row or 0][operand.column or 0]
        return cell.start, cell.end
