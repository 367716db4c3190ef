"""What holds for every text: random mixtures of the genre's fragments, digits, punctuation and anything else."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import examples
import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor import Claim, Result, Section, extract

FRAGMENTS = (
    "一、", "（二）", "3．", "第一部分", "附件2", "目录", "其中：", "其中", "占", "比上年", "同比",
    "增长", "下降了", "完成预算", "分别为", "由", "提高到", "约", "近", "不少于", "余", "多", "左右",
    "以上", "万", "亿", "元", "万元", "人", "人次", "户", "个", "个百分点", "%", "％", "‰", "倍", "成",
    "平方米", "公里", "吨", "小时", "岁", "台（套）", "元/人·月", "百分之", "分之", "二十三亿五千多万",
    "十点四", "半数", "一半", "两", "几十", "零", "〇", "千", "2020年", "1—9月", "12月31日", "截至",
    "“十四五”", "“8090”", "303号", "〔2023〕15号", "PM2.5", "12345", "收入合计", "支出决算数",
    "财政拨款", "发放救助金", "满意度", "预计", "力争", "2025年某县政府工作报告", "，", "。", "；",
    "：", "、", "（", "）", "(", ")", "-", "－", "—", "~", "至", ":", ".", ",", "\n", "\t", " ",
    "\u3000",
)  # fmt: skip
DIGITS = st.text(alphabet="0123456789０１２９.,，．-%", min_size=1, max_size=8)
ANYTHING = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | DIGITS | ANYTHING, max_size=40).map("".join)
LONG = 300_000


def result_of(text: str) -> Result:
    return extract(text.encode(), name="random.txt")


def extracted(text: str) -> Result | None:
    """The result; None for a text that is empty to a reader, which is refused."""
    try:
        return result_of(text)
    except Exception as error:
        if type(error).__name__ == "InputError" and not text.strip():
            return None
        raise


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def check_place(claim: Claim, text: str) -> None:
    assert text[claim.start : claim.end] == claim.raw != ""
    assert claim.sentence.start <= claim.start < claim.end <= claim.sentence.end


def check_numbers(claim: Claim) -> None:
    assert Decimal(claim.value).is_finite()
    value, (low, high) = decimal(claim.base_value), map(decimal, claim.interval)
    if claim.value_high is not None:
        assert Decimal(claim.value) < Decimal(claim.value_high)
    if low is not None and high is not None:
        assert low <= high
        assert value is None or low <= value <= high


def check_links(claims: tuple[Claim, ...]) -> None:
    earlier: set[str] = set()
    for claim in claims:
        assert {claim.part_of, claim.share_of} - {None} <= earlier
        earlier.add(claim.id)


def check_sections(sections: tuple[Section, ...], length: int) -> None:
    known: dict[str, Section] = {}
    for section in sections:
        above = known[section.parent] if section.parent else None
        assert 0 <= section.start <= section.end <= length
        assert section.level == (above.level + 1 if above else 1)
        assert above is None or above.start <= section.start <= section.end <= above.end
        known[section.id] = section
    assert len(known) == len(sections)


def check(result: Result) -> None:
    claims = result.claims
    for claim in claims:
        check_place(claim, result.text)
        check_numbers(claim)
    assert [claim.id for claim in claims] == [f"c{number}" for number in range(1, len(claims) + 1)]
    assert all(one.end <= other.start for one, other in pairwise(claims))
    check_links(claims)
    check_sections(result.sections, len(result.text))
    assert {claim.section for claim in claims} - {None} <= {section.id for section in result.sections}


@settings(max_examples=200, deadline=None)
@example("十点四二十三亿五千多万")
@example("一亿三点五千万元")
@given(TEXTS)
def test_results_are_sound_for_any_text(text: str) -> None:
    result = extracted(text)
    if result:
        check(result)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_two_runs_give_the_same_bytes(text: str) -> None:
    assert msgspec.json.encode(extracted(text)) == msgspec.json.encode(extracted(text))


@pytest.mark.parametrize("joint", ["", "\n"], ids=["one line", "many lines"])
def test_long_texts_go_through(joint: str) -> None:
    texts = [one.text for one in examples.all_examples() if one.claims]
    once = joint.join(texts) + joint
    text = once * (LONG // len(once.encode()) + 1)
    result = result_of(text)
    check(result)
    assert len(result.claims) > LONG / 100


@pytest.mark.parametrize("digits", [27, 99, 101, 4300])
def test_a_number_of_any_width_loses_no_document(digits: int) -> None:
    long = "7" * digits
    result = extract(f"支出合计{long}万元，其中：设备{long}万元。另有35人。".encode(), name="report.txt")
    assert "35人" in [claim.raw for claim in result.claims]
    assert any(claim.value == long for claim in result.claims) == (digits <= 100)
