"""Where a claim stands, as a note that its fact is linked to.

A place is nothing that a number is of: as dimensions, it would make two statements of one thing facts of two things.
The note is JSON in plain text, for readers of XBRL show and save the text of a note, and lose its elements.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

import msgspec

from extractor.cite.anchors import anchor_claim
from extractor.model import Claim, Result
from extractor.reports.printable import escape_json


def write_place(result: Result, claim: Claim) -> str:
    """The anchor of a claim, as ``extract cite`` and the server have it, with the text's own name for its metric.

    It is text of XHTML: ``&``, ``<`` and ``>`` are entities.
    """
    told = {"metric": claim.metric, **msgspec.to_builtins(anchor_claim(result, claim))}
    return escape(escape_json(msgspec.json.encode(told)).decode())
