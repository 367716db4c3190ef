"""The reports of two years say the same of each other whichever is named first."""

from __future__ import annotations

import extractor
from extractor.reports.comparison.rows import list_rows, subtract

LAST = "柳林街道办事处2023年度部门决算\n2023年度收入总计512.10万元。年末结转和结余35.20万元。"
THIS = (
    "柳林街道办事处2024年度部门决算\n2024年度收入总计747.00万元，与2023年相比增加225.90万元。年初结转和结余53.20万元。"
)


def test_the_order_of_the_years_does_not_matter() -> None:
    there, back = extractor.diff(LAST.encode(), THIS.encode()), extractor.diff(THIS.encode(), LAST.encode())
    assert sorted((pair.relation, pair.left, pair.right) for pair in there.pairs) == sorted(
        (pair.relation, pair.right, pair.left) for pair in back.pairs
    )
    assert sum(pair.relation == "different" for pair in there.pairs) == 2


def test_the_message_says_what_follows_for_last_year() -> None:
    said = [pair.message for pair in extractor.diff(LAST.encode(), THIS.encode()).pairs if pair.relation == "different"]
    assert "推得上年为521.1万元，与上年报告的512.10万元不一致" in said[0].zh
    assert "53.20万元 at the beginning of this one" in said[1].en


def test_reports_of_years_further_apart_are_not_held_against_each_other() -> None:
    found = extractor.diff(LAST.replace("2023", "2020").encode(), THIS.encode())
    assert "different" not in {pair.relation for pair in found.pairs}


def test_reports_of_two_entities_are_not_held_against_each_other() -> None:
    found = extractor.diff(LAST.replace("柳林", "陶家渡").encode(), THIS.encode())
    assert "different" not in {pair.relation for pair in found.pairs}


def test_what_follows_for_last_year_is_derived_and_no_growth() -> None:
    found = extractor.diff(LAST.replace("512.10", "521.10").encode(), THIS.encode())
    told = [(pair.change, pair.rate, pair.message.zh) for pair in found.pairs if pair.relation == "derived"]
    assert [one[:2] for one in told] == [(None, None)]
    assert "推得上年为521.1万元，与上年报告的521.10万元一致" in told[0][2]


def test_a_change_is_not_taken_off_a_level() -> None:
    found = extractor.diff(LAST.encode(), THIS.encode())
    first = next(pair for pair in found.pairs if pair.relation == "different")
    assert (first.change, first.rate) == (None, None)
    row = next(row for row in list_rows(found) if row.pair == first)
    assert subtract(row) is None


def test_years_further_apart_are_told_from_the_earlier_to_the_later() -> None:
    far = THIS.replace("2024", "2026").replace("2023", "2025")
    there, back = extractor.diff(LAST.encode(), far.encode()), extractor.diff(far.encode(), LAST.encode())
    (one,), (two,) = ([pair for pair in diff.pairs if pair.relation == "different_period"] for diff in (there, back))
    assert (one.change, one.rate) == (two.change, two.rate) == ("2349000", "0.4587")
    assert one.message == two.message
    assert "较早的报告为512.10万元，较晚的报告为747.00万元" in one.message.zh


def test_a_document_without_a_year_is_no_earlier_one() -> None:
    undated = "柳林街道办事处部门决算\n收入总计512.10万元。"
    found = extractor.diff(THIS.encode(), undated.encode(), comparison="year")
    assert [pair.rate for pair in found.pairs] == ["-0.3145"]
