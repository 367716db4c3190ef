r"""Every quantitative claim of a Chinese public report, with its value, unit, section, page and place.

>>> import extractor
>>> result = extractor.extract("一、救助\n发放救助金20余万元。".encode(), name="report.txt")
>>> [(claim.raw, claim.metric, claim.path) for claim in result.claims]
[('20余万元', '发放救助金', ('一、救助',))]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.model import (
    Box,
    Check,
    Claim,
    ClaimCell,
    Diff,
    DocumentInfo,
    ExtractorError,
    InputError,
    Likeness,
    Message,
    Operand,
    Page,
    Pair,
    Period,
    Result,
    Section,
    Side,
    Span,
    Table,
    TableCell,
    Tool,
    Verification,
)

if TYPE_CHECKING:
    from extractor.diffs import diff
    from extractor.pipeline import extract

__version__ = "0.1.0"
__all__ = [
    "Box",
    "Check",
    "Claim",
    "ClaimCell",
    "Diff",
    "DocumentInfo",
    "ExtractorError",
    "InputError",
    "Likeness",
    "Message",
    "Operand",
    "Page",
    "Pair",
    "Period",
    "Result",
    "Section",
    "Side",
    "Span",
    "Table",
    "TableCell",
    "Tool",
    "Verification",
    "diff",
    "extract",
]


def __getattr__(name: str) -> Any:
    """``extract`` and ``diff`` are loaded when first asked for, so that the command's help need not wait for them."""
    if name == "extract":
        from extractor.pipeline import extract

        return extract
    if name == "diff":
        from extractor.diffs import diff

        return diff
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
