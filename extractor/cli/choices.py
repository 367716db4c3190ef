"""What may be chosen on the command line where files decide it: formats, and what may leave a data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from extractor.batch.exported import WHATS
from extractor.evaluation.formats import FORMATS
from extractor.layers import use_patterns
from extractor.reports.formats import ANSWERS, CITATIONS, COMPARISONS, EXPORTS, FINDINGS, RESULTS


def _take_patterns(folder: Path | None) -> Path | None:
    """Has the command read with the patterns of a folder, too."""
    if folder is not None:
        use_patterns(folder)
    return folder


Patterns: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--patterns", metavar="DIR", help="Patterns of your own, too.", show_default=False, callback=_take_patterns
    ),
]
"""No command needs the value: what it reads is read with these from here on."""
Lang: TypeAlias = Annotated[Literal["zh", "en"], typer.Option(help="Language of what is said.")]
Timeout: TypeAlias = Annotated[float, typer.Option(min=0, metavar="SECONDS", help="For one document; 0: no limit.")]
Memory: TypeAlias = Annotated[int, typer.Option(min=0, metavar="MB", help="For one document; 0: no limit.")]

if TYPE_CHECKING:
    ResultForm: TypeAlias = str
    ComparisonForm: TypeAlias = str
    FindingForm: TypeAlias = str
    CitationForm: TypeAlias = str
    ExportForm: TypeAlias = str
    AnswerForm: TypeAlias = str
    AnnotationForm: TypeAlias = str
    What: TypeAlias = str
else:
    ResultForm = Literal[RESULTS.names]
    ComparisonForm = Literal[COMPARISONS.names]
    FindingForm = Literal["text", *FINDINGS.names]
    CitationForm = Literal[CITATIONS.names]
    ExportForm = Literal[EXPORTS.names]
    AnswerForm = Literal[ANSWERS.names]
    AnnotationForm = Literal[tuple(FORMATS)]
    What = Literal[WHATS]
