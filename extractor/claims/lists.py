"""Lists of parts: which words open one behind a total, which close it, and the levels that a list may be of."""

from __future__ import annotations

from functools import partial
from itertools import accumulate, dropwhile, islice, takewhile

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.levels import NEAREST, Items, Level, Lists, OpenList, levels_before
from extractor.claims.memory import walk_back
from extractor.claims.sentences import Mention, load_marks
from extractor.sections.markers import Marker, read_marker
from extractor.sought import seek

# So many levels beside a total may have parts in the same list: 279批次、8582人次、金额…万元，其中….
BESIDE = 2
# A list is opened at most so many characters behind its total: half of the parts stand within 30 characters of it, nine
# in ten within 100; further away a sentence or two lie between, and another number is meant.
FARTHEST = 400
# Words that hand a list on to the next paragraph (具体情况如下，其中：) end it within so many characters of the last
# number: that is the end of its sentence, nine in ten of which are shorter.
REACH = 200
# A bracket that says something aside opens within so many characters in front of its number.
WITHIN = 40

OPENER, HANDS_ON, BRACKET = "claims/links.opener", "claims/links.hands_on", "claims/links.bracket"

_expression, _seek = partial(patterns.fragment, "claims/links"), partial(seek, "claims/links")
"""One of the fragments of ``patterns/claims/links.toml``."""


class Gap(Struct, frozen=True):
    """The words between the last mention and this one; ``fresh`` if a paragraph begins, ``begins`` if a sentence does.

    ``opener`` is the first match that opens a list, ``bracket`` says that a bracket is open at their end.
    """

    text: str
    fresh: bool
    begins: bool
    opener: regex.Match[str] | None
    bracket: bool

    @property
    def divided(self) -> bool:
        """Whether the words say by what the total is divided (从收入结构看，)."""
        return bool(self.opener and self.opener["by"])

    @property
    def begins_list(self) -> bool:
        """Whether the list goes on over semicolons: a sentence or a colon begins it."""
        if self.begins:
            return True
        return bool(self.opener and self.opener["colon"])

    @property
    def opens(self) -> bool:
        """Whether the words open a list: by a word of their own, or by a bracket behind a number."""
        if self.opener:
            return True
        return self.bracket and not self.fresh


def follow_lists(lists: Lists, mention: Mention) -> Lists:
    """The lists as they stand at a mention: closed and opened by the words between the last one and this.

    >>> from extractor.claims.trial import read_last
    >>> [parts.total.metric for parts in read_last("收入20万元，其中：甲类8万元（一期3万元").ties.lists.open]
    ['收入', '甲类收入']
    >>> read_last("收入20万元，其中：甲类8万元。支出3万元").ties.lists.open
    ()
    >>> read_last("收入20万元，较2024年的18万元增加2万元；其中：甲类8万元").ties.total.metric
    '收入'
    """
    gap = _find_gap(lists, mention)
    lists = _begin_paragraph(lists, mention) if gap.fresh else _close_lists(lists, gap, mention)
    text, end = mention.sentence.block.paragraph.text, mention.quantity.end
    return msgspec.structs.replace(
        lists,
        open=_open_list(lists, mention, gap),
        paragraph=mention.sentence.block.paragraph.start,
        end=end,
        handed_on=len(text) - end < REACH and bool(_expression("hands_on").search(text, end)),
    )


def is_aside(text: str, at: int) -> bool:
    """Whether a bracket that says something else of a number, or another one beside it, is open at an offset.

    >>> is_aside("收案321件（不含旧存28件，下同）", 11), is_aside("收案321件（民事28件", 9)
    (True, False)
    """
    return bool(_expression("in_aside").search(text, max(0, at - WITHIN), at))


def is_in_reason(lists: Lists, mention: Mention) -> bool:
    """Whether a number stands in the reason of what the last part of a list, or its total, came to.

    >>> from extractor.claims.trial import read_last
    >>> told = "收入9亿元，其中：甲基金6亿元，下降2%，主要原因是划出丙基金1亿元"
    >>> read_last(told).ties.total is None, read_last(told + "；乙基金3亿元").ties.total.metric
    (True, '收入')
    """
    if not lists.open:
        return False
    paragraph, total = mention.sentence.block.paragraph, lists.open[-1].total
    last = next((one for one in levels_before(lists) if one.parent == total.id), total)
    at = mention.quantity.start
    begins = max(at - (paragraph.offset(at) - last.end), mention.sentence.start)
    return bool(_expression("in_reason").search(paragraph.text, begins, at))


def _find_gap(lists: Lists, mention: Mention) -> Gap:
    """The words between the last mention of a section and this one."""
    paragraph = mention.sentence.block.paragraph
    fresh = paragraph.start != lists.paragraph
    between = paragraph.text[0 if fresh else lists.end : mention.quantity.start]
    return Gap(
        text=between,
        fresh=fresh,
        begins=mention.sentence.start >= lists.end,
        opener=_seek("opener").search(between),
        bracket=bool(_seek("bracket").search(between)),
    )


def _begin_paragraph(lists: Lists, mention: Mention) -> Lists:
    """The lists at the start of a paragraph: the one that the paragraph before handed on, or whose next item it is."""
    marker = _read_item(mention.sentence.block.paragraph.text)
    around = tuple(dropwhile(lambda items: not (marker and items.goes_on(marker)), reversed(lists.items)))[::-1]
    if marker and around:
        next_item = msgspec.structs.replace(around[-1], ordinal=marker.ordinal)
        return msgspec.structs.replace(lists, open=(next_item.parts,), items=(*around[:-1], next_item), item=True)
    total = _find_total(lists, mention, inner=False) if lists.handed_on else None
    if not total:
        counted = tuple(items for items in lists.items if items.ordinal)
        return msgspec.structs.replace(lists, open=(), items=counted, item=False)
    handed = OpenList(total, _find_beside(lists, total), clause=False, bracket=False, pattern=HANDS_ON)
    numbered = (Items(handed, marker.family, marker.ordinal),) if marker else ()
    return msgspec.structs.replace(
        lists, open=(handed,), items=(*lists.items, *numbered) if numbered else (), item=bool(numbered)
    )


def _read_item(text: str) -> Marker | None:
    """What a paragraph that is an item begins with: a marker that counts, or a bullet."""
    bullet = _expression("bullet").match(text)
    if bullet is None:
        return read_marker(text)
    mark = bullet[0].strip()
    return Marker(mark, 0, bullet.start(), bullet.end(), mark)


def _close_lists(lists: Lists, gap: Gap, mention: Mention) -> Lists:
    """The lists that the words between leave open: the innermost ends with its bracket, then by clause and sentence."""
    left = () if _has_part(lists) else lists.open
    if left and left[-1].bracket:
        if not _has_closing(gap.text):
            return lists
        left = left[:-1]
    while left and _is_closed(lists, left[-1], gap, mention):
        left = left[:-1]
    return msgspec.structs.replace(lists, open=left)


def _has_part(lists: Lists) -> bool:
    """Whether a paragraph that is an item has told its part; what it tells behind it is no other."""
    if not lists.item or lists.open != (lists.items[-1].parts,):
        return False
    told = takewhile(lambda level: level.end > lists.paragraph, walk_back(lists.levels, NEAREST))
    return any(level.parent == lists.items[-1].parts.total.id for level in told)


def _has_closing(text: str) -> bool:
    """Whether a bracket or a quotation closes in a text that was open in front of it.

    >>> _has_closing("甲类）2家"), _has_closing("；评为“良”的")
    (True, False)
    """
    depth = 0
    for char in text:
        depth += (char in load_marks()["open"]) - (char in load_marks()["close"])
        if depth < 0:
            return True
    return False


def _is_closed(lists: Lists, parts: OpenList, gap: Gap, mention: Mention) -> bool:
    """Whether a list outside of brackets ends in the words between: with its clause or its sentence.

    A clause is not its end where each part has its share, and is where the parts that were told make up the total, or
    where it tells of the other side of the account.

    >>> from extractor.claims.trial import read_last
    >>> read_last("用水12亿吨，其中农业7亿吨，占58.3%；工业3亿吨，占25%").ties.whole
    'c1'
    >>> read_last("教育支出12亿元，增长6%，其中：小学8亿元、中学4亿元；科技支出3亿元").ties.total is None
    True
    >>> read_last("收入12亿元，其中：土地收入8亿元；支出11亿元").ties.total is None
    True
    >>> read_last("收入12亿元，其中：拨款8亿元；事业收入4亿元；其他收入0元").ties.total.metric
    '收入'
    """
    if gap.begins or not _expression("clause_end").search(gap.text):
        return gap.begins
    if _is_made_up(lists, parts, mention) or _is_other_side(parts, gap):
        return True
    return parts.clause and not _is_shared_out(lists, mention)


def _is_other_side(parts: OpenList, gap: Gap) -> bool:
    """Whether the words between go over from the parts of what came in to what was spent."""
    total = parts.total.metric or ""
    return bool(_expression("side").search(total) and _expression("other_side").search(gap.text))


def _is_made_up(lists: Lists, parts: OpenList, mention: Mention) -> bool:
    """Whether the parts that were told add up to a total of the same sentence, so that another amount is none of them.

    A list that has a sentence of its own may divide its total once more.
    """
    sentence = mention.sentence
    if not mention.quantity.value or parts.total.end <= sentence.block.paragraph.offset(sentence.start):
        return False
    told = [one for one in levels_before(lists) if one.parent == parts.total.id]
    values = [one.value for one in told if one.base_unit == parts.total.base_unit]
    return parts.total.value in list(accumulate(values))[1:]


def _is_shared_out(lists: Lists, mention: Mention) -> bool:
    """Whether the last number is the share of its part, and this one is followed by its share."""
    text = mention.sentence.block.paragraph.text
    behind = _expression("share_behind").match(text, mention.quantity.end)
    return bool(behind and _expression("share_before").search(text, max(0, lists.end - WITHIN), lists.end))


def _open_list(lists: Lists, mention: Mention, gap: Gap) -> tuple[OpenList, ...]:
    """The open lists and the one that the words between open; one in a bracket stands inside of the one around it."""
    if not gap.opens or _is_of_other_unit(lists, mention, gap):
        return lists.open
    inner = _is_inner(lists, gap)
    total = _find_divided(lists, gap) or _find_lone(lists, mention, gap)
    total = total or _find_total(lists, mention, inner or gap.divided)
    if not total:
        return lists.open
    opened = OpenList(
        total=total,
        beside=_find_beside(lists, total),
        clause=inner or not (gap.begins_list or gap.divided) or _is_next_list(lists, total, mention),
        bracket=gap.bracket,
        pattern=OPENER if gap.opener else BRACKET,
    )
    return (*lists.open, opened) if inner else (opened,)


def _is_next_list(lists: Lists, total: Level, mention: Mention) -> bool:
    """Whether the sentence has told the parts of another total before: each total of such a row has its clause."""
    begins = mention.sentence.block.paragraph.offset(mention.sentence.start)
    told = takewhile(lambda one: one.end > begins, levels_before(lists))
    return any(one.parent and one.parent != total.id for one in told)


def _find_divided(lists: Lists, gap: Gap) -> Level | None:
    """What a sentence, or a clause apart, divides anew (分城乡看，…；分行业看，…) behind several parts: their total."""
    if not gap.divided or not (gap.begins or _expression("clause_end").search(gap.text)):
        return None
    levels = list(levels_before(lists))
    siblings = [one for one in levels if one.parent == levels[0].parent]
    return next((one for one in levels if one.id == levels[0].parent), None) if len(siblings) > 1 else None


def _find_lone(lists: Lists, mention: Mention, gap: Gap) -> Level | None:
    """The only part that a list has told, where the next sentence opens one again: it has parts of its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("播种26万亩。其中：粮食12万亩。其中：小麦5万亩").ties.total.metric
    '播种粮食'
    >>> read_last("播种26万亩。其中：粮食12万亩、油料9万亩。其中：新增5万亩").ties.total.metric
    '播种'
    """
    if not gap.begins or gap.divided:
        return None
    alike = [one for one in levels_before(lists) if one.base_unit == mention.quantity.base_unit]
    if not alike or not alike[0].parent:
        return None
    siblings = sum(one.parent == alike[0].parent for one in alike)
    return alike[0] if siblings == 1 and mention.quantity.value * mention.quantity.factor < alike[0].value else None


def _is_of_other_unit(lists: Lists, mention: Mention, gap: Gap) -> bool:
    """Whether a word opens a list of the number right in front of it, and that one is counted in another unit."""
    if not gap.opener or not lists.levels:
        return False
    loose = gap.opener["loose"] or gap.opener["some"]
    other = lists.levels.last.base_unit != mention.quantity.base_unit
    return other and not loose


def _is_inner(lists: Lists, gap: Gap) -> bool:
    """Whether a list stands inside of an open one: in a bracket, or in the clause of a part."""
    if gap.bracket:
        return True
    if not lists.open or gap.begins:
        return False
    before = gap.text[: gap.opener.start()] if gap.opener else ""
    return not _expression("clause_end").search(before)


def _find_total(lists: Lists, mention: Mention, inner: bool) -> Level | None:
    """The last level that is counted in the mention's unit.

    An ``inner`` list, in a bracket or in the clause of a part, is of the number in front of it; any other list is
    of a level that is no part itself, or the part that its item tells.
    """
    at = mention.sentence.block.paragraph.offset(mention.quantity.start)
    for level in levels_before(lists):
        if at - level.end > FARTHEST:
            break
        possible = inner or (level.parent in lists.parents and not level.aside)
        if possible and level.base_unit == mention.quantity.base_unit:
            return level
    return None


def _find_beside(lists: Lists, total: Level) -> tuple[Level, ...]:
    """The levels next to a total, from its sentence on, which are no parts and are counted in other units."""
    told = takewhile(lambda level: level.sentence >= total.sentence, levels_before(lists))
    others = (level for level in told if level.parent is None and level.base_unit != total.base_unit)
    return tuple(islice(others, BESIDE))
