"""Whose total a side of a balance comes to, by what its paragraph says is balanced (全市收支平衡情况：总收入…)."""

from __future__ import annotations

from functools import partial

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.sentences import Mention

# The label opens a paragraph, its two sides are told within so many characters behind it.
REACH = 400
BALANCED = "metrics.balanced"

_expression = partial(patterns.fragment, "claims/subjects")


def name_by_balance(reading: Reading, context: Context, lead: str) -> Named:
    """By what is balanced, where the words in front only name all of one side.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全市一般公共预算收支平衡情况：总收入30亿元，其中：结余2亿元。总支出30亿元，").name.metric
    '全市一般公共预算总支出'
    >>> read_last("收支平衡情况：总收入30亿元，").name.metric
    '总收入'
    """
    if not lead or not _expression("all_of_side").fullmatch(lead):
        return None
    balanced = find_balanced(reading.mention)
    return Settled(Name(balanced + lead), BALANCED) if balanced else None


def find_balanced(mention: Mention) -> str:
    """What the last label of a balance in front of a number says is balanced; empty where none does."""
    start = max(mention.sentence.block.start, mention.quantity.start - REACH)
    found = list(_expression("balanced").finditer(mention.text, start, mention.quantity.start))
    return found[-1]["label"] if found else ""
