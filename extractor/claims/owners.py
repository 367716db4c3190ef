"""Namers for words that say too little alone: whose attribute it is, which money's state, what money was given for."""

from __future__ import annotations

from extractor.claims.antecedents import find_antecedent, find_changed
from extractor.claims.attributes import (
    drop_own,
    find_money,
    find_owner,
    find_people,
    find_priced,
    find_shared_head,
    is_attribute,
    is_state,
    is_unfit,
)
from extractor.claims.clauses import find_business, find_spoken_of
from extractor.claims.context import Context
from extractor.claims.counted import find_counted, skip_aside
from extractor.claims.namers import BEHIND
from extractor.claims.periods import measure_leading
from extractor.claims.phrases import join_phrases
from extractor.claims.portions import call_portion, is_portion
from extractor.claims.purposes import find_field, find_given, find_made, find_purpose
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.subjects import (
    drop_collector,
    find_bracketed,
    find_collector,
    find_described,
    find_divided,
    find_holder,
    find_label,
    find_meant,
    find_opened,
    find_plan,
    find_product_head,
    find_same,
    find_subject,
    find_title,
    find_topic_head,
    is_measured,
    is_place,
    load_words,
)
from extractor.claims.word_lists import compile_list, load_lists
from extractor.scope import find_facets, list_levels

BRACKET, POINTING, TOPIC = "metrics.bracket", "metrics.pointing", "metrics.topic"
PLAN, COLLECTOR, LABEL, GROWTH = "metrics.plan", "metrics.collector", "metrics.label", "metrics.growth"
CLAUSE = "metrics.clause"
DESCRIBED = "metrics.described"
PORTION, PURPOSE, OWNER, STATE, SHARED = (
    "metrics.portion",
    "metrics.purpose",
    "metrics.owner",
    "metrics.state",
    "metrics.shared_head",
)


def name_by_portion(reading: Reading, context: Context, lead: str) -> Named:
    """By what has the share that an earlier clause speaks of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("服务业在生产总值中的比重，去年由50%上升为52%。").name.metric
    '服务业'
    """
    return Settled(Name(reading.frame.part), PORTION) if reading.frame.part else None


def name_by_doer(reading: Reading, context: Context, lead: str) -> Named:
    """By what it was reached by, where that was counted right in front of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("62家限上企业完成零售额3亿元。").name.metric
    '限上企业零售额'
    >>> read_last("其中，102家（不完全统计）生产企业完成产值3亿元。").name.metric
    '生产企业产值'
    """
    last = context.last_in(reading.mention.sentence)
    doer = last.name.behind if last else ""
    if not last or not doer or not lead:
        return None
    text, at = reading.mention.text, skip_aside(last.mention).quantity.end
    reached = text.startswith(doer, at) and compile_list("reach").match(text, at + len(doer))
    return Settled(Name(join_phrases(doer, lead.rpartition(doer)[2])), OWNER) if reached else None


def name_by_bracket(reading: Reading, context: Context, lead: str) -> Named:
    """By what stands in front of the bracket that a number is alone in, or that holds an attribute of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("股东为甲乙能源公司（持股51%）、丙丁投资公司（持股49%）。").name.metric
    '丙丁投资公司持股'
    >>> read_last("农业总产值15亿元，比“十五”末（8.8亿元）增长").name.metric
    '农业总产值'
    """
    if lead and not is_attribute(lead):
        return None
    named = find_bracketed(reading.mention)
    is_time = measure_leading(named) == len(named)
    return Settled(Name(join_phrases(named, lead)), BRACKET) if named and not is_time else None


def name_by_meaning(reading: Reading, context: Context, lead: str) -> Named:
    """By what it points back at.

    >>> from extractor.claims.trial import read_last
    >>> read_last("滨河水厂项目已开工，该项目投资3亿元。").name.metric
    '滨河水厂项目投资'
    """
    meant = find_meant(reading.mention, lead) or find_same(lead, find_antecedent(context) or "")
    return Settled(Name(meant), POINTING) if meant else None


def name_by_opening(reading: Reading, context: Context, lead: str) -> Named:
    """By what its sentence opens with, where the words in front are only an attribute of it, or none.

    >>> from extractor.claims.trial import read_last
    >>> read_last("粮食在面积减少的情况下，总产量达到3亿吨，").name.metric
    '粮食总产量'
    """
    if lead and not is_attribute(lead):
        return None
    last = context.last_in(reading.mention.sentence)
    opened = find_opened(reading.mention, last.quantity.end if last and not lead else None)
    return Settled(Name(opened + lead), OWNER) if opened else None


def name_by_topic(reading: Reading, context: Context, lead: str) -> Named:
    """By what a colon says that all things behind it have so much of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("各主要产品的产量是：电力108亿度，原煤8199万吨。").name.metric
    '原煤产量'
    """
    head = find_topic_head(reading.mention, lead) if lead else ""
    return Settled(Name(lead + head), TOPIC) if head else None


def name_by_product(reading: Reading, context: Context, lead: str) -> Named:
    """By the output of products that the words in front say to have grown or fallen.

    >>> from extractor.claims.trial import read_last
    >>> read_last("主要产品的产量都有大幅度增长，钢增长1.2倍，发电量增长两倍。").name.metric
    '发电量'
    """
    if not lead or reading.frame.kind != "change_rate" or is_measured(lead):
        return None
    head = find_product_head(reading.mention)
    return Settled(Name(lead + head), TOPIC) if head else None


def name_by_description(reading: Reading, context: Context, lead: str) -> Named:
    """By what the clause in front describes, where nothing but a time stands between it and the number.

    >>> from extractor.claims.trial import read_last
    >>> read_last("存货主要由开发成本和开发产品构成，2024年末为3亿元。").name.metric
    '存货'
    """
    described = "" if lead else find_described(reading.mention)
    return Settled(Name(described), DESCRIBED) if described else None


def name_by_purpose(reading: Reading, context: Context, lead: str) -> Named:
    """By what money was given for, where the words in front only say that it was.

    >>> from extractor.claims.trial import read_last
    >>> read_last("安排4700万元改善养老服务质量。").name.metric
    '安排改善养老服务质量'
    >>> read_last("养老方面，投入4700万元改善服务质量。").name.metric
    '养老方面投入'
    """
    if reading.quantity.dimension != "money":
        return None
    if made := find_made(reading.mention):
        return Settled(Name(made), PURPOSE)
    given = find_given(lead)
    if not given:
        return None
    field, purpose = find_field(reading.mention), find_purpose(reading.mention)
    if field:
        return Settled(Name(field + given), PURPOSE)
    return Settled(Name(join_phrases(given, purpose)), PURPOSE) if purpose else None


def name_by_owner(reading: Reading, context: Context, lead: str) -> Named:
    """By whose attribute it is: of what its sentence speaks of, else of the subject of the paragraph.

    >>> from extractor.claims.trial import read_last
    >>> read_last("（2）甲乙药业有限公司，主要从事疫苗生产。年末资产总计3亿元，净利润2亿元。").name.metric
    '甲乙药业有限公司净利润'
    >>> read_last("普通小学招生2万人，在校生15万人。在园幼儿4万人。").name.metric
    '在园幼儿'
    >>> read_last("国有企业利润总额8亿元。全市利润总额90亿元。").name.metric
    '利润总额'
    """
    owner = find_people(reading, lead) or find_priced(reading, context.antecedents, lead)
    if is_attribute(lead) and not _is_of_all(reading):
        owner = drop_own(
            find_owner(reading, context.antecedents) or find_subject(context.subjects, reading.quantity.start)
        )
    name = join_phrases(owner, lead)
    return Settled(Name(name), OWNER) if owner and not is_unfit(name) else None


def _is_of_all(reading: Reading) -> bool:
    """Whether the words in front of a number say that it is of a whole area (全市利润总额)."""
    found = find_facets(reading.frame.lead)
    return any(one.facet == "level" and list_levels()[one.value] == "whole" for one in found)


def name_by_state(reading: Reading, context: Context, lead: str) -> Named:
    """By the money of the sentence that has come so far.

    >>> from extractor.claims.trial import read_last
    >>> read_last("项目全年预算数100万元，执行数95万元，执行率95%。").name.metric
    '项目执行率'
    """
    money = find_money(reading, context.antecedents) if is_state(lead) else ""
    return Settled(Name(join_phrases(money, lead)), STATE) if money else None


def name_by_sibling(reading: Reading, context: Context, lead: str) -> Named:
    """By a class of things and the head that the first of its list has.

    >>> from extractor.claims.trial import read_last
    >>> read_last("分门类看，采矿业营业收入152亿元；制造业463亿元。").name.metric
    '制造业营业收入'
    """
    head = find_shared_head(reading, (*context.divided, *context.antecedents), lead)
    return Settled(Name(join_phrases(lead, head)), SHARED) if head else None


def name_by_plan(reading: Reading, context: Context, lead: str) -> Named:
    """A plan or a whole that something is measured against; what follows is not of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("税收收入8103万元，完成年初预算9000万元的90%，增长5%。").name.metric
    '税收收入'
    >>> read_last("税收收入8103万元，占财政收入9000万元的90%，增长5%。").name.metric
    '税收收入'
    """
    plan = find_plan(reading.mention)
    if plan:
        return Settled(Name(join_phrases(find_antecedent(context) or "", plan), derived=True), PLAN)
    whole = find_divided(reading.mention)
    return Settled(Name(whole, derived=True), PLAN) if whole else None


def name_by_collector(reading: Reading, context: Context, lead: str) -> Named:
    """By who collected it, and what was collected.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一般公共预算收入完成3亿元，其中：税务部门完成2亿元，财政部门完成1亿元。").name.metric
    '财政部门一般公共预算收入'
    """
    who = find_collector(reading.frame.lead)
    if not who or lead not in ("", who):
        return None
    what = _find_collected(reading, context)
    return Settled(Name(who + drop_collector(what)), COLLECTOR)


def _find_collected(reading: Reading, context: Context) -> str:
    """What was collected: the whole that a list divides, of this number or of the one in front of it."""
    levels = [one for one in context.antecedents if one.frame.kind == "level"]
    totals = (one.ties.total_metric for one in (reading, *levels[-1:]))
    return next(filter(None, totals), find_antecedent(context) or "")


def name_by_label(reading: Reading, context: Context, lead: str) -> Named:
    """By the label in front of a clause: what money was given for, where the clause only says that, or whose it is.

    >>> from extractor.claims.trial import read_last
    >>> read_last("教育类支出：安排4亿元，增长2%；农业类支出：预算安排3亿元。").name.metric
    '农业类支出预算安排'
    """
    said = find_given(lead) or lead in load_lists().statement
    label = find_label(reading.mention) if said else find_holder(reading.mention)
    return Settled(Name(join_phrases(label, lead)), LABEL) if label else None


def name_by_title(reading: Reading, context: Context, lead: str) -> Named:
    """By the label that a number alone stands behind, where it heads no section.

    >>> from extractor.claims.trial import read_last
    >>> read_last("总资产：3亿元").name.metric
    '总资产'
    """
    label = "" if lead or context.headings.label else find_title(reading.mention)
    return Settled(Name(label), LABEL) if label else None


def name_by_growth(reading: Reading, context: Context, lead: str) -> Named:
    """A growth or a share that is spoken of again, by what grew or has it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("财政支出21亿元，增长44.5%，增幅同比提高30.9个百分点。").name.metric
    '财政支出增幅'
    >>> read_last("公开招标金额占采购规模的77.9%，所占比重比上年下降6.6个百分点。").name.metric
    '公开招标金额占采购规模比重'
    """
    again, shared = lead in load_words("growths"), is_portion(lead)
    if reading.quantity.dimension != "percentage_point" or not (again or shared):
        return None
    changed = find_changed(reading, context)
    said = lead if again else call_portion(context.last_in(reading.mention.sentence), lead)
    return Settled(Name(changed + said, derived=bool(said)), GROWTH) if changed else None


def name_by_clause(reading: Reading, context: Context, lead: str) -> Named:
    """By what the clause in front is about, where the number's own clause names nothing.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入20万元。受理案件总数逐年上升，年均递增0.9%。").name.metric
    '受理案件总数'
    """
    spoken = "" if lead else find_spoken_of(reading.mention)
    return Settled(Name(spoken), CLAUSE) if spoken else None


def name_by_business(reading: Reading, context: Context, lead: str) -> Named:
    """By the business that the clause in front tells of, and what it achieved.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一是财产险业务较快增长，实现保费收入4621亿元。").name.metric
    '财产险业务保费收入'
    """
    achieved = lead and compile_list("reach").match(reading.frame.lead.strip())
    business = find_business(reading.mention) if achieved else ""
    return Settled(Name(join_phrases(business, lead)), OWNER) if business else None


def name_by_new(reading: Reading, context: Context, lead: str) -> Named:
    """What there is more or less of by so many, by the words behind the number.

    >>> from extractor.claims.trial import read_last
    >>> read_last("年初批复项目8个，年中增加7个扶贫项目，").name.metric
    '扶贫项目'
    >>> read_last("公司合并范围内增加2家子公司，").name.metric
    '子公司'
    """
    if reading.frame.kind != "change_amount" or (lead and not is_place(lead)):
        return None
    counted = find_counted(reading.mention, lead)
    return Settled(Name(counted, counted), BEHIND) if counted else None
