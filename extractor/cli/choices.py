"""What may be chosen on the command line where files decide it: the formats that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from extractor.evaluation.formats import FORMATS
from extractor.reports.formats import ANSWERS, COMPARISONS, EXPORTS, RESULTS

if TYPE_CHECKING:
    ResultForm: TypeAlias = str
    ComparisonForm: TypeAlias = str
    ExportForm: TypeAlias = str
    AnswerForm: TypeAlias = str
    AnnotationForm: TypeAlias = str
else:
    ResultForm = Literal[RESULTS.names]
    ComparisonForm = Literal[COMPARISONS.names]
    ExportForm = Literal[EXPORTS.names]
    AnswerForm = Literal[ANSWERS.names]
    AnnotationForm = Literal[tuple(FORMATS)]
