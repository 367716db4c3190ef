"""Namers: each knows one way in which a text names what a number measures, and says nothing where it does not.

A namer is asked with the reading so far, the context and the phrase in front of the number (``lead``); the order in
which they are asked stands in ``extractor.claims.steps.metric``.
"""

from __future__ import annotations

from extractor import words
from extractor.claims import tokens
from extractor.claims.context import Context
from extractor.claims.counted import find_counted
from extractor.claims.phrases import (
    LONGEST,
    clean_phrase,
    compile_list,
    has_list_mark,
    is_verb,
    join_nouns,
    join_phrases,
    load_lists,
    strip_back,
    trim_edge,
)
from extractor.claims.readings import Name, Reading, Settled
from extractor.claims.sentences import Mention

Named = Settled[Name] | None

IN_FRONT, BEHIND, CARRIED, REASON = "metrics.in_front", "metrics.behind", "metrics.carried", "metrics.reason"
HEADING, STATEMENT, PART = "metrics.heading", "metrics.statement", "metrics.part"
GROWTH_OF_GROWTH, COMPLETED = "metrics.growth_of_growth", "metrics.completed"
# A name of this many characters or less may be short for a longer one (收入 for 收入总计).
SHORT_NAME = 4
# So short a name of a part says what of its total it is (支出合计…，其中：人员…), and is put behind it.
SHORT_PART = 2


def name_by_shape(reading: Reading, context: Context, lead: str) -> Named:
    """By a shape that only words and parts of speech tell.

    >>> from extractor.claims.trial import read_last
    >>> read_last("帮助573人实现就业。").evidence["name"]
    'claims/tokens.helped_to'
    """
    shaped = tokens.find_metric(reading.mention)
    return Settled(Name(shaped.metric), shaped.pattern) if shaped else None


def name_by_counted(reading: Reading, context: Context, lead: str) -> Named:
    """By the words behind the number, which name what it counts, and the verb in front.

    >>> from extractor.claims.trial import read_last
    >>> read_last("组建5支应急队伍，").name.metric
    '组建应急队伍'
    """
    counted = find_counted(reading.mention, lead)
    if not counted:
        return None
    return Settled(Name(_find_front(reading.mention, lead) + counted, counted), BEHIND)


def name_by_predicate(reading: Reading, context: Context, lead: str) -> Named:
    """By what is said of things counted again, and the noun that it is said of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("现有银行5家，3家在实验区开设网点。").name.metric
    '在实验区开设网点银行'
    """
    said = None if lead else _find_predicate(reading.mention, context)
    return Settled(Name(said, carried=True), CARRIED) if said else None


def name_by_antecedent(reading: Reading, context: Context, lead: str) -> Named:
    """Where nothing stands in front: by the antecedent, else by the label of a run-in item.

    >>> from extractor.claims.trial import read_last
    >>> read_last("发放救助金20万元，（30万元）。").name.metric
    '发放救助金'
    """
    if lead:
        return None
    return Settled(Name(find_antecedent(context) or context.headings.label, carried=True), CARRIED)


def name_by_heading(reading: Reading, context: Context, lead: str) -> Named:
    r"""By the label of a run-in item and what its amount is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一、支出\n1.文化馆（项）：支出决算为20万元。").name.metric
    '文化馆（项）支出决算'
    """
    label = context.headings.label
    if not label or not _is_called(lead):
        return None
    return Settled(Name(join_phrases(label, lead)), HEADING)


def name_by_statement(reading: Reading, context: Context, lead: str) -> Named:
    """By the item whose budget was named in front, and what this amount of it is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("项目支出年初预算20万元，支出决算18万元，").name.metric
    '项目支出决算'
    """
    metric = context.last.name.metric if context.last else None
    if not metric or lead not in load_lists().statement:
        return None
    called = [word for word in load_lists().statement if metric.endswith(word)]
    if not called:
        return None
    item = metric.removesuffix(max(called, key=len))
    return Settled(Name(join_phrases(item, lead)), STATEMENT)


def name_by_total(reading: Reading, context: Context, lead: str) -> Named:
    """A class of a total is named with it, and so is a part whose own name says too little.

    >>> from extractor.claims.trial import read_last
    >>> read_last("政府采购预算20万元，其中：货物类5万元，").name.metric
    '货物类政府采购预算'
    """
    whole = reading.ties.total.metric if reading.ties.total else None
    if not whole or lead in whole:
        return None
    if lead.endswith(tuple(load_lists().classes)):
        return Settled(Name(lead + whole), PART)
    return Settled(Name(whole + lead), PART) if len(lead) <= SHORT_PART else None


def name_by_completion(reading: Reading, context: Context, lead: str) -> Named:
    """By the antecedent in the sentence and the bare verb or generic noun that says what was done of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("年初预算公用经费20万元，实际支出18万元，").name.metric
    '公用经费支出'
    """
    last, carried = context.last, find_antecedent(context)
    if not last or last.mention.sentence is not reading.mention.sentence:
        return None
    if not carried or not (lead in load_lists().generic or is_verb(lead)):
        return None
    if compile_list("done").search(reading.frame.lead):
        carried = compile_list("planned").sub("", carried)
    return Settled(Name(join_phrases(carried, lead), derived=True), COMPLETED)


def name_by_lead(reading: Reading, context: Context, lead: str) -> Named:
    """By the words in front of the number.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2020年度收入总计52万元。").name.metric
    '收入总计'
    """
    return Settled(Name(lead), IN_FRONT)


def name_in_full(reading: Reading, context: Context, lead: str) -> Named:
    """By the words in front of a change or a share, in full where an antecedent has the longer name.

    >>> from extractor.claims.trial import read_last
    >>> read_last("财政拨款收入总计20万元；收入比上年增长5%。").name.metric
    '财政拨款收入总计'
    """
    if not lead or is_verb(lead):
        return None
    return Settled(Name(_complete_name(lead, context)), IN_FRONT)


def name_by_head_noun(reading: Reading, context: Context, lead: str) -> Named:
    """By the head noun behind the number, of which it is the attribute.

    >>> from extractor.claims.trial import read_last
    >>> read_last("占20%的村庄。").name.metric
    '村庄'
    """
    right = reading.mention.right
    if lead or not right.startswith(tuple(load_lists().relative)):
        return None
    nouns = join_nouns(words.cut(right)[1:])
    return Settled(Name(nouns, nouns), BEHIND)


def name_by_reason(reading: Reading, context: Context, lead: str) -> Named:
    """By what is said to have changed, and so to be the reason, right in front of the clause of an amount of change.

    >>> from extractor.claims.trial import read_last
    >>> read_last("支出20万元，主要原因是人员经费增加，比上年增加1万元。").name.metric
    '人员经费'
    """
    mention = reading.mention
    ends = [quantity.end for quantity in mention.sentence.quantities if quantity.end <= mention.clause]
    start = max([mention.sentence.start, *ends])
    found = None if lead else compile_list("reason").search(mention.text, start, mention.clause)
    reason = clean_phrase(found["what"]) if found else ""
    return Settled(Name(reason), REASON) if reason else None


def name_growth_of_growth(reading: Reading, context: Context, lead: str) -> Named:
    """A change in points behind a rate of change is one of the growth of what grew.

    >>> from extractor.claims.trial import read_last
    >>> read_last("工业增加值增长5%，比上年提高0.3个百分点。").name.metric
    '工业增加值增长'
    """
    last, carried = context.last, _find_changed(reading, context)
    if not carried or not last or last.frame.kind != "change_rate":
        return None
    if reading.frame.kind != "change_amount" or reading.quantity.dimension != "percentage_point":
        return None
    return Settled(Name(carried + load_lists().growth, derived=True), GROWTH_OF_GROWTH)


def name_by_changed(reading: Reading, context: Context, lead: str) -> Named:
    """By the antecedent that a change or a share is of, else by the label of a run-in item.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入总计52万元，惠及112户，比上年增加5万元。").name.metric
    '收入总计'
    """
    return Settled(Name(_find_changed(reading, context), carried=True), CARRIED)


def find_antecedent(context: Context, unit: str | None = None) -> str | None:
    """The metric of the last claim that has one of its own; the growth of a growth is no one else's.

    With a ``unit`` it is that of the last claim in this base unit, if there is one.
    """
    metric = None
    for claim in reversed(context.antecedents):
        if not claim.name.metric or claim.name.derived:
            continue
        if unit in (None, claim.quantity.base_unit):
            return claim.name.metric
        metric = metric or claim.name.metric
    return metric


def _find_changed(reading: Reading, context: Context) -> str | None:
    """The metric that a change or a share is of; an amount of change is of what is counted in its unit."""
    unit = reading.quantity.base_unit if reading.frame.kind == "change_amount" else None
    return find_antecedent(context, unit) or context.headings.label


def _find_front(mention: Mention, lead: str) -> str:
    """The part of the words in front that belongs to a metric behind the number: a verb, not a list or an attribute."""
    left = mention.left.rstrip()
    if len(lead) > LONGEST or has_list_mark(left):
        return ""
    return "" if left.endswith(tuple(load_lists().relative)) else lead


def _is_called(lead: str) -> bool:
    """Whether a phrase is what an amount is called, whatever it is of."""
    return lead in load_lists().statement or lead in load_lists().generic


def _find_predicate(mention: Mention, context: Context) -> str | None:
    """What is said of things counted again (3家在实验区开设网点), and the noun that it is said of."""
    last = context.last
    again = bool(last and last.quantity.base_unit == mention.quantity.base_unit)
    said = strip_back(trim_edge(mention.right))
    if not again and mention.right.startswith(tuple(load_lists().said)):
        return said
    if not last or not again or last.mention.sentence is not mention.sentence:
        return None
    return said + last.name.metric if last.name.metric and len(said) > 1 else None


def _complete_name(lead: str, context: Context) -> str:
    """A short name in full, where the last level that has it in its own is an antecedent: 收入 after 收入总计."""
    if len(lead) > SHORT_NAME:
        return lead
    for claim in reversed(context.antecedents):
        metric = claim.name.metric or ""
        if claim.frame.kind == "level" and lead in metric and lead != metric:
            return metric
    return lead
