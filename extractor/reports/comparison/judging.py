"""What a reader decides of the differences of a comparison: kept by the browser, saved to a file, and read back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from extractor.messages import Lang, choose, sentences
from extractor.model import CellPair, Change, Diff, Pair
from extractor.reports.comparison.pictures import SAME
from extractor.reports.decisions import Decisions, name_document

# The words of the review page that a comparison uses too.
WORDS = (
    "state.open", "state.confirmed", "state.dismissed", "decision", "note", "note-hint", "reviewed", "reviewer", "save",
    "load", "saved", "loaded", "load-other", "load-bad", "storage", "kept", "kept-hint", "close", "as-pages", "page",
    "page-image",
)  # fmt: skip
OWN = ("fold", "left", "right")
DIGITS = 8
KINDS = ("pair-", "cell-", "edit-")
"""What the names of differences begin with; those of checks begin with their rule."""


def name_diff(diff: Diff) -> str:
    """What the decisions on a comparison go by: a digest of the two documents and their parts."""
    sides = (f"{side.document.sha256}\n{side.part or ''}\n" for side in (diff.left, diff.right))
    return hashlib.sha256("".join(sides).encode()).hexdigest()


def name_pair(pair: Pair) -> str | None:
    """What a decision on a pair goes by; None where there is nothing to decide."""
    if pair.relation in SAME:
        return None
    sides = ("+".join([ids] if isinstance(ids, str) else ids) for ids in (pair.left, pair.right))
    return "pair-" + "~".join(sides)


def name_cells(pair: CellPair) -> str:
    """What a decision on two cells goes by."""
    return "cell-" + "~".join(f"{cell.table}.{cell.row}.{cell.column}" for cell in (pair.left, pair.right))


def name_change(change: Change) -> str:
    """What a decision on a change goes by: a digest of all that is told of it."""
    return "edit-" + hashlib.sha256(msgspec.json.encode(change)).hexdigest()[:DIGITS]


def is_of_comparison(made: Decisions) -> bool:
    """Whether decisions are on differences, and not on findings."""
    return bool(made.decisions) and all(name.startswith(KINDS) for name in made.decisions)


def describe_judging(diff: Diff, decisions: Sequence[Decisions], lang: Lang) -> dict[str, Any]:
    """What the page's script knows of decisions: whose they are, those that were made, and its words."""
    made = next((one for one in decisions if one.document == name_diff(diff)), None)
    states: Mapping[str, Any] = msgspec.to_builtins(made.decisions) if made else {}
    return {
        "document": name_diff(diff),
        "title": " / ".join(name_document(side.document) for side in (diff.left, diff.right)),
        "lang": lang,
        "decisions": states,
        "reviewer": made.reviewer if made else "",
        "words": {name: _choose(f"page.{name}", lang) for name in WORDS}
        | {name: _choose(f"diff_files.{name}", lang) for name in OWN},
    }


def _choose(name: str, lang: Lang) -> str:
    """A sentence with the places of its facts, which the script fills in."""
    return choose(sentences()[f"messages/{name}"], lang)
