"""A comparison as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports.comparison.sections import NO_LINKS, Links
from extractor.reports.files.indented import indent


def encode(diffs: Sequence[Diff], lang: Lang, links: Links = NO_LINKS) -> list[bytes]:
    """All diffs in one file: an object, or a list where there are several. It says both languages itself."""
    return [indent(diffs[0] if len(diffs) == 1 else diffs)]
