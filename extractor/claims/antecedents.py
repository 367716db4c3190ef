"""Antecedents: what a number is of that is named by an earlier claim of its paragraph, or in part by one."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from extractor import patterns, words
from extractor.claims.context import Context
from extractor.claims.edges import strip_back, trim_edge
from extractor.claims.phrases import drop_statement, is_verb
from extractor.claims.readings import Name, Reading
from extractor.claims.sentences import Mention
from extractor.claims.subjects import load_words
from extractor.claims.word_lists import compile_list, load_lists
from extractor.model import Dimension, Kind
from extractor.quantities.model import Quantity

# A name of this many characters or less may be short for a longer one (收入 for 收入总计).
SHORT_NAME = 4
COMPLETED = "metrics.completed"
# Numbers of these dimensions may be of an amount in any unit.
RATIOS: tuple[Dimension, ...] = ("percent", "other")


def find_antecedent(context: Context, unit: str | None = None, without: Collection[Kind] = ()) -> str | None:
    """The metric of the last claim that has one of its own; the growth of a growth is no one else's.

    Claims of a kind in ``without`` are passed over.
    With a base ``unit`` (元) it is that of the last claim in it, if there is one; a number in 亿 alone may be in any.
    """
    metric = None
    for claim in reversed(context.antecedents):
        if claim.name.is_own and claim.frame.kind not in without:
            metric = metric or claim.name.metric
            if unit in (None, claim.quantity.base_unit) or _is_bare(claim.quantity):
                return claim.name.metric
    return metric


def _is_bare(quantity: Quantity) -> bool:
    """Whether a number has no measure word, so that its unit is the one that the next is told in: 诊疗人次15.4亿."""
    return bool(quantity.unit) and not quantity.base_unit


def find_changed(reading: Reading, context: Context) -> str | None:
    """The metric that a change or a share is of; an amount of change is of what is counted in its unit.

    Points are what a rate changes by: they are of the last rate, not of what changed by points before.

    >>> from extractor.claims.trial import read_last
    >>> read_last("亏损面9.7%，提高1.1个百分点；产销率92.9%，降低0.4个百分点。").name.metric
    '产销率'
    >>> read_last("卫生人员15万人；诊疗人次2.4亿，比上年增加0.1亿人次。").name.metric
    '诊疗人次'
    >>> read_last("新建项目12个，开工率为98%，完成投资5亿元，占年度计划的64%。").name.metric
    '新建项目投资'
    >>> read_last("新收案件12件，增长8%；审结9件，下降5%。").name.metric
    '新收案件审结'
    >>> read_last("收入合计8万元，其中：财政拨款6万元，其他2万元。与上年相比增加1万元。").name.metric
    '收入合计'
    """
    total = _find_divided(reading, context)
    if total:
        return total
    passed = _find_behind_rate(reading, context) or _find_done(reading, context)
    if passed:
        return passed
    unit = None
    if reading.frame.kind == "change_amount" and reading.quantity.dimension != "percentage_point":
        unit = reading.quantity.base_unit
    metric = find_antecedent(context, unit) or context.headings.label
    return metric and drop_included(metric)


def _find_behind_rate(reading: Reading, context: Context) -> str | None:
    """What an amount right behind a rate is called: a plan that it is held against is none of the rate."""
    last = context.last_in(reading.mention.sentence)
    if reading.frame.kind != "completion" or not last or last.quantity.dimension != "money":
        return None
    before = context.antecedents[-2:-1]
    return last.name.metric if any(one.frame.kind == "rate" for one in before) else None


def _find_done(reading: Reading, context: Context) -> str | None:
    """What was said to be done of something, right in front of a change or a share: it is of that and not of the thing.

    >>> from extractor.claims.trial import read_last
    >>> read_last("新建项目12个，完成投资8亿元，增长3%。").name.metric
    '新建项目投资'
    >>> read_last("新建项目12个，完成投资8亿元，比上年增加3个。").name.metric
    '新建项目'
    """
    last = context.last_in(reading.mention.sentence)
    if not last or last.evidence["name"] != COMPLETED or last.frame.kind != "level":
        return None
    if last.name.text.endswith(load_words("averages")):
        return None
    is_alike = last.quantity.base_unit == reading.quantity.base_unit
    return last.name.metric if is_alike or reading.quantity.dimension in RATIOS else None


def _find_divided(reading: Reading, context: Context) -> str | None:
    """The total that the sentence in front gave two parts of, for a change that opens its own sentence."""
    last = context.last
    if not last or last.mention.sentence is reading.mention.sentence:
        return None
    sentence = last.mention.sentence
    parts = [one.ties.total for one in context.antecedents if one.mention.sentence is sentence and one.ties.total]
    is_of_all = len(parts) > 1 and parts[0].id == parts[-1].id
    return parts[-1].metric if is_of_all and parts[-1].base_unit == last.quantity.base_unit else None


def drop_included(metric: str) -> str:
    """A name without the bracket behind it that says what is counted in, or not: it is not said again.

    >>> drop_included("工业总产值（含个体）"), drop_included("一般公共预算收入（市本级）")
    ('工业总产值', '一般公共预算收入（市本级）')
    """
    return str(compile_list("included").sub("", metric))


def find_predicate(mention: Mention, context: Context) -> str | None:
    """What is said of things counted again (3家在实验区开设网点), and the noun that it is said of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("市场主体由166万户增加到276万户、增长66.3%。").name.metric
    '市场主体'
    >>> read_last("下达安居工程230户，在完成540户灾后重建").name.metric
    '灾后重建'
    """
    said = strip_back(trim_edge(mention.right))
    if mention.right.startswith((*_load_moves(), *load_lists().list_marks)) or compile_list("steps").match(
        mention.right
    ):
        return None
    if mention.left.rstrip().endswith(tuple(load_lists().deeds)):
        return None
    if not _is_counted_again(mention, context):
        begins = mention.right.startswith(tuple(load_lists().said))
        return said if begins else None
    last = context.last_in(mention.sentence)
    noun = _find_noun(last.name) if last else None
    if not last or not noun or len(said) <= 1:
        return None
    if said in load_lists().loose or compile_list("compares").match(said):
        return noun
    return said if _is_said(last.name.behind) else said + noun


def _find_noun(name: Name) -> str | None:
    """What was counted, less the attribute in front of its number (抽查的86个项目中，23个…)."""
    attributive = name.behind and name.text.endswith(load_lists().relative[0] + name.behind)
    return name.behind if attributive else name.metric


@cache
def _load_moves() -> tuple[str, ...]:
    """Verbs of a move or a change, which say nothing of what is counted but what became of it (8亿元增至20亿元)."""
    return tuple(patterns.lexicon("vocabulary/changes")["moving"])


def _is_said(behind: str) -> bool:
    """Whether the words behind a number say something of what is counted, and name it not (3件属于职责范围)."""
    return bool(behind) and is_verb(words.cut(behind)[0].text)


def _is_counted_again(mention: Mention, context: Context) -> bool:
    """Whether the number in front counts in the unit of this one."""
    unit = context.last.quantity.base_unit if context.last else None
    return unit == mention.quantity.base_unit


def complete_name(lead: str, context: Context) -> str:
    """A short name in full, where the last level that has it in its own is an antecedent: 收入 after 收入总计.

    What an amount of the same was called is no longer name of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("税收收入8万元，完成年初预算9万元的89%；税收收入占财政收入的76%。").name.metric
    '税收收入'
    >>> read_last("投资项目818个，投资增长16.6%。").name.metric
    '投资'
    """
    if len(lead) > SHORT_NAME:
        return lead
    for claim in reversed(context.antecedents):
        metric = claim.name.text
        if claim.frame.kind == "level" and _is_longer(metric, lead) and drop_statement(metric) != lead:
            return lead if _is_counted_by(claim, lead) else metric
    return lead


def _is_counted_by(claim: Reading, lead: str) -> bool:
    """Whether what is counted only has a name in front of its own: 项目 of 投资项目818个."""
    behind = claim.name.text.rpartition(lead)[2]
    return claim.quantity.dimension == "count" and behind not in ("", *load_lists().statement) and len(behind) > 1


def _is_longer(metric: str, lead: str) -> bool:
    """Whether a name has a shorter one in it, and not its opposite (非税收入 has no 税收).

    >>> _is_longer("收入总计", "收入"), _is_longer("非税收入", "税收"), _is_longer("税收收入", "税收")
    (True, False, True)
    """
    before, found, behind = metric.partition(lead)
    return bool(found and before + behind) and not before.endswith(tuple(load_lists().opposed))
