"""The document's own title, which is no section."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import Paragraph
from extractor.sections import markers, styles

# A title stands among the first paragraphs.
AMONG = 30
LONGEST = 60


def find(paragraphs: Sequence[Paragraph], before: int) -> tuple[str | None, set[int]]:
    """The title and the paragraphs that make it up, sought before paragraph ``before``."""
    opening = paragraphs[: min(before, AMONG)]
    for index, paragraph in enumerate(opening):
        captured = styles.one("headings/document", "captured").fullmatch(paragraph.text.strip())
        if captured:
            return captured["title"].strip(), {index}
    named = [index for index, paragraph in enumerate(opening) if _is_named(paragraph)]
    if not named:
        return None, set()
    taken = _together(opening, named[0])
    return "".join(opening[index].text.strip() for index in taken), set(taken)


def is_title_line(paragraph: Paragraph) -> bool:
    """Whether a line can be a title: short, unnumbered, without a sentence's marks.

    >>> is_title_line(Paragraph("某街道2020年绩效评价报告", ((0, 0),)))
    True
    """
    text = paragraph.text.strip()
    clause = styles.one("headings/boundaries", "clause").search(text) or text.endswith("。")
    return len(text) <= LONGEST and paragraph.kind == "body" and not clause and markers.at_start(text) is None


def _is_named(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    plain = styles.any_of("headings/plain").fullmatch(text)
    return (
        is_title_line(paragraph) and not plain and styles.one("headings/document", "genre").fullmatch(text) is not None
    )


def _together(opening: Sequence[Paragraph], at: int) -> list[int]:
    """The title's lines: those set as large as it directly above."""
    first = at
    while first and opening[at].large and opening[first - 1].large and len(opening[first - 1].text) <= LONGEST:
        first -= 1
    return list(range(first, at + 1))
