"""The sentence of a pair for a reader, in Chinese and English: ``patterns/messages/diffs`` with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from extractor.amounts.amount import write_in_unit
from extractor.diffs.drafts import Draft, Note
from extractor.messages import Lang, gap, render
from extractor.model import Message, Notice
from extractor.passages.items import Item

LANGS: tuple[Lang, Lang] = ("zh", "en")


def write_message(draft: Draft) -> Message:
    """How the numbers of a pair relate, and what there is to point out, in both languages."""
    zh, en = (_state(draft, lang) + _list_notes(draft.notes, lang) for lang in LANGS)
    return Message(zh, en)


def write_remarks(notes: Sequence[Note]) -> Message | None:
    """What there is to point out about a pair, in both languages; None where there is nothing.

    >>> write_remarks([Note("direction"), Note("moved")]).zh
    '增减方向相反。所在次序不同。'
    """
    if not notes:
        return None
    zh, en = (_list_notes(notes, lang).strip() for lang in LANGS)
    return Message(zh, en)


def choose_metric(draft: Draft) -> str | None:
    """What the pair is of: the longer name of the two sides, which says more."""
    left, right = draft.left, draft.right
    if len(left) != len(right):
        whole = min(left, right, key=len)
        return whole[0].claim.metric
    names = (item.claim.metric for item in (*left, *right))
    return max(filter(None, names), key=len, default=None)


def _state(draft: Draft, lang: Lang) -> str:
    """The sentence of the relation."""
    facts = draft.facts | {
        "metric": choose_metric(draft) or _render("no-metric", lang, {}),
        "left": _add(draft.left, lang),
        "right": _add(draft.right, lang),
        "difference": _subtract(draft, lang),
        "left_period": _name_period(draft.left[0], lang),
        "right_period": _name_period(draft.right[0], lang),
    }
    return _render(draft.sentence or draft.relation, lang, facts)


def _list_notes(notes: Sequence[Note], lang: Lang) -> str:
    """The sentences of the notes, each with what parts it from the one in front."""
    written = [_render(f"note-{note.message}", lang, note.facts) for note in notes]
    return "".join(written)


def _add(items: Sequence[Item], lang: Lang) -> str:
    """The numbers of a side as written, with a plus between several."""
    plus = _render("plus", lang, {})
    return plus.join("".join(item.claim.raw.split()) for item in items)


def _subtract(draft: Draft, lang: Lang) -> str:
    """How far the sides are apart, in the unit of the left or in points."""
    difference = abs(_add_up(draft.left) - _add_up(draft.right))
    first = draft.left[0].amount
    return gap(write_in_unit(difference, first), first.unit, lang)


def _add_up(items: Sequence[Item]) -> Fraction:
    """The sum of the numbers of a side."""
    return sum((item.exact for item in items), Fraction(0))


def _name_period(item: Item, lang: Lang) -> str:
    period = item.claim.period
    if period is None:
        return _render("no-period", lang, {})
    return period.text


def _render(name: str, lang: Lang, facts: dict[str, str | int]) -> str:
    return render(Notice(f"diffs.{name}", facts), lang)
