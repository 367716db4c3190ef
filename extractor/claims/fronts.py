"""What of the words in front of a number belongs to the name behind it: an attribute, a verb."""

from __future__ import annotations

from itertools import takewhile

from extractor import words
from extractor.claims.phrases import LONGEST, has_list_mark, join_words
from extractor.claims.sentences import Mention
from extractor.claims.word_lists import compile_list, load_lists

# Nine in ten attributes of what is counted are shorter; what is longer holds another statement.
LONGEST_ATTRIBUTE = 18


def find_attribute(mention: Mention, lead: str) -> str:
    """The attribute that begins a clause and stands in front of a number (协助建设的141个项目); else nothing."""
    left, relative = mention.left.rstrip(), load_lists().relative[0]
    whole = mention.quantity.start - len(mention.left) == mention.clause
    if not left.endswith(relative) or not whole or not 1 < len(lead) <= LONGEST_ATTRIBUTE:
        return ""
    return "" if has_list_mark(lead) else lead + relative


def find_front(mention: Mention, lead: str) -> str:
    """The part of the words in front that belongs to a metric behind the number: a verb, not a list or an attribute."""
    left = mention.left.rstrip()
    attributive = left.endswith(tuple(load_lists().relative))
    if attributive or left.endswith(tuple(load_lists().pointing)) or _is_among(mention):
        return ""
    if has_list_mark(left):
        return "" if left.startswith(tuple(load_lists().list_marks)) else _find_governing(lead)
    return str(compile_list("within").sub("", lead)) if len(lead) <= LONGEST else ""


def _is_among(mention: Mention) -> bool:
    """Whether what stands in front is only what another number counts, of which some are meant (41个行业中32个)."""
    start = mention.quantity.start - len(mention.left)
    counted = any(quantity.end == start for quantity in mention.sentence.quantities)
    return counted and compile_list("within").search(mention.left.rstrip()) is not None


def _find_governing(lead: str) -> str:
    """The verb in front of a list of names, or all of a list of verbs: 建成甲路、乙路等50条道路; 新建、改建6座污水厂.

    >>> [_find_governing(lead) for lead in ("建成永明路北段、迎春东街", "新建、改建", "甲公司、乙公司")]
    ['建成', '新建、改建', '']
    >>> [_find_governing(lead) for lead in ("发展改革委、文化部", "就业创业、社区服务", "分为货物类、工程类")]
    ['', '', '']
    """
    lists, cut = load_lists(), words.cut(lead)
    verbs = list(takewhile(lambda word: word.tag in lists.verb_tags, cut))
    behind = cut[len(verbs) :]
    if not verbs or not behind or verbs[0].text not in lists.deeds:
        return ""
    if behind[0].text not in lists.list_marks:
        return join_words(verbs)
    return lead if all(word.tag in lists.verb_tags or word.text in lists.list_marks for word in cut) else ""
