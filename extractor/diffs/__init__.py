"""Two lists of Claims become a Diff: what agrees, what does not, and what stands on one side only."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from extractor import __version__
from extractor.diffs import parts
from extractor.diffs.drafts import Draft
from extractor.diffs.halves import Half, Item, strangers
from extractor.diffs.matching import Match, Matching, match, restated
from extractor.diffs.relations import relation
from extractor.diffs.similarity import Likeness, metrics
from extractor.diffs.similarity import context as around
from extractor.diffs.stale import noted
from extractor.diffs.sums import Sum, sums
from extractor.diffs.wording import message, metric
from extractor.diffs.years import findings
from extractor.model import Diff, Pair, Result, Tool
from extractor.pipeline import DISTRIBUTION, extract

__all__ = ["against_attachments", "compare", "diff"]

Source = str | os.PathLike[str] | bytes | Result
UNSETTLED = ("different", "different_period")


def diff(left: Source, right: Source, *, left_part: str | None = None, right_part: str | None = None) -> Diff:
    """What the claims of two reports, or of two parts of them named by heading, have to do with each other.

    A side is a path, a file's bytes or a result. Raises ``InputError`` for what cannot be read and for a part that no
    heading, or more than one, is named by.

    >>> found = diff("低保发放保障金165.71万元。".encode(), "发放低保保障金165.7万元。".encode())
    >>> [(pair.relation, pair.metric) for pair in found.pairs]
    [('rounded', '低保发放保障金')]
    """
    return compare(_half(left, left_part), _half(right, right_part))


def against_attachments(result: Result) -> list[Diff]:
    """The body of a document against each of its attachments."""
    body = parts.body(result)
    return [compare(body, parts.under(result, section)) for section in parts.attachments(result)]


def _half(source: Source, part: str | None) -> Half:
    result = source if isinstance(source, Result) else extract(source)
    return parts.named(result, part) if part is not None else Half(result)


def compare(left: Half, right: Half) -> Diff:
    """The diff of two sides."""
    matching = match(left.items, right.items, strangers(left, right))
    drafts = noted(list(_drafts(left, right, matching)), matching.mirror)
    drafts += findings(left, right, matching.matches)
    drafts.sort(key=lambda draft: (draft.left[0].at, draft.right[0].at))
    return Diff(
        schema="extractor-diff/1",
        tool=Tool(DISTRIBUTION, __version__),
        left=left.side,
        right=right.side,
        pairs=tuple(_pair(draft) for draft in drafts),
        only_left=_only(left.items, [draft.left for draft in drafts]),
        only_right=_only(right.items, [draft.right for draft in drafts]),
    )


def _drafts(left: Half, right: Half, matching: Matching) -> Iterator[Draft]:
    """The pairs of the assignment, those that add up in place of pairs that differ, and what is told again."""
    single = [_single(one) for one in (*matching.matches, *restated(matching, left.items, right.items))]
    combined = _combined(left, right, single, matching.mirror)
    wholes = {(side, item.at) for draft in combined for side, item in _wholes(draft)}
    parts_ = {(side, item.at) for draft in combined for side, item in _parts(draft)}
    for draft in single:
        taken = ("left", draft.left[0].at), ("right", draft.right[0].at)
        if draft.relation not in UNSETTLED or not wholes.union(parts_).intersection(taken):
            yield draft
    yield from combined


def _single(match_: Match) -> Draft:
    return Draft((match_.left,), (match_.right,), relation(match_.left, match_.right), match_.likeness)


def _combined(left: Half, right: Half, single: Sequence[Draft], mirror: bool) -> list[Draft]:
    """Sums of claims that agree with one of the other side which has no counterpart that agrees itself."""
    settled = {("left", draft.left[0].at) for draft in single if draft.relation not in UNSETTLED}
    settled |= {("right", draft.right[0].at) for draft in single if draft.relation not in UNSETTLED}
    found: list[Draft] = []
    for side, whole, other in (("left", left, right), ("right", right, left)):
        opposite = "right" if side == "left" else "left"
        open_ = [item for item in other.items if (opposite, item.at) not in settled or not mirror]
        wholes = [item for item in whole.items if (side, item.at) not in settled or not mirror]
        for one in sums(wholes, open_):
            if (side, one.whole.at) not in settled or not any((opposite, part.at) in settled for part in one.parts):
                found.append(_sum(one, side))
    return found


def _sum(one: Sum, side: str) -> Draft:
    """A sum as a pair; it is as like as the least of its parts."""
    scores = [Likeness(metrics(one.whole, part), around(one.whole, part), 1.0) for part in one.parts]
    left, right = ((one.whole,), one.parts) if side == "left" else (one.parts, (one.whole,))
    return Draft(left, right, "combined", min(scores, key=lambda found: found.score))


def _wholes(draft: Draft) -> list[tuple[str, Item]]:
    return [("left", draft.left[0])] if len(draft.left) == 1 else [("right", draft.right[0])]


def _parts(draft: Draft) -> list[tuple[str, Item]]:
    several, side = (draft.right, "right") if len(draft.left) == 1 else (draft.left, "left")
    return [(side, item) for item in several]


def _pair(draft: Draft) -> Pair:
    return Pair(
        left=_ids(draft.left),
        right=_ids(draft.right),
        relation=draft.relation,
        metric=metric(draft),
        similarity=round(draft.likeness.score, 2),
        message=message(draft),
    )


def _ids(items: Sequence[Item]) -> str | tuple[str, ...]:
    ids = tuple(item.claim.id for item in items)
    return ids[0] if len(ids) == 1 else ids


def _only(items: Sequence[Item], paired: Sequence[tuple[Item, ...]]) -> tuple[str, ...]:
    """The claims of a side that no pair holds."""
    taken = {item.at for side in paired for item in side}
    return tuple(item.claim.id for item in items if item.at not in taken)
