"""What changed while it is put together: where on either side, and what it is."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct

from extractor.diffs.versions.units import Script, Unit, write_key
from extractor.model import ChangeKind, ClaimCell, Passage, Section, Span


class Spot(Struct, frozen=True):
    """Where one side of a change stands: what changed, what it stands in, and the keys of both."""

    script: Script
    changed: Span
    around: Span
    section: Section | None = None
    cell: ClaimCell | None = None

    @property
    def key(self) -> str:
        """The words that changed, as they are compared."""
        return write_key(self.script.read(self.changed.start, self.changed.end))

    @property
    def key_around(self) -> str:
        """The words around them."""
        return write_key(self.script.read(self.around.start, self.around.end))

    def quote(self) -> Passage:
        """The same for a reader."""
        start, end = self.changed.start, self.changed.end
        return Passage(
            start=start,
            end=end,
            text=self.script.read(start, end),
            sentence=self.script.half.quote(self.around),
            page=find_page(self.script, start),
            heading=self.section.heading if self.section else None,
            cell=self.cell,
        )


class Found(Struct, frozen=True):
    """A change; ``message`` is the id of its sentence behind ``diffs.change-``, ``also`` more places of the same."""

    what: ChangeKind
    left: Spot | None
    right: Spot | None
    message: str = ""
    facts: dict[str, str | int] = {}
    also: tuple[tuple[Spot, Spot], ...] = ()


def find_page(script: Script, at: int) -> int | None:
    """The number of the page that a character stands on; None where there are no pages."""
    pages = script.half.result.pages
    found = bisect_right(pages, at, key=lambda page: page.start)
    return pages[max(0, found - 1)].number if pages else None


def spot_unit(script: Script, unit: Unit) -> Spot:
    """A whole unit as what changed."""
    return Spot(script, unit.span, unit.span, unit.section)


def spot_words(script: Script, unit: Unit, start: int, end: int) -> Spot:
    """Words of a unit as what changed."""
    return Spot(script, Span(start, end), unit.span, unit.section)
