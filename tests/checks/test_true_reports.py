"""Reports whose numbers agree: sentences of several kinds are filled with random numbers that fit, and nothing fails.

A slip in one of them is found: silence alone is no virtue.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from extractor import extract
from extractor.model import Check

SEEDS = range(8)
# Reports of our own of many kinds, written so that all their numbers agree.
WRITTEN = sorted((Path(__file__).parents[2] / "corpus" / "true").glob("*.txt"))
# What a report of this test tells; more would say the same again.
SENTENCES = 9
TITLE = "东山县2024年有关情况的报告"


def share(part: float, whole: float) -> str:
    """So much of a whole, in percent."""
    return f"{part / whole * 100:.1f}%"


def growth(now: float, before: float) -> str:
    """By how much something grew or fell."""
    rate = round((now / before - 1) * 100, 1)
    return f"{'增长' if rate >= 0 else '下降'}{abs(rate):.1f}%"


def tell_revenue(random: Random) -> str:
    tax, other, before = (round(random.uniform(20, 300), 1) for _ in range(3))
    whole = round(tax + other, 1)
    return (
        f"全县一般公共预算收入完成{whole}亿元，比上年的{before}亿元{growth(whole, before)}。其中：税收收入{tax}亿元，"
        f"占{share(tax, whole)}；非税收入{other}亿元，占{share(other, whole)}。"
    )


def tell_spending(random: Random) -> str:
    done = round(random.uniform(200, 900), 1)
    budget, before = round(done * random.uniform(0.97, 1.2), 1), round(done * random.uniform(0.8, 1.1), 1)
    was = f"{growth(done, before)}（上年{before}亿元）"
    return f"支出{done}亿元，为调整预算{budget}亿元的{share(done, budget)}，同比{was}。"


def tell_deposits(random: Random) -> str:
    level, added = round(random.uniform(200, 900), 1), round(random.uniform(5, 40), 1)
    return f"6月末，各项存款余额{level}亿元，增长{random.randint(11, 19)}.5%，比年初增加{added}亿元。"


def tell_letters(random: Random) -> str:
    whole = random.randint(300, 900)
    done = whole - random.randint(3, 40)
    return f"全年受理来信{whole}件，按期办结{done}件，按期办结率{share(done, whole)}。"


def tell_answers(random: Random) -> str:
    sent = random.randint(200, 900)
    back = sent - random.randint(5, 20)
    pleased = back - random.randint(5, 20)
    return (
        f"发放问卷{sent}份，收回{back}份，回收率{share(back, sent)}，其中表示满意的{pleased}份，"
        f"满意率{share(pleased, back)}。"
    )


def tell_rivers(random: Random) -> str:
    woods = random.uniform(20, 60)
    return f"{random.randint(4, 12)}个国考断面水质达标率100%，森林覆盖率{woods:.1f}%。"


def tell_taxes(random: Random) -> str:
    parts = [round(random.uniform(80, 300), 1) for _ in range(3)]
    return (
        f"税务系统组织税费收入{sum(parts):.1f}亿元，其中税收收入{parts[0]}亿元，增长8.3%；非税收入{parts[1]}亿元，"
        f"社保费收入{parts[2]}亿元。"
    )


def tell_helped(random: Random) -> str:
    people, each = random.randint(1000, 9000), random.randint(300, 900)
    return f"向{people}名困难群众发放救助金，人均{each}元，共计{people * each / 10_000:.2f}万元。"


def tell_rate(random: Random) -> str:
    now, points = round(random.uniform(40, 70), 1), round(random.uniform(0.3, 4), 1)
    return f"城镇化率为{now}%，较2023年的{now - points:.1f}%提高了{points}个百分点。"


def tell_accounts(random: Random) -> str:
    own, aid, carried = (round(random.uniform(5, 90), 1) for _ in range(3))
    whole = round(own + aid + carried, 1)
    spent = round(whole - random.uniform(2, 5), 1)
    return (
        f"收入{own}亿元，加上级补助收入{aid}亿元、上年结余{carried}亿元，收入总量{whole}亿元；支出总量{spent}亿元。"
        f"收支相抵，结转下年{whole - spent:.1f}亿元。"
    )


TOLD: tuple[Callable[[Random], str], ...] = (
    tell_revenue,
    tell_spending,
    tell_deposits,
    tell_letters,
    tell_answers,
    tell_rivers,
    tell_taxes,
    tell_helped,
    tell_rate,
    tell_accounts,
)


def list_failing(text: str) -> list[Check]:
    return [check for check in extract(text.encode(), name="report.txt").checks if check.status == "fails"]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_fails_where_all_numbers_agree(seed: int) -> None:
    random = Random(seed)
    told = [tell(random) for tell in random.sample(TOLD, SENTENCES)]
    assert [check.message.zh for check in list_failing("\n".join((TITLE, *told)))] == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_nothing_fails_in_a_written_report(path: Path) -> None:
    assert [check.message.zh for check in list_failing(path.read_text())] == []


def test_there_are_written_reports() -> None:
    assert len(WRITTEN) > 9


@pytest.mark.parametrize(
    "text",
    [
        "发放问卷670份，收回664份，回收率99.1%，其中表示满意的352份，满意率98.2%。",
        "向3297名困难群众发放救助金，人均831元，共计294.0万元。",
        "支出748.6亿元，为调整预算769.4亿元的97.3%，同比增长5.2%（上年701.6亿元）。",
        "城镇化率为59.9%，较2023年的58.8%提高了0.1个百分点。",
    ],
)
def test_a_slip_among_them_is_found(text: str) -> None:
    assert list_failing(f"{TITLE}\n{text}")
