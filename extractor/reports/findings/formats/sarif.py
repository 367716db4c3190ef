"""Findings as SARIF 2.1.0, which code hosts and editors show: fingerprints that outlive a draft, states, suppressions.

A report in a format of text has lines and characters to point at; of any other, the page and the heading are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from extractor.messages import Lang, speak
from extractor.model import Message, Result
from extractor.pipeline import DISTRIBUTION
from extractor.reports.files.indented import indent
from extractor.reports.findings.baselines import KnownFinding
from extractor.reports.findings.rows import Row, Spot
from extractor.reports.findings.selecting import Listing
from extractor.reports.labels import label_rule, list_rules
from extractor.reports.printable import printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# The fingerprint says by its name how it was made: another way to make it would have another version.
FINGERPRINT = "finding/v1"
STATES = {"new": "new", "changed": "updated", "unchanged": "unchanged"}
# The text of these is the file's own, so that its lines are those of the result.
LINED = ("text", "markdown")
ABSENT = "absent"
LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\(")


def encode(listings: Sequence[Listing], lang: Lang) -> bytes:
    """One run over all documents."""
    rules = list_rules()
    results = [one for at, listing in enumerate(listings) for one in _list_results(at, listing, rules, lang)]
    run = {
        "tool": {"driver": _describe_tool(listings, rules, lang)},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_describe_artifact(listing) for listing in listings],
        "results": results,
    }
    return indent({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_tool(listings: Sequence[Listing], rules: Sequence[str], lang: Lang) -> dict[str, Any]:
    told = [{"id": rule, "name": rule, "shortDescription": {"text": label_rule(rule, lang)}} for rule in rules]
    version = {"version": listings[0].result.tool.version} if listings else {}
    return {"name": DISTRIBUTION, **version, "rules": told}


def _describe_artifact(listing: Listing) -> dict[str, Any]:
    hashes = {"sha-256": listing.result.document.sha256}
    return {"location": {"uri": _name_file(listing)}, "hashes": hashes, "roles": ["analysisTarget"]}


def _name_file(listing: Listing) -> str:
    """The document as a reference: how it was named, for two folders may have files of one name."""
    path = listing.path or listing.result.document.name
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def _list_results(at: int, listing: Listing, rules: Sequence[str], lang: Lang) -> Iterator[dict[str, Any]]:
    """The findings that are told, those that are dismissed as suppressed, and those of the baseline that are gone."""
    has_decisions = bool(listing.dismissed) or any(row.decision.state != "open" for row in listing.rows)
    starts = _find_lines(listing.result)
    for row in (*listing.rows, *listing.dismissed):
        made = _describe_row(row, rules, lang) | {"locations": [_locate(at, listing, row.find_spot(), starts)]}
        yield made | ({"suppressions": _list_suppressions(row)} if has_decisions else {})
    yield from (_describe_fixed(at, listing, one, rules, lang) for one in listing.fixed if one.rule in rules)


def _describe_row(row: Row, rules: Sequence[str], lang: Lang) -> dict[str, Any]:
    rule, severity = row.rules[0], row.mistake.severity
    facts = {"stated": row.stated, "proposed": row.proposed, "unit": row.find_unit(), "amount": row.amount}
    made = _describe(rule, severity, row.mistake.message, rules, lang)
    made |= {"partialFingerprints": {FINGERPRINT: row.mistake.id}}
    made |= {"properties": {name: fact for name, fact in facts.items() if fact}}
    return made | ({"baselineState": STATES[row.standing]} if row.standing else {})


def _describe(rule: str, severity: str, message: Message, rules: Sequence[str], lang: Lang) -> dict[str, Any]:
    place = {"ruleIndex": rules.index(rule)} if rule in rules else {}
    level = severity if severity in ("error", "warning") else "note"
    return {
        "ruleId": rule,
        **place,
        "level": level,
        "message": {"text": write_plainly(printable(speak(message, lang)))},
    }


def write_plainly(text: str) -> str:
    r"""A text as a message of SARIF, in which words of a document are no link; readers take ``[…](…)`` for one.

    >>> write_plainly("[项目支出](https://example.org)5万元")
    '\\[项目支出\\](https://example.org)5万元'
    """
    return LINK.sub(r"\\[\g<words>\\](", text)


def _describe_fixed(at: int, listing: Listing, known: KnownFinding, rules: Sequence[str], lang: Lang) -> dict[str, Any]:
    made = _describe(known.rule, known.severity, known.message, rules, lang)
    made |= {"partialFingerprints": {FINGERPRINT: known.id}, "baselineState": ABSENT}
    return made | {"locations": [_locate(at, listing, None, [])]}


def _list_suppressions(row: Row) -> list[dict[str, Any]]:
    """Why a finding does not count; nothing for one that does."""
    if row.decision.state != "dismissed":
        return []
    return [{"kind": "external", "status": "accepted", "justification": printable(row.decision.note)}]


def _locate(at: int, listing: Listing, spot: Spot | None, starts: Sequence[int]) -> dict[str, Any]:
    artifact = {"artifactLocation": {"uri": _name_file(listing), "index": at}}
    if spot is None:
        return {"physicalLocation": artifact}
    region = {"region": _find_region(spot, starts)} if starts else {}
    made: dict[str, Any] = {"physicalLocation": artifact | region}
    if spot.heading:
        made["logicalLocations"] = [{"name": spot.heading, "kind": "section"}]
    return made | ({"properties": {"page": spot.page}} if spot.page is not None else {})


def _find_lines(result: Result) -> list[int]:
    """Where each line of a file of text begins; nothing for other files."""
    if result.document.format not in LINED:
        return []
    return [0, *_find_breaks(result.text)]


def _find_breaks(text: str) -> Iterable[int]:
    return (at for at, char in enumerate(text, 1) if char == "\n")


def _find_region(spot: Spot, starts: Sequence[int]) -> dict[str, Any]:
    from bisect import bisect_right

    line, last = bisect_right(starts, spot.start), bisect_right(starts, spot.end - 1)
    begin = {"startLine": line, "startColumn": spot.start - starts[line - 1] + 1}
    end = {"endLine": last, "endColumn": spot.end - starts[last - 1] + 1}
    return begin | end | {"charOffset": spot.start, "charLength": spot.end - spot.start}
