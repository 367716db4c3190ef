"""Citations as JSON, for programs: every source, in both languages."""

from __future__ import annotations

from extractor.cite.answer import Citations
from extractor.messages import Lang
from extractor.reports.files.indented import indent


def encode(found: Citations, lang: Lang) -> bytes:
    """All numbers of the text in one object."""
    return indent(found)
