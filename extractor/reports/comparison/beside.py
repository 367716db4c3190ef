"""What a comparison is written with beside the diff: where the files are, what was decided, and images of pages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from extractor.reports.comparison.pictures import NO_PICTURES, Pictures
from extractor.reports.decisions import Decisions

Links = tuple[str | None, str | None]


class Beside(Struct, frozen=True):
    """``links`` lead to the two files from the page's own place; None where that is not known."""

    links: Links = (None, None)
    decisions: Sequence[Decisions] = ()
    pictures: Pictures = NO_PICTURES


NOTHING = Beside()
