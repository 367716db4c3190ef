"""Notes that stand among the paragraphs: a mark behind a word, and the same mark in front of what explains it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents.model import Paragraph
from extractor.sections import markers, styles


def find_notes(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The paragraphs that begin with a mark that stood behind a word before: they explain it and head nothing.

    >>> texts = ("一般公共预算①收入3亿元。", "①指以税收为主体的预算。", "②核实情况")
    >>> find_notes([Paragraph(text, ((0, 0),)) for text in texts])
    {1}
    """
    marks = styles.load_expression("headings/boundaries", "note_mark")
    seen: set[str] = set()
    notes: set[int] = set()
    for index, paragraph in enumerate(paragraphs):
        marker = markers.read_marker(paragraph.text) if paragraph.text[:1] in seen else None
        if marker and styles.load_families()[marker.family].note:
            notes.add(index)
        seen.update(marks.findall(paragraph.text))
    return notes
