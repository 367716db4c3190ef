"""Findings as JUnit's XML, which continuous integration shows: a suite a document, a failing case a finding.

What is dismissed or known counts as skipped; one more case stands for all checks that hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from extractor.messages import Lang, render
from extractor.model import Notice, Result
from extractor.reports.findings.rows import Row
from extractor.reports.findings.selecting import Listing
from extractor.reports.printable import printable


def encode(listings: Sequence[Listing], lang: Lang) -> bytes:
    """One file for all documents."""
    root = ET.Element("testsuites")
    suites = [_make_suite(root, listing, lang) for listing in listings]
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _make_suite(root: ET.Element, listing: Listing, lang: Lang) -> ET.Element:
    name = printable(listing.result.document.name)
    suite = ET.SubElement(root, "testsuite", name=name)
    case = ET.SubElement(suite, "testcase", classname=name, name=_count_holding(listing.result, lang))
    cases = [case, *(_make_case(suite, name, row, lang) for row in (*listing.rows, *listing.dismissed))]
    counts = {"tests": len(cases), "errors": 0}
    counts |= {f"{kind}s" if kind == "failure" else kind: _count(cases, kind) for kind in ("failure", "skipped")}
    for field, count in counts.items():
        suite.set(field, str(count))
    return suite


def _count(cases: Sequence[ET.Element], kind: str) -> int:
    return sum(case.find(kind) is not None for case in cases)


def _count_holding(result: Result, lang: Lang) -> str:
    holding = sum(check.status.startswith("holds") for check in result.checks)
    return render(Notice("findings.holding", {"count": holding}), lang)


def _make_case(suite: ET.Element, document: str, row: Row, lang: Lang) -> ET.Element:
    case = ET.SubElement(suite, "testcase", classname=document, name=printable(row.mistake.id))
    said = row.say(lang)
    if row.decision.state == "dismissed" or row.standing == "unchanged":
        ET.SubElement(case, "skipped", message=printable(row.decision.note) or said)
        return case
    failure = ET.SubElement(case, "failure", type=row.mistake.severity, message=said)
    failure.text = "\n".join([said, *_describe(row, lang)])
    return case


def _describe(row: Row, lang: Lang) -> list[str]:
    """The words that a finding stands in, and its computations."""
    spot = row.find_spot()
    return [*([spot.excerpt.text] if spot else []), *row.compute(lang).values()]
