"""What the words of a printed line tell about the paragraph it belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice

import regex
from msgspec import Struct

from extractor import patterns
from extractor.kept import compile_expression
from extractor.needed import Characters, find_first, find_last

# A leader of dots or a marker stands at one end of a line; what lies between is never looked at.
REACH = 60
# A sentence ends with a mark, and so many closing brackets and quotation marks behind it at most.
TAIL = 8
# The mark of a note is no longer.
NOTE_MARK = 7
# A longer number is parted.
LEAD = 12
UNPARTED = compile_expression(rf"[\x00-\x1f!-\x7f\p{{Pe}}\p{{Pf}}\p{{Po}}]{{1,{LEAD}}}")
# The pieces of a table are asked for again and again; so many of them are a page of the largest.
KEPT = 4096
# The Unicode categories of closing brackets, of closing quotes and of other marks.
CLOSING = ("Pe", "Pf", "Po")


# How the second line begins and how the first one ends where a paragraph was cut in front of a unit or a quantity.
CUTS = {"opens_with_unit": ("ends_in_number",), "opens_with_quantity": ("ends_in_number", "ends_in_clause")}


class Expression(Struct, frozen=True, forbid_unknown_fields=True):
    """One regular expression of a pattern file."""

    expression: str


@cache
def _expressions() -> dict[str, regex.Pattern[str]]:
    lists = patterns.lexicon("documents/lines")
    loaded = patterns.load("documents/lines", Expression)
    return {key.rpartition(".")[2]: patterns.compiled(key, e.expression, lists) for key, e in loaded.items()}


def count_opening(lines: Iterable[str]) -> int:
    """How many of some lines start with a marker that opens a paragraph.

    >>> count_opening(["二、机构设置", "二十三个社区"])
    1
    """
    first, _ = _list_outer("opens")
    return sum(map(opens_paragraph, [line for line in lines if line[:1] in first] if first else lines))


def opens_paragraph(line: str) -> bool:
    """Whether the line starts with a marker that opens a paragraph.

    >>> opens_paragraph("二、机构设置"), opens_paragraph("二十三个社区")
    (True, False)
    """
    return _begins("opens", line)


def is_item(line: str) -> bool:
    """Whether the line starts like an item of a list, which a number within a sentence may do as well.

    >>> is_item("1.基本支出"), is_item("1.5亿元")
    (True, False)
    """
    return _begins("item", line)


def has_marker(line: str) -> bool:
    """Whether the line starts with a marker of any kind.

    >>> has_marker("二、机构设置"), has_marker("1.基本支出"), has_marker("二十三个社区")
    (True, True, False)
    """
    return opens_paragraph(line) or is_item(line)


def is_marked(line: str) -> bool:
    """Whether the line starts with a marker or ends a sentence: a line of body text or a list."""
    return has_marker(line) or ends_sentence(line)


def named_marker(line: str) -> int:
    """The length of the marker in words that the line starts with; 0 if there is none.

    >>> named_marker("第二部分决算情况"), named_marker("附件1绩效报告"), named_marker("一、概况")
    (4, 3, 0)
    """
    match = _expressions()["named_marker"].match(line)
    return match.end() if match else 0


def opens_note(line: str) -> bool:
    """Whether the line starts like a note at the foot of a page.

    >>> opens_note("①按现价计算。"), opens_note("[12]初步核算数。"), opens_note("1.基本支出"), opens_note("⁹12.2")
    (True, True, False, False)
    """
    return _expressions()["note"].match(line) is not None


def is_note_mark(line: str) -> bool:
    """Whether the line is nothing but the mark of a note.

    >>> is_note_mark("[12]"), is_note_mark("[12]初步核算数。")
    (True, False)
    """
    return len(line) <= NOTE_MARK and _expressions()["note_mark"].fullmatch(line) is not None


def has_open_end(line: str) -> bool:
    """Whether the line ends with a mark that cannot end a paragraph."""
    return _ends("goes_on", line)


def has_clause(line: str) -> bool:
    """Whether a clause ends within the line: it is of a sentence, not of a list or a table.

    >>> has_clause("收入增长较快，结构更"), has_clause("某市某某有限公司 1,234.50 12.6")
    (True, False)
    """
    return _expressions()["clause"].search(line) is not None


def breaks_clause(line: str) -> bool:
    """Whether a line breaks off behind a comma, or in words behind one.

    >>> breaks_clause("（一）教育支出12万元，占支出总预"), breaks_clause("（一）教育支出情况说明")
    (True, False)
    """
    return _expressions()["breaks_clause"].search(line[-REACH:]) is not None


def is_cut(line: str, following: str) -> bool:
    """Whether a paragraph was cut where no writer ends one: in a number or a quoted name, before a unit or a quantity.

    >>> is_cut("收入12.5", "亿元，增长3%。"), is_cut("收入12.", "5亿元，增3%。"), is_cut("校4所，医院", "6家，均开。")
    (True, True, True)
    >>> is_cut("一、收入", "6家，均开。"), is_cut("一、收入，支出", "2025年，共有6家。")
    (False, False)
    >>> is_cut("1.“住房保障支出（类）住房", "改革支出（款）”3万元"), is_cut("称为“双创", "基金，“三农”基金")
    (True, False)
    """
    if not may_meet(line, following):
        return False
    if _has_open_quote(line) and _begins("closes_quote", following):
        return True
    first = following[:1]
    for starts, opens, ends in _list_cuts():
        if (not starts or first in starts) and any(_ends(one, line) for one in ends) and opens.match(following):
            return True
    return False


@cache
def _list_cuts() -> list[tuple[Characters, regex.Pattern[str], tuple[str, ...]]]:
    """How a line begins behind a cut, by its first character and as a whole, and how the one in front of it ends."""
    return [(_list_outer(opens)[0], _expressions()[opens], ends) for opens, ends in CUTS.items()]


def _has_open_quote(line: str) -> bool:
    """Whether a line ends in a name whose quotes it does not close."""
    end = line[-REACH:]
    return _name_quote() in end and _expressions()["opens_quote"].search(end) is not None


@cache
def _name_quote() -> str:
    """The mark that opens such a name; nothing where that may be one of several."""
    first, _ = _list_outer("opens_quote")
    return "".join(first) if len(first) == 1 else ""


def may_meet(line: str, following: str) -> bool:
    """Whether two lines may be one that was cut or broken: the cheap question.

    >>> may_meet("收入3亿元，", "支出"), may_meet("称为“双创", "基金”"), may_meet("收入3亿元。", "支出2亿元。")
    (True, True, False)
    """
    if _is_end(line[-1:]):
        return _has_open_quote(line)
    starts, ends = _list_meetings()
    return not (starts and ends) or following[:1] in starts or line[-1:] in ends or _has_open_quote(line)


@cache
def _list_meetings() -> tuple[Characters, Characters]:
    """The characters beside a cut or a break: one begins the second line, or ends the first. None where one is open."""
    starts = [_list_outer(name)[0] for name in ("goes_on_with", *CUTS)]
    return frozenset().union(*starts) if all(starts) else frozenset(), _list_outer("breaks_off")[1]


def is_broken(line: str, following: str) -> bool:
    """Whether a line breaks off behind a mark that ends none, or in front of one that opens none.

    >>> is_broken("收入3亿元，", "支出2亿元。"), is_broken("收入3亿元", "，支出2亿元。"), is_broken("收入", "支出")
    (True, True, False)
    """
    if not (_begins("goes_on_with", following) or _ends("breaks_off", line)):
        return False
    return not (has_marker(following) or ends_sentence(line))


class Outer(Struct, frozen=True):
    """An expression with the characters that it begins and ends with; none where these cannot be told."""

    first: Characters
    last: Characters
    expression: regex.Pattern[str]


@cache
def _load_outer(name: str) -> Outer:
    return Outer(*_list_outer(name), _expressions()[name])


def _begins(name: str, line: str) -> bool:
    """Whether a line begins with an expression, whose first characters hardly any line has there."""
    outer = _load_outer(name)
    if outer.first and line[:1] not in outer.first:
        return False
    return outer.expression.match(line) is not None


def _ends(name: str, line: str, reach: int = REACH) -> bool:
    """Whether a line ends with an expression, whose last characters, or first ones, hardly any line has there."""
    outer = _load_outer(name)
    if outer.last and line[-1:] not in outer.last:
        return False
    end = line[-reach:]
    is_asked = outer.last or not outer.first or _has_any(end, outer.first)
    return bool(is_asked) and outer.expression.search(end) is not None


def _has_any(text: str, marks: Characters) -> bool:
    return any(map(text.__contains__, marks))


@cache
def _list_outer(name: str) -> tuple[Characters, Characters]:
    """The characters that an expression begins and ends with: hardly any line has one there. None where it is open."""
    expression = _expressions()[name].pattern
    last = find_last(expression)
    # What ends a line may stand in front of its end as well.
    return find_first(expression), last and last | {"\n"}


def goes_on(line: str) -> bool:
    """Whether a line begins as none does: with a mark that opens none, or a unit that a clause ends with.

    >>> goes_on("条，全文公开"), goes_on("，其中"), goes_on("条例规定")
    (True, True, False)
    """
    return _begins("goes_on_with", line) or _begins("opens_with_unit", line)


def has_open_clause(line: str) -> bool:
    """Whether a line ends in words, behind a clause or as long as one.

    >>> has_open_clause("条，全文电子化率达"), has_open_clause("金额"), has_open_clause("共公开3条。")
    (True, False, False)
    """
    return _expressions()["open_clause"].search(line[-REACH:]) is not None


def is_attachment(name: str) -> bool:
    """Whether the name of a file is that of an attachment, which stands behind what it belongs to.

    >>> is_attachment("附件2 支出表"), is_attachment("龙泉局2024年决算")
    (True, False)
    """
    return _expressions()["attachment"].match(name) is not None


def ends_sentence(line: str) -> bool:
    """Whether the line ends a sentence.

    >>> ends_sentence("共发放6700元。"), ends_sentence("共发放6700")
    (True, False)
    """
    return _is_end(line[-1:]) or _ends("closes", line, TAIL)


@cache
def _is_end(mark: str) -> bool:
    """Whether a mark alone ends a sentence."""
    return _ends("closes", mark)


def has_more_inside(line: str, most: int) -> bool:
    """Whether more than so many markers that open a paragraph stand inside a line, behind a sentence or white space.

    >>> has_more_inside("共三项。二、机构设置 三、收支情况", 1), has_more_inside("按第一、二类", 0)
    (True, False)
    """
    if _count_possible(line) <= most:
        return False
    return sum(1 for _ in islice(_expressions()["inside"].finditer(line), most + 1)) > most


def _count_possible(line: str) -> int:
    """How often one of the characters that markers begin with stands behind a sentence or white space."""
    possible = _compile_possible()
    return len(possible.findall(line)) if possible else len(line)


@cache
def _compile_possible() -> re.Pattern[str] | None:
    """Such a place, for the module that looks for single characters faster; None where a marker may begin with any."""
    first, _ = _list_outer("inside")
    ends = "".join(map(re.escape, patterns.lexicon("documents/lines")["ends"]))
    return re.compile(rf"[\s{ends}](?=[{''.join(map(re.escape, sorted(first)))}])") if first else None


def is_leader(line: str) -> bool:
    """Whether a line holds what is left of an entry of a table of contents behind its title.

    >>> is_leader("………………3"), is_leader("一、概况……3")
    (True, False)
    """
    stripped = line.strip()
    first, _ = _list_outer("contents_entry")
    is_asked = not first or stripped[:1] in first
    return is_asked and _expressions()["contents_entry"].fullmatch(stripped) is not None


def is_contents_entry(line: str) -> bool:
    """Whether the line is an entry of a table of contents.

    >>> is_contents_entry("一、部门主要职能………………3")
    True
    """
    return _ends("contents_entry", line)


def contents_entry(line: str) -> tuple[str, str, str] | None:
    """The title, the leader and the page number of an entry of a table of contents; None for any other line.

    >>> contents_entry("一、部门主要职能 ………………3")
    ('一、部门主要职能', ' ………………', '3')
    """
    found = _expressions()["contents_entry"].search(line[-REACH:])
    if found is None:
        return None
    page = len(line) - len(line[-REACH:]) + found.end("leader")
    title = line[:page].rstrip("".join(set(found["leader"])) + " ")
    return title, line[len(title) : page], line[page:]


def is_marker(cell: str) -> bool:
    """Whether a cell holds a marker and nothing else: the tab behind it stands for a space."""
    return _expressions()["marker"].fullmatch(cell) is not None


def is_lone_number(line: str) -> bool:
    """Whether a line holds the number of a heading or an item alone.

    >>> is_lone_number("二、"), is_lone_number("（1）"), is_lone_number("12"), is_lone_number("附件1")
    (True, True, False, False)
    """
    first, last = _list_outer("lone_number")
    is_asked = not (first and last) or (line[:1] in first and line[-1:] in last)
    return is_asked and _expressions()["lone_number"].fullmatch(line) is not None


def is_page_number(cell: str) -> bool:
    """Whether a cell holds what stands behind an entry of a table of contents."""
    return _expressions()["page_number"].fullmatch(cell) is not None


@lru_cache(KEPT)
def is_number(piece: str) -> bool:
    """Whether a piece of a line is what stands in a column of numbers.

    >>> is_number("1,234.50"), is_number("-3.2%"), is_number("—"), is_number("12个")
    (True, True, True, False)
    """
    return _expressions()["number"].fullmatch(piece) is not None


@lru_cache(KEPT)
def is_digits(piece: str) -> bool:
    """Whether a piece of a line may be a part of a number, or a whole one.

    >>> is_digits("12,345,6"), is_digits(".90"), is_digits("12个")
    (True, True, False)
    """
    return _expressions()["digits"].fullmatch(piece) is not None


@lru_cache(KEPT)
def is_whole_number(piece: str) -> bool:
    """Whether a piece of a line is a number whose digits stand in whole groups, or in none.

    >>> is_whole_number("12,345,678.90"), is_whole_number("12,345,6"), is_whole_number("100")
    (True, False, True)
    """
    return _expressions()["whole"].fullmatch(piece) is not None


def may_join(line: str, following: str, is_flattened: bool = False) -> bool:
    """Whether a line that is full goes on in the following one, by the words of both.

    Markers open no line where the text ``is_flattened``; a leader of dots goes on wherever it is cut.

    >>> may_join("共三项：", "二、机构设置"), may_join("共三项：", "二、机构设置", True), may_join("一、概况……", "………3")
    (False, True, True)
    """
    if is_leader(following):
        return is_contents_entry(line)
    if is_contents_entry(line) or is_contents_entry(following):
        return False
    return is_flattened or has_open_end(line) or not has_marker(following)


def measure_lead(line: str) -> int:
    """How much of a line, a number with its sign for the most part, is not parted, with the marks behind it.

    >>> measure_lead("107.6%。全市"), measure_lead("全市107.6%")
    (8, 0)
    """
    lead = UNPARTED.match(line)
    return sum(1 if char.isascii() else 2 for char in lead[0]) if lead else 0


def is_latin(char: str) -> bool:
    """Whether a character belongs to a word or a number that is not parted."""
    return char.isascii() and char != " "


@cache
def is_closing_mark(char: str) -> bool:
    """Whether a mark stands right behind a character, and never begins a line.

    >>> is_closing_mark("）"), is_closing_mark("，"), is_closing_mark("（")
    (True, True, False)
    """
    return unicodedata.category(char) in CLOSING


def needs_space(before: str, after: str) -> bool:
    """Whether two characters at a soft line break belong to two words of a language written with spaces."""
    both = before + after
    return both.isascii() and both.isalnum() and not both.isdigit()
