"""The sentence of a pair for a reader, in Chinese and English: ``patterns/messages/diffs`` with its facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.amounts.amount import write_in_unit
from extractor.diffs.drafts import Draft, Note
from extractor.messages import Lang, gap, render
from extractor.model import Message, Notice
from extractor.passages.items import Item

RATE = 10_000
"""A rate is told to so many parts of one: a hundredth of a percent."""
LANGS: tuple[Lang, Lang] = ("zh", "en")


def write_message(draft: Draft) -> Message:
    """How the numbers of a pair relate, and what there is to point out, in both languages."""
    zh, en = (_state(draft, lang) + _list_notes(draft.notes, lang) for lang in LANGS)
    return Message(zh, en)


def write_sentence(name: str, state: Callable[[Lang], dict[str, str | int]]) -> Message:
    """A sentence of this name in both languages, with the facts that ``state`` gives for each."""
    zh, en = (_render(name, lang, state(lang)) for lang in LANGS)
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


def measure_change(draft: Draft, turned: bool) -> tuple[str | None, str | None]:
    """By how much a number grew, in the base unit, and that as a share of where it began; None where neither says much.

    From the left to the right; ``turned`` says that the right one is the earlier.
    """
    first, last = (draft.right, draft.left) if turned else (draft.left, draft.right)
    items = (*first, *last)
    measured = {(item.claim.base_unit, item.claim.kind) for item in items}
    has_range = any(item.claim.value_high for item in items)
    if has_range or len(measured) > 1 or draft.relation == "combined":
        return None, None
    begun, ended = _add_up(first), _add_up(last)
    return measure_growth(begun, ended)


def measure_growth(begun: Fraction, ended: Fraction) -> tuple[str, str | None]:
    """By how much a number grew, and that as a share of where it began, of which nothing has none.

    >>> measure_growth(Fraction(4), Fraction(5)), measure_growth(Fraction(0), Fraction(5))
    (('1', '0.25'), ('5', None))
    """
    rate = (ended - begun) / abs(begun) if begun else None
    return write_number(ended - begun), None if rate is None else write_number(Fraction(round(rate * RATE), RATE))


def write_rate(rate: str | None) -> str:
    """A change in percent with its sign; a dash where it has none.

    >>> write_rate("0.0397"), write_rate(None)
    ('+3.97%', '—')
    """
    return "—" if rate is None else f"{Decimal(rate) * 100:+.2f}%"


def write_number(number: Fraction) -> str:
    """A number as a decimal string.

    >>> write_number(Fraction(-1, 20)), write_number(Fraction(1200))
    ('-0.05', '1200')
    """
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


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
