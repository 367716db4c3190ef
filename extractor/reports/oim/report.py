"""The report itself: what it is, the taxonomy that it needs, its facts."""

from __future__ import annotations

from typing import Any

from extractor.model import Result
from extractor.reports.oim.facts import GROUP, RELATIONS, list_facts
from extractor.reports.oim.names import NAMESPACES, name_role

DOCUMENT_TYPE = "https://xbrl.org/2021/xbrl-json"
FOOTNOTE = "http://www.xbrl.org/2003/arcrole/fact-footnote"
LINK = "http://www.xbrl.org/2003/role/link"


def make_report(result: Result, schema: str) -> dict[str, Any]:
    """The report of a result as xBRL-JSON; ``schema`` is where its taxonomy stands, as an address relative to it."""
    info = {
        "documentType": DOCUMENT_TYPE,
        "namespaces": NAMESPACES,
        "linkTypes": {"footnote": FOOTNOTE, **{name: name_role(name) for name in RELATIONS}},
        "linkGroups": {GROUP: LINK},
        "taxonomy": [schema],
    }
    return {"documentInfo": info, "facts": list_facts(result)}
