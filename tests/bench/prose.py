"""Ordinary prose without end: the paragraphs of the project's own reports, each time with other numbers and names.

No paragraph comes twice as it was: numbers of the same width are drawn anew, places are called otherwise, and what is
counted stands for another thing, with a name in front of it. Years and numbers of headings stay. Behind each paragraph
are some sentences without numbers, so that there are as many numbers in a megabyte as in published reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import regex

REPORTS = Path(__file__).resolve().parents[2] / "corpus" / "reports"
NUMBER = regex.compile(r"(?<![\d.．])\d[\d,]*(?:\.\d+)?(?![年月日\d.．、])")
PLAIN_SENTENCE = regex.compile(r"(?<![^。；])[^\d。；（）()一二两三四五六七八九十百千万亿半几数]{12,}。")
PLACE = regex.compile("柳林|青石|云溪|榆川|云泊|海棠|锦溪|恒川|宁川|桐安|东坪|清河")
THINGS = (
    "公厕", "路灯", "井盖", "广告牌", "摊位", "车位", "停车场", "公园", "招聘会", "隐患", "岗位", "楼宇", "社区",
    "道路", "管网", "学校", "医院", "房屋", "设备", "车辆", "案件", "志愿者", "泵站", "水表", "站点", "课程", "床位",
)  # fmt: skip
THING = regex.compile("|".join(THINGS))
# What every report tells of, told here of an office or a project of the paragraph's own.
FIGURE = regex.compile(
    "基本支出|项目支出|事业收入|公务用车|因公出国|货物类|工程类|服务类|政府性基金|一般公共预算|居民满意度|平均年龄|行政单位|"
    "预算执行率|收入预算|支出预算|本年收入|本年支出|工程质量"
)
# Published reports have five numbers in a thousand bytes, the paragraphs of the own ones eighteen.
PLAIN = 12
LETTERS = "安北长春东丰福高广海和河华金景康兰林龙明南宁平青清荣山石水松泰天文西祥新兴阳永玉源云中竹紫"


def list_lines() -> list[str]:
    """The lines of all reports in the project that are text, as they are; rows of tables are none."""
    reports = sorted(REPORTS.glob("*.txt"))
    lines = (line for report in reports for line in report.read_text("utf-8").splitlines())
    return [line for line in lines if line.strip() and "\t" not in line and ".." not in line]


def list_plain() -> list[str]:
    """The sentences of all reports that have no number, written in any way."""
    sentences = (sentence for line in list_lines() for sentence in PLAIN_SENTENCE.findall(line))
    return list(dict.fromkeys(sentences))


def write_paragraphs(seed: int = 0) -> Iterator[str]:
    """Paragraphs without end; the same ones for the same seed."""
    random, told, plain = Random(seed), list_lines(), list_plain()
    while True:
        for line in told:
            yield vary(line, random)
            if NUMBER.search(line):
                yield "".join(vary(sentence, random) for sentence in random.choices(plain, k=PLAIN))


def vary(paragraph: str, random: Random) -> str:
    """A paragraph with other numbers, places and things."""
    place, front = draw_name(random), draw_name(random)
    turn = random.randrange(len(THINGS))
    other = NUMBER.sub(lambda found: draw_number(found[0], random), paragraph)
    other = PLACE.sub(place, other)
    other = FIGURE.sub(lambda found: front + found[0], other)
    return THING.sub(lambda found: front + THINGS[(THINGS.index(found[0]) + turn) % len(THINGS)], other)


def draw_name(random: Random) -> str:
    return "".join(random.sample(LETTERS, 2))


def draw_number(told: str, random: Random) -> str:
    """A number of the same width; no 0 in front of it that was none."""
    return "".join(draw_digit(digit, random) if digit.isdigit() else digit for digit in told)


def draw_digit(digit: str, random: Random) -> str:
    return digit if digit == "0" else random.choice("123456789")
