"""The sentence of a pair for a reader, in Chinese and English: ``patterns/messages/diffs`` with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from extractor.amounts.amount import write_in_unit
from extractor.diffs.drafts import Draft, Note
from extractor.diffs.halves import Item
from extractor.messages import Lang, gap, render
from extractor.model import Message, Notice

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
    zh, en = (_list_notes(notes, lang).strip() for lang in LANGS)
    return Message(zh, en) if notes else None


def choose_metric(draft: Draft) -> str | None:
    """What the pair is of: the longer name of the two sides, which says more."""
    names = [item.claim.metric for item in (*draft.left, *draft.right) if item.claim.metric]
    if len(draft.left) != len(draft.right):
        whole = draft.left if len(draft.left) == 1 else draft.right
        return whole[0].claim.metric
    return max(names, key=len, default=None)


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
    return "".join(_render(f"note-{note.message}", lang, note.facts) for note in notes)


def _add(items: Sequence[Item], lang: Lang) -> str:
    """The numbers of a side as written, with a plus between several."""
    return _render("plus", lang, {}).join("".join(item.claim.raw.split()) for item in items)


def _subtract(draft: Draft, lang: Lang) -> str:
    """How far the sides are apart, in the unit of the left or in points."""
    left, right = (sum((item.exact for item in side), Fraction(0)) for side in (draft.left, draft.right))
    first = draft.left[0].amount
    return gap(write_in_unit(abs(left - right), first), first.unit, lang)


def _name_period(item: Item, lang: Lang) -> str:
    return item.claim.period.text if item.claim.period else _render("no-period", lang, {})


def _render(name: str, lang: Lang, facts: dict[str, str | int]) -> str:
    return render(Notice(f"diffs.{name}", facts), lang)
