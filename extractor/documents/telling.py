"""What is told of the pages of a PDF: which could not be read, were recognised, or hold what is not shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.documents.content import PageContent
from extractor.documents.ocr.layer import Layer
from extractor.model import Notice

# What is told of pages by what their text layer is worth, and by whether there is anything to be read.
TOLD = (
    ("input.page_heavy", Layer.HEAVY, False),
    ("input.page_without_text", Layer.NONE, False),
    ("input.page_partial", Layer.PARTIAL, True),
    ("input.page_pictured", Layer.PICTURED, True),
    ("input.page_recognised", Layer.RECOGNISED, True),
    ("input.page_not_recognised", Layer.RECOGNISED, False),
)


def find_warnings(found: Sequence[PageContent | None], count: int, name: str) -> Iterator[Notice]:
    """The warnings of a file's pages, None for those that cannot be read; ``count`` is how many it says it has."""
    if count > len(found):
        yield Notice("input.pages_limited", {"name": name, "pages": count, "limit": len(found)})
    broken = [number for number, page in enumerate(found, start=1) if page is None]
    if broken:
        yield Notice("input.page_unreadable", {"name": name, "page": _shorten_numbers(broken)})
    for message, layer, has_text in TOLD:
        told = [at for at, page in enumerate(found, 1) if page and (page.layer, page.has_text) == (layer, has_text)]
        if told:
            yield Notice(message, {"name": name, "page": _shorten_numbers(told)})
    torn = [at for at, page in enumerate(found, start=1) if page and page.torn]
    if torn:
        yield Notice("input.table_not_parted", {"name": name, "page": _shorten_numbers(torn)})
    yield from _find_unseen(found, name)
    for number, page in enumerate(found, start=1):
        if page and page.unmapped:
            yield Notice("input.page_unmapped", {"name": name, "page": number, "count": page.unmapped})


def _find_unseen(found: Sequence[PageContent | None], name: str) -> Iterator[Notice]:
    """What pages hold that is not shown on them, or stands sideways."""
    hidden = [number for number, page in enumerate(found, start=1) if page and page.hidden]
    if hidden:
        count = sum(page.hidden for page in found if page)
        yield Notice("input.page_hidden", {"name": name, "page": _shorten_numbers(hidden), "count": count})
    sideways = [number for number, page in enumerate(found, start=1) if page and page.is_sideways]
    if sideways:
        yield Notice("input.page_sideways", {"name": name, "page": _shorten_numbers(sideways)})


def _shorten_numbers(numbers: Sequence[int]) -> str:
    """Ascending page numbers in short: consecutive ones as a range.

    >>> _shorten_numbers([1, 2, 3, 7])
    '1-3, 7'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)
