r"""Every quantitative claim of a Chinese public report, with its value, unit, section, page and place.

>>> import extractor
>>> result = extractor.extract("一、救助\n发放救助金20余万元。".encode(), name="report.txt")
>>> [(claim.raw, claim.metric, claim.path) for claim in result.claims]
[('20余万元', '发放救助金', ('一、救助',))]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.diffs import diff
    from extractor.layers import use_patterns
    from extractor.model import (
        Box,
        Check,
        Claim,
        ClaimCell,
        Diff,
        DocumentInfo,
        ExtractorError,
        Finding,
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
    from extractor.pipeline import check, extract
    from extractor.runs.data_set import DataSet
    from extractor.runs.data_set import read_data_set as batch

__version__ = "0.1.0"
__all__ = [
    "Box",
    "Check",
    "Claim",
    "ClaimCell",
    "DataSet",
    "Diff",
    "DocumentInfo",
    "ExtractorError",
    "Finding",
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
    "batch",
    "check",
    "diff",
    "extract",
    "use_patterns",
]


# Loaded when first asked for, so that the command can be interrupted from its first line on.
_LAZY = {
    "DataSet": "extractor.runs.data_set",
    "check": "extractor.pipeline",
    "diff": "extractor.diffs",
    "extract": "extractor.pipeline",
    "use_patterns": "extractor.layers",
}


def __getattr__(name: str) -> Any:
    """What is not loaded with the package; ``batch`` is the room of that name, which can be called."""
    from importlib import import_module

    if name == "batch":
        return import_module("extractor.batch")
    if name in __all__:
        return getattr(import_module(_LAZY.get(name, "extractor.model")), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
