"""The marks on a document's pages: where each is, in which colour, and the note that it carries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from extractor.messages import Lang
from extractor.model import Box, Check, Result
from extractor.reports.decisions import OPEN, Decisions
from extractor.reports.labels import label_rule
from extractor.reports.marked_pdf.entries import get_phrase, write_decision
from extractor.reports.printable import printable
from extractor.reports.standing import (
    SEVERITIES,
    Place,
    find_place,
    find_standings,
    find_suspected_places,
    group_by_claim,
    group_by_place,
    index_cells,
    is_finding,
    list_mistakes,
    say_check,
)
from extractor.reports.terminal import findings
from extractor.reports.unverified import list_reasons

Look = Literal["verified", "error", "warning", "unverified", "dismissed"]
LOOKS: tuple[Look, ...] = ("error", "warning", "verified", "unverified", "dismissed")
# Red, green and blue: light enough for the text under them, told apart in grey and by readers who see no red.
COLOURS: dict[str, tuple[int, int, int]] = {
    "verified": (186, 236, 188),
    "error": (255, 150, 140),
    "warning": (255, 205, 105),
    "unverified": (214, 222, 240),
    "dismissed": (205, 207, 210),
}
# How many checks that hold, and how many in all, a note tells of; of the others it gives the number.
MOST = 6
# Of what is settled it tells of fewer: the findings are what a reader looks for.
SETTLED = 2


class Mark(Struct, frozen=True):
    """Rectangles on one page as displayed, and what is said of them, as plain text.

    That of a cell is the frame around its digits.
    """

    page: int
    boxes: tuple[Box, ...]
    look: Look
    subject: str
    note: str
    is_cell: bool = False


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
    dismissed, reasons = _find_dismissed(result, decisions), list_reasons(result, lang)
    for claim in result.claims:
        if claim.page is None or not claim.boxes:
            continue
        checks = _sort_worst_first(touching.get(claim.id, ()))
        look: Look = _choose_settled_look(standing[claim.id])
        if standing[claim.id] == "contradicted":
            look = "dismissed" if claim.id in dismissed else _choose_look(checks)
        why = (
            [get_phrase("why", lang, reasons=get_phrase("between", lang).join(reasons[claim.id]))]
            if claim.id in reasons
            else []
        )
        note = _write_note([get_phrase(look, lang), *why], checks, lang, decisions)
        yield Mark(claim.page, claim.boxes, look, f"{get_phrase(look, lang)} · {printable(claim.raw)}", note)


def _choose_settled_look(standing: str) -> Look:
    return "verified" if standing == "verified" else "unverified"


def _find_dismissed(result: Result, decisions: Decisions) -> set[str | Place | None]:
    """The numbers that only findings suspect which were dismissed: ids of claims, and places of cells."""
    open_ones: set[str | Place | None] = set()
    dismissed: set[str | Place | None] = set()
    for mistake in list_mistakes(result):
        group = dismissed if decisions.of_mistake(mistake).state == "dismissed" else open_ones
        group.update(one.claim or find_place(one) for one in mistake.suspects)
    return dismissed - open_ones


def _mark_cells(result: Result, lang: Lang, decisions: Decisions) -> Iterator[Mark]:
    known, starts = index_cells(result), [page.start for page in result.pages]
    suspects, dismissed = find_suspected_places(result), _find_dismissed(result, decisions)
    for place, checks in group_by_place(filter(is_finding, result.checks)).items():
        cell = known.get(place)
        if place not in suspects or cell is None or cell.box is None or not starts:
            continue
        page = result.pages[max(0, bisect_right(starts, cell.start) - 1)].number
        look: Look = "dismissed" if place in dismissed else _choose_look(checks)
        note = _write_note([get_phrase(look, lang)], _sort_worst_first(checks), lang, decisions)
        yield Mark(page, (cell.box,), look, f"{get_phrase(look, lang)} · {printable(cell.text)}", note, is_cell=True)


def _choose_look(checks: Sequence[Check]) -> Look:
    """The worst severity of the findings among these checks."""
    return "error" if any(is_finding(check) and check.severity == "error" for check in checks) else "warning"


def _sort_worst_first(checks: Sequence[Check]) -> list[Check]:
    """Findings first, errors before warnings, then remarks and what could not be checked, then what holds."""
    return sorted(checks, key=_rank_check)


def _rank_check(check: Check) -> tuple[int, int]:
    statuses = ("fails", "unclear", "holds_truncated", "holds")
    return statuses.index(check.status), SEVERITIES.index(check.severity or "info")


def _write_note(head: Sequence[str], checks: Sequence[Check], lang: Lang, decisions: Decisions) -> str:
    """How the number stands, then one line a check, with what a reader decided of it."""
    failing = sum(map(is_finding, checks))
    shown = checks[: max(MOST if failing else SETTLED, failing)]
    lines = [*head, *(_write_line(check, lang, decisions) for check in shown)]
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
    return f"{line}\n{write_decision(decision, lang)}"
