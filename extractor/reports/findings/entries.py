"""A finding as data for programs: the finding itself with its checks, and what is told of its place and its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from extractor.messages import Lang
from extractor.reports.decisions import OPEN
from extractor.reports.findings.rows import Row, Spot
from extractor.reports.findings.selecting import Listing


def list_entries(listings: Iterable[Listing], lang: Lang) -> Iterator[dict[str, Any]]:
    """Every finding that is told, document by document."""
    for listing in listings:
        for row in listing.rows:
            yield make_entry(listing, row, lang)


def make_entry(listing: Listing, row: Row, lang: Lang) -> dict[str, Any]:
    """One finding. ``computation`` is in ``lang``; ``standing`` and ``decision`` are there where there are such."""
    mistake, spot = row.mistake, row.find_spot()
    made: dict[str, Any] = {
        "document": listing.result.document.name,
        "finding": mistake.id,
        "severity": mistake.severity,
        "rules": row.rules,
        "stated": row.stated,
        "proposed": row.proposed,
        "unit": row.find_unit(),
        "amount": row.amount,
        "message": mistake.message,
        **_describe_spot(spot),
        "computation": row.compute(lang),
        "mends": mistake.finding.mends if mistake.finding else (),
        "breaks": mistake.finding.breaks if mistake.finding else (),
        "checks": mistake.checks,
    }
    if row.standing:
        made["standing"] = row.standing
    if row.decision != OPEN:
        made["decision"] = row.decision
    built: dict[str, Any] = msgspec.to_builtins(made)
    return built


def _describe_spot(spot: Spot | None) -> dict[str, Any]:
    if spot is None:
        return {"page": None, "heading": "", "start": None, "end": None, "quote": ""}
    place = {"page": spot.page, "heading": spot.heading, "start": spot.start, "end": spot.end}
    return place | {"quote": spot.excerpt.text}
