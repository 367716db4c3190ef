"""Errors planted in a report one at a time: which of them its checks would have seen, and which numbers nobody watches.

The report is read once; each error is put into the document as it was read (the same characters are the page's text and
the table's cell), and sections, tables, claims and checks are made anew. What is chosen depends on the report's content
and the seed alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.documents.model import Document
from extractor.model import Check, Message
from extractor.pipeline import result as read_result
from extractor.probe.alarms import Alarms, list_alarms, list_watched
from extractor.probe.choosing import choose_slips
from extractor.probe.figures import Planted, Probe, count_up
from extractor.probe.numbers import list_numbers
from extractor.probe.planting import Slip, plant

__all__ = ["Planted", "Probe", "probe"]

Tell = Callable[[int, int], None]
"""Is told how many errors are planted so far, and of how many."""


def probe(document: Document, count: int = 40, seed: int = 1, tell: Tell | None = None) -> Probe:
    """What the checks of a document would have seen of ``count`` errors, planted one at a time.

    Numbers that take part in a finding already are left alone.
    """
    found = read_result(document)
    before = list_alarms(found)
    numbers = list_numbers(found)
    free = [number for number in numbers if not before.touch(number.start, number.end)]
    slips = choose_slips(document, free, count, f"{seed}:{document.sha256}")
    planted = []
    for at, slip in enumerate(slips, 1):
        planted.append(_try(document, slip, before, f"p{at}"))
        if tell:
            tell(at, len(slips))
    return count_up(found.document, seed, numbers, list_watched(found), planted)


def _try(document: Document, slip: Slip, before: Alarms, name: str) -> Planted:
    """What the checks say of the document with one slip in it."""
    number, edit = slip.number, slip.edit
    after = list_alarms(read_result(plant(document, edit)))
    fresh = after.list_fresh(before, edit)
    end = edit.move(number.end)
    seen = [alarm.check for alarm in fresh if alarm.touches(number.start, end)]
    return Planted(
        id=name,
        slip=slip.kind,
        place=number.place,
        path=number.path,
        page=number.page,
        start=number.start,
        end=number.end,
        label=number.label,
        raw=number.raw,
        planted=edit.change(number.raw, number.start),
        seen=bool(seen),
        rules=_list_rules(seen),
        stray=len(fresh) - len(seen),
        message=seen[0].message if seen else Message("", ""),
    )


def _list_rules(checks: Sequence[Check]) -> tuple[str, ...]:
    return tuple(sorted({check.rule for check in checks}))
