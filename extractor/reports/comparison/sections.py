"""The parts of a comparison's page beside its table: what else changed, and what became of the findings; as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from extractor.messages import Lang, speak
from extractor.model import CellPair, Change, Diff
from extractor.reports.comparison.beside import NOTHING, Beside
from extractor.reports.comparison.cells import head_cells, order_cells, say_cells
from extractor.reports.comparison.changes import count_findings, cut_change, name_passage, order_findings, say_finding
from extractor.reports.comparison.judging import name_cells, name_change
from extractor.reports.comparison.pictures import Marks
from extractor.reports.comparison.rows import get_phrase
from extractor.reports.comparison.sentences import Mark, Piece
from extractor.reports.markup import escape_text
from extractor.reports.printable import escape_invisible

# The elements of marked words: they say what they are without colours.
TAGS: dict[Mark, str] = {"number": "mark", "left": "del", "right": "ins"}


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


def write_pictures(marks: Sequence[Marks], lang: Lang) -> str:
    """What shows the pages of both sides with their boxes: nothing where no page has an image."""
    if not any(marks):
        return ""
    left, right = (escape(_join_marks(side)) for side in marks)
    places = f'data-left="{left}" data-right="{right}"'
    return f'<button type="button" class="sheets" {places}>{escape(get_phrase("pages", lang))}</button>'


def _join_marks(marks: Marks) -> str:
    """Places as a list: page, left, top, right and bottom edge of each, parted by semicolons."""
    return ";".join(" ".join([str(page), *(f"{edge:.1f}" for edge in box or ())]) for page, box in marks)


def write_changes(diff: Diff, lang: Lang, beside: Beside = NOTHING) -> Iterator[str]:
    """The changes in their order, each with its sentences."""
    if not diff.changes:
        return
    yield f"<h2>{escape(get_phrase('changes', lang, count=len(diff.changes)))}</h2>"
    yield '<ol class="changes">'
    for at, change in enumerate(diff.changes, 1):
        marks = [beside.pictures.mark_change(side, change) for side in (0, 1)]
        shown = write_pictures(marks, lang)
        yield f'<li id="c{at}" data-key="{name_change(change)}">{_write_change(change, lang, beside)}{shown}</li>'
    yield "</ol>"


def _write_change(change: Change, lang: Lang, beside: Beside) -> str:
    what = f'<span class="what">{escape(get_phrase(f"what.{change.what}", lang))}</span>'
    sentences = (pieces for pieces in cut_change(change) if pieces)
    told = "".join(f'<p class="sentence">{write_sentence(pieces)}</p>' for pieces in sentences)
    return f"{what}{escape_text(speak(change.message, lang))}{told}<small>{_write_place(change, lang, beside)}</small>"


def _write_place(change: Change, lang: Lang, beside: Beside) -> str:
    """Where a change stands: pages and headings."""
    found = []
    for passage, link in zip((change.left, change.right), beside.links, strict=True):
        if passage:
            page = write_page_link(passage.page, link, lang)
            found.append(" · ".join(filter(None, (page, escape_text(name_passage(passage))))))
    return " → ".join(dict.fromkeys(found))


def write_cells(diff: Diff, lang: Lang, beside: Beside = NOTHING) -> Iterator[str]:
    """The numbers of tables that are not the same, what contradicts first; what only moved on is folded."""
    pairs = order_cells(diff)
    if not pairs:
        return
    yield f"<h2>{escape(head_cells(diff, lang))}</h2>"
    contradicting = [pair for pair in pairs if pair.relation == "different"]
    yield from _list_cells(contradicting, lang, beside)
    if moved := pairs[len(contradicting) :]:
        yield f"<details><summary>{escape(get_phrase('cells-moved', lang, count=len(moved)))}</summary>"
        yield from _list_cells(moved, lang, beside)
        yield "</details>"


def _list_cells(pairs: Sequence[CellPair], lang: Lang, beside: Beside) -> Iterator[str]:
    if not pairs:
        return
    yield '<ul class="changes">'
    for pair in pairs:
        pages = [
            write_page_link(cell.page, link, lang)
            for cell, link in zip((pair.left, pair.right), beside.links, strict=True)
        ]
        place = " → ".join(dict.fromkeys(filter(None, pages)))
        shown = write_pictures([beside.pictures.mark_cell(side, pair) for side in (0, 1)], lang)
        key = f' data-key="{escape(name_cells(pair))}"' if pair.relation == "different" else ""
        yield f'<li class="{pair.relation}"{key}>{escape_text(say_cells(pair, lang))}<small>{place}</small>{shown}</li>'
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
