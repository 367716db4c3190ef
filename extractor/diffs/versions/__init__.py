"""Versions of one text, compared whole: what changed beside the numbers that are pairs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from extractor.diffs.drafts import Draft
from extractor.diffs.halves import Half
from extractor.diffs.same import Paired, list_seen, pair_findings
from extractor.diffs.versions.aligning import Aligned, align
from extractor.diffs.versions.found import Found
from extractor.diffs.versions.grids import compare_tables
from extractor.diffs.versions.grouping import tell_once
from extractor.diffs.versions.sentences import compare_sentences, list_told
from extractor.diffs.versions.units import read_script
from extractor.diffs.versions.wording import word_change
from extractor.model import Again, Change, Finding, FindingChange

__all__ = ["align_halves", "compare_findings", "list_changes"]


def align_halves(left: Half, right: Half) -> Aligned:
    """Two sides, sentence by sentence."""
    return align(read_script(left), read_script(right))


def list_changes(aligned: Aligned, drafts: Sequence[Draft]) -> tuple[Change, ...]:
    """What changed from the left to the right and is not said by the pairs, each change once."""
    told = list_told(drafts)
    found = chain(compare_sentences(aligned, told), compare_tables(aligned.left, aligned.right, told))
    return tuple(map(_make_change, tell_once(found, aligned)))


def _make_change(found: Found) -> Change:
    return Change(
        what=found.what,
        left=found.left.quote() if found.left else None,
        right=found.right.quote() if found.right else None,
        message=word_change(found),
        also=tuple(Again(one.quote(), two.quote()) for one, two in found.also),
    )


def compare_findings(left: Half, right: Half, dismissed: Collection[str] = ()) -> tuple[FindingChange, ...]:
    """The findings of both sides; ``dismissed`` are the ids of checks that a reader set aside.

    What tables say is compared within one format: where one file tells what is a table and the other does not, nothing
    was mended.
    """
    with_tables = left.document.format == right.document.format
    before, now = (_list_findings(half, with_tables) for half in (left, right))
    found = pair_findings(list_seen(left.result, before), list_seen(right.result, now))
    found.sort(key=lambda pair: (pair.before is None, pair.before, pair.now))
    return tuple(_tell_change(pair, before, now, dismissed) for pair in found)


def _list_findings(half: Half, with_tables: bool) -> list[Finding]:
    operands = {check.id: check.operands for check in half.result.checks}
    return [
        finding
        for finding in half.result.findings
        if with_tables or not any(one.table for check in finding.checks for one in operands.get(check, ()))
    ]


def _tell_change(
    pair: Paired, before: Sequence[Finding], now: Sequence[Finding], dismissed: Collection[str]
) -> FindingChange:
    left = None if pair.before is None else before[pair.before]
    right = None if pair.now is None else now[pair.now]
    checks = {check for finding in (left, right) if finding for check in finding.checks}
    return FindingChange(pair.status if checks.isdisjoint(dismissed) else "dismissed", left, right)
