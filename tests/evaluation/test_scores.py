"""Figures: small comparisons counted by hand, and the sample reports."""

import json
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from annotations import HOUSEHOLDS, MONEY, RATE, RISE, TEXT, annotation, mention

import extractor
from extractor.evaluation import figures, likeness, sources
from extractor.evaluation.annotation import Mention, of_result
from extractor.evaluation.scores import Evaluation, Pair, evaluate
from extractor.model import InputError
from extractor.reports.files.formats import json as results

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus" / "reports" / "liulin_final_accounts_2024.jsonl"
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score.py"
REAL = ("taojiadu_2020.txt", "henan_work_report_2026.txt", "pingtan_communique_2019.txt", "wanli_budget_2025.pdf")
GOLD = annotation(MONEY, RISE, HOUSEHOLDS, RATE)


def changed(one: Mention, **changes: Any) -> Mention:
    return msgspec.structs.replace(one, **changes)


def test_gold_against_itself_is_all_right() -> None:
    found = evaluate(GOLD, GOLD)
    assert (found.mentions.f1, found.whole.f1, found.lost) == (1, 1, 0)
    assert {share.rate for share in found.attributes.values()} == {1}
    assert found.missed == found.extra == found.wrong == ()


def test_missed_and_extra_are_counted() -> None:
    found = evaluate(annotation(MONEY, RISE, RATE), annotation(MONEY, HOUSEHOLDS, RATE))
    assert (found.mentions.gold, found.mentions.got, found.mentions.right) == (3, 3, 2)
    assert found.mentions.precision == found.mentions.recall == found.mentions.f1 == Fraction(2, 3)
    assert (found.missed, found.extra) == ((RISE,), (HOUSEHOLDS,))


def test_nothing_against_nothing_has_no_rates() -> None:
    found = evaluate(annotation(), annotation())
    assert found.mentions.f1 == 0
    assert {share.rate for share in found.attributes.values()} == {None}


@pytest.mark.parametrize(
    ("attribute", "changes"),
    [
        ("span", {"end": MONEY.end - 1, "raw": "20余万"}),
        ("dimension", {"dim": "count"}),
        ("approximation", {"approx": None}),
        ("kind", {"kind": "rate"}),
        ("role", {"role": "budget"}),
        ("section", {"section": ("二、其他",)}),
        ("section", {"section": ()}),
        ("metric", {"metric": "其他收入"}),
        ("metric", {"metric": None}),
        ("period", {"period": "上半年"}),
        ("period", {"period": None}),
    ],
)
def test_each_attribute_is_told_apart(attribute: str, changes: dict[str, Any]) -> None:
    found = evaluate(annotation(MONEY), annotation(changed(MONEY, **changes)))
    assert found.mentions.f1 == 1
    assert [pair.wrong for pair in found.wrong] == [(attribute,)]
    whole = attribute in ("kind", "role", "section", "metric")
    assert found.whole.right == (0 if whole else 1)


def test_direction_is_asked_only_where_the_gold_has_one() -> None:
    assert evaluate(annotation(RISE), annotation(changed(RISE, direction=None))).wrong[0].wrong == ("direction",)
    assert evaluate(annotation(MONEY), annotation(changed(MONEY, direction="increase"))).wrong == ()


def test_another_amount_at_the_same_place_is_not_the_mention() -> None:
    found = evaluate(annotation(MONEY), annotation(changed(MONEY, value="21")))
    assert (found.mentions.right, len(found.missed), len(found.extra)) == (0, 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("235000", "万元"), ("23.5", "亿元"), True),
        (("5", "%"), ("5", "个百分点"), False),
        (("10.4", "百分之"), ("10.4", "％"), True),
        (("1", "十分之"), ("0.1", ""), True),
        (("1,200", "亿斤"), ("1200", "亿 斤"), True),
        (("1.5", "公里"), ("1500", "米"), True),
        (("3", "个"), ("3", "家"), False),
        (("100", "百分点"), ("1", "分点"), False),
    ],
)
def test_amounts(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert (likeness.amount(*one) == likeness.amount(*other)) is same


@pytest.mark.parametrize("value", ["", "1E999999999", "sNaN", "两"])
def test_what_is_no_number_amounts_to_nothing(value: str) -> None:
    assert likeness.amount(value, "万元")[0] is None


def test_a_unit_stated_elsewhere_counts() -> None:
    bare = changed(MONEY, unit="", unit_implied="万元")
    assert evaluate(annotation(bare), annotation(MONEY)).mentions.f1 == 1


def test_optional_mentions_are_neither_asked_for_nor_held_against() -> None:
    optional = changed(MONEY, status="optional")
    for got in (annotation(RATE), annotation(MONEY, RATE), annotation(changed(MONEY, value="9"), RATE)):
        found = evaluate(annotation(optional, RATE), got)
        assert (found.mentions.gold, found.mentions.got, found.mentions.right) == (1, 1, 1)


def test_a_bare_number_in_a_cell_is_optional() -> None:
    bare = mention("112", value="112", unit="", dim="other", cell="合计|人数")
    assert evaluate(annotation(bare), annotation()).mentions.gold == 0
    assert evaluate(annotation(changed(bare, cell=None)), annotation()).mentions.gold == 1


def test_only_annotated_ranges_count() -> None:
    found = evaluate(annotation(MONEY, RATE, ranges=((0, MONEY.end),)), annotation(MONEY, HOUSEHOLDS))
    assert (found.mentions.gold, found.mentions.got, found.mentions.f1) == (1, 1, 1)


def test_another_reading_of_the_metric_is_right_too() -> None:
    gold = changed(MONEY, metric_alt=("困难群众救助支出",))
    assert evaluate(annotation(gold), annotation(changed(MONEY, metric="困难群众救助支出"))).wrong == ()


@pytest.mark.parametrize(
    ("metric", "right"),
    [
        ("全年为辖区各类困难群众发放救助金", False),
        ("累计发放救助金", True),
        ("救助金", True),
        ("金", False),
        ("救助金发放", True),
        ("发放的救助金", True),
    ],
)
def test_metrics_that_name_the_same(metric: str, right: bool) -> None:
    found = evaluate(annotation(MONEY), annotation(changed(MONEY, metric=metric)))
    assert (not found.wrong) is right


def test_figures_of_a_kind() -> None:
    found = evaluate(GOLD, annotation(MONEY, RISE, changed(HOUSEHOLDS, kind="rate"), RATE))
    assert (found.kinds["level"].recall, found.kinds["level"].precision) == (Fraction(1, 2), 1)
    assert (found.kinds["rate"].recall, found.kinds["rate"].precision) == (1, Fraction(1, 2))
    assert found.kinds["share"].gold == 0


def test_claims_are_carried_over_to_another_reading_of_the_text() -> None:
    words = TEXT.replace("发放救助金20余万元", "发放救助金\n 20余 万元").replace("惠及", "页眉\n惠及")
    raw = "20余 万元"
    spread = changed(MONEY, start=words.index(raw), end=words.index(raw) + len(raw), raw=raw)
    rate = changed(RATE, start=words.index("90%"), end=words.index("90%") + 3)
    found = evaluate(annotation(MONEY, RATE), annotation(spread, rate, text=words))
    assert (found.mentions.f1, found.attributes["span"].rate, found.lost) == (1, 1, 0)


def test_words_that_the_annotated_text_lacks_are_lost() -> None:
    gold = annotation(changed(RATE, start=3, end=6), text="满意度90%。")
    got = annotation(MONEY, RATE)
    found = evaluate(gold, got)
    assert (found.mentions.right, found.lost, found.extra) == (1, 1, ())


def test_gold_that_is_about_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="misplaced"):
        evaluate(annotation(changed(MONEY, start=1, end=6)), GOLD)
    with pytest.raises(InputError, match="other-text"):
        evaluate(annotation(MONEY, text=None), annotation(text="别的文本"))


def test_claims_become_mentions_field_by_field() -> None:
    result = extractor.extract(TEXT.encode(), name="report.txt")
    found = of_result(result)
    assert found.text == TEXT
    assert [one.raw for one in found.mentions] == [claim.raw for claim in result.claims]
    assert evaluate(GOLD, found).mentions.f1 == 1


@cache
def extracted(report: Path) -> extractor.Result:
    return extractor.extract(report)


def measured(gold: Path, report: Path) -> Evaluation:
    got = of_result(extracted(report))
    return evaluate(sources.gold(gold, got), got)


def test_the_sample_report_and_its_pdf_are_measured_alike() -> None:
    plain, printed = (measured(SAMPLE, SAMPLE.with_suffix(ending)) for ending in (".txt", ".pdf"))
    assert plain.mentions.gold == printed.mentions.gold > 400
    assert plain.lost == printed.lost == 0
    assert abs(plain.mentions.recall - printed.mentions.recall) < Fraction(5, 100)


def reference(gold: Path, report: Path, folder: Path) -> dict[str, Any]:
    """What the scorer of the corpus says."""
    result = folder / "result.json"
    result.write_bytes(results.encode(extracted(report)))
    line = [sys.executable, str(SCORER), str(gold), str(result), "--text", str(gold.with_suffix(".txt")), "--json"]
    found: dict[str, Any] = json.loads(subprocess.run(line, check=True, capture_output=True).stdout)
    return found


@pytest.mark.skipif(not SCORER.is_file(), reason="the annotated reports and their scorer are not here")
@pytest.mark.parametrize("name", [*REAL, SAMPLE.with_suffix(".txt").name, SAMPLE.with_suffix(".pdf").name])
def test_figures_are_those_of_the_scorer_to_four_digits(name: str, tmp_path: Path) -> None:
    report = (SAMPLE.parent if name.startswith(SAMPLE.stem) else SHARED / "corpus") / name
    gold = report.with_suffix(".jsonl")
    expected, found = reference(gold, report, tmp_path), json.loads(figures.encode(measured(gold, report), 0))
    mentions = found["mentions"]
    assert mentions["without_counterpart"] == expected["claims_without_counterpart"]
    assert (mentions["gold"], mentions["got"]) == (expected["gold"], expected["predicted"])
    assert [round(mentions[rate] - expected[rate], 4) for rate in ("precision", "recall", "f1")] == [0, 0, 0]
    assert round(found["whole_claims"]["f1"] - expected["whole_claim_f1"], 4) == 0
    shares = {name.replace("span_exact", "span"): share for name, share in expected["attributes"].items()}
    assert {name: share["of"] for name, share in found["attributes"].items()} == {
        n: of for n, (_, of) in shares.items()
    }
    rates = {name: share["rate"] for name, share in found["attributes"].items()}
    assert {name: rate for name, (rate, _) in shares.items() if round((rate or 0) - (rates[name] or 0), 4)} == {}


def test_pairs_hold_both_sides() -> None:
    other = changed(MONEY, role="target")
    assert evaluate(annotation(MONEY), annotation(other)).wrong == (Pair(MONEY, other, ("role",)),)
