"""A baseline: the findings that are known, so that only others count; kept by words and numbers, without a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from extractor import saved
from extractor.diffs.same import Seen, list_seen, pair_findings
from extractor.messages import Lang, speak
from extractor.model import Message, Result
from extractor.reports import decisions
from extractor.reports.decisions import Decision, Decisions, name_document
from extractor.reports.files.indented import indent
from extractor.reports.findings.rows import Standing
from extractor.reports.printable import printable

SCHEMA: Literal["extractor-baseline/1"] = "extractor-baseline/1"
LARGEST = 2**28
"""The bytes that a baseline may have: some hundred for each of a million findings."""


class KnownFinding(Struct, frozen=True):
    """A finding that is known: what it is known by, and what is said of it."""

    id: str
    checks: tuple[str, ...]
    numbers: str
    rule: str = ""
    severity: str = ""
    message: Message = Message("", "")

    @property
    def seen(self) -> Seen:
        """What it is known by."""
        return Seen(self.id, self.checks, self.numbers)

    def say(self, lang: Lang) -> str:
        """What was said of it; where nothing was, the id of its check."""
        return printable(speak(self.message, lang)) or self.checks[0]


class KnownDocument(Struct, frozen=True):
    """The known findings of one document; ``path`` is how it was named where it was checked: a/report.pdf."""

    name: str
    title: str
    sha256: str
    findings: tuple[KnownFinding, ...]
    path: str = ""


class Baseline(Struct, frozen=True):
    """The known findings of some documents."""

    schema: Literal["extractor-baseline/1"]
    documents: tuple[KnownDocument, ...]


class Compared(Struct, frozen=True):
    """What the findings of a document are to known ones, by their ids, and the known ones that it has no more."""

    standings: dict[str, Standing]
    fixed: tuple[KnownFinding, ...]


class _Head(Struct, frozen=True):
    """What says what a file of JSON is."""

    schema: str = ""


def describe_document(result: Result, path: str = "") -> KnownDocument:
    """The findings of a result as a baseline knows them."""
    rules = {check.id: check.rule for check in result.checks}
    seen = list_seen(result, result.findings)
    found = (
        KnownFinding(one.id, one.checks, known.numbers, rules.get(one.checks[0], ""), one.severity, one.message)
        for one, known in zip(result.findings, seen, strict=True)
    )
    info = result.document
    return KnownDocument(info.name, name_document(info), info.sha256, tuple(found), path)


def encode_baseline(documents: Iterable[KnownDocument]) -> bytes:
    """The file of a baseline; the same for the same findings."""
    return indent(Baseline(SCHEMA, tuple(documents)))


def read_baseline(path: Path) -> Baseline:
    """A baseline from its file, from a saved result, or from decisions. Raises ``InputError``."""
    name = printable(path.name)
    ending = path.suffix.lower()
    if ending != ".json" and ending in decisions.READERS:
        return _take_decisions(decisions.load_file(path))
    data = saved.read_bytes(path, LARGEST)
    schema = saved.decode(data, _Head, "findings.no-baseline", name).schema
    if schema == "extractor/1":
        return Baseline(SCHEMA, (describe_document(saved.decode_result(data, name)),))
    if schema == "extractor-decisions/1":
        return _take_decisions(decisions.load_file(path))
    return saved.decode(data, Baseline, "findings.no-baseline", name)


def _take_decisions(made: Decisions) -> Baseline:
    """What was decided is known, whatever was decided."""
    found = tuple(_take_decision(check, one) for check, one in made.decisions.items())
    return Baseline(SCHEMA, (KnownDocument("", made.title, made.document, found),))


def _take_decision(check: str, made: Decision) -> KnownFinding:
    """A finding by what was decided of it, which was said in one language."""
    return KnownFinding("", (check,), made.seen or "", message=Message(made.said or "", made.said or ""))


def compare_known(baseline: Baseline, result: Result, is_alone: bool, path: str = "") -> Compared:
    """The findings of a result beside those that are known of the document; ``is_alone`` where no other is checked."""
    known = find_document(baseline.documents, result, path)
    guessed = baseline.documents[0] if is_alone and len(baseline.documents) == 1 else None
    before = known.findings if known else guessed.findings if guessed else ()
    pairs = pair_findings([one.seen for one in before], list_seen(result, result.findings))
    standings: dict[str, Standing] = {}
    for pair in pairs:
        if pair.now is not None and pair.status != "fixed":
            standings[result.findings[pair.now].id] = pair.status
    fixed = [before[pair.before] for pair in pairs if pair.now is None and pair.before is not None]
    # What a file under another name and title has nothing of is another document, of which nothing was mended.
    is_same = known is not None or len(fixed) < len(before)
    return Compared(standings, tuple(fixed) if is_same else ())


def find_document(documents: Sequence[KnownDocument], result: Result, path: str = "") -> KnownDocument | None:
    """The document among known ones: by its content, how it is named, its name alone, its title."""
    info = result.document
    wanted = (("sha256", info.sha256), ("path", path), ("name", info.name), ("title", name_document(info)))
    found = (one for field, value in wanted if value for one in documents if getattr(one, field) == value)
    return next(found, None)
