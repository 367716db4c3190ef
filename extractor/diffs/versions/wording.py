"""The sentence of a change for a reader: ``patterns/messages/changes`` with what stood there and what does."""

from __future__ import annotations

from extractor.diffs.versions.found import Found, Spot
from extractor.messages import Lang, render
from extractor.model import Message, Notice

# So many characters of what changed are quoted in its sentence; all of it stands beside.
QUOTED = 60


def word_change(found: Found) -> Message:
    """What changed, in both languages."""
    return Message(_word(found, "zh"), _word(found, "en"))


def _word(found: Found, lang: Lang) -> str:
    facts: dict[str, str | int] = {
        "left": _quote(found.left),
        "right": _quote(found.right),
        "place": _name_place(found.left or found.right, lang),
    }
    said = render(Notice(f"changes.{_choose_sentence(found)}", facts), lang)
    if not found.also:
        return said
    return said + render(Notice("changes.also", {"count": len(found.also) + 1}), lang)


def _choose_sentence(found: Found) -> str:
    """The id of the sentence: by what changed and by which side has it."""
    if found.message:
        return found.message
    has_left, has_right = (bool(spot and spot.changed.start < spot.changed.end) for spot in (found.left, found.right))
    if has_left and has_right:
        return f"{found.what}-replaced"
    return f"{found.what}-{'removed' if has_left else 'added'}"


def _quote(spot: Spot | None) -> str:
    """What changed on one line, its end left out where it is long."""
    if spot is None:
        return ""
    text = " ".join(spot.script.read(spot.changed.start, spot.changed.end).split())
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _name_place(spot: Spot | None, lang: Lang) -> str:
    """A cell by the labels of its row and its column."""
    if spot is None or spot.cell is None:
        return ""
    labels = [label for label in (spot.cell.row_label, spot.cell.column_label) if label]
    facts: dict[str, str | int] = {"row": spot.cell.row + 1, "column": spot.cell.column + 1}
    return "/".join(labels) or render(Notice("changes.place", facts), lang)
