"""Attributes: whose a number is that says only what somebody has (净利润), what state money is in, a class of what.

The heads for which this holds are in ``patterns/claims/subjects.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import takewhile

import regex

from extractor import patterns, words
from extractor.claims.phrases import drop_statement, is_verb
from extractor.claims.readings import Reading
from extractor.claims.subjects import is_measured, load_words
from extractor.claims.vocabulary import identify_metric
from extractor.claims.word_lists import compile_list, load_lists

# So many names are remembered: each is asked of by several ways to name a number, and most come again.
KEPT = 4096
# Of what there is so much may have a price.
PRICED = ("mass", "volume", "area", "energy", "count")
# A level or a growth tells in its name whose it is.
OWNED = ("level", "change_rate")
_expression = partial(patterns.fragment, "claims/subjects")
"""One of the fragments of ``patterns/claims/subjects.toml``."""


@lru_cache(KEPT)
def is_attribute(lead: str) -> bool:
    """Whether a name is only what somebody has (招生, 净利润, 注册资本和实收资本): it has to be said whose."""
    return all(part in load_words("attributes") for part in _compile_marks().split(lead))


@cache
def _compile_marks() -> regex.Pattern[str]:
    """What stands between the things that a phrase lists."""
    return regex.compile("|".join(load_lists().list_marks))


def is_state(lead: str) -> bool:
    """Whether a name is only how far money has come (分配进度): it has to be said which."""
    return lead in load_words("states")


def find_owner(reading: Reading, antecedents: tuple[Reading, ...]) -> str:
    """Whose attribute a number is: of what owned the last attribute of its sentence, or was counted in it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("普通高中招生3万人，增长2%，在校生9万人。").name.metric
    '普通高中在校生'
    >>> read_last("小额贷款公司5家，注册资本12亿元。").name.metric
    '小额贷款公司注册资本'
    >>> read_last("贸易业务收入5亿元，毛利率3%。").name.metric
    '贸易业务毛利率'
    >>> read_last("普通高校7所，在校学生3万人；初中9所，在校学生2万人。").name.metric
    '初中在校学生'
    >>> read_last("大豆面积1.5亿亩，增加2%，是最高的年份。产量2028万吨。").name.metric
    '大豆产量'
    """
    walked = list(_walk_levels(reading, antecedents))
    for at, one in enumerate(walked):
        owner = _take_owner(one)
        if owner:
            return _find_shared_owner(owner, one, walked[at + 1 :]) or owner
    return _take_before(reading, antecedents)


def _find_shared_owner(owner: str, one: Reading, before: Sequence[Reading]) -> str:
    """What two kinds of owners that are counted side by side are both called; empty where they are not.

    >>> from extractor.claims.trial import read_last
    >>> read_last("有公办幼儿园42所、民办幼儿园68所，在园幼儿28640人。").name.metric
    '幼儿园在园幼儿'
    """
    beside, mark = next(iter(before), None), load_lists().list_marks[0]
    between = one.mention.text[beside.quantity.end : one.quantity.start].strip() if beside else ""
    if not beside or not between.startswith(mark) or beside.quantity.unit != one.quantity.unit:
        return ""
    ends = zip(reversed(words.cut(owner)), reversed(words.cut(_take_owner(beside))), strict=False)
    alike = takewhile(lambda pair: pair[0].text == pair[1].text, ends)
    return "".join(reversed([one.text for one, _ in alike]))


def _take_before(reading: Reading, antecedents: tuple[Reading, ...]) -> str:
    """The owner that the sentence in front tells of first, where a number opens its own (大豆面积…。产量…)."""
    last = antecedents[-1] if antecedents else None
    sentence = reading.mention.sentence
    if not last or last.mention.sentence is sentence or reading.mention.clause > sentence.start + 1:
        return ""
    levels = [one for one in antecedents if one.mention.sentence is last.mention.sentence and one.frame.kind == "level"]
    first = levels[0].name.text if levels else ""
    owner = first.removesuffix(_find_ending(first, "attributes"))
    return owner if owner != first else ""


def _walk_levels(reading: Reading, antecedents: tuple[Reading, ...]) -> Iterator[Reading]:
    """What may tell whose a number is in its sentence, the last first; parts only as long as their list is open.

    >>> from extractor.claims.trial import read_last
    >>> read_last("限上批发企业营业收入增长4.6%，利润总额增长6.4%。").name.metric
    '限上批发企业利润总额'
    """
    listing = reading.ties.lists.open
    for one in reversed(antecedents):
        if one.mention.sentence is not reading.mention.sentence:
            return
        if one.frame.kind in OWNED and (listing or not one.ties.total):
            yield one


def _take_owner(reading: Reading) -> str:
    """The owner that the name of a level begins with, or that a level counts; empty without one."""
    name = reading.name.text
    owner = name.removesuffix(_find_ending(name, "attributes"))
    if owner != name:
        return owner
    business = str(_expression("earned").sub("", name))
    if business != name and _expression("business").search(business):
        return business
    return str(_expression("having").sub("", name)) if _counts_owners(reading) else ""


def _counts_owners(reading: Reading) -> bool:
    """Whether a level counts what has attributes: by its unit (普通高中45所, 果用瓜5公顷), or by what it is called.

    >>> from extractor.claims.trial import read_last
    >>> read_last("蔬菜播种面积8公顷，产量96吨；果用瓜5公顷，增长2%，产量90吨。").name.metric
    '果用瓜产量'
    """
    if reading.quantity.unit.endswith(tuple(load_words("fields"))):
        return True
    is_body = reading.quantity.unit in load_words("bodies")
    if is_body and reading.quantity.dimension == "count":
        return True
    return (is_body or reading.quantity.dimension == "count") and bool(_expression("counted").search(reading.name.text))


def _find_ending(name: str, words: str) -> str:
    """The longest word of a list that a name ends with; empty without one."""
    return next((word for word in load_words(words) if name.endswith(word)), "")


def is_unfit(name: str) -> bool:
    """Whether an attribute cannot be its owner's: children in kindergarten are at no school.

    >>> is_unfit("普通小学在园幼儿"), is_unfit("幼儿园在园幼儿"), is_unfit("普通小学在校生")
    (True, False, False)
    """
    return _expression("unfit").search(name) is not None


def drop_own(owner: str) -> str:
    """An owner without when it was; nothing of the reporting body itself (公司), whose attributes need no owner."""
    return str(compile_list("own").sub("", owner))


def find_money(reading: Reading, antecedents: tuple[Reading, ...]) -> str:
    """The money whose state a number is: of the last amount of its sentence, less what that says of its own state.

    >>> from extractor.claims.trial import read_last
    >>> read_last("直达资金480万元，已分配下达466万元，分配进度97%。").name.metric
    '直达资金分配进度'
    >>> read_last("批复指标39亿元，已用指标33亿元，预算结余6亿元，总体执行率86%。").name.metric
    '批复指标执行率'
    """
    for one in _walk_levels(reading, antecedents):
        name = one.name.text.removesuffix(_find_ending(one.name.text, "states"))
        if name and one.quantity.dimension == "money" and not _is_left(name):
            return drop_statement(name)
    return ""


def _is_left(name: str) -> bool:
    """Whether an amount is what was left of money or spent of it: how far it has come is said of all of it.

    >>> _is_left("预算结余"), _is_left("已用指标"), _is_left("直达资金")
    (True, True, False)
    """
    return name.endswith(tuple(load_lists().balances)) or bool(_expression("spent").match(name))


def find_shared_head(reading: Reading, antecedents: tuple[Reading, ...], lead: str) -> str:
    """The head that a class of things has from the item in front of it, or from the whole that is divided.

    ``antecedents`` are those of the paragraph, behind what it divides of the one in front of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("工业增加值增长6%。分门类看，采矿业增长4%，制造业增长8%。").name.metric
    '制造业增加值'
    >>> read_last("原保险保费收入97亿元。其中，财产险23亿元。").name.metric
    '财产险保费收入'
    >>> read_last("工业增加值增长6%。其中，煤炭增长4%，电力增长8%。").name.metric
    '电力增加值'
    """
    heads = "shared" if _expression("class").search(lead) else "yielded" if _is_bare_part(reading, lead) else ""
    if not heads:
        return ""
    names = [reading.ties.total_metric, *(one.name.text for one in _walk_siblings(reading, antecedents))]
    return next(filter(None, (_find_ending(name, heads) for name in names)), "")


def _is_bare_part(reading: Reading, lead: str) -> bool:
    """Whether a name behind the words that open a list of parts is but a thing: nothing that is measured by itself."""
    sentence, listed = reading.mention.sentence, patterns.fragment("claims/links", "listed")
    if not lead or is_measured(lead) or is_verb(lead) or _expression("told_itself").search(lead):
        return False
    if not listed.search(reading.mention.text, sentence.start, reading.quantity.start):
        return False
    return (
        identify_metric(lead, dimension=reading.quantity.dimension if reading.frame.kind == "level" else None) is None
    )


def is_dividing(text: str) -> bool:
    """Whether a text begins with how something is divided (分门类看, 其中).

    >>> is_dividing("分三大门类看，采矿业"), is_dividing("采矿业")
    (True, False)
    """
    return bool(_expression("lists").match(text))


def _walk_siblings(reading: Reading, antecedents: tuple[Reading, ...]) -> Iterator[Reading]:
    """What stands in front of a number in its list and is of its kind, in its sentence or the one that it divides."""
    sentence = reading.mention.sentence
    divides, seen = _expression("lists").search(sentence.text), sentence
    for one in reversed(antecedents):
        if one.mention.sentence not in (seen, sentence):
            if not divides or seen is not sentence:
                return
            seen = one.mention.sentence
        if one.frame.kind == reading.frame.kind and one.quantity.base_unit == reading.quantity.base_unit:
            yield one


def find_priced(reading: Reading, antecedents: tuple[Reading, ...], lead: str) -> str:
    """What has a price, which is told behind how much of it there is; empty where no price is told.

    >>> from extractor.claims.trial import read_last
    >>> read_last("铁矿砂进口8亿吨，减少3%，均价每吨1185.6元。").name.metric
    '铁矿砂进口均价'
    >>> read_last("商品房销售面积8万平方米，销售均价7200元。").name.metric
    '商品房销售均价'
    """
    if lead not in load_words("prices"):
        return ""
    told = (one for one in _walk_levels(reading, antecedents) if one.quantity.dimension in PRICED)
    return next((str(_expression("amounts").sub("", one.name.text)) for one in told), "")


def find_people(reading: Reading, lead: str) -> str:
    """Whose income or spending a part is of: of those whose whole is divided.

    >>> from extractor.claims.trial import read_last
    >>> read_last("农村居民人均可支配收入20237元，其中，工资性收入8957元。").name.metric
    '农村居民工资性收入'
    """
    whole = reading.ties.total_metric
    people = whole.removesuffix(_find_ending(whole, "per_head"))
    others = _find_ending(lead, "per_head") or people[-2:] in lead
    return "" if people == whole or others else people
