"""Namers: each knows one way in which a text names what a number measures, and says nothing where it does not.

A namer is asked with the reading so far, the context and the phrase in front of the number (``lead``); the order in
which they are asked stands in ``extractor.claims.steps.metric``.
"""

from __future__ import annotations

from extractor import patterns, words
from extractor.claims import tokens
from extractor.claims.announced import opens_section
from extractor.claims.antecedents import complete_name
from extractor.claims.context import Context
from extractor.claims.counted import find_counted, find_said
from extractor.claims.edges import strip_back, trim_edge
from extractor.claims.fronts import find_attribute, find_front
from extractor.claims.phrases import LONGEST, clean_phrase, drop_statement, is_verb, join_nouns, join_phrases
from extractor.claims.readings import Name, Named, Reading, Settled, answer
from extractor.claims.sentences import Mention, find_last, find_next
from extractor.claims.subjects import find_moved, find_sized, find_turned
from extractor.claims.word_lists import compile_list, load_lists

IN_FRONT, BEHIND, REASON = "metrics.in_front", "metrics.behind", "metrics.reason"
HEADING, STATEMENT, COMPLETED = "metrics.heading", "metrics.statement", "metrics.completed"
CARRIED = "metrics.carried"


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
    >>> read_last("外国协助建设的141个项目，").name.metric
    '外国协助建设的项目'
    """
    counted = find_counted(reading.mention, lead)
    if not counted:
        return None
    front = find_attribute(reading.mention, lead) or find_front(reading.mention, lead)
    return Settled(Name(join_phrases(front, counted), counted), BEHIND)


def name_by_suffered(reading: Reading, context: Context, lead: str) -> Named:
    """By what people suffered, which is said behind their number.

    >>> from extractor.claims.trial import read_last
    >>> read_last("火灾23起，造成14人死亡、9人受伤。").name.metric
    '受伤'
    >>> read_last("造成14人死亡、9人受伤、直接财产损失36万元。").name.metric
    '直接财产损失'
    >>> read_last("死亡人数9人，").name.metric
    '死亡人数'
    """
    if reading.quantity.dimension != "person":
        return None
    found = compile_list("suffered").match(reading.mention.right)
    return Settled(Name(found[0], found[0]), BEHIND) if found else None


def name_by_received(reading: Reading, context: Context, lead: str) -> Named:
    """By the people of whom there are so many and what they get.

    >>> from extractor.claims.trial import read_last
    >>> read_last("城镇居民共有39人享受最低生活保障。").name.metric
    '城镇居民享受最低生活保障'
    >>> read_last("城镇居民39人。").name.metric
    '城镇居民'
    """
    if not lead or reading.quantity.dimension != "person" or not compile_list("having").search(reading.mention.left):
        return None
    found = compile_list("received").match(reading.mention.right)
    return Settled(Name(lead + found[0], found[0]), BEHIND) if found else None


def name_by_run(reading: Reading, context: Context, lead: str) -> Named:
    """By what is said to have gone on for so long, and of what (水质连续6年保持优良), or the number in front.

    >>> from extractor.claims.trial import read_last
    >>> read_last("清溪河水质连续6年保持优良。").name.metric
    '清溪河水质保持优良'
    >>> read_last("利用率达94%、连续5年保持第一，").name.metric
    '利用率保持第一'
    >>> read_last("零售额连续2年突破3亿元，").name.metric
    '零售额'
    """
    mention = reading.mention
    if reading.quantity.dimension != "duration" or not compile_list("running").search(mention.left):
        return None
    said = strip_back(trim_edge(mention.right))
    if not said or mention.right.startswith(tuple(load_lists().list_marks)) or _is_followed(mention):
        return None
    last = context.last_in(mention.sentence)
    is_rank = last is not None and _is_rank(mention.text[last.quantity.end : mention.quantity.start], said)
    of = lead or (last.name.text if last and is_rank else "")
    return Settled(Name(of + said, derived=True), BEHIND) if len(of + said) <= LONGEST else None


def _is_rank(between: str, said: str) -> bool:
    """Whether words behind a run say where the number right in front of it stands among others."""
    alone = not trim_edge(str(compile_list("running").sub("", between)))
    return alone and compile_list("ranked").match(said) is not None


def _is_followed(mention: Mention) -> bool:
    """Whether another number stands where the words behind one end."""
    following = find_next(mention.sentence, mention.quantity.end)
    return following is not None and following.start == mention.quantity.end + len(mention.right)


def name_by_size(reading: Reading, context: Context, lead: str) -> Named:
    """By what has a size that is the attribute of its name (总投资4亿元的水厂项目), and which size it is.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全长13公里的清溪公路全线贯通，").name.metric
    '清溪公路全长'
    """
    sized = find_sized(reading.mention, lead)
    return Settled(Name(sized + lead), BEHIND) if sized else None


def name_by_heading(reading: Reading, context: Context, lead: str) -> Named:
    r"""By the label of a run-in item and what its amount is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一、支出\n1.文化馆（项）：支出决算为20万元。").name.metric
    '文化馆（项）支出决算'
    """
    label = context.headings.label
    called = lead in load_lists().statement or lead in load_lists().generic
    if not label or not called:
        return None
    return Settled(Name(join_phrases(label, lead)), HEADING)


def name_by_account(reading: Reading, context: Context, lead: str) -> Named:
    r"""By the account that the heading above names, where the words in front only say what its amount is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一、接待费\n2016年预算安排20万元。").name.metric
    '接待费预算安排'
    >>> read_last("一、接待费支出情况\n全年完成20万元。").name.metric
    '接待费支出'
    >>> read_last("一、收入支出情况\n年初预算20万元。").name.metric
    '年初预算'
    """
    account = context.headings.account
    if not account or reading.quantity.dimension != "money" or context.last:
        return None
    if (lead and lead not in load_lists().statement) or not opens_section(context, reading.mention.sentence.block):
        return None
    return Settled(Name(join_phrases(account, lead)), HEADING)


def name_by_moved(reading: Reading, context: Context, lead: str) -> Named:
    """By what the sentence in front says to have moved, for the first number behind it, which has no name.

    >>> from extractor.claims.trial import read_last
    >>> read_last("粮食产量5万吨。财政收入较快增长。全年完成30亿元，").name.metric
    '财政收入'
    >>> read_last("城镇化水平不断提高。2024年达到65%，").name.metric
    '城镇化水平'
    """
    if lead or context.last_in(reading.mention.sentence) or reading.quantity.dimension == "duration":
        return None
    return answer(find_moved(reading.mention), CARRIED)


def name_by_turned(reading: Reading, context: Context, lead: str) -> Named:
    """By what the clause in front says to have moved, for a number that only says what it came to.

    >>> from extractor.claims.trial import read_last
    >>> read_last("税收增长5%，三次产业结构进一步优化，调整为8.3:41.4:50.3。").name.metric
    '三次产业结构'
    """
    if lead or reading.quantity.dimension == "duration":
        return None
    return answer(find_turned(reading.mention), CARRIED)


def name_by_lead(reading: Reading, context: Context, lead: str) -> Named:
    """By the words in front of the number.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2020年度收入总计52万元。").name.metric
    '收入总计'
    >>> read_last("车辆购置税收入预算20万元，调整后收入预算为22万元；收入完成21万元。").name.metric
    '车辆购置税收入'
    """
    return _answer_told(lead)


def name_in_full(reading: Reading, context: Context, lead: str) -> Named:
    """By the words in front of a change or a share, in full where an antecedent has the longer name.

    >>> from extractor.claims.trial import read_last
    >>> read_last("财政拨款收入总计20万元；收入比上年增长5%。").name.metric
    '财政拨款收入总计'
    >>> read_last("财政拨款支出20万元，决算数大于预算数5万元。").name.metric
    '财政拨款支出决算数'
    >>> read_last("粮食产量20万吨；粮食在农业产值中的比重为5%。").name.metric
    '粮食'
    """
    if not lead or is_verb(lead):
        return None
    if lead in load_lists().statement and context.last_metric:
        return Settled(Name(join_phrases(drop_statement(context.last_metric), lead)), STATEMENT)
    is_of_whole = bool(reading.frame.whole) and not lead.endswith(tuple(load_lists().sides))
    return _answer_told(lead if is_of_whole else complete_name(lead, context))


def name_by_head_noun(reading: Reading, context: Context, lead: str) -> Named:
    """By the head noun behind the number, of which it is the attribute.

    >>> from extractor.claims.trial import read_last
    >>> read_last("占20%的村庄。").name.metric
    '村庄'
    >>> read_last("产值20亿元，增长8%，超过计划规定的增长5%的要求。").name.metric
    '产值'
    >>> read_last("有半数以上的农户和牧民加入合作社。").name.metric
    '农户和牧民加入合作社'
    """
    right = reading.mention.right
    if lead or not right.startswith(tuple(load_lists().relative)):
        return None
    nouns = join_nouns(words.cut(right)[1:])
    if nouns in load_lists().loose:
        return None
    said = nouns and find_said(reading.mention, right[1:])
    return Settled(Name(said or nouns, nouns), BEHIND)


def name_by_failure(reading: Reading, context: Context, lead: str) -> Named:
    """A share of those that something is denied of, by whom and by what (企业有25%没有完成计划).

    >>> from extractor.claims.trial import read_last
    >>> read_last("该部所属的企业却有25%没有完成计划。").name.metric
    '该部所属的企业没有完成计划'
    """
    said = reading.mention.right
    if not lead or reading.frame.kind != "share" or not said.startswith(tuple(load_lists().said)):
        return None
    return Settled(Name(lead + strip_back(trim_edge(said))), IN_FRONT) if len(said) <= LONGEST else None


def name_by_planned(reading: Reading, context: Context, lead: str) -> Named:
    """How far a plan was reached, by what was planned, where the words in front only say by whom.

    >>> from extractor.claims.trial import read_last
    >>> read_last("滨河染料厂完成了利润计划的120%。").name.metric
    '滨河染料厂利润'
    >>> read_last("税收收入2亿元，完成了税收任务的98%。").name.metric
    '税收收入'
    """
    found = patterns.fragment("claims/completion", "planned").fullmatch(reading.frame.baseline or "")
    if reading.frame.kind != "completion" or not found or found["what"] in lead:
        return None
    if not lead and context.last_in(reading.mention.sentence):
        return None
    return Settled(Name(join_phrases(lead, found["what"])), COMPLETED)


def name_by_object(reading: Reading, context: Context, lead: str) -> Named:
    """By what was added to or taken from, where it stands between the verb and by how much.

    >>> from extractor.claims.trial import read_last
    >>> read_last("①增加其他支出87万元。②减少利息支出3万元。").name.metric
    '利息支出'
    """
    return Settled(Name(lead), IN_FRONT) if lead and reading.frame.is_named else None


def name_by_reason(reading: Reading, context: Context, lead: str) -> Named:
    """By what is said to have changed, and so to be the reason, right in front of the clause of an amount of change.

    >>> from extractor.claims.trial import read_last
    >>> read_last("支出20万元，主要原因是人员经费增加，比上年增加1万元。").name.metric
    '人员经费'
    """
    if lead:
        return None
    return answer(_find_reason(reading.mention), REASON)


def _answer_told(metric: str) -> Settled[Name]:
    """A name in front of its number; of what was altered later numbers are told by the name that it had before."""
    return Settled(Name(metric, derived=bool(compile_list("altered").search(metric))), IN_FRONT)


def _find_reason(mention: Mention) -> str:
    """What is said to have changed, behind the last number in front of the clause and up to the clause."""
    last = find_last(mention.sentence, mention.clause)
    start = last.end if last else mention.sentence.start
    found = compile_list("reason").search(mention.text, start, mention.clause)
    return clean_phrase(found["what"]) if found else ""
