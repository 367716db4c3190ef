"""Names of what stands beside a side of an account: the other side, the whole of it, and what is left of both.

Each is told by the word for it alone (收入20亿元，支出18亿元，结余2亿元) and is of the account that was named in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, takewhile

from extractor.claims.context import Context
from extractor.claims.phrases import has_list_mark
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.sentences import Mention
from extractor.claims.vocabulary import identify_metric
from extractor.claims.word_lists import compile_list, load_lists
from extractor.scope import find_facets

COUNTERPART = "metrics.counterpart"


def name_by_twin(reading: Reading, context: Context, lead: str) -> Named:
    """By the same total of the other side, in the same sentence.

    >>> from extractor.claims.trial import read_last
    >>> read_last("政府性基金预算收入总量20亿元、支出总量18亿元，").name.metric
    '政府性基金预算支出总量'
    >>> read_last("国有资本经营预算总收入20亿元，总支出18亿元，").name.metric
    '国有资本经营预算总支出'
    """
    twin = _find_twin(lead)
    names = _list_told(reading, context) if twin else ()
    front = next((name.removesuffix(twin) for name in names if name.endswith(twin) and name != twin), None)
    return Settled(Name(front + lead), COUNTERPART) if front else None


def _find_twin(lead: str) -> str:
    """What the same total of the other side is called; empty where this is the total of no side.

    >>> _find_twin("支出总量"), _find_twin("总收入"), _find_twin("合计"), _find_twin("收入")
    ('收入总量', '总支出', '', '')
    """
    lists = load_lists()
    for side, other in permutations(lists.sides):
        if side in lead and lead.replace(side, "") in (*lists.side_totals, *lists.side_wholes):
            return lead.replace(side, other)
    return ""


def name_by_sides(reading: Reading, context: Context, lead: str) -> Named:
    """By the fund whose sides its sentence told, for what is left of both or lacks.

    >>> from extractor.claims.trial import read_last
    >>> read_last("社会保险基金预算收入20亿元，支出18亿元，收支结余2亿元，").name.metric
    '社会保险基金预算收支结余'
    >>> read_last("税收收入20亿元，支出18亿元，结余2亿元，").name.metric
    '结余'
    >>> read_last("社会保险基金预算收入20亿元，支出18亿元，当年收支结余2亿元，").name.metric
    '社会保险基金预算当年收支结余'
    >>> read_last("社会保险基金收入20亿元，支出18亿元。当年收支结余2亿元，滚存结余9亿元，").name.metric
    '社会保险基金滚存结余'
    """
    balances = load_lists().balances
    if lead not in balances:
        return None
    lead_as_told = reading.frame.lead.strip()
    told = [name for name in balances if lead_as_told.endswith(name) and name.endswith(lead)]
    ends = (*load_lists().sides, *sorted(balances, key=len, reverse=True))
    parted = (name.partition(end) for name in _list_told(reading, context) for end in ends)
    front = next((_drop_whole(front) for front, side, _ in parted if side and _is_fund(front)), None)
    return Settled(Name(front + max(told, key=len, default=lead)), COUNTERPART) if front else None


def _drop_whole(front: str) -> str:
    """The front of a name without what says that all of a side is meant: 社会保险基金预算总."""
    return next((front.removesuffix(word) for word in load_lists().side_wholes if front.endswith(word)), front)


def _list_told(reading: Reading, context: Context) -> Iterator[str]:
    """The names of the amounts of a sentence, the last first; for its first amount of the one in front."""
    last = context.last
    sentence = last.mention.sentence if last else reading.mention.sentence
    told = takewhile(lambda one: one.mention.sentence is sentence, reversed(context.antecedents))
    return (one.name.text for one in told)


def _is_fund(front: str) -> bool:
    """Whether the front of a name is that of a budget with sides of its own, and of no list."""
    is_named = any(found.facet == "fund" for found in find_facets(front))
    return is_named and not has_list_mark(front)


def name_by_counterpart(reading: Reading, context: Context, lead: str) -> Named:
    """By the other side of an account that was named in full: 一般公共预算收入20亿元，支出18亿元.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全市一般公共预算收入20亿元，支出18亿元，").name.metric
    '一般公共预算支出'
    >>> read_last("一般公共预算收入20亿元，加上结转3亿元，收入总量23亿元。").name.metric
    '一般公共预算收入总量'
    >>> read_last("一般公共预算收入20亿元，增长5%。其中税收收入9亿元。支出18亿元。").name.metric
    '一般公共预算支出'
    >>> read_last("一般公共预算收入20亿元，加上债务转贷收入3亿元、上年结转1亿元，收入总量24亿元。").name.metric
    '一般公共预算收入总量'
    >>> read_last("收入预算286万元，其中：财政拨款收入286万元。支出预算286万元。").name.metric
    '支出预算'
    >>> read_last("一般公共预算支出20亿元。加上上解上级支出3亿元、债务还本支出1亿元，支出总量24亿元。").name.metric
    '一般公共预算支出总量'
    """
    known = _find_side(lead)
    if not known:
        return None
    whole = lead.startswith(known)
    fronts = [*_list_fronts(known, context, whole)]
    if whole:
        near = _find_beginning(fronts)
        fronts = [*((front, reading.mention) for front in near), *fronts]
    else:
        near = [front for front, one in fronts if one.sentence is reading.mention.sentence]
    told = [front for front, _ in fronts if identify_metric(front + lead)]
    front = next(iter(told or near), None)
    return Settled(Name(front + lead), COUNTERPART) if front else None


def _find_beginning(fronts: Sequence[tuple[str, Mention]]) -> list[str]:
    """What a total is of: what its sentence began with (税收收入20亿元，上级补助收入3亿元，收入总计23亿元)."""
    return [front for front, one in fronts if one.sentence is fronts[0][1].sentence][-1:]


def _list_fronts(side: str, context: Context, whole: bool) -> Iterator[tuple[str, Mention]]:
    """What stands in front of a side of an account in the names of the antecedents, the last first.

    What is added to it is no side (加上上解上级支出3亿元), a ``whole`` is of none of its parts, and beside the side of
    a whole body stands the other side of that, not of what it consists of.
    """
    for one in reversed(context.antecedents):
        is_apart = one.ties.total and (whole or _is_of_all(one.ties.total_metric, side))
        if is_apart or _is_added(one.mention):
            continue
        front, _, called = one.name.text.rpartition(side)
        if front and called in ("", *load_lists().statement, *load_lists().side_called) and not has_list_mark(front):
            yield front, one.mention


def _is_of_all(name: str, side: str) -> bool:
    """Whether a name is that of a side of all accounts.

    >>> _is_of_all("收入预算", "收入"), _is_of_all("总收入", "收入"), _is_of_all("一般公共预算收入", "收入")
    (True, True, False)
    """
    front, found, _ = name.rpartition(side)
    return bool(found) and front in ("", *load_lists().side_wholes)


def _is_added(mention: Mention) -> bool:
    """Whether a number stands behind words that add it, and others of its list, to a side of an account."""
    return bool(compile_list("adding").search(mention.text[mention.sentence.start : mention.quantity.start]))


def _find_side(lead: str) -> str | None:
    """The side of an account whose name in front also names this one: the other side, or that of which it is the whole.

    >>> _find_side("支出"), _find_side("收入总量"), _find_side("支出安排"), _find_side("税收")
    ('收入', '收入', '收入', None)
    """
    sides = load_lists().sides
    for side in sides:
        called = lead.removeprefix(side)
        if called in load_lists().side_totals and called != lead:
            return side
        if called != lead and called in ("", *load_lists().statement, *load_lists().side_called):
            return next(other for other in sides if other != side)
    return None
