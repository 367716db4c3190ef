"""Numbers of pages that a copied text has among its words: they count up, and are no part of what they interrupt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import regex

from extractor.documents.model import Document, Paragraph
from extractor.sections import lost, markers, pieces, styles

# So many marks that count up one by one are those of pages: of those between long dashes, which part no numbers, fewer.
FEWEST, FEWEST_WIDE = 3, 2
BOUNDARIES = "headings/boundaries"

# A mark as it was found: the index of its paragraph, and the match there.
Mark = tuple[int, regex.Match[str]]


def drop_page_marks(document: Document) -> Document:
    """The document without the numbers of its pages, and with the paragraphs joined that they parted.

    >>> texts = ("收入 8 亿— 1 —元，", "— 2 —", "增长4%。", "支出— 3 —下降。")
    >>> paragraphs = tuple(Paragraph(text, ((0, 100 * at),)) for at, text in enumerate(texts))
    >>> made = drop_page_marks(Document("示例", "", "text", "", paragraphs))
    >>> [paragraph.text for paragraph in made.paragraphs]
    ['收入 8 亿元，增长4%。', '支出下降。']
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    for at, match in _find_counted(list(_find_marks(document.paragraphs))):
        spans.setdefault(at, []).append(match.span())
    if not spans:
        return document
    rests = [pieces.leave_out(paragraph, spans.get(at, ())) for at, paragraph in enumerate(document.paragraphs)]
    return msgspec.structs.replace(document, paragraphs=tuple(_join_parted(rests)))


def _join_parted(rests: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of which something is left, each with the one that it goes on in behind an empty one."""
    kept: list[Paragraph] = []
    is_parted = False
    for rest in rests:
        if rest.text and is_parted and kept and _goes_on(kept[-1], rest):
            kept[-1] = pieces.join(kept[-1], rest)
        elif rest.text:
            kept.append(rest)
        is_parted = not rest.text
    return kept


def _find_marks(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    """What looks like the number of a page between dashes."""
    marks = styles.load_expression(BOUNDARIES, "page_mark")
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind == "body":
            yield from ((at, match) for match in marks.finditer(paragraph.text))


def _find_counted(found: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that count up one by one."""
    run: list[Mark] = []
    for mark in found:
        if run and _read(mark) != _read(run[-1]) + 1:
            yield from run if _is_of_pages(run) else ()
            run = []
        run.append(mark)
    yield from run if _is_of_pages(run) else ()


def _is_of_pages(run: Sequence[Mark]) -> bool:
    """Whether marks that count up are enough to be those of pages."""
    is_wide = all(match["wide"] for _, match in run)
    return len(run) >= (FEWEST_WIDE if is_wide else FEWEST)


def _read(mark: Mark) -> int:
    return int(mark[1]["number"])


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph that a page ended in the middle of a sentence goes on in another one."""
    if before.kind != "body" or after.kind != "body" or lost.is_title_like(before.text):
        return False
    is_finished = styles.load_expression(BOUNDARIES, "finished").search(before.text) is not None
    return not is_finished and markers.read_marker(after.text) is None
