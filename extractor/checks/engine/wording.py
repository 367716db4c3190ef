"""The sentence of a check for a reader, and the labels of rules, roles and reasons, from ``patterns/checks/CODE.toml``.

A sentence is that of its relation, then how the comparison ended: as the relation, the rule's reason, or the common
verdicts in ``patterns/messages/checks`` say it. Each is made once, with the numbers put in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache, lru_cache
from string import Formatter

from msgspec import Struct

from extractor.amounts.amount import Amount, tell_in_sign, write_in_unit
from extractor.checks.engine.forms import Reason, RuleFile, load, takes_all
from extractor.checks.engine.formula import is_plain
from extractor.checks.engine.judge import COMMON, NO_POWER, Judgement
from extractor.checks.engine.rule import Fact, Relation, Words
from extractor.checks.engine.written import write_out
from extractor.messages import Lang, Sentence, gap, render, sentences
from extractor.model import Message, Notice
from extractor.patterns import PatternError

# A list of more parts than this is shown by its first and last ones.
MOST_PARTS = 8
# How many of a long list are shown at its end.
LAST_PARTS = 2
# So many places are remembered: most numbers share theirs.
PLACES = 1024
Facts = dict[str, str | int]
# What a sentence may name of what was computed.
OUTCOME = frozenset(("computed", "outcome", "difference"))


class Figures(Struct, frozen=True):
    """A check's numbers as the result writes them, in the unit of the one in question; None where there is none."""

    stated: str | None
    computed: str | None
    difference: str | None
    formula: str = ""
    """The formula with the numbers put in, where it is more than one number or the sum of those that are listed."""


def write_figures(judgement: Judgement) -> Figures:
    """The stated and the computed number of a judgement, and how far they are apart."""
    subject, stated, computed = judgement.relation.subject, judgement.stated, judgement.computed
    return Figures(
        stated=None if stated is None else write_in_unit(stated, subject),
        computed=None if computed is None else write_in_unit(computed, subject),
        difference=None if stated is None or computed is None else write_in_unit(stated - computed, subject),
        formula="" if computed is None else _write_formula(judgement),
    )


def _write_formula(judgement: Judgement) -> str:
    """A formula as a reader computes it: 678.46万元 ÷ 814.37万元; nothing where the sentence says all of it."""
    relation, formula = judgement.relation, judgement.form.parsed
    if formula is None or is_plain(formula):
        return ""
    first = 0 if takes_all(relation.rule, formula) else 1
    numbers: dict[str, list[str]] = {}
    for role, amount in relation.operands[first:]:
        numbers.setdefault(role, []).append(write_raw(amount))
    return " ".join(write_out(formula, numbers)).replace("( ", "(").replace(" )", ")")


def word(judgement: Judgement, figures: Figures) -> Message:
    """What a check says, in both languages."""
    return Message(_write(judgement, figures, "zh"), _write(judgement, figures, "en"))


def label_rule(rule: str, lang: Lang) -> str:
    """What a rule is called: 占比, share."""
    return _choose(load(rule).label, lang)


def name_basis(rule: str, lang: Lang) -> str:
    """What a rule holds a report to: 占比＝部分÷总数."""
    return _choose(load(rule).basis, lang)


def advise(rule: str, lang: Lang) -> str:
    """What is to be done where a rule finds that something does not hold."""
    return _choose(load(rule).advice, lang)


def label_role(rule: str, role: str, lang: Lang) -> str:
    """What an operand of a role is called; the role itself where the rule does not know it."""
    found = load(rule).roles.get(role)
    return _choose(found, lang) if found else role


def label_reason(rule: str, reason: str, lang: Lang) -> str:
    """Why a check is unclear, in a word or two."""
    if reason in COMMON:
        return _render(f"reason-{reason}", lang, {})
    return _choose(_find_reason(load(rule), rule, reason).label, lang)


def _choose(sentence: Sentence, lang: Lang) -> str:
    return sentence.zh if lang == "zh" else sentence.en


def _find_reason(file: RuleFile, rule: str, reason: str) -> Reason:
    if reason not in file.reasons:
        raise PatternError("no-reason", place=f"checks/{rule}", name=reason, accepted=", ".join(file.reasons))
    return file.reasons[reason]


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(judgement: Judgement, figures: Figures, lang: Lang) -> str:
    form = judgement.form
    body = form.zh if lang == "zh" else form.en
    template = body + _choose(_find_ending(judgement, figures), lang)
    return template.format_map(_collect_facts(judgement, figures, lang, _list_names(template)))


def _find_ending(judgement: Judgement, figures: Figures) -> Sentence:
    """How the sentence ends: as its form has it, else as the rule's reason or the verdicts that all rules share."""
    relation, ending = judgement.relation, _name_ending(judgement)
    own = judgement.form.endings.get(ending)
    if own:
        return own
    if judgement.status == "unclear" and ending not in COMMON:
        return _find_reason(load(relation.rule), relation.rule, ending).sentence
    if ending == "exact" and figures.formula:
        return sentences()["messages/checks.verdict-exact-computed"]
    counted = sentences().get(f"messages/checks.verdict-{ending}-counted") if relation.subject.counted else None
    return counted or sentences()[f"messages/checks.verdict-{ending}"]


def _name_ending(judgement: Judgement) -> str:
    """How the comparison ended: exactly, by rounding, by truncation, or not; or why there was none."""
    if judgement.status == "unclear":
        return judgement.reason or NO_POWER
    if judgement.computed is None or judgement.stated is None:
        return f"{judgement.status}-words"
    exact = judgement.status == "holds" and judgement.stated == judgement.computed
    return "exact" if exact else judgement.status


def _collect_facts(judgement: Judgement, figures: Figures, lang: Lang, names: Set[str]) -> Facts:
    """What a sentence names: of the rule's own facts, of those of the numbers, and of what was computed."""
    facts = {name: _say(fact, lang) for name, fact in judgement.relation.facts.items()}
    for name in names & DESCRIPTIONS.keys():
        facts[name] = DESCRIPTIONS[name](judgement.relation, lang)
    return facts if names.isdisjoint(OUTCOME) else facts | _describe_outcome(figures, judgement.relation.subject, lang)


@cache
def _list_names(template: str) -> frozenset[str]:
    """The facts that a sentence names.

    >>> sorted(_list_names("{subject}是{others}的{computed}"))
    ['computed', 'others', 'subject']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _name_second(relation: Relation, lang: Lang) -> str:
    return name_amount(relation.operands[min(1, len(relation.others))][1], lang)


def _describe_outcome(figures: Figures, subject: Amount, lang: Lang) -> Facts:
    """What was computed, and how far it is from what is stated."""
    if figures.computed is None or figures.difference is None:
        return {}
    computed = tell_in_sign(figures.computed, subject) + subject.sign
    distance = tell_in_sign(figures.difference.lstrip("-"), subject)
    return {
        "computed": computed,
        "outcome": f"{figures.formula} = {computed}" if figures.formula else computed,
        "difference": gap(distance, subject.sign, lang),
    }


def name_amount(amount: Amount, lang: Lang) -> str:
    """A number with what it is of: 收入总计746.99万元."""
    if amount.operand.table:
        return f"{amount.label} {write_raw(amount)}".strip()
    space = " " if lang == "en" else ""
    return f"{amount.label}{space}{write_raw(amount)}"


def write_raw(amount: Amount) -> str:
    """A number as the document prints it; a cell has the unit of its table, if it does not say it itself."""
    if amount.operand.table and not amount.raw.endswith(amount.unit):
        return f"{amount.raw}{amount.unit}"
    return amount.raw


def name_place(amount: Amount, lang: Lang) -> str:
    """Where a number stands: its section or table, and its page."""
    return _name_place(amount.heading, amount.page, lang)


@lru_cache(PLACES)
def _name_place(heading: str, page: int | None, lang: Lang) -> str:
    name = "place" if page is None else "place-paged"
    return _render(name, lang, {"heading": heading or _render("body", lang, {}), "page": page or 0})


def _list_amounts(amounts: Sequence[Amount], lang: Lang) -> str:
    """The other numbers in a row; a long list by its ends."""
    mark = _find_separator(lang)
    if len(amounts) <= MOST_PARTS:
        return mark.join(name_amount(amount, lang) for amount in amounts)
    first, last = (
        [name_amount(amount, lang) for amount in some] for some in (amounts[: MOST_PARTS // 2], amounts[-LAST_PARTS:])
    )
    return mark.join([*first, "…", *last]) + _render("how-many", lang, {"count": len(amounts)})


@cache
def _find_separator(lang: Lang) -> str:
    """What stands between numbers in a row."""
    return _render("separator", lang, {})


def _say(fact: Fact, lang: Lang) -> str | int:
    if isinstance(fact, Words):
        return fact.zh if lang == "zh" else fact.en
    return fact


def _render(name: str, lang: Lang, facts: Facts) -> str:
    return render(Notice(f"checks.{name}", facts), lang)


# What a sentence may name of the number in question, of where it stands, and of the others.
DESCRIPTIONS: Mapping[str, Callable[[Relation, Lang], str]] = {
    "subject": lambda relation, lang: name_amount(relation.subject, lang),
    "stated": lambda relation, lang: relation.subject.raw,
    "place": lambda relation, lang: name_place(relation.subject, lang),
    "other_place": lambda relation, lang: name_place(relation.others[0], lang) if relation.others else "",
    "others": lambda relation, lang: _list_amounts(relation.others, lang),
    "elsewhere": lambda relation, lang: name_place(relation.operands[-1][1], lang),
    "second": _name_second,
    "last": lambda relation, lang: name_amount(relation.operands[-1][1], lang),
}
