"""Names of the parts of a total, which say of it what the words in front of the part leave out."""

from __future__ import annotations

import msgspec
import regex

from extractor import patterns
from extractor.claims.antecedents import drop_included
from extractor.claims.attributes import is_dividing
from extractor.claims.context import Context
from extractor.claims.governing import find_reached
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.vocabulary import identify_metric
from extractor.claims.word_lists import compile_list, load_lists
from extractor.scope import Found, list_levels

PART = "metrics.part"
# So short a name of a part says what of its total it is (支出合计…，其中：人员…), and is put behind it.
SHORT_PART = 2
# The sentence in front of one that tells classes begins within so many characters.
BEFORE = 80
# A level is printed in so many characters.
LONGEST_LEVEL = 8
# What levels and areas are told of; of what is counted their words are kinds (国家级自然保护区5个).
FISCAL = ("money", "percent", "percentage_point")


def name_by_area(reading: Reading, context: Context, lead: str) -> Named:
    r"""By what all is, less the level that it is of, where the words in front of a part are but a level or an area.

    >>> from extractor.claims.trial import read_last
    >>> read_last("市级公共收入20亿元（其中：开发区5亿元），").name.metric
    '开发区公共收入'
    >>> read_last("全市公共收入增长6%，其中：市本级增长5%，乙水县增长7%。").name.metric
    '乙水县公共收入'
    >>> read_last("全市公共收入增长6%，其中：税收增长5%。").name.metric
    '税收'
    >>> read_last("一、基金收入\n分级次：市本级56亿元，占比为40%；区县级83亿元，").name.metric
    '区县级基金收入'
    """
    if not lead or reading.quantity.dimension not in FISCAL or not compile_list("area").fullmatch(lead):
        return None
    whole = drop_included(reading.ties.total_metric) or _find_told(reading, context) or context.headings.account
    shared = str(compile_list("levelled").sub("", whole))
    return Settled(Name(lead + shared), PART) if shared and not compile_list("area").fullmatch(shared) else None


def _find_told(reading: Reading, context: Context) -> str:
    """What the number in front is of, in the same sentence and of the same kind; else nothing."""
    last = context.last_in(reading.mention.sentence)
    alike = last and last.frame.kind == reading.frame.kind and last.quantity.dimension == reading.quantity.dimension
    name = last.name.text if last and alike else ""
    return str(compile_list("of_area").sub("", name))


def add_level(reading: Reading, context: Context, named: Settled[Name]) -> Settled[Name]:
    """The name of a part with the level of government that its total is of, where that of another total is called so.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全省债务余额90亿元，其中：一般债务52亿元。县级债务余额20亿元，其中：一般债务12亿元，").name.metric
    '县级一般债务余额'
    >>> read_last("县级债务余额20亿元，其中：一般债务12亿元，").name.metric
    '一般债务余额'
    """
    name, level = named.value.text, compile_list("partial").match(reading.ties.total_metric)
    if not level or not name or compile_list("of_level").search(name):
        return named
    others = (one.name.text for one in context.antecedents if one.ties.total not in (None, reading.ties.total))
    if not any(other and (other.endswith(name) or name.startswith(other)) for other in others):
        return named
    return Settled(msgspec.structs.replace(named.value, metric=level["level"] + name), named.pattern)


def add_group(reading: Reading, named: Settled[Name]) -> Settled[Name]:
    """The name of a class of what units of some size sell or make, with these, of which its clause or total says it is.

    >>> from extractor.claims.trial import read_last
    >>> read_last("在限额以上单位商品零售额中，粮油类零售额增长5.2%，汽车类零售额增长3.1%，").name.metric
    '限额以上单位汽车类零售额'
    >>> read_last("规模以上工业增加值增长5.2%，其中：采矿业增加值增长3.1%，").name.metric
    '规模以上工业采矿业增加值'
    >>> read_last("在限额以上单位商品零售额中，网上零售额增长5.2%。社会消费品零售额增长3.1%，").name.metric
    '社会消费品零售额'
    >>> read_last("全年限额以上单位商品零售额中，粮油类增长5.2%，汽车类增长3.1%，").name.metric
    '限额以上单位汽车类零售额'
    >>> read_last("限额以上单位商品零售额5亿元，增长7%。分商品类别看，粮油类增长5.2%，汽车类增长3.1%，").name.metric
    '限额以上单位汽车类零售额'
    """
    name = named.value.text
    if not name or not compile_list("of_class").search(name):
        return named
    group = _find_group(reading)
    if group is None:
        return named
    is_measured = reading.quantity.dimension in FISCAL and not compile_list("headed").search(name)
    head = (group["head"] or "") if is_measured else ""
    return Settled(msgspec.structs.replace(named.value, metric=group["group"] + name + head), named.pattern)


def _find_group(reading: Reading) -> regex.Match[str] | None:
    """The units of some size of which a sentence tells classes, as it or the one in front of it says."""
    mention, block = reading.mention, reading.mention.sentence.block
    within = compile_list("group_in").search(mention.text[mention.sentence.start : reading.quantity.start])
    if within:
        return within
    start = max(block.start, mention.sentence.start - BEFORE)
    before = compile_list("group_before").search(mention.text[start : reading.quantity.start])
    return before if before and start + before.end() > mention.sentence.start else None


def add_budget(reading: Reading, context: Context, named: Settled[Name]) -> Settled[Name]:
    """The name of an item that every budget has (税收收入, 调入资金), with the level that its paragraph says it is of.

    The total of a side is told with the fund as well: each has its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("市级一般公共预算收入20亿元，其中：税收收入15亿元。").name.metric
    '市级税收收入'
    >>> read_last("全市政府性基金收入20亿元。加上调入资金15亿元，").name.metric
    '全市调入资金'
    >>> read_last("全市政府性基金收入20亿元，加上调入资金15亿元，总收入35亿元。").name.metric
    '全市政府性基金总收入'
    >>> read_last("区级政府性基金收入20亿元。调入资金15亿元，").name.metric
    '区级调入资金'
    >>> read_last("市级一般公共预算收入20亿元。税收收入15亿元，").name.metric
    '税收收入'
    """
    item = compile_list("of_budgets").fullmatch(named.value.text)
    if not item:
        return named
    told = {one.facet: one for one in find_reached(reading, context)}
    level, fund = told.get("level"), told.get("fund")
    if not level or not fund or list_levels()[level.value] == "body":
        return named
    if item["tax"] and not reading.ties.total and level.start < reading.mention.sentence.start:
        return named
    name = _call_level(reading, level) + fund.value * bool(item["total"]) + item[0]
    return Settled(msgspec.structs.replace(named.value, metric=name), named.pattern)


def _call_level(reading: Reading, level: Found) -> str:
    """A level as it is printed; a whole area (我市) by what it is in every report."""
    if list_levels()[level.value] == "whole":
        named = patterns.lexicon("vocabulary/government")["whole"]
        return next((name for name in named if reading.mention.text.startswith(name, level.start)), level.value)
    printed = compile_list("levelled").match(reading.mention.text[level.start : level.start + LONGEST_LEVEL])
    return str(printed[0]) if printed else level.value


def name_by_class(reading: Reading, context: Context, lead: str) -> Named:
    """By the total of which the words in front name a class.

    >>> from extractor.claims.trial import read_last
    >>> read_last("政府采购预算20万元，其中：货物类5万元，").name.metric
    '货物类政府采购预算'
    >>> read_last("各级各类学校专任教师650人，其中高中120人，").name.metric
    '高中专任教师'
    >>> read_last("省级以上自然保护区32个，其中国家级4个，省级28个。").name.metric
    '省级自然保护区'
    >>> read_last("卫生机构床位650张，其中医院520张，").name.metric
    '医院床位'
    """
    whole, lists = _drop_bound(_find_whole(reading, lead) or _find_bounded(reading, lead)), load_lists()
    if whole and lead.endswith(tuple(lists.classes)):
        return Settled(Name(lead + whole), PART)
    is_of_people = reading.quantity.dimension == "person" and lead.endswith(tuple(lists.institutions))
    if whole and is_of_people:
        return Settled(Name(lead + str(compile_list("of_all").sub("", whole))), PART)
    held = next((thing for thing in lists.held if whole.endswith(thing)), "")
    return Settled(Name(lead + held), PART) if held and lead.endswith(tuple(lists.institutions)) else None


def _find_bounded(reading: Reading, lead: str) -> str:
    """The metric of a total that counts a class and all above it, of which the part is the class itself."""
    whole = drop_included(reading.ties.total_metric)
    return whole if lead and lead in whole and _drop_bound(whole) != whole else ""


def _drop_bound(whole: str) -> str:
    """What is counted of a class and all above it (省级以上自然保护区), without the class."""
    return str(compile_list("and_above").sub("", whole))


def name_by_half(reading: Reading, context: Context, lead: str) -> Named:
    """By what a total of two things is of, where a part is one of them.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一般债券还本付息16.1亿元（还本10.2亿元，付息5.9亿元），").name.metric
    '一般债券付息'
    >>> read_last("债务转贷收支3.2亿元，其中：收入2.1亿元，").name.metric
    '债务转贷收入'
    >>> read_last("国有企业进出口9亿元，其中出口5亿元，增长2%；进口4亿元，").name.metric
    '国有企业进口'
    >>> read_last("全市进出口9亿元，其中出口5亿元，增长2%；进口4亿元，").name.metric
    '进口'
    >>> read_last("一般债券还本付息16.1亿元，其中：县级10.2亿元，").name.metric
    '县级一般债券还本付息'
    """
    if not compile_list("half").fullmatch(lead):
        return None
    halved = compile_list("halved").fullmatch(reading.ties.total_metric or "") or _find_other_half(reading, context)
    return Settled(Name(halved["of"] + lead), PART) if halved else None


def _find_other_half(reading: Reading, context: Context) -> regex.Match[str] | None:
    """The last amount of a sentence, where that is of two things or one, and a part is the other: 其中出口…；进口….

    >>> from extractor.claims.trial import read_last
    >>> read_last("跨境电商进出口增长20.1%，其中出口增长28.7%。").name.metric
    '跨境电商出口'
    >>> read_last("一般贸易进出口增长25%，其中出口增长20%。加工贸易进出口增长11%。其中，出口增长10%，").name.metric
    '加工贸易出口'
    """
    told = (one for one in reversed(context.antecedents) if one.frame.kind == reading.frame.kind)
    last, sentence = next(told, None), reading.mention.sentence
    # A sentence that lists parts is of the one in front of it: 加工贸易进出口9亿元。其中，出口增长10%.
    if not last or (last.mention.sentence is not sentence and not is_dividing(sentence.text)):
        return None
    return compile_list("halves").fullmatch(last.name.text) or compile_list("halved").fullmatch(last.name.text)


def name_by_total(reading: Reading, context: Context, lead: str) -> Named:
    """By the total of which a part has a name that says too little.

    >>> from extractor.claims.trial import read_last
    >>> read_last("参保人数20人，其中：男性5人，").name.metric
    '参保人数男性'
    >>> read_last("进出口总额20亿元，其中：进口5亿元，").name.metric
    '进口'
    >>> read_last("财政总收入20亿元，其中：附捐5亿元，").name.metric
    '附捐'
    """
    whole = _find_whole(reading, lead)
    lists = load_lists()
    of_kind = lead[-1:] in (*whole[-SHORT_PART:], *lists.alone) or whole in lists.statement
    if (
        whole
        and not of_kind
        and len(lead) <= SHORT_PART
        and not all(_is_known(reading, name) for name in (whole, lead))
    ):
        return Settled(Name(whole + lead), PART)
    return None


def name_by_measure(reading: Reading, context: Context, lead: str) -> Named:
    """By what is measured of all, where a part has a rate or a term of its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("债券平均利率3.5%，其中一般债券3.6%，").name.metric
    '一般债券平均利率'
    >>> read_last("债券发行额20亿元，其中一般债券8亿元，").name.metric
    '一般债券'
    >>> read_last("债券平均期限10年，其中一般债券12年，专项债券9年。").name.metric
    '专项债券平均期限'
    """
    measure = compile_list("measure")
    found = measure.search(_find_whole(reading, lead) or _find_rate(reading, context))
    is_of_part = found and len(lead) > 1 and not measure.search(lead)
    return Settled(Name(lead + found[0]), PART) if found and is_of_part else None


def _find_whole(reading: Reading, lead: str) -> str:
    """The metric of the total that a part is of; empty where the words in front of the part say it themselves."""
    whole = drop_included(reading.ties.total_metric)
    return "" if lead in whole else whole


def _find_rate(reading: Reading, context: Context) -> str:
    """The name of the rate in front, of which that of a part is told behind the words that say so; else nothing."""
    last, sentence = context.last_in(reading.mention.sentence), reading.mention.sentence
    if not last or (last.frame.kind, last.quantity.dimension) != (reading.frame.kind, reading.quantity.dimension):
        return ""
    listed = patterns.fragment("claims/links", "listed").search(
        reading.mention.text, sentence.start, reading.quantity.start
    )
    return last.name.metric or "" if listed else ""


def _is_known(reading: Reading, name: str) -> bool:
    """Whether a name is that of a metric in every report: 进口 of 进出口总额, but not of 对某地贸易总额."""
    return identify_metric(name, dimension=reading.quantity.dimension) is not None
