"""What a page shows or names beside its text: files to be downloaded, and pictures that may hold the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.documents.web.article import Article, is_file
from extractor.documents.web.tree import NUMBER, Element, is_unseen
from extractor.model import Notice

# So many names are told; how many there are is told too.
MOST_NAMED = 5
# A page with fewer numbers holds no report.
FEWEST_NUMBERS = 8
# A picture smaller than this (pixels) is an ornament.
SMALLEST = 200
FRAMES = ("iframe", "frame", "embed", "object")
PIXELS = regex.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*([0-9]{1,5})(?:px)+")


def list_frames(root: Element) -> list[str]:
    """The addresses of what a page shows in frames of its own, those that are large enough to hold a report."""
    frames = (frame for frame in root.iter(*FRAMES) if _is_large(frame) and not is_unseen(frame))
    return list(dict.fromkeys(filter(None, (frame.get("src") or frame.get("data") for frame in frames))))


def explain_empty(frames: Sequence[str], is_written: bool) -> str:
    """Why a page has no text: others stand in its frames, or scripts write it."""
    if frames:
        return "input.page_frames"
    return "input.page_scripts" if is_written else "input.empty"


def warn(found: Article, frames: Sequence[str], text: str, name: str) -> Iterator[Notice]:
    """What is told of attachments, which may stand beside the article or in ``frames``.

    Where the page is no report, its pictures are told too, and other pages in its frames.
    """
    shown = [address for address in frames if is_file(address)]
    links = [*map(_name_file, found.body.iter("a")), *map(_read_last, shown)]
    files = list(dict.fromkeys(filter(None, links)))
    pictures = list(filter(_is_large, found.element.iter("img")))
    told: dict[str, str | int] = {"name": name, "count": len(files), "files": "、".join(files[:MOST_NAMED])}
    is_report = len(NUMBER.findall(text)) >= FEWEST_NUMBERS
    if files:
        yield Notice("input.page_attachments" if is_report else "input.page_only_attachments", told)
    if len(frames) > len(shown) and not is_report:
        yield Notice("input.page_frames", {"name": name, "count": len(frames) - len(shown)})
    if pictures and not is_report:
        yield Notice("input.page_pictures", {"name": name, "count": len(pictures)})


def _name_file(link: Element) -> str | None:
    """What the file is called to which a link leads; None for a link to a page."""
    address = link.get("href", "")
    if not is_file(address):
        return None
    words = " ".join("".join(link.itertext()).split())
    return words or _read_last(address)


def _read_last(address: str) -> str:
    """What the file of an address is called."""
    return address.rpartition("/")[2]


def _is_large(picture: Element) -> bool:
    """Whether a picture or a frame is not stated to be small."""
    stated = f"width:{picture.get('width')}px height:{picture.get('height')}px {picture.get('style')}"
    return min(map(int, PIXELS.findall(stated)), default=SMALLEST) >= SMALLEST
