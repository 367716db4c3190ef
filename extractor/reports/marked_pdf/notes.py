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
from extractor.reports.standing import (
    SEVERITIES,
    find_standings,
    find_suspected_places,
    group_by_claim,
    group_by_place,
    index_cells,
    is_finding,
    say_check,
)
from extractor.reports.terminal import findings

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


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/marked``."""
    return render(Notice(f"marked.{name}", facts), lang)


def find_marks(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    """A mark for every claim that has a place on a page, and for every cell that a finding suspects."""
    yield from _mark_claims(result, lang, decisions)
    yield from _mark_cells(result, lang, decisions)


def write_summary(result: Result, lang: Lang) -> str:
    """How many claims are verified, contradicted and neither, and what the colours say."""
    found = result.verification
    counts = {"verified": found.verified, "contradicted": found.contradicted, "unverified": found.unverified}
    told = get_phrase("summary", lang, **{name: len(ids) for name, ids in counts.items()})
    return f"{told}\n{get_phrase('legend', lang)}"


def _mark_claims(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    standing, touching = find_standings(result), group_by_claim(result.checks)
    for claim in result.claims:
        if claim.page is None or not claim.boxes:
            continue
        checks = _sort_worst_first(touching.get(claim.id, ()))
        look: Look = (
            _choose_look(checks) if standing[claim.id] == "contradicted" else _choose_settled_look(standing[claim.id])
        )
        subject = f"{get_phrase(look, lang)} · {printable(claim.raw)}"
        yield Mark(claim.page, claim.boxes, look, subject, _write_note(get_phrase(look, lang), checks, lang, decisions))


def _choose_settled_look(standing: str) -> Look:
    return "verified" if standing == "verified" else "unverified"


def _mark_cells(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    known, starts = index_cells(result), [page.start for page in result.pages]
    suspects = find_suspected_places(result)
    for place, checks in group_by_place(filter(is_finding, result.checks)).items():
        cell = known.get(place)
        if place not in suspects or cell is None or cell.box is None or not starts:
            continue
        page = result.pages[max(0, bisect_right(starts, cell.start) - 1)].number
        look, ordered = _choose_look(checks), _sort_worst_first(checks)
        subject = f"{get_phrase(look, lang)} · {printable(cell.text)}"
        yield Mark(page, (cell.box,), look, subject, _write_note(get_phrase(look, lang), ordered, lang, decisions))


def _choose_look(checks: Sequence[Check]) -> Look:
    """The worst severity of the findings among these checks."""
    return "error" if any(is_finding(check) and check.severity == "error" for check in checks) else "warning"


def _sort_worst_first(checks: Sequence[Check]) -> list[Check]:
    """Findings first, errors before warnings, then remarks and what could not be checked, then what holds."""
    return sorted(checks, key=_rank_check)


def _rank_check(check: Check) -> tuple[int, int]:
    statuses = ("fails", "unclear", "holds_truncated", "holds")
    return statuses.index(check.status), SEVERITIES.index(check.severity or "info")


def _write_note(standing: str, checks: Sequence[Check], lang: Lang, decisions: Decisions) -> str:
    """The standing, then one line a check, with what a reader decided of it."""
    failing = sum(map(is_finding, checks))
    shown = checks[: max(MOST if failing else SETTLED, failing)]
    lines = [standing, *(_write_line(check, lang, decisions) for check in shown)]
    left = len(checks) - len(shown)
    return "\n".join([*lines, get_phrase("more", lang, count=left)] if left else lines)


def _name_status(check: Check, lang: Lang) -> str:
    """How a check ended; of one that fails how severe that is."""
    if check.status == "fails":
        return findings.get_phrase(f"severity.{check.severity}", lang)
    return get_phrase(f"how.{check.status}", lang)


def _write_line(check: Check, lang: Lang, decisions: Decisions) -> str:
    line = get_phrase(
        "line", lang, how=_name_status(check, lang), rule=label_rule(check.rule, lang), said=say_check(check, lang)
    )
    decision = decisions.of(check.id)
    if not is_finding(check) or decision == OPEN:
        return line
    state = get_phrase(f"state.{decision.state}", lang)
    return line + "\n" + get_phrase("decision", lang, state=state, note=printable(decision.note)).rstrip("：: ")
