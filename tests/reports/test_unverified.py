"""Why a claim was not verified, as a reader is told."""

from __future__ import annotations

from typing import Any

import msgspec
from results import result

from extractor.model import Check, Message, Operand, Verification
from extractor.reports.unverified import explain, list_reasons


def check(status: Any, power: float = 0.0, reason: str | None = None, rule: str = "share") -> Check:
    said = Message("不符", "off")
    return Check(f"{rule}-1", rule, status, None, (Operand("share", "c1"),), "1", "2", "1", said, reason, power=power)


def test_a_number_without_checks_stands_alone() -> None:
    found = msgspec.structs.replace(result(), verification=Verification(unverified=("c1",)))
    assert list_reasons(found, "zh") == {"c1": ["文中没有可以与它核对的数"]}


def test_what_fails_beside_it_and_what_is_unclear_come_first() -> None:
    checks = [check("holds", 0.5), check("unclear", reason="no_denominator"), check("fails")]
    told = explain(checks, "zh")
    assert told[0] == "占比：不符，但疑点在另一个数"
    assert told[1].startswith("占比：")
    assert told[2] == "占比：相符，但换错一位数字未必看得出，不足为证"


def test_of_weak_checks_the_strongest_is_told() -> None:
    told = explain([check("holds", 0.2), check("holds_truncated", 0.899, rule="sum")], "en")
    assert told == ["sum: holds, but a wrong digit might not show, so it proves nothing"]
