"""What a number counts, by the words behind it (5支应急队伍)."""

from __future__ import annotations

from functools import cache, reduce

import msgspec

from extractor import patterns, words
from extractor.claims.deeds import find_deed
from extractor.claims.edges import strip_back, trim_edge
from extractor.claims.phrases import LONGEST, has_list_mark, is_verb, join_nouns, join_words, take_nouns
from extractor.claims.sentences import Mention, find_clause_end, find_next, is_bound
from extractor.claims.word_lists import compile_list, load_lists
from extractor.model import Dimension
from extractor.quantities import units
from extractor.quantities.model import Quantity
from extractor.words import Word

# Numbers of these dimensions do not count what stands behind them.
UNCOUNTED: frozenset[Dimension] = frozenset({"percent", "percentage_point", "duration", "age"})
# Numbers of these measure something of what the one in front of them counts (24个城市道路噪声68分贝).
MEASURED: frozenset[Dimension] = UNCOUNTED | {"other", "mass", "volume"}
# Two numbers side by side share what stands behind the second (9个部门13家单位), but for these and for money.
UNSHARED = UNCOUNTED | {"money"}
# Numbers of these count what stands behind them even where a remark in a bracket comes first.
COUNTS: frozenset[Dimension | None] = frozenset({"count", "person", "household"})


def find_counted(mention: Mention, lead: str) -> str:
    """The words behind the number, where they name what it counts; ``lead`` is the phrase in front of it.

    >>> from extractor.claims.trial import read_last
    >>> find_counted(read_last("组建5支应急队伍，").mention, "组建")
    '应急队伍'
    >>> find_counted(read_last("少编收入20万元的问题，").mention, "少编收入")
    ''
    >>> find_counted(read_last("抽查的86个项目中，").mention, "抽查")
    '项目'
    >>> find_counted(read_last("最高的3个城市依次是甲、乙和丙，").mention, "最高")
    '城市'
    >>> find_counted(read_last("发放救助金20万元，").mention, "发放救助金")
    ''
    >>> find_counted(read_last("与上半年的20家相比有所下降，").mention, "与上半年的")
    ''
    >>> find_counted(read_last("甲省102家（不完全统计）生产企业，").mention, "")
    '生产企业'
    >>> find_counted(read_last("外国协助建设的141个项目从设计到开工，").mention, "外国协助建设的")
    '项目'
    """
    mention = skip_aside(mention)
    if mention.quantity.dimension in COUNTS and (told := find_deed(mention)):
        return told
    right = mention.right.strip()
    if not right:
        return _find_grouped(mention, lead)
    if not _may_count(mention, right) or compile_list("compares").match(right):
        return ""
    cut = words.cut(right)
    if len(cut) > 1 and cut[0].text in load_lists().relative:
        cut = cut[1:]
        if cut[0].text in load_lists().loose:
            return ""
    governed = _is_governed(mention)
    named = _is_named(mention, lead, cut, governed) or _is_class(mention, cut) or _is_paired(mention, right)
    if not named and not patterns.fragment("vocabulary/numerals", "round").match(right):
        return ""
    counted = _find_attributed(mention, right[cut[0].start :], governed) or _find_phrase(mention, right, cut)
    if is_verb(counted) and len(counted) == 1:
        return ""
    return reduce(_cut_behind, ("followed", "enumerated", "since", "within"), counted)


def _cut_behind(counted: str, what: str) -> str:
    """The name of what is counted without what one of the lists says of it."""
    return str(compile_list(what).sub("", counted))


def skip_aside(mention: Mention) -> Mention:
    """A mention that counts things, with the bracket between its number and their name as a part of it."""
    if mention.right or mention.quantity.dimension not in COUNTS:
        return mention
    text, ceiling = mention.text, min(mention.sentence.end, mention.quantity.end + LONGEST)
    found = compile_list("aside").match(text, mention.quantity.end, ceiling)
    if not found:
        return mention
    following = find_next(mention.sentence, found.end())
    end = find_clause_end(text, found.end(), following.start if following else mention.sentence.end)
    quantity = msgspec.structs.replace(mention.quantity, end=found.end())
    return msgspec.structs.replace(mention, quantity=quantity, right=text[found.end() : end])


def _find_grouped(mention: Mention, lead: str) -> str:
    """What stands behind another number of the same things (完成10类42项实事项目); else nothing."""
    following = _find_following(mention)
    if following and is_bound(mention.text, following):
        return _find_bounded(mention, following)
    if following and (not lead or _is_governed(mention)) and (told := _find_done_for(mention, following)):
        return told
    counts = (mention.quantity.dimension, following.dimension if following else None)
    if not following or counts != ("count", "count") or not _is_classifier(mention.quantity):
        return ""
    return _find_shared(mention, following, "")


def _find_done_for(mention: Mention, following: Quantity) -> str:
    """What households do or what is done for them, where the people in them are counted too; empty without either.

    >>> from extractor import extract
    >>> [one.metric for one in extract("春节期间为20户52人发放救助金3万元。".encode(), name="a.txt").claims]
    ['春节期间发放救助金', '发放救助金', '发放救助金']
    >>> [one.metric for one in extract("全镇20户52人享受低保。".encode(), name="a.txt").claims]
    ['享受低保', '享受低保']
    """
    if (mention.quantity.dimension, following.dimension) != ("household", "person"):
        return ""
    said = _find_shared(mention, following, "")
    return said if said and _is_predicate(words.cut(said)) else ""


def _is_governed(mention: Mention) -> bool:
    """Whether a word in front of a number governs what it counts (向1875名人员发放)."""
    return mention.left.rstrip().endswith(tuple(load_lists().governing))


def _find_bounded(mention: Mention, following: Quantity) -> str:
    """What is counted, where an age or a bound of it stands in front of its name.

    >>> from extractor.claims.trial import read_last
    >>> find_counted(read_last("引进3个").mention, "引进")
    ''
    >>> from extractor import extract
    >>> [one.metric for one in extract("引进3个10亿元以上项目。".encode(), name="a.txt").claims]
    ['引进10亿元以上项目', '项目']
    """
    end = min(mention.sentence.end, following.end + LONGEST)
    said = mention.text[following.end : find_clause_end(mention.text, following.end, end)]
    nouns = join_nouns(words.cut(_cut_at_number(mention, following, said)))
    return mention.text[following.start : following.end] + nouns


def _is_classifier(quantity: Quantity) -> bool:
    """Whether a noun follows the unit of a number (3个村), which does not stand alone (39人分红)."""
    return quantity.unit.lstrip(units.multipliers()) in load_lists().classifiers


def _may_count(mention: Mention, right: str) -> bool:
    """Whether there are words behind the number that may name what it counts."""
    if not trim_edge(right) or mention.quantity.dimension in UNCOUNTED:
        return False
    if patterns.fragment("vocabulary/changes", "result").match(right) or compile_list("steps").match(right):
        return False
    return not right.startswith(_load_other_starts())


@cache
def _load_other_starts() -> tuple[str, ...]:
    """What behind a number does not name what it counts: lists, verbs of change before a result, words that compare.

    Nor does what each of them gets (带动农户50户户均增收2000元).
    """
    names, averaged = patterns.lexicon("claims/changes"), patterns.lexicon("vocabulary/measures")["averaged"]
    return (*load_lists().list_marks, *names["increase"], *names["decrease"], *names["compared"], *averaged)


def _is_named(mention: Mention, lead: str, cut: list[Word], governed: bool) -> bool:
    """Whether the words behind name what is counted."""
    first = cut[0]
    nominal = first.tag in load_lists().noun_tags and first.text not in load_lists().joints
    if governed or nominal:
        return True
    if first.tag in load_lists().weak_tags:
        return _is_object(mention, cut)
    return _is_awaited(mention, lead)


def _is_object(mention: Mention, cut: list[Word]) -> bool:
    """Whether words behind a number are what a verb in front does (完成540户灾后重建, 引进3种特许药品)."""
    if not mention.left.rstrip().endswith(tuple(load_lists().deeds)):
        return False
    first = cut[0]
    place = first.tag in load_lists().place_tags and first.text not in load_lists().joints
    return place or (len(first.text) > 1 and [_is_noun(word) for word in cut[:2]] == [False, True])


def _is_paired(mention: Mention, right: str) -> bool:
    """Whether words behind a number are joined to those behind the next (71户建档立卡户和11户农户).

    >>> from extractor import extract
    >>> [one.metric for one in extract("71户建档立卡户和11户农户入住。".encode(), name="a.txt").claims]
    ['建档立卡户', '农户入住']
    """
    following = _find_following(mention)
    joined = following is not None and right.endswith(tuple(load_lists().list_marks))
    return joined and {mention.quantity.dimension, following.dimension if following else None} <= COUNTS


def _is_awaited(mention: Mention, lead: str) -> bool:
    """Whether a measure word waits for the noun it counts (12支巡逻队伍), which nothing in front has named."""
    bare = not mention.quantity.unit.lstrip(units.multipliers())
    waits = bare or _is_classifier(mention.quantity)
    if not lead or not waits:
        return not lead
    left = mention.left.rstrip()
    return left.endswith((*load_lists().relative, *load_lists().deeds)) or is_verb(lead)


def _is_class(mention: Mention, cut: list[Word]) -> bool:
    """Whether the words behind are a class of which a list in front names each (甲公司、乙公司2家限上企业).

    >>> from extractor.claims.trial import read_last
    >>> read_last("新增甲乙有限公司、丙丁有限公司2家限上企业。").name.metric
    '新增限上企业'
    """
    listed = has_list_mark(mention.left) and _is_classifier(mention.quantity)
    return listed and [_is_noun(word) for word in cut] == [False, True]


def _is_noun(word: Word) -> bool:
    """Whether a word is a noun."""
    return word.tag in load_lists().noun_tags


def _find_attributed(mention: Mention, right: str, governed: bool) -> str:
    """The things counted, where they are the attribute of what follows (12个社区的环境); else nothing."""
    counted, relative, _ = right.partition(load_lists().relative[0])
    if not relative or governed:
        return ""
    things = mention.quantity.dimension == "count" or _is_noun_phrase(mention, counted)
    if not things or len(counted) <= 1:
        return ""
    return strip_back(trim_edge(counted))


def _is_noun_phrase(mention: Mention, counted: str) -> bool:
    """Whether what an amount of money is of has a name of nouns alone (8亿元信托借款的偿付)."""
    if mention.quantity.dimension != "money" or not counted:
        return False
    cut = words.cut(counted)
    return join_nouns(cut) == counted and not is_verb(cut[-1].text)


def _find_phrase(mention: Mention, right: str, cut: list[Word]) -> str:
    """The phrase behind the number, as far as the next number or as it is short."""
    following = _find_following(mention)
    if not following and len(right) <= LONGEST:
        return strip_back(trim_edge(right[cut[0].start :]))
    if following and following.dimension in MEASURED and (body := _find_body(right[cut[0].start :])):
        return body
    doer = _find_doer(cut)
    if doer and _is_short(doer):
        return strip_back(doer)
    nouns = take_nouns(cut)
    said = cut[len(nouns) :]
    if following and not said:
        return _find_shared(mention, following, join_nouns(cut))
    whole = trim_edge(join_words(cut))
    if (_is_predicate(said) or _is_deed(mention, nouns)) and _is_short(whole):
        return strip_back(whole)
    return join_nouns(cut)


def _find_doer(cut: list[Word]) -> str:
    """What is counted, where it is said to have reached something of its own: 62家企业实现产值3亿元; else nothing.

    >>> _find_doer(words.cut("规模以上企业实现产值")), _find_doer(words.cut("规模以上企业"))
    ('规模以上企业', '')
    """
    deed = next((at for at, word in enumerate(cut) if compile_list("reach").fullmatch(word.text)), 0)
    return trim_edge(join_words(cut[:deed]))


def _is_predicate(said: list[Word]) -> bool:
    """Whether words begin with a verb, and so say something of what stands in front of them."""
    if not said:
        return False
    return said[0].tag in load_lists().verb_tags


def _comes_to_predicate(said: list[Word]) -> bool:
    """Whether words that stand in front of a verb begin, and one follows (在网上办过事)."""
    lists = load_lists()
    if not said or said[0].tag not in lists.before_verb_tags:
        return False
    return any(word.tag in (*lists.verb_tags, *lists.aspect_tags) for word in said)


def _is_deed(mention: Mention, nouns: list[Word]) -> bool:
    """Whether what stands behind a number of people begins with a verb alone, what they do or get (52人发放补贴)."""
    return mention.quantity.dimension in ("person", "household") and len(nouns) == 1 and _is_predicate(nouns)


def _is_short(phrase: str) -> bool:
    """Whether nouns and what is said of them are one phrase: short, and no list (13家单位未上缴收入)."""
    if has_list_mark(phrase):
        return False
    return len(phrase) <= LONGEST


def find_said(mention: Mention, phrase: str) -> str:
    """The nouns that a phrase behind a number begins with, and what is said of them up to the end of their clause.

    >>> from extractor.claims.trial import read_last
    >>> find_said(read_last("有八成的农户加入合作社。").mention, "农户加入合作社")
    '农户加入合作社'
    >>> find_said(read_last("占两成的农户。").mention, "农户")
    ''
    >>> find_said(read_last("有八成的农户已经在网上办过事。").mention, "农户已经在网上办过事")
    '农户已经在网上办过事'
    """
    cut = words.cut(phrase)
    said = cut[len(take_nouns(cut)) :]
    if said and said[0].text in load_lists().list_marks:
        said = said[1 + len(take_nouns(said[1:])) :]
    whole = strip_back(trim_edge(phrase))
    told = (_is_predicate(said) or _comes_to_predicate(said)) and len(whole) <= LONGEST
    return whole if told and not _find_following(mention) else ""


def _find_shared(mention: Mention, following: Quantity, nouns: str) -> str:
    """The nouns in front of another number, with what is said behind that one of both (9个部门13家单位…)."""
    if following.dimension in UNSHARED:
        return nouns
    end = min(mention.sentence.end, following.end + LONGEST)
    said = mention.text[following.end : find_clause_end(mention.text, following.end, end)]
    said = strip_back(trim_edge(_cut_at_number(mention, following, said)))
    own = nouns and _is_classifier(following) and said == join_nouns(words.cut(said))
    return nouns if own else nouns + said


def _find_body(phrase: str) -> str:
    """The bodies that are counted, in front of what is measured of them; empty without any.

    >>> _find_body("设区市空气"), _find_body("应急队伍")
    ('设区市', '')
    """
    found = patterns.fragment("claims/subjects", "body").match(phrase)
    return found["body"] if found else ""


def _cut_at_number(mention: Mention, following: Quantity, said: str) -> str:
    """``said``, which stands behind ``following``, as far as the next number."""
    number = find_next(mention.sentence, following.end)
    return said[: number.start - following.end] if number else said


def _find_following(mention: Mention) -> Quantity | None:
    """The number at which the words behind a mention end, if they end at one."""
    at = mention.quantity.end + len(mention.right)
    following = find_next(mention.sentence, at)
    if following and following.start == at:
        return following
    return None
