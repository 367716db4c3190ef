"""What a page shows or names beside its text: files to be downloaded, and pictures that may hold the report."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.documents.web.article import Article, is_file
from extractor.documents.web.tree import NUMBER, Element
from extractor.model import Notice

# So many names are told; how many there are is told too.
MOST_NAMED = 5
# A page with fewer numbers holds no report.
FEWEST_NUMBERS = 8
# A picture smaller than this (pixels) is an ornament.
SMALLEST = 200
PIXELS = regex.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*([0-9]{1,5})(?:px)+")


def warn(found: Article, text: str, name: str) -> Iterator[Notice]:
    """What is told of attachments, which may stand beside the article, and of its pictures where it is no report."""
    files = list(dict.fromkeys(filter(None, map(_name_file, found.body.iter("a")))))
    pictures = list(filter(_is_large, found.element.iter("img")))
    told: dict[str, str | int] = {"name": name, "count": len(files), "files": "、".join(files[:MOST_NAMED])}
    is_report = len(NUMBER.findall(text)) >= FEWEST_NUMBERS
    if files:
        yield Notice("input.page_attachments" if is_report else "input.page_only_attachments", told)
    if pictures and not is_report:
        yield Notice("input.page_pictures", {"name": name, "count": len(pictures)})


def _name_file(link: Element) -> str | None:
    """What the file is called to which a link leads; None for a link to a page."""
    address = link.get("href", "")
    if not is_file(address):
        return None
    words = " ".join("".join(link.itertext()).split())
    return words or address.rpartition("/")[2]


def _is_large(picture: Element) -> bool:
    """Whether a picture is not stated to be small."""
    stated = f"width:{picture.get('width')}px height:{picture.get('height')}px {picture.get('style')}"
    return min(map(int, PIXELS.findall(stated)), default=SMALLEST) >= SMALLEST
