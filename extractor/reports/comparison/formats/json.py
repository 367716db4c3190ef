"""A comparison as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports.comparison.beside import NOTHING, Beside
from extractor.reports.files.records import lay_out


def encode(diffs: Sequence[Diff], lang: Lang, beside: Beside = NOTHING) -> list[bytes]:
    """All diffs in one file: an object, or a list where there are several. It says both languages itself."""
    return [lay_out(diffs[0] if len(diffs) == 1 else diffs)]
