"""Names of groups told in turn (小学2860元，初中3940元) and of what comes to each: both leave out what is measured."""

from __future__ import annotations

from extractor import patterns
from extractor.claims.attributes import is_unfit
from extractor.claims.context import Context
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.subjects import load_words
from extractor.claims.word_lists import compile_list, load_lists

GROUP = "metrics.group"
# What each has is told as an amount or as so much for each.
AMOUNTS = {"level", "rate"}


def name_by_group(reading: Reading, context: Context, lead: str) -> Named:
    """A group by what the number in front of it is of, where that is of another group; the first by the head of a list.

    >>> from extractor.claims.trial import read_last
    >>> read_last("生均公用经费小学2860元，初中3940元。").name.metric
    '生均公用经费初中'
    >>> read_last("生均事业费：幼儿园8962元，增长7.8%；小学3475元，增长3.9%；").name.metric
    '生均事业费小学'
    >>> read_last("小学56所，初中24所。").name.metric
    '初中'
    """
    if not compile_list("group").fullmatch(lead) or reading.quantity.unit in load_words("bodies"):
        return None
    head = _find_head(reading)
    if head:
        return Settled(Name(head + lead), GROUP)
    name = _take_name(reading, context, lead)
    return Settled(Name(name), GROUP) if name and not is_unfit(name) else None


def name_by_each(reading: Reading, context: Context, lead: str) -> Named:
    """What an amount comes to for each of those who were counted, by what the last amount of the sentence is of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("经费23万元，其中：用车费18万元，车辆5台，台均3.6万元。").name.metric
    '用车费台均'
    >>> read_last("拨付补助86万元，其中培训补贴12万元、其他补贴74万元；惠及210人，人均4095元。").name.metric
    '拨付补助人均'
    """
    if lead not in patterns.lexicon("vocabulary/measures")["averaged"] or reading.quantity.dimension != "money":
        return None
    told = [one for one in context.antecedents if one.mention.sentence is reading.mention.sentence]
    amounts = [one for one in told if one.quantity.dimension == "money" and one.frame.kind == "level"]
    totals = [one for one in amounts if not one.frame.base and not one.name.derived]
    return Settled(Name(find_of_all(totals[-1], reading) + lead, derived=True), GROUP) if totals else None


def name_by_rated(reading: Reading, context: Context, lead: str) -> Named:
    """What is counted for as many people as the thing in front of it in a list: 每千人口医师3人、护士4人.

    >>> from extractor.claims.trial import read_last
    >>> read_last("每千人口执业医师3.2人、注册护士3.8人。").name.metric
    '每千人口注册护士'
    """
    each = find_rated(reading, context)
    return Settled(Name(each + lead), GROUP) if lead and each and not lead.startswith(each) else None


def find_rated(reading: Reading, context: Context) -> str:
    """For how many the thing in front of a number in its list is told; empty where it is for none."""
    last = context.last_in(reading.mention.sentence)
    if not last or last.frame.kind != "rate":
        return ""
    between = reading.mention.text[last.quantity.end : reading.quantity.start].strip()
    found = compile_list("rated").match(last.name.text)
    return found[0] if found and between.startswith(load_lists().list_marks[0]) else ""


def find_of_all(last: Reading, reading: Reading) -> str:
    """What the last amount in front of a number is of; behind a list of parts what these are of."""
    between = reading.mention.text[last.quantity.end : reading.quantity.start]
    is_behind = last.ties.total_metric and compile_list("group_end").search(between)
    return last.ties.total_metric if is_behind else last.name.text


def _find_head(reading: Reading) -> str:
    """What a colon right in front of a group says of all that follow, where that measures something."""
    front = reading.mention.text[reading.mention.sentence.start : reading.mention.quantity.start]
    found = compile_list("group_head").search(front)
    return str(found["head"]) if found else ""


def _take_name(reading: Reading, context: Context, lead: str) -> str:
    """The name of the last number of the sentence that is of the same kind and unit, of this group instead of its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("城市低保标准780元，农村620元。").name.metric
    '农村低保标准'
    >>> read_last("居民消费价格上涨2.1%，其中：城市上涨2.2%，农村上涨1.9%。").name.metric
    '农村居民消费价格'
    """
    last = _find_alike(reading, context)
    if not last:
        return ""
    found = compile_list("grouped").fullmatch(last.name.text)
    if not found:
        return lead + last.name.text if _is_listed(reading) else ""
    if found["before"] + found["behind"] == "":
        return ""
    return str(found["before"] + lead + found["behind"])


def _is_listed(reading: Reading) -> bool:
    """Whether a growth or a rate is of a part of a list, and its whole tells of what: 系数为29%，其中城镇28%."""
    listed, mention = patterns.fragment("claims/links", "listed"), reading.mention
    front = mention.text[mention.sentence.start : mention.quantity.start]
    return reading.frame.kind in ("change_rate", "rate") and listed.search(front) is not None


def _find_alike(reading: Reading, context: Context) -> Reading | None:
    """The last number of the sentence of the kind and the unit of this one."""
    for one in reversed(context.antecedents):
        if one.mention.sentence is not reading.mention.sentence:
            return None
        alike = one.frame.kind == reading.frame.kind or {one.frame.kind, reading.frame.kind} == AMOUNTS
        if alike and one.quantity.base_unit == reading.quantity.base_unit:
            return one
    return None
