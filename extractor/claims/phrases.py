"""Phrases: what of some words names a metric, and what is numbering, time, an organisation or a function word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import takewhile

from extractor import patterns, words
from extractor.claims.edges import strip_back, strip_front, trim_edge
from extractor.claims.periods import measure_leading, measure_trailing
from extractor.claims.word_lists import compile_list, load_lists
from extractor.sought import Sought
from extractor.words import Word

# Words behind a number that name what it counts are no longer than this: nine in ten metrics have 16 characters or
# less, longer ones run on into another statement.
LONGEST = 30
# An attributive clause of this length is left away where the head noun behind it can stand alone, being so long; one
# that only says by whom or through what something went is left away sooner.
LONG_CLAUSE, LONG_WAY, SHORTEST_HEAD = 24, 10, 4
# The longest owners are industries as the statistics call them (信息传输、软件和信息技术服务业企业).
LONGEST_OWNER = 24
# So many phrases are kept as they are cleaned: the numbers of a list are asked for one head, and reports share most.
MOST_PHRASES = 1024


@cache
def _seek(name: str) -> Sought:
    """One of the fragments or lists, as short phrases are searched for it."""
    return Sought(compile_list(name))


@lru_cache(MOST_PHRASES)
def clean_phrase(phrase: str, *, whole: bool = False) -> str:
    """A phrase without what is no part of a metric: numbering, periods, organisations, verbs of saying.

    ``whole`` keeps the attributive clause of a long one, which parts it from others of its kind.

    >>> clean_phrase("我办已完成工业产值"), clean_phrase("2020年度收入总计"), clean_phrase("全区共有商业银行")
    ('工业产值', '收入总计', '商业银行')
    >>> clean_phrase("教育支出（科目编码205）"), clean_phrase("生产总值[2]"), clean_phrase("财政金融 全年存款余额")
    ('教育支出', '生产总值', '存款余额')
    >>> clean_phrase("完成和超额完成计划的有原煤、原油等"), clean_phrase("一般公共预算收入")
    ('完成和超额完成计划', '一般公共预算收入')
    >>> clean_phrase("柳溪镇2020年“三公”经费"), clean_phrase("各单位使用财政拨款安排“三公”经费预算")
    ('“三公”经费', '“三公”经费预算')
    >>> clean_phrase("下降的主要原因是今年减少项目支出"), clean_phrase("学费均过")
    ('减少项目支出', '学费')
    >>> clean_phrase("超过了“一五”计划规定的"), clean_phrase("该项"), clean_phrase("其中：1.公务用车购置")
    ('', '', '公务用车购置')
    """
    if not phrase or _seek("asked").fullmatch(phrase):
        return ""
    phrase = _drop("note", _drop("code", _drop("marker", trim_edge(_drop("remark", phrase)))))
    listed = _seek("listed").fullmatch(phrase)
    if listed:
        return trim_edge(listed["what"])
    phrase = trim_edge(_drop("approved", _drop("cause", _drop("glued", _drop("found", _drop("arranged", phrase))))))
    phrase = _drop("added", strip_front(_strip_period(_drop("dated", phrase))))
    phrase = _drop("benefit", _drop("means", _drop("financed", _strip_organisation(phrase))))
    phrase = _strip_when(strip_front(_strip_period(_split_taken(_split_had(phrase)))))
    return trim_edge(_find_reached(phrase if whole else _find_head(phrase)))


def _drop(name: str, phrase: str) -> str:
    """A phrase without what one of the fragments matches."""
    return _seek(name).remove(phrase)


def _strip_organisation(phrase: str) -> str:
    """A phrase without the organisations in front of what they spend or do, but those that a clause describes.

    >>> _strip_organisation("县卫生局救助支出"), _strip_organisation("纳入决算范围的核算单位共")
    ('救助支出', '纳入决算范围的核算单位共')
    """
    shorter = _seek("organisation").remove(phrase, 1)
    if shorter == phrase:
        return phrase
    is_head = load_lists().relative[0] in phrase and not strip_back(shorter)
    return phrase if is_head else _strip_organisation(shorter)


def _find_reached(phrase: str) -> str:
    """What was reached (完成交通货运量), with who reached it only where the thing alone says too little (增加值).

    >>> _find_reached("全区完成工业产值"), _find_reached("股份制企业2024年实现利润")
    ('工业产值', '股份制企业利润')
    >>> _find_reached("公司2024年实现利润")
    '利润'
    """
    found = _seek("reach").search(phrase)
    if not found or found.end() == len(phrase):
        return phrase
    behind = trim_edge(phrase[found.end() :])
    return _find_owner(phrase[: found.start()], behind) + behind


def _split_had(phrase: str) -> str:
    """What is had, behind the last verb of having; with who has it only where the thing alone says too little (床位).

    >>> _split_had("全县拥有汽车"), _split_had("汽车拥有量"), _split_had("每百户拥有汽车")
    ('汽车', '汽车拥有量', '每百户拥有汽车')
    >>> _split_had("低保标准分别为每人每月")
    '低保标准'
    """
    found = list(_seek("had").finditer(phrase))
    if not found:
        return phrase
    last = found[-1]
    before, behind = phrase[: last.start()], phrase[last.end() :]
    return _find_owner(before, behind) + behind if strip_back(behind) else before


def _split_taken(phrase: str) -> str:
    """What somebody does something with (三个乡将专项资金), without who does; a future stays as it is (里程将达).

    >>> _split_taken("乡镇将专项资金"), _split_taken("里程将达到"), _split_taken("床位将新增")
    ('专项资金', '里程将达到', '床位将新增')
    """
    found = _seek("taken").fullmatch(phrase)
    what = strip_back(found["what"]) if found else ""
    return what if what and not is_verb(what) else phrase


def _find_owner(before: str, head: str) -> str:
    """Who has or reached what a ``head`` names, where that says too little without; not the reporting body itself."""
    if head in load_lists().generic:
        return before
    owner = str(compile_list("own").sub("", _strip_when(before.split()[-1]))) if before.strip() else ""
    is_told = head in _load_owned() or owner.endswith(tuple(load_lists().institutions))
    return owner if is_told and len(owner) <= LONGEST_OWNER else ""


@cache
def _load_owned() -> frozenset[str]:
    """The heads that are always somebody's."""
    names = patterns.lexicon("claims/subjects")
    return frozenset((*names["attributes"], *names["shared"]))


def _find_head(phrase: str) -> str:
    """The head noun of a long phrase with what stands in front of it, behind its attributive clause.

    >>> _find_head("空气质量达到国家二级标准的县市区数"), _find_head("经有关部门批准建设并完成的保障性住房")
    ('空气质量达到国家二级标准的县市区数', '保障性住房')
    """
    before, _, head = phrase.rpartition(load_lists().relative[0])
    longest = LONG_WAY if compile_list("through").search(before) else LONG_CLAUSE
    if len(head) < SHORTEST_HEAD or len(before) < longest or compile_list("joined").search(phrase):
        return phrase
    described = head in _load_owned() and not compile_list("within").search(before)
    return phrase if described or _is_owner(before) else head


def _is_owner(attribute: str) -> bool:
    """Whether an attribute says whose something is, with no verb that would make it a clause.

    >>> _is_owner("国营和公私合营工业工人"), _is_owner("经有关部门批准建设")
    (True, False)
    """
    verbs = load_lists().verb_tags
    return len(attribute) <= LONGEST_OWNER and not any(word.tag in verbs for word in words.cut(attribute))


def _strip_period(phrase: str) -> str:
    """The phrase without the calendar periods at its front."""
    while length := measure_leading(phrase):
        phrase = trim_edge(phrase[length:])
    return phrase


def _strip_when(phrase: str) -> str:
    """The phrase without the function words at its end, nor when it was (合作社在2024年已经发展到).

    >>> _strip_when("合作社在2024年已经"), _strip_when("通车里程今年将达")
    ('合作社', '通车里程')
    """
    phrase = strip_back(phrase)
    while length := measure_trailing(phrase):
        phrase = strip_back(trim_edge(phrase[:-length]))
    return phrase


def join_phrases(front: str, behind: str) -> str:
    """Two phrases as one; what ends the first and begins the second stands once.

    >>> join_phrases("财政拨款支出", "支出决算")
    '财政拨款支出决算'
    """
    shortest = 1 if len(behind) == 1 or len(front) == 1 else 2
    for size in range(min(len(front), len(behind)), shortest - 1, -1):
        if front.endswith(behind[:size]):
            return front + behind[size:]
    return front + behind


def drop_statement(name: str) -> str:
    """The name of an item without what its amount is called (全年预算数, 执行数).

    >>> drop_statement("公用经费预算数"), drop_statement("公用经费")
    ('公用经费', '公用经费')
    """
    listed = load_lists().statement
    # Most names end with none of them, which is told at once.
    if not name.endswith(listed):
        return name
    return name.removesuffix(max(filter(name.endswith, listed), key=len))


def is_verb(phrase: str) -> bool:
    """Whether a phrase is a bare verb, which names nothing by itself.

    >>> is_verb("增长"), is_verb("发放救助金"), is_verb("管理费")
    (True, False, False)
    """
    cut = words.cut(phrase)
    if len(cut) != 1 or phrase in (*load_lists().generic, *load_lists().nominal):
        return False
    return cut[0].tag in load_lists().verb_tags


def has_list_mark(phrase: str) -> bool:
    """Whether a phrase lists several things (公路、铁路); a mark may be no more than part of a word (惠及).

    >>> has_list_mark("公路、铁路"), has_list_mark("政策惠及"), has_list_mark("幸福院及")
    (True, False, True)
    """
    marks = tuple(load_lists().list_marks)
    if not any(mark in phrase for mark in marks):
        return False
    is_last = phrase.endswith(marks) and not phrase.endswith(tuple(load_lists().kept))
    return is_last or any(word.text in marks for word in words.cut(phrase))


def take_nouns(cut: Sequence[Word]) -> list[Word]:
    """The words at the front that are nouns; the first is taken whatever its tag, a rank with what is above it.

    >>> "".join(word.text for word in take_nouns(words.cut("地级及以上城市")))
    '地级及以上城市'
    """
    ranked = {at + step for at in range(len(cut) - 1) if _is_rank(cut[at : at + 2]) for step in (0, 1)}
    taken = takewhile(lambda at: at in ranked or _is_noun(cut[at]), range(1, len(cut)))
    return [*cut[:1], *(cut[at] for at in taken)]


def _is_rank(pair: Sequence[Word]) -> bool:
    """Whether two words say that what is above or below a rank is meant too: 及以上."""
    return pair[0].text in load_lists().list_marks and pair[1].text in load_lists().joints


def join_nouns(cut: Sequence[Word]) -> str:
    """The nouns at the front of some words as a phrase."""
    return strip_back(join_words(take_nouns(cut)))


def join_words(cut: Sequence[Word]) -> str:
    """Words as the text that they were cut from."""
    return "".join(word.text for word in cut)


def _is_noun(word: Word) -> bool:
    """Whether a word is a noun or the end of one, and not one that lists."""
    nominal = word.tag in load_lists().noun_tags or word.text in load_lists().noun_ends
    return nominal and word.text not in load_lists().list_marks
