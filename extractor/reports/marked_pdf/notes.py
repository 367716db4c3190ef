"""The marks on a document's pages: where each is, in which colour, and the note that it carries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from extractor.messages import Lang, render
from extractor.model import Box, Check, Notice, Result
from extractor.reports.decisions import OPEN, Decisions
from extractor.reports.labels import label_rule
from extractor.reports.printable import printable
from extractor.reports.standing import SEVERITIES, by_claim, by_place, cells, fails, said, standings
from extractor.reports.terminal.findings import named

Look = Literal["verified", "error", "warning", "unverified"]
# How many checks that hold, and how many in all, a note tells of; of the others it gives the number.
MOST = 6
# Of what is settled it tells of fewer: the findings are what a reader looks for.
SETTLED = 2


class Mark(Struct, frozen=True):
    """Rectangles on one page as displayed, and what is said of them, as plain text."""

    page: int
    boxes: tuple[Box, ...]
    look: Look
    subject: str
    note: str


def word(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/marked``."""
    return render(Notice(f"marked.{name}", facts), lang)


def marks(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    """A mark for every claim that has a place on a page, and for every cell of a check that fails."""
    yield from _claims(result, lang, decisions)
    yield from _cells(result, lang, decisions)


def summary(result: Result, lang: Lang) -> str:
    """How many claims are verified, contradicted and neither, and what the colours say."""
    found = result.verification
    counts = {"verified": found.verified, "contradicted": found.contradicted, "unverified": found.unverified}
    told = word("summary", lang, **{name: len(ids) for name, ids in counts.items()})
    return f"{told}\n{word('legend', lang)}"


def _claims(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    standing, touching = standings(result), by_claim(result.checks)
    for claim in result.claims:
        if claim.page is None or not claim.boxes:
            continue
        checks = _worst_first(touching.get(claim.id, ()))
        look: Look = _look(checks) if standing[claim.id] == "contradicted" else _settled(standing[claim.id])
        subject = f"{word(look, lang)} · {printable(claim.raw)}"
        yield Mark(claim.page, claim.boxes, look, subject, _note(word(look, lang), checks, lang, decisions))


def _settled(standing: str) -> Look:
    return "verified" if standing == "verified" else "unverified"


def _cells(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    known, starts = cells(result), [page.start for page in result.pages]
    for place, checks in by_place(filter(fails, result.checks)).items():
        cell = known.get(place)
        if cell is None or cell.box is None or not starts:
            continue
        page = result.pages[max(0, bisect_right(starts, cell.start) - 1)].number
        look, ordered = _look(checks), _worst_first(checks)
        subject = f"{word(look, lang)} · {printable(cell.text)}"
        yield Mark(page, (cell.box,), look, subject, _note(word(look, lang), ordered, lang, decisions))


def _look(checks: Sequence[Check]) -> Look:
    """The worst severity of the findings among these checks."""
    return "error" if any(fails(check) and check.severity == "error" for check in checks) else "warning"


def _worst_first(checks: Sequence[Check]) -> list[Check]:
    """Findings first, errors before warnings, then remarks and what could not be checked, then what holds."""
    return sorted(checks, key=_rank)


def _rank(check: Check) -> tuple[int, int]:
    statuses = ("fails", "unclear", "holds_truncated", "holds")
    return statuses.index(check.status), SEVERITIES.index(check.severity or "info")


def _note(standing: str, checks: Sequence[Check], lang: Lang, decisions: Decisions) -> str:
    """The standing, then one line a check, with what a reader decided of it."""
    failing = sum(map(fails, checks))
    shown = checks[: max(MOST if failing else SETTLED, failing)]
    lines = [standing, *(_line(check, lang, decisions) for check in shown)]
    left = len(checks) - len(shown)
    return "\n".join([*lines, word("more", lang, count=left)] if left else lines)


def _line(check: Check, lang: Lang, decisions: Decisions) -> str:
    how = named(f"severity.{check.severity}", lang) if check.status == "fails" else word(f"how.{check.status}", lang)
    line = word("line", lang, how=how, rule=label_rule(check.rule, lang), said=said(check, lang))
    decision = decisions.of(check.id)
    if not fails(check) or decision == OPEN:
        return line
    state = word(f"state.{decision.state}", lang)
    return line + "\n" + word("decision", lang, state=state, note=printable(decision.note)).rstrip("：: ")
