"""Results stay what they are: a change of any field of any report at hand is named in the commit that makes it."""

from __future__ import annotations

import pytest
from goldens import PUBLISHED, Change, compare, encode, golden, is_aside, kept, records, reports, summary

FILES = reports()


@pytest.mark.parametrize("name", kept())
def test_results_are_as_kept(name: str) -> None:
    if name not in FILES:
        pytest.skip(f"{PUBLISHED / name.partition('/')[2]} is not there: published reports are kept elsewhere")
    changes = compare(name, records(name))
    told = summary(changes, 0 if is_aside(name) else 3)
    assert not changes, "\n".join(["make golden shows and keeps what changed:", *told])


def test_every_report_of_the_project_has_a_golden() -> None:
    assert {name for name in FILES if name.startswith("own/")} <= set(kept())


def test_a_changed_field_is_told() -> None:
    name = next(name for name in kept() if name.startswith("own/") and name.endswith(".txt"))
    found = records(name)
    claim = next(record for record in found if record.startswith("claims "))
    found[claim] = {**found[claim], "value": "0.5"}
    assert [(change.record, change.field) for change in compare(name, found)] == [(claim, "value")]


def test_words_of_published_reports_are_not_kept() -> None:
    words = [name for name in kept() if not name.startswith("own/") and not golden(name).read_text().isascii()]
    assert words == []
    assert encode({"claims c1": {"raw": "五万元"}}, secret=True).isascii()


def test_reports_that_are_set_aside_are_counted_alone() -> None:
    changes = [Change("claims c1", "raw", "1a2b", "五万元")]
    assert is_aside("published/nanping_rating_2026.txt")
    assert not is_aside("own/nanping_rating_2026.txt")
    assert [*summary(changes, 0)] == ["  claims.raw: 1"]
