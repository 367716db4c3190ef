"""What a page that shows a document did to its text: numbered stretches that it was cut into, numbers cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from extractor.documents.model import Document, Paragraph
from extractor.kept import compile_expression
from extractor.sections import pieces, styles

# So many stretches are a text that was cut; a shorter one is an item of a list.
FEWEST = 2
SHORTEST = 100
NUMBER = compile_expression(r"\s*([0-9]{1,3})、\s*")


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


def join_numerals(document: Document) -> Document:
    """The document with the numbers of headings whole that a page was cut inside: … 十 | 一、.

    >>> texts = ("十、教育", "在校学生3万人。 十", "一、文化", "场馆5个。十", "二、卫生")
    >>> paragraphs = tuple(Paragraph(text, ((0, 30 * at),)) for at, text in enumerate(texts))
    >>> [paragraph.text for paragraph in join_numerals(Document("示例", "", "text", "", paragraphs)).paragraphs]
    ['十、教育', '在校学生3万人。', '十一、文化', '场馆5个。', '十二、卫生']
    """
    tens = dict(_find_tens(document.paragraphs))
    if not tens:
        return document
    whole: list[Paragraph] = []
    for at, paragraph in enumerate(document.paragraphs):
        end = len(paragraph.text[: tens.get(at)].rstrip())
        own = paragraph.slice(0, end) if at in tens else paragraph
        before = document.paragraphs[at - 1]
        ten = tens.get(at - 1)
        whole.append(own if ten is None else pieces.join(before.slice(ten, ten + 1), own))
    return msgspec.structs.replace(document, paragraphs=tuple(whole))


def _find_tens(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """The paragraphs that end in the first numeral of the next one's number, and where it stands in them."""
    ends, goes_on = (styles.load_expression("headings/boundaries", name) for name in ("ten_ahead", "ten_behind"))
    for at, (before, after) in enumerate(pairwise(paragraphs)):
        ten = ends.search(before.text) if goes_on.match(after.text) else None
        if ten:
            yield at, ten.start("ten")


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
    return paragraph.slice(number.end(), len(paragraph.text)) if number else paragraph


def _join(stretches: Sequence[Paragraph]) -> Paragraph:
    """Stretches as one paragraph."""
    joined = stretches[0]
    for stretch in stretches[1:]:
        joined = pieces.join(joined, stretch)
    return joined
