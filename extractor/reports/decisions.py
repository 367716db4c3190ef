"""What a reader decided of the findings: kept beside the result, by the id of the (first) check.

The review page saves it as JSON; working papers in which it was decided are read as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

from msgspec import UNSET, Struct, UnsetType, field, structs

from extractor import saved
from extractor.diffs.same import Paired, Seen, Status, list_seen, pair_findings
from extractor.model import DocumentInfo, InputError, Result
from extractor.reports.printable import escape_invisible, printable
from extractor.reports.standing import Mistake

State = Literal["open", "confirmed", "dismissed"]
STATES: tuple[State, ...] = get_args(State)
LARGEST = 2**24
"""The bytes that decisions may have: a page of notes on each of thousands of findings."""


class Decision(Struct, frozen=True):
    """What was decided of one finding, and the reader's own words on it.

    ``seen`` is a fingerprint of the finding's numbers as they were; where it has other ones it is to be decided anew.
    ``said`` is what was said of it then, by which it is named where it is gone.
    """

    state: State = "open"
    note: str = ""
    seen: str | UnsetType = UNSET
    said: str | UnsetType = UNSET


class Decisions(Struct, frozen=True):
    """The decisions on one document, which its SHA-256 names; who decided, and when that was saved (ISO 8601).

    ``title`` is the document's, by which another version of it is known where none of its findings is left.
    """

    schema: Literal["extractor-decisions/1"]
    document: str
    decisions: dict[str, Decision] = field(default_factory=dict)
    reviewer: str = ""
    saved: str = ""
    title: str = ""

    def of(self, check: str) -> Decision:
        """The decision on the check with this id: open where there is none."""
        return self.decisions.get(check, OPEN)

    def of_mistake(self, mistake: Mistake) -> Decision:
        """The decision on a finding: the first one that was made on any of its checks."""
        made = (self.of(check.id) for check in mistake.checks)
        return next((decision for decision in made if decision != OPEN), OPEN)


OPEN = Decision()


class Carried(Struct, frozen=True):
    """Decisions as they are of a document, and what became of those on another version of it.

    ``kept`` are the findings that are the same, ``changed`` those with other numbers, whose decision is open again,
    ``new`` those that the decisions know nothing of, each by its id here; ``fixed`` is what was said of those that are
    gone, of one that nothing is known of the id of its check. All are empty where the decisions are on this very
    document.
    """

    decisions: Decisions
    kept: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


def make_empty(result: Result) -> Decisions:
    """No decisions on the document of ``result``."""
    return Decisions("extractor-decisions/1", result.document.sha256)


def name_document(document: DocumentInfo) -> str:
    """What a document is called where people decide on it."""
    return escape_invisible(document.title or document.entity or document.name)


def mark_findings(result: Result) -> dict[str, str]:
    """A fingerprint of the numbers of each finding, by its id: what ``Decision.seen`` holds."""
    return {one.id: one.numbers for one in list_seen(result, result.findings)}


def read(path: Path, result: Result) -> Decisions:
    """The decisions saved in ``path`` on the document of ``result``, or carried over from another version of it.

    Raises ``InputError``.
    """
    return read_carried(path, result).decisions


def read_carried(path: Path, result: Result) -> Carried:
    """The same, and what became of the decisions on another version. Raises ``InputError``."""
    made = load_file(path)
    found = carry(made, result)
    if found is None:
        raise InputError("report.other-document", name=printable(path.name), document=printable(result.document.name))
    return found


def load_file(path: Path) -> Decisions:
    """The decisions saved in ``path``, by its ending. Raises ``InputError``."""
    load = READERS.get(path.suffix.lower(), load_json)
    return load(path)


def load_json(path: Path) -> Decisions:
    """The decisions that a review page saved. Raises ``InputError``."""
    return saved.decode(saved.read_bytes(path, LARGEST), Decisions, "report.decisions", printable(path.name))


def load_papers(path: Path) -> Decisions:
    """The decisions that were made in working papers. Raises ``InputError``."""
    from extractor.reports.workbook.decided import read_decisions

    return read_decisions(saved.read_bytes(path, LARGEST), printable(path.name))


READERS: dict[str, Callable[[Path], Decisions]] = {".json": load_json, ".xlsx": load_papers}
"""What reads decisions, by the ending of the file."""


def is_document(path: Path, document: str) -> bool:
    """Whether a file is the document with this SHA-256, or a saved result of it; False for one that cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return document.encode() in data if path.suffix.lower() == ".json" else sha256(data).hexdigest() == document


def carry(made: Decisions, result: Result) -> Carried | None:
    """Decisions as they are of ``result``; None where they are on a document that has nothing to do with it."""
    if made.document == result.document.sha256:
        return Carried(made)
    before = [Seen(checks=(check,), numbers=one.seen or "") for check, one in made.decisions.items()]
    pairs = pair_findings(before, list_seen(result, result.findings))
    matched = {pair.before: pair for pair in pairs if pair.before is not None and pair.now is not None}
    if made.decisions and not matched and not _is_titled_alike(made, result):
        return None
    return _take_over(made, result, pairs)


def _is_titled_alike(made: Decisions, result: Result) -> bool:
    return bool(made.title) and made.title == name_document(result.document)


def _take_over(made: Decisions, result: Result, pairs: Sequence[Paired]) -> Carried:
    """The decisions by the checks of this document; one on a finding with other numbers keeps its note alone."""
    checks, decided = [*made.decisions], [*made.decisions.values()]
    taken: dict[str, Decision] = {}
    for pair in pairs:
        if pair.before is not None and pair.now is not None:
            before, finding = decided[pair.before], result.findings[pair.now]
            taken[finding.checks[0]] = before if pair.status == "unchanged" else Decision("open", before.note)
    named = {status: tuple(_name_all(pairs, status, result)) for status in ("unchanged", "changed", "new")}
    gone = [pair.before for pair in pairs if pair.now is None and pair.before is not None]
    fixed = tuple(decided[at].said or checks[at] for at in gone)
    known = structs.replace(made, document=result.document.sha256, decisions=taken)
    return Carried(known, named["unchanged"], named["changed"], named["new"], fixed)


def _name_all(pairs: Sequence[Paired], status: Status, result: Result) -> Iterator[str]:
    return (result.findings[pair.now].id for pair in pairs if pair.status == status and pair.now is not None)


def load_any(path: Path, results: Sequence[Result]) -> Decisions:
    """The decisions saved in ``path``, on the one of some documents that they are about. Raises ``InputError``."""
    made = load_file(path)
    exact = [result for result in results if result.document.sha256 == made.document]
    for result in exact or results:
        if found := carry(made, result):
            return found.decisions
    documents = ", ".join(printable(result.document.name) for result in results)
    raise InputError("report.other-document", name=printable(path.name), document=documents)
