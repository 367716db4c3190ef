"""The sentence of a check for a reader, in Chinese and English: ``patterns/messages/checks`` with its facts."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.amounts.amount import Amount, write_in_unit
from extractor.checks.drafts import Draft, Fact, Words
from extractor.messages import Lang, gap, known, render
from extractor.model import Message, Notice

# A list of more parts than this is shown by its first and last ones.
MOST_PARTS = 8
LANGS: tuple[Lang, Lang] = ("zh", "en")


def message(draft: Draft) -> Message:
    """What the check says, in both languages."""
    zh, en = (_sentence(draft, lang) for lang in LANGS)
    return Message(zh, en)


def _sentence(draft: Draft, lang: Lang) -> str:
    facts = {name: _said(fact, lang) for name, fact in draft.facts.items()} | _common(draft, lang)
    ending = _verdict(draft)
    counted = f"checks.verdict-{ending}-counted" if draft.subject.counted else ""
    endings = (f"checks.{draft.message}-{ending}", counted, f"checks.verdict-{ending}")
    bases = (f"checks.{draft.message}-{len(draft.operands)}", f"checks.{draft.message}")
    return "".join(_render(next(filter(known, names)), lang, facts) for names in (bases, endings))


def _verdict(draft: Draft) -> str:
    """How the comparison ended: exactly, by rounding, by truncation, or not."""
    if draft.status == "unclear":
        return draft.reason or "unclear"
    if draft.computed is None or draft.stated is None:
        return f"{draft.status}-words"
    return "exact" if draft.status == "holds" and draft.stated == draft.computed else draft.status


def _common(draft: Draft, lang: Lang) -> dict[str, str | int]:
    """The facts that every sentence may name."""
    subject = draft.subject
    unit = subject.unit
    facts: dict[str, str | int] = {
        "subject": named(subject, lang),
        "stated": subject.raw,
        "place": place(subject, lang),
        "other_place": place(draft.operands[1][1], lang) if len(draft.operands) > 1 else "",
        "others": _listed([amount for _, amount in draft.operands[1:]], lang),
        "elsewhere": place(draft.operands[-1][1], lang),
        "second": named(draft.operands[min(1, len(draft.operands) - 1)][1], lang),
        "last": named(draft.operands[-1][1], lang),
    }
    if draft.computed is not None and draft.stated is not None:
        facts["computed"] = write_in_unit(draft.computed, subject) + unit
        facts["difference"] = gap(write_in_unit(abs(draft.stated - draft.computed), subject), unit, lang)
    return facts


def named(amount: Amount, lang: Lang) -> str:
    """A number with what it is of: 收入总计746.99万元."""
    raw = amount.raw if amount.operand.claim or not amount.unit else f"{amount.raw}{amount.unit}"
    gap = " " if lang == "en" else ""
    return f"{amount.label}{gap}{raw}" if amount.operand.claim else f"{amount.label} {raw}".strip()


def place(amount: Amount, lang: Lang) -> str:
    """Where a number stands: its section or table, and its page."""
    name = "checks.place" if amount.page is None else "checks.place-paged"
    return _render(
        name, lang, {"heading": amount.heading or _render("checks.body", lang, {}), "page": amount.page or 0}
    )


def _listed(amounts: Sequence[Amount], lang: Lang) -> str:
    """The other numbers in a row; a long list by its ends."""
    words = [named(amount, lang) for amount in amounts]
    mark = _render("checks.separator", lang, {})
    if len(words) <= MOST_PARTS:
        return mark.join(words)
    ends = mark.join([*words[: MOST_PARTS // 2], "…", *words[-2:]])
    return ends + _render("checks.how-many", lang, {"count": len(words)})


def _said(fact: Fact, lang: Lang) -> str | int:
    return (fact.zh if lang == "zh" else fact.en) if isinstance(fact, Words) else fact


def _render(name: str, lang: Lang, facts: dict[str, str | int]) -> str:
    return render(Notice(name, facts), lang)
