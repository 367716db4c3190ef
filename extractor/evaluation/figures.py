"""An evaluation as JSON, for programs that keep an eye on quality."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from extractor.evaluation.annotation import Mention, fields
from extractor.evaluation.scores import Evaluation, Score, Share
from extractor.reports.printable import escape_json

DIGITS = 6


def encode(evaluation: Evaluation, misses: int) -> bytes:
    """The figures, rates rounded to six digits, and at most ``misses`` of each kind of miss."""
    wrong = [
        {"wrong": pair.wrong, "gold": fields(pair.gold), "got": fields(pair.got)} for pair in evaluation.wrong[:misses]
    ]
    found = {
        "schema": "extractor-evaluation/1",
        "mentions": score(evaluation.mentions) | {"without_counterpart": evaluation.lost},
        "whole_claims": score(evaluation.whole),
        "attributes": {name: share(found) for name, found in evaluation.attributes.items()},
        "kinds": {kind: score(found) for kind, found in evaluation.kinds.items()},
        "missed": _listed(evaluation.missed[:misses]),
        "extra": _listed(evaluation.extra[:misses]),
        "wrong": wrong,
    }
    return escape_json(msgspec.json.format(msgspec.json.encode(found), indent=2)) + b"\n"


def score(found: Score) -> dict[str, Any]:
    """Counts and rates of a score."""
    counts: dict[str, Any] = msgspec.to_builtins(found)
    return counts | {name: rounded(getattr(found, name)) for name in ("precision", "recall", "f1")}


def share(found: Share) -> dict[str, Any]:
    """A share with the number of mentions it is of; its rate is null where there are none."""
    return {"rate": None if found.rate is None else rounded(found.rate), "of": found.of}


def rounded(rate: Fraction) -> float:
    """A rate as JSON holds it."""
    return float(round(rate, DIGITS))


def _listed(mentions: tuple[Mention, ...]) -> list[dict[str, Any]]:
    return [fields(mention) for mention in mentions]
