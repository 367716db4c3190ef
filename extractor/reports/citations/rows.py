"""Citations as rows of a table: the number of the text, then the best source that there is."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.cite.answer import Citation, Citations
from extractor.cite.wording import flatten
from extractor.messages import Lang, render, speak
from extractor.model import Notice
from extractor.reports.printable import escape_commands

COLUMNS = (
    "number", "status", "raw", "metric", "period", "sentence", "match", "quote", "source_metric", "document", "page",
    "section", "source_sentence", "message", "start", "end", "source_start", "source_end", "sha256",
)  # fmt: skip
Cell = str | int | None


def get_phrase(name: str, lang: Lang, /, **facts: str | int) -> str:
    """The word or sentence of this name in ``messages/cite``."""
    return render(Notice(f"cite.{name}", facts), lang)


def name_columns(lang: Lang) -> list[str]:
    """The heads of the columns."""
    return [get_phrase(f"column.{name}", lang) for name in COLUMNS]


def list_rows(found: Citations, lang: Lang) -> Iterator[list[Cell]]:
    """A row for each number, in the order of the text."""
    for number, citation in enumerate(found.citations, 1):
        yield [*_fill_front(number, citation, lang), *_fill_back(citation, lang)]


def _fill_front(number: int, citation: Citation, lang: Lang) -> list[Cell]:
    status = get_phrase(f"status.{citation.status}", lang)
    return [
        number,
        status,
        flatten(citation.raw),
        citation.metric,
        citation.period,
        join_lines(citation.sentence.text),
    ]


def _fill_back(citation: Citation, lang: Lang) -> list[Cell]:
    message: Cell = speak(citation.message, lang)
    place: list[Cell] = [citation.start, citation.end]
    if not citation.sources:
        return [None] * 7 + [message, *place, None, None, None]
    first = citation.sources[0]
    anchor = first.anchor
    source: list[Cell] = [
        get_phrase(f"match.{first.match}", lang),
        flatten(anchor.quote),
        first.metric,
        anchor.document,
        anchor.page,
        " › ".join(anchor.section),
        join_lines(anchor.sentence.text),
    ]
    return [*source, message, *place, anchor.start, anchor.end, anchor.sha256]


def join_lines(words: str) -> str:
    r"""Words of a document on one line, with what parts the cells of a table as a space.

    >>> join_lines("本年收入\t2555.21\n合计")
    '本年收入 2555.21合计'
    """
    return escape_commands(words.replace("\t", " ").replace("\n", ""))
