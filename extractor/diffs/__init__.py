"""Two lists of Claims become a Diff: what agrees, what does not, and what stands on one side only."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from typing import get_args

import msgspec

from extractor import __version__
from extractor.diffs import parts
from extractor.diffs.cells import compare_cells
from extractor.diffs.drafts import Draft
from extractor.diffs.halves import Half
from extractor.diffs.kinds import Kind, recognise
from extractor.diffs.relations import relate
from extractor.diffs.stale import UNSETTLED, add_notes, is_never_flat
from extractor.diffs.sums import Sum, find_sums
from extractor.diffs.units import contain
from extractor.diffs.versions import align_halves, compare_findings, list_changes
from extractor.diffs.versions.aligning import Aligned
from extractor.diffs.wording import choose_metric, measure_change, write_message, write_remarks
from extractor.diffs.years import compare_years, is_called_flat, is_turned, separate_years
from extractor.model import Comparison, Diff, Likeness, Pair, Relation, Result, Tool
from extractor.passages.items import Item
from extractor.passages.matching import Matching, find_restated, match
from extractor.passages.similarity import compare_contexts, compare_metrics, rate
from extractor.pipeline import DISTRIBUTION, extract

__all__ = ["against_attachments", "compare", "diff"]

Source = str | os.PathLike[str] | bytes | Result
DIGITS = 2
"""So many decimals of a similarity are told: the third changes with a word of the context."""


# Reports of different places contradict one another in nothing: what they share is text that one took from the other.
AGREED = frozenset(get_args(Relation)) - {*UNSETTLED}


def diff(
    left: Source,
    right: Source,
    *,
    left_part: str | None = None,
    right_part: str | None = None,
    comparison: Comparison | None = None,
    dismissed: Collection[str] = (),
) -> Diff:
    """What the claims of two reports, or of two parts of them named by heading, have to do with each other.

    A side is a path, a file's bytes or a result. ``comparison`` names what they are to each other, which is otherwise
    told from what they say; ``dismissed`` are the ids of checks that a reader set aside. Raises ``InputError`` for what
    cannot be read and for a part that no heading, or more than one, is named by.

    >>> found = diff("低保发放保障金165.71万元。".encode(), "发放低保保障金165.7万元。".encode())
    >>> [(pair.relation, pair.metric) for pair in found.pairs]
    [('rounded', '低保发放保障金')]
    """
    return compare(_take_half(left, left_part), _take_half(right, right_part), comparison, dismissed)


def against_attachments(result: Result) -> list[Diff]:
    """The body of a document against each of its attachments."""
    body = parts.take_body(result)
    return [compare(body, parts.take_section(result, section)) for section in parts.find_attachments(result)]


def _take_half(source: Source, part: str | None) -> Half:
    result = source if isinstance(source, Result) else extract(source)
    return Half(result) if part is None else parts.take_part(result, part)


def compare(left: Half, right: Half, comparison: Comparison | None = None, dismissed: Collection[str] = ()) -> Diff:
    """The diff of two sides."""
    align = cache(partial(align_halves, left, right))
    kind = Kind(comparison, "named") if comparison else recognise(left, right, align)
    version = align() if kind.comparison == "version" else None
    drafts = _draft(left, right, kind.comparison, version)
    turned = kind.comparison == "year" and is_turned(left, right)
    cells, agreeing = compare_cells(left, right, kind.comparison)
    return Diff(
        schema="extractor-diff/1",
        tool=Tool(DISTRIBUTION, __version__),
        left=left.side,
        right=right.side,
        pairs=tuple(_make_pair(draft, turned) for draft in drafts),
        only_left=_list_unpaired(left.items, [draft.left for draft in drafts]),
        only_right=_list_unpaired(right.items, [draft.right for draft in drafts]),
        comparison=kind.comparison,
        why=kind.why,
        changes=list_changes(version, drafts) if version else (),
        findings=compare_findings(left, right, dismissed) if version else (),
        cells=cells,
        cells_agreeing=agreeing,
    )


def _draft(left: Half, right: Half, comparison: Comparison, version: Aligned | None) -> list[Draft]:
    """The pairs of two sides in the order of the left."""
    is_peer = comparison == "peer"
    certain = list(version.list_pairs()) if version else []
    matching = match(left.items, right.items, is_peer, certain)
    paired = (
        draft for draft in _draft_pairs(left, right, matching, comparison) if not is_peer or draft.relation in AGREED
    )
    is_flat = partial(is_called_flat, left, right) if comparison == "year" else is_never_flat
    drafts = add_notes(list(paired), matching.mirror, version is not None, is_flat)
    if comparison == "year":
        drafts = separate_years(left, right, drafts)
        drafts += compare_years(left, right, matching.matches)
    if comparison == "unit":
        drafts = contain(left, right, drafts)
    return sorted(drafts, key=lambda draft: (draft.left[0].at, draft.right[0].at))


def _draft_pairs(left: Half, right: Half, matching: Matching, comparison: Comparison) -> Iterator[Draft]:
    """The pairs of the assignment, those that add up in place of pairs that differ, and what is told again."""
    is_one_body_and_time = comparison not in ("peer", "year")
    combined = list(_draft_sums(left.items, right.items, matching)) if is_one_body_and_time else []
    for one in (*matching.matches, *find_restated(matching, left.items, right.items)):
        draft = Draft((one.left,), (one.right,), relate(one.left, one.right, matching.mirror), one.likeness)
        added_up = any(one.left in sum_.left and one.right in sum_.right for sum_ in combined)
        if draft.relation not in UNSETTLED or not added_up:
            yield draft
    yield from combined


def _draft_sums(left: Sequence[Item], right: Sequence[Item], matching: Matching) -> Iterator[Draft]:
    """What one side tells in parts, from the left and from the right."""
    partners = {one.left.at: one.right.at for one in matching.matches}
    back = {to: at for at, to in partners.items()}
    for one in find_sums(left, right, partners, matching.mirror):
        yield Draft((one.whole,), one.parts, "combined", _rate_least(one))
    for one in find_sums(right, left, back, matching.mirror):
        yield Draft(one.parts, (one.whole,), "combined", _rate_least(one))


def _rate_least(one: Sum) -> Likeness:
    """That of the part which is least like the whole."""
    found = [Likeness(compare_metrics(one.whole, part), compare_contexts(one.whole, part), 1.0) for part in one.parts]
    return min(found, key=rate)


def _make_pair(draft: Draft, turned: bool) -> Pair:
    change, rate_of_change = measure_change(draft, turned)
    return Pair(
        left=_list_ids(draft.left),
        right=_list_ids(draft.right),
        relation=draft.relation,
        metric=choose_metric(draft),
        similarity=round(rate(draft.likeness), DIGITS),
        likeness=Likeness(*(round(part, DIGITS) for part in msgspec.structs.astuple(draft.likeness))),
        message=write_message(draft),
        remarks=write_remarks(draft.notes),
        change=change,
        rate=rate_of_change,
    )


def _list_ids(items: Sequence[Item]) -> str | tuple[str, ...]:
    ids = tuple(item.claim.id for item in items)
    return ids[0] if len(ids) == 1 else ids


def _list_unpaired(items: Sequence[Item], paired: Sequence[tuple[Item, ...]]) -> tuple[str, ...]:
    """The claims of a side that no pair holds."""
    taken = {item.at for side in paired for item in side}
    return tuple(item.claim.id for item in items if item.at not in taken)
