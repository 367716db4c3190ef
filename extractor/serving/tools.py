"""The questions that can be asked of served reports, and their answers as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from extractor.cite.anchors import anchor_cell, anchor_claim
from extractor.cite.answer import Anchor
from extractor.diffs import diff
from extractor.messages import Lang, speak
from extractor.model import Claim, Finding, InputError, Operand, Pair, Result
from extractor.serving.shelf import Shelf

Answer = dict[str, Any]
SHA256 = 64


class Tools:
    """Every question is a method; what it takes are names of files under the folder, ids and words."""

    def __init__(self, shelf: Shelf, lang: Lang) -> None:
        self._shelf, self._lang = shelf, lang

    def outline(self, file: str = "") -> Answer:
        """What a report is: entity, year, sections, tables, how many claims and findings; without a file, the files."""
        if not file:
            return {"files": list(self._shelf.list_names())}
        result = self._shelf.read(file)
        return {
            "document": msgspec.to_builtins(result.document),
            "sections": msgspec.to_builtins(result.sections),
            "tables": [
                {"id": table.id, "title": table.title, "kind": table.kind, "page": table.page, "rows": len(table.rows)}
                for table in result.tables
            ],
            "claims": len(result.claims),
            "findings": len(result.findings),
        }

    def find_claims(
        self, file: str, metric: str = "", section: str = "", period: str = "", kind: str = "", limit: int = 50
    ) -> Answer:
        """The claims of a report whose metric, section heading and period hold these words, each with its anchor."""
        result = self._shelf.read(file)
        found = [claim for claim in result.claims if _fits(claim, metric, section, period, kind)]
        return {"count": len(found), "claims": [_brief(result, claim) for claim in found[: max(0, limit)]]}

    def claim(self, file: str, claim_id: str) -> Answer:
        """Everything about one claim: its fields, its anchor, and the checks that it takes part in."""
        result = self._shelf.read(file)
        claim = next((one for one in result.claims if one.id == claim_id), None)
        if claim is None:
            raise InputError("serving.no-claim", name=file, id=claim_id)
        checks = [check for check in result.checks if any(operand.claim == claim_id for operand in check.operands)]
        return {
            "claim": msgspec.to_builtins(claim),
            "anchor": msgspec.to_builtins(anchor_claim(result, claim)),
            "checks": [
                {
                    "id": check.id,
                    "rule": check.rule,
                    "status": check.status,
                    "message": speak(check.message, self._lang),
                }
                for check in checks
            ],
        }

    def findings(self, file: str) -> Answer:
        """What does not hold in a report: each mistake with its sentence, the number to suspect and its anchor."""
        result = self._shelf.read(file)
        return {"findings": [self._tell_finding(result, finding) for finding in result.findings]}

    def _tell_finding(self, result: Result, finding: Finding) -> Answer:
        anchor = _anchor_operand(result, finding.suspect)
        return {
            "id": finding.id,
            "severity": finding.severity,
            "stated": finding.stated,
            "proposed": finding.proposed,
            "amount": finding.amount,
            "message": speak(finding.message, self._lang),
            "checks": list(finding.checks),
            "anchor": msgspec.to_builtins(anchor) if anchor else None,
        }

    def compare(self, left: str, right: str, limit: int = 50) -> Answer:
        """What two reports say of the same things, other than the same: relation, sentence, and both anchors."""
        sides = self._shelf.read(left), self._shelf.read(right)
        found = diff(*sides)
        telling = [pair for pair in found.pairs if pair.relation != "equal" or pair.remarks]
        return {
            "as": found.comparison,
            "equal": len(found.pairs) - len(telling),
            "count": len(telling),
            "pairs": [self._tell_pair(sides, pair) for pair in telling[: max(0, limit)]],
            "only_left": len(found.only_left),
            "only_right": len(found.only_right),
        }

    def _tell_pair(self, sides: tuple[Result, Result], pair: Pair) -> Answer:
        left, right = (list(_anchor_ids(*one)) for one in zip(sides, (pair.left, pair.right), strict=True))
        message = speak(pair.message, self._lang)
        return {"relation": pair.relation, "metric": pair.metric, "message": message, "left": left, "right": right}

    def verify_citation(self, anchor: dict[str, Any], quote: str) -> Answer:
        """Whether a quote stands where an anchor says: in the file of that SHA-256, at that place, word for word.

        ``anchor`` needs ``sha256``, ``start`` and ``end``. White space does not count. The answer tells page, boxes
        and sentence, and what really stands there.
        """
        try:
            sha256, start, end = str(anchor["sha256"]), int(anchor["start"]), int(anchor["end"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise InputError("serving.no-anchor") from error
        result = self._shelf.find_content(sha256) if len(sha256) == SHA256 else None
        if result is None:
            return {"verified": False, "reason": "no file with this SHA-256 is served"}
        return _verify(result, start, end, quote)


def _verify(result: Result, start: int, end: int, quote: str) -> Answer:
    """Whether a quote is what stands at a place of a result."""
    if not 0 <= start < end <= len(result.text):
        return {"verified": False, "reason": "the offsets are outside of the text", "document": result.document.name}
    words = result.text[start:end]
    is_same = "".join(words.split()) == "".join(quote.split())
    claims = [claim for claim in result.claims if claim.start < end and start < claim.end]
    pages = [page.number for page in result.pages if page.start <= start]
    return {
        "verified": is_same,
        "reason": None if is_same else "other words stand there",
        "document": result.document.name,
        "sha256": result.document.sha256,
        "page": pages[-1] if pages else None,
        "start": start,
        "end": end,
        "words": words,
        "claims": [_brief(result, claim) for claim in claims],
    }


def _fits(claim: Claim, metric: str, section: str, period: str, kind: str) -> bool:
    """Whether a claim has these words; nothing asked for fits all."""
    said = claim.period
    times = " ".join(filter(None, (said.text, said.start, said.end))) if said else ""
    names = f"{claim.metric or ''} {claim.metric_id or ''}"
    pairs = ((metric, names), (section, " ".join(claim.path)), (period, times), (kind, claim.kind))
    return all(asked in told for asked, told in pairs)


def _brief(result: Result, claim: Claim) -> Answer:
    """A claim in short, with its anchor."""
    return {
        "id": claim.id,
        "raw": claim.raw,
        "metric": claim.metric,
        "metric_id": claim.metric_id,
        "kind": claim.kind,
        "role": claim.role,
        "base_value": claim.base_value,
        "base_unit": claim.base_unit,
        "period": msgspec.to_builtins(claim.period),
        "anchor": msgspec.to_builtins(anchor_claim(result, claim)),
    }


def _anchor_operand(result: Result, operand: Operand) -> Anchor | None:
    """Where an operand stands; None for a word of the text."""
    if operand.claim:
        return next(anchor_claim(result, claim) for claim in result.claims if claim.id == operand.claim)
    if operand.table:
        table = next(table for table in result.tables if table.id == operand.table)
        return anchor_cell(result, table, operand.row or 0, operand.column or 0)
    return None


def _anchor_ids(result: Result, ids: str | tuple[str, ...]) -> Iterator[Answer]:
    """The anchors of claims by their ids."""
    wanted = {ids} if isinstance(ids, str) else set(ids)
    for claim in result.claims:
        if claim.id in wanted:
            yield msgspec.to_builtins(anchor_claim(result, claim))
