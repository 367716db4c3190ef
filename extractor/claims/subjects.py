"""Subjects: what a number is of where the words in front of it say only what is counted or done.

The heads and verbs for which this holds, and how a subject is named, are in ``patterns/claims/subjects.toml``.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.phrases import clean_phrase
from extractor.claims.sentences import Mention, find_enclosed_plan, find_last
from extractor.claims.word_lists import load_lists
from extractor.sought import seek

# What a bracket is of stands within so many characters in front of its number.
FRONT = 36
# What is pointed back at was named within so many characters: the sentence before.
MEANT = 160

_expression = partial(patterns.fragment, "claims/subjects")
"""One of the fragments of ``patterns/claims/subjects.toml``."""


class Subject(Struct, frozen=True):
    """What a stretch of a paragraph is about, from the offset ``start`` on."""

    start: int
    name: str


@cache
def load_words(name: str) -> tuple[str, ...]:
    """One of the word lists, the longest first."""
    return tuple(sorted(patterns.lexicon("claims/subjects")[name], key=len, reverse=True))


def find_subjects(text: str) -> tuple[Subject, ...]:
    """The subjects that a paragraph names in front of what it tells of them, in order.

    >>> [one.name for one in find_subjects("（1）甲乙药业有限公司，注册资本5亿元。（2）丙丁集团：净利润3亿元。")]
    ['甲乙药业有限公司', '丙丁集团']
    """
    return tuple(
        Subject(found.start(), found["who"] or found["founded"]) for found in _expression("subject").finditer(text)
    )


def find_subject(subjects: tuple[Subject, ...], at: int) -> str:
    """The subject that rules at an offset; empty without one."""
    index = bisect_right(subjects, at, key=lambda one: one.start) - 1
    return subjects[index].name if index >= 0 else ""


def find_bracketed(mention: Mention) -> str:
    """What stands right in front of the bracket that a number stands in alone; empty where a number does.

    >>> from extractor.claims.trial import read_last
    >>> read_last("存货主要由土地资产（140亿元）、开发成本（22亿元）构成。").name.metric
    '开发成本'
    >>> read_last("财政收入20亿元（30亿元）。").name.metric
    '财政收入'
    """
    front = mention.text[max(0, mention.quantity.start - FRONT) : mention.quantity.start]
    found = seek("claims/subjects", "bracketed").search(front)
    return found["what"] if found else ""


def find_meant(mention: Mention, lead: str) -> str:
    """What a name that points back (该项目总投资) is of, as it was called before; empty if it points nowhere.

    >>> from extractor.claims.trial import read_last
    >>> read_last("新建滨河水厂项目，占地宽广。该项目总投资3亿元。").name.metric
    '新建滨河水厂项目总投资'
    """
    pointing = _expression("again").match(lead)
    if not pointing:
        return ""
    ends = _expression("ends").pattern
    named = regex.compile(rf"[^，,。；;：:、（()）“”\s0-9]{{2,20}}?{pointing['noun']}{ends}")
    before = mention.text[max(mention.sentence.block.start, mention.clause - MEANT) : mention.clause]
    names = [clean_phrase(found) for found in named.findall(before) if not _expression("again").match(found)]
    return names[-1] + pointing["rest"] if names and names[-1] else ""


def find_plan(mention: Mention) -> str:
    """The plan that a number is, where the words behind it measure something against it; empty where they do not.

    >>> from extractor.claims.trial import read_last
    >>> find_plan(read_last("收入81万元，完成年初预算90万元的").mention)
    '年初预算'
    >>> find_plan(read_last("收入81万元，完成全年目标（90万元）").mention)
    '全年目标'
    """
    if mention.right.strip() not in load_lists().relative:
        return find_enclosed_plan(mention.text, mention.quantity)
    found = patterns.fragment("claims/completion", "measured").search(mention.left)
    return found["plan"] if found else ""


def find_divided(mention: Mention) -> str:
    """What a number is the whole of, where the words behind it say how large a part is; empty where they do not.

    >>> from extractor.claims.trial import read_last
    >>> find_divided(read_last("非税收入8亿元，占全年财政收入20亿元的").mention)
    '财政收入'
    """
    if mention.right.strip() not in load_lists().relative:
        return ""
    found = _expression("divided").search(mention.left)
    return clean_phrase(found["whole"]) if found else ""


def is_measure(mention: Mention) -> bool:
    """Whether a number is no amount that others are of: what the one behind it is measured against, or an average.

    >>> from extractor.claims.trial import read_last
    >>> is_measure(read_last("收入完成预算20亿元的").mention), is_measure(read_last("收入20亿元，年平均5亿元").mention)
    (True, True)
    >>> read_last("2020年至2024年收入20亿元，年平均4亿元，其中税收12亿元。").ties.total.metric
    '收入'
    """
    if mention.left.rstrip().endswith(load_words("averages")):
        return True
    return bool(find_plan(mention) or find_divided(mention))


def find_label(mention: Mention) -> str:
    """The label that the colon in front of a number's clause ends; empty where there is none.

    >>> from extractor.claims.trial import read_last
    >>> find_label(read_last("其中：教育类支出：安排4亿元").mention)
    '教育类支出'
    """
    found = _expression("label").search(mention.text, max(0, mention.clause - FRONT), mention.clause)
    return found["label"] if found else ""


def find_title(mention: Mention) -> str:
    """The label that a number alone stands behind; empty where there is none.

    >>> from extractor.claims.trial import read_last
    >>> find_title(read_last("注册资本：人民币5亿元").mention)
    '注册资本'
    """
    found = _expression("titled").search(mention.text, mention.sentence.start, mention.quantity.start)
    return clean_phrase(found["label"]) if found else ""


def find_holder(mention: Mention) -> str:
    """Whose money a line of a list tells, by the label in front of its clause; empty where there is none.

    >>> from extractor.claims.trial import read_last
    >>> find_holder(read_last("青溪县：专项资金2亿元").mention)
    '青溪县'
    """
    if mention.quantity.dimension != "money":
        return ""
    found = _expression("holder").search(mention.text, max(0, mention.clause - FRONT), mention.clause)
    return found["label"] if found else ""


def find_collector(lead: str) -> str:
    """Who collected an amount, by the words in front of it; empty where they do not say it."""
    found = _expression("collected").search(lead)
    return found["who"] if found else ""


def drop_collector(name: str) -> str:
    """What was collected, without who did."""
    return str(_expression("collector").sub("", name))


def find_topic_head(mention: Mention, lead: str) -> str:
    """What is measured of all things that a colon lists, by the words in front; empty where a name says it itself.

    >>> from extractor.claims.trial import read_last
    >>> read_last("用产量比较：水泥480万吨，为1952年的2.4倍；棉纱13万吨。").name.metric
    '棉纱产量'
    >>> read_last("总诊疗量中，医院38亿人次，其他医疗卫生机构3亿人次。").name.metric
    '其他医疗卫生机构总诊疗量'
    """
    if is_measured(lead):
        return ""
    front = mention.text[mention.sentence.start : mention.quantity.start]
    found = _expression("among").match(front)
    if not found and mention.quantity.dimension in ("mass", "volume", "energy", "count", "length", "other"):
        found = _expression("topic").match(front)
    return found["head"] if found else find_product_head(mention)


def is_measured(lead: str) -> bool:
    """Whether a name says itself what is measured.

    >>> is_measured("发电量"), is_measured("原煤")
    (True, False)
    """
    return bool(_expression("measured").search(lead))


def find_product_head(mention: Mention) -> str:
    """What products are told by that a sentence or its beginning says to have grown or fallen; empty without one.

    >>> from extractor.claims.trial import read_last
    >>> read_last("主要产品产量都有增长，钢增长1.2倍，原煤增长91%。").name.metric
    '原煤产量'
    >>> read_last("主要工业产品产量有升有降。其中：原盐39万吨，增长2%。").name.metric
    '原盐产量'
    """
    start = max(mention.sentence.block.start, mention.sentence.start - FRONT)
    found = _expression("products").search(mention.text, start, mention.quantity.start)
    return found["head"] if found and found.end() > mention.sentence.start else ""


def find_opened(mention: Mention, floor: int | None = None) -> str:
    """What a sentence opens with, where it tells of it under some condition that ends behind ``floor``; else nothing.

    >>> from extractor.claims.trial import read_last
    >>> find_opened(read_last("粮食在面积减少的情况下，总产量达到3亿吨，").mention)
    '粮食'
    """
    found = _expression("opened").match(mention.text, mention.sentence.start, mention.quantity.start)
    return str(found["who"]) if found and (floor is None or floor < found.end()) else ""


def find_moved(mention: Mention) -> str:
    """What the sentence in front says to have moved, without a number of its own; empty where it says nothing such.

    >>> from extractor.claims.trial import read_last
    >>> find_moved(read_last("固定资产投资稳步增长。全年完成12亿元，").mention)
    '固定资产投资'
    >>> find_moved(read_last("固定资产投资增长5%。全年完成12亿元，").mention)
    ''
    """
    start = max(mention.sentence.block.start, mention.sentence.start - FRONT - FRONT)
    found = seek("claims/subjects", "moved").search(mention.text[start : mention.sentence.start])
    return clean_phrase(found["what"]) if found else ""


def find_sized(mention: Mention, lead: str) -> str:
    """What has the size that a number is the attribute of; empty where it stands in front, or nothing does.

    >>> from extractor.claims.trial import read_last
    >>> find_sized(read_last("总投资4亿元的清溪光伏项目开工，").mention, "总投资")
    '清溪光伏项目'
    """
    if lead not in load_words("sizes"):
        return ""
    found = _expression("sized").match(mention.text, mention.quantity.end, mention.sentence.end)
    return found["what"] if found else ""


def find_turned(mention: Mention) -> str:
    """What the clause in front of a number's own says to have moved, behind the last number; empty where it is silent.

    >>> from extractor.claims.trial import read_last
    >>> find_turned(read_last("税收增长5%，进出口总值再创历史新高，达到12亿元，").mention)
    '进出口总值'
    """
    last = find_last(mention.sentence, mention.quantity.start)
    front = mention.text[last.end if last else mention.sentence.start : mention.clause]
    found = seek("claims/subjects", "turned").search(front)
    return clean_phrase(found["what"]) if found else ""


def find_same(lead: str, carried: str) -> str:
    """What is spoken of again as a part of the whole (这部分的支出), by the name it had; empty if it is another.

    >>> find_same("这部分的支出", "文教事业的支出"), find_same("这部分支出", "收入")
    ('文教事业的支出', '')
    """
    pointing = _expression("same").match(lead)
    return carried if pointing and carried.endswith(pointing["noun"]) else ""


def find_described(mention: Mention) -> str:
    """What the clause in front of a number tells of without one (存货主要由甲和乙构成，年末为3亿元)."""
    last = find_last(mention.sentence, mention.quantity.start)
    front = mention.text[last.end if last else mention.sentence.start : mention.quantity.start]
    found = _expression("described").search(front)
    return clean_phrase(found["what"]) if found else ""


def is_place(lead: str) -> bool:
    """Whether the words in front of a change only say where there is more or less of something (合并范围内)."""
    return bool(_expression("within").search(lead))
