"""What the review page knows: the result as its script reads it, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.amounts.book import Book
from extractor.messages import Lang
from extractor.model import Claim, Result
from extractor.reports.decisions import name_document
from extractor.reports.printable import escape_invisible
from extractor.reports.printed import PrintedLine
from extractor.reports.review_page import blocks as page_text
from extractor.reports.review_page import charts as page_charts
from extractor.reports.review_page import checks as page_checks
from extractor.reports.review_page.words import list_words
from extractor.reports.standing import list_mistakes
from extractor.reports.unverified import list_reasons
from extractor.reports.warned import tell_warnings

NOTHING: Mapping[int, Sequence[PrintedLine]] = {}


def make_payload(
    result: Result,
    lang: Lang,
    decisions: Mapping[str, Any],
    images: Mapping[int, str],
    printed: Mapping[int, Sequence[PrintedLine]] = NOTHING,
) -> dict[str, Any]:
    """Everything the page shows, as JSON can hold it."""
    said, book, statuses = list_words(result, lang), Book(result), _find_statuses(result)
    severities, reasons = _find_severities(result), list_reasons(result, lang)
    number, cells = {claim.id: at for at, claim in enumerate(result.claims)}, page_checks.Cells(book)
    return {
        "lang": lang,
        "words": said,
        "document": _describe_document(result, lang),
        "sections": _describe_sections(result),
        "claims": [
            _describe_claim(claim, statuses, severities, said, number) | _describe_reasons(claim, reasons)
            for claim in result.claims
        ],
        "blocks": page_text.cut_blocks(result),
        "checks": [page_checks.describe_check(book, one, number, cells, lang) for one in result.checks],
        "cells": cells.described,
        "findings": page_checks.describe_findings(book, lang),
        "charts": page_charts.make_charts(book),
        "decisions": decisions,
        "pages": _list_pages(result, images, printed),
    }


def _describe_document(result: Result, lang: Lang) -> dict[str, Any]:
    info = result.document
    return {
        "title": name_document(info),
        "name": escape_invisible(info.name),
        "entity": escape_invisible(info.entity or ""),
        "year": info.year,
        "pages": info.page_count,
        "sha256": info.sha256,
        "warnings": tell_warnings(info.warnings, lang),
        "tool": f"{result.tool.name} {result.tool.version}",
    }


def _describe_sections(result: Result) -> list[dict[str, Any]]:
    depths, counts = page_text.measure_depths(result.sections), Counter(claim.section for claim in result.claims)
    for section in reversed(result.sections):
        if section.parent is not None:
            counts[section.parent] += counts[section.id]
    return [
        {
            "id": section.id,
            "up": section.parent,
            "d": depths[section.id],
            "h": escape_invisible(section.heading),
            "g": section.page,
            "n": counts[section.id],
        }
        for section in result.sections
    ]


def _find_statuses(result: Result) -> dict[str, str]:
    found = result.verification
    return dict.fromkeys(found.verified, "verified") | dict.fromkeys(found.contradicted, "contradicted")


def _find_severities(result: Result) -> dict[str, str]:
    """The worst severity of the findings that suspect a claim; one that only stands beside a suspect has none."""
    mistakes = reversed(list_mistakes(result))
    return {found.claim: one.severity for one in mistakes for found in one.suspects if found.claim}


def _describe_claim(
    claim: Claim,
    statuses: Mapping[str, str],
    severities: Mapping[str, str],
    said: Mapping[str, str],
    number: Mapping[str, int],
) -> dict[str, Any]:
    return {
        "id": claim.id,
        "raw": escape_invisible(claim.raw),
        "m": escape_invisible(claim.metric or ""),
        "k": claim.kind,
        "s": statuses.get(claim.id, "unverified"),
        "v": severities.get(claim.id, ""),
        "d": claim.dimension,
        "x": claim.section,
        "g": claim.page,
        "p": [escape_invisible(heading) for heading in claim.path],
        "b": [[round(edge, 1) for edge in box] for box in claim.boxes],
        "to": [[name, number[to]] for name, to in _list_linked(claim) if to is not None and to in number],
        "f": [[name, escape_invisible(value)] for name, value in _list_fields(claim, said) if value],
    }


def _describe_reasons(claim: Claim, reasons: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Why it is unverified, where it is."""
    found = [escape_invisible(reason) for reason in reasons.get(claim.id, ())]
    return {"w": found} if found else {}


def _list_linked(claim: Claim) -> list[tuple[str, str | None]]:
    return [("part_of", claim.part_of), ("share_of", claim.share_of)]


def _list_fields(claim: Claim, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields that a reader may ask for, those that are not shown elsewhere."""
    low, high = claim.interval
    base = "" if claim.base_unit == "1" else claim.base_unit
    between = f"{low or '…'} – {high or '…'} {base}".strip() if low or high else ""
    value = claim.value if claim.value_high is None else f"{claim.value} – {claim.value_high}"
    cell = claim.cell and " · ".join(filter(None, (claim.cell.row_label, claim.cell.column_label)))
    implied = said["implied"].format(unit=claim.unit_implied) if claim.unit_implied else ""
    return [
        ("value", f"{value} {claim.unit}{implied}"),
        ("base", f"{claim.base_value} {base}".strip() if claim.base_value else ""),
        ("interval", between),
        ("approximation", claim.approximation or ""),
        ("direction", said[f"direction.{claim.direction}"] if claim.direction else ""),
        ("baseline", claim.baseline or ""),
        ("period", claim.period.text if claim.period else ""),
        ("role", said[f"role.{claim.role}"]),
        ("metric_id", claim.metric_id or ""),
        ("cell", cell or ""),
        ("evidence", ", ".join(claim.evidence)),
    ]


def _list_pages(
    result: Result, images: Mapping[int, str], printed: Mapping[int, Sequence[PrintedLine]]
) -> list[dict[str, Any]]:
    """The pages that have an image, with the lines that are printed on them."""
    return [
        {
            "n": page.number,
            "w": page.width,
            "h": page.height,
            "src": images[page.number],
            "t": [line.pack() for line in printed.get(page.number, ())],
        }
        for page in result.pages
        if page.number in images and page.width and page.height
    ]
