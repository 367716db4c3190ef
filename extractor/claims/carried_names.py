"""Names that an earlier claim has: what it was of is told of further, and only what was done of it stands in front."""

from __future__ import annotations

from extractor import patterns, words
from extractor.claims.antecedents import COMPLETED, find_antecedent, find_changed, find_predicate
from extractor.claims.clauses import find_first
from extractor.claims.context import Context
from extractor.claims.group_names import find_of_all
from extractor.claims.phrases import drop_statement, is_verb, join_phrases
from extractor.claims.readings import Name, Named, Reading, Settled, answer
from extractor.claims.word_lists import compile_list, load_lists
from extractor.model import Kind
from extractor.scope import find_facets

CARRIED, STATEMENT = "metrics.carried", "metrics.statement"
GROWTH_OF_GROWTH = "metrics.growth_of_growth"
RATIO = "metrics.ratio"
# How the growth of a growth is said.
POINTS = ("change_amount", "percentage_point")
# What stays where it is added, of which there are so many by now; money and people come and go.
THINGS = ("count", "household", "length", "area")
SERVED, PULLED = "metrics.served", "metrics.pulled"
# Of these people follow right behind: 86户256人.
HOUSES = ("household",)
# Nothing is done of, and no money spent on, what was told as one of these.
RATES: tuple[Kind, ...] = ("rate",)


def name_by_predicate(reading: Reading, context: Context, lead: str) -> Named:
    """By what is said of things counted again, and the noun that it is said of.

    >>> from extractor.claims.trial import read_last
    >>> read_last("现有银行5家，3家在实验区开设网点。").name.metric
    '在实验区开设网点银行'
    """
    if lead:
        return None
    return answer(find_predicate(reading.mention, context), CARRIED, carried=True)


def name_by_antecedent(reading: Reading, context: Context, lead: str) -> Named:
    """Where nothing stands in front: by the antecedent, else by the label of a run-in item.

    >>> from extractor.claims.trial import read_last
    >>> read_last("发放救助金20万元，（30万元）。").name.metric
    '发放救助金'
    >>> read_last("新认定家庭农场9家，累计88家。").name.metric
    '家庭农场'
    >>> read_last("贫困户86户256人，已脱贫81户229人，").name.metric
    '贫困户脱贫'
    """
    if lead:
        return None
    last = context.last
    if last and last.quantity.end == reading.quantity.start and last.quantity.dimension in HOUSES:
        return answer(last.name.metric, CARRIED, carried=True)
    carried = _drop_new(reading, _drop_plan(reading, find_antecedent(context), context)) or context.headings.label
    return Settled(Name(carried, carried=True), CARRIED)


def name_by_base(reading: Reading, context: Context, lead: str) -> Named:
    """What something is compared with has its name, where nothing else stands in front.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入20万元，比上年决算数18万元，").name.metric
    '收入'
    """
    if lead or not reading.frame.base:
        return None
    return answer(find_antecedent(context, reading.quantity.base_unit), CARRIED, carried=True)


def name_by_outcome(reading: Reading, context: Context, lead: str) -> Named:
    """What became of a side of an account has its name, right behind what was planned of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("税收收入完成8万元；财政支出年初预算20万元，调整预算22万元，实现支出21万元。").name.metric
    '财政支出'
    """
    told = context.last_metric
    last, item = context.last_in(reading.mention.sentence), drop_statement(drop_statement(told))
    is_planned = last is not None and last.frame.kind == "level" and item != told
    if (
        not is_planned
        or compile_list("altered").search(told)
        or lead not in load_lists().sides
        or item == lead
        or not item.endswith(lead)
    ):
        return None
    return Settled(Name(item), COMPLETED)


def name_by_adjustment(reading: Reading, context: Context, lead: str) -> Named:
    """A budget that is changed has the name of the one in front: its clause only says how it came about.

    >>> from extractor.claims.trial import read_last
    >>> read_last("支出预算20万元，年中经批准调整为25万元。").name.metric
    '支出预算'
    >>> read_last("总支出调整为25万元；基金预算总支出调整为8万元。").name.metric
    '基金预算总支出'
    >>> read_last("本级收入预算76万元；转移性收入预算调整为28万元。").name.metric
    '转移性收入预算'
    >>> read_last("市级基金支出20万元，年中支出预算调整为28万元。").name.metric
    '市级基金支出'
    """
    if not context.last_in(reading.mention.sentence) or not compile_list("adjusted").search(reading.mention.left):
        return None
    carried, side, sides = (
        find_antecedent(context, reading.quantity.base_unit),
        drop_statement(lead),
        load_lists().sides,
    )
    is_same = carried and side in sides and carried.endswith(side)
    return None if side.endswith(tuple(sides)) and not is_same else answer(carried, CARRIED, carried=True)


def name_by_statement(reading: Reading, context: Context, lead: str) -> Named:
    """By the item whose budget was named in front, and what this amount of it is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("项目支出年初预算20万元，支出决算18万元，").name.metric
    '项目支出决算'
    >>> read_last("支出年初预算20万元，年中追加3万元，调整预算23万元，").name.metric
    '支出调整预算'
    >>> read_last("小学教育（项）20万元。2025年预算执行数18万元，").name.metric
    '小学教育（项）预算执行数'
    >>> read_last("年初预算总收入20万元，决算收入18万元，").name.metric
    '决算收入'
    """
    metric = find_antecedent(context) or "" if context.last and context.last.name.derived else context.last_metric
    item = drop_statement(metric)
    told = context.last_in(reading.mention.sentence) and reading.quantity.dimension == "money"
    if lead not in load_lists().statement or not (item != metric or _is_account(metric) or told):
        return None
    # A side as it was planned is no item of the same side as it came out.
    is_of_side = item.startswith(tuple(load_lists().statement)) and lead.endswith(tuple(load_lists().sides))
    return Settled(Name(lead if is_of_side else join_phrases(item, lead)), STATEMENT)


def _is_account(metric: str) -> bool:
    """Whether a name is that of an account by its levels: 教育支出（类）普通教育（款）."""
    return any(found.facet == "account" for found in find_facets(metric))


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
    >>> read_last("球场项目34个，开工率为100%，竣工32个，").name.metric
    '球场项目竣工'
    >>> read_last("支出年初预算20万元，年中追加3万元，").name.metric
    '支出追加'
    >>> read_last("应上缴财政31万元，已上缴29万元，").name.metric
    '上缴财政'
    >>> read_last("累计建成住房68套，其中2020年建成15套，").name.metric
    '建成住房'
    """
    is_deed = reading.frame.kind == "level" and lead not in load_lists().generic
    carried = find_antecedent(context, without=RATES if is_deed or reading.quantity.dimension == "money" else ())
    if not carried or not context.last_in(reading.mention.sentence) or _are_sides(lead, carried):
        return None
    if _is_left(reading, carried):
        return None
    if _pays_for_another(reading, context) or _plans_another(reading, context):
        return None
    if lead in load_lists().summed or compile_list("size").search(carried):
        return None
    if lead not in load_lists().generic and not _is_done(reading, lead, carried):
        return None
    if compile_list("budgeted").fullmatch(lead):
        return Settled(Name(join_phrases(drop_statement(carried), lead), derived=True), COMPLETED)
    due = load_lists().due
    if lead in load_lists().deeds and carried.startswith(lead):
        return answer(carried, COMPLETED)
    if carried.startswith(due + lead):
        return answer(carried.removeprefix(due), COMPLETED)
    done = _drop_new(reading, _drop_plan(reading, carried, context)) or carried
    # What was done of a plan is told of further; a bare noun behind what was done is no name that goes on.
    return answer(join_phrases(done, lead), COMPLETED, derived=done == carried)


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
    return _is_parted(last, reading)


def _is_parted(last: Reading, reading: Reading) -> bool:
    """Whether a part of a sentence begins between two numbers."""
    between = reading.mention.text[last.quantity.end : reading.mention.clause]
    return patterns.fragment("claims/periods", "parted").search(between) is not None


def _plans_another(reading: Reading, context: Context) -> bool:
    """Whether a plan in another unit opens its own part of a sentence, behind what was planned in the one before.

    >>> from extractor.claims.trial import read_last
    >>> read_last("计划新建泵站35个，建成32个；计划培训4期，").name.metric
    '培训'
    >>> read_last("计划新建泵站35个；计划建成32个，").name.metric
    '新建泵站建成'
    """
    last = context.last
    if not last or reading.frame.kind != "level" or last.quantity.base_unit == reading.quantity.base_unit:
        return False
    is_planned = compile_list("planned_first").match(reading.mention.left.lstrip()) is not None
    return is_planned and _is_parted(last, reading)


def _are_sides(lead: str, carried: str) -> bool:
    """Whether words name one side of an account and what is carried is of the other, or is left of both.

    >>> _are_sides("支出", "土地出让收入"), _are_sides("收入", "资金年初结余"), _are_sides("支出", "公用经费")
    (True, True, False)
    >>> _are_sides("支出", "收入总计")
    True
    """
    lists = load_lists()
    sides = (side for side in lists.sides if side != lead)
    totals = ("", *lists.side_totals, *lists.summed)
    others = (*(side + total for side in sides for total in totals), *lists.balances)
    return lead in lists.sides and carried.endswith(others)


def _is_left(reading: Reading, carried: str) -> bool:
    """Whether a number is what is left of both sides, of which one is carried: it is not of that alone.

    >>> from extractor.claims.trial import read_last
    >>> read_last("期初余额5万元，本期支出6万元，期末余额2万元。").name.metric
    '余额'
    """
    lists = load_lists()
    return reading.frame.lead.strip().endswith(tuple(lists.balances)) and carried.endswith(tuple(lists.sides))


def _is_done(reading: Reading, lead: str, carried: str) -> bool:
    """Whether a bare verb says what was done of what is carried, which is no deed itself, and of nothing behind it.

    What is done of things is done to them (采购设备20台，安装18台); people are told of by one deed after another.
    """
    if reading.mention.right.strip() or not is_verb(lead) or lead[-1:] in load_lists().alone:
        return False
    cut = words.cut(carried)
    people = reading.quantity.dimension == "person"
    return not any(is_verb(word.text) for word in (cut if people else cut[-1:]))


def _drop_plan(reading: Reading, carried: str | None, context: Context) -> str | None:
    """The name of an antecedent as what was done of it is called: 收入预算20万元，实际完成18万元 is 收入.

    Of a plan that says not of what it is, what was done is that of what its sentence planned it for.

    >>> from extractor.claims.trial import read_last
    >>> read_last("在建项目40个，年度计划投资33亿元，已完成投资10亿元，").name.metric
    '在建项目投资'
    """
    if not carried or not compile_list("done").search(reading.frame.lead):
        return carried
    told = (
        one.name.metric for one in reversed(context.antecedents) if one.mention.sentence is reading.mention.sentence
    )
    left = (str(compile_list("planned").sub("", name)) for name in (carried, *filter(None, told)))
    return next(filter(None, left), carried)


def _drop_new(reading: Reading, carried: str | None) -> str | None:
    """The name of an antecedent as there are so many by now: without what says that the ones told first are new.

    >>> from extractor.claims.trial import read_last
    >>> read_last("新建充电桩9个，总数达到88个。").name.metric, read_last("新能源汽车9辆，累计88辆。").name.metric
    ('充电桩总数', '新能源汽车')
    >>> read_last("5月新建充电桩9个，累计88个。").name.metric
    '新建充电桩'
    >>> read_last("新增三级医院4家，累计37家。").name.metric, read_last("新增就业9人，累计88人。").name.metric
    ('三级医院', '新增就业')
    """
    if not carried or reading.frame.kind != "level" or not compile_list("so_far").search(reading.mention.left):
        return carried
    sentence = reading.mention.sentence
    is_of_month = compile_list("monthly").search(reading.mention.text, sentence.start, reading.quantity.start)
    if is_of_month:
        return carried
    kept = str(compile_list("newly").sub("", carried))
    return str(compile_list("added_things").sub("", kept)) if reading.quantity.dimension in THINGS else kept


def name_by_pull(reading: Reading, context: Context, lead: str) -> Named:
    """By what the sentence tells of in front, with what it pulled up (拉动GDP增长0.1个百分点).

    >>> from extractor.claims.trial import read_last
    >>> read_last("第一产业增加值47亿元，增长4.4%，增速提高1.3个百分点，拉动GDP增长0.1个百分点。").name.metric
    '第一产业增加值拉动GDP增长'
    >>> read_last("第一产业拉动GDP增长0.1个百分点。").name.metric
    '第一产业拉动GDP增长'
    >>> read_last("第三产业增加值5亿元，对GDP增长的贡献率为52%，拉动GDP增长1.3个百分点。").name.metric
    '第三产业增加值拉动GDP增长'
    """
    if reading.quantity.dimension != POINTS[1] or not compile_list("pulling").match(lead):
        return None
    sentence = reading.mention.sentence
    told = (one.name for one in reversed(context.antecedents) if one.mention.sentence is sentence)
    pulled = next(filter(None, (drop_owed(name.text) for name in told if name.is_own)), "")
    return answer(pulled and pulled + lead, PULLED, derived=True)


def drop_owed(name: str) -> str:
    """A name without what is owed to it of the growth of a whole.

    >>> drop_owed("第二产业对经济增长的贡献率"), drop_owed("GDP增长的贡献率"), drop_owed("第二产业增加值")
    ('第二产业', '', '第二产业增加值')
    """
    return str(compile_list("owed").sub("", name))


def name_by_served(reading: Reading, context: Context, lead: str) -> Named:
    """By what the amount in front in the sentence is of, where a number only says how many it reached.

    >>> from extractor.claims.trial import read_last
    >>> read_last("发放补贴1.47亿元，惠及1.06万户，").name.metric, read_last("发放补贴2亿元，惠及农户9户，").name.metric
    ('发放补贴惠及', '惠及农户')
    >>> read_last("拨付补助86万元，其中培训补贴12万元、其他补贴74万元；惠及210人，").name.metric
    '拨付补助惠及'
    """
    last = context.last_in(reading.mention.sentence)
    if not last or last.frame.kind != "level" or not compile_list("served").fullmatch(lead):
        return None
    served = find_of_all(last, reading)
    return answer(served and served + lead, SERVED, derived=True)


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
        return answer(carried + load_lists().growth, GROWTH_OF_GROWTH, derived=True) if carried else None
    again = context.last_in(reading.mention.sentence) and (last.frame.kind, last.quantity.dimension) == POINTS
    return answer(last.name.metric, GROWTH_OF_GROWTH, derived=True) if again and last.name.derived else None


def name_by_ratio(reading: Reading, context: Context, lead: str) -> Named:
    """By a share in full, with its whole, where points say how it has moved: the part alone moves in amounts.

    >>> from extractor.claims.trial import read_last
    >>> read_last("服务业占生产总值的比重为51%，比上年提高1.2个百分点。").name.metric
    '服务业占生产总值的比重'
    >>> read_last("服务业占生产总值的比重从50.2%提高到53.3%，提高3.1个百分点。").name.metric
    '服务业占生产总值的比重'
    >>> read_last("服务业占比51%，比上年提高1.2个百分点。").name.metric
    '服务业'
    """
    last = context.last_in(reading.mention.sentence)
    if lead or not last or last.frame.kind != "share" or (reading.frame.kind, reading.quantity.dimension) != POINTS:
        return None
    ratio, said = patterns.fragment("claims/shares", "ratio"), ""
    for found in ratio.finditer(last.mention.text, last.mention.sentence.start, last.quantity.start):
        said = found[0]
    return answer(f"{last.name.metric}{said}", RATIO) if said and last.name.metric else None


def name_by_changed(reading: Reading, context: Context, lead: str) -> Named:
    """By the antecedent that a change or a share is of, the label of a run-in item, or what its sentence begins with.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入总计52万元，惠及112户，比上年增加5万元。").name.metric
    '收入总计'
    >>> read_last("农业支出386万元，年初预算372万元，超预算3.8%，").name.metric
    '农业支出'
    """
    changed = find_changed(reading, context)
    if changed and reading.frame.kind == "completion":
        changed = str(compile_list("planned").sub("", changed)) or changed
    if changed or lead:
        return Settled(Name(changed, carried=True), CARRIED)
    return Settled(Name(find_first(reading.mention) or None), CARRIED)
