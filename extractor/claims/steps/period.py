"""The period of a claim: named in its sentence, else handed down by the paragraph, the headings or the title."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor import patterns
from extractor.claims.announced import OPENING_WORDS, is_of_year
from extractor.claims.context import Context
from extractor.claims.periods import (
    PARTS,
    Found,
    compile_aside,
    compile_based,
    compile_basis,
    compile_bounding,
    compile_each,
    compile_embeds,
    compile_flow,
    compile_joint,
    compile_left,
    compile_passing,
    compile_resumed,
    compile_within,
    compile_yearly,
    has_passed,
    is_by_now,
    is_endowed,
    is_of_founding,
    is_over,
    is_until,
    split_years,
)
from extractor.claims.readings import Reading, Settled, Time
from extractor.claims.sentences import Mention, compile_end
from extractor.model import Period

PARAGRAPH, TOLD, HEADING, TITLE = "period.paragraph", "period.told", "period.heading", "period.title"
TURN = "period.in_turn"
CURRENT = "period.current"
CHANGES = ("change_amount", "change_rate")
# What names a year or a month that digits in front may name too.
NAMED_APART = ("this", "in_month")
# Times of several years, which a yearly rate is of.
SEVERAL = ("span", "past", "plan", "since", "open")
# Times that what something was done to may have of its own.
EMBEDDED = (*PARTS, "this", "end")
# A time that may only bound another (自2024年1月1日起, 在4月15日前).
DAY = "day"
# A change lies between two amounts.
BETWEEN = 2
# A period in a reason stands within so many characters behind the word that gives it.
REASON = 60
# In a paragraph a time rules so many characters behind it: of 690 numbers in 46 reports with their lines none stands
# further away, but in texts that lost their lines paragraphs run on.
REACH = 600


def settle_period(reading: Reading, context: Context) -> Settled[Time]:
    """The period that governs a mention, and where it was found.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2020年收入52万元。支出48万元。").time.period.start
    '2020-01-01'
    >>> read_last("2020年收入52万元。支出48万元。").evidence["time"]
    'period.paragraph'
    >>> read_last("2022年、2023年投资分别为3亿元、4亿元。").time.period.text
    '2023年'
    """
    own = _take_turn(reading, context) or _find_current(reading, context) or _find_in_sentence(reading, context)
    if own:
        return own
    above = _find_above(reading, context) or _find_continued(context)
    return above or _find_told(context) or _find_divided(context) or _find_title(context)


# ── in the sentence ──────────────────────────────────────────────────────────────────────────────────────


def _find_in_sentence(reading: Reading, context: Context) -> Settled[Time] | None:
    """The last period in front of a mention in its sentence; of this year the one that says which.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2024年，受理申请31件，全年公开规章1件。", 2024).time.period.text
    '2024年'
    >>> read_last("截至2021年11月底，已下达2022年转移支付64项，").time.period.text
    '截至2021年11月底'
    """
    told = [*_list_ruling(reading, context, reading.mention.sentence.start)]
    if not told:
        return None
    found = next((one for one in told if not _is_embedded(one, reading.mention.text)), told[0])
    found = _find_until(found, told, reading, context) or found
    if compile_yearly().search(reading.mention.text, reading.mention.clause, reading.quantity.start):
        found = next((one for one in told if one.resolve in SEVERAL), found)
    named = _find_span(found, told, reading.mention.text) or _find_named_year(found, reading, context)
    return Settled(_find_end(named, reading, context), named.pattern)


def _find_span(found: Found, told: Sequence[Found], text: str) -> Found | None:
    """The years right in front that so many years are: 2016—2020年，五年累计.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2016—2020年，五年累计脱贫12万人，", 2024).time.period.start
    '2016-01-01'
    >>> read_last("2016—2020年投资3亿元，近三年累计脱贫12万人，", 2024).time.period.text
    '近三年'
    """
    if found.resolve != "past":
        return None
    before = (one for one in told if one.resolve == "span" and len(text[one.end : found.start].strip()) == 1)
    years = (found.period.start or "")[:4], (found.period.end or "")[:4]
    if not all(years):
        return None
    length = int(years[1]) - int(years[0]) + 1
    return next((one for one in before if len(split_years(one)) == length), None)


def _find_until(found: Found, told: Sequence[Found], reading: Reading, context: Context) -> Found | None:
    """The time up to which something was done of what is of another, where that has a number of its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("截至2025年5月底，上年度查出的25个问题已整改20个，").time.period.text
    '截至2025年5月底'
    >>> read_last("截至2025年5月底，2023年收入30亿元，2024年收入40亿元，").time.period.text
    '2024年'
    """
    last = context.last_in(reading.mention.sentence)
    if not last or last.quantity.start < found.end or is_until(found):
        return None
    between = reading.mention.text[last.quantity.end : reading.quantity.start]
    until = next(filter(is_until, told), None)
    return until if is_by_now(between) or (until and last.time.period == until.period) else None


def _find_current(reading: Reading, context: Context) -> Settled[Time] | None:
    """The later of the two times in front of a change that lies between them: 2024年8万元，2023年9万元，减少1万元.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2024年接待费8万元，2023年接待费9万元，减少1万元。").time.period.text
    '2024年'
    """
    levels = [one for one in context.antecedents if one.frame.kind == "level"][-BETWEEN:]
    if reading.frame.kind not in CHANGES or len(levels) < BETWEEN:
        return None
    later, earlier = levels
    if not _is_turned(later, earlier, reading.mention):
        return None
    between = any(earlier.quantity.end <= found.start < reading.quantity.start for found in context.periods)
    return None if between else Settled(later.time, CURRENT)


def _is_turned(later: Reading, earlier: Reading, mention: Mention) -> bool:
    """Whether two amounts of the sentence in front of a mention are of one thing, the first of the later time."""
    before, behind = (one.time.period or Period("", None, None) for one in (earlier, later))
    if any(one.mention.sentence is not mention.sentence for one in (later, earlier)) or not before.start:
        return False
    if not (before.end or before.start) < (behind.start or ""):
        return False
    return later.quantity.base_unit == earlier.quantity.base_unit and earlier.name.text.endswith(later.name.text[-2:])


def _find_named_year(found: Found, reading: Reading, context: Context) -> Found:
    """The year or month in digits in front of a word for the same one, in its sentence; else that word."""
    if found.resolve not in NAMED_APART:
        return found
    text = reading.mention.text
    for other in _list_ruling(reading, context, 0):
        is_dated = other.resolve not in NAMED_APART and other.period.start is not None
        is_same = is_dated and (other.period.start, other.period.end) == (found.period.start, found.period.end)
        if is_same and other.start < found.start and not compile_end().search(text, other.end, found.start):
            return other
    return found


def _list_ruling(reading: Reading, context: Context, floor: int) -> Iterator[Found]:
    """The periods between an offset and a mention that may be its own, the last first."""
    mention, skipped = reading.mention, _find_origin(reading, context)
    at = mention.quantity.start
    index = bisect_right(context.periods, at, key=lambda entry: entry.start) - 1
    while index >= 0 and context.periods[index].start >= floor:
        found = context.periods[index]
        left = found.start in skipped or _has_left(found, mention) or has_passed(found, mention.text, at)
        left = left or (found.resolve in PARTS and is_over(found, mention.text, at))
        left = left or _is_of_reason(found, mention) or _is_of_basis(found, mention)
        left = left or _is_of_founding(found, reading)
        if not left and context.reaches(found.start, at):
            yield found
        index -= 1


def _find_origin(reading: Reading, context: Context) -> range:
    """Where the words stand that say when a move began: its result is of another time (由2020年的5%提高到8%).

    >>> from extractor.claims.trial import read_last
    >>> read_last("这一比重在2024年预计将由2020年的37%增加到71%。").time.period.text
    '2024年'
    """
    last = context.last_in(reading.mention.sentence)
    if not last or not last.frame.moving or reading.frame.end != "result":
        return range(0)
    begins = last.quantity.start - len(last.mention.left) + len(last.frame.lead)
    said = reading.mention.text[begins : last.quantity.start]
    leaves = max(said.rfind(word) for word in patterns.lexicon("claims/moves")["from"])
    return range(begins + max(leaves, 0), last.quantity.start)


def _has_left(found: Found, mention: Mention) -> bool:
    """Whether a period is when a move began that stands behind it (由上年的第4位升至第3位，…)."""
    return found.origin and bool(compile_left().search(mention.text, found.end, mention.quantity.start))


def _is_of_reason(found: Found, mention: Mention) -> bool:
    """Whether a period stands in a reason that is over in front of a mention (主要是2023年基数较高；接待费…)."""
    if not found.start < mention.clause or not compile_resumed().search(
        mention.text, found.end, mention.quantity.start
    ):
        return False
    return bool(compile_aside().search(mention.text, max(0, found.start - REASON), found.start))


def _is_of_basis(found: Found, mention: Mention) -> bool:
    """Whether a period is of what something was done by, in a clause that is over in front of a mention.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2022年调整如下：根据上半年征收情况，罚没收入调增2万元。").time.period.text
    '2022年'
    >>> read_last("根据2020年人口普查情况，常住人口2万人。").time.period.text
    '2020年'
    """
    if found.start >= mention.clause:
        return False
    front = max(mention.sentence.block.start, found.start - REASON)
    return bool(compile_basis().search(mention.text, front, found.start)) and bool(
        compile_based().match(mention.text, found.end, mention.quantity.start)
    )


def _is_of_founding(found: Found, reading: Reading) -> bool:
    """Whether a period is when something was founded, and the mention not the capital that it was founded with.

    >>> from extractor.claims.trial import read_last
    >>> read_last("公司成立于2002年4月，注册资本1亿元，").time.period.text
    '2002年4月'
    >>> read_last("公司成立于2002年4月，注册资本1亿元，职工80人，").time.period
    """
    if is_endowed(reading.name.text):
        return False
    return is_of_founding(found, reading.mention.text, reading.mention.clause)


def _find_end(found: Found, reading: Reading, context: Context) -> Time:
    """The time of a period, or of the end of a move: of a span its first or last year, and when moves in front began.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2020年至2024年，工业占比由30%提高到35%。").time.period.text
    '2024年'
    >>> read_last("公路由2020年的5公里增加到2024年的8公里；铁路由3公里增加到").time.period.text
    '2020年'
    """
    last, end = context.last_in(reading.mention.sentence), reading.frame.end
    if found.resolve == "span" and (end == "origin" or (end == "result" and last and last.frame.end == "origin")):
        return Time(split_years(found)[0 if end == "origin" else -1], found.past)
    if end == "origin" and found.start < reading.mention.clause:
        return _find_began(found, context) or Time(found.period, found.past)
    return Time(found.period, found.past)


def _find_began(found: Found, context: Context) -> Time | None:
    """When the last move began in front of a period, which is when it ended."""
    for one in reversed(context.antecedents):
        if one.frame.end == "origin" and one.quantity.start < found.start:
            return one.time
    return None


# ── years in turn ────────────────────────────────────────────────────────────────────────────────────────


def _take_turn(reading: Reading, context: Context) -> Settled[Time] | None:
    """The period that a number of a series takes in its turn, where the sentence lists as many of them.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2022年、2023年收入分别为3亿元、4亿元，期末存货分别为1亿元、2亿元。").time.period.text
    '2023年'
    """
    place, mention = reading.mention.place, reading.mention
    if place.length < 2:
        return None
    is_named = len(set(reading.name.series)) > 1
    listed = _list_periods(mention, context, mention.sentence.start if is_named else 0)
    if len(listed) != place.length:
        return None
    return Settled(Time(listed[place.index]), TURN)


def _list_periods(mention: Mention, context: Context, floor: int) -> Sequence[Period]:
    """The periods of the last enumeration behind ``floor`` and in front of a mention, a span of years as its years.

    What each of several periods has (期末) is no other period.
    """
    run: list[Found] = []
    for found in context.periods:
        is_each = compile_each().fullmatch(found.period.text) is not None
        if is_each or not floor <= found.start < mention.quantity.start:
            continue
        joined = run and compile_joint().fullmatch(mention.text, run[-1].end, found.start)
        run = [*run, found] if joined else [found]
    return [period for found in run for period in split_years(found)]


# ── above ────────────────────────────────────────────────────────────────────────────────────────────────


def _find_above(reading: Reading, context: Context) -> Settled[Time] | None:
    """The last calendar period that a sentence near in front in the paragraph names; words that pass with it are none.

    >>> from extractor.claims.trial import read_last
    >>> read_last("春节期间慰问20户。发放慰问金3万元。").time.period
    >>> read_last("全镇2020年收入52万元。" + "各项工作有序推进。" * 80 + "支出48万元。").time.period
    """
    mention = reading.mention
    if mention.sentence.block.paragraph.kind == "row":
        return _find_in_row(reading, context)
    for found in _list_ruling(reading, context, max(0, mention.quantity.start - REACH)):
        if found.calendar and not _is_passing(found, mention.text):
            named = _find_named_year(found, reading, context)
            return None if _is_of_day(found, reading) else Settled(_find_end(named, reading, context), PARAGRAPH)
    return None


def _is_passing(found: Found, text: str) -> bool:
    """Whether a period rules no later sentence: a word for the year of its own, part of a reason or of another time.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2024年支出增长5%，主要是2023年提高了标准。接待费3万元。").time.period.text
    '2024年'
    >>> read_last("2024年1月1日起执行新标准。公司拥有土地549亩。").time.period
    """
    start = max(0, found.start - REASON)
    if compile_passing().fullmatch(found.period.text) or compile_aside().search(text, start, found.start):
        return True
    if _is_embedded(found, text) or (found.resolve == DAY and compile_bounding().match(text, found.end)):
        return True
    return found.resolve in PARTS and bool(compile_within().search(text, start, found.start))


def _is_embedded(found: Found, text: str) -> bool:
    """Whether a year is of what something was done to or is a part of (下达2022年转移支付, 占当年收入), not of when.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2021年上级补助2万元，占当年收入的5%，专项补助1万元。").time.period.text
    '2021年'
    """
    return found.resolve in EMBEDDED and bool(compile_embeds().search(text, max(0, found.start - REASON), found.start))


def _find_in_row(reading: Reading, context: Context) -> Settled[Time] | None:
    """The last calendar period that stands in a mention's own cell of a row."""
    for found in _list_ruling(reading, context, reading.mention.sentence.block.start):
        if found.calendar:
            return Settled(Time(found.period, found.past), PARAGRAPH)
    return None


def _is_of_day(found: Found, reading: Reading) -> bool:
    """Whether a period is a day of an earlier sentence, and the mention of what flows through a year."""
    return found.point and bool(compile_flow().search(reading.name.text))


def _find_continued(context: Context) -> Settled[Time] | None:
    """The time of the sentence that goes on from the paragraph in front."""
    time = context.continued.time if context.continued else Time()
    return Settled(time, PARAGRAPH) if time.period else None


def _find_divided(context: Context) -> Settled[Time] | None:
    r"""The time of what the paragraph divides that was told in front of it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2018年末，共有法人单位217万个。\n按区域分，东部地区128万个。").time.period.text
    '2018年末'
    """
    time = context.divided[0].time if context.divided else Time()
    return Settled(time, PARAGRAPH) if time.period else None


def _find_told(context: Context) -> Settled[Time] | None:
    """The period that the nearest section was told of or names in its heading."""
    for section, named in context.headings.chain:
        told = context.years.get(section)
        if told and not context.source.undated:
            return Settled(Time(told), TOLD)
        if named:
            return Settled(Time(named), HEADING)
    return None


def _find_title(context: Context) -> Settled[Time]:
    """The period of the document's title, else the one that the words above its first heading open with.

    Where the title names but a part of a year, paragraphs without a heading are of the time that one opened with.
    """
    told = None if context.source.undated else context.years.get(OPENING_WORDS)
    is_part = not context.headings.section and not is_of_year(context.source.period)
    if context.source.period and not (told and is_part):
        return Settled(Time(context.source.period), TITLE)
    return Settled(Time(told), TOLD) if told else Settled(Time())
