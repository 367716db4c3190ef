"""The sentence of a pair for a reader, in Chinese and English: ``patterns/messages/diffs`` with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from extractor.amounts.amount import write_in_unit
from extractor.diffs.drafts import Draft
from extractor.diffs.halves import Item
from extractor.messages import Lang, gap, render, sentences
from extractor.model import Message, Notice

LANGS: tuple[Lang, Lang] = ("zh", "en")


def message(draft: Draft) -> Message:
    """What the pair says, in both languages."""
    zh, en = (_sentence(draft, lang) for lang in LANGS)
    return Message(zh, en)


def remarks(said: Message, lang: Lang) -> str:
    """What a pair's message points out beside how the numbers relate.

    >>> remarks(Message("奖金：3元与4元不一致，相差1元。期间未变。（相似度1.00：…）", ""), "zh")
    '期间未变。'
    """
    whole, _ = apart(said, lang)
    stop = template("stop", lang)
    return whole.partition(stop)[2].strip()


def apart(said: Message, lang: Lang) -> tuple[str, str]:
    """What a pair's message says, and what its similarity is made up of.

    >>> apart(Message("奖金：3元与4元不一致。（相似度1.00：…）", ""), "zh")
    ('奖金：3元与4元不一致。', '（相似度1.00：…）')
    """
    ending = template("similarity", lang).partition("{")[0]
    whole = said.zh if lang == "zh" else said.en
    front, found, why = whole.rpartition(ending)
    return (front, found + why) if found else (whole, "")


def template(name: str, lang: Lang) -> str:
    """A sentence with the places of its facts."""
    sentence = sentences()[f"messages/diffs.{name}"]
    return sentence.zh if lang == "zh" else sentence.en


def metric(draft: Draft) -> str | None:
    """What the pair is of: the longer name of the two sides, which says more."""
    names = [item.claim.metric for item in (*draft.left, *draft.right) if item.claim.metric]
    if len(draft.left) != len(draft.right):
        whole = draft.left if len(draft.left) == 1 else draft.right
        return whole[0].claim.metric
    return max(names, key=len, default=None)


def _sentence(draft: Draft, lang: Lang) -> str:
    facts = draft.facts | {
        "metric": metric(draft) or _render("no-metric", lang, {}),
        "left": _listed(draft.left, lang),
        "right": _listed(draft.right, lang),
        "difference": _difference(draft, lang),
        "left_period": _period(draft.left[0], lang),
        "right_period": _period(draft.right[0], lang),
    }
    said = _render(draft.sentence or draft.relation, lang, facts)
    notes = "".join(_render(f"note-{note.message}", lang, note.facts) for note in draft.notes)
    return said + notes + _why(draft, lang)


def _why(draft: Draft, lang: Lang) -> str:
    """What the similarity is made up of."""
    parts = {"metric": draft.likeness.metric, "context": draft.likeness.context, "traits": draft.likeness.traits}
    facts: dict[str, str | int] = {name: f"{value:.2f}" for name, value in parts.items()}
    return _render("similarity", lang, facts | {"score": f"{draft.likeness.score:.2f}"})


def _listed(items: Sequence[Item], lang: Lang) -> str:
    return _render("plus", lang, {}).join("".join(item.claim.raw.split()) for item in items)


def _difference(draft: Draft, lang: Lang) -> str:
    """How far the sides are apart, in the unit of the left or in points."""
    left, right = (sum((item.exact for item in side), Fraction(0)) for side in (draft.left, draft.right))
    first = draft.left[0].amount
    return gap(write_in_unit(abs(left - right), first), first.unit, lang)


def _period(item: Item, lang: Lang) -> str:
    return item.claim.period.text if item.claim.period else _render("no-period", lang, {})


def _render(name: str, lang: Lang, facts: dict[str, str | int]) -> str:
    return render(Notice(f"diffs.{name}", facts), lang)
