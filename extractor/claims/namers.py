"""Namers: each knows one way in which a text names what a number measures, and says nothing where it does not.

A namer is asked with the reading so far, the context and the phrase in front of the number (``lead``); the order in
which they are asked stands in ``extractor.claims.steps.metric``.
"""

from __future__ import annotations

from extractor import patterns, words
from extractor.claims import tokens
from extractor.claims.antecedents import complete_name, drop_included, find_antecedent, find_changed, find_predicate
from extractor.claims.clauses import find_first
from extractor.claims.context import Context
from extractor.claims.counted import find_counted, find_said
from extractor.claims.fronts import find_attribute, find_front
from extractor.claims.phrases import (
    LONGEST,
    clean_phrase,
    compile_list,
    drop_statement,
    is_verb,
    join_nouns,
    join_phrases,
    load_lists,
    strip_back,
    trim_edge,
)
from extractor.claims.readings import Name, Reading, Settled
from extractor.claims.sentences import Mention, find_last
from extractor.claims.vocabulary import identify_metric
from extractor.model import Kind
from extractor.scope import find_facets

Named = Settled[Name] | None

IN_FRONT, BEHIND, CARRIED, REASON = "metrics.in_front", "metrics.behind", "metrics.carried", "metrics.reason"
HEADING, STATEMENT, PART = "metrics.heading", "metrics.statement", "metrics.part"
GROWTH_OF_GROWTH, COMPLETED = "metrics.growth_of_growth", "metrics.completed"
# How the growth of a growth is said.
POINTS = ("change_amount", "percentage_point")
# So short a name of a part says what of its total it is (支出合计…，其中：人员…), and is put behind it.
SHORT_PART = 2
# Money is never spent on what was told as one of these.
RATES: tuple[Kind, ...] = ("rate",)


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


def name_by_predicate(reading: Reading, context: Context, lead: str) -> Named:
    """By what is said of things counted again, and the noun that it is said of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("现有银行5家，3家在实验区开设网点。").name.metric
    '在实验区开设网点银行'
    """
    if lead:
        return None
    return _answer(find_predicate(reading.mention, context), CARRIED, carried=True)


def name_by_antecedent(reading: Reading, context: Context, lead: str) -> Named:
    """Where nothing stands in front: by the antecedent, else by the label of a run-in item.

    >>> from extractor.claims.trial import read_last
    >>> read_last("发放救助金20万元，（30万元）。").name.metric
    '发放救助金'
    >>> read_last("新认定家庭农场9家，累计88家。").name.metric
    '家庭农场'
    """
    if lead:
        return None
    carried = _drop_new(reading, _drop_plan(reading, find_antecedent(context))) or context.headings.label
    return Settled(Name(carried, carried=True), CARRIED)


def name_by_base(reading: Reading, context: Context, lead: str) -> Named:
    """What something is compared with has its name, where nothing else stands in front.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入20万元，比上年决算数18万元，").name.metric
    '收入'
    """
    if lead or not reading.frame.base:
        return None
    return _answer(find_antecedent(context, reading.quantity.base_unit), CARRIED, carried=True)


def name_by_adjustment(reading: Reading, context: Context, lead: str) -> Named:
    """A budget that is changed has the name of the one in front: its clause only says how it came about.

    >>> from extractor.claims.trial import read_last
    >>> read_last("支出预算20万元，年中经批准调整为25万元。").name.metric
    '支出预算'
    >>> read_last("总支出调整为25万元；基金预算总支出调整为8万元。").name.metric
    '基金预算总支出'
    >>> read_last("本级收入预算76万元；转移性收入预算调整为28万元。").name.metric
    '转移性收入预算'
    """
    if drop_statement(lead).endswith(tuple(load_lists().sides)):
        return None
    if not context.last_in(reading.mention.sentence) or not compile_list("adjusted").search(reading.mention.left):
        return None
    return _answer(find_antecedent(context, reading.quantity.base_unit), CARRIED, carried=True)


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


def name_by_statement(reading: Reading, context: Context, lead: str) -> Named:
    """By the item whose budget was named in front, and what this amount of it is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("项目支出年初预算20万元，支出决算18万元，").name.metric
    '项目支出决算'
    >>> read_last("小学教育（项）20万元。2025年预算执行数18万元，").name.metric
    '小学教育（项）预算执行数'
    """
    metric, item = context.last_metric, drop_statement(context.last_metric)
    told = context.last_in(reading.mention.sentence) and reading.quantity.dimension == "money"
    if lead not in load_lists().statement or not (item != metric or _is_account(metric) or told):
        return None
    return Settled(Name(join_phrases(item, lead)), STATEMENT)


def _is_account(metric: str) -> bool:
    """Whether a name is that of an account by its levels: 教育支出（类）普通教育（款）."""
    return any(found.facet == "account" for found in find_facets(metric))


def name_by_class(reading: Reading, context: Context, lead: str) -> Named:
    """By the total of which the words in front name a class.

    >>> from extractor.claims.trial import read_last
    >>> read_last("政府采购预算20万元，其中：货物类5万元，").name.metric
    '货物类政府采购预算'
    >>> read_last("各级各类学校专任教师650人，其中高中120人，").name.metric
    '高中专任教师'
    """
    whole, lists = _find_whole(reading, lead), load_lists()
    if whole and lead.endswith(tuple(lists.classes)):
        return Settled(Name(lead + whole), PART)
    is_of_people = reading.quantity.dimension == "person" and lead.endswith(tuple(lists.institutions))
    if whole and is_of_people:
        return Settled(Name(lead + str(compile_list("of_all").sub("", whole))), PART)
    return None


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


def name_by_completion(reading: Reading, context: Context, lead: str) -> Named:
    """By the antecedent in the sentence and the bare verb or generic noun that says what was done of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("年初预算公用经费20万元，实际支出18万元，").name.metric
    '公用经费支出'
    >>> read_last("建筑面积28万平方米，完成投资5亿元。").name.metric
    '投资'
    >>> read_last("批准逮捕20人，起诉18人，").name.metric
    '起诉'
    >>> read_last("收入20亿元，支出18亿元，").name.metric
    '支出'
    >>> read_last("接待费5万元，用车费3万元，合计8万元。").name.metric
    '合计'
    >>> read_last("投资10万元，硬化水泥路2公里；投资9万元，修复桥梁3座。").name.metric
    '修复桥梁'
    >>> read_last("新建项目12个，开工率为98.4%，完成投资5亿元，").name.metric
    '新建项目投资'
    """
    carried = find_antecedent(context, without=RATES if reading.quantity.dimension == "money" else ())
    if not carried or not context.last_in(reading.mention.sentence) or _are_sides(lead, carried):
        return None
    if _pays_for_another(reading, context):
        return None
    if lead in load_lists().summed or compile_list("size").search(carried):
        return None
    if lead not in load_lists().generic and not _is_done(reading, lead, carried):
        return None
    done = _drop_new(reading, _drop_plan(reading, carried)) or carried
    # What was done of a plan is told of further; a bare noun behind what was done is no name that goes on.
    return _answer(join_phrases(done, lead), COMPLETED, derived=done == carried)


def _pays_for_another(reading: Reading, context: Context) -> bool:
    """Whether money opens its own part of a sentence, behind what was made or bought in the one before.

    >>> from extractor.claims.trial import read_last
    >>> read_last("投资10万元，硬化水泥路2公里；投资9万元，").name.metric
    '投资'
    >>> read_last("投资10万元，硬化水泥路2公里，投资9万元，").name.metric
    '硬化水泥路投资'
    """
    last = context.last
    if not last or reading.quantity.dimension != "money" or last.quantity.dimension == "money":
        return False
    between = reading.mention.text[last.quantity.end : reading.mention.clause]
    return patterns.fragment("claims/periods", "parted").search(between) is not None


def _are_sides(lead: str, carried: str) -> bool:
    """Whether words name one side of an account and what is carried is of the other: neither is of the other.

    >>> _are_sides("支出", "土地出让收入"), _are_sides("支出", "公用经费")
    (True, False)
    """
    sides = load_lists().sides
    return lead in sides and carried.endswith(tuple(side for side in sides if side != lead))


def _is_done(reading: Reading, lead: str, carried: str) -> bool:
    """Whether a bare verb says what was done of what is carried, which is no deed itself, and of nothing behind it.

    What is done of things is done to them (采购设备20台，安装18台); people are told of by one deed after another.
    """
    if reading.mention.right.strip() or not is_verb(lead) or lead[-1:] in load_lists().alone:
        return False
    cut = words.cut(carried)
    people = reading.quantity.dimension == "person"
    return not any(is_verb(word.text) for word in (cut if people else cut[-1:]))


def _drop_plan(reading: Reading, carried: str | None) -> str | None:
    """The name of an antecedent as what was done of it is called: 收入预算20万元，实际完成18万元 is 收入."""
    if carried and compile_list("done").search(reading.frame.lead):
        return str(compile_list("planned").sub("", carried)) or carried
    return carried


def _drop_new(reading: Reading, carried: str | None) -> str | None:
    """The name of an antecedent as there are so many by now: without what says that the ones told first are new.

    >>> from extractor.claims.trial import read_last
    >>> read_last("新建充电桩9个，总数达到88个。").name.metric, read_last("新能源汽车9辆，累计88辆。").name.metric
    ('充电桩总数', '新能源汽车')
    >>> read_last("5月新建充电桩9个，累计88个。").name.metric
    '新建充电桩'
    """
    if not carried or reading.frame.kind != "level" or not compile_list("so_far").search(reading.mention.left):
        return carried
    sentence = reading.mention.sentence
    is_of_month = compile_list("monthly").search(reading.mention.text, sentence.start, reading.quantity.start)
    return carried if is_of_month else str(compile_list("newly").sub("", carried))


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
    return _answer(_find_reason(reading.mention), REASON)


def name_growth_of_growth(reading: Reading, context: Context, lead: str) -> Named:
    """A change in points behind a rate of change is one of the growth of what grew.

    >>> from extractor.claims.trial import read_last
    >>> read_last("工业增加值增长5%，比上年提高0.3个百分点。").name.metric
    '工业增加值增长'
    >>> read_last("存款增长5%，增速比上月末高0.1个百分点，比去年同期低1个百分点。").name.metric
    '存款增速'
    """
    last = context.last
    if not last or (reading.frame.kind, reading.quantity.dimension) != POINTS:
        return None
    if last.frame.kind == "change_rate":
        carried = find_changed(reading, context)
        return _answer(carried + load_lists().growth, GROWTH_OF_GROWTH, derived=True) if carried else None
    again = context.last_in(reading.mention.sentence) and (last.frame.kind, last.quantity.dimension) == POINTS
    return _answer(last.name.metric, GROWTH_OF_GROWTH, derived=True) if again and last.name.derived else None


def name_by_changed(reading: Reading, context: Context, lead: str) -> Named:
    """By the antecedent that a change or a share is of, the label of a run-in item, or what its sentence begins with.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入总计52万元，惠及112户，比上年增加5万元。").name.metric
    '收入总计'
    """
    changed = find_changed(reading, context)
    if changed or lead:
        return Settled(Name(changed, carried=True), CARRIED)
    return Settled(Name(find_first(reading.mention) or None), CARRIED)


def _answer_told(metric: str) -> Settled[Name]:
    """A name in front of its number; of what was altered later numbers are told by the name that it had before."""
    return Settled(Name(metric, derived=bool(compile_list("altered").search(metric))), IN_FRONT)


def _answer(metric: str | None, rule: str, *, carried: bool = False, derived: bool = False) -> Named:
    """What a namer answers; nothing where it found no metric."""
    if not metric:
        return None
    return Settled(Name(metric, carried=carried, derived=derived), rule)


def _find_whole(reading: Reading, lead: str) -> str:
    """The metric of the total that a part is of; empty where the words in front of the part say it themselves."""
    whole = drop_included(reading.ties.total_metric)
    return "" if lead in whole else whole


def _find_reason(mention: Mention) -> str:
    """What is said to have changed, behind the last number in front of the clause and up to the clause."""
    last = find_last(mention.sentence, mention.clause)
    start = last.end if last else mention.sentence.start
    found = compile_list("reason").search(mention.text, start, mention.clause)
    return clean_phrase(found["what"]) if found else ""
