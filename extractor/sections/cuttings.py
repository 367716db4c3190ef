"""Numbers that the page which shows a document puts in front of the stretches that it cut its text into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import regex

from extractor.model import Document, Paragraph
from extractor.sections import pieces, styles

# So many stretches are a text that was cut; a shorter one is an item of a list.
FEWEST = 2
SHORTEST = 100
NUMBER = regex.compile(r"\s*([0-9]{1,3})、\s*")


def join_cuttings(document: Document) -> Document:
    """The document with the stretches joined that numbers stand in front of, in the middle of sentences.

    >>> texts = ("1、" + "全年收入8亿元。" * 20 + "支出", "2、增长4%。" + "投资3亿元。" * 20)
    >>> paragraphs = tuple(Paragraph(text, ((0, 200 * at),)) for at, text in enumerate(texts))
    >>> made = join_cuttings(Document("示例", "", "text", "", paragraphs))
    >>> [(paragraph.text[:6], "支出增长4%。" in paragraph.text) for paragraph in made.paragraphs]
    [('全年收入8亿', True)]
    """
    runs = list(_find_runs(document.paragraphs))
    if not runs:
        return document
    kept = list(document.paragraphs)
    for run in reversed(runs):
        kept[run.start : run.stop] = [_join([_drop_number(kept[at]) for at in run])]
    return msgspec.structs.replace(document, paragraphs=tuple(kept))


def _find_runs(paragraphs: Sequence[Paragraph]) -> Iterator[range]:
    """The paragraphs that count up from 1 and of which most break off."""
    start = 0
    while start < len(paragraphs):
        end = start
        while end < len(paragraphs) and _is_numbered(paragraphs[end], end - start + 1):
            end += 1
        if end - start >= FEWEST and _are_cut(paragraphs[start:end]):
            yield range(start, end)
        start = max(end, start + 1)


def _is_numbered(paragraph: Paragraph, ordinal: int) -> bool:
    if paragraph.kind != "body":
        return False
    number = NUMBER.match(paragraph.text)
    return number is not None and int(number[1]) == ordinal


def _are_cut(stretches: Sequence[Paragraph]) -> bool:
    """Whether the stretches that another one follows are long, and most of them break off within a sentence."""
    ended = styles.load_expression("headings/boundaries", "finished")
    followed = stretches[:-1]
    open_ends = [ended.search(one.text) is None for one in followed]
    return sum(open_ends) * 2 > len(open_ends) and all(len(one.text) >= SHORTEST for one in followed)


def _drop_number(paragraph: Paragraph) -> Paragraph:
    number = NUMBER.match(paragraph.text)
    return pieces.slice_paragraph(paragraph, number.end(), len(paragraph.text)) if number else paragraph


def _join(stretches: Sequence[Paragraph]) -> Paragraph:
    """Stretches as one paragraph."""
    joined = stretches[0]
    for stretch in stretches[1:]:
        joined = pieces.join(joined, stretch)
    return joined
