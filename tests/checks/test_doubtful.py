"""A check that fails by a digit that was recognised without being sure is no error, and says why it is none."""

from __future__ import annotations

import msgspec
import pytest

from extractor import extract
from extractor.checks import checks
from extractor.checks.engine.wording import label_reason
from extractor.model import Check, Result

TEXT = "一、支出情况\n2024年支出100万元，其中：基本支出60万元，项目支出{}万元。\n"


def check(part: str, *confidences: float) -> Check:
    """The sum of a text whose numbers were recognised so surely."""
    result = extract(TEXT.format(part).encode(), name="示例.txt")
    claims = tuple(
        msgspec.structs.replace(claim, confidence=confidence)
        for claim, confidence in zip(result.claims, confidences, strict=True)
    )
    (found,) = [one for one in checks(msgspec.structs.replace(result, claims=claims)) if one.rule == "sum"]
    return found


def test_a_doubtful_digit_makes_a_failure_unclear() -> None:
    found = check("48", 1.0, 1.0, 0.6)
    assert (found.status, found.severity, found.reason) == ("unclear", "info", "doubtful_digit")
    assert (found.stated, found.computed) == ("100", "108")
    assert "OCR" in found.message.zh
    assert "OCR" in found.message.en
    assert label_reason("sum", "doubtful_digit", "zh") != label_reason("sum", "no_power", "zh")


@pytest.mark.parametrize(
    ("part", "confidences", "status"),
    [("48", (1.0, 0.99, 0.98), "fails"), ("40", (1.0, 1.0, 0.6), "holds"), ("40", (0.99, 0.99, 0.99), "holds")],
)
def test_sure_digits_fail_and_doubtful_ones_hold(part: str, confidences: tuple[float, ...], status: str) -> None:
    assert check(part, *confidences).status == status


def test_the_confidence_of_a_claim_outlives_its_json() -> None:
    result = extract(TEXT.format("40").encode(), name="示例.txt")
    claim = msgspec.structs.replace(result.claims[0], confidence=0.75)
    changed = msgspec.structs.replace(result, claims=(claim, *result.claims[1:]))
    assert msgspec.json.decode(msgspec.json.encode(changed), type=Result) == changed
    assert msgspec.json.encode(changed).count(b'"confidence"') == 1
