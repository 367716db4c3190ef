"""What bodies that are counted are said to have done, behind their number (9个部门违规收费2亿元)."""

from __future__ import annotations

from functools import partial

from extractor import patterns, words
from extractor.claims.context import Context
from extractor.claims.edges import strip_back, trim_edge
from extractor.claims.phrases import LONGEST, is_verb
from extractor.claims.readings import Name, Named, Reading, Settled
from extractor.claims.sentences import Mention, find_clause_end, find_next
from extractor.claims.word_lists import load_lists

# A deed begins within so many characters behind its number, others that did the same among them, and its clause ends
# within so many.
REACH = 120
SHARED_DEED = "metrics.shared_deed"
# Behind a comma a thing is of the deed in front of it only if both are called alike: 表彰先进个人20名，先进集体5个.
COMMA, ALIKE = "，", 2

_expression = partial(patterns.fragment, "claims/deeds")


def find_deed(mention: Mention) -> str:
    """The name of the bodies that a number counts with what they are said to have done; empty where none is told.

    >>> from extractor.claims.trial import read_last
    >>> find_deed(read_last("4家所属单位自2022年以来违规发放津补贴，").mention)
    '所属单位违规发放津补贴'
    >>> find_deed(read_last("15个项目将配套用地用于商业开发。").mention)
    '项目将配套用地用于商业开发'
    >>> find_deed(read_last("62家企业实现增产，").mention)
    ''
    """
    end = min(mention.sentence.end, mention.quantity.end + REACH)
    found = _expression("told").match(mention.text, mention.quantity.end, end)
    if not found:
        return ""
    name = found["body"].strip() + _read_deed(mention, *found.span("deed"))
    return name if len(name) <= LONGEST else ""


def _read_deed(mention: Mention, start: int, end: int) -> str:
    """What was done, as far as the next number; what is done with so much of a thing goes on behind it.

    >>> from extractor import extract
    >>> [one.metric for one in extract("15个项目将用地33亩用于商业开发。".encode(), name="a.txt").claims][0]
    '项目将用地用于商业开发'
    """
    text, following = mention.text, find_next(mention.sentence, start)
    if not following or following.start >= end:
        return strip_back(trim_edge(text[start:end]))
    deed = trim_edge(text[start : following.start])
    if not deed.startswith(tuple(patterns.lexicon("claims/deeds")["moved"])):
        # What stands behind the last mark of a list is what the next number is of: 企业参与试点、金额2亿元.
        return strip_back(trim_edge(deed.rpartition(load_lists().list_marks[0])[0] or deed))
    behind = find_clause_end(text, following.end, mention.sentence.end)
    return deed + strip_back(trim_edge(text[following.end : behind]))


def name_by_shared_deed(reading: Reading, context: Context, lead: str) -> Named:
    """A thing by itself with what was done with the one right in front of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("建成公路312公里、桥梁25座。").name.metric, read_last("建成公路312公里、修复桥梁5座。").name.metric
    ('建成桥梁', '修复桥梁')
    >>> read_last("表彰先进个人20名，先进集体5个。").name.metric
    '表彰先进集体'
    >>> read_last("建成公路312公里，现有桥梁25座。").name.metric
    '桥梁'
    >>> read_last("处置贷款38亿元，其中核销19亿元、现金清收12亿元。").name.metric
    '现金清收'
    """
    last = context.last_in(reading.mention.sentence)
    if not last or last.ties.total_metric or (last.frame.kind, reading.frame.kind) != ("level", "level"):
        return None
    between = reading.mention.text[last.quantity.end : reading.quantity.start].strip()
    deed = _expression("deed_in_front").search(last.name.text or "")
    mark, thing = between.removesuffix(lead), deed["thing"] if deed else ""
    is_next = mark == load_lists().list_marks[0] or (mark == COMMA and thing[:ALIKE] == lead[:ALIKE])
    is_thing = is_next and _expression("thing").fullmatch(lead)
    is_shared = deed and is_thing and not is_verb(words.cut(lead)[0].text)
    return Settled(Name(deed["deed"] + lead), SHARED_DEED) if is_shared else None
