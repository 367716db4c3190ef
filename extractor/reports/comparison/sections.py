"""The parts of a comparison's page beside its table: what else changed, and what became of the findings; as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from extractor.messages import Lang, speak
from extractor.model import CellPair, Change, Diff
from extractor.reports.comparison.cells import head_cells, order_cells, say_cells
from extractor.reports.comparison.changes import count_findings, cut_change, name_passage, order_findings, say_finding
from extractor.reports.comparison.rows import get_phrase
from extractor.reports.comparison.sentences import Mark, Piece
from extractor.reports.markup import escape_text
from extractor.reports.printable import escape_invisible

# The elements of marked words: they say what they are without colours.
TAGS: dict[Mark, str] = {"number": "mark", "left": "del", "right": "ins"}
Links = tuple[str | None, str | None]
"""Where the two files are, from the page's own place; None where that is not known."""
NO_LINKS: Links = (None, None)


def write_sentence(pieces: Sequence[Piece]) -> str:
    """A sentence with what is marked in elements."""
    return "".join(map(_write_piece, pieces)).strip()


def _write_piece(piece: Piece) -> str:
    text, tag = escape(escape_invisible(piece.text)), TAGS.get(piece.mark)
    return f"<{tag}>{text}</{tag}>" if tag else text


def write_page_link(page: int | None, link: str | None, lang: Lang) -> str:
    """The page that something stands on, as a link where the file is known; empty where there are no pages."""
    if page is None:
        return ""
    said = escape(get_phrase("on-page", lang, page=page))
    return f'<a href="{escape(link)}#page={page}">{said}</a>' if link else said


def write_changes(diff: Diff, lang: Lang, links: Links = NO_LINKS) -> Iterator[str]:
    """The changes in their order, each with its sentences."""
    if not diff.changes:
        return
    yield f"<h2>{escape(get_phrase('changes', lang, count=len(diff.changes)))}</h2>"
    yield '<ol class="changes">'
    for at, change in enumerate(diff.changes, 1):
        yield f'<li id="c{at}">{_write_change(change, lang, links)}</li>'
    yield "</ol>"


def _write_change(change: Change, lang: Lang, links: Links) -> str:
    what = f'<span class="what">{escape(get_phrase(f"what.{change.what}", lang))}</span>'
    sentences = (pieces for pieces in cut_change(change) if pieces)
    told = "".join(f'<p class="sentence">{write_sentence(pieces)}</p>' for pieces in sentences)
    return f"{what}{escape_text(speak(change.message, lang))}{told}<small>{_write_place(change, lang, links)}</small>"


def _write_place(change: Change, lang: Lang, links: Links) -> str:
    """Where a change stands: pages and headings."""
    found = []
    for passage, link in zip((change.left, change.right), links, strict=True):
        if passage:
            page = write_page_link(passage.page, link, lang)
            found.append(" · ".join(filter(None, (page, escape_text(name_passage(passage))))))
    return " → ".join(dict.fromkeys(found))


def write_cells(diff: Diff, lang: Lang, links: Links = NO_LINKS) -> Iterator[str]:
    """The numbers of tables that are not the same, what contradicts first; what only moved on is folded."""
    pairs = order_cells(diff)
    if not pairs:
        return
    yield f"<h2>{escape(head_cells(diff, lang))}</h2>"
    contradicting = [pair for pair in pairs if pair.relation == "different"]
    yield from _list_cells(contradicting, lang, links)
    if moved := pairs[len(contradicting) :]:
        yield f"<details><summary>{escape(get_phrase('cells-moved', lang, count=len(moved)))}</summary>"
        yield from _list_cells(moved, lang, links)
        yield "</details>"


def _list_cells(pairs: Sequence[CellPair], lang: Lang, links: Links) -> Iterator[str]:
    if not pairs:
        return
    yield '<ul class="changes">'
    for pair in pairs:
        pages = [
            write_page_link(cell.page, link, lang) for cell, link in zip((pair.left, pair.right), links, strict=True)
        ]
        place = " → ".join(dict.fromkeys(filter(None, pages)))
        yield f'<li class="{pair.relation}">{escape_text(say_cells(pair, lang))}<small>{place}</small></li>'
    yield "</ul>"


def write_findings(diff: Diff, lang: Lang) -> Iterator[str]:
    """What became of the findings of the earlier version, and which are new."""
    if not diff.findings:
        return
    yield f"<h2>{escape(get_phrase('findings', lang, **count_findings(diff)))}</h2>"
    yield '<ul class="changes">'
    for finding in order_findings(diff):
        what = f'<span class="what">{escape(get_phrase(f"finding.{finding.status}", lang))}</span>'
        yield f'<li class="{finding.status}">{what}{escape_text(say_finding(finding, lang))}</li>'
    yield "</ul>"
