"""`explain`: a number's place, what was made of it, and by which patterns and guards."""

import pytest

from extractor import InputError
from extractor.cli import run
from extractor.explain import explain

TEXT = """一、社会救助
（一）救助发放
2024年发放临时救助金20余万元，处置了柳林路303号的险情。
"""


def test_a_claim_with_its_patterns() -> None:
    [found] = explain(TEXT.encode(), "20余万元", name="report.txt")
    assert found.claim is not None
    assert found.path == ("一、社会救助", "（一）救助发放")
    assert found.sentence.startswith("2024年发放")
    assert {"units/money.yuan", "approximators.more_inside", "claims/levels.level"} <= set(found.claim.evidence)
    assert all(guard.covers is None for guard in found.guards)


def test_every_field_with_the_pattern_it_comes_from() -> None:
    text = "2024年支出合计1200.50万元，其中：人员经费支出决算数为814.37，公用经费支出决算数为300.13。"
    [found] = explain(text.encode(), "814.37", name="report.txt")
    assert found.evidence == {
        **dict.fromkeys(("unit_implied", "dimension", "base_value", "base_unit"), "units/money.yuan"),
        "kind": "claims/levels.level",
        "direction": "claims/levels.level",
        "part_of": "claims/links.opener",
        "share_of": "claims/links.opener",
        "metric": "metrics.in_front",
        "period": "claims/periods.year",
        "role": "claims/roles.actual_words",
    }


def test_a_dropped_number_with_its_guard() -> None:
    [found] = explain(TEXT.encode(), "柳林路303号", name="report.txt")
    assert found.claim is None
    assert found.dropped in {"guards/numbering.house_number", "guards/numbering.number_hao"}
    assert {guard.guard: guard.covers for guard in found.guards}["guards/numbering.house_number"] == "路303号"


def test_every_place_of_a_quote_and_white_space_aside() -> None:
    text = "发放救助金20万元。\n二、结果\n共发放 20 万元。\n"
    assert [found.words for found in explain(text.encode(), "20万元", name="report.txt")] == ["20万元", "20 万元"]


def test_a_quote_that_does_not_occur() -> None:
    with pytest.raises(InputError, match="no_quote"):
        explain(TEXT.encode(), "30万元", name="report.txt")


def test_the_command(tmp_path, capsys) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    assert run(["explain", str(report), "20余万元"]) == 0
    shown = capsys.readouterr().out
    assert "量化表述 c1" in shown
    assert "units/money.yuan" in shown
    assert "排除规则" not in shown
    assert "未得到核实：文中没有可以与它核对的数" in shown
    assert run(["explain", str(report), "20余万元", "-v"]) == 0
    assert "guards/dates: year" in capsys.readouterr().out
    assert run(["explain", str(report), "没有这句话"]) == 2
    assert "report.txt" in capsys.readouterr().err
    assert run(["explain", str(report), "柳林路303号", "--lang", "en"]) == 0
    assert "no claim: dropped by guards/numbering" in capsys.readouterr().out
