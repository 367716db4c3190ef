"""The findings of a document as its page of findings lists them: what is wrong, where, and what was decided of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.messages import Lang, render, speak
from extractor.model import Finding, Notice, Operand, Result
from extractor.reports.decisions import OPEN, Decision, Decisions
from extractor.reports.printable import printable
from extractor.reports.standing import Mistake, list_mistakes
from extractor.reports.suspects import Spot, find_known, find_section, find_spot, name_number, write_proposed
from extractor.reports.unverified import list_reasons


class Entry(Struct, frozen=True):
    """A finding: its number and what that was probably meant to be, where it stands, what is said, what was decided."""

    severity: str
    number: str
    section: str
    said: str
    decision: Decision
    spot: Spot | None = None

    @property
    def is_dismissed(self) -> bool:
        """Whether a reader decided that it is no mistake."""
        return self.decision.state == "dismissed"


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/marked``."""
    return render(Notice(f"marked.{name}", facts), lang)


def list_entries(result: Result, lang: Lang, decisions: Decisions) -> list[Entry]:
    """The findings in the order in which they are told: the worst first."""
    book = Book(result)
    headings = {section.id: printable(section.heading) for section in result.sections}
    return [_make_entry(book, mistake, headings, lang, decisions) for mistake in list_mistakes(result)]


def _make_entry(book: Book, mistake: Mistake, headings: dict[str, str], lang: Lang, decisions: Decisions) -> Entry:
    operand = find_known(book, mistake.places)
    return Entry(
        mistake.severity,
        _name_suspect(book, operand, mistake.finding),
        headings.get(find_section(book, operand) or "", ""),
        printable(speak(mistake.message, lang)),
        decisions.of_mistake(mistake),
        find_spot(book, operand) if operand else None,
    )


def _name_suspect(book: Book, operand: Operand | None, finding: Finding | None) -> str:
    """The number with what it is of; behind an arrow the one that was probably meant."""
    number = printable(name_number(book, operand)) if operand else ""
    proposed = write_proposed(book, finding)
    return f"{number} → {printable(proposed)}" if proposed else number


def write_decision(decision: Decision, lang: Lang) -> str:
    """What was decided of a finding, and the reader's note; nothing of one that is open."""
    if decision == OPEN:
        return ""
    state, note = get_phrase(f"state.{decision.state}", lang), printable(decision.note)
    return get_phrase("decision" if note else "decided", lang, state=state, note=note)


def count_reasons(result: Result, lang: Lang) -> Sequence[tuple[str, int]]:
    """Why claims are unverified, by the first reason of each, and how many there are of it: most first."""
    return Counter(printable(reasons[0]) for reasons in list_reasons(result, lang).values()).most_common()
