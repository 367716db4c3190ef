"""A diff held against a gold of pairs or of edits: claims are found again by the places they overlap."""

from __future__ import annotations

from typing import Any, NamedTuple

from extractor import Claim, Diff, Pair, Side

Place = tuple[tuple[int, int], ...]


class Score(NamedTuple):
    """How many pairs of the gold were found, how many pairs were made, and how many of both have the right relation."""

    wanted: int
    found: int
    related: int
    made: int
    right: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]


def claims(side: Side, ids: str | tuple[str, ...]) -> list[Claim]:
    known = {claim.id: claim for claim in side.claims}
    return [known[one] for one in ((ids,) if isinstance(ids, str) else ids)]


def stands(claims_: list[Claim], spans: list[list[int]]) -> bool:
    """Whether claims and spans overlap one by one."""
    ordered = sorted(claims_, key=lambda claim: claim.start)
    pairs = zip(ordered, sorted(spans), strict=False)
    return len(claims_) == len(spans) and all(c.start < end and start < c.end for c, (start, end) in pairs)


def same(diff: Diff, pair: Pair, record: dict[str, Any]) -> bool:
    left, right = claims(diff.left, pair.left), claims(diff.right, pair.right)
    return stands(left, record["left"]) and stands(right, record["right"])


def shown(record: dict[str, Any]) -> str:
    return f"{record['raw']} {record['relation']}"


def told(diff: Diff, pair: Pair) -> str:
    sides = (claims(diff.left, pair.left), claims(diff.right, pair.right))
    numbers = " | ".join("+".join(claim.raw for claim in side) for side in sides)
    return f"{numbers} {pair.relation} {pair.metric}"


def score(diffs: list[Diff], gold: list[dict[str, Any]]) -> Score:
    """Pairs of one number of the right side may stand in several lines of the gold: finding one of them is enough."""
    made = [(diff, pair) for diff in diffs for pair in diff.pairs]
    fitting = {at: [record for record in gold if same(diff, pair, record)] for at, (diff, pair) in enumerate(made)}
    true = [record for record in gold if record["relation"] != "none"]
    wanted = {str(record["right"]) for record in true if record.get("status") != "optional"}
    got = {str(record["right"]) for records in fitting.values() for record in records if record["relation"] != "none"}
    judged, extra, related = [], [], 0
    for at, (diff, pair) in enumerate(made):
        records = fitting[at]
        if records and records[0].get("status") == "optional":
            continue
        good = bool(records) and records[0]["relation"] != "none"
        judged.append(good)
        fits = good and pair.relation in {records[0]["relation"], *records[0].get("relation_alt", ())}
        related += fits
        if not fits:
            extra.append(told(diff, pair))
    missed = [shown(record) for record in true if str(record["right"]) in wanted - got]
    return Score(len(wanted), len(wanted & got), related, len(judged), sum(judged), tuple(missed), tuple(extra))
