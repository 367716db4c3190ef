"""The metric of a number: what it measures, in the text's own words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import msgspec

from extractor import patterns, words
from extractor.claims.balanced import name_by_balance
from extractor.claims.carried_names import (
    GROWTH_OF_GROWTH,
    PULLED,
    drop_owed,
    name_by_adjustment,
    name_by_antecedent,
    name_by_base,
    name_by_changed,
    name_by_completion,
    name_by_outcome,
    name_by_predicate,
    name_by_pull,
    name_by_ratio,
    name_by_served,
    name_by_statement,
    name_growth_of_growth,
)
from extractor.claims.context import Context
from extractor.claims.counterparts import name_by_counterpart, name_by_sides, name_by_twin
from extractor.claims.deeds import name_by_shared_deed
from extractor.claims.group_names import name_by_each, name_by_group, name_by_rated
from extractor.claims.growths import find_growers, name_by_grower, name_grower
from extractor.claims.namers import (
    name_by_account,
    name_by_counted,
    name_by_failure,
    name_by_head_noun,
    name_by_heading,
    name_by_lead,
    name_by_moved,
    name_by_object,
    name_by_planned,
    name_by_reason,
    name_by_received,
    name_by_run,
    name_by_shape,
    name_by_size,
    name_by_suffered,
    name_by_turned,
    name_in_full,
)
from extractor.claims.owners import (
    name_by_bracket,
    name_by_business,
    name_by_clause,
    name_by_collector,
    name_by_description,
    name_by_doer,
    name_by_growth,
    name_by_label,
    name_by_meaning,
    name_by_new,
    name_by_opening,
    name_by_owner,
    name_by_plan,
    name_by_portion,
    name_by_product,
    name_by_purpose,
    name_by_sibling,
    name_by_state,
    name_by_title,
    name_by_topic,
)
from extractor.claims.part_names import (
    add_budget,
    add_group,
    add_level,
    name_by_area,
    name_by_class,
    name_by_half,
    name_by_measure,
    name_by_total,
)
from extractor.claims.phrases import clean_phrase, join_nouns
from extractor.claims.portions import find_composed
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.steps.series import points_back, split_joined, split_list, split_things
from extractor.claims.word_lists import compile_list, load_lists

Namer = Callable[[Reading, Context, str], Named]

# The namers of levels and rates, the first that answers wins: what the words beside the number say of it goes before
# what earlier claims and headings say, and those before the bare words in front of it.
LEVEL_NAMERS: tuple[Namer, ...] = (
    name_by_plan,
    name_by_base,
    name_by_shape,
    name_by_suffered,
    name_by_received,
    name_by_run,
    name_by_size,
    name_by_purpose,
    name_by_counted,
    name_by_collector,
    name_by_label,
    name_by_doer,
    name_by_served,
    name_by_predicate,
    name_by_bracket,
    name_by_meaning,
    name_by_opening,
    name_by_turned,
    name_by_adjustment,
    name_by_outcome,
    name_by_clause,
    name_by_title,
    name_by_description,
    name_by_account,
    name_by_moved,
    name_by_antecedent,
    name_by_twin,
    name_by_sides,
    name_by_half,
    name_by_counterpart,
    name_by_heading,
    name_by_owner,
    name_by_business,
    name_by_state,
    name_by_statement,
    name_by_sibling,
    name_by_area,
    name_by_group,
    name_by_rated,
    name_by_class,
    name_by_topic,
    name_by_balance,
    name_by_measure,
    name_by_each,
    name_by_total,
    name_by_shared_deed,
    name_by_completion,
    name_by_lead,
)
# The namers of changes, shares and completions, which are most often of the amount in front of them.
CHANGE_NAMERS: tuple[Namer, ...] = (
    name_by_pull,
    name_by_object,
    name_by_portion,
    name_by_grower,
    name_by_growth,
    name_by_new,
    name_by_bracket,
    name_by_opening,
    name_by_meaning,
    name_by_half,
    name_by_owner,
    name_by_state,
    name_by_sibling,
    name_by_area,
    name_by_group,
    name_by_product,
    name_by_failure,
    name_by_planned,
    name_in_full,
    name_by_head_noun,
    name_by_reason,
    name_by_moved,
    name_by_clause,
    name_by_ratio,
    name_growth_of_growth,
    name_by_changed,
)
# Amounts and what is so much for each: both change.
LEVELS, RATIOS = ("level", "rate"), ("share", "rate")
# What several numbers may have together: an amount, and a share.
JOINT = ("level", "share")
SERIES, ROW_LABEL = "metrics.series", "metrics.row_label"


def settle_metric(reading: Reading, context: Context) -> Settled[Name]:
    """The name of a mention; the numbers of a series take the names of its list in turn.

    A number in a table that nothing else names is of what heads its row.

    >>> from extractor.claims.trial import read_last
    >>> read_last("城镇、农村居民人均收入分别为5万元、3万元。").name.metric
    '农村居民人均收入'
    >>> read_last("发放救助金20万元。").name.metric
    '发放救助金'
    """
    settled = _take_turn(reading, reading.series)
    if not reading.mention.place.index:
        settled = _name_first(reading, context)
    if settled.value.metric or not context.stand:
        return settled
    return Settled(msgspec.structs.replace(settled.value, metric=context.stand.subject, carried=False), ROW_LABEL)


def ask_namers(reading: Reading, context: Context) -> Settled[Name]:
    """What the first namer that knows the number's metric says."""
    lead, namers = clean_phrase(reading.frame.lead, whole=reading.frame.kind == "share"), CHANGE_NAMERS
    if reading.frame.kind in ("level", "rate"):
        lead, namers = _cut_taken(lead, context), LEVEL_NAMERS
    lead = "" if compile_list("placed").fullmatch(lead) or _is_listed_share(reading) else lead
    joint = _name_joint(reading, context, lead)
    if joint:
        return joint
    for name in namers:
        named = name(reading, context, lead)
        if named:
            return named
    raise AssertionError("the last namer of either list always answers")


def _name_joint(reading: Reading, context: Context, lead: str) -> Named:
    """The name of what all numbers of the series in front are of together (分别为4亿元和5亿元，合计占总额的30%).

    >>> from extractor.claims.trial import read_last
    >>> read_last("东盟、欧盟进出口分别增长5%和4%，合计占进出口总额的30%。").name.metric
    '东盟、欧盟进出口'
    >>> read_last("东盟、欧盟进出口分别增长5%和4%，占进出口总额的20%和10%。").name.metric
    '欧盟进出口'
    >>> read_last("甲县、乙县分别完成投资4亿元和5亿元，共计9亿元。").name.metric
    '甲县、乙县投资'
    """
    last, mention = context.last_in(reading.mention.sentence), reading.mention
    is_told = not lead or points_back(lead)
    if not is_told or reading.frame.kind not in JOINT or mention.place.length > 1 or not last:
        return None
    names = last.name.series
    if len(set(names)) < len(names) or len(names) < 2 or not compile_list("together").search(mention.left):
        return None
    shared, mark, is_share = _find_shared_end(names), load_lists().list_marks[0], reading.frame.kind == "share"
    return Settled(Name(mark.join(name.removesuffix(shared) for name in names) + shared, derived=is_share), SERIES)


def _find_shared_end(names: Sequence[str]) -> str:
    """What is measured of several things, as their names end; empty where they do not end alike.

    >>> _find_shared_end(("东河县出口", "西河县出口")), _find_shared_end(("东河县", "西河县"))
    ('出口', '')
    """
    heads = patterns.lexicon("claims/series")["head"]
    return max((head for head in heads if all(name.endswith(head) for name in names)), key=len, default="")


def _is_listed_share(reading: Reading) -> bool:
    """Whether a share is an item of a list, as the attribute of what has it: in front of it stand others only.

    >>> from extractor.claims.trial import read_last
    >>> read_last("90%的乡镇和80%的村庄。").name.metric
    '村庄'
    """
    lists, mention = load_lists(), reading.mention
    is_item = mention.left.rstrip().endswith(tuple(lists.list_marks))
    return reading.frame.kind == "share" and is_item and mention.right.startswith(tuple(lists.relative))


def _cut_taken(lead: str, context: Context) -> str:
    """The phrase in front of a number without what the number before it has taken for its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("下辖22个乡镇、常住人口5万人。").name.metric
    '常住人口'
    """
    taken = _take_served(context.last)
    behind = lead.removeprefix(taken)
    is_listed = taken and behind.startswith(tuple(load_lists().list_marks[:1]))
    is_done = taken and context.last is not None and taken != context.last.name.behind
    return clean_phrase(behind) if taken and (behind == "" or is_listed or is_done) else lead


def _take_served(last: Reading | None) -> str:
    """What the number before has taken of the words behind it; of those it was done for, the noun: 为29个省份保供煤炭.

    >>> from extractor.claims.trial import read_last
    >>> read_last("累计为29个省份保供煤炭35亿吨，").name.metric
    '保供煤炭'
    """
    if not last:
        return ""
    is_served = last.name.behind and last.mention.left.rstrip().endswith(tuple(load_lists().governing))
    nouns = join_nouns(words.cut(last.name.behind)) if is_served else last.name.behind
    return nouns if len(nouns) > 1 else last.name.behind


def _name_first(reading: Reading, context: Context) -> Settled[Name]:
    """The name of a number that stands alone or begins a series."""
    named, length = ask_namers(reading, context), reading.mention.place.length
    if length == 1:
        named = add_level(reading, context, named) if reading.ties.total else named
        return add_budget(reading, context, add_group(reading, named))
    composed = find_composed(reading.mention) if reading.frame.kind == "share" else ()
    if composed:
        return _take_turn(reading, composed)
    names = reading.series if named.value.carried else _grow_series(named, reading)
    return _take_turn(reading, names or _find_series(named.value, reading, context))


def _grow_series(named: Settled[Name], reading: Reading) -> tuple[str, ...]:
    """The growths of an earlier series, where a series says by how many points they have changed.

    >>> from extractor.claims.trial import read_last
    >>> read_last("财政收入、税收收入分别增长9%和8%，比上年分别提高2和3个百分点。").name.series
    ('财政收入增长', '税收收入增长')
    >>> read_last("甲业和乙业对工业增长的贡献率分别为5%和9%，分别拉动工业增长0.4、0.9个百分点。").name.series
    ('甲业拉动工业增长', '乙业拉动工业增长')
    """
    growth = load_lists().growth
    if named.pattern == PULLED:
        return tuple(drop_owed(name) + clean_phrase(reading.frame.lead) for name in reading.series)
    return tuple(name + growth for name in reading.series) if named.pattern == GROWTH_OF_GROWTH else ()


def _take_turn(reading: Reading, names: Sequence[str]) -> Settled[Name]:
    """The name that a number of a series takes in its turn."""
    index, metric = reading.mention.place.index, None
    if index < len(names):
        metric = names[index] or None
    return Settled(Name(metric, series=tuple(names)), SERIES)


def _find_series(name: Name, reading: Reading, context: Context) -> tuple[str, ...]:
    """The names that a series takes in turn: of a list, of the levels before it if as many; else one for all."""
    length, metric = reading.mention.place.length, name.metric or ""
    names = _hand_out(reading, context) or split_list(reading.mention, metric)
    is_told = name.carried or points_back(metric) or (context.last is not None and metric == context.last.name.text)
    if is_told and not names:
        names = _find_counterparts(reading, context)
    if len(names) != length:
        return (metric,) * length
    return names


def _hand_out(reading: Reading, context: Context) -> tuple[str, ...]:
    """Bodies or areas that take growths in turn, each with what grew; none where it takes no growths, or not as many.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全市货运量增长8.3%。其中，东山、西河两个县增幅较大，分别达9%和7%。").name.series
    ('东山县货运量', '西河县货运量')
    >>> read_last("全市货运量增长8.3%。东山县、西河县分别增长9%、7%。").name.series
    ('东山县货运量', '西河县货运量')
    """
    growers = split_things(reading.mention)[0] or split_joined(find_growers(reading.frame.lead))
    names = tuple(filter(None, (name_grower(one, reading, context) for one in growers)))
    return names if len(names) == reading.mention.place.length else ()


def _find_counterparts(reading: Reading, context: Context) -> tuple[str, ...]:
    """The names of the last levels of the sentence, as many as there are numbers that follow without their own.

    Of the sentence in front of it where its own has none: 甲1亿元，乙2亿元。与去年相比，分别增加2万元、3万元.
    Points are of shares and rates before they are of amounts.

    >>> from extractor.claims.trial import read_last
    >>> read_last("接待费20万元，用车费50万元。与2023年相比，分别减少2万元、3万元。").name.series
    ('接待费', '用车费')
    >>> read_last("公办园在园幼儿占比58.6%，幼儿园覆盖率93.2%，分别提高3.1和1.2个百分点。").name.series
    ('公办园在园幼儿', '幼儿园覆盖率')
    >>> read_last("工业投资20亿元，基建投资30亿元，两者占比分别为40%和60%。").name.series
    ('工业投资', '基建投资')
    """
    sentence, length = reading.mention.sentence, reading.mention.place.length
    if context.last_in(sentence) is None and context.last:
        sentence = context.last.mention.sentence
    told = [one for one in context.antecedents if one.mention.sentence is sentence and not one.frame.moving]
    found = _list_names(told, RATIOS) if reading.quantity.dimension == "percentage_point" else []
    names = found if len(found) >= length else _list_names(_choose_alike(told, length), LEVELS)
    return _match_units(told, reading.mention.place.units) or tuple(names[-length:])


def _match_units(told: Sequence[Reading], units: Sequence[str]) -> tuple[str, ...]:
    """The names of the last levels that have the units of a series in turn; none where not all are found.

    >>> from extractor.claims.trial import read_last
    >>> read_last("事故8起、死亡3人、受伤5人、损失90万元。比2023年同期分别减少2起、1人、4人。").name.series
    ('事故', '事故死亡', '事故受伤')
    """
    names: list[str] = []
    behind = iter(reversed([one for one in told if one.frame.kind in LEVELS]))
    for unit in reversed(units):
        one = next((one for one in behind if one.quantity.unit == unit), None)
        if one is None:
            return ()
        names.append(one.name.text)
    return tuple(reversed(names))


def _choose_alike(told: Sequence[Reading], length: int) -> Sequence[Reading]:
    """Of levels that are told in pairs (6个项目投资93亿元，54个项目投资268亿元) those in the unit of the last one.

    >>> from extractor.claims.trial import read_last
    >>> read_last("3个续建项目完成投资5亿元，4个新建项目完成投资6亿元，分别增长5%、6%。").name.series
    ('续建项目投资', '新建项目投资')
    """
    levels = [one for one in told if one.frame.kind in LEVELS]
    alike = [one for one in levels if one.quantity.base_unit == levels[-1].quantity.base_unit]
    return alike if len(alike) >= length else told


def _list_names(told: Sequence[Reading], kinds: Collection[str]) -> list[str]:
    """The names of numbers of some kinds that are no ages."""
    return [one.name.text for one in told if one.frame.kind in kinds and one.quantity.dimension != "age"]
