"""What the formulas of working papers may be made of: no word of a document is among it."""

from __future__ import annotations

import re
from typing import get_args

from extractor.checks.engine.rule import Status
from extractor.messages import Lang
from extractor.reports.decisions import STATES
from extractor.reports.workbook.cells import mark_status
from extractor.reports.workbook.phrases import get_phrase

NAMES = (
    "sheet.findings", "sheet.checks", "sheet.inputs", "not-computed", *(f"state.{one}" for one in STATES),
)  # fmt: skip
VERDICTS = {mark_status(one, lang) for one in get_args(Status) for lang in get_args(Lang)}
WORDS = {get_phrase(name, lang) for name in NAMES for lang in get_args(Lang)} | VERDICTS | {""}
QUOTED = re.compile(r"'([^']*)'!|\"([^\"]*)\"")
# What is left of a formula without the names of sheets and the words of this program.
FORMULA = re.compile(r"=(?:[A-Z]+\(|\$?[A-Z]{1,3}\$?[0-9]+|[0-9.]+|TRUE|[-+*/^<>=(),:])+")


def is_own(formula: str) -> bool:
    """Whether a formula is made of functions, cells, numbers, and words of this program alone."""
    words = {sheet or word for sheet, word in QUOTED.findall(formula)}
    return words <= WORDS and FORMULA.fullmatch(QUOTED.sub("", formula)) is not None
