"""What a reader decided of the findings: kept beside the result, as JSON, by the id of the (first) check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct, field

from extractor import saved
from extractor.model import InputError, Result
from extractor.reports.printable import printable
from extractor.reports.standing import Mistake

State = Literal["open", "confirmed", "dismissed"]
STATES: tuple[State, ...] = get_args(State)
LARGEST = 2**24
"""The bytes that decisions may have: a page of notes on each of thousands of findings."""


class Decision(Struct, frozen=True):
    """What was decided of one finding, and the reader's own words on it."""

    state: State = "open"
    note: str = ""


class Decisions(Struct, frozen=True):
    """The decisions on one document, which its SHA-256 names; who decided, and when that was saved (ISO 8601)."""

    schema: Literal["extractor-decisions/1"]
    document: str
    decisions: dict[str, Decision] = field(default_factory=dict)
    reviewer: str = ""
    saved: str = ""

    def of(self, check: str) -> Decision:
        """The decision on the check with this id: open where there is none."""
        return self.decisions.get(check, OPEN)

    def of_mistake(self, mistake: Mistake) -> Decision:
        """The decision on a finding: the first one that was made on any of its checks."""
        made = (self.of(check.id) for check in mistake.checks)
        return next((decision for decision in made if decision != OPEN), OPEN)


OPEN = Decision()


def make_empty(result: Result) -> Decisions:
    """No decisions on the document of ``result``."""
    return Decisions("extractor-decisions/1", result.document.sha256)


def load(path: Path, result: Result) -> Decisions:
    """The decisions saved in ``path``, which must be about the document of ``result``. Raises ``InputError``."""
    return load_any(path, [result])


def load_any(path: Path, results: Sequence[Result]) -> Decisions:
    """The decisions saved in ``path``, which must be about one of some documents. Raises ``InputError``."""
    name = printable(path.name)
    found = saved.decode(saved.read_bytes(path, LARGEST), Decisions, "report.decisions", name)
    if found.document not in {result.document.sha256 for result in results}:
        documents = ", ".join(printable(result.document.name) for result in results)
        raise InputError("report.other-document", name=name, document=documents)
    return found
