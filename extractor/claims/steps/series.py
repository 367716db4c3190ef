"""Series: numbers that share one frame (A、B、C分别为1、2、3万元), and the names they take in turn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

import msgspec

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.phrases import clean_phrase
from extractor.claims.readings import Reading, Settled
from extractor.claims.sentences import Mention, Place, find_last
from extractor.claims.word_lists import load_lists
from extractor.quantities import numerals

# Names of this length stand side by side in front of what they share (城镇、农村居民人均收入).
SHORT = 2
COMMA = ","
# So many clauses in front of as many numbers are their names, if none of them is longer.
LISTED, LONGEST = 4, 16

_expression = partial(patterns.fragment, "claims/series")
"""One of the fragments of ``patterns/claims/series.toml``."""


def settle_series(reading: Reading, context: Context) -> Settled[tuple[str, ...]]:
    """The names that numbers of this sentence took in turn, if the mention's series has as many.

    >>> from extractor.claims.trial import read_last
    >>> read_last("养老保险、失业保险参保人数分别达到120人、80人，增长5%、6%。").series
    ('养老保险参保人数', '失业保险参保人数')
    >>> read_last("养老保险、失业保险参保人数分别达到120人、80人，增长5%。").series
    ()
    """
    last = context.last_in(reading.mention.sentence)
    names = last.name.series if last else ()
    if len(names) != reading.mention.place.length:
        return Settled(())
    return Settled(names)


def place_mentions(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence with their places in series; one that stands alone is a series of one.

    >>> from extractor.claims.trial import read_last
    >>> read_last("城镇、农村居民人均收入分别为5万元、3万元。").mention.place
    Place(index=1, length=2, units=())
    """
    placed: list[Mention] = []
    for run in _find_runs(mentions):
        placed += [_place(mention, index, run) for index, mention in enumerate(run)]
    return placed


def _place(mention: Mention, index: int, run: Sequence[Mention]) -> Mention:
    """A mention with its place in a series, and the units of that where they differ."""
    if len(run) == 1:
        return mention
    units = tuple(one.quantity.unit for one in run)
    place = Place(index, len(run), units if len(set(units)) > 1 else ())
    return msgspec.structs.replace(mention, place=place)


def _find_runs(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by the series they are in."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _is_continued(runs[-1], mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _is_continued(run: Sequence[Mention], mention: Mention) -> bool:
    """Whether a mention goes on a series: of one dimension, or said to go to the names in turn.

    >>> from extractor.claims.trial import read_last
    >>> read_last("逮捕5人，起诉8人，同比分别下降3%和上升9%。").mention.place
    Place(index=1, length=2, units=())
    """
    between = mention.text[run[-1].quantity.end : mention.quantity.start]
    left, in_turn = between.strip(), any(word in run[0].left for word in _load_words()["each"])
    if left in _load_words()["joint"]:
        return in_turn or mention.quantity.dimension == run[-1].quantity.dimension
    return in_turn and bool(_expression("turned").fullmatch(left))


def split_names(metric: str, length: int) -> tuple[str, ...]:
    """The names that ``length`` numbers take in turn from a list of names; none where they do not fit.

    What the last name says of all of them (增加值) is said of each.

    >>> split_names("第一产业、第二产业增加值", 2)
    ('第一产业增加值', '第二产业增加值')
    >>> split_names("养老保险、失业保险参保人数", 2)
    ('养老保险参保人数', '失业保险参保人数')
    >>> split_names("城镇、农村居民人均收入", 2)
    ('城镇居民人均收入', '农村居民人均收入')
    >>> split_names("甲公司和乙公司分别持有股份", 2)
    ('甲公司持有股份', '乙公司持有股份')
    >>> split_names("固定资产投资", 2)
    ()
    """
    names, _, done = _split_each(metric)
    each = _share_head(list(filter(None, _expression("parted").split(names))), length) if done else ()
    return tuple(one + done for one in each) or _share_head(
        list(filter(None, _expression("parted").split(metric))), length
    )


def _split_each(metric: str) -> tuple[str, str, str]:
    """A name parted at the word that says that each of several has or does what stands behind it."""
    words = (metric.partition(word) for word in _load_words()["each"])
    return next((parted for parted in words if parted[1]), (metric, "", ""))


def split_marks(metric: str, length: int) -> tuple[str, ...]:
    """The names of a list by its marks alone or one word of joining, where other such words are part of its names.

    >>> split_marks("仪表与控制系统、机器人产量", 2)
    ('仪表与控制系统产量', '机器人产量')
    >>> split_marks("农业、林业和农林专业及辅助性活动产值", 3)
    ('农业产值', '林业产值', '农林专业及辅助性活动产值')
    """
    mark, *words = _load_words()["joint"]
    lists = (list(filter(None, metric.replace(word, mark).split(mark))) for word in (mark, *words))
    return next(filter(None, (_share_head(parts, length) for parts in lists)), ())


def _share_head(parts: list[str], length: int) -> tuple[str, ...]:
    """The parts of a list, each with what the last one says of all; none where their number is another."""
    if len(parts) != length or length < 2:
        return ()
    for complete in (_number_names, _complete_sides, _share_such, _complete_pair):
        names = complete(parts)
        if names:
            return names
    return _share_verb(_share_words(parts))


def _share_verb(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, each with what the first one says was done with all of them.

    >>> _share_verb(("全市参加养老保险", "失业保险")), _share_verb(("参加养老保险", "领取失业保险金"))
    (('全市参加养老保险', '参加失业保险'), ('参加养老保险', '领取失业保险金'))
    """
    told = [_expression("done").search(name) for name in names]
    if not told[0] or any(told[1:]):
        return names
    return names[0], *(told[0]["verb"] + name for name in names[1:])


def _share_words(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts, each with the head that the last one has, where it has none that measures (事故起数、死亡人数)."""
    head, measured = _find_shared_head(parts), patterns.fragment("claims/subjects", "measured")
    if head in patterns.lexicon("claims/subjects")["growths"]:
        return tuple(part.removesuffix(head) + head for part in parts)
    if len(head) < SHORT:
        measured = _expression("account")
    return tuple(part if measured.search(part) else part.removesuffix(head) + head for part in parts)


def _number_names(parts: Sequence[str]) -> tuple[str, ...]:
    """The names of things that are numbered, or parts of a land, where only the last one says what they are.

    >>> _number_names(["第一", "二", "三产业增加值"])
    ('第一产业增加值', '第二产业增加值', '第三产业增加值')
    >>> _number_names(["东", "中", "西部地区投资"]), _number_names(["东", "西湖面积"])
    (('东部地区投资', '中部地区投资', '西部地区投资'), ())
    """
    for kind in ("numbered", "sided"):
        found = [match for part in parts if (match := _expression(kind).fullmatch(part))]
        if len(found) == len(parts) and found[-1]["head"] and not any(match["head"] for match in found[:-1]):
            return tuple((found[0]["mark"] or "") + match["number"] + found[-1]["head"] for match in found)
    return ()


def _complete_sides(parts: Sequence[str]) -> tuple[str, ...]:
    """Both sides of an account, where only the first one says of which.

    >>> _complete_sides(["一般公共预算收入", "支出"])
    ('一般公共预算收入', '一般公共预算支出')
    """
    sides = load_lists().sides
    front = next((parts[0].removesuffix(side) for side in sides if parts[0].endswith(side)), "")
    return (parts[0], *(front + part for part in parts[1:])) if front and set(parts[1:]) <= set(sides) else ()


def _complete_pair(parts: Sequence[str]) -> tuple[str, ...]:
    """Two names of which the second has what both end in, and the first what both begin with.

    >>> _complete_pair(["本外币存", "贷款余额"]), _complete_pair(["进", "出口总额"]), _complete_pair(["收入", "支出"])
    (('本外币存款余额', '本外币贷款余额'), ('进口总额', '出口总额'), ())
    """
    first, last = parts[0], parts[-1]
    if len(parts) != SHORT or first[-1] + last[0] not in _load_words()["paired"]:
        return ()
    return first + last[1:], first[:-1] + last


def _share_such(parts: Sequence[str]) -> tuple[str, ...]:
    """The names of a list of examples, each with what is said of all.

    >>> _share_such(["教育", "卫生等领域的投入"])
    ('教育领域的投入', '卫生领域的投入')
    """
    found = _expression("such").search(parts[-1])
    return tuple(part + found["head"] for part in (*parts[:-1], parts[-1][: found.start()])) if found else ()


def split_list(mention: Mention, metric: str) -> tuple[str, ...]:
    """The names that the numbers of a series take in turn; none where they do not fit.

    Of clauses that name things of one class there are at least three: two may be a whole and the list of its parts.
    """
    length = mention.place.length
    told = split_told(mention)
    if len(told) == length:
        return told
    counted = split_counted(mention)
    if counted:
        return counted
    clauses = split_clauses(mention, metric, length)
    if len(clauses) > SHORT:
        return clauses
    return split_names(metric, length) or clauses or split_marks(metric, length)


def split_told(mention: Mention) -> tuple[str, ...]:
    """The names of those that are told to have the most or the least of something, each with what that is.

    >>> from extractor.claims.trial import read_last
    >>> read_last("浓度最低的2个城市依次是甲市和乙市，分别为47、55微克/立方米。").name.series
    ('甲市浓度', '乙市浓度')
    """
    found = _expression("most").search(mention.text[mention.sentence.start : mention.clause])
    if not found:
        return ()
    what = clean_phrase(found["what"])
    return tuple(item.strip() + what for item in _expression("parted").split(found["items"]))


def split_counted(mention: Mention) -> tuple[str, ...]:
    """The names that numbers take in turn from a list that says how many things of which kind it names.

    >>> from extractor.claims.trial import read_last
    >>> read_last("甲、乙、丙三村分别完成投资11万元、22万元、33万元。").name.series
    ('甲村投资', '乙村投资', '丙村投资')
    >>> read_last("电子、汽车两大主导产业增加值分别为11亿元、22亿元。").name.series
    ('电子增加值', '汽车增加值')
    """
    things, head = split_things(mention) if mention.place.length > 1 else ((), "")
    return tuple(thing + clean_phrase(head) for thing in things)


def split_things(mention: Mention) -> tuple[tuple[str, ...], str]:
    """The things that numbers are handed out to in turn, of a list that counts them, and what is told of each.

    Of the first of 东山、西河两县增幅较大，分别增长11%、22% they are 东山县 and 西河县; 增长 is told of each.
    """
    for way in ("counted", "counted_of"):
        found = _expression(way).search(mention.text, mention.sentence.start, mention.quantity.start)
        parts = split_joined(found["names"]) if found else ()
        if found and len(parts) == mention.place.length == numerals.read(found["count"]):
            kind = found["kind"] or ""
            return tuple(part.removesuffix(kind) + kind for part in parts), found["head"]
    return (), ""


def points_back(name: str) -> bool:
    """Whether a name only points back at as many things as were told in front of it.

    >>> points_back("三者"), points_back("三产")
    (True, False)
    """
    return _expression("them").fullmatch(name) is not None


def split_joined(names: str) -> tuple[str, ...]:
    """The names of a list by its marks and words of joining.

    >>> split_joined("甲县、乙县和丙县")
    ('甲县', '乙县', '丙县')
    """
    return tuple(filter(None, _expression("parted").split(names)))


def split_clauses(mention: Mention, last: str, length: int) -> tuple[str, ...]:
    """The names that ``length`` numbers take in turn from clauses in front of them, the ``last`` being the nearest.

    >>> from extractor.claims.trial import read_last
    >>> read_last("分行业看，租赁业，广播、电影和录音业营业收入分别增长8%、3%。").name.series
    ('租赁业营业收入', '广播、电影和录音业营业收入')
    """
    before = find_last(mention.sentence, mention.quantity.start)
    start = before.end if before else mention.sentence.start
    clauses = mention.text[start : mention.clause].translate(_load_commas()).split(COMMA)
    parts = [*(clean_phrase(part) for part in clauses if part.strip() and not _opens_list(part)), last]
    # What the nearest one ends with was in front of it and has been told.
    is_told = any(last.endswith(part) for part in parts[:-1])
    names = _share_head(parts, length) if all(parts) and not is_told else ()
    return names if _are_alike(parts, names) or (names and _are_listed(mention, parts)) else ()


def _are_listed(mention: Mention, parts: Sequence[str]) -> bool:
    """Whether so many clauses are as many names as numbers are handed out to in turn, and hardly by chance.

    >>> from extractor.claims.trial import read_last
    >>> read_last("从产量看，挖掘、运输机械，汽车，机器人，手机产量分别增长4%、2%、1%、9%。").name.series
    ('挖掘、运输机械产量', '汽车产量', '机器人产量', '手机产量')
    """
    is_told = any(word in mention.left for word in _load_words()["each"])
    return is_told and len(parts) >= LISTED and all(len(part) <= LONGEST for part in parts)


def _are_alike(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether clauses name things of one class: they end alike, less what the last one says of all of them."""
    last = parts[-1].removesuffix(names[0].removeprefix(parts[0])) if names else ""
    return bool(last) and all(part[-1] == last[-1] for part in parts[:-1])


def _opens_list(clause: str) -> bool:
    """Whether a clause says of what a list is, and is no name of it (分行业看, 其中)."""
    return bool(_expression("opens").search(clause))


@cache
def _load_commas() -> dict[int, str]:
    """All marks that part clauses of one sentence, read as one."""
    return dict.fromkeys(map(ord, _load_words()["comma"]), COMMA)


def _find_shared_head(parts: Sequence[str]) -> str:
    """What the last of several names says of all: what follows the word that they share, else a known head noun.

    >>> _find_shared_head(["城镇", "农村居民人均收入"]), _find_shared_head(["衣着", "医疗保健", "其他用品和服务"])
    ('居民人均收入', '')
    >>> _find_shared_head(["教育", "社保", "卫生健康领域投入"])
    '领域投入'
    """
    first, last = parts[0], parts[-1]
    field = _expression("field").search(last, SHORT)
    if field:
        return last[field.start() :]
    if max(map(len, parts[:-1])) <= SHORT and len(last) > 2 * SHORT and _is_alike_short(parts):
        return last[len(first) :]
    before, _, behind = last.rpartition(first[-SHORT:])
    if behind not in ("", last) and before != first:
        return behind
    if len(last) > 2 * SHORT and last[SHORT - 1] == first[-1] and not _find_head_noun(last[:SHORT]):
        return last[SHORT:]
    return _find_head_noun(last) or _find_behind_class(first, last)


def _is_alike_short(parts: Sequence[str]) -> bool:
    """Whether the last of short names may be one of them: where all others end alike (农业、林业), so does it.

    >>> _is_alike_short(["农业", "林业", "农林专业活动产值"]), _is_alike_short(["城镇", "农村居民收入"])
    (False, True)
    """
    ends = {part[-1] for part in parts[:-1]}
    return len(parts) == SHORT or len(ends) > 1 or parts[-1][SHORT - 1] in ends


def _find_behind_class(first: str, last: str) -> str:
    """What follows the word for a class that two names have in common (服装类、家具类出口额)."""
    _, _, behind = last.rpartition(first[-1])
    alike = len(behind) >= SHORT and behind != last
    return behind if alike and patterns.fragment("claims/subjects", "class").search(first) else ""


def _find_head_noun(name: str) -> str:
    """The head noun that a name ends with, as far as it is not all of the name."""
    for word in _load_words()["head"]:
        if name.endswith(word) and name != word:
            return word
    return ""


@cache
def _load_words() -> dict[str, list[str]]:
    """The word lists of ``patterns/claims/series.toml``."""
    return {name: list(entries) for name, entries in patterns.lexicon("claims/series").items()}
